from datetime import date
from fractions import Fraction

import pytest

from payung.law import LawError, LawFileError, Parameters, all_parameters, parameter
from payung.law.parameters import parse_parameters, read_parameters

ONE_VALUE = "{ from: 2020-01-01, value: 5, source: { regulation: R, article: A }, verified: true }"
FILE = """
subject: Contoh
english: Example
parameters:
  - id: contoh
    description: Contoh
    english: Example
    unit: rupiah
    values:
"""


def parse(*values: str, head: str = FILE):
    return parse_parameters(head + "".join(f"      - {value}\n" for value in values), "contoh.yaml")


def value(since: str, until: str | None = None, amount: str = "5") -> str:
    to = f"to: {until}, " if until else ""
    return (
        f"{{ from: {since}, {to}value: {amount}, "
        "source: { regulation: R, article: A }, verified: true }"
    )


def test_every_parameter_of_the_project_can_be_read():
    assert len(all_parameters().by_id) > 20


def test_a_value_holds_from_its_first_to_its_last_day():
    (example,) = parse(value("2020-01-01", "2020-12-31", "5"), value("2021-01-01", amount="7"))
    assert example.at(date(2020, 1, 1)).value == 5
    assert example.at(date(2020, 12, 31)).value == 5
    assert example.at(date(2021, 1, 1)).value == 7
    assert example.at(date(2099, 1, 1)).value == 7


def test_a_date_before_the_first_value_gives_a_clear_sentence():
    with pytest.raises(LawError, match=r"tidak mengetahui aturan .* 1 Januari 1990"):
        parameter("bpu.jkm-amount").at(date(1990, 1, 1))


def test_an_unknown_parameter_gives_a_clear_sentence():
    with pytest.raises(LawError, match=r"bernama “bpu\.mars”"):
        parameter("bpu.mars")


def refused(text: str) -> str:
    with pytest.raises(LawFileError) as caught:
        parse_parameters(text, "contoh.yaml")
    return str(caught.value)


def head(unit: str, *more: str) -> str:
    return FILE.replace("unit: rupiah", "\n    ".join([f"unit: {unit}", *more]))


def file_of(*values: str, unit: str = "rupiah", more: tuple[str, ...] = ()) -> str:
    return head(unit, *more) + "".join(f"      - {value}\n" for value in values)


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ([value("2020-01-01", "2020-12-31"), value("2021-02-01")], "gap between 2020-12-31 and"),
        ([value("2020-01-01", "2020-12-31"), value("2020-12-01")], "overlap: 2020-12-01 begins"),
        ([value("2020-01-01"), value("2021-01-01")], "has no 'to' and yet 2021-01-01 follows"),
        ([value("2021-01-01", "2021-12-31"), value("2020-01-01")], "overlap: 2020-01-01 begins"),
        ([value("2020-12-31", "2020-01-01")], "ends 2020-01-01 before it begins 2020-12-31"),
        ([value("januari")], "'from' and 'to' must be dates"),
        ([value("2020-01-01", "kelak")], "'from' and 'to' must be dates"),
        ([value("2020-01-01 10:00:00")], "'from' and 'to' must be dates"),
        ([ONE_VALUE.replace("verified: true", "verified: maybe")], "must be true or false"),
        ([ONE_VALUE.replace("verified: true", "verified: 1")], "must be true or false"),
        ([ONE_VALUE.replace(", verified: true", "")], "missing ['verified']"),
        ([ONE_VALUE.replace("verified", "colour: red, verified")], "unknown ['colour']"),
        ([ONE_VALUE.replace("verified", "english: x, verified")], "unknown ['english']"),
        ([ONE_VALUE.replace("verified", "note: 5, verified")], "'note' must be text, not 5"),
        ([ONE_VALUE.replace(", article: A", "")], "source: missing ['article']"),
        ([ONE_VALUE.replace("article: A", "article: 19")], "'article' of the source must be text"),
        ([ONE_VALUE.replace("article: A", "article: A, page: 2")], "source: unknown ['page']"),
        ([ONE_VALUE.replace("verified", "note: x, verified")], "'note' and 'note_english' go"),
        (
            [ONE_VALUE.replace("verified", "note_english: x, verified")],
            "'note' and 'note_english' go",
        ),
        (["5"], "expected a mapping, found 5"),
    ],
)
def test_a_faulty_value_is_refused_by_file_and_parameter(values, fault):
    message = refused(file_of(*values))
    assert message.startswith("contoh.yaml: contoh: ")
    assert fault in message


