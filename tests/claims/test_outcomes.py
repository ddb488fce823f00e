"""A doctor declares an injured worker recovered or disabled; a death at work may be sudden."""

from datetime import date

import pytest
from django.utils import timezone

from payung import law
from payung.apps.audit.models import Event
from payung.apps.claims import outcomes, services
from payung.apps.claims.models import Claim, ClaimKind, DocumentState
from payung.apps.contributions.models import PaidMonth
from payung.apps.errors import DomainError
from tests.claims.conftest import at

OCTOBER = date(2026, 10, 1)
DAY = date(2026, 9, 12)


@pytest.fixture
def injured(opened):
    return opened(kind=ClaimKind.JKK, months_unable=3)


@pytest.fixture
def noted(cast, injured):
    """noted(disability=…) is the claim after the doctor's word; other things may be given too."""

    def made(**declared):
        said = {"actor": cast.rina.actor, "claim": injured, "on": OCTOBER, **declared}
        return outcomes.note_outcome(**said)

    return made


def amounts(claim):
    return {line.code: line.amount for line in claim.benefits.all()}


def test_the_doctors_word_starts_the_second_report(injured, noted):
    assert injured.deadlines.get(code="stage-two").due_at is None
    claim = noted()
    assert timezone.localdate(claim.deadlines.get(code="stage-two").due_at) == date(2026, 10, 3)
    assert claim.benefit_total == injured.benefit_total


def test_without_an_hour_the_second_report_is_due_as_early_as_it_can_be(noted, worker, opened):
    def due(claim):
        return timezone.localtime(claim.deadlines.get(code="stage-two").due_at)

    assert due(noted(on=OCTOBER)) == at(2026, 10, 3, 0)
    assert due(noted(on=DAY)) == at(2026, 9, 14, 5)  # not before the accident itself
    died = opened(kind=ClaimKind.JKK_DEATH, event_at=at(2026, 9, 12, 15))
    assert due(died) == at(2026, 9, 14, 15)


def test_the_benefits_follow_the_disability_and_the_months_that_it_took(injured, noted):
    claim = noted(disability=["thumb-right", "hand-left@40"], months_unable=5)
    paid = [date(2026, month, 1) for month in range(1, 10)]
    owed = law.disability_benefit(
        DAY,
        law.cover(paid, DAY),
        ["thumb-right", "hand-left@40"],
        injured.income,
        months_unable=5,
    )
    assert claim.benefit_total == owed.total > injured.benefit_total
    assert [(line.name, line.amount) for line in claim.benefits.all()] == [
        (line.name, line.amount) for line in owed.lines
    ]
    assert claim.months_unable == 5
    assert [step["text"] for step in claim.steps] == [step.text for step in owed.steps]
    told = Event.objects.get(act="claim.outcome")
    assert told.before == {"months_unable": 3, "disability": []}
    assert (told.after["disability"], told.after["total"]) == (claim.disability, owed.total)


def test_a_left_handed_worker_is_owed_by_the_other_side(noted):
    right = noted(disability=["thumb-left"]).benefit_total
    assert noted(left_handed=True).benefit_total > right


def test_total_disability_brings_a_scholarship_and_its_papers_and_keeps_papers_received(
    cast, injured, noted
):
    card = injured.documents.get(code="member-card")
    services.set_document(
        actor=cast.rina.actor, claim=injured, document=card, state=DocumentState.RECEIVED
    )
    claim = noted(disability=["total"], children=[7])
    schooling = sum(each.amount for each in law.scholarship_plan(DAY, [7]))
    lines = amounts(claim)
    assert lines["total-disability"] == 56_000_000
    assert claim.benefit_total == 3_000_000 + 56_000_000 + lines["periodic"] + schooling
    papers = {paper.code: paper for paper in claim.documents.all()}
    assert papers["member-card"].state == DocumentState.RECEIVED
    assert not papers["school-letter"].required
    asked = law.claim_documents("jkk", "disability", DAY)
    assert {paper.code for paper in asked} <= set(papers)


def test_what_was_declared_wrongly_is_declared_again(injured, noted):
    noted(disability=["total"])
    claim = noted(disability=[])
    assert amounts(claim) == amounts(injured)
    assert claim.benefit_total == injured.benefit_total


@pytest.mark.parametrize(
    ("declared", "sentence"),
    [
        ({"disability": ["jempol"]}, "jempol"),
        ({"disability": ["total", "sight:20"]}, "total"),
        ({"disability": ["sight"]}, "diukur"),
        ({"children": [7]}, "Beasiswa anak tidak diberikan"),
        ({"on": date(2026, 9, 11)}, "sejak kejadian"),
    ],
)
def test_what_the_law_cannot_count_is_a_sentence_and_changes_nothing(
    injured, noted, declared, sentence
):
    with pytest.raises(DomainError, match=sentence):
        noted(**declared)
    injured.refresh_from_db()
    assert (injured.disability, injured.children) == ([], [])
    assert injured.deadlines.get(code="stage-two").due_at is None


def test_once_filed_the_day_may_be_noted_and_the_disability_no_more(injured, noted):
    noted(disability=["thumb-right"])
    Claim.objects.filter(pk=injured.pk).update(state="filed", filed_on=OCTOBER)
    assert noted(on=date(2026, 10, 2)).disability == ["thumb-right"]
    with pytest.raises(DomainError, match="sudah diajukan ke BPJS"):
        noted(disability=["total"])


def test_a_death_has_no_such_outcome(cast, opened):
    with pytest.raises(DomainError, match="hanya dicatat pada kecelakaan kerja"):
        outcomes.note_outcome(actor=cast.rina.actor, claim=opened(), on=OCTOBER)


def test_a_sudden_death_at_work_waits_for_a_year_of_contributions(worker, opened):
    with pytest.raises(DomainError, match=r"baru 9 bulan dibayar.*«Kematian \(JKM\)»"):
        opened(kind=ClaimKind.JKK_DEATH, sudden=True)
    worker.refresh_from_db()
    assert worker.died_on is None
    (first, *_) = PaidMonth.objects.filter(worker=worker, program="jkm")
    for month in (9, 10, 11, 12):
        first.pk, first.month = None, date(2025, month, 1)
        first.save(force_insert=True)
    claim = opened(kind=ClaimKind.JKK_DEATH, sudden=True)
    assert claim.benefit_total == 70_000_000
    assert "13 bulan iuran dibayar" in " ".join(step["text"] for step in claim.steps)
    asked = law.claim_documents("jkk", "sudden-death", DAY)
    assert {paper.code for paper in asked} == {paper.code for paper in claim.documents.all()}


def test_only_a_death_at_work_can_be_sudden(opened):
    with pytest.raises(DomainError, match="hanya dicatat pada meninggal karena kecelakaan"):
        opened(sudden=True, event_at=at(2026, 9, 12))
