"""From the papers to the money: what is missing is named, the order of heirs, amounts, dates."""

from datetime import date

import pytest
from django.utils import timezone

from payung import law
from payung.apps.audit.models import Event
from payung.apps.claims import selectors, services
from payung.apps.claims.models import ClaimKind, ClaimState, DocumentState
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.workers import services as workers
from tests.claims.conftest import at, complete

FILED = date(2026, 9, 21)


@pytest.fixture
def filed(cast, opened):
    claim = opened()
    complete(cast, claim)
    return services.file(actor=cast.rina.actor, claim=claim, on=FILED)


def _pay(cast, claim, amount, note="", on=date(2026, 9, 24)):
    return services.record_payment(
        actor=cast.maya.actor, claim=claim, paid_on=on, amount=amount, note=note
    )


def test_missing_papers_keep_it_back_and_are_named(cast, opened):
    claim = opened()
    complete(cast, claim, except_for=["death-certificate", "bank-book"])
    with pytest.raises(DomainError, match=r"Akta kematian.*; Buku tabungan"):
        services.file(actor=cast.rina.actor, claim=claim, on=FILED)
    claim.refresh_from_db()
    assert claim.state == ClaimState.OPEN
    listed = selectors.listed(actor=cast.rina.actor).get()
    assert listed.missing == 2
    assert listed.next_due == claim.deadlines.get(code="lapse").due_at


def test_a_death_is_not_filed_without_an_heir(cast, opened):
    claim = opened()
    for paper in claim.documents.all():
        services.set_document(
            actor=cast.rina.actor, claim=claim, document=paper, state=DocumentState.VERIFIED
        )
    with pytest.raises(DomainError, match="ahli waris"):
        services.file(actor=cast.rina.actor, claim=claim, on=FILED)


def test_heirs_stand_in_the_order_of_the_law(cast, opened):
    claim = opened()
    for relation in ("sibling", "spouse-child", "parent-in-law", "blood-line"):
        services.add_heir(actor=cast.rina.actor, claim=claim, name="Rekaan", relation=relation)
    assert [(heir.order, heir.relation) for heir in claim.heirs.all()] == [
        (1, "spouse-child"),
        (2, "blood-line"),
        (3, "sibling"),
        (4, "parent-in-law"),
    ]
    with pytest.raises(DomainError, match="tidak dikenal"):
        services.add_heir(actor=cast.rina.actor, claim=claim, name="Rekaan", relation="teman")


def test_an_accident_that_was_survived_has_no_heirs(cast, opened):
    claim = opened(kind=ClaimKind.JKK)
    with pytest.raises(DomainError, match="klaim kematian"):
        services.add_heir(actor=cast.rina.actor, claim=claim, name="X", relation="spouse-child")


def test_filing_starts_the_days_bpjs_has(cast, filed):
    payment = filed.deadlines.get(code="payment")
    # Monday the 21st and three working days
    assert timezone.localdate(payment.due_at) == date(2026, 9, 24)
    assert filed.deadlines.get(code="lapse").met_on == FILED


def test_national_holidays_are_no_working_days(cast, opened):
    claim = opened(event_at=at(2026, 8, 3))
    complete(cast, claim)
    services.file(actor=cast.rina.actor, claim=claim, on=date(2026, 8, 14))
    # Friday; Monday 17 August is Independence Day
    payment = claim.deadlines.get(code="payment")
    assert timezone.localdate(payment.due_at) == date(2026, 8, 20)


@pytest.mark.parametrize("on", [date(2026, 9, 11), date(2099, 1, 1)])
def test_a_day_of_filing_that_cannot_be_is_refused(cast, opened, on):
    claim = opened()
    complete(cast, claim)
    with pytest.raises(DomainError, match="Tanggal pengajuan"):
        services.file(actor=cast.rina.actor, claim=claim, on=on)


def test_papers_of_a_filed_claim_stay_as_they_are(cast, filed):
    paper = filed.documents.first()
    with pytest.raises(DomainError, match="sudah diajukan"):
        services.set_document(
            actor=cast.rina.actor, claim=filed, document=paper, state=DocumentState.MISSING
        )


def test_the_payment_ends_the_claim(cast, filed):
    paid = _pay(cast, filed, 42_000_000)
    assert (paid.state, paid.paid_amount) == (ClaimState.PAID, 42_000_000)
    assert paid.deadlines.get(code="payment").met_on == date(2026, 9, 24)
    assert selectors.totals(actor=cast.budi.actor, year=2026) == {
        "claims": 1,
        "paid": 1,
        "paid_amount": 42_000_000,
    }
    assert selectors.waiting(actor=cast.budi.actor) == 0


def test_another_amount_needs_a_note(cast, filed):
    with pytest.raises(DomainError, match=r"berbeda dari perhitungan \(Rp42.000.000\)"):
        _pay(cast, filed, 41_000_000, note=" ")
    paid = _pay(cast, filed, 41_000_000, note="Dipotong tunggakan")
    assert paid.outcome_note == "Dipotong tunggakan"
    assert Event.objects.get(act="claim.paid").reason == "Dipotong tunggakan"


