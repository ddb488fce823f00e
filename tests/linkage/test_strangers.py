"""What everybody shares makes nobody one person: the same in memory and as SQL."""

import polars as pl
import pytest

from payung.linkage.engine import Linked, link
from payung.linkage.proposals import of_cut_blocks
from payung.linkage.rows import prepare, uncrowded
from payung.linkage.rules import packaged_rules
from tests.linkage.duck import linked_in_tables
from tests.linkage.people import BUDI, ON, Row, a_list, pair, strangers, together

OFFICE = {"phone": "02155501234", "address": "Jl. Merdeka No. 1", "kelurahan": "Cikokol"}


def _linked(
    frame: pl.DataFrame, reference: pl.DataFrame | None = None, threshold: float | None = None
) -> Linked:
    """As `link`, after the same was found by the stages as SQL."""
    known = link(frame, reference=reference, on=ON, threshold=threshold)
    done, clusters, pairs = linked_in_tables(frame, ON, reference, threshold=threshold)
    assert known.clusters.equals(clusters)
    assert known.pairs.equals(pairs)
    assert known.summary.warnings == done.summary.warnings
    assert known.summary.pairs_together == done.summary.pairs_together
    assert known.summary.expected_missed == done.summary.expected_missed
    return known


def _of_one_office(rows: int) -> list[Row]:
    """Strangers of few birth dates, none with a NIK, all under the office's phone and address."""
    return [
        row
        | OFFICE
        | {"nik": "", "birth_date": f"{at % 28 + 1:02d}-{at % 12 + 1:02d}-{1970 + at % 28}"}
        for at, row in enumerate(strangers(rows, 21))
    ]


def test_the_phone_and_address_of_an_office_put_nobody_together() -> None:
    found = _linked(a_list(*_of_one_office(400), among=0))
    names = found.clusters.join(a_list(*_of_one_office(400), among=0), on="id")
    namesakes = names.group_by("cluster").agg(pl.col("name").n_unique())["name"]
    assert namesakes.max() == 1
    assert (
        "1 nomor telepon dan 1 alamat di daftar dipakai oleh lebih dari 20 baris"
        in found.summary.warnings[0]
    )
    assert found.pairs["w_phone"].abs().sum() == found.pairs["w_address"].abs().sum() == 0


def test_whoever_is_listed_twice_by_such_an_office_is_found_all_the_same() -> None:
    office = _of_one_office(60)
    office[0] |= {"nik": BUDI["nik"], "birth_date": "12-03-1985"}
    found = _linked(a_list(office[0], *office, among=0))
    assert together(found, "0", "1")


def test_the_phone_of_an_office_in_the_reference_is_no_evidence_either() -> None:
    reference = a_list(*_of_one_office(60), among=0).with_columns(id="m" + pl.col("id"))
    stranger = strangers(1, 22)[0] | OFFICE | {"nik": "", "birth_date": "03-03-1972"}
    found = _linked(a_list(stranger, among=0), reference)
    assert found.pairs.filter(pl.col("w_phone") != 0).is_empty()
    assert found.summary.warnings == []


@pytest.mark.parametrize(("bearers", "kept"), [(20, True), (21, False)])
def test_an_address_is_kept_while_few_bear_it_in_one_place(bearers: int, kept: bool) -> None:
    rules = packaged_rules()
    house = {"address": "Jl. Melati No. 12"}
    rows = [row | house | {"kelurahan": "Cikokol"} for row in strangers(bearers, 23)]
    elsewhere = [row | house | {"kelurahan": "Petir"} for row in strangers(15, 24)]
    frame = a_list(*rows, *elsewhere, among=0)
    bare, crowds = uncrowded(prepare(frame, rules, ON), rules)
    assert crowds == (0, 0 if kept else 1, 0, 0)
    known = bare["address_key"].is_not_null()
    assert known.head(bearers).all() is kept
    assert known.tail(15).all()


def test_twins_are_not_put_together_whatever_their_probability() -> None:
    twin = BUDI | {"name": "Siti Aminah", "nik": "", "sex": "P"}
    found = _linked(a_list(twin, twin | {"name": "Sita Aminah"}), threshold=0.0001)
    told = pair(found)
    assert told is not None
    assert told["guard"] == "twins-unproven"
    assert told["probability"] > 0.0001
    assert not together(found, "0", "1")


def test_twins_whom_a_third_row_brings_together_are_named_in_a_warning() -> None:
    born = {"birth_date": BUDI["birth_date"], "kelurahan": "Cikokol", "mother_name": "Sumiati"}
    some = {**born, "name": "Siti Aminah", "sex": "P", "address": "Jl. Melati No. 12"}
    between = some | {"nik": "3671015203850002", "phone": "081200112233"}
    first = some | {"phone": "081200112233"}
    second = between | {"name": "Sita Aminah"}
    found = _linked(a_list(first, second, between))
    told = pair(found)
    assert told is not None
    assert told["guard"] == "twins-unproven"
    assert together(found, "0", "1", "2")
    assert "misalnya “0” dan “1”" in found.summary.warnings[-1]


def test_the_sentence_of_a_guarded_pair_says_that_it_waits_and_no_probability() -> None:
    twin = BUDI | {"name": "Siti Aminah", "nik": "", "sex": "P"}
    told = pair(_linked(a_list(twin, twin | {"name": "Sita Aminah"})))
    assert told is not None
    assert "kembar" in told["why"]
    assert "tidak disatukan tanpa keputusan orang" in told["why"]
    assert "peluang" not in told["why"]