@pytest.mark.parametrize(
    ("unit", "amount", "fault"),
    [
        ("rupiah", "1.5", "1.5 is not a whole number"),
        ("rupiah", "-1", "-1 is not a whole number"),
        ("rupiah", "'5'", "'5' is not a whole number"),
        ("rupiah", "true", "True is not a whole number"),
        ("count", "1.5", "not a whole number"),
        ("months", "x", "not a whole number"),
        ("years", "-2", "not a whole number"),
        ("percent", "0.5", "0.5 is not a whole number"),
        ("percent", "101", "101 percent is more than 100"),
        ("rate", "0.24", "is not a percentage as text"),
        ("rate", "'0,24'", "is not a percentage as text"),
        ("rate", "'1e-3'", "is not a percentage as text"),
        ("rate", "'-1'", "is not a percentage as text"),
        ("rate", "'100.01'", "100.01 percent is more than 100"),
        ("day-of-month", "0", "0 is no day of every month"),
        ("day-of-month", "31", "31 is no day of every month"),
        ("text", "5", "5 is not text"),
        ("text", "''", "'' is not text"),
        ("text", "penuh", "a value that is text needs 'english'"),
        ("relief", "{ percent: 50, excluded: [], silent: [] }", "missing ['programs']"),
        ("relief", "{ percent: 50, programs: [], excluded: [] }", "missing ['silent']"),
        (
            "relief",
            "{ percent: 150, programs: [], excluded: [], silent: [] }",
            "150 percent is more than 100",
        ),
        (
            "relief",
            "{ percent: 50, programs: [], excluded: apbd, silent: [] }",
            "must be a list of codes",
        ),
        (
            "relief",
            "{ percent: 50, programs: [], excluded: [a], silent: [a] }",
            "both excluded and silent",
        ),
    ],
)
def test_a_value_that_does_not_fit_its_unit_is_refused(unit, amount, fault):
    message = refused(file_of(value("2020-01-01", amount=amount), unit=unit))
    assert message.startswith("contoh.yaml: contoh: 2020-01-01: ")
    assert fault in message


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("[]", "a table needs rows"),
        ("5", "a table needs rows"),
        ("[{ code: a, size: 2 }]", "row 1: unknown ['size']"),
        ("[{ code: a }, { amount: 2 }]", "row 2: missing ['code']"),
        ("[{ code: a }, { code: a }]", "row 2 repeats an earlier row"),
        ("[5]", "row 1: expected a mapping, found 5"),
        ("[{ code: 5 }]", "row 1: code must be text, not 5"),
        ("[{ code: a, name: b }]", "row 1: 'name' and 'english' go together"),
        ("[{ code: a, note_english: b }]", "row 1: 'note' and 'note_english' go together"),
        ("[{ code: a, amount: -5 }]", "row 1: amount: -5 is not a whole number"),
        ("[{ code: a, percent: 101 }]", "row 1: percent: 101 percent is more than 100"),
        ("[{ code: a, percent: 2.5 }]", "row 1: percent: 2.5 is not a whole number"),
        ("[{ code: a, rate: 0.24 }]", "row 1: rate: 0.24 is not a percentage as text"),
        ("[{ code: a, other: 2.5 }]", "row 1: other: 2.5 is not a whole number"),
        ("[{ code: a, verified: maybe }]", "row 1: verified: 'maybe' is neither true nor false"),
        ("[{ code: a, source: { regulation: R } }]", "row 1: source: source: missing"),
    ],
)
def test_a_faulty_row_of_a_table_is_refused_with_its_number(rows, fault):
    more = (
        "columns: [code]",
        "optional_columns: [name, note_english, amount, percent, rate, other, verified, source]",
    )
    message = refused(file_of(value("2020-01-01", amount=rows), unit="table", more=more))
    assert message.startswith("contoh.yaml: contoh: 2020-01-01: ")
    assert fault in message


