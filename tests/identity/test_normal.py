"""A frame in Polars gets the forms that single texts get."""

import subprocess
import sys
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from payung.identity import (
    Nik,
    Places,
    address_key,
    is_empty,
    name_head,
    name_key,
    phone_key,
    place_key,
    read_date,
    read_sex,
)
from payung.identity.nik import birth_date, birth_parts, issue_date, looks_like_kk
from payung.identity.normal import normalise
from payung.identity.normal_dates import in_nik
from payung.identity.rulebook import rulebook

ON = date(2026, 11, 22)
TANGERANG = Places.of_region("36.71")
COLUMNS = (
    "nik", "name", "birth_date", "sex", "mother_name", "address", "kelurahan", "phone"
)  # fmt: skip
_MADE = """
    nik nik_flag nik_kk born_nik name_key name_head mother_key mother_head born born_swapped
    born_default sex place address_key phone_key
"""
MADE = _MADE.split()
_PARTS_OF_NAMES = """
    H. Hj. DRS. Siti siti M. Moch. bin BINTI alm (Alm) als Abdur abdus Abdurrahman Rahman Abdulloh
    Nur'aini Djoko TJAHJONO Soejono Zaenal Chandra S.Pd ,S.Pd. , S.E., M.A. S. Pd SE A.Md.Keb Rizqy
    ,S. s pd - -- tidak ada n/a José ♥ Ma’ruf . , ( aaa bb ' '' Ahmd achmad
"""
_PARTS_OF_ADDRESSES = """
    Jl. JALAN Jln Kp. Gang gg. RT RT. rt/rw RW: 01 001/005 3/12 007 No. kel. Kec Kota Perum Blok blk
    Melati , - / desa
"""


def one_by_one(row: dict[str, str | None]) -> dict[str, object]:
    """The forms of a row, text by text."""
    said = {column: text or "" for column, text in row.items()}
    nik = Nik.read(said["nik"])
    born = read_date(said["birth_date"], ON).value
    good = nik.problem in ("", "date", "serial")
    swapped = None
    if born and born.day <= 12 and born.day != born.month:
        swapped = born.replace(month=born.day, day=born.month)
    flag = nik.problem
    if flag in ("length", "letters", "damaged"):
        flag = "unreadable"
    key, mother = name_key(said["name"]), name_key(said["mother_name"])
    kelurahan = said["kelurahan"]
    known = TANGERANG.find(kelurahan).place
    forms = {
        "nik": nik.text if good else "",
        "nik_flag": "" if flag == "blank" else flag,
        "nik_kk": good and looks_like_kk(nik.text, ON, born),
        "born_nik": nik.birth_date(ON),
        "name_key": key,
        "name_head": name_head(key),
        "mother_key": mother,
        "mother_head": name_head(mother),
        "born": born,
        "born_swapped": swapped,
        "born_default": born is not None and (born.month, born.day) == (1, 1),
        "sex": read_sex(said["sex"]),
        "place": known.code if known else "" if is_empty(kelurahan) else place_key(kelurahan),
        "address_key": address_key(said["address"]),
        "phone_key": phone_key(said["phone"]),
    }
    return {name: None if form == "" else form for name, form in forms.items()}


def frame(rows) -> pl.DataFrame:
    schema = {"id": pl.Int64} | dict.fromkeys(COLUMNS, pl.String)
    return pl.DataFrame([{"id": at, **row} for at, row in enumerate(rows)], schema=schema)


