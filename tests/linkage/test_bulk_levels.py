"""Which level of each field a pair shows, told by DuckDB from the declared conditions."""

import numpy as np
import polars as pl
import pytest

from payung.linkage import levels
from payung.linkage.blocking import Candidates
from payung.linkage.levels import Scheme, compare, connect, distinct
from payung.linkage.rows import for_comparing, prepare
from payung.linkage.rules import packaged_rules
from tests.linkage.people import BUDI, ON, Row, a_list


def _levels(one: Row, other: Row) -> tuple[dict[str, str], frozenset[str]]:
    rules = packaged_rules()
    rows = prepare(a_list(one, other, among=0), rules, ON)
    pairs = Candidates(np.array([0], np.uint32), np.array([1], np.uint32))
    return Scheme(rules).levels(int(compare(rows, pairs, rules)[0]))


@pytest.mark.parametrize(
    ("field", "otherwise", "level"),
    [
        ("nik", {}, "equal"),
        ("nik", {"nik": ""}, "missing"),
        ("nik", {"nik": "36710112038500"}, "missing"),
        ("nik", {"nik": "3671011203850007"}, "serial-digit"),
        ("nik", {"nik": "3671015203850001"}, "other-sex"),
        ("nik", {"nik": "3671031203850001"}, "district-digit"),
        ("nik", {"nik": "3671012203850001"}, "one-digit"),
        ("nik", {"nik": "3671011208850001"}, "one-digit"),
        ("nik", {"nik": "3671011203580001"}, "one-digit"),
        ("nik", {"nik": "3671011203850420"}, "same-head"),
        ("nik", {"nik": "3671050101700420"}, "different"),
        ("name", {"name": "BUDI  SANTOSO"}, "equal"),
        ("name", {"name": ""}, "missing"),
        ("name", {"name": "Budi Santosa"}, "close"),
        ("name", {"name": "Budisantoso"}, "close"),
        ("name", {"name": "Santoso Budi"}, "reordered"),
        ("name", {"name": "Budi S."}, "initials"),
        ("name", {"name": "B. Santoso"}, "initials"),
        ("name", {"name": "B.S."}, "initials"),
        ("name", {"name": "C. Santoso"}, "different"),
        ("name", {"name": "Budi"}, "partial"),
        ("name", {"name": "Rina Wati"}, "different"),
        ("birth_date", {}, "equal"),
        ("birth_date", {"birth_date": "03-12-1985"}, "as-in-nik"),
        ("birth_date", {"birth_date": "", "nik": ""}, "missing"),
        ("birth_date", {"birth_date": "", "nik": "3671011503900001"}, "missing-one"),
        ("sex", {"sex": "laki-laki"}, "equal"),
        ("sex", {"sex": "P"}, "different"),
        ("sex", {"sex": ""}, "missing"),
        ("mother_name", {"mother_name": "SUMIATI"}, "equal"),
        ("mother_name", {"mother_name": "Sumiyati"}, "close"),
        ("mother_name", {"mother_name": "Kartini"}, "different"),
        ("address", {"address": "JALAN MELATI 12"}, "equal"),
        ("address", {"address": "Jl. Melati No. 12 RT 1 RW 2"}, "beginning"),
        ("address", {"address": "Melati"}, "beginning"),
        ("address", {"address": "Jl. Melati No. 120"}, "close"),
        ("address", {"address": "Jl. Mel"}, "similar"),
        ("address", {"address": "Gg. Kenanga 3"}, "different"),
        ("kelurahan", {"kelurahan": "Kel. CIKOKOL"}, "equal"),
        ("kelurahan", {"kelurahan": "Poris"}, "different"),
        ("phone", {"phone": "+62 812-0011-2233"}, "equal"),
        ("phone", {"phone": "081399999999"}, "different"),
    ],
)
def test_a_field_shows_its_level(field: str, otherwise: Row, level: str) -> None:
    levels, _ = _levels(BUDI, BUDI | otherwise)
    assert levels[field] == level


@pytest.mark.parametrize(
    ("born", "level"),
    [
        (("12-03-1985", "03-12-1985"), "swapped"),
        (("12-03-1985", "01-01-1985"), "default"),
        (("01-01-1985", "01-01-1985"), "equal-default"),
        (("12-03-1985", "12-03-1986"), "one-part"),
        (("12-03-1985", "17-08-1990"), "different"),
    ],
)
def test_written_dates_show_their_level_where_no_nik_helps(
    born: tuple[str, str], level: str
) -> None:
    one, other = (BUDI | {"nik": "", "birth_date": each} for each in born)
    assert _levels(one, other)[0]["birth_date"] == level
    assert _levels(other, one)[0]["birth_date"] == level


def test_a_nik_whose_date_is_nobodys_is_doubted() -> None:
    card = {"nik": "3671011506120009"}
    assert _levels(BUDI | card, BUDI | card)[0]["nik"] == "equal-contradicted"


def test_a_generation_between_two_is_marked() -> None:
    older = BUDI | {"birth_date": "12-03-1960"}
    assert "generation" in _levels(BUDI, older)[1]
    assert "generation" not in _levels(BUDI, BUDI)[1]


def test_a_word_that_differs_under_one_birth_date_is_marked_and_a_slip_is_not() -> None:
    assert "word-differs" in _levels(BUDI, BUDI | {"name": "Bayu Santoso"})[1]
    assert "word-differs" not in _levels(BUDI, BUDI | {"name": "Budi Santosa"})[1]


