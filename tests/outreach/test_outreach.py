"""Circulars, replies, pledges and their money, socialisation."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from payung.apps.audit.models import Event
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.funding.models import FundKind
from payung.apps.outreach import selectors, services
from payung.apps.outreach.models import Circular, Gathering, Pledge, PledgeState, Reply
from payung.apps.regions.models import Region
from tests.enrolment import way

DAY = date(2026, 2, 2)


@pytest.fixture
def circular(cast):
    return services.send_circular(
        actor=cast.rina.actor,
        number="500/1-SE/2026",
        title="Ajakan melindungi pekerja rentan",
        signed_on=DAY,
        companies=[cast.perusahaan],
    )


@pytest.fixture
def pledge(cast, circular):
    return services.pledge(
        actor=cast.rina.actor,
        company=cast.perusahaan,
        people=100,
        months=12,
        amount=20_160_000,
        pledged_on=DAY,
        circular=circular,
    )


def test_a_circular_knows_whom_it_went_to_and_who_answered(cast, circular):
    assert selectors.circulars(actor=cast.rina.actor).values_list("sent", "answered").get() == (
        1,
        0,
    )
    services.note_reply(
        actor=cast.rina.actor, recipient=circular.recipients.get(), reply=Reply.YES, on=DAY
    )
    assert selectors.circulars(actor=cast.rina.actor).get().answered == 1
    assert Event.objects.get(act="circular.replied").after["reply"] == "yes"


def test_a_number_is_used_once(cast, circular):
    with pytest.raises(DomainError, match="sudah tercatat"):
        services.send_circular(
            actor=cast.rina.actor,
            number=" 500/1-SE/2026 ",
            title="Lagi",
            signed_on=DAY,
            companies=[cast.perusahaan],
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Circular.objects.create(
            region_id="36.71",
            number="500/1-SE/2026",
            title="X",
            signed_on=DAY,
            made_by=cast.rina.user,
        )


@pytest.mark.parametrize("names", [[], ["dinsos"]])
def test_it_goes_to_companies(cast, names):
    with pytest.raises(DomainError, match="perusahaan"):
        services.send_circular(
            actor=cast.rina.actor,
            number="1",
            title="X",
            signed_on=DAY,
            companies=[cast.organisations[name] for name in names],
        )
    assert not Circular.objects.exists()


def test_a_promise_becomes_a_fund_once(cast, pledge):
    fund = way.fund(cast, FundKind.CSR)
    kept = services.fulfil_pledge(actor=cast.rina.actor, pledge=pledge, fund=fund)
    assert (kept.state, kept.fund) == (PledgeState.FUNDED, fund)
    with pytest.raises(DomainError, match="sudah dipenuhi"):
        services.fulfil_pledge(actor=cast.rina.actor, pledge=kept, fund=fund)
    with pytest.raises(DomainError, match="sudah dipenuhi"):
        services.withdraw_pledge(actor=cast.rina.actor, pledge=kept, because="Batal")


def test_only_the_companys_own_unused_money_keeps_a_promise(cast, pledge):
    with pytest.raises(DomainError, match="bukan milik perusahaan"):
        services.fulfil_pledge(actor=cast.rina.actor, pledge=pledge, fund=way.fund(cast))
    fund = way.fund(cast, FundKind.CSR)
    services.fulfil_pledge(actor=cast.rina.actor, pledge=pledge, fund=fund)
    second = services.pledge(
        actor=cast.rina.actor,
        company=cast.perusahaan,
        people=1,
        months=1,
        amount=16_800,
        pledged_on=DAY,
    )
    with pytest.raises(DomainError, match="janji lain"):
        services.fulfil_pledge(actor=cast.rina.actor, pledge=second, fund=fund)


def test_a_promise_is_withdrawn_with_a_reason(cast, pledge):
    with pytest.raises(DomainError, match="alasan"):
        services.withdraw_pledge(actor=cast.rina.actor, pledge=pledge, because=" ")
    services.withdraw_pledge(actor=cast.rina.actor, pledge=pledge, because="Anggaran dipotong")
    pledge.refresh_from_db()
    assert pledge.state == PledgeState.WITHDRAWN
    assert Event.objects.get(act="pledge.withdrawn").reason == "Anggaran dipotong"


@pytest.mark.parametrize("values", [{"people": 0}, {"months": 0}, {"amount": 0}])
def test_a_promise_of_nothing_is_refused(cast, values):
    promised = {"people": 1, "months": 1, "amount": 16_800, **values}
    with pytest.raises(DomainError, match="lebih dari nol"):
        services.pledge(actor=cast.rina.actor, company=cast.perusahaan, pledged_on=DAY, **promised)
    assert not Pledge.objects.exists()


def test_another_city_neither_sees_nor_records_for_it(cast, circular, pledge):
    stranger = cast.stranger.actor
    assert not selectors.circulars(actor=stranger).exists()
    assert not selectors.pledges(actor=stranger).exists()
    with pytest.raises(DomainError, match="luar wilayah"):
        services.pledge(
            actor=stranger,
            company=cast.perusahaan,
            people=1,
            months=1,
            amount=1,
            pledged_on=DAY,
        )


def test_a_company_sees_what_concerns_it(cast, circular, pledge):
    actor = cast.hendra.actor
    assert selectors.circulars(actor=actor).get() == circular
    assert selectors.pledges(actor=actor).get() == pledge


def test_a_gathering_is_held_within_the_region(cast):
    held = {"on": DAY, "topic": "Hak keluarga", "place": "Aula", "attended": 80}
    services.hold_gathering(
        actor=cast.rina.actor, region=Region.objects.get(pk="36.71.01.1001"), **held
    )
    assert selectors.gatherings(actor=cast.yanti.actor).get().attended == 80
    assert not selectors.gatherings(actor=cast.joko.actor).exists()
    with pytest.raises(DomainError, match="di luar wilayah"):
        services.hold_gathering(
            actor=cast.stranger.actor, region=Region.objects.get(pk="36.71"), **held
        )
    assert Gathering.objects.count() == 1


@pytest.mark.parametrize("who", ["yanti", "dewi", "hendra", "sari", "maya", "tono"])
def test_who_may_not_record_outreach(cast, who):
    with pytest.raises(NotAllowed):
        services.hold_gathering(
            actor=cast.people[who].actor,
            region=Region.objects.get(pk="36.71"),
            on=DAY,
            topic="X",
            place="Y",
            attended=1,
        )
