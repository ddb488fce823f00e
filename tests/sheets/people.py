"""Judging a row by the fields that matter to a test, the rest as it should be."""

from payung.identity import Occupations, Places
from payung.law import age_limits
from payung.sheets import Column, Judge
from tests.sheets.builders import START

SOUND = {
    "nik": "3671034508820003",
    "name": "SITI AMINAH",
    "birth_date": "05-08-1982",
    "sex": "P",
    "kelurahan": "Cimone",
    "occupation": "Pedagang",
    "phone": "081234567890",
}
PLACES = Places.of_region("36.71")
OCCUPATIONS = Occupations.packaged()


def columns(fields, **more):
    return [
        Column(index, field.upper(), field, True, (), more.get("rounded", False))
        for index, field in enumerate(fields)
    ]


def judge_for(fields=tuple(SOUND), **more):
    return Judge(
        columns(fields, **more),
        start=START,
        ages=age_limits(START),
        places=PLACES,
        occupations=OCCUPATIONS,
        sheet="Data",
    )


def judged(**said):
    """The row of a sound person with some fields said otherwise; None leaves a column out."""
    row = {field: text for field, text in {**SOUND, **said}.items() if text is not None}
    return judge_for(tuple(row)).judge(7, list(row.values()))


def codes(**said):
    return {finding.code: finding.severity for finding in judged(**said).findings}