names = st.lists(
    st.sampled_from(
        [
            *rulebook("name_key").rules[0].words,
            *_PARTS_OF_NAMES.split(),
            "\n",
            "\u00a0",
            "\u200b",
            "",
        ]
    ),
    max_size=6,
).map(" ".join)
letters = st.text(
    st.one_of(
        st.sampled_from("abcdhjimstoe zyv.,'’-/0123456789+()eExX*#?;&<>{}|~\u200b\n\t éÉİ"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=24,
)
numbers = st.from_regex(
    r"[' ]?([0-9]{14,17}|36710[34][0-7][0-9][01][0-9]{3}000[0-3])[ ]?", fullmatch=True
)
niks = st.one_of(
    numbers,
    st.from_regex(r"(NIK|nik:|no\. ktp |KTP)? ?[0-9]([.,][0-9]{0,15})?[eE] ?\+?1?[0-9]"),
    st.sampled_from(["1234567890123456", "3671010000000000", "xxxx", "000", "3" * 16, '"', "NIK"]),
    st.sampled_from(["+367103450882000", "0671034508820003", "-671034508820003"]),
    letters,
)
phones = st.one_of(
    st.from_regex(
        r"(WA|hp|No\. |\+|\()?(62|0|620)?(8|21)[0-9 .\-]{6,13}"
        r"(\(istri\)|[/,;] ?08[0-9]{8,10}| atau )?"
    ),
    st.sampled_from(["080000000000", "0811111111", "0", "62081234567890", "021/5551234"]),
    letters,
)
addresses = st.one_of(
    st.lists(st.sampled_from(_PARTS_OF_ADDRESSES.split()), max_size=8).map(" ".join),
    letters,
)
dates = st.one_of(
    st.dates(date(1920, 1, 1), ON).map(lambda day: f"{day:%d/%m/%Y}"),
    st.dates(date(1890, 1, 1), date(2050, 1, 1)).map(lambda day: f"{day:%d-%m-%Y}"),
    st.dates(date(1890, 1, 1), date(2050, 1, 1)).map(lambda day: f"{day:%Y/%m/%d}"),
    st.from_regex(r"[0-9]{2}[-/][0-9]{2}[-/](1[89]|20)[0-9]{2}", fullmatch=True),
    st.dates(date(1920, 1, 1), ON).map(lambda day: f"{day:%d-%m-%y}"),
    st.sampled_from(["1 Januari 1970", "29232", "Tangerang, 5 Mei 1980", "-", "31/02/1980"]),
    letters,
)
places = st.one_of(st.sampled_from(["Sukaasih", "Kel. Suka Asih", "36.71.01.1005", "-"]), letters)
sexes = st.one_of(st.sampled_from(["L", "Perempuan", "laki - laki", "?"]), letters)
people = st.fixed_dictionaries(
    {
        column: st.one_of(st.none(), texts_of)
        for column, texts_of in {
            "nik": niks,
            "name": st.one_of(names, letters),
            "birth_date": dates,
            "sex": sexes,
            "mother_name": names,
            "address": addresses,
            "kelurahan": places,
            "phone": phones,
        }.items()
    }
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow])
@given(st.lists(people, min_size=1, max_size=30))
def test_every_row_gets_what_its_texts_give_one_by_one(rows):
    given_rows = frame(rows)
    expected = [one_by_one(row) for row in rows]
    made = normalise(given_rows, on=ON, places=TANGERANG)
    assert made.select(MADE).to_dicts() == expected


@given(niks, st.one_of(st.none(), st.dates(date(1930, 1, 1), ON)))
def test_a_nik_is_judged_alike_by_its_rules_and_one_by_one(text, born):
    nik = Nik.read(text)
    form = rulebook("nik").apply(text)
    if nik.problem in ("", "date", "serial"):
        assert form == nik.text
        looks_like_kk(form, ON, born)
    else:
        expected = {"blank": "", "placeholder": "placeholder"}.get(nik.problem, "unreadable")
        assert form == expected


def test_a_frame_keeps_its_rows_in_order_and_its_other_columns():
    rows = frame([{"name": "Hj. Siti Aminah"}, {"name": None}, {"name": "Moch. Ali"}])
    made = normalise(rows, on=ON)
    assert made["id"].to_list() == [0, 1, 2]
    assert made["name_key"].to_list() == ["siti aminah", None, "muhamad ali"]
    assert made["name"].to_list() == ["Hj. Siti Aminah", None, "Moch. Ali"]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_frame_with_one_column_gives_what_comes_of_it(column):
    rows = frame([{"nik": "3671034508820003", "name": "Ali", "birth_date": "12/01/1980"}])
    alone = rows.select("id", column)
    made = normalise(alone, on=ON, places=TANGERANG)
    whole = normalise(rows, on=ON, places=TANGERANG)
    new = set(made.columns) - set(alone.columns)
    assert new <= set(MADE)
    assert new or column == "sex"
    assert_frame_equal(made, whole.select(made.columns))


@pytest.mark.parametrize("form", MADE)
def test_a_form_asked_for_alone_is_what_it_is_among_all(form):
    rows = frame(
        [
            {
                "nik": "3671031503080001",
                "name": "Ali",
                "mother_name": "Hj. Siti",
                "birth_date": "01/01/1975",
            }
        ]
    )
    made = normalise(rows, on=ON, wanted=(form,))
    assert set(made.columns) == {*rows.columns, form}
    assert_frame_equal(made.select(form), normalise(rows, on=ON).select(form))


_STREETS = "Jl. Melati No. 3 3A no blok kel. Kec desa , - ( . / 0 007 (rt é İ \u212a ~"
_RT_RWS = "rt RT rt. RT: rw RW / 004 12 0 /05 rt004 RW013 rtx kel desa , İ \u212a"
in_two_parts = st.tuples(
    *(
        st.lists(st.sampled_from(["", *words.split()]), max_size=5).map(" ".join)
        for words in (_STREETS, _RT_RWS)
    )
).map(" ".join)


@settings(max_examples=15)
@given(st.lists(in_two_parts, min_size=20, max_size=60))
def test_an_address_read_in_two_parts_is_as_read_whole(written):
    made = normalise(pl.DataFrame({"address": written}), on=ON)["address_key"]
    assert made.to_list() == [address_key(text) or None for text in written]


@settings(max_examples=25)
@given(st.lists(dates, min_size=10, max_size=40))
def test_a_date_read_among_many_is_as_read_alone(written):
    made = normalise(pl.DataFrame({"birth_date": written}), on=ON)["born"]
    assert made.to_list() == [read_date(text, ON).value for text in written]


def test_a_date_with_its_month_in_words_is_read_among_many_as_alone():
    written = [
        "5 Mei 1985", "05 DESEMBER 2000", "29 Pebruari 2000", "29 Februari 1900", "31 Jun 1990",
        "5 mei 1885", "12 Foo 1999", "0 Jan 1990", "1 okt 85",
    ]  # fmt: skip
    made = normalise(pl.DataFrame({"birth_date": written}), on=ON)["born"]
    assert made.to_list() == [read_date(text, ON).value for text in written]


def test_a_date_with_its_month_in_front_is_read_among_many_as_alone():
    written = [
        "05/29/1977", "29/05/1977", "13/13/1990", "02/30/1980", "31-04-1999", "12-31-1885",
        "00/12/1980", "12-00-1980",
    ]  # fmt: skip
    made = normalise(pl.DataFrame({"birth_date": written}), on=ON)["born"]
    assert made.to_list() == [read_date(text, ON).value for text in written]
    assert made[0] == date(1977, 5, 29)


@pytest.mark.parametrize("on", [ON, date(2024, 2, 29)])
def test_the_dates_in_niks_are_read_among_many_as_alone(on):
    days = (0, 1, 22, 23, 28, 29, 30, 31, 32, 39, 40, 41, 62, 69, 71, 72, 80)
    years = (0, 1, 8, 9, 10, 11, 12, 23, 24, 25, 26, 27, 58, 59, 60, 61, 62, 99)
    digits = [
        f"{day:02}{month:02}{year:02}" for day in days for month in range(14) for year in years
    ]
    read = in_nik(pl.Series(map(int, digits)), on)
    assert read.dated.to_list() == [birth_parts(each) is not None for each in digits]
    assert read.born.to_list() == [birth_date(each, on) for each in digits]
    assert read.issued.to_list() == [issue_date(each, on) for each in digits]
    assert read.looks_kk.to_list() == [looks_like_kk("000000" + each, on) for each in digits]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("TIDAK ADA", None), ("Nihil", None), ("kosong", None), ("NA", None),
        ("Tidak Ada Siti", "tidak ada siti"), ("H AHMAD", "ahmad"), ("h", "h"),
        ("SiTi aMiNaH", "siti aminah"), ("Budi als Gondrong", "budi"),
    ],
)  # fmt: skip
def test_names_of_letters_alone_go_through_the_rules_about_words(
    name: str, key: str | None
) -> None:
    assert (name_key(name) or None) == key
    # beside a name with a sign, which goes through all the rules
    made = normalise(pl.DataFrame({"name": [name, "Hj. Siti", name.lower()]}), on=ON)
    assert made["name_key"].to_list() == [key, "siti", key]


