from datetime import date, datetime

import pytest

from payung.law import (
    LawError,
    claim_deadlines,
    claim_documents,
    claim_outcomes,
    heirs_order,
)

EVENT = datetime(2026, 5, 1, 10, 30)  # noqa: DTZ001  a local time, as the family reports it


def codes(documents):
    return [document.code for document in documents]


def test_a_jkm_claim_needs_the_death_certificate_since_february_2025():
    now = {document.code: document for document in claim_documents("jkm")}
    then = {document.code: document for document in claim_documents("jkm", on=date(2024, 5, 1))}
    assert now["death-certificate"].name.startswith("Akta kematian")
    assert then["death-certificate"].name.startswith("Surat keterangan kematian")
    assert now["death-certificate"].verified


def test_a_will_or_a_court_ruling_adds_its_document():
    assert "notarial-will" in codes(claim_documents("jkm", "will"))
    assert "court-ruling" in codes(claim_documents("jkm", "court"))
    assert not {"notarial-will", "court-ruling"} & set(codes(claim_documents("jkm", "death")))


def test_branch_practice_is_marked_as_not_seen_in_the_text():
    (bank,) = [each for each in claim_documents("jkm") if each.code == "bank-book"]
    assert not bank.verified


def test_a_work_death_also_needs_the_heirs_documents():
    assert "heir-statement" in codes(claim_documents("jkk", "death"))
    assert "heir-statement" not in codes(claim_documents("jkk", "recovered"))


@pytest.mark.parametrize("kind", ["jkm", "jkk"])
def test_a_document_is_asked_for_once(kind):
    for outcome in claim_outcomes(kind):
        found = codes(claim_documents(kind, outcome))
        assert len(found) == len(set(found))


def test_an_unknown_kind_or_outcome_gets_a_clear_sentence():
    with pytest.raises(LawError, match="Jenis klaim “jht” tidak dikenal"):
        claim_documents("jht")
    with pytest.raises(LawError, match="Keadaan “sembuh” tidak dikenal"):
        claim_documents("jkk", "sembuh")
    with pytest.raises(LawError, match="Jenis klaim"):
        claim_deadlines("jht", EVENT)


def deadlines(kind, **arguments):
    return {each.code: each for each in claim_deadlines(kind, EVENT, **arguments)}


def test_an_accident_is_reported_within_two_days_to_the_hour():
    first = deadlines("jkk")["stage-one"]
    assert first.due == datetime(2026, 5, 3, 10, 30)  # noqa: DTZ001
    assert first.who == "keluarga"


def test_a_deadline_waits_for_the_moment_it_counts_from():
    assert deadlines("jkk")["stage-two"].due is None
    known = deadlines("jkk", moments={"outcome": datetime(2026, 6, 1, 8)})["stage-two"]  # noqa: DTZ001
    assert known.due == datetime(2026, 6, 3, 8)  # noqa: DTZ001


def test_working_days_leave_out_weekends_and_holidays():
    complete = {"complete": datetime(2026, 4, 30, 9)}  # noqa: DTZ001  a Thursday
    plain = deadlines("jkm", moments=complete)["payment"].due
    assert plain.date() == date(2026, 5, 5)
    holiday = deadlines("jkm", moments=complete, holidays=[date(2026, 5, 1)])["payment"].due
    assert holiday.date() == date(2026, 5, 6)


def test_a_field_check_took_seven_days_before_2025_and_five_working_days_since():
    old = datetime(2024, 5, 1, 9)  # noqa: DTZ001
    then = {each.code: each for each in claim_deadlines("jkm", old, moments={"submitted": old})}
    assert then["field-check"].due.date() == date(2024, 5, 8)
    now = deadlines("jkm", moments={"submitted": EVENT})["field-check"]
    assert now.due.date() == date(2026, 5, 8)
    assert (now.length, now.unit) == (5, "working-days")


def test_the_right_lapses_after_five_years_and_is_marked_unverified():
    lapse = deadlines("jkm")["lapse"]
    assert lapse.due.date() == date(2031, 5, 1)
    assert not lapse.verified


def test_spouse_and_children_come_before_everybody_else():
    order = heirs_order()
    assert [heir.order for heir in order] == [1, 2, 3, 4, 5]
    assert [heir.code for heir in order] == [
        "spouse-child",
        "blood-line",
        "sibling",
        "parent-in-law",
        "will",
    ]
