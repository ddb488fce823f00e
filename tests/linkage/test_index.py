"""A reference kept as an index: the same proposals as from all its rows, through every change."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from payung.linkage import ahead, blocking, parts, rowfile
from payung.linkage import index as module
from payung.linkage.engine import link
from payung.linkage.index import Changed, Index
from payung.linkage.parts import kept_for
from payung.linkage.rows import NoAnswer, as_reference
from payung.linkage.rules import Rules, packaged_rules
from tests.linkage.people import BUDI, ON, Row, strangers


def _frame(rows: list[Row] | tuple[Row, ...], before: str = "r", first: int = 0) -> pl.DataFrame:
    return pl.DataFrame(
        [{"id": f"{before}{at}", **row} for at, row in enumerate(rows, first)],
        infer_schema_length=None,
    )


EVERYBODY = strangers(900, 5)
# without the blocks of short lists, with which all rows are read
RULES = replace(
    packaged_rules(), blocks=tuple(each for each in packaged_rules().blocks if not each.until)
)
# long lists are glanced at before they are compared
assert RULES.glance is not None
GLANCED = replace(RULES, glance=replace(RULES.glance, above=0))
MEMBERS = _frame(EVERYBODY)
LIST = _frame(
    [
        *(row | {"nik": "", "phone": ""} for row in EVERYBODY[:20]),
        *(row | {"birth_date": ""} for row in EVERYBODY[400:420]),
        *strangers(40, 6),
        BUDI,
    ],
    "l",
)


@pytest.fixture(autouse=True, scope="module")
def _small_parts() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "PART_ROWS", 400)
        patch.setattr(module, "PART_ROWS", 400)
        patch.setattr(rowfile, "BATCH_ROWS", 150)
        patch.setattr(module, "_PIECE", 300)
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, _small_parts: None) -> Path:
    return Index.build([MEMBERS], tmp_path_factory.mktemp("acuan"), on=ON, rules=RULES).folder


@pytest.fixture
def index(built: Path, tmp_path: Path) -> Index:
    shutil.copytree(built, tmp_path / "acuan")
    return Index.open(tmp_path / "acuan", rules=RULES)


def _agree(
    index: Index, everybody: pl.DataFrame, listed: pl.DataFrame = LIST, rules: Rules = RULES
) -> pl.DataFrame:
    """The pairs, which are the same as from the frame of everybody."""
    one = link(listed, reference=Index.open(index.folder, rules=rules), on=ON, rules=rules)
    other = link(listed, reference=everybody, on=ON, rules=rules)
    assert_frame_equal(one.pairs, other.pairs, check_row_order=False)
    assert_frame_equal(one.clusters, other.clusters, check_row_order=False)
    assert one.weights == other.weights
    told, known = one.summary, other.summary
    assert told.pairs_compared == known.pairs_compared
    assert (told.pairs_found, told.bands, told.rows, told.reference_rows, told.expected_missed) == (
        known.pairs_found, known.bands, known.rows, known.reference_rows, known.expected_missed
    )  # fmt: skip
    return one.pairs


def test_an_index_gives_what_all_rows_give(index: Index) -> None:
    assert len(index.parts) == 3
    pairs = _agree(index, MEMBERS)
    assert pairs.filter(band="same").height >= 30


def test_a_short_reference_is_searched_as_widely_as_any_short_list(index: Index) -> None:
    one = link(LIST, reference=Index.open(index.folder), on=ON)
    other = link(LIST, reference=MEMBERS, on=ON)
    assert_frame_equal(one.pairs, other.pairs, check_row_order=False)
    assert one.summary.pairs_found == other.summary.pairs_found
    assert set(one.summary.pairs_found) > {each.name for each in RULES.blocks}


def test_only_rows_that_end_in_a_pair_are_read(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    whole = rowfile.read

    def counted(path: Path, numbers: parts.Numbers, columns: Any) -> pl.DataFrame:
        read.append(len(numbers))
        return whole(path, numbers, columns)

    monkeypatch.setattr(rowfile, "read", counted)
    found = link(LIST, reference=Index.open(index.folder, rules=RULES), on=ON, rules=RULES)
    pairs = found.summary.pairs_compared
    # each side of a pair for comparing it, and the ids of those proposed
    assert 40 <= sum(read) <= pairs + found.pairs["right_id"].n_unique()
    assert pairs < MEMBERS.height / 3


def test_the_disk_brings_what_a_long_list_searches(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[Path] = []
    monkeypatch.setattr(ahead, "whole", fetched.extend)
    index.expect(1)
    names = [file.relative_to(index.folder).as_posix() for file in fetched]
    assert names[0] == "part-0001/nik.parquet"
    assert not {file for file in names if "rows" in file or "id." in file}
    assert len(names) == 3 * len([*index.parts[0].files(kept_for(RULES))]) - 3 * 2
    monkeypatch.setattr(module, "_WORTH_ALL", 100)
    fetched.clear()
    index.expect(MEMBERS.height // 100)
    assert not fetched
    index.expect(MEMBERS.height // 100 + 1)
    assert fetched


def test_a_file_that_is_gone_is_asked_for_in_vain(index: Index) -> None:
    asking = ahead.whole([index.folder / "gone", *index.parts[0].searched(kept_for(RULES))])
    asking.join(10)
    assert not asking.is_alive()


def test_a_row_added_again_is_replaced(index: Index) -> None:
    moved = _frame([EVERYBODY[3] | {"address": "Jl. Baru No. 1", "phone": ""}], first=3)
    newcomers = _frame([BUDI, *strangers(30, 8)], "n")
    assert index.upsert(pl.concat([moved, newcomers])) == Changed(32, 1)
    everybody = pl.concat([MEMBERS.filter(pl.col("id") != "r3"), moved, newcomers])
    pairs = _agree(index, everybody)
    assert "n0" in pairs["right_id"]
    assert index.height == everybody.height


def test_a_row_taken_out_is_found_no_more(index: Index) -> None:
    assert index.remove(["r1", "r405", "tidak-ada"]) == Changed(0, 2)
    pairs = _agree(index, MEMBERS.filter(~pl.col("id").is_in(["r1", "r405"])))
    assert not {"r1", "r405"} & set(pairs["right_id"])


def test_many_changes_leave_few_parts_and_the_right_rows(tmp_path: Path) -> None:
    random = Random(3)
    people = strangers(600, 11)
    index = Index.build([_frame(people[:200])], tmp_path / "acuan", on=ON, rules=RULES)
    everybody = {f"r{at}": at for at in range(200)}
    for _ in range(10):
        chosen = random.sample(range(600), random.choice([1, 9, 60]))
        ids = [f"r{at}" for at in chosen]
        if random.random() < 0.3:
            index.remove(ids)
            chosen = []
        else:
            index.upsert(_frame(people).filter(pl.col("id").is_in(ids)))
        for each in ids:
            everybody.pop(each, None)
        everybody |= {f"r{at}": at for at in sorted(chosen)}
    rows = pl.concat([_frame([people[at]], first=at) for at in everybody.values()])
    assert len(index.parts) <= 5
    assert pl.concat([piece for part in index.parts for piece in part.pieces()])["id"].equals(
        rows["id"]
    )
    _agree(index, rows, _frame([row | {"nik": ""} for row in people[::20]], "l"))


def test_a_nik_of_too_many_rows_of_the_reference_is_used_by_neither(tmp_path: Path) -> None:
    one = BUDI["nik"]
    crowd = [row | {"nik": one} for row in strangers(30, 12)]
    reference = _frame([*EVERYBODY[:300], *crowd])
    index = Index.build([reference], tmp_path / "acuan", on=ON, rules=RULES)
    # found by name and birth date, with a NIK of their own
    listed = _frame([row | {"nik": "", "phone": ""} for row in crowd[:5]], "l")
    found = link(listed, reference=index, on=ON, rules=RULES)
    assert any(f"misalnya {one} oleh 30 baris" in warning for warning in found.summary.warnings)
    assert _agree(index, reference, listed).height >= 5


def test_a_nik_of_too_many_rows_is_not_seen_at_a_glance(tmp_path: Path) -> None:
    crowd = [row | {"nik": BUDI["nik"]} for row in strangers(30, 12)]
    reference = _frame([*EVERYBODY[:300], *crowd])
    index = Index.build([reference], tmp_path / "acuan", on=ON, rules=RULES)
    # of one name and birth date, and of a NIK that is not the crowd's
    elsewhere = ("nik", "mother_name", "address", "kelurahan", "phone")
    others = [{name: row[name] for name in elsewhere} for row in strangers(30, 77)]
    listed = _frame([row | other for row, other in zip(crowd, others, strict=True)], "l")
    _agree(index, reference, listed, GLANCED)
    found = link(listed, reference=index, on=ON, rules=GLANCED)
    assert found.summary.pairs_compared >= 30


def test_a_nik_of_too_many_rows_lends_its_birth_date_to_neither(tmp_path: Path) -> None:
    one = BUDI["nik"]
    crowd = [
        row | {"nik": one, "birth_date": "", "name": "Budi Utomo"} for row in strangers(30, 12)
    ]
    # found by a birth date of its own
    crowd[0] = BUDI
    reference = _frame([*EVERYBODY[:300], *crowd])
    index = Index.build([reference], tmp_path / "acuan", on=ON, rules=RULES)
    listed = _frame([BUDI | {"nik": "", "phone": ""}, *EVERYBODY[:5]], "l")
    assert _agree(index, reference, listed).filter(left_id="l0")["right_id"].to_list() == ["r300"]
    found = [
        link(listed, reference=each, on=ON, rules=RULES).summary
        for each in (Index.open(index.folder, rules=RULES), reference)
    ]
    assert found[0].pairs_found == found[1].pairs_found
    assert found[0].pairs_found["born-name"] == 6


def test_the_phone_of_an_office_is_no_evidence_in_an_index(tmp_path: Path) -> None:
    office = {"nik": "", "phone": "02155501234", "address": "Jl. Merdeka 1", "kelurahan": "Petir"}
    reference = _frame([*EVERYBODY[:200], *(row | office for row in strangers(40, 14))])
    index = Index.build([reference], tmp_path / "acuan", on=ON, rules=RULES)
    listed = _frame([*EVERYBODY[:5], *(row | office for row in strangers(3, 15))], "l")
    pairs = _agree(index, reference, listed)
    assert pairs.filter(pl.col("left_id").is_in(["l5", "l6", "l7"])).is_empty()


def test_the_phone_of_an_office_is_no_evidence_wherever_its_rows_lie(tmp_path: Path) -> None:
    of_office = [row | {"nik": "", "phone": "02155501234"} for row in strangers(60, 14)]
    reference = _frame([*EVERYBODY[:200], *of_office])
    # never more at once than one person has
    index = Index.build([reference[:220]], tmp_path / "acuan", on=ON, rules=RULES)
    for at in range(220, 260, 20):
        index.upsert(reference[at : at + 20])
    # namesakes in one kelurahan
    known = ("birth_date", "mother_name", "address")
    others = [
        row | {name: other[name] for name in known}
        for row, other in zip(of_office[:5], strangers(5, 15), strict=True)
    ]
    listed = _frame([*EVERYBODY[:5], *of_office[10:50:8], *others], "l")
    assert _agree(index, reference, listed).height == 10
    _agree(index, reference, listed, GLANCED)
    # until there are few enough
    index.remove(f"r{at}" for at in range(215, 260))
    prepared = as_reference(reference[:215], RULES, ON)
    assert _agree(index, prepared, listed)["left_id"].to_list() == [
        "l0",
        "l1",
        "l2",
        "l3",
        "l4",
        "l5",
    ]


def test_a_block_too_large_is_cut_alike(tmp_path: Path) -> None:
    crowd = [row | {"birth_date": "17-08-1975", "nik": ""} for row in strangers(500, 13)]
    reference = _frame([*EVERYBODY[:200], *crowd])
    index = Index.build([reference], tmp_path / "acuan", on=ON, rules=RULES)
    _agree(index, reference, _frame([row | {"phone": ""} for row in crowd[::25]], "l"))


def test_rows_without_ids_are_numbered_through_all_frames(tmp_path: Path) -> None:
    frames = [MEMBERS[:250].drop("id"), MEMBERS[250:].drop("id")]
    index = Index.build(frames, tmp_path / "acuan", on=ON, rules=RULES)
    _agree(index, MEMBERS.drop("id"))


def test_an_index_is_built_anew_in_its_place(index: Index) -> None:
    Index.build([MEMBERS[:50]], index.folder, on=ON, rules=RULES)
    assert Index.open(index.folder, rules=RULES).height == 50
    _nothing_left_over(index.folder)


def _nothing_left_over(folder: Path) -> None:
    told = json.loads((folder / "index.json").read_text())
    named = {f"{part['folder']}/{name}" for part in told["parts"] for name in part["files"]}
    assert {str(file.relative_to(folder)) for file in folder.glob("*/*")} == named


class _Broken(Exception):
    pass


@pytest.mark.parametrize("at", ["_commit", "_joined"])
def test_a_change_that_breaks_off_leaves_the_index_as_it_was(
    index: Index, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    def broken(*_: Any) -> None:
        raise _Broken

    with monkeypatch.context() as patch, pytest.raises(_Broken):
        patch.setattr(Index, at, broken)
        index.upsert(_frame(strangers(300, 9)))
    _agree(index, MEMBERS)
    # what the broken change, and then the next, left behind is cleared away
    stray = index.folder / "part-0099"
    stray.mkdir()
    (stray / "rows.arrow").write_text("half")
    index.upsert(_frame([BUDI], "b"))
    index.upsert(_frame([BUDI], "b"))
    assert not stray.exists()


def test_a_reader_may_finish_what_it_began(index: Index) -> None:
    reader = Index.open(index.folder, rules=RULES)
    index.remove(["r0"])
    assert link(LIST, reference=reader, on=ON, rules=RULES).summary.reference_rows == MEMBERS.height


def test_writers_see_what_others_wrote_before(index: Index) -> None:
    other = Index.open(index.folder, rules=RULES)
    index.remove(["r1"])
    other.remove(["r2"])
    assert Index.open(index.folder, rules=RULES).height == MEMBERS.height - 2


@pytest.mark.parametrize("by", ["rules", "crowds", "hash"])
def test_an_index_of_other_rules_is_refused(
    index: Index, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    changes = {"rules": {"weak": "nik IS NULL"}, "crowds": {"largest": 30}}
    rules = replace(RULES, **changes.get(by, {}))
    if by == "hash":
        monkeypatch.setattr(blocking, "_SEED", 7)
    with pytest.raises(NoAnswer, match="susun ulang dari acuannya dengan `payung"):
        Index.open(index.folder, rules=rules)


def test_how_pairs_are_weighed_does_not_make_an_index_old(index: Index) -> None:
    assert Index.open(index.folder, rules=replace(RULES, guards=())).height == 900


@pytest.mark.parametrize(
    ("frames", "said"),
    [
        ([], "tidak berisi satu baris"),
        ([MEMBERS[:0]], "tidak berisi satu baris"),
        ([MEMBERS.select("id", "phone")], "Tidak ada kolom NIK atau Nama"),
        ([MEMBERS[:300], MEMBERS[299:]], "misalnya “r299”"),
        ([MEMBERS, MEMBERS[:1]], "misalnya “r0”"),
    ],
)
def test_what_makes_no_index_leaves_none(
    tmp_path: Path, frames: list[pl.DataFrame], said: str
) -> None:
    with pytest.raises(NoAnswer, match=said):
        Index.build(frames, tmp_path / "acuan", on=ON, rules=RULES)
    with pytest.raises(NoAnswer, match="bukan indeks acuan"):
        Index.open(tmp_path / "acuan", rules=RULES)


def test_rows_are_added_by_their_ids(index: Index) -> None:
    with pytest.raises(NoAnswer, match="perlu id"):
        index.upsert(MEMBERS[:3].drop("id"))
    with pytest.raises(NoAnswer, match="misalnya “r7”"):
        index.upsert(pl.concat([MEMBERS[7:9], MEMBERS[7:8]]))


def test_an_index_emptied_answers_nobody(tmp_path: Path) -> None:
    index = Index.build([MEMBERS[:5]], tmp_path / "acuan", on=ON, rules=RULES)
    index.remove(MEMBERS["id"])
    assert Index.open(index.folder, rules=RULES).height == 0
    with pytest.raises(NoAnswer, match="tidak berisi satu baris"):
        link(LIST, reference=index, on=ON, rules=RULES)
    with pytest.raises(NoAnswer, match="tidak berisi satu baris"):
        index.rows()
    index.upsert(MEMBERS[:5])
    _agree(index, MEMBERS[:5])
