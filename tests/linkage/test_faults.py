import polars as pl
from benchmarks.linkage.errors import ERRORS
from benchmarks.linkage.faults import Faults, faults

ROWS = pl.DataFrame(
    {
        "id": ["a", "b", "c", "d", "e", "f"],
        "person": [1, 1, 2, 3, 4, 5],
        "household": [10, 10, 10, 10, 20, 30],
        "twin": [False, False, True, True, False, False],
        "damage": [0, 1, 0, 0, 0, 0],
    },
    schema_overrides={"damage": pl.UInt64},
)


def test_strangers_put_together_are_told_by_what_made_them_alike():
    clusters = pl.DataFrame({"id": list("abcdef"), "cluster": [1, 2, 3, 3, 5, 5]})
    # c with d are twins, e with f strangers; a and b, one person, are apart
    assert faults(clusters, ROWS) == Faults(wrong=2, family=1, twins=1, hidden=())


def test_the_error_that_hides_most_people_comes_first():
    size = 80
    truth = pl.DataFrame(
        {
            "id": [f"{n:03}" for n in range(size)],
            "person": [n // 2 for n in range(size)],
            "household": range(size),
            "twin": [False] * size,
            "damage": [0b11 if n % 2 else 0b10 for n in range(size)],
        },
        schema_overrides={"damage": pl.UInt64},
    ).with_columns(damage=pl.when(pl.col("person") < 5).then(0b10).otherwise("damage"))
    # of the forty people the ten last are missed; all bear the second error, 35 the first
    clusters = truth.select("id", cluster=pl.when(pl.col("person") < 30).then("person").otherwise(
        pl.col("id").cast(pl.Int64) + 1000
    ))  # fmt: skip
    hidden = faults(clusters, truth).hidden
    assert hidden == ((ERRORS[0].code, 35, 25 / 35), (ERRORS[1].code, 40, 30 / 40))
