from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import rounded


@pytest.mark.parametrize(
    ("amount", "whole"),
    [(Fraction(24, 10000) * 1_000_000, 2_400), (Fraction(7, 2), 4), (Fraction(10, 3), 3), (5, 5)],
)
def test_an_amount_becomes_the_nearest_rupiah_and_a_half_goes_up(amount, whole):
    assert rounded(amount) == whole


@given(st.fractions(0, 10**12), st.fractions(0, 10**12))
def test_rounding_moves_at_most_half_a_rupiah_and_keeps_order(one, other):
    assert type(rounded(one)) is int
    assert abs(rounded(one) - one) <= Fraction(1, 2)
    low, high = sorted((one, other))
    assert rounded(low) <= rounded(high)
