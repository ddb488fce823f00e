from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.identity.nik import age_on
from payung.law import (
    LawError,
    age_limits,
    data_change_due,
    due_date,
    may_register,
    number_due,
    prepayment_lengths,
    refundable_months,
)

BORN = date(1980, 1, 1)
START = date(2026, 12, 1)


def test_sixty_four_may_register_and_sixty_five_may_not():
    assert may_register(date(1961, 12, 2), START).ok
    refused = may_register(date(1961, 12, 1), START)
    assert (refused.ok, refused.reason, refused.reasons) == (False, "age-limit", ("age-limit",))
    assert "65 tahun" in refused.steps[0].text


def test_the_age_is_judged_on_the_day_cover_begins():
    born = date(1961, 12, 15)
    assert may_register(born, date(2026, 12, 14)).ok
    assert not may_register(born, date(2026, 12, 15)).ok


@given(st.dates(date(1935, 1, 1), date(2021, 3, 31)), st.dates(date(2021, 4, 1), date(2030, 1, 1)))
def test_the_age_limits_for_many_agree_with_the_judgement_of_one(born, start):
    ages, age = age_limits(start), age_on(born, start)
    assert may_register(born, start).ok == (ages.least <= age < ages.limit)
    assert ages.least < ages.adult < ages.limit


def test_there_are_no_age_limits_before_the_rule():
    with pytest.raises(LawError, match="31 Maret 2021"):
        age_limits(date(2021, 3, 31))


def test_a_member_from_before_the_limit_may_go_on():
    born = date(1960, 6, 1)
    assert may_register(born, START, member_since=date(2025, 5, 31)).ok
    step = may_register(born, START, member_since=date(2025, 5, 31)).steps[0]
    assert (step.rule, step.verified) == ("bpu.after-age-limit", False)
    assert may_register(born, START, member_since=date(2025, 6, 1)).reason == "age-limit"


def test_fifteen_may_register_and_fourteen_may_not():
    assert may_register(date(2011, 12, 1), START).ok
    refused = may_register(date(2011, 12, 2), START)
    assert refused.reason == "below-working-age"
    assert not refused.steps[1].verified


def test_a_nik_and_work_are_needed_and_every_missing_thing_is_named():
    refused = may_register(BORN, START, nik=False, has_work=False)
    assert refused.reasons == ("no-nik", "no-work")
    assert [step.source.article[-7:] for step in refused.steps[2:]] == ["huruf a", "huruf c"]
    assert may_register(BORN, START).reason == "ok"
    assert may_register(BORN, START).reasons == ()


@pytest.mark.parametrize("status", ["asn", "pns", "cpns", "pppk", "tni", "polri", "non-asn"])
@pytest.mark.parametrize("start", [date(2024, 1, 1), START])
def test_servants_of_the_state_do_not_register_as_bpu(status, start):
    refused = may_register(BORN, start, status=status)
    assert refused.reason == "state-service"
    assert not refused.steps[-1].verified
    assert refused.steps[-1].text != refused.steps[-1].say("en")


def test_what_cannot_be_is_refused_with_a_sentence():
    with pytest.raises(LawError, match="sesudah tanggal mulai"):
        may_register(date(2027, 1, 1), START)
    with pytest.raises(LawError, match=r"Status “raja” tidak dikenal.*polri"):
        may_register(BORN, START, status="raja")
    for since in (date(2026, 12, 2), date(1979, 12, 31)):
        with pytest.raises(LawError, match="tidak mungkin"):
            may_register(BORN, START, member_since=since)
    with pytest.raises(LawError, match="31 Maret 2021"):
        may_register(BORN, date(2021, 3, 31))


@given(st.dates(date(1930, 1, 1), date(2020, 1, 1)), st.dates(date(2021, 4, 1), date(2035, 12, 31)))
def test_who_may_register_is_between_fifteen_and_sixty_four(born, start):
    answer = may_register(born, start)
    birthday = (start.month, start.day) >= (born.month, born.day)
    age = start.year - born.year - (not birthday)
    assert answer.ok is (15 <= age < 65)
    assert len(answer.steps) == 4


def test_a_contribution_is_due_on_the_fifteenth_of_its_own_month():
    assert due_date(date(2026, 2, 28)) == date(2026, 2, 15)


def test_one_two_three_six_or_twelve_months_may_be_paid_at_once():
    assert prepayment_lengths(START) == (1, 2, 3, 6, 12)


def test_the_number_comes_within_one_working_day_and_changes_are_told_within_seven():
    friday = date(2026, 6, 5)
    assert number_due(friday).day == date(2026, 6, 8)
    # the 16th is the Islamic New Year
    assert data_change_due(friday).day == date(2026, 6, 17)


def test_months_paid_beyond_the_month_of_the_claim_are_given_back():
    paid = [date(2026, month, 20) for month in (5, 3, 4, 6, 7)]
    found = refundable_months(paid, date(2026, 5, 2))
    assert found.months == (date(2026, 6, 1), date(2026, 7, 1))
    assert "Juni 2026, Juli 2026" in found.steps[0].text
    assert not found.steps[0].verified
    assert refundable_months(paid, date(2026, 7, 31)).months == ()


@pytest.mark.parametrize(
    ("start", "why"),
    [
        (date(2025, 2, 23), "didaftarkan instansinya sebagai penerima upah"),
        (date(2025, 2, 24), "jaminannya diatur tersendiri"),
    ],
)
def test_a_state_official_was_an_employee_until_february_2025(start, why):
    """Permenaker 5/2021 Ps 2(2)b; left out by Permenaker 1/2025."""
    assert why in may_register(BORN, start, status="pejabat-negara").steps[-1].text
