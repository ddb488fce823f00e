from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import LawError, claim_deadlines

JAKARTA = ZoneInfo("Asia/Jakarta")
EVENT = datetime(2026, 5, 1, 10, 30, tzinfo=JAKARTA)
OLD = datetime(2024, 5, 1, 9, 0, tzinfo=JAKARTA)


def at(*numbers):
    return datetime(*numbers, tzinfo=JAKARTA)


def deadlines(kind, event=EVENT, **moments):
    named = {name.replace("_", "-"): moment for name, moment in moments.items()}
    return {each.code: each for each in claim_deadlines(kind, event, moments=named)}


def test_both_reports_are_due_within_twice_twenty_four_hours_to_the_minute():
    first = deadlines("jkk")["stage-one"]
    assert (first.due, first.who) == (at(2026, 5, 3, 10, 30), "keluarga")
    second = deadlines("jkk", outcome=at(2026, 6, 1, 8, 17))["stage-two"]
    assert (second.due, second.who) == (at(2026, 6, 3, 8, 17), "keluarga")


def test_a_deadline_waits_for_the_moment_it_counts_from():
    waiting = deadlines("jkk")["stage-two"]
    assert (waiting.due, waiting.starts) == (None, "outcome")
    assert waiting.starts_words.en == "being declared recovered, disabled or dead"


def test_bpjs_concludes_within_thirty_days_of_the_first_report():
    found = deadlines("jkk", stage_one=at(2026, 5, 2, 9))["conclusion"]
    assert (found.due, found.who) == (at(2026, 6, 1, 23, 59), "bpjs")
    assert "48C" in found.source.article
    assert "Pasal 50" in deadlines("jkk", OLD)["conclusion"].source.article


def test_care_is_handed_over_within_two_working_days_since_2025():
    assert "handover" not in deadlines("jkk", OLD)
    # Friday, and Monday 1 June is Pancasila Day
    found = deadlines("jkk", concluded=at(2026, 5, 29, 9))["handover"]
    assert found.due.date() == date(2026, 6, 3)


def test_news_is_asked_within_six_months_and_given_within_fourteen_working_days():
    found = deadlines("jkk", concluded=at(2026, 5, 29, 9), asked=at(2026, 7, 1, 9))
    assert found["progress-request"].due.date() == date(2026, 11, 29)
    assert found["progress-answer"].due.date() == date(2026, 7, 21)
    assert found["progress-answer"].who == "keluarga"


def test_a_file_that_is_not_complete_is_told_within_three_working_days():
    found = deadlines("jkk", submitted=at(2026, 6, 4, 9))["incomplete-notice"]
    assert found.due.date() == date(2026, 6, 9)


def test_jkm_is_paid_within_three_and_jkk_within_seven_working_days():
    complete = at(2026, 6, 4, 9)
    jkm = deadlines("jkm", complete=complete)["payment"]
    assert (jkm.due.date(), jkm.verified) == (date(2026, 6, 9), True)
    jkk = deadlines("jkk", complete=complete)["payment"]
    assert (jkk.due.date(), jkk.verified) == (date(2026, 6, 15), False)


def test_national_holidays_are_no_working_days():
    # Thursday; Friday 1 May is Labour Day
    complete = at(2026, 4, 30, 9)
    assert deadlines("jkm", complete, complete=complete)["payment"].due.date() == date(2026, 5, 6)


def test_collective_leave_on_the_way_makes_the_day_uncertain():
    # Thursday 14 May is Ascension Day, Friday the 15th collective leave
    complete = at(2026, 5, 13, 9)
    payment = deadlines("jkm", complete=complete)["payment"]
    assert payment.due.date() == date(2026, 5, 19)
    assert not payment.verified
    assert "20 May 2026" in payment.steps[-1].say("en")


def test_holidays_nobody_has_announced_make_the_day_uncertain():
    complete = at(2031, 3, 3, 9)
    payment = deadlines("jkm", complete, complete=complete)["payment"]
    assert not payment.verified
    assert "2031" in payment.steps[-1].text


def test_a_field_check_took_seven_days_before_2025_and_five_working_days_since():
    then = deadlines("jkm", OLD, submitted=OLD)["field-check"]
    assert (then.due.date(), then.unit) == (date(2024, 5, 8), "days")
    now = deadlines("jkm", submitted=at(2026, 6, 4, 9))["field-check"]
    assert (now.due.date(), now.length, now.unit) == (date(2026, 6, 11), 5, "working-days")
    after = deadlines("jkm", checked=at(2026, 6, 11, 9))["payment-after-check"]
    assert after.due.date() == date(2026, 6, 17)  # the 16th is the Islamic New Year


def test_the_right_lapses_after_five_years_and_is_marked_unverified():
    for kind in ("jkm", "jkk"):
        lapse = deadlines(kind)["lapse"]
        assert lapse.due.date() == date(2031, 5, 1)
        assert not lapse.verified
    assert deadlines("jkk", at(2024, 2, 29, 9))["lapse"].due.date() == date(2029, 2, 28)


def test_a_question_that_cannot_be_is_refused_with_a_sentence():
    with pytest.raises(LawError, match="Jenis klaim “jht” tidak dikenal"):
        claim_deadlines("jht", EVENT)
    with pytest.raises(LawError, match=r"Saat “besok” tidak dikenal.*outcome"):
        claim_deadlines("jkk", EVENT, moments={"besok": EVENT})
    with pytest.raises(LawError, match="tidak mungkin sebelum kejadian 1 Mei 2026"):
        claim_deadlines("jkk", EVENT, moments={"outcome": EVENT - timedelta(days=1)})
    with pytest.raises(LawError, match="tidak mengetahui aturan"):
        claim_deadlines("jkm", at(2021, 3, 31, 9))


@pytest.mark.parametrize("event", [OLD, EVENT])
@pytest.mark.parametrize("kind", ["jkm", "jkk"])
def test_every_deadline_speaks_both_languages_and_names_its_article(kind, event):
    found = claim_deadlines(kind, event)
    assert len({each.code for each in found}) == len(found)
    for each in found:
        assert each.name != each.english
        assert each.steps[0].source == each.source
        assert each.steps[0].verified is each.verified
        assert each.english in each.steps[0].say("en")
        assert each.who_words.en in each.steps[0].say("en")
        assert each.source.article.startswith("Pasal")


@given(
    st.datetimes(datetime(2021, 4, 2), datetime(2030, 12, 31)),  # noqa: DTZ001  a local time
    st.integers(0, 400),
    st.sampled_from(["jkm", "jkk"]),
)
def test_nothing_is_due_before_the_moment_it_counts_from(event, days, kind):
    later = event + timedelta(days=days)
    names = ("stage-one", "concluded", "asked", "outcome", "submitted", "complete", "checked")
    for each in claim_deadlines(kind, event, moments=dict.fromkeys(names, later)):
        assert each.due > (event if each.starts == "event" else later)
