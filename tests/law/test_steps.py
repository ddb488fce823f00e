import json
from datetime import date

from payung.law import all_parameters, bpu_contribution, cover, steps_as_data, steps_from_data


def test_every_step_says_which_rule_of_which_article_and_how_sure():
    for step in bpu_contribution(date(2026, 11, 1)).steps:
        assert step.rule in all_parameters().by_id
        assert step.text.endswith(".")
        assert str(step.source).startswith("P")
        assert isinstance(step.verified, bool)


def test_steps_survive_being_kept_as_json():
    steps = cover([date(2026, 1, 1), date(2026, 2, 1)], date(2026, 2, 20)).steps
    again = steps_from_data(json.loads(json.dumps(steps_as_data(steps))))
    assert [(step.rule, step.text, step.source, step.verified) for step in again] == [
        (step.rule, step.text, step.source, step.verified) for step in steps
    ]
