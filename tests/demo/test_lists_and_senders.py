"""About 25 lists from kelurahan and offices, in the formats offices really use."""

from collections import Counter
from datetime import timedelta

from payung.demo.city import SENDERS
from payung.demo.places import kelurahan_of


def test_the_city_has_25_lists_of_20_000_rows(city):
    assert len(city.lists) == 25
    assert city.rows == 20_000
    assert len(city.truth) == 20_000


def test_rows_scale_to_what_is_asked(town):
    assert len(town.lists) == 25
    assert town.rows == 2_000


def test_fifteen_kelurahan_and_every_kind_of_office_send_lists(city):
    kinds = Counter(made.sender.kind for made in city.lists)

    assert kinds == {"kelurahan": 15, "opd": 6, "puskesmas": 3, "association": 1}


def test_every_sender_is_known_by_its_slug(city):
    assert all(SENDERS[made.sender.slug] == made.sender for made in city.lists)


def test_all_104_kelurahan_may_send_under_their_region_code():
    codes = {slug for slug, sender in SENDERS.items() if sender.kind == "kelurahan"}

    assert codes == {place.code for place in kelurahan_of()}
    assert len(codes) == 104


def test_everybody_on_a_kelurahan_list_lives_there(city):
    for made in city.lists:
        if made.sender.kind == "kelurahan":
            assert {row.person.kelurahan.code for row in made.truth} == {made.sender.slug}


def test_the_files_are_workbooks_and_three_kinds_of_csv(town_files):
    csv_starts = {
        listed.path.read_bytes()[:3] for listed in town_files.lists if listed.path.suffix == ".csv"
    }

    assert Counter(listed.path.suffix for listed in town_files.lists) == {".xlsx": 21, ".csv": 4}
    assert b"\xef\xbb\xbf" in csv_starts
    assert any(start.startswith(b"\xff\xfe") for start in csv_starts)


def test_the_windows_file_is_not_utf_8(city):
    windows = [made for made in city.lists if made.layout.encoding == "cp1252"]
    text = "".join(str(cell) for made in windows for row in made.sheets[0].grid for cell in row)

    assert "’" in text
    assert text.encode("cp1252")


def test_headings_differ_between_offices(city):
    nik_headings = {
        heading for made in city.lists for heading, field in made.layout.columns if field == "nik"
    }

    assert {"NIK", "No. KTP", "Nomor Induk Kependudukan", "IDENTITAS|NO. KTP"} <= nik_headings


def test_reference_files_are_older_than_the_start_of_cover(city):
    calendar = city.calendar
    days = (calendar.bpjs_active, calendar.deaths, calendar.asn, calendar.dtsen)

    assert all(timedelta(0) < calendar.start - day < timedelta(days=120) for day in days)
