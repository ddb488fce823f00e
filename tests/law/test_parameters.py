from datetime import date
from fractions import Fraction

import pytest

from payung.law import LawError, LawFileError, all_parameters, parameter
from payung.law.parameters import parse_parameters

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


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ([value("2020-01-01", "2020-12-31"), value("2021-02-01")], "gap or overlap"),
        ([value("2020-01-01", "2020-12-31"), value("2020-12-01")], "gap or overlap"),
        ([value("2020-01-01"), value("2021-01-01")], "gap or overlap"),
        ([value("2020-12-31", "2020-01-01")], "before it begins"),
        ([value("2020-01-01", amount="1.5")], "not a whole number"),
        ([value("2020-01-01", amount="-1")], "not a whole number"),
        ([value("januari")], "must be dates"),
        ([ONE_VALUE.replace("verified: true", "verified: maybe")], "true or false"),
        ([ONE_VALUE.replace("verified: true", "verified: true, colour: red")], "unknown"),
        ([ONE_VALUE.replace("verified: true", "value: 6, verified: true")], "repeated"),
        ([ONE_VALUE.replace(", article: A", "")], "missing"),
    ],
)
def test_a_file_that_breaks_the_schema_is_refused(values, fault):
    with pytest.raises(LawFileError, match=fault):
        parse(*values)


def test_an_unknown_unit_is_refused():
    with pytest.raises(LawFileError, match="unknown unit"):
        parse(ONE_VALUE, head=FILE.replace("unit: rupiah", "unit: ringgit"))


def test_a_table_row_with_an_undeclared_column_is_refused():
    head = FILE.replace("unit: rupiah", "unit: table\n    columns: [code]")
    with pytest.raises(LawFileError, match="unknown"):
        parse(value("2020-01-01", amount="[{ code: a, size: 2 }]"), head=head)


def test_a_rate_is_decimal_text_and_counts_exactly():
    head = FILE.replace("unit: rupiah", "unit: rate")
    (example,) = parse(value("2020-01-01", amount='"0.24"'), head=head)
    assert example.at(date(2020, 1, 1)).rate == Fraction(24, 10000)
    for wrong in ("0.24", "'0,24'", "'1e-3'", "'-1'", "5"):
        with pytest.raises(LawFileError, match="percentage as text"):
            parse(value("2020-01-01", amount=wrong), head=head)


def test_a_file_that_is_not_yaml_is_refused():
    with pytest.raises(LawFileError, match="not YAML"):
        parse_parameters("subject: [", "contoh.yaml")


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
