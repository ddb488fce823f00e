"""Every rule does what it says, is needed, and is one that all engines read alike."""

from dataclasses import replace

import duckdb
import polars as pl
import pytest

from payung.identity.nik import _EMPTY
from payung.identity.rulebook import (
    Rule,
    Rulebook,
    RuleError,
    beginning,
    fields,
    parse_rulebook,
    rulebook,
)


def _every_rule():
    for book in (beginning(), *map(rulebook, fields())):
        for section in book.sections:
            if book is beginning() or section not in beginning().sections:
                for rule in section.rules:
                    yield pytest.param(book, rule, id=f"{book.field}-{rule.code}")


EVERY_RULE = list(_every_rule())


def without(book: Rulebook, rule: Rule) -> Rulebook:
    return replace(
        book,
        sections=tuple(
            replace(section, rules=tuple(each for each in section.rules if each is not rule))
            for section in book.sections
        ),
    )


@pytest.mark.parametrize(("book", "rule"), EVERY_RULE)
def test_both_texts_of_an_example_become_one_and_only_by_their_rule(book, rule):
    one, other = rule.example
    assert one != other
    assert book.apply(one) == book.apply(other)
    assert without(book, rule).apply(one) != without(book, rule).apply(other)


@pytest.mark.parametrize(("book", "rule"), EVERY_RULE)
def test_every_engine_reads_the_pattern_and_changes_the_example_alike(book, rule):
    for text in rule.example:
        said = beginning().apply(text)
        ours = rule.apply(said)
        new = rule.replace.replace("\\", "$")
        for group in "123456789":
            new = new.replace(f"${group}", f"${{{group}}}")
        assert pl.Series([said]).str.replace_all(rule.pattern, new).item() == ours
        found = duckdb.execute(
            "SELECT regexp_replace(?, ?, ?, 'g')", [said, rule.pattern, rule.replace]
        ).fetchone()
        assert found == (ours,)


def test_every_text_that_says_nothing_becomes_nothing():
    blank = next(section for section in beginning().sections if section.code == "blank")
    (nothing,) = blank.rules
    for text in _EMPTY:
        assert beginning().apply(text) == "", text
    assert nothing.words == {word for text in _EMPTY for word in beginning_of(text).split()}


def beginning_of(text: str) -> str:
    (ascii_only, _) = beginning().sections
    return ascii_only.apply(text)


def test_forms_are_forms_of_themselves():
    for field in ("phone_key", "address_key", "name_head"):
        for rule in rulebook(field).rules:
            for text in rule.example:
                form = rulebook(field).apply(text)
                assert rulebook(field).apply(form) == form


ONE_RULE = """
field: trial
sections:
  words:
    - {{ code: one, pattern: {pattern}, replace: "{replace}", why: why not, example: [a, b]{more} }}
"""


def parse(pattern="'a'", replace="b", more=""):
    return parse_rulebook(ONE_RULE.format(pattern=pattern, replace=replace, more=more))


def test_a_rule_that_all_engines_read_alike_is_taken():
    assert parse(r"'\b(?:a|[.]b)c{2}\b'", r"\\1x".replace(r"\\1", "")).apply("acc") == "x"


@pytest.mark.parametrize(
    "pattern",
    [
        "a(?=b)", "a(?!b)", "(?<=a)b", "(?<!a)b", "(?i)a", "(?P<n>a)", r"(a)\1", r"\d", r"\s",
        r"\w", r"\W", r"a\Z", r"\pL", "a*+b", "a++", "a*?b", "a+?b", "a??b", "a{1,2}?b", "a{2}+b",
        "[a&&b]", "[a[b]]", "(a", "[a", "a*", "a|", "(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)",
    ],
)  # fmt: skip
def test_a_pattern_that_engines_read_in_their_own_way_is_refused(pattern):
    with pytest.raises(RuleError, match="trial/one"):
        parse(f"'{pattern}'")


@pytest.mark.parametrize("replace", [r"\\1", r"\\0", r"\\3", "$1"])
def test_a_replacement_names_only_groups_of_its_pattern(replace):
    with pytest.raises(RuleError, match="the replacement"):
        parse(replace=replace)


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        (", words: [x]", "belong together"),
        (", colour: red", "unknown entries"),
    ],
)
def test_what_does_not_belong_is_refused(more, complaint):
    with pytest.raises(RuleError, match=complaint):
        parse(more=more)


def test_a_rule_for_words_matches_no_space():
    with pytest.raises(RuleError, match="matches a space"):
        parse("' '")


RULE = "code: x, pattern: a, replace: b, example: [a, b], why"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "cannot be read"),
        ("field: a", "cannot be read"),
        ("field: a\nsections: { s: [{ code: x }] }", "cannot be read"),
        ("field: a\nsections: {}\nmore: 1", "unknown entries"),
        (f"field: a\nsections: {{ s: [{{ {RULE}: '' }}] }}", "says why"),
        (f"field: a\nsections: {{ s: [{{ {RULE.replace(', b]', ']')}: y }}] }}", "pair"),
        (
            f"field: a\nsections: {{ s: {{ by_word: true, rules: [{{ {RULE}: y }}] }} }}",
            "needs words",
        ),
        (f"field: a\nsections: {{ s: [&r {{ {RULE}: y }}, *r] }}", "stands twice"),
    ],
)
def test_a_faulty_file_is_refused(text, complaint):
    with pytest.raises(RuleError, match=complaint):
        parse_rulebook(text)
