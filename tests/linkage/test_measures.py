import polars as pl
import pytest
from benchmarks.linkage.measures import (
    Score,
    candidates,
    concerned,
    linked,
    pairwise,
    whole_clusters,
)


def clusters(**of_id):
    return pl.DataFrame({"id": list(of_id), "cluster": list(of_id.values())})


def truth(**of_id):
    return pl.DataFrame({"id": list(of_id), "person": list(of_id.values())})


def pairs(*both):
    lefts, rights = zip(*both, strict=True)
    return pl.DataFrame({"left_id": lefts, "right_id": rights})


THREE_AND_TWO = truth(a=1, b=1, c=1, d=2, e=2, f=3)


def test_the_truth_itself_scores_one():
    found = clusters(a=7, b=7, c=7, d=8, e=8, f=9)
    assert pairwise(found, THREE_AND_TWO) == Score(found=4, true=4, right=4)
    assert whole_clusters(found, THREE_AND_TWO) == Score(found=2, true=2, right=2)
    assert pairwise(found, THREE_AND_TWO).f1 == 1


def test_a_person_split_in_two_costs_recall_only():
    found = clusters(a=7, b=7, c=1, d=8, e=8, f=9)  # c is left alone: pairs a-c and b-c are missed
    score = pairwise(found, THREE_AND_TWO)
    assert score == Score(found=2, true=4, right=2)
    assert (score.precision, score.recall, score.f1) == (1, 0.5, pytest.approx(2 / 3))
    assert whole_clusters(found, THREE_AND_TWO) == Score(found=2, true=2, right=1)


def test_strangers_put_together_cost_precision_only():
    found = clusters(a=7, b=7, c=7, d=8, e=8, f=8)  # f joins d and e: pairs d-f and e-f are wrong
    score = pairwise(found, THREE_AND_TWO)
    assert score == Score(found=6, true=4, right=4)
    assert (score.precision, score.recall) == (pytest.approx(2 / 3), 1)
    assert whole_clusters(found, THREE_AND_TWO) == Score(found=2, true=2, right=1)


def test_one_cluster_of_everybody_finds_all_pairs_and_nobody():
    found = clusters(a=1, b=1, c=1, d=1, e=1, f=1)
    assert pairwise(found, THREE_AND_TWO) == Score(found=15, true=4, right=4)
    assert whole_clusters(found, THREE_AND_TWO) == Score(found=1, true=2, right=0)


def test_nothing_found_is_precise_and_useless():
    found = clusters(a=1, b=2, c=3, d=4, e=5, f=6)
    score = pairwise(found, THREE_AND_TWO)
    assert (score.precision, score.recall, score.f1) == (1, 0, 0)


def test_rows_lost_or_doubled_are_refused():
    with pytest.raises(ValueError, match="5 clustered rows and 6 true ones"):
        pairwise(clusters(a=1, b=1, c=1, d=2, e=2), THREE_AND_TWO)
    doubled = pl.concat([clusters(a=1, b=1, c=1, d=2, e=2, f=3), clusters(a=9)])
    with pytest.raises(ValueError, match="in common"):
        pairwise(doubled, THREE_AND_TWO)


def test_a_cluster_of_many_rows_is_counted_not_listed():
    many = pl.DataFrame({"id": range(200_000), "cluster": [1] * 200_000})
    right = many.rename({"cluster": "person"})
    assert pairwise(many, right).found == 200_000 * 199_999 // 2


def test_candidate_recall_is_the_share_of_true_pairs_compared_either_way_round():
    compared = pairs("ba", "ab", "ac", "df")  # b-a and a-b are one pair; b-c and d-e are missing
    score = candidates(compared, THREE_AND_TWO)
    assert score == Score(found=3, true=4, right=2)
    assert score.recall == 0.5


def test_links_to_a_reference_count_pairs_of_one_person():
    left, right = truth(a=1, b=2, c=3), truth(x=1, y=2, z=9)
    score = linked(pairs("ax", "xa", "bz"), left, right)
    assert score == Score(found=2, true=2, right=1)


def test_of_a_large_reference_only_the_rows_that_count_are_read_from_its_truth():
    left, right = truth(a=1, b=2, c=3), truth(w=1, x=1, y=2, z=9, nobody=8)
    found = pairs("ax", "zb")
    rows = concerned(right.lazy(), left, found)
    assert sorted(rows["id"]) == ["w", "x", "y", "z"]
    assert linked(found, left, rows) == linked(found, left, right) == Score(2, true=3, right=1)
