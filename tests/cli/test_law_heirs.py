"""`payung law heirs`."""

import pytest

from payung import law
from tests.cli.law_answers import answer, refused, shown

MAY = ("--on", "2026-05-10")


@pytest.mark.parametrize(
    ("living", "rank", "payees"),
    [
        (
            "spouse,child,parent",
            1,
            {"spouse": "money funeral", "child": "money funeral scholarship"},
        ),
        ("sibling grandparent", 2, {"grandparent": "money funeral"}),
        ("parent-in-law,will", 4, {"parent-in-law": "money funeral"}),
        ("will,court-ruling", 5, {"will": "money funeral"}),
        ("court-ruling", None, {"court-ruling": "money funeral"}),
        ("none", None, {"burier": "funeral", "fund": "money"}),
    ],
)
def test_the_first_rank_with_anybody_in_it_receives(living, rank, payees):
    found = answer("heirs", *MAY, "--living", living)
    assert (found["rank"] or {}).get("order") == rank
    assert {each["code"]: " ".join(each["benefits"]) for each in found["payees"]} == payees
    assert all(each["name"] and each["english"] for each in found["payees"])
    for step in found["steps"]:
        assert "Pasal" in step["article"]
        assert step["text"] != step["text_en"]


def test_somebody_named_twice_is_one():
    found = answer("heirs", *MAY, "--living", "child", "--living", "child spouse")
    assert found["living"] == ["child", "spouse"]


def test_the_day_decides_in_which_form_a_will_is_accepted():
    assert "akta notaris" in shown("heirs", *MAY, "--living", "will")
    assert "akta notaris" not in shown("heirs", "--on", "2025-02-23", "--living", "will")


def test_people_read_who_receives_what_and_why():
    text = shown("heirs", *MAY, "--living", "child,sibling")
    assert text.startswith("Yang berhak atas santunan, meninggal 10 Mei 2026 Anak santunan")
    assert "santunan sekaligus dan berkala; biaya pemakaman; beasiswa, bila berhak" in text
    assert "1. Urutan 1, Janda, duda, atau anak: Anak berhak" in text
    assert "«belum terverifikasi»" in text
    english = shown("heirs", *MAY, "--living", "none", "--language", "en")
    assert "Whoever arranges the burial funeral costs" in english
    assert "Rank 1, Widow, widower or child: nobody." in english


def test_help_names_every_relation_of_the_law():
    text = shown("heirs", "--help")
    for code in law.heir_relations(law.parameter("heirs.order").latest.since):
        assert f"{code}" in text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "--living belum disebut; tulis misalnya --living spouse,child."),
        (["--living", "tetangga"], "Hubungan “tetangga” tidak dikenal; pilih dari: spouse"),
        (["--living", "none,child"], "--living none berarti tidak ada seorang pun"),
        (["--living", ","], "--living tidak berisi apa pun"),
        (["--living", "child", "--on", "2010-01-01"], "yang tercatat mulai 1 Juli 2015."),
        (["--living", "court-ruling", "--on", "2025-02-23"], "tercatat mulai 24 Februari 2025."),
        (["--living", "child", "--on", "besok"], "--on «besok» bukan tanggal"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_sentence(words, sentence):
    assert sentence in refused("heirs", *words)
