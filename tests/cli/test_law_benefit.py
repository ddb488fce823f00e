"""`payung law benefit`: the published amounts, arrears, and everything it refuses."""

import pytest

from tests.cli.law_answers import answer, refused, shown

ON = ("--on", "2026-05-01")
DEATH = ("benefit", "--case", "death", *ON)
WORK = ("benefit", "--case", "work-death", *ON)
HURT = ("benefit", "--case", "work-disability", *ON, "--paid-months", 14)
UNABLE = ("benefit", "--case", "temporary-disability", *ON, "--paid-months", 14)
SCHOOL = ("benefit", "--case", "scholarship", *ON)


@pytest.mark.parametrize(
    ("words", "total"),
    [
        ((*DEATH, "--paid-months", 14), 42_000_000),
        (
            (*DEATH, "--paid-months", 14, "--consecutive-months", 14, "--arrears-months", 0),
            42_000_000,
        ),
        ((*DEATH, "--paid-months", 2), 10_000_000),
        ((*DEATH, "--paid-months", 14, "--consecutive-months", 2), 10_000_000),
        ((*DEATH, "--paid-months", 14, "--arrears-months", 4), 0),
        ((*WORK, "--paid-months", 1), 70_000_000),
        ((*WORK, "--paid-months", 1, "--income", 2_000_000), 118_000_000),
        ((*HURT, "--disability", "total"), 56_000_000 + 12_000_000),
        ((*UNABLE, "--months-unable", 14), 13_000_000),
        ((*SCHOOL, "--paid-months", 36, "--children", "4,4"), 174_000_000),
        ((*SCHOOL, "--paid-months", 35, "--children", "4,4"), 0),
        ((*DEATH, "--paid-months", 40, "--children", "4,4"), 42_000_000 + 174_000_000),
        ((*WORK, "--paid-months", 1, "--children", "4"), 70_000_000 + 87_000_000),
    ],
)
def test_published_benefits_are_answered(words, total):
    found = answer(*words)
    assert found["total"] == total == sum(line["amount"] or 0 for line in found["lines"])


def test_the_lines_have_the_words_scripts_rely_on():
    found = answer(*DEATH, "--paid-months", 14)
    assert [line["benefit"] for line in found["lines"]] == ["lump-sum", "periodic", "funeral"]
    line = found["lines"][0]
    assert line["amount"] == 20_000_000
    assert line["source"] == "PP 44/2015 jo. PP 82/2019 Lampiran III"
    assert line["verified"] is False
    assert found["steps"][1]["text_en"] == "No arrears on 1 May 2026."


def test_in_arrears_the_rest_follows_less_the_arrears():
    found = answer(*DEATH, "--paid-months", 14, "--arrears-months", 2)
    assert (found["total"], found["deduction"]) == (10_000_000, 16_800 + 8_400)
    assert found["later_total"] == 32_000_000 - found["deduction"]
    assert [line["benefit"] for line in found["later"]] == ["lump-sum", "periodic"]
    text = shown(*DEATH, "--paid-months", 14, "--arrears-months", 2)
    assert text.startswith("Manfaat: Rp10.000.000 Biaya pemakaman Rp10.000.000")
    assert "Menyusul setelah tunggakan dilunasi: Rp31.974.800" in text


def test_medical_care_has_no_amount():
    found = answer(*UNABLE, "--months-unable", 14)
    assert found["lines"][0] | {"note": "", "note_english": ""} == {
        "benefit": "medical",
        "name": "Pelayanan kesehatan",
        "english": "Medical care",
        "amount": None,
        "source": "PP 44/2015 jo. PP 82/2019 Lampiran III",
        "verified": False,
        "note": "",
        "note_english": "",
    }
    assert "Pelayanan kesehatan biaya nyata" in shown(*UNABLE, "--months-unable", 14)


