from payung.sheets import open_book
from tests.sheets.builders import BUDI, GOOD, HEADER, RINA, SITI, xlsx


def numbers(tmp_path, rows):
    (table,) = open_book(xlsx(tmp_path / "d.xlsx", rows)).tables
    return [number for number, _ in table.rows]


def test_blank_rows(tmp_path):
    assert numbers(tmp_path, [HEADER, SITI, [], [""], BUDI]) == [2, 5]


def test_rows_numbered_in_advance(tmp_path):
    assert numbers(tmp_path, [HEADER, SITI, ["2"], ["3"], ["4"]]) == [2]


def test_the_row_that_counts_the_columns(tmp_path):
    counting = [str(n) for n in range(1, 9)]
    bracketed = [f"({n})" for n in range(1, 9)]
    assert numbers(tmp_path, [HEADER, counting, SITI]) == [3]
    assert numbers(tmp_path, [HEADER, bracketed, SITI]) == [3]
    assert numbers(tmp_path, [HEADER, [int(n) for n in counting], SITI]) == [3]


def test_total_rows(tmp_path):
    rows = [*GOOD, ["JUMLAH", "", 3], ["", "Total", "3 orang"]]
    assert numbers(tmp_path, rows) == [2, 3, 4]


def test_a_header_printed_again_on_the_next_page(tmp_path):
    assert numbers(tmp_path, [HEADER, SITI, HEADER, BUDI]) == [2, 4]


def test_signatures_below_the_list(tmp_path):
    rows = [
        *GOOD,
        [],
        ["", "", "", "", "", "Tangerang, 12 November 2026"],
        ["", "Mengetahui,", "", "", "", "Lurah Cimone"],
        [],
        ["", "", "Drs. AHMAD", "", "", "JOKO"],
        ["", "", "", "", "", "NIP. 197001011990031001"],
    ]
    assert numbers(tmp_path, rows) == [2, 3, 4]


def test_a_person_after_what_looked_like_the_end_is_not_lost(tmp_path):
    rows = [HEADER, SITI, [], ["Mengetahui"], [], BUDI, RINA]
    assert numbers(tmp_path, rows) == [2, 6, 7]


def test_a_person_without_nik_stays_in_the_list(tmp_path):
    assert numbers(tmp_path, [HEADER, SITI, ["2", "", *BUDI[2:]], RINA]) == [2, 3, 4]


def test_a_person_called_total_stays_in_the_list(tmp_path):
    assert numbers(tmp_path, [HEADER, [*SITI[:2], "TOTAL SAPUTRA", *SITI[3:]]]) == [2]


def test_a_place_and_a_date_or_an_officer_number_under_the_nik_are_signatures(tmp_path):
    below = [
        [],
        ["", "Tangerang, 1 November 2026"],
        ["", "Lurah Cimone"],
        ["", "Drs. AHMAD"],
        ["", "NIP. 196703121990031001"],
    ]
    assert numbers(tmp_path, [*GOOD, *below]) == [2, 3, 4]
