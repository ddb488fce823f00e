import pytest

from payung.sheets import FIELDS, open_book
from tests.sheets.builders import BUDI, HEADER, RINA, SITI, delimited, xlsx

NIKS = [SITI[1], BUDI[1], RINA[1], "3671030101850021", "3671034202790005"]
NAMES = ["SITI AMINAH", "BUDI SANTOSO", "RINA WATI", "AGUS SALIM", "DEWI LESTARI"]
CARDS = [f"36710315051{year}0001" for year in range(1, 6)]


def mapping(tmp_path, header, *columns):
    rows = [header, *zip(*columns, strict=True)]
    (table,) = open_book(xlsx(tmp_path / "d.xlsx", rows)).tables
    return table.mapping


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("No. KTP", "nik"),
        ("NOMOR INDUK KEPENDUDUKAN (NIK)", "nik"),
        ("N I K", "nik"),
        ("Nama Lengkap (sesuai KTP)", "name"),
        ("Tempat/Tgl Lahir", "birth_date"),
        ("TTL", "birth_date"),
        ("Tmp. Lahir", "birth_place"),
        ("Jns Kelamin (L/P)", "sex"),
        ("Nama Ibu Kandung", "mother_name"),
        ("Ibu", "mother_name"),
        ("IBU KANDUNG", "mother_name"),
        ("No. Kartu Keluarga", "kk"),
        ("Alamat Rumah", "address"),
        ("RT/RW", "rt_rw"),
        ("Desa/Kelurahan", "kelurahan"),
        ("Kec.", "kecamatan"),
        ("No. HP/WA", "phone"),
        ("E-mail", "email"),
        ("Jenis Pekerjaan", "occupation"),
        ("Kerja", "occupation"),
        ("Kerja di", None),
        ("Unit Kerja", None),
        ("Tempat Kerja", None),
        ("Penghasilan/bulan", "income"),
        ("Nama Ahli Waris", None),
        ("Nama Masjid", None),
        ("Keterangan", None),
    ],
)
def test_headings_are_known_by_the_words_offices_use(tmp_path, heading, field):
    path = delimited(tmp_path / "d.csv", [["NIK (1)", "Nama", heading], [SITI[1], "SITI", ""]])
    (table,) = open_book(path).tables
    if field in ("nik", "name"):
        path = delimited(tmp_path / "d.csv", [["Kelurahan", heading], ["Cimone", "x"]])
        (table,) = open_book(path).tables
    assert table.mapping.get(heading) == field


def test_headings_that_stand_over_the_wrong_columns_are_caught(tmp_path):
    found = mapping(tmp_path, ["Nama", "NIK"], NIKS, NAMES)
    assert found == {"Nama": "nik", "NIK": "name"}


def test_nik_and_kk_exchanged_are_told_apart_by_their_values(tmp_path):
    found = mapping(tmp_path, ["NIK", "No KK", "Nama"], CARDS, NIKS, NAMES)
    assert found == {"NIK": "kk", "No KK": "nik", "Nama": "name"}
    assert mapping(tmp_path, ["NIK", "No KK", "Nama"], NIKS, CARDS, NAMES)["NIK"] == "nik"


def test_a_column_without_a_telling_heading_is_known_by_its_values(tmp_path):
    header = ["Nama", "Kolom1", "Kolom2", "Kolom3"]
    dates = ["05-08-1982", "12-03-1975", "25-11-1990", "01-01-1985", "02-02-1979"]
    found = mapping(tmp_path, header, NAMES, NIKS, dates, ["Cimone", "Bugel"] * 2 + ["Benda"])
    assert found == {
        "Nama": "name",
        "Kolom1": "nik",
        "Kolom2": "birth_date",
        "Kolom3": "kelurahan",
    }


def test_of_two_headings_for_one_field_the_better_wins(tmp_path):
    found = mapping(tmp_path, ["Nama Panggilan", "NIK", "Nama"], ["a"] * 5, NIKS, NAMES)
    assert found == {"NIK": "nik", "Nama": "name"}


def test_unknown_columns_are_kept(tmp_path):
    rows = [[*HEADER, "Ukuran Baju"], [*SITI, "XL"]]
    (table,) = open_book(xlsx(tmp_path / "d.xlsx", rows)).tables
    assert table.unmapped == ["No", "Ukuran Baju"]
    assert table.rows[0][1][-1] == "XL"


def test_rt_and_rw_in_two_columns_belong_together(tmp_path):
    found = mapping(tmp_path, ["NIK", "Nama", "RT", "RW"], NIKS, NAMES, ["1"] * 5, ["5"] * 5)
    assert found["RT"] == found["RW"] == "rt_rw"


def test_a_column_of_niks_that_all_end_in_zero_is_noticed(tmp_path):
    rounded = [f"367103450882{n:03}0" for n in range(1, 9)]
    rows = [["NIK", "Nama"], *[[nik, "SITI"] for nik in rounded]]
    (table,) = open_book(xlsx(tmp_path / "d.xlsx", rows)).tables
    assert table.columns[0].rounded


def test_what_a_sender_corrected_is_used(tmp_path):
    rows = [["NIK", "Nama", "Sebutan"], [SITI[1], "SITI AMINAH", "Ibu Siti"]]
    (table,) = open_book(xlsx(tmp_path / "d.xlsx", rows)).tables
    corrected = table.with_mapping({"Sebutan": "name", "Tidak ada": "kk"})
    assert corrected.mapping == {"NIK": "nik", "Sebutan": "name"}
    assert corrected.rows == table.rows
    assert table.with_mapping({"Nama": None}).unmapped == ["Nama", "Sebutan"]
    with pytest.raises(ValueError, match="tidak dikenal"):
        table.with_mapping({"Nama": "nama"})


def test_the_fields_are_those_scripts_rely_on():
    assert " ".join(FIELDS) == (
        "nik name birth_place birth_date sex mother_name kk address rt_rw kelurahan kecamatan "
        "phone email occupation income"
    )


def test_a_name_heading_may_say_what_the_people_are(tmp_path):
    rows = [["NIK", "Nama Ketua RT", "Kota Kelahiran"], [SITI[1], "SITI AMINAH", "Serang"]]
    (table,) = open_book(xlsx(tmp_path / "d.xlsx", rows)).tables
    assert table.mapping == {
        "NIK": "nik",
        "Nama Ketua RT": "name",
        "Kota Kelahiran": "birth_place",
    }


def test_a_heading_of_place_and_date_that_holds_only_places_is_the_place(tmp_path):
    days = ["03-01-1970", "04-02-1972", "05-03-1974", "06-04-1976", "07-05-1978"]
    header = ["NIK", "Nama", "Tempat/Tgl Lahir", "Tgl Lahir"]
    found = mapping(tmp_path, header, NIKS, NAMES, ["Tangerang"] * 5, days)
    assert found == {
        "NIK": "nik",
        "Nama": "name",
        "Tempat/Tgl Lahir": "birth_place",
        "Tgl Lahir": "birth_date",
    }