def test_a_nik_of_too_many_rows_lends_no_birth_date() -> None:
    rows = [row | {"nik": BUDI["nik"], "birth_date": ""} for row in strangers(60, 25)]
    found = _linked(a_list(*rows, among=40))
    mine = pl.col("left_id").is_in([str(at) for at in range(60)])
    assert found.pairs.filter(mine, pl.col("w_birth_date") != 0).is_empty()


def test_niks_that_a_spreadsheet_made_numbers_are_counted_and_said_what_to_do() -> None:
    rows = [row | {"nik": f"3.6710{at % 10}E+15"} for at, row in enumerate(strangers(1_200, 26))]
    rows[0] |= {"nik": "-"}
    rows[1] |= {"nik": BUDI["nik"]}
    [said] = [
        each for each in _linked(a_list(*rows, among=0)).summary.warnings if "terbaca" in each
    ]
    assert said.startswith("1.198 dari 1.199 NIK di daftar tidak terbaca, misalnya “3.67100E+15”")
    assert "jadikan kolom NIK teks" in said


def test_a_few_niks_that_cannot_be_read_are_not_warned_of() -> None:
    rows = [row | {"nik": "3.67101E+15"} for row in strangers(5, 27)]
    found = _linked(a_list(*rows, *[{**row, "nik": "-"} for row in strangers(90, 28)], among=6))
    assert found.summary.warnings == []


def test_groups_too_large_to_compare_are_one_sentence_for_a_clerk() -> None:
    rules = packaged_rules()
    cut = {"born-name": (3, 1_200), "wide-place": (2, 100_000), "born-mother": (1, 90)}
    said = of_cut_blocks(cut, rules)
    assert said.startswith(
        "Sampai 100.000 baris terlalu banyak yang sama dalam tanggal lahir dan nama, atau "
        "tanggal lahir dan nama ibu, atau kelurahan; "
    )
    assert not any(name in said for name in cut)


def test_a_birth_date_that_half_the_list_bears_makes_no_namesakes_one_person() -> None:
    form = {"nik": "", "mother_name": "", "phone": "", "address": "", "kelurahan": "Cikokol"}
    rows = [row | form | {"birth_date": "17-05-1980"} for row in strangers(40, 25)]
    namesakes = rows[:10]
    others = [row | form for row in strangers(40, 26)]
    found = _linked(a_list(*rows, *namesakes, *others, among=0))
    assert found.summary.clusters == len(rows) + len(namesakes) + len(others)
    assert (
        "1 tanggal lahir di daftar dipakai oleh terlalu banyak baris" in found.summary.warnings[0]
    )


@pytest.mark.parametrize(("bearers", "kept"), [(20, True), (21, False)])
def test_a_birth_date_is_kept_while_few_bear_it(bearers: int, kept: bool) -> None:
    rules = packaged_rules()
    rows = [row | {"birth_date": "05-06-1980"} for row in strangers(bearers, 27)]
    bare, crowds = uncrowded(prepare(a_list(*rows, among=0), rules, ON), rules)
    assert crowds.dates == (0 if kept else 1)
    for column in ("born", "born_fold", "born_year"):
        assert bare[column].is_not_null().all() is kept
    assert kept or bare["weak"].all()


def _with_nik_of(day: str, row: Row) -> Row:
    nik = row["nik"] or ""
    return row | {"nik": f"{nik[:6]}{day}{nik[12:]}", "birth_date": ""}


@pytest.mark.parametrize(("bearers", "kept"), [(20, True), (21, False)])
def test_a_date_inside_niks_is_known_while_few_niks_bear_it(bearers: int, kept: bool) -> None:
    rules = packaged_rules()
    rows = [_with_nik_of("010170", row) for row in strangers(bearers, 29)]
    bare, crowds = uncrowded(prepare(a_list(*rows, among=0), rules, ON), rules)
    assert crowds == (0, 0, 0, 0 if kept else 1)
    for column in ("born_nik", "born_nik_fold"):
        assert bare[column].is_not_null().all() is kept
    assert bare["nik"].is_not_null().all()
    assert bare["weak"].all()


def test_strangers_whose_niks_an_office_gave_one_date_are_not_asked_about() -> None:
    rows = [_with_nik_of("010170", row | {"phone": ""}) for row in strangers(600, 31)]
    found = _linked(a_list(*rows, among=0))
    assert (
        "1 tanggal di dalam NIK di daftar sama pada terlalu banyak baris"
        in found.summary.warnings[0]
    )
    assert found.pairs.filter(pl.col("w_birth_date") != 0).is_empty()
    # namesakes; were the date known, hundreds
    assert found.pairs.height < 60
    assert found.summary.expected_missed < 20


def test_niks_of_such_a_date_that_lie_side_by_side_are_still_another_persons() -> None:
    rows = [_with_nik_of("010170", row) for row in strangers(40, 32)]
    first = rows[0]
    beside = first | {"nik": f"{(first['nik'] or '')[:14]}{int((first['nik'] or '')[14:]) ^ 1:02d}"}
    twin = beside | {"name": f"{(first['name'] or '').split()[0]} Nugraha"}
    found = _linked(a_list(first, twin, *rows[1:]))
    told = pair(found)
    assert told is None or told["guard"]
    assert not together(found, "0", "1")


def test_neighbours_of_whom_nothing_else_is_known_are_not_asked_about() -> None:
    nameless = {"nik": "", "name": "", "birth_date": "", "mother_name": ""}
    known, unknown = strangers(120, 23)[:60], strangers(120, 23)[60:]
    rows = [
        row | {"kelurahan": "Cikokol"} for row in (*known, *(row | nameless for row in unknown))
    ]
    found = _linked(a_list(*rows, among=0))
    assert found.pairs.filter(pl.col("left_id").cast(pl.Int64) >= 60).height == 0
    assert found.clusters["cluster"].n_unique() == 120