@pytest.mark.parametrize(
    ("unit", "more", "fault"),
    [
        ("ringgit", (), "unknown unit 'ringgit'"),
        ("table", (), "a table needs columns"),
        ("table", ("columns: []",), "a table needs columns"),
        ("table", ("columns: code",), "columns must be a list of names"),
        ("table", ("columns: [code]", "optional_columns: [code]"), "columns named twice: ['code']"),
        ("rupiah", ("columns: [code]",), "only a table has columns"),
        ("rupiah", ("colour: red",), "unknown ['colour']"),
    ],
)
def test_a_faulty_declaration_is_refused_by_file_and_parameter(unit, more, fault):
    message = refused(file_of(ONE_VALUE, unit=unit, more=more))
    assert message.startswith("contoh.yaml: contoh: ")
    assert fault in message


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("  - id: contoh\n    ", "  - ", "contoh.yaml: parameter 1: missing ['id']"),
        ("id: contoh", "id: Contoh Satu", "contoh.yaml: Contoh Satu: the id may hold"),
        ("    english: Example\n", "", "contoh.yaml: contoh: missing ['english']"),
        ("description: Contoh", "description: 5", "contoh.yaml: contoh: 'description' must be"),
        ("subject: Contoh\n", "", "contoh.yaml: missing ['subject']"),
        ("subject: Contoh", "subject: ''", "contoh.yaml: 'subject' must be text"),
        ("subject: Contoh", "colour: red\nsubject: Contoh", "contoh.yaml: unknown ['colour']"),
        ("subject: Contoh", "subject: A\nsubject: B", "contoh.yaml: line 2: repeated ['subject']"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(old, new, fault):
    text = file_of(ONE_VALUE)
    assert old in text
    assert refused(text.replace(old, new, 1)).startswith(fault)


def test_a_file_that_is_not_yaml_or_holds_no_parameter_is_refused():
    assert refused("subject: [").startswith("contoh.yaml: not YAML: ")
    assert refused("") == "contoh.yaml: expected a mapping, found None"
    assert refused(FILE.split("parameters:")[0] + "parameters: []") == "contoh.yaml: no parameters"
    assert refused(FILE.rstrip() + " []") == "contoh.yaml: contoh: no values"


def test_a_parameter_declared_twice_is_refused_in_one_file_and_over_two(tmp_path):
    once = file_of(ONE_VALUE)
    entry = once[once.index("  - id") :]
    assert refused(once + entry) == "contoh.yaml: contoh: declared twice"
    for name in ("satu.yaml", "tiga.txt", "dua.yaml"):
        (tmp_path / name).write_text(once, "utf-8")
    with pytest.raises(LawFileError, match=r"^satu\.yaml: contoh: declared in another file too$"):
        read_parameters(tmp_path)


def test_a_rate_is_decimal_text_and_counts_exactly():
    (example,) = parse_parameters(
        file_of(value("2020-01-01", amount='"0.24"'), unit="rate"), "contoh.yaml"
    )
    assert example.latest.rate == Fraction(24, 10000)
    assert parameter("bpu.jkk-rate").latest.rate == Fraction(1, 100)


def test_a_value_asked_as_what_it_is_not_is_an_error_of_the_program():
    with pytest.raises(TypeError, match=r"bpu\.brackets is not a whole number"):
        _ = parameter("bpu.brackets").latest.integer
    with pytest.raises(TypeError, match=r"bpu\.brackets is not a percentage"):
        _ = parameter("bpu.brackets").latest.rate
    with pytest.raises(TypeError, match=r"bpu\.jkm-amount is not a table"):
        _ = parameter("bpu.jkm-amount").latest.rows


def test_a_rule_that_has_ended_gives_a_clear_sentence_and_is_no_longer_in_force():
    (ended,) = parse(value("2020-01-01", "2020-12-31"))
    assert set(Parameters({"contoh": ended}).at(date(2020, 12, 31))) == {"contoh"}
    assert Parameters({"contoh": ended}).at(date(2021, 1, 1)) == {}
    with pytest.raises(LawError, match="berakhir 31 Desember 2020 dan belum ada penggantinya"):
        ended.at(date(2021, 1, 1))


def test_text_comes_in_both_languages():
    (example,) = parse_parameters(
        file_of(
            value("2020-01-01", amount="penuh").replace("verified", "english: in full, verified"),
            unit="text",
        ),
        "contoh.yaml",
    )
    assert example.latest.words == ("penuh", "in full")


def test_everything_in_force_on_a_day_can_be_listed():
    early, now = all_parameters().at(date(2021, 1, 1)), all_parameters().at(date(2026, 11, 21))
    assert "bpu.new-member-months" not in early
    assert now["bpu.new-member-months"].integer == 3
    assert set(early) < set(now)


def test_every_unverified_value_comes_with_regulation_and_article():
    for each in all_parameters().by_id.values():
        for dated in each.values:
            assert dated.source.regulation
            assert dated.source.article


def test_a_value_added_for_next_year_does_not_change_this_years_answer():
    (before,) = parse(value("2020-01-01", amount="5"))
    (after,) = parse(value("2020-01-01", "2026-12-31", "5"), value("2027-01-01", amount="9"))
    for day in (date(2020, 1, 1), date(2024, 2, 29), date(2026, 12, 31)):
        assert before.at(day).value == after.at(day).value