def test_texts_of_one_hash_stay_two_texts(monkeypatch):
    hashed = pl.Series.hash

    def short(said, seed=0):
        return said.str.len_bytes().cast(pl.UInt64) if seed == 0 else hashed(said, seed)

    monkeypatch.setattr(pl.Series, "hash", short)
    names = ["Budi", "Rina", None, "Budi"]
    assert normalise(pl.DataFrame({"name": names}), on=ON)["name_key"].to_list() == [
        "budi", "rina", None, "budi",
    ]  # fmt: skip


def test_a_frame_without_rows_gives_a_frame_without_rows():
    made = normalise(frame([]), on=ON)
    assert made.height == 0
    assert set(MADE) <= set(made.columns)
    assert made.schema["born_nik"] == made.schema["born"] == pl.Date


def test_a_birth_date_may_be_a_date():
    rows = pl.DataFrame({"birth_date": [date(1980, 1, 12), None]})
    assert normalise(rows, on=ON)["born"].to_list() == [date(1980, 1, 12), None]


def test_columns_of_nulls_only_are_fine():
    nothing = pl.DataFrame({column: [None, None] for column in COLUMNS})
    made = normalise(nothing, on=ON, places=TANGERANG)
    for column in MADE:
        expected = False if column in ("nik_kk", "born_default") else None
        assert made[column].to_list() == [expected] * 2, column


