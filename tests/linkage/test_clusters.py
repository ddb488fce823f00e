import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from payung.linkage.clusters import components, sizes

_PAIRS = st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=60)


@given(_PAIRS)
def test_rows_are_together_exactly_when_a_chain_of_pairs_joins_them(
    pairs: list[tuple[int, int]],
) -> None:
    group = {row: {row} for row in range(30)}
    for one, other in pairs:
        joined = group[one] | group[other]
        for row in joined:
            group[row] = joined
    left, right = (np.array([pair[at] for pair in pairs], np.uint32) for at in (0, 1))
    label = components(30, left, right)
    assert [int(each) for each in label] == [min(group[row]) for row in range(30)]
    assert sizes(label).tolist() == [len(group[row]) for row in range(30)]


def test_a_long_chain_is_one_cluster() -> None:
    rows = np.arange(200_000, dtype=np.uint32)
    assert not components(200_000, rows[1:], rows[:-1]).any()
