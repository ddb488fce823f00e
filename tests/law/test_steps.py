import json
from datetime import date

import pytest

from payung.law import (
    all_parameters,
    bpu_contribution,
    cover,
    parameter,
    steps_as_data,
    steps_from_data,
)
from payung.law.steps import step_from

NOVEMBER = date(2026, 11, 1)


def test_every_step_says_which_rule_of_which_article_and_how_sure():
    for step in bpu_contribution(NOVEMBER).steps:
        assert step.rule in all_parameters().by_id
        assert step.text.endswith(".")
        assert str(step.source).startswith("P")
        assert isinstance(step.verified, bool)


def test_a_step_speaks_indonesian_first_and_english_too():
    step = bpu_contribution(NOVEMBER, funder="self").steps[-1]
    assert step.text == step.say("id")
    assert (
        step.text == "Keringanan 50% atas JKK, JKM untuk iuran November 2026 yang dibayar Mandiri."
    )
    assert step.say("en") == (
        "Relief of 50% on JKK, JKM for contributions of November 2026 paid by the worker."
    )


def test_values_of_a_step_keep_their_types():
    step = bpu_contribution(NOVEMBER, funder="self").steps[-1]
    assert (step.values["percent"], step.values["months"]) == (50, [NOVEMBER])


def test_a_step_without_a_value_its_sentence_needs_is_refused():
    with pytest.raises(KeyError, match=r"bpu\.base needs \['base'\]"):
        step_from(parameter("bpu.brackets").at(NOVEMBER), "bpu.base")


def _kept(steps):
    return json.loads(json.dumps(steps_as_data(steps)))


@pytest.mark.parametrize("language", ["id", "en"])
def test_steps_survive_being_kept_as_json_in_both_languages(language):
    late = cover([date(2026, 1, 1), date(2026, 2, 1)], date(2026, 5, 20)).steps
    steps = (*late, *bpu_contribution(NOVEMBER, funder="baznas").steps)
    again = steps_from_data(_kept(steps))
    assert [(step.rule, step.say(language), step.source, step.verified) for step in again] == [
        (step.rule, step.say(language), step.source, step.verified) for step in steps
    ]


def test_a_kept_step_says_what_was_said_then():
    (row, *_) = _kept(bpu_contribution(NOVEMBER).steps)
    (step,) = steps_from_data([row | {"text": "Kalimat tahun lalu."}])
    assert step.text == "Kalimat tahun lalu."
    assert steps_as_data([step])[0]["text"] == "Kalimat tahun lalu."


@pytest.mark.parametrize("change", [{"sentence": "gone.since"}, {"values": {}}])
def test_a_kept_step_whose_sentence_has_changed_falls_back_to_its_text(change):
    (row, *_) = _kept(bpu_contribution(NOVEMBER).steps)
    (step,) = steps_from_data([row | change])
    assert step.say("en") == step.text == row["text"]


def test_records_from_before_sentences_had_codes_are_still_read():
    old = {
        "rule": "bpu.jkm-amount",
        "text": "JKM tetap Rp6.800.",
        "values": {"amount": 6800},
        "regulation": "PP 44/2015",
        "article": "Pasal 19",
        "verified": False,
    }
    (step,) = steps_from_data([old])
    assert step.text == step.say("en") == "JKM tetap Rp6.800."
