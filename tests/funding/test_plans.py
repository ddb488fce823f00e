from datetime import date

import pytest

from payung.apps.audit.models import Event
from payung.apps.enrolment.models import Batch
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.funding import decisions, plans, selectors, services
from payung.apps.funding.models import Cause, Entry, FundKind, LeftOut, Plan, PlanState
from payung.apps.funding.plans import DOUBTFUL, GIVEN_UP, Rules
from payung.apps.screening.models import Verdict
from payung.law import steps_from_data
from tests.funding.conftest import FIRST, LAST, YEAR


def test_everybody_is_covered_the_whole_year_when_money_suffices(cast, fund, workers, planned):
    workers(3)
    one = fund(1_000_000)
    plan = planned([one])
    rows = list(selectors.allocations(actor=cast.budi.actor, plan=plan))
    assert [row.amount for row in rows] == [YEAR] * 3
    assert {(row.first_month, row.last_month, row.fund) for row in rows} == {(FIRST, LAST, one)}
    assert (plan.result["workers"], plan.result["amount"]) == (3, 3 * YEAR)
    one.refresh_from_db()
    assert one.reserved == 0


def test_the_lowest_decile_goes_first_and_the_rest_are_left_out_with_the_reason(
    cast, fund, workers, screened, planned
):
    poor, other, unknown = workers(3)
    run = screened()
    Verdict.objects.filter(worker=poor).update(decile=1)
    Verdict.objects.filter(worker=other).update(decile=4)
    plan = planned([fund(2 * YEAR + 100)], screening=run)
    covered = [row.worker for row in selectors.allocations(actor=cast.budi.actor, plan=plan)]
    assert covered == [poor, other]
    left = selectors.left_out(actor=cast.budi.actor, plan=plan).get()
    assert (left.worker, left.reason) == (unknown, "dana habis")


def test_a_plan_never_costs_more_than_its_funds_hold(cast, fund, workers, planned):
    workers(9)
    small = fund(3 * YEAR, "APBD")
    csr = fund(2 * YEAR, "CSR", kind=FundKind.CSR)
    plan = planned([small, csr])
    for total, one in zip(plan.result["funds"], (small, csr), strict=True):
        assert total["amount"] <= one.granted
        assert total["amount"] + total["left"] == one.granted


def test_the_price_depends_on_month_sector_and_who_pays(cast, fund, workers, planned):
    workers(1, sector="transport")
    plan = planned([fund(1_000_000, "CSR", kind=FundKind.CSR)])
    assert plan.allocations.get().amount == 12 * 8_400


def test_the_plan_keeps_the_prices_with_the_articles_behind_them(cast, fund, workers, planned):
    workers(1)
    plan = planned([fund(1_000_000, "CSR", kind=FundKind.CSR)])
    prices = plan.rules["prices"]
    assert [(row["first_month"], row["amount"]) for row in prices] == [
        ("2026-01-01", 16_800),
        ("2026-04-01", 8_400),
    ]
    texts = [step.text for step in steps_from_data(prices[0]["steps"])]
    assert "JKK 1% × Rp1.000.000 = Rp10.000." in texts
    assert all(step.source.regulation for step in steps_from_data(prices[0]["steps"]))


@pytest.mark.parametrize("kind", [FundKind.APBDES, FundKind.BAZNAS])
def test_where_the_relief_is_silent_the_plan_takes_the_full_price_and_says_so(
    cast, fund, workers, planned, kind
):
    workers(1)
    plan = planned([fund(YEAR, kind=kind)])
    assert plan.allocations.get().amount == YEAR
    before, during = plan.rules["prices"]
    assert (before["amount"], during["amount"]) == (16_800, 16_800)
    assert (during["first_month"], during["last_month"]) == ("2026-04-01", "2026-12-01")
    last = steps_from_data(during["steps"])[-1]
    assert "April–Desember 2026 tidak menyebut" in last.text
    assert not last.verified
    assert "Tidak ada keringanan" in steps_from_data(before["steps"])[-1].text


def test_what_the_regional_budget_pays_is_left_out_of_the_relief_and_says_so(
    cast, fund, workers, planned
):
    workers(1, sector="transport")
    plan = planned([fund(YEAR)])
    (price,) = plan.rules["prices"]
    assert (price["amount"], plan.allocations.get().amount) == (16_800, YEAR)
    assert "dikecualikan dari keringanan" in steps_from_data(price["steps"])[-1].text


