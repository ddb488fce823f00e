import numpy as np
import polars as pl
import pytest
from benchmarks.linkage.errors import ERRORS, OFFICE_ERRORS, ROW_ERRORS
from benchmarks.linkage.generator import COLUMNS, Made, make, write_with_reference
from benchmarks.linkage.naming import pools
from benchmarks.linkage.people import people

from payung.identity.places import packaged_places

ROWS = 20_000


@pytest.fixture(scope="module")
def folk() -> pl.DataFrame:
    return people(ROWS, "tangerang", seed=5)


@pytest.fixture(scope="module")
def made() -> Made:
    return make(ROWS, "tangerang", seed=5)


@pytest.fixture(scope="module")
def dirty() -> Made:
    """Twenty offices, each error six times as often as usual."""
    return make(50_000, "tangerang", seed=7, dirt=6)


def damaged(made: Made, code: str, *, only: str = "") -> pl.DataFrame:
    """The rows that bear the error and, with `only`, no other that changes that column."""
    others = sum(
        1 << bit for bit, each in enumerate(ERRORS) if only in each.change and each.code != code
    )
    bit = [error.code for error in ERRORS].index(code)
    damage = made.truth["damage"].to_numpy()
    bears = (damage & np.uint64(1 << bit) > 0) & (damage & np.uint64(others) == 0)
    return made.rows.filter(pl.Series(bears))


def test_the_same_arguments_give_the_same_lists():
    one, again = make(3_000, "metro", seed=2), make(3_000, "metro", seed=2)
    assert one.rows.equals(again.rows)
    assert one.truth.equals(again.truth)
    assert not one.rows.equals(make(3_000, "metro", seed=3).rows)


def test_every_nik_tells_birth_date_and_sex_and_belongs_to_one_person(folk):
    assert folk["nik"].n_unique() == ROWS
    assert folk["nik"].str.contains(r"^\d{16}$").all()
    day = pl.col("nik").str.slice(6, 2).cast(pl.Int64)
    assert folk.filter((day > 40) != (pl.col("sex") == "P")).is_empty()
    written = pl.when(day > 40).then(day - 40).otherwise(day).cast(pl.String).str.pad_start(2, "0")
    dated = folk.select(written + pl.col("nik").str.slice(8, 4), "born")
    agrees = dated.to_series(0) == dated["born"].dt.strftime("%d%m%y")
    assert 0.98 < agrees.mean() < 1  # corrected dates differ legally


def test_twins_agree_in_birth_date_mother_and_place_of_the_nik_but_not_in_name(folk):
    pairs = (
        folk.filter("twin")
        .group_by("household", "born")
        .agg(pl.len(), pl.col("name", "mother_name", "kelurahan").n_unique(), pl.col("nik"))
    )
    twins = pairs.filter(pl.col("len") == 2)
    assert twins.height > 100
    assert (twins["mother_name"] == 1).all()
    assert (twins["name"] == 2).all()
    assert (twins["kelurahan"] == 1).mean() > 0.5
    heads = twins.filter(
        pl.col("nik").list.eval(pl.element().str.slice(0, 12)).list.n_unique() == 1
    )
    assert heads.height > 0.5 * twins.height  # of one sex: only the serial differs


def test_brothers_and_sisters_share_a_mother_and_some_spouses_a_phone(folk):
    siblings = folk.group_by("household", "mother_name").len().filter(pl.col("len") > 1)
    assert siblings.height > ROWS / 20
    couples = folk.join(
        folk.select(nik="partner_nik", other_phone="phone", other_sex="sex"), on="nik"
    ).filter(pl.col("sex") != pl.col("other_sex"))
    assert 0.2 < (couples["phone"] == couples["other_phone"]).mean() < 0.8


def test_some_sons_bear_the_whole_name_of_their_father(folk):
    namesakes = folk.filter((pl.col("name") == pl.col("father_name")) & (pl.col("sex") == "L"))
    assert 20 < namesakes.height < ROWS / 50


def test_people_live_in_the_kelurahan_of_their_city(folk):
    codes = {p.code for p in packaged_places() if p.code.startswith("36.71.")}
    assert set(folk["kelurahan"].unique()) <= codes
    assert folk["kelurahan"].n_unique() == 104


def test_two_cities_have_different_names():
    here, there = people(5_000, "tangerang", seed=1), people(5_000, "metro", seed=1)
    common = [set(city["name"].value_counts(sort=True)["name"].head(100)) for city in (here, there)]
    assert len(common[0] & common[1]) < 60


def test_names_follow_the_era_of_birth(folk):
    one_word = ~folk["name"].str.contains(" ")
    years = folk["born"].dt.year()
    assert one_word.filter(years < 1972).mean() > 3 * one_word.filter(years >= 1992).mean()


