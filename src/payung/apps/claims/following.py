"""What a claim brings with it: benefit lines, papers, and the dates the law sets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from django.utils import timezone

from payung import law
from payung.apps.claims.models import (
    SCHOLARSHIP,
    BenefitLine,
    Claim,
    ClaimKind,
    Deadline,
    Document,
)

_LAW_KIND = {ClaimKind.JKM: "jkm", ClaimKind.JKK: "jkk", ClaimKind.JKK_DEATH: "jkk"}
# what has happened once a deadline is met, from which others count
MOMENT_OF = {
    "stage-one": "stage-one",
    "conclusion": "concluded",
    "progress-request": "asked",
    "field-check": "checked",
}


def write_benefits(claim: Claim, benefit: law.Benefit) -> None:
    """Keep each benefit line with its article, in place of earlier ones; those after arrears are
    marked `later`."""
    claim.benefits.all().delete()
    both = [(line, False) for line in benefit.lines] + [(line, True) for line in benefit.later]
    BenefitLine.objects.bulk_create(
        BenefitLine(
            claim=claim,
            position=position,
            code=line.benefit,
            name=line.name,
            amount=line.amount,
            source=str(line.source),
            verified_source=line.verified,
            later=later,
        )
        for position, (line, later) in enumerate(both, start=1)
    )


def write_documents(claim: Claim) -> None:
    """The papers the law asks for that the claim has not yet, all missing; those of a scholarship
    hold the claim up never."""
    day = timezone.localdate(claim.event_at)
    asked = law.claim_documents(_LAW_KIND[ClaimKind(claim.kind)], _outcome(claim), day)
    papers = {each.code: each for each in asked}
    if claim.benefits.filter(code=SCHOLARSHIP).exists():
        for each in law.claim_documents("scholarship", "first", day):
            note = f"Untuk beasiswa. {each.note}".strip()
            papers.setdefault(each.code, replace(each, note=note, required=False))
    there = set(claim.documents.values_list("code", flat=True))
    Document.objects.bulk_create(
        Document(
            claim=claim,
            code=paper.code,
            name=paper.name,
            form=paper.form_words.id,
            issuer=paper.issuer.id,
            note=paper.note,
            source=str(paper.source),
            verified_source=paper.verified,
            required=paper.required,
        )
        for paper in papers.values()
        if paper.code not in there
    )


def _outcome(claim: Claim) -> str:
    """What came of it, by the law's code."""
    if claim.kind == ClaimKind.JKK:
        return "disability" if claim.disability else "recovered"
    return "sudden-death" if claim.sudden else "death"


def write_deadlines(claim: Claim, moments: Mapping[str, date]) -> None:
    """Who must do what by when, as far as the moments it counts from are known."""
    Deadline.objects.bulk_create(
        Deadline(
            claim=claim,
            code=deadline.code,
            name=deadline.name,
            who=deadline.who,
            due_at=deadline.due,
            counts_from=deadline.starts,
            source=str(deadline.source),
            verified_source=deadline.verified,
            steps=law.steps_as_data(deadline.steps),
        )
        for deadline in _deadlines(claim, moments)
    )


def date_deadlines(claim: Claim, *moments: str, on: date) -> None:
    """Moments are known to have come on that day: the deadlines that count from them get dates."""
    for deadline in _deadlines(claim, dict.fromkeys(moments, on)):
        if deadline.starts in moments:
            claim.deadlines.filter(code=deadline.code).update(
                due_at=deadline.due,
                verified_source=deadline.verified,
                steps=law.steps_as_data(deadline.steps),
            )


def _deadlines(claim: Claim, moments: Mapping[str, date]) -> Sequence[law.Deadline]:
    """By days alone: each counts from its start, the earliest that can be meant."""
    event = timezone.localtime(claim.event_at)
    starts = {
        name: timezone.make_aware(datetime.combine(day, time())) for name, day in moments.items()
    }
    return law.claim_deadlines(
        _LAW_KIND[ClaimKind(claim.kind)],
        event,
        moments={name: max(start, event) for name, start in starts.items()},
    )