def test_a_short_run_is_warned_of(cast, fund, workers, planned):
    workers(1)
    plan = planned([fund(1_000_000)], first_month=date(2026, 10, 1), last_month=LAST)
    (warning,) = plan.result["warnings"]
    assert "kurang dari 4 bulan" in warning["text"]


def test_those_to_be_made_sure_of_wait_unless_the_rules_let_them_in(
    cast, fund, workers, screened, planned
):
    sure, unsure = workers(2)
    run = screened()
    Verdict.objects.filter(worker=unsure).update(doubtful=True)
    one = fund(1_000_000)
    plan = planned([one], screening=run)
    assert [row.worker for row in plan.allocations.all()] == [sure]
    left = LeftOut.objects.get(plan=plan)
    assert (left.cause, left.reason) == (Cause.DOUBTFUL, DOUBTFUL)
    wide = planned([one], screening=run, rules=Rules(include_doubtful=True))
    assert wide.allocations.count() == 2


def test_the_ineligible_and_those_who_died_since_are_no_candidates(
    cast, fund, workers, screened, planned
):
    dead, alive, out = workers(3)
    run = screened()
    Verdict.objects.filter(worker=out).update(eligible=False)
    dead.died_on = date(2026, 1, 5)
    dead.save()
    plan = planned([fund(1_000_000)], screening=run)
    assert [row.worker for row in plan.allocations.all()] == [alive]
    assert not plan.left_out.exists()


def test_a_fund_for_a_category_or_place_pays_nobody_else(cast, fund, workers, planned):
    driver = workers(1, occupation="ojek-online")[0]
    workers(1, occupation="linmas")
    near = workers(1, region="36.71.02.1001")[0]
    rides = fund(5 * YEAR, "Ojek", categories=["transportasi"])
    place = fund(5 * YEAR, "Jatiuwung", kelurahan_prefixes=["36.71.02"])
    plan = planned([rides, place])
    assert {row.worker: row.fund for row in plan.allocations.all()} == {driver: rides, near: place}


def test_quotas_of_the_fund_and_of_its_pks_hold(cast, fund, workers, pks, planned):
    workers(4)
    narrow = fund(9 * YEAR, "A", quota=1)
    under_pks = fund(9 * YEAR, "B", agreement=pks(quota=2))
    plan = planned([narrow, under_pks])
    assert [total["workers"] for total in plan.result["funds"]] == [1, 2]
    assert plan.left_out.get().reason == "kuota penuh"


def test_two_funds_of_one_pks_share_its_quota(cast, fund, workers, pks, planned):
    workers(5)
    agreement = pks(quota=3)
    two = [fund(2 * YEAR, name, agreement=agreement) for name in "AB"]
    plan = planned(two)
    assert [total["workers"] for total in plan.result["funds"]] == [2, 1]
    assert {left.reason for left in plan.left_out.all()} == {"kuota penuh"}


def test_a_quota_filled_by_another_plan_stops_the_approval(
    cast, fund, workers, pks, screened, planned
):
    first, second = workers(2)
    run = screened()
    agreement = pks(quota=1)
    one = fund(9 * YEAR, "A", agreement=agreement, kelurahan_prefixes=["36.71.01"])
    two = fund(9 * YEAR, "B", agreement=agreement)
    Verdict.objects.filter(worker=second).update(eligible=False)
    early = planned([one], screening=run)
    Verdict.objects.filter(worker=second).update(eligible=True)
    Verdict.objects.filter(worker=first).update(eligible=False)
    late = planned([two], screening=run)
    decisions.approve(actor=cast.sari.actor, plan=early)
    with pytest.raises(DomainError, match="Kuota dana B tinggal 0 orang"):
        decisions.approve(actor=cast.sari.actor, plan=late)


def test_approval_by_somebody_else_reserves_the_money(cast, fund, workers, planned):
    workers(2)
    one = fund(1_000_000)
    plan = decisions.approve(actor=cast.sari.actor, plan=planned([one]))
    one.refresh_from_db()
    assert (plan.state, plan.approved_by) == (PlanState.APPROVED, cast.sari.user)
    assert one.reserved == 2 * YEAR
    entry = Entry.objects.get(kind="reserved")
    assert (entry.noun, entry.object_id, entry.amount) == ("plan", str(plan.pk), 2 * YEAR)
    assert Event.objects.filter(act="plan.approved").count() == 1
    with pytest.raises(DomainError, match="sudah disetujui"):
        decisions.approve(actor=cast.sari.actor, plan=plan)


