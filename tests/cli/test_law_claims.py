"""`payung law documents` and `payung law deadlines`."""

import pytest

from tests.cli.law_answers import answer, refused, shown

EVENT = "2026-05-01T14:30"


@pytest.mark.parametrize(
    ("case", "kind", "outcome"),
    [
        ("jkm", "jkm", "death"),
        ("jkk", "jkk", "recovered"),
        ("scholarship", "scholarship", "first"),
        ("death", "jkm", "death"),
        ("work-death", "jkk", "death"),
        ("work-disability", "jkk", "disability"),
        ("temporary-disability", "jkk", "recovered"),
    ],
)
def test_every_case_has_its_documents(case, kind, outcome):
    found = answer("documents", "--case", case, "--on", "2026-05-01")
    assert (found["kind"], found["outcome"]) == (kind, outcome)
    assert outcome in found["outcomes"]
    for paper in found["documents"]:
        assert paper["name"]
        assert paper["english"]
        assert "Pasal" in paper["source"]


def test_the_outcome_changes_the_documents():
    def papers(*words: str) -> set[str]:
        found = answer("documents", "--case", "jkm", "--on", "2026-05-01", *words)
        return {paper["code"] for paper in found["documents"]}

    assert papers("--outcome", "will") - papers() == {"notarial-will"}


def test_people_read_which_paper_in_which_form_from_whom():
    text = shown("documents", "--case", "jkm", "--on", "2026-05-01")
    assert text.startswith("Dokumen klaim JKM, meninggal dunia 1. Kartu peserta BPJS")
    assert "fotokopi atau dokumen elektronik, dari Dukcapil" in text
    assert "(if any)" in shown("documents", "--case", "jkk", "--language", "en")


def deadlines(*words: object) -> dict[str, dict[str, object]]:
    found = answer("deadlines", *words)
    return {each["code"]: each for each in found["deadlines"]}


def test_the_first_report_is_due_twice_24_hours_after_the_event():
    first = deadlines("--kind", "jkk", "--event", EVENT)["stage-one"]
    assert (first["due"], first["who"], first["verified"]) == (
        "2026-05-03T14:30+07:00",
        "keluarga",
        True,
    )


def test_later_moments_open_later_deadlines():
    waiting = deadlines("--kind", "jkm", "--event", EVENT)
    assert waiting["payment"]["due"] is None
    known = deadlines("--kind", "jkm", "--event", EVENT, "--complete", "2026-06-04")
    assert known["payment"]["due"] == "2026-06-09T23:59+07:00"
    stage = deadlines("--kind", "jkk", "--event", EVENT, "--stage-one", "2026-05-02T09:00")
    assert stage["conclusion"]["due"] == "2026-06-01T23:59+07:00"


def test_a_moment_elsewhere_is_counted_in_jakarta():
    first = deadlines("--kind", "jkk", "--event", "2026-05-01T14:30+09:00")["stage-one"]
    assert first["due"] == "2026-05-03T12:30+07:00"


def test_a_day_without_a_time_counts_from_its_start():
    found = answer("deadlines", "--kind", "jkk", "--event", "2026-05-01")
    assert found["event"] == "2026-05-01T00:00+07:00"
    assert "kejadian 1 Mei 2026 00:00" in shown(
        "deadlines", "--kind", "jkk", "--event", "2026-05-01"
    )


def test_people_read_who_must_act_until_when_and_how_days_were_counted():
    words = ("deadlines", "--kind", "jkm", "--event", EVENT, "--complete", "2026-05-12")
    text = shown(*words)
    assert "18 Mei 2026" in text
    assert "Ada cuti bersama di antaranya" in text
    english = shown(*words, "--language", "en")
    assert "within 3 working days of the file being complete and correct" in english


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["documents", "--case", "flood"], "Jenis klaim “flood” tidak dikenal"),
        (["documents"], "--case belum disebut"),
        (["documents", "--case", "jkm", "--outcome", "recovered"], "pilih salah satu: death, will"),
        (["documents", "--case", "jkm", "--on", "2020-01-01"], "mulai 1 April 2021."),
        (["deadlines", "--kind", "flood", "--event", EVENT], "Jenis klaim “flood” tidak dikenal"),
        (["deadlines", "--kind", "jkm"], "tulis misalnya --event 2026-05-01T14:30."),
        (["deadlines", "--kind", "jkm", "--event", "besok"], "--event «besok» bukan waktu"),
        (["deadlines", "--kind", "jkm", "--event", "2019-05-01"], "mulai 1 April 2021."),
        (
            ["deadlines", "--kind", "jkm", "--event", EVENT, "--submitted", "2026-04-01"],
            "tidak mungkin sebelum kejadian 1 Mei 2026",
        ),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_sentence(words, sentence):
    assert sentence in refused(*words)
