"""«Mengapa sebesar ini?» on the office's pages: the same reasons in Indonesian and English."""

import json
import re
from datetime import date
from html import unescape

import pytest

from payung.law import bpu_contribution, cover, steps_as_data, steps_from_data
from payung.web.templatetags.payung import why

NOVEMBER = date(2026, 11, 1)
STEPS = bpu_contribution(NOVEMBER, funder="self").steps


def kept(steps, **change):
    """Steps as a record gives them back, each changed so."""
    rows = json.loads(json.dumps(steps_as_data(steps)))
    return steps_from_data([row | change for row in rows])


def drawn(steps):
    """What stands before the English part, and in it; tags left out of neither."""
    before, _, english = unescape(str(why(steps))).partition('<details lang="en">')
    return before, english.partition("</details>")[0]


@pytest.mark.parametrize("steps", [STEPS, kept(STEPS)], ids=["said now", "kept in a record"])
def test_every_reason_stands_in_indonesian_and_in_english_with_the_right_amounts(steps):
    indonesian, english = drawn(steps)
    assert "JKK 1% × Rp1.000.000 = Rp10.000." in indonesian
    assert "JKK (work accidents) 1% × Rp1,000,000 = Rp10,000." in english
    assert "Relief of 50% on JKK, JKM for contributions of November 2026" in english
    assert english.count("<li>") == indonesian.count("<li>") == len(STEPS)
    for step in steps:
        assert step.text in indonesian
        assert step.say("en") in english
        assert str(step.source) in english


def test_how_sure_a_reason_is_stands_in_english_too():
    reasons = (*STEPS, *cover([NOVEMBER], date(2026, 11, 20)).steps)
    indonesian, english = drawn(reasons)
    sure = sum(step.verified for step in reasons)
    assert 0 < sure < len(reasons)
    words = re.findall(r"(?:>|/svg>)(verified|not verified)</span>", english)
    assert words.count("verified") == sure
    assert words.count("not verified") == len(reasons) - sure
    assert not re.search(r">(not )?verified<", indonesian)


@pytest.mark.parametrize("change", [{"sentence": "", "values": {"amount": 1}}, {"values": {}}])
def test_reasons_kept_as_indonesian_text_only_say_nothing_in_english(change):
    indonesian, english = drawn(kept(STEPS, **change))
    assert STEPS[0].text in indonesian
    assert not english
    assert "In English" not in indonesian


def test_among_reasons_in_english_an_older_one_is_marked_as_indonesian():
    _, english = drawn([*kept(STEPS[:1], sentence="gone.since"), *STEPS[1:]])
    assert f'<p lang="id">{STEPS[0].text}</p>' in english
    assert f"<p>{STEPS[1].say('en')}</p>" in english


def test_without_reasons_there_is_no_english_part():
    assert drawn([])[1] == ""
