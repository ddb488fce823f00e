"""Numbers put in order and told apart: whatever they are, none is lost."""

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from payung.linkage.sorting import ordered, told_apart

NUMBERS = st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 3))


@given(NUMBERS)
def test_numbers_come_in_order_and_all_of_them(numbers):
    given = np.array(numbers, np.uint64)
    assert ordered(given).tolist() == sorted(numbers)
    assert given.tolist() == numbers


@given(NUMBERS)
def test_each_number_has_the_place_of_the_one_it_equals(numbers):
    different, places = told_apart(pl.Series(numbers, dtype=pl.UInt64))
    assert different[places].tolist() == numbers
    assert sorted(different.tolist()) == sorted(set(numbers))