def test_whoever_made_a_plan_does_not_approve_it(cast, fund, workers, planned):
    workers(1)
    plan = planned([fund(1_000_000)])
    Plan.objects.filter(pk=plan.pk).update(made_by=cast.sari.user)
    plan.refresh_from_db()
    with pytest.raises(NotAllowed, match="bukan pembuatnya"):
        decisions.approve(actor=cast.sari.actor, plan=plan)
    with pytest.raises(NotAllowed):
        decisions.approve(actor=cast.agus.actor, plan=plan)
    assert not Entry.objects.filter(kind="reserved").exists()


def test_two_drafts_for_the_same_people_cannot_both_be_approved(
    cast, fund, workers, screened, planned
):
    workers(2)
    run = screened()
    one = fund(1_000_000)
    first, second = planned([one], screening=run), planned([one], screening=run)
    decisions.approve(actor=cast.sari.actor, plan=first)
    with pytest.raises(DomainError, match="2 pekerja sudah masuk rencana lain"):
        decisions.approve(actor=cast.sari.actor, plan=second)
    with pytest.raises(DomainError, match="Tidak ada pekerja layak yang belum terlindungi"):
        planned([one], screening=run)


def test_a_plan_without_money_left_reserves_nothing_at_all(cast, fund, workers, planned):
    workers(2)
    rich, poor = fund(YEAR, "A"), fund(YEAR, "B")
    plan = planned([rich, poor])
    poor.refresh_from_db()
    services.reserve(actor=cast.sari.actor, fund=poor, amount=1, on=FIRST, noun="plan", object_id=0)
    with pytest.raises(DomainError, match="Dana B tinggal"):
        decisions.approve(actor=cast.sari.actor, plan=plan)
    rich.refresh_from_db()
    assert rich.reserved == 0
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFT


def test_a_plan_whose_worker_died_is_made_again(cast, fund, workers, planned):
    (one,) = workers(1)
    plan = planned([fund(1_000_000)])
    one.died_on = date(2026, 1, 3)
    one.save()
    with pytest.raises(DomainError, match="1 pekerja dalam rencana ini telah meninggal"):
        decisions.approve(actor=cast.sari.actor, plan=plan)


def test_cancelling_an_approved_plan_frees_its_money_and_people(
    cast, fund, workers, screened, planned
):
    workers(1)
    run = screened()
    one = fund(1_000_000)
    plan = decisions.approve(actor=cast.sari.actor, plan=planned([one], screening=run))
    with pytest.raises(NotAllowed):
        decisions.cancel(actor=cast.budi.actor, plan=plan)
    decisions.cancel(actor=cast.sari.actor, plan=plan, reason="Anggaran digeser")
    one.refresh_from_db()
    assert (one.reserved, one.free) == (0, 1_000_000)
    assert planned([one], screening=run).allocations.count() == 1
    with pytest.raises(DomainError, match="sudah dibatalkan"):
        decisions.cancel(actor=cast.budi.actor, plan=Plan.objects.get(pk=plan.pk))


def test_a_draft_is_rejected_by_an_approver_and_by_nobody_who_only_looks(
    cast, fund, workers, planned
):
    workers(1)
    plan = planned([fund(YEAR)])
    for who in (cast.tono, cast.rina):
        with pytest.raises(NotAllowed):
            decisions.cancel(actor=who.actor, plan=plan)
    decisions.cancel(actor=cast.sari.actor, plan=plan)
    assert Plan.objects.get().state == PlanState.CANCELLED
    assert not Entry.objects.exclude(kind="granted").exists()


