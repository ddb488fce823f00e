from datetime import date

import pytest

from payung.law import (
    LawError,
    claim_channels,
    claim_documents,
    claim_outcomes,
    late_compensation,
    outcome_words,
)

OLD, NEW = date(2024, 5, 1), date(2026, 5, 1)
CASES = [
    (kind, outcome, on)
    for kind in ("jkm", "jkk", "scholarship")
    for on in (OLD, NEW)
    for outcome in claim_outcomes(kind, on)
]


def codes(documents):
    return [document.code for document in documents]


def by_code(kind, outcome=None, on=None):
    return {document.code: document for document in claim_documents(kind, outcome, on)}


def test_a_jkm_claim_needs_the_death_certificate_since_february_2025():
    now, then = by_code("jkm"), by_code("jkm", on=date(2025, 2, 23))
    assert now["death-certificate"].name.startswith("Akta kematian")
    assert then["death-certificate"].name.startswith("Surat keterangan kematian")
    assert now["death-certificate"].verified
    assert by_code("jkm", on=date(2025, 2, 24)) == now


def test_a_jkm_claim_needs_what_article_62_lists():
    needed = [each.code for each in claim_documents("jkm") if each.required and each.verified]
    assert needed == [
        "member-card",
        "heir-id",
        "family-card",
        "death-certificate",
        "heir-statement",
    ]


def test_a_will_or_a_court_ruling_adds_its_document():
    assert "notarial-will" in codes(claim_documents("jkm", "will"))
    assert "court-ruling" in codes(claim_documents("jkm", "court"))
    assert not {"notarial-will", "court-ruling"} & set(codes(claim_documents("jkm", "death")))
    assert claim_outcomes("jkm", OLD) == ("death",)


def test_branch_practice_is_marked_as_not_seen_in_the_text():
    assert not by_code("jkm")["bank-book"].verified
    assert not by_code("jkk", "death")["police-report"].verified


def test_a_work_death_also_needs_the_heirs_documents():
    assert "heir-statement" in codes(claim_documents("jkk", "death"))
    assert "heir-statement" in codes(claim_documents("jkk", "sudden-death"))
    assert "heir-statement" not in codes(claim_documents("jkk", "recovered"))
    assert by_code("jkk", "death", OLD)["death-certificate"].name.startswith("Surat keterangan")


def test_copies_will_do_where_the_article_names_them():
    jkm = claim_documents("jkm")
    assert all(each.form == "copy" for each in jkm if each.verified and each.required)
    now, then = by_code("jkk", "death"), by_code("jkk", "death", OLD)
    assert (then["member-card"].form, then["doctor-letter"].form) == ("copy", "original")
    assert (now["doctor-letter"].form, now["chronology"].form) == ("copy", "copy")
    for receipt in ("transport-receipt", "medical-receipt"):
        assert now[receipt].form == then[receipt].form == "original"
        assert not now[receipt].required
    assert now["doctor-letter"].form_words.en == "copy or electronic document"


def test_a_first_scholarship_needs_what_article_104_lists():
    found = by_code("scholarship", "first")
    assert {code: each.form for code, each in found.items() if each.required} == {
        "application": "original",
        "birth-certificate": "copy",
        "family-card": "copy",
        "school-letter": "original",
        "school-report": "copy",
        "savings-account": "original",
        "guardian-id": "copy",
    }


def test_a_training_needs_a_diploma_and_a_savings_account_of_the_child():
    found = by_code("scholarship", "training")
    assert found["diploma"].form == "copy"
    assert found["savings-account"].name == "Rekening tabungan atas nama anak"
    assert not found["earlier-certificate"].required


def test_the_papers_of_a_yearly_scholarship_are_practice():
    found = by_code("scholarship", "yearly")
    assert {code for code, each in found.items() if not each.verified} == {
        "application",
        "school-letter",
        "school-report",
    }


@pytest.mark.parametrize(("kind", "on"), [("jkm", NEW), ("jkk", NEW), ("jkk", OLD)])
def test_two_children_are_named_with_a_death_claim(kind, on):
    paper = by_code(kind, "death", on)["children-names"]
    assert "Pasal 105" in paper.source.article
    assert not paper.required


@pytest.mark.parametrize(("kind", "outcome", "on"), CASES)
def test_a_document_is_asked_for_once_in_both_languages(kind, outcome, on):
    found = claim_documents(kind, outcome, on)
    assert len(codes(found)) == len(set(codes(found)))
    for paper in found:
        assert paper.name != paper.english or "BPJS" in paper.name
        assert bool(paper.note) is bool(paper.note_english)
        assert paper.form_words.id
        assert paper.issuer.en
        assert paper.verified or paper.note, paper.code
    assert outcome_words(outcome).id != outcome_words(outcome).en


def test_an_unknown_kind_or_outcome_gets_a_clear_sentence():
    with pytest.raises(LawError, match=r"Jenis klaim “jht” tidak dikenal.*scholarship"):
        claim_documents("jht")
    with pytest.raises(LawError, match=r"Keadaan “sembuh” tidak dikenal.*recovered"):
        claim_documents("jkk", "sembuh")
    with pytest.raises(LawError, match="Keadaan “sembuh” tidak dikenal"):
        outcome_words("sembuh")
    with pytest.raises(LawError, match="tidak mengetahui aturan"):
        claim_documents("jkm", on=date(2021, 3, 31))


def test_a_late_payment_costs_one_percent_a_day():
    late = late_compensation(42_000_000, date(2026, 9, 24), date(2026, 9, 29))
    assert (late.days, late.amount) == (5, 2_100_000)
    assert "1%" in late.steps[0].say("en")
    assert not late.steps[0].verified
    assert late_compensation(42_000_000, date(2026, 9, 24), date(2026, 9, 24)).amount == 0
    for amount in (-1, 1.5, True):
        with pytest.raises(LawError, match="rupiah bulat"):
            late_compensation(amount, date(2026, 9, 24), date(2026, 9, 29))


def test_the_inspector_decides_a_bpu_dispute_for_good():
    for purpose in ("accident", "disability"):
        (channel,) = claim_channels(purpose)
        assert channel.final
        assert channel.verified
        assert "(9)" in channel.source.article


def test_complaints_go_to_the_office_the_ministry_or_the_council():
    assert [each.code for each in claim_channels("care")] == ["bpjs"]
    assert [each.code for each in claim_channels("service", NEW)] == ["manpower-office", "djsn"]
    with pytest.raises(LawError, match=r"Keperluan “harga” tidak dikenal.*service"):
        claim_channels("harga")


@pytest.mark.parametrize("on", [OLD, NEW])
def test_papers_of_the_inspectors_examination_are_not_seen_as_papers_of_a_claim(on):
    """Ps 58(3) lists the papers of a claim; chronology, witness and sketch stand in Ps 54 only."""
    papers = claim_documents("jkk", "death", on)
    assert {p.code for p in papers if "Pasal 54" in p.source.article} == {
        "chronology",
        "witness",
        "sketch",
    }
    assert not any(paper.verified for paper in papers if "Pasal 54" in paper.source.article)