def test_only_a_filed_claim_is_paid_and_once(cast, opened, filed):
    with pytest.raises(DomainError, match="setelah pengajuan"):
        _pay(cast, filed, 42_000_000, on=date(2026, 9, 20))
    _pay(cast, filed, 42_000_000)
    with pytest.raises(DomainError, match="sudah diajukan ke BPJS"):
        _pay(cast, filed, 42_000_000)


@pytest.mark.parametrize("who", ["rina", "yanti", "sari", "tono"])
def test_who_may_not_record_the_payment(cast, filed, who):
    with pytest.raises(NotAllowed):
        services.record_payment(
            actor=cast.people[who].actor, claim=filed, paid_on=FILED, amount=42_000_000
        )


def test_a_refusal_needs_its_reason_and_ends_the_claim(cast, filed):
    with pytest.raises(DomainError, match="alasannya"):
        services.end(actor=cast.maya.actor, claim=filed, state=ClaimState.REFUSED, note="")
    ended = services.end(
        actor=cast.maya.actor, claim=filed, state=ClaimState.REFUSED, note="Bukan peserta"
    )
    assert ended.state == ClaimState.REFUSED
    assert Event.objects.get(act="claim.refused").reason == "Bukan peserta"
    with pytest.raises(DomainError, match="sudah selesai"):
        services.end(actor=cast.maya.actor, claim=filed, state=ClaimState.CLOSED, note="Keliru")


def test_a_claim_opened_by_mistake_makes_room_for_the_right_one(cast, opened):
    services.end(
        actor=cast.budi.actor, claim=opened(), state=ClaimState.CLOSED, note="Jenisnya keliru"
    )
    assert opened(kind=ClaimKind.JKK_DEATH).benefit_total > 42_000_000


def test_the_first_report_starts_the_time_bpjs_has_to_conclude(cast, opened):
    claim = opened(kind=ClaimKind.JKK)
    first = claim.deadlines.get(code="stage-one")
    assert (first.due_at - claim.event_at).total_seconds() == 48 * 3600
    services.meet_deadline(actor=cast.rina.actor, claim=claim, deadline=first, on=date(2026, 9, 13))
    conclusion = claim.deadlines.get(code="conclusion")
    assert timezone.localdate(conclusion.due_at) == date(2026, 10, 13)
    with pytest.raises(DomainError, match="sudah dipenuhi"):
        services.meet_deadline(
            actor=cast.rina.actor, claim=claim, deadline=first, on=date(2026, 9, 13)
        )


def test_a_claim_is_seen_where_its_worker_is(cast, opened):
    claim = opened()
    for who in ("rina", "yanti", "lina", "maya", "tono"):
        assert selectors.claims(actor=cast.people[who].actor).get() == claim, who
    for who in ("joko", "asep", "dewi", "hendra", "wayan"):
        assert not selectors.claims(actor=cast.people[who].actor).exists(), who


def test_nobody_works_on_a_claim_out_of_reach(cast, opened):
    claim = opened()
    with pytest.raises(DomainError, match="tidak ada dalam wilayah"):
        services.file(actor=cast.joko.actor, claim=claim, on=FILED)


def test_families_without_a_claim_are_the_ones_to_call(cast, worker, opened):
    on = date(2026, 11, 22)
    assert not selectors.deaths_without_claim(actor=cast.rina.actor, on=on).exists()
    workers.record_death(actor=cast.rina.actor, worker=worker, died_on=date(2026, 9, 12))
    found = selectors.deaths_without_claim(actor=cast.yanti.actor, on=on)
    assert list(found) == [worker]
    opened()
    assert not selectors.deaths_without_claim(actor=cast.rina.actor, on=on).exists()


def test_a_family_is_called_until_its_claim_lapses(cast, worker):
    workers.record_death(actor=cast.rina.actor, worker=worker, died_on=date(2026, 9, 12))
    for on, called in ((date(2031, 9, 12), True), (date(2031, 9, 13), False)):
        assert selectors.deaths_without_claim(actor=cast.rina.actor, on=on).exists() == called


def test_the_first_payment_comes_without_the_scholarship(cast, opened):
    claim = opened(kind=ClaimKind.JKK_DEATH, children=[7])
    complete(cast, claim)
    claim = services.file(actor=cast.rina.actor, claim=claim, on=FILED)
    assert claim.benefit_total > selectors.payable_at_once(claim) == 70_000_000
    assert _pay(cast, claim, 70_000_000).state == ClaimState.PAID


def test_every_deadline_keeps_why_and_how_sure_its_day_is(cast, opened):
    claim = opened(event_at=at(2026, 3, 2))
    assert all(line.steps and line.steps[0]["article"] for line in claim.deadlines.all())
    complete(cast, claim)
    services.file(actor=cast.rina.actor, claim=claim, on=date(2026, 3, 17))
    # three working days from Tuesday run into Nyepi, Idulfitri and its collective leave
    payment = claim.deadlines.get(code="payment")
    said = " ".join(step["text"] for step in payment.steps)
    assert not payment.verified_source
    assert "cuti bersama" in said
    assert timezone.localdate(payment.due_at) == law.working_day(date(2026, 3, 17), 3).day
