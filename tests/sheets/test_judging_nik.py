import pytest

from tests.sheets.people import SOUND, codes, judge_for, judged


def test_a_sound_row_has_no_findings_and_reads_whole():
    row = judged()
    assert row.findings == []
    assert row.fate == "clean"
    assert row.values.nik == "3671034508820003"
    assert row.values.name_key == "siti aminah"
    assert row.values.birth_date.isoformat() == "1982-08-05"
    assert row.values.kelurahan == "36.71.07.1005"
    assert (row.values.occupation, row.values.sector) == ("pedagang", "other")


@pytest.mark.parametrize(
    ("nik", "code"),
    [
        ("", "nik-blank"),
        ("367103450882003", "nik-length"),
        ("36710345O8820003", "nik-length"),
        ("3671039908820003", "nik-date"),
        ("3671034508820000", "nik-serial"),
        ("1111111111111111", "nik-placeholder"),
        ("3,67103E+15", "nik-damaged"),
        ("3.671034508820000E+15", "nik-damaged"),
    ],
)
def test_an_impossible_nik_is_rejected(nik, code):
    assert codes(nik=nik) == {code: "reject"}


def test_the_sentence_about_length_says_how_many_digits_there_are():
    (finding,) = judged(nik="367103450882003").findings
    assert finding.message == "NIK hanya 15 angka; tulis 16 angka sesuai KTP."
    assert (finding.row, finding.column, finding.field) == (7, "NIK", "nik")


def test_no_sentence_repeats_the_nik_or_the_name():
    row = judged(nik="3671039908820003", name="SITI 2", birth_date="x", kelurahan="Cimne")
    assert len(row.findings) == 4
    for finding in row.findings:
        assert "3671" not in finding.message
        assert "SITI" not in finding.message


def test_a_number_with_its_last_digit_left_is_only_warned_of():
    assert codes(nik="3.671034508820003E+15") == {"nik-damaged": "warn"}


def test_a_column_in_which_every_nik_ends_in_zero_is_damaged():
    judge = judge_for(rounded=True)
    row = judge.judge(2, list({**SOUND, "nik": "3671034508820010"}.values()))
    assert [finding.code for finding in row.findings] == ["nik-damaged"]
    assert row.values.nik == ""


def test_a_nik_from_another_city_is_no_problem():
    assert codes(nik="3201034508820003") == {}


def test_a_province_that_does_not_exist_is_warned_of():
    assert codes(nik="0171034508820003") == {"nik-region": "warn"}


def test_a_family_card_number_in_the_nik_column_is_rejected():
    assert codes(nik="3671031505140007") == {"nik-is-kk": "reject"}  # its sex is nobody's
    assert codes(nik="3671031505140007", sex=None, birth_date=None) == {"nik-is-kk": "reject"}
    assert codes(nik="3671031503080007", sex=None) == {"nik-is-kk": "reject"}


def test_the_same_number_as_nik_and_kk_is_taken_for_a_kk():
    number = "3671031503050007"
    row = {"nik": number, "kk": number, "birth_date": "12-11-1999", "sex": "P"}
    assert codes(**row) == {"nik-is-kk": "reject"}


def test_a_nik_copied_into_the_kk_column_stays_a_nik():
    number = "3671031203750011"
    row = {"nik": number, "kk": number, "birth_date": "12-03-1975", "sex": "L"}
    assert "nik-is-kk" not in codes(**row)


def test_a_nik_of_the_other_sex_is_warned_of():
    assert codes(sex="L") == {"nik-sex": "warn"}


def test_the_same_nik_twice_names_the_first_row():
    judge = judge_for()
    cells = list(SOUND.values())
    assert judge.judge(2, cells).findings == []
    (finding,) = judge.judge(9, cells).findings
    assert (finding.code, finding.severity, finding.row) == ("nik-repeated", "reject", 9)
    assert "baris 2" in finding.message
    assert judge.late == []


def test_one_nik_under_two_names_concerns_both_rows():
    judge = judge_for()
    judge.judge(2, list(SOUND.values()))
    judge.judge(9, list({**SOUND, "name": "RINA WATI"}.values()))
    (late,) = judge.late
    assert (late.row, late.code, late.severity) == (2, "nik-repeated", "warn")
    assert "baris 9" in late.message


def test_a_row_judged_again_is_not_its_own_repetition():
    judge = judge_for()
    judge.seed([(SOUND["nik"], 2, "siti aminah")])
    assert judge.judge(2, list(SOUND.values())).findings == []
    judge.forget(SOUND["nik"])
    assert judge.judge(5, list(SOUND.values())).findings == []


def test_what_a_clerk_corrected_counts_instead_of_the_cell():
    judge = judge_for()
    cells = list({**SOUND, "nik": "123"}.values())
    assert judge.judge(2, cells).rejected
    corrected = judge.judge(2, cells, {"nik": SOUND["nik"]})
    assert corrected.findings == []
    assert corrected.cells[0] == "123"


def test_a_row_shorter_than_the_header_is_read_as_blank_there():
    row = judge_for().judge(2, [SOUND["nik"], SOUND["name"]])
    assert row.values.name == "SITI AMINAH"
    assert not row.rejected