def test_a_worker_given_up_waits_for_the_next_screening(cast, fund, workers, screened, planned):
    gone, stays = workers(2)
    run = screened()
    one = fund(9 * YEAR)
    plan = decisions.approve(actor=cast.sari.actor, plan=planned([one], screening=run))
    lost = [plan.allocations.get(worker=gone).pk]
    assert decisions.give_up(allocations=lost, reason="T02 data tidak padan") == 1
    assert decisions.give_up(allocations=lost, reason="lagi") == 0
    assert plan.allocations.get(worker=stays).dropped_because == ""
    workers(1)
    replacement = planned([one], screening=screened())
    assert gone in [row.worker for row in replacement.allocations.all()]
    Plan.objects.filter(pk=plan.pk).update(screening=replacement.screening)
    again = planned([one], screening=replacement.screening)
    assert gone not in [row.worker for row in again.allocations.all()]
    left = again.left_out.get()
    assert (left.cause, left.reason) == (Cause.GIVEN_UP, GIVEN_UP)


def test_a_plan_with_a_batch_is_not_cancelled(cast, fund, workers, planned):
    workers(1)
    one = fund(YEAR)
    plan = decisions.approve(actor=cast.sari.actor, plan=planned([one]))
    Batch.objects.create(
        number="1", region_id="36.71", plan=plan, fund=one, branch=cast.bpjs, start_month=FIRST,
        layout={}, made_by=cast.budi.user,
    )  # fmt: skip
    with pytest.raises(DomainError, match="sudah dipakai berkas pendaftaran"):
        decisions.cancel(actor=cast.sari.actor, plan=plan)
    plan.refresh_from_db()
    one.refresh_from_db()
    assert (plan.state, one.reserved) == (PlanState.APPROVED, YEAR)


def test_a_following_year_continues_after_the_months_already_held(
    cast, fund, workers, screened, planned
):
    workers(1)
    run = screened()
    half = planned([fund(YEAR)], screening=run, last_month=date(2026, 6, 1))
    decisions.approve(actor=cast.sari.actor, plan=half)
    rest = planned([fund(YEAR, "CSR")], screening=run)
    row = rest.allocations.get()
    assert (row.first_month, row.last_month) == (date(2026, 7, 1), LAST)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": " "}, "Nama rencana kosong"),
        ({"first_month": LAST, "last_month": FIRST}, "mendahului bulan pertamanya"),
        ({"rules": Rules(months_target=2, months_min=3)}, "tidak boleh melebihi sasaran"),
    ],
)
def test_a_plan_that_cannot_be_says_why(cast, fund, workers, planned, change, sentence):
    workers(1)
    with pytest.raises(DomainError, match=sentence):
        planned([fund(1_000_000)], **change)


def test_a_plan_needs_a_fund_with_money(cast, fund, workers, planned):
    workers(1)
    with pytest.raises(DomainError, match="Pilih sedikitnya satu dana"):
        planned([])
    with pytest.raises(DomainError, match="tidak bersisa"):
        planned([fund()])


def test_plans_are_made_by_the_lead_offices_verifier_and_seen_in_the_city_only(
    cast, fund, workers, screened
):
    workers(1)
    run, one = screened(), fund(1_000_000)
    question = {
        "name": "X", "screening": run, "first_month": FIRST, "last_month": LAST, "funds": [one]
    }  # fmt: skip
    for who in (cast.rina, cast.sari, cast.dewi, cast.yanti, cast.maya, cast.hendra):
        with pytest.raises(NotAllowed):
            plans.make(actor=who.actor, **question)
    with pytest.raises(DomainError, match="di luar wilayah"):
        plans.make(actor=cast.stranger.actor, **question)
    made = plans.make(actor=cast.budi.actor, **question)
    assert list(selectors.plans(actor=cast.tono.actor)) == [made]
    for who in (cast.stranger, cast.yanti, cast.hendra, cast.asep):
        assert not selectors.plans(actor=who.actor)
        assert not selectors.allocations(actor=who.actor, plan=made)


def test_the_plan_adds_up_per_kecamatan(cast, fund, workers, planned):
    workers(2)
    workers(1, region="36.71.02.1001")
    workers(1, region="36.71")
    plan = planned([fund(9 * YEAR)])
    shares = selectors.shares_by_kecamatan(actor=cast.budi.actor, plan=plan)
    assert [(share.label, share.workers, share.months, share.amount) for share in shares] == [
        ("Jatiuwung", 1, 12, YEAR),
        ("Tangerang", 2, 24, 2 * YEAR),
        ("Kelurahan belum diketahui", 1, 12, YEAR),
    ]