def test_lists_have_the_columns_of_the_engine_as_text(made):
    assert tuple(made.rows.columns) == COLUMNS
    assert set(made.rows.dtypes) == {pl.String}
    assert made.rows["id"].n_unique() == ROWS
    assert made.rows["id"].equals(made.truth["id"])


def test_eight_in_a_hundred_rows_repeat_a_person(made):
    assert ROWS - made.truth["person"].n_unique() == ROWS * 8 // 100
    both = made.truth.join(made.rows.select("id", "office"), on="id")
    repeated = both.filter(pl.col("person").is_duplicated())
    offices = repeated.group_by("person").agg(pl.col("office").n_unique())["office"]
    assert (offices == 1).any()  # within a list
    assert (offices > 1).mean() > 0.4  # and between lists


@pytest.mark.parametrize("error", ROW_ERRORS, ids=lambda error: error.code)
def test_a_row_error_comes_at_its_rate(made, error):
    share = damaged(made, error.code).height / ROWS
    assert share == pytest.approx(error.rate, abs=4 * (error.rate / ROWS) ** 0.5)


def test_office_errors_take_whole_offices_at_their_rate():
    lists = [make(50_000, "tangerang", seed=seed, dirt=3) for seed in (1, 2)]
    for error in OFFICE_ERRORS:
        hit = 0
        for made in lists:
            rows = damaged(made, error.code)
            whole = made.rows.filter(pl.col("office").is_in(rows["office"].unique().to_list()))
            assert whole.height == rows.height, error.code
            hit += rows["office"].n_unique()
        assert hit == pytest.approx(40 * error.rate * 3, abs=2), error.code


@pytest.mark.parametrize(
    ("code", "column", "pattern"),
    [
        ("all-niks-last-digit", "nik", r"^\d{15}0$"),
        ("all-niks-float", "nik", r"^\d,\d{5}E\+15$"),
        ("names-cut", "name", r"^[^a-z]{1,25}$"),
    ],
)
def test_an_office_error_looks_as_it_does_in_life(dirty, code, column, pattern):
    rows = damaged(dirty, code, only="nik" if column == "nik" else "")
    assert rows.height > 100
    assert rows[column].str.contains(pattern).all()


def test_american_dates_put_the_month_first(dirty):
    rows = damaged(dirty, "us-dates").drop_nulls("birth_date")
    assert rows["birth_date"].str.contains(r"^(0[1-9]|1[0-2])/\d\d/\d{4}$").all()
    assert (rows["birth_date"].str.slice(3, 2).cast(pl.Int64) > 12).any()


@pytest.mark.parametrize(
    ("code", "column"),
    [
        ("no-mother", "mother_name"),
        ("no-phone", "phone"),
        ("no-sex", "sex"),
        ("no-nik", "nik"),
        ("no-dates", "birth_date"),
        ("no-address", "address"),
    ],
)
def test_a_column_an_office_lacks_is_empty_in_all_its_rows(dirty, code, column):
    rows = damaged(dirty, code)
    assert rows.height
    assert rows[column].null_count() == rows.height


def test_an_office_that_writes_its_own_kelurahan_everywhere_knows_one(dirty):
    rows = damaged(dirty, "one-kelurahan")
    offices = rows.group_by("office").agg(pl.col("kelurahan").n_unique())
    assert (offices["kelurahan"] == 1).all()


def test_a_list_without_dirt_repeats_people_word_for_word():
    made = make(5_000, "serang", seed=3, dirt=0)
    both = made.rows.join(made.truth, on="id")
    repeated = both.filter(pl.col("person").is_duplicated())
    assert repeated.height
    assert (repeated.group_by("person").agg(pl.col("nik").n_unique())["nik"] == 1).all()
    assert (made.truth["damage"] == 0).all()


def test_a_reference_holds_the_share_that_is_known_once_each(tmp_path, monkeypatch):
    monkeypatch.setattr("benchmarks.linkage.people.CHUNK", 3_000)  # made in several pieces
    write_with_reference(tmp_path, 2_000, 10_000, seed=6, known=0.6)
    names = ("rows", "truth", "reference", "reference-truth")
    rows, truth, reference, held = (pl.read_parquet(tmp_path / f"{n}.parquet") for n in names)
    assert held["person"].n_unique() == reference.height == 10_000
    assert rows.height == truth["person"].n_unique() == 2_000
    assert truth["person"].is_in(held["person"].implode()).sum() == 1_200
    assert reference["id"].n_unique() == 10_000
    assert not set(rows["id"]) & set(reference["id"])
    assert reference["id"].equals(held["id"])
    assert len(list(tmp_path.iterdir())) == 4


def test_pools_name_every_group_a_city_mixes():
    groups = set(pools()["groups"])
    for city in pools()["cities"].values():
        assert set(city["groups"]) <= groups
        assert sum(city["groups"].values()) == pytest.approx(1)
