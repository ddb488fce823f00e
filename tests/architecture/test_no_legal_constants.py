"""The law's numbers stand in its parameters and nowhere else: not in code, sentences or pages."""

from pathlib import Path

import pytest

from tests.support.legal_numbers import amounts, in_file, in_python, in_text, small

TREE = Path(__file__).parents[2] / "src/payung"
SUFFIXES = {".py", ".html", ".txt", ".js", ".yaml"}
PARAMETERS = TREE / "law/parameters"
# (file, part of the line or "" for the whole file): why the number is not the law's
OTHER_NUMBERS = {
    ("demo/occupations.py", ""): "what made-up people earn",
    ("demo/year.py", "months_unable=3"): "how long a made-up driver could not work",
    ("law/sentences/disability.yaml", "@40"): "an example of a doctor's measure",
    ("sheets/findings.py", "seperti 1500000"): "an example of how to write an income",
    ("web/shell/formats.py", 'f"{99 if part < whole'): "never 100% while somebody is missing",
}


def searched() -> list[Path]:
    return [
        file
        for file in sorted(TREE.rglob("*"))
        if file.suffix in SUFFIXES
        and PARAMETERS not in file.parents
        and not {"migrations", "vendor"} & set(file.relative_to(TREE).parts)
    ]


def test_no_number_of_the_law_stands_outside_its_parameters():
    found, excused = [], set()
    for file in searched():
        name = file.relative_to(TREE).as_posix()
        for finding in in_file(file):
            excuse = next(
                (each for each in OTHER_NUMBERS if each[0] == name and each[1] in finding.text),
                None,
            )
            if excuse:
                excused.add(excuse)
            else:
                found.append(f"{name}:{finding.line}: {finding.number} in {finding.text}")
    assert not found, "Ask payung.law for these instead:\n" + "\n".join(found)
    assert excused == set(OTHER_NUMBERS), "An excuse for what nobody writes any more"


def test_the_search_goes_through_the_whole_tree():
    names = {file.relative_to(TREE).as_posix() for file in searched()}
    assert {"demo/year.py", "sheets/findings.py", "law/benefits/jkm.py", "law/sentences/bulk.yaml",
            "web/templates/claims/new.html", "web/static/payung.js"} <= names  # fmt: skip
    assert not any("law/parameters/" in name for name in names)
    assert len(names) > 300


def test_the_amounts_people_know_are_searched_for():
    assert amounts() >= {
        6_800, 8_400, 16_800, 36_800, 37_500, 184_800, 159_600, 201_600, 332_500, 10_000_000,
        11_086_300, 12_000_000, 20_000_000, 42_000_000, 70_000_000, 174_000_000,
    }  # fmt: skip
    assert not amounts() & {1_000, 2_500, 5_000, 100_000, 1_000_000}
    assert small()["age"] >= {"15", "18", "23", "65"}
    assert small()["months"] >= {"3", "36"}
    assert (small()["due-day"], small()["hours"]) == ({"15"}, {"48"})


@pytest.mark.parametrize(
    "planted",
    [
        "PRICE = 16_800",
        "total = count * 42_000_000",
        "fund(amount=9_000 * 201600)",
        "def benefit(amount=10_000_000): ...",
        "if age >= 65: refuse()",
        "return 15 <= age_on(born, start)",
        "limits = {'age': 65, 'colour': 3}",
        "_USIA_TERTUA = 64 + 65",
        "def of_age(limit): return 23",
        "if worker.paid_months >= 36: pay()",
        "cover(consecutive_months=3)",
        "def cover(paid, *, arrears_months=3): ...",
        "def cover(paid, arrears_months=3, on=None): ...",
        "reborn(person, 65 * 366)",
        "since = add_months(today, -3)",
        "_YEARS_TO_CLAIM = 5",
        "report = timedelta(hours=48)",
        "due = month.replace(day=15)",
        "_RELIEF_PERCENT = 50",
        "jkk = wage * rate(0.24)",
        "def jkm(income=1_000_000): ...",
        "hint = 'Iuran Rp16.800 sebulan'",
        "hint = f'{name}: sudah 65 tahun'",
        "hint = 'paling lambat 2×24 jam'",
    ],
)
def test_a_number_of_the_law_written_in_code_is_found(planted):
    assert {finding.line for finding in in_python(f"import other\n{planted}\n")} == {2}


@pytest.mark.parametrize(
    "planted",
    [
        "Iuran Rp16.800 sebulan",
        "<td>16800</td>",
        "Rp42,000,000 for the heirs",
        "{% fact 'Iuran' 201600|rupiah %}",
        "belum 65 tahun",
        "setelah 36 bulan iuran",
        "paling lambat tanggal 15",
        "dalam 3 hari kerja",
        "laporan dalam 2×24 jam, atau 48 jam",
        "keringanan 50% iuran",
        "beasiswa bagi 2 anak",
        "0,24% dari upah",
    ],
)
def test_a_number_of_the_law_written_on_a_page_is_found(planted):
    assert {finding.line for finding in in_text(f"<p>\n{planted}\n</p>")} == {2}


@pytest.mark.parametrize(
    "innocent",
    [
        "CHUNK = 5_000",
        "name = CharField(max_length=65)",
        "year, month = divmod(count, 12)",
        "shown = rows[:3]",
        "word = month_name[:3]",
        '"""A worker of 65 years pays Rp16.800."""',
        "code = 'age-65'",
        "nik = '3671034508820003'",
        "print(parameter('bpu.age-limit').at(day).integer)",
    ],
)
def test_other_numbers_are_left_alone(innocent):
    assert list(in_python(innocent)) == []


def test_tags_of_a_template_and_its_comments_are_left_alone(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        "{% icon size=50 %}\n{# Rp16.800 #}\n{% if grade == 2 %}65{% endif %}\n", "utf-8"
    )
    assert in_file(page) == []
    page.write_text("{# one\ntwo #}\n<p>Rp16.800</p>\n", "utf-8")
    assert [finding.line for finding in in_file(page)] == [3]
