from payung.identity.reference import PAGE, reference
from payung.identity.rulebook import beginning, fields, rulebook


def test_the_page_lists_the_rules_as_they_are():
    page = PAGE.read_text("utf-8")
    assert page == reference(page), "Run: python -m payung.identity.reference"


def test_every_rule_has_its_line():
    page = PAGE.read_text("utf-8")
    rules = [*beginning().rules, *(rule for field in fields() for rule in rulebook(field).rules)]
    assert len(rules) > 80
    for rule in rules:
        assert f"| `{rule.code}` | {rule.why} |" in page