def test_day_and_month_exchanged_are_a_candidate_only_where_that_is_another_day():
    rows = pl.DataFrame({"birth_date": ["05/08/1980", "08/08/1980", "13/08/1980", "01/01/1980"]})
    made = normalise(rows, on=ON)
    assert made["born_swapped"].to_list() == [date(1980, 5, 8), None, None, None]
    assert made["born_default"].to_list() == [False, False, False, True]


@pytest.mark.parametrize(
    ("digits", "born", "looks"),
    [
        ("3671031503120001", date(1975, 6, 1), True),  # a card of 2012, its holder born 1975
        ("3671031503120001", None, True),  # as a birth date it would make a child
        ("3671031503080001", date(1975, 6, 1), True),  # a card of 2008
        ("3671031503080001", None, False),  # might be a person of eighteen
        ("3671031503080001", date(2008, 3, 15), False),  # and is
        ("3671035503120001", None, False),  # forty added: a girl
        ("3671031503750001", date(1975, 3, 15), False),  # a date of the last century
        ("3671033002120001", None, False),  # no such day
    ],
)
def test_the_number_of_a_family_card_typed_as_nik_is_noticed(digits, born, looks):
    assert looks_like_kk(digits, ON, born) is looks
    rows = pl.DataFrame(
        {"nik": [digits], "birth_date": [born]}, schema={"nik": pl.String, "birth_date": pl.Date}
    )
    assert normalise(rows, on=ON)["nik_kk"].item() is looks


def test_reading_and_judging_people_does_not_load_polars():
    code = "import payung.identity, payung.sheets, sys; sys.exit('polars' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