def test_disability_codes_may_be_divided_by_spaces_commas_and_repetition():
    totals = {
        answer(*HURT, *codes)["total"]
        for codes in (
            ["--disability", "thumb-right", "hand-left@50"],
            ["--disability", "thumb-right,hand-left@50"],
            ["--disability", "thumb-right hand-left@50"],
            ["--disability", "thumb-right", "--disability", "hand-left@50"],
            ["--disability=thumb-right", "--disability=HAND-LEFT@50"],
        )
    }
    assert totals == {(15 + 14) * 80 * 1_000_000 // 100}


def test_the_left_handed_have_right_and_left_swapped():
    right = answer(*HURT, "--disability", "thumb-right")["total"]
    assert answer(*HURT, "--disability", "thumb-left", "--left-handed")["total"] == right


def test_a_child_with_its_school_level_makes_the_scholarship_certain():
    guessed = answer(*SCHOOL, "--paid-months", 40, "--children", "8")
    stated = answer(*SCHOOL, "--paid-months", 40, "--children", "8:primary:3")
    assert {line["verified"] for line in guessed["lines"]} == {False}
    assert {line["verified"] for line in stated["lines"]} == {True}
    first = stated["school_years"][0]
    assert (first["school_year"], first["level"], first["child"]) == ("2025/2026", "primary", 1)


def test_the_ground_of_a_scholarship_decides_whether_months_are_asked():
    words = (*SCHOOL, "--paid-months", 1, "--children", "4")
    assert answer(*words)["total"] == 0
    assert answer(*words, "--ground", "work-death")["total"] == 87_000_000


def test_a_sudden_death_is_a_work_accident_only_after_twelve_months():
    assert answer(*WORK, "--paid-months", 11, "--sudden")["total"] == 42_000_000
    assert answer(*WORK, "--paid-months", 12, "--sudden")["total"] == 70_000_000


def test_costs_are_paid_up_to_their_limit_and_add_up():
    paid = answer(*UNABLE, "--cost", "glasses=900000,glasses=900000")
    assert paid["total"] == 1_000_000


def test_the_months_themselves_answer_like_their_number():
    by_number = answer(*DEATH, "--paid-months", 4)
    by_months = answer(*DEATH, "--paid", "2026-01..2026-04")
    assert by_number["lines"] == by_months["lines"]


def test_people_read_it_in_english_when_they_ask():
    text = shown(*DEATH, "--paid-months", 14, "--language", "en")
    assert text.startswith("Benefits: Rp42,000,000 Lump sum Rp20,000,000 PP 44/2015")
    assert "«not verified»" in text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((*DEATH, "--paid-months", 40, "--children", "7,8,9"), "paling banyak untuk 2 anak"),
        ((*DEATH, "--paid-months", 40, "--children", "7,abc"), "--children «abc» bukan bilangan"),
        ((*DEATH, "--paid-months", 40, "--children", "-3"), "Usia anak “-3”"),
        ((*DEATH, "--paid-months", 40, "--children", "7:x"), "Jenjang “x” tidak dikenal"),
        ((*DEATH, "--paid-months", 40, "--children", "7:primary:2:1"), "tulis misalnya 7 atau"),
        ((*DEATH, "--paid-months", -3), "Jumlah bulan -3 tidak dapat dihitung"),
        ((*DEATH, "--paid-months", 3, "--consecutive-months", 5), "(5) tidak mungkin lebih banyak"),
        ((*DEATH, "--paid-months", 5, "--consecutive-months", 0), "paling sedikit satu berturut"),
        ((*DEATH, "--paid-months", 5, "--arrears-months", -2), "Jumlah bulan -2 tidak dapat"),
        ((*DEATH, "--paid-months", 0, "--arrears-months", 2), "tidak mungkin tanpa satu bulan"),
        ((*DEATH, "--paid-months", 10**12), "bulan tidak mungkin; periksa angkanya."),
        ((*DEATH, "--paid-months", 0), "belum terdaftar, sehingga tidak ada manfaat"),
        ((*DEATH, "--paid", "2026-06..2026-09"), "belum terdaftar, sehingga tidak ada manfaat"),
        ((*DEATH, "--paid-months", 4, "--registered-on", "2026-05-10"), "belum terdaftar"),
        ((*DEATH, "--paid-months", 4, "--registered-on", "2026-01-10"), "hanya bersama --paid"),
        ((*DEATH, "--paid-months", 4, "--paid", "2026-01"), "Sebutkan salah satu"),
        (DEATH, "Sebutkan salah satu: --paid-months 14"),
        ((*DEATH, "--paid-months", 4, "--disability", "total"), "tidak berlaku untuk kejadian"),
        ((*DEATH, "--paid-months", 4, "--left-handed"), "--left-handed tidak berlaku"),
        ((*DEATH, "--paid-months", 4, "--ground", "death"), "--ground tidak berlaku"),
        ((*DEATH, "--paid-months", 4, "--income", "0"), "Penghasilan 0 tidak dapat dihitung"),
        (HURT, "Sebutkan cacatnya"),
        ((*HURT, "--disability", "xyz"), "payung law at --rule jkk.disability"),
        ((*HURT, "--disability", "thumb"), "mungkin maksudnya: thumb-left, thumb-right"),
        ((*HURT, "--disability"), "--disability ditulis tanpa nilai"),
        ((*UNABLE, "--months-unable", -1), "tidak mampu bekerja -1 bulan"),
        ((*UNABLE, "--cost", "glasses"), "tulis misalnya glasses=250000"),
        ((*UNABLE, "--cost", "abc=5"), "Biaya “abc” tidak dikenal"),
        ((*SCHOOL, "--paid-months", 40), "Sebutkan usia anaknya"),
        (("benefit", "--case", "flood", "--paid-months", 3), "Kejadian “flood” tidak dikenal"),
        (("benefit", "--paid-months", 3), "--case belum disebut"),
        ((*DEATH[:3], "--on", "2026-02-30", "--paid-months", 3), "bukan tanggal"),
        (
            (*DEATH[:3], "--on", "2020-05-01", "--paid-months", 3),
            "yang tercatat mulai 1 April 2021",
        ),
    ],
)
def test_what_cannot_be_counted_is_refused_in_one_sentence(words, sentence):
    assert sentence in refused(*words)