def test_a_word_cut_to_its_letter_does_not_differ() -> None:
    agus = BUDI | {"name": "Agus Budi Santoso"}
    for name in ("Agus B. Santoso", "A. B. Santoso", "A. Budi Santosa"):
        assert "word-differs" not in _levels(agus, agus | {"name": name})[1]
    assert "word-differs" in _levels(BUDI, BUDI | {"name": "C. Santoso"})[1]


def test_the_birth_date_inside_one_nik_that_both_bear_tells_nothing_more() -> None:
    undated = BUDI | {"birth_date": ""}
    assert _levels(undated, undated)[0]["birth_date"] == "missing"
    same_head = undated | {"nik": "3671011203850007"}  # the first twelve digits hold the date
    assert _levels(undated, same_head)[0]["birth_date"] == "missing"
    other_nik = undated | {"nik": "3671021203850007"}
    assert _levels(undated, other_nik)[0]["birth_date"] == "as-in-nik"


@pytest.mark.parametrize(
    ("bearers", "level"), [(1, "close"), (128, "close"), (129, "close-common")]
)
def test_a_slip_in_a_common_name_is_a_level_of_its_own(bearers: int, level: str) -> None:
    rules = packaged_rules()
    rows = prepare(a_list(BUDI, BUDI | {"name": "Budi Santosa"}, among=0), rules, ON)
    rows = rows.with_columns(pl.Series("name_count", [bearers, 1], pl.Int64))
    pairs = Candidates(np.array([0, 1], np.uint32), np.array([1, 0], np.uint32))
    shown = [Scheme(rules).levels(int(each))[0]["name"] for each in compare(rows, pairs, rules)]
    assert shown == [level, level]


def test_a_pattern_keeps_every_level_and_mark() -> None:
    scheme = Scheme(packaged_rules())
    size = int(np.prod(list(scheme.sizes.values())))
    numbers = np.random.default_rng(1).integers(0, size, 300).astype(np.uint32)
    places = scheme.places(numbers)
    again, radix = np.zeros(300, np.int64), 1
    for name, many in scheme.sizes.items():
        assert places[name].max() < many
        again += places[name] * radix
        radix *= many
    assert np.array_equal(again, numbers)


def test_conditions_asked_at_once_say_what_they_say_one_by_one() -> None:
    rules = packaged_rules()
    names = ["Budi Santoso", "Santoso Budi", "Budisantoso", "Budi S.", "Budi", "Dede Dede", "Dede"]
    mothers = ["Siti Aminah", "Aminah", "Siti", "Sitiaminah", "", "Kartini"]
    alike = [BUDI | {"name": name, "mother_name": mother} for name in names for mother in mothers]
    rows = prepare(a_list(*alike, among=30), rules, ON)
    left, right = np.triu_indices(rows.height, 1)
    pairs = Candidates(left.astype(np.uint32), right.astype(np.uint32))
    with connect() as connection:
        for side, numbers in (("l", left), ("r", right)):
            frame = for_comparing(rows)[numbers].with_row_index("pair")
            connection.register(side, frame.to_arrow(compat_level=pl.CompatLevel.newest()))
        said = connection.execute(
            f"SELECT {Scheme(rules).sql()} AS pattern FROM l JOIN r USING (pair) ORDER BY pair"
        ).fetchnumpy()["pattern"]
    assert compare(rows, pairs, rules).tolist() == said.tolist()


def test_patterns_stand_in_the_order_of_the_pairs_however_many_are_compared_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rules = packaged_rules()
    others = [
        BUDI | {"name": name} for name in ("Budi", "Rina Wati", "Budi Santosa", "Santoso Budi")
    ]
    rows = prepare(a_list(BUDI, *others, among=0), rules, ON)
    numbers = np.random.default_rng(5).integers(0, rows.height, (2, 5_000), dtype=np.uint32)
    pairs = Candidates(*numbers)
    at_once = compare(rows, pairs, rules)
    assert len(np.unique(at_once)) > 4
    monkeypatch.setattr(levels, "_AT_ONCE", 37)
    assert compare(rows, pairs, rules).tolist() == at_once.tolist()


def test_patterns_are_counted_as_numpy_counts_them() -> None:
    numbers = np.random.default_rng(1).integers(0, 50, 1_000).astype(np.uint32)
    said = np.unique(numbers, return_inverse=True, return_counts=True)
    for ours, theirs in zip(distinct(numbers), said, strict=True):
        assert ours.tolist() == theirs.tolist()
    assert [len(each) for each in distinct(numbers[:0])] == [0, 0, 0]


def test_a_nik_of_one_wrong_digit_or_two_that_changed_places_is_known_as_such() -> None:
    nik = "3671011203850001"
    pairs = [(nik, f"{nik[:at]}{digit}{nik[at + 1 :]}") for at in range(16) for digit in range(10)]
    pairs += [
        (nik, "".join(nik[{one: other, other: one}.get(at, at)] for at in range(16)))
        for one in range(16)
        for other in range(16)
    ]
    pairs += [(one, other) for _, one in pairs[:160:7] for _, other in pairs[:160:3]]
    (level,) = (each for each in packaged_rules().fields["nik"] if each.name == "one-digit")
    rows = pl.DataFrame(pairs, schema=["one", "other"], orient="row")
    with connect() as connection:
        connection.register("pairs", rows.to_arrow())
        found = connection.execute(
            f"SELECT l.nik <> r.nik AND ({level.when}) AS ours, "
            "l.nik <> r.nik AND damerau_levenshtein(l.nik, r.nik) = 1 AS plain "
            "FROM (SELECT struct_pack(nik := one) AS l, struct_pack(nik := other) AS r FROM pairs)"
        ).fetchnumpy()
    assert found["plain"].sum() > 150
    assert found["ours"].tolist() == found["plain"].tolist()
