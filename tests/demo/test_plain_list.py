"""One messy list of any length, for measuring."""

from openpyxl import load_workbook

from payung.demo.city import write_plain_list


def test_a_plain_list_has_its_header_first_and_as_many_rows_as_asked(tmp_path):
    path = write_plain_list(tmp_path / "daftar.xlsx", 400)
    header, *rows = load_workbook(path).active.iter_rows(values_only=True)

    assert header[:4] == ("No", "NIK", "Nama Lengkap", "Tempat Lahir")
    assert len(rows) == 400
    assert [row[0] for row in rows] == list(range(1, 401))


def test_a_plain_list_is_as_messy_as_the_others(tmp_path):
    path = write_plain_list(tmp_path / "daftar.xlsx", 2_000)
    _, *rows = load_workbook(path).active.iter_rows(values_only=True)
    bad = sum(not (row[1] and len(row[1]) == 16 and row[1].isdigit()) for row in rows)

    assert 0.005 < bad / len(rows) < 0.05
