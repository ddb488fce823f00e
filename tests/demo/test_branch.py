"""The made-up branch answers every line once, from what is true rather than what was sent."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from payung.demo.branch import ANSWER_COLUMNS, REJECT_REASONS, answer
from payung.demo.writing import write_table

UPLOAD = (
    "NOMOR_IDENTITAS", "NAMA_LENGKAP", "TGL_LAHIR", "HANDPHONE", "EMAIL", "JENIS_PEKERJAAN_1",
    "JENIS_PEKERJAAN_2", "LOKASI_PEKERJAAN", "UPAH", "KODE_PAKET", "BULAN_IURAN",
)  # fmt: skip


def line(person, *, nik=None, name=None, born=None):
    return (
        nik or person.nik, name or person.name, f"{born or person.birth_date:%d-%m-%Y}",
        person.phone, "", person.occupation, "", person.kelurahan.name, 1_000_000, "T", 12,
    )  # fmt: skip


@pytest.fixture
def ask(town, tmp_path):
    """Send lines to the branch; the summary and the answered lines as dicts."""

    def send(lines, on=None):
        upload = write_table(tmp_path / "kirim.xlsx", "Data TK Baru", UPLOAD, lines)
        on = on or town.calendar.start
        summary = answer(upload, tmp_path / "jawab.xlsx", city=town, on=on)
        header, *rows = load_workbook(summary.path)["Hasil"].iter_rows(values_only=True)
        assert header == ANSWER_COLUMNS
        return summary, [dict(zip(header, row, strict=True)) for row in rows]

    return send


@pytest.fixture
def listed(town):
    return list({row.person.id: row.person for row in town.truth}.values())


@pytest.fixture
def healthy(listed):
    return [person for person in listed if not person.truths]


def test_each_line_is_answered_exactly_once_and_in_order(ask, listed):
    summary, rows = ask([line(person) for person in listed])

    assert [row["NOMOR_IDENTITAS"] for row in rows] == [person.nik for person in listed]
    assert summary.lines == len(listed)
    assert summary.accepted + sum(summary.rejected.values()) == summary.lines
    assert Counter(row["STATUS"] for row in rows)["DITERIMA"] == summary.accepted


def test_nobody_dead_is_ever_accepted(ask, town):
    on = town.calendar.start
    dead = [person for person in town.people if person.is_dead_on(on)]
    _, rows = ask([line(person) for person in dead])

    assert dead
    assert {row["STATUS"] for row in rows} == {"DITOLAK"}


def test_an_accepted_line_has_a_number_and_a_start_and_a_rejected_one_a_reason(ask, listed, town):
    _, rows = ask([line(person) for person in listed])

    for row in rows:
        if row["STATUS"] == "DITERIMA":
            assert len(row["KPJ"]) == 11
            assert row["TGL_MULAI"] == f"{town.calendar.start:%d-%m-%Y}"
            assert row["KODE_TOLAK"] is None
        else:
            assert row["KPJ"] is None
            assert row["ALASAN"] == REJECT_REASONS[row["KODE_TOLAK"]]


def test_a_person_keeps_one_number_for_life(ask, healthy, town):
    _, first = ask([line(healthy[0])])
    _, later = ask([line(healthy[0])], on=town.calendar.start + timedelta(days=365))

    assert first[0]["KPJ"] == later[0]["KPJ"] == healthy[0].kpj


def test_a_former_member_comes_back_under_the_old_number(ask, town, listed):
    former = next(person for person in listed if person.truths == ("former-member",))
    _, (row,) = ask([line(former)])

    assert (row["STATUS"], row["KPJ"]) == ("DITERIMA", former.kpj)


def test_an_unknown_nik_is_not_found_at_dukcapil(ask, healthy):
    _, (row,) = ask([line(healthy[0], nik="3671010101800001")])

    assert row["KODE_TOLAK"] == "T01"


def test_the_nik_of_another_person_does_not_match(ask, healthy):
    one, other = healthy[0], next(p for p in healthy if p.name[0] != healthy[0].name[0])
    _, (row,) = ask([line(one, nik=other.nik)])

    assert row["KODE_TOLAK"] == "T02"


def test_a_birth_year_that_differs_does_not_match(ask, healthy):
    person = healthy[0]
    _, (row,) = ask([line(person, born=date(person.birth_date.year - 3, 5, 5))])

    assert row["KODE_TOLAK"] == "T02"


def test_a_small_slip_in_spelling_or_day_is_taken_from_the_register(ask, healthy):
    person = next(p for p in healthy if len(p.name) > 12)
    _, (row,) = ask(
        [line(person, name=person.name.upper(), born=date(person.birth_date.year, 1, 1))]
    )

    assert row["STATUS"] == "DITERIMA"


@pytest.mark.parametrize(
    ("truth", "code"),
    [
        ("dead", "T03"),
        ("death-unlisted", "T03"),
        ("active-member", "T04"),
        ("membership-new", "T04"),
        ("age-65", "T05"),
        ("asn", "T07"),
    ],
)
def test_what_is_true_of_a_person_decides_the_code(ask, listed, truth, code):
    person = next(person for person in listed if person.truths == (truth,))
    _, (row,) = ask([line(person)])

    assert row["KODE_TOLAK"] == code


def test_the_same_nik_twice_in_a_file_is_accepted_once(ask, healthy):
    summary, rows = ask([line(healthy[0]), line(healthy[0])])

    assert [row["STATUS"] for row in rows] == ["DITERIMA", "DITOLAK"]
    assert summary.rejected == {"T06": 1}


def test_somebody_who_died_the_day_before_is_rejected(ask, healthy, town):
    gone = replace(healthy[0], died_on=town.calendar.start - timedelta(days=1))
    town.by_nik[gone.nik] = gone
    try:
        _, (row,) = ask([line(gone)])
    finally:
        town.by_nik[gone.nik] = healthy[0]

    assert row["KODE_TOLAK"] == "T03"


def test_a_workbook_without_the_columns_is_refused(town, tmp_path):
    upload = write_table(tmp_path / "lain.xlsx", "Data", ("NIK", "NAMA"), [("1", "A")])

    with pytest.raises(ValueError, match="NOMOR_IDENTITAS"):
        answer(upload, tmp_path / "jawab.xlsx", city=town, on=town.calendar.start)
    assert not (tmp_path / "jawab.xlsx").exists()
