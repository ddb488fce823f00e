"""Making a plan from a screening and funds. Deciding on it is in `decisions`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from payung import planning
from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.db import bulk
from payung.apps.db.months import first_day, months_between
from payung.apps.errors import DomainError
from payung.apps.funding.candidates import (
    candidates,
    covered_until,
    eligible,
    given_up,
    purses,
    share_quota,
)
from payung.apps.funding.doubles import held_back
from payung.apps.funding.models import Allocation, Cause, Fund, LeftOut, Plan
from payung.apps.jobs.models import Job
from payung.apps.jobs.progress import Progress, Silent
from payung.apps.jobs.services import start
from payung.apps.screening.models import Screening, Verdict
from payung.law import Contribution, LawError, bpu_contribution, parameter, steps_as_data

PLANS_URL = "/rencana/"
DOUBTFUL = "masih perlu dipastikan dalam penyaringan"
GIVEN_UP = "dilepas dari rencana sebelumnya; perbaiki datanya lalu saring ulang"


class Why(NamedTuple):
    """Why a worker is left out: the cause, and the reason as it is read."""

    cause: Cause
    reason: str


@dataclass(frozen=True)
class Rules:
    """How a plan chooses. months_target: months per worker (None: the whole period); months_min:
    the shortest run still worth giving when money runs out (None: the target)."""

    priorities: tuple[planning.Priority, ...] = planning.DEFAULT_PRIORITIES
    months_target: int | None = None
    months_min: int | None = None
    include_doubtful: bool = False


@transaction.atomic
def make(
    *,
    actor: Actor,
    name: str,
    screening: Screening,
    first_month: date,
    last_month: date,
    funds: Sequence[Fund],
    rules: Rules | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Draft who is covered by which of the funds for which months.

    Candidates are the screening's eligible, living workers whom approved plans do not cover
    throughout the period. No money is touched before approval. The plan keeps the rules, funds
    and prices it used. Raises DomainError when there is nothing to choose from, a fund is another
    city's, or the law or the rules contradict.
    """
    require(actor, "plans.make")
    rules = rules or Rules()
    first_month, last_month = first_day(first_month), first_day(last_month)
    _check_question(actor, name, screening, funds)
    tell = (progress or Silent()).tell
    tell(0, 3, "Mengumpulkan pekerja layak")
    until = covered_until(
        region_id=screening.region_id, first_month=first_month, last_month=last_month
    )
    found, apart = _set_apart(eligible(screening), screening, rules, first_month)
    asked = list(candidates(found, until))
    open_ = [each for each in asked if not each.covered_until or each.covered_until < last_month]
    if not open_:
        raise DomainError(
            "Tidak ada pekerja layak yang belum terlindungi pada bulan-bulan itu; saring ulang "
            "atau pilih bulan lain."
        )
    money = purses(funds)
    tell(1, 3, "Membagi dana")
    try:
        waiting = parameter("bpu.new-member-months").at(first_month).integer
        months = planning.Months(
            first_month, last_month, rules.months_target, rules.months_min, waiting
        )
        answer = _answer(open_, money, months, rules)
        if shared := share_quota(funds, money, {t.fund_id: t.heads for t in answer.totals}):
            money = shared
            answer = _answer(open_, money, months, rules)
        prices = _prices(open_, money, first_month, last_month)
    except (planning.PlanError, LawError) as error:
        raise DomainError(str(error)) from error
    tell(2, 3, "Menyimpan rencana")
    plan = Plan.objects.create(
        name=name.strip(),
        region_id=screening.region_id,
        screening=screening,
        first_month=first_month,
        last_month=last_month,
        rules={
            "priorities": [asdict(priority) for priority in rules.priorities],
            "months_target": rules.months_target,
            "months_min": rules.months_min,
            "include_doubtful": rules.include_doubtful,
            "waiting": waiting,
            "screening_on": screening.on.isoformat(),
            "funds": [_fund_as_data(purse) for purse in money],
            "prices": prices,
        },
        result=_result(answer, money, len(asked) - len(open_), len(apart)),
        made_by=actor.user,
    )
    _keep(plan, answer, apart)
    record(
        actor=actor,
        act="plan.made",
        noun="plan",
        object_id=plan.pk,
        after={
            "screening": screening.pk,
            "funds": [fund.pk for fund in funds],
            "first_month": first_month,
            "last_month": last_month,
            **{key: plan.result[key] for key in ("workers", "months", "amount", "left_out")},
        },
    )
    return plan


def start_making(
    *,
    actor: Actor,
    name: str,
    screening: Screening,
    first_month: date,
    last_month: date,
    funds: Sequence[Fund],
    rules: Rules,
) -> Job:
    """Queue `make`; the job ends with the way to the plan, or with the sentence of its refusal.

    Raises DomainError at once for a question that cannot be answered.
    """
    require(actor, "plans.make")
    _check_question(actor, name, screening, funds)
    return start(
        actor=actor,
        kind="plans.make",
        label="Menyusun rencana",
        params={
            "name": name,
            "screening": screening.pk,
            "first_month": first_month.isoformat(),
            "last_month": last_month.isoformat(),
            "funds": [fund.pk for fund in funds],
            "rules": asdict(rules),
        },
        url=PLANS_URL,
    )


def _check_question(actor: Actor, name: str, screening: Screening, funds: Sequence[Fund]) -> None:
    if not name.strip():
        raise DomainError("Nama rencana kosong; isi misalnya “Perlindungan 2026 tahap 1”.")
    if not screening.region_id.startswith(actor.region_code):
        raise DomainError("Penyaringan itu di luar wilayah organisasi Anda.")
    if not funds:
        raise DomainError("Pilih sedikitnya satu dana.")
    if any(fund.region_id != actor.city_code for fund in funds):
        raise DomainError("Ada dana dari kota lain; pilih dana kota ini saja.")
    if not any(fund.free > 0 for fund in funds):
        raise DomainError("Dana yang dipilih tidak bersisa; catat dahulu pemberian dananya.")


def _set_apart(
    found: QuerySet[Verdict], screening: Screening, rules: Rules, first_month: date
) -> tuple[QuerySet[Verdict], dict[int, Why]]:
    """The verdicts to choose from, and the workers kept out of the choice with why.

    Whoever was given up under this screening would only be refused again; whoever may be one
    person with somebody who is covered or chosen waits for a decision.
    """
    gone = given_up(screening)
    apart = dict.fromkeys(_workers(found.filter(worker__in=gone)), Why(Cause.GIVEN_UP, GIVEN_UP))
    found = found.exclude(worker__in=gone)
    if not rules.include_doubtful:
        apart |= dict.fromkeys(_workers(found.filter(doubtful=True)), Why(Cause.DOUBTFUL, DOUBTFUL))
        found = found.filter(doubtful=False)
    double = held_back(_workers(found), region_id=screening.region_id, first_month=first_month)
    apart |= {worker: Why(Cause.DOUBLE, reason) for worker, reason in double.items()}
    return found.exclude(worker__in=list(double)), apart


def _workers(found: QuerySet[Verdict]) -> list[int]:
    return list(found.values_list("worker_id", flat=True))


def _answer(
    asked: Sequence[planning.Candidate],
    money: Sequence[planning.Fund],
    months: planning.Months,
    rules: Rules,
) -> planning.PlanResult:
    return planning.plan(asked, money, months=months, price=_price, priorities=rules.priorities)


def _price(month: date, sector: str, kind: str) -> int:
    return bpu_contribution(month, sector=sector, funder=kind).amount


def _prices(
    asked: Sequence[planning.Candidate],
    money: Sequence[planning.Fund],
    first_month: date,
    last_month: date,
) -> list[dict[str, Any]]:
    """What a month costs per sector and kind of fund, with the law's steps.

    Months in a row that cost the same for the same reasons are joined: a relief that is silent on a
    source of money leaves the full price, as no relief does, and the page has to say which it is.
    """
    found = []
    for sector in sorted({each.sector for each in asked}):
        for kind in sorted({purse.kind for purse in money}):
            months = months_between(first_month, last_month)
            priced = [bpu_contribution(month, sector=sector, funder=kind) for month in months]
            for (amount, reasons), run in groupby(priced, key=_price_and_reasons):
                same = list(run)
                steps = bpu_contribution(
                    same[0].month, sector=sector, funder=kind, months=len(same)
                ).steps
                found.append(
                    {
                        "sector": sector,
                        "kind": kind,
                        "first_month": same[0].month.isoformat(),
                        "last_month": same[-1].month.isoformat(),
                        "amount": amount,
                        "steps": steps_as_data(s for s in steps if s.sentence in reasons),
                    }
                )
    return found


def _price_and_reasons(contribution: Contribution) -> tuple[int, tuple[str, ...]]:
    return contribution.amount, tuple(step.sentence for step in contribution.steps)


def _fund_as_data(purse: planning.Fund) -> dict[str, Any]:
    return {
        "id": purse.id,
        "name": purse.name,
        "kind": purse.kind,
        "free": purse.amount,
        "first_month": purse.first_month.isoformat(),
        "last_month": purse.last_month.isoformat(),
        "categories": sorted(purse.categories),
        "kelurahan_prefixes": list(purse.kelurahan_prefixes),
        "quota": purse.quota,
    }


def _keep(plan: Plan, answer: planning.PlanResult, apart: dict[int, Why]) -> None:
    """Write who is covered and who is left out, by worker: neighbours on the disk come together."""
    ranked = sorted(
        enumerate(answer.allocations, start=1), key=lambda each: int(each[1].candidate_id)
    )
    bulk.insert(
        Allocation,
        ("plan", "worker", "fund", "rank", "first_month", "last_month", "amount", "reason",
         "dropped_because"),
        (
            (plan.pk, each.candidate_id, each.fund_id, rank, each.first_month, each.last_month,
             each.amount, each.reason[:200], "")
            for rank, each in ranked
        ),
    )  # fmt: skip
    left = {int(each.id): Why(Cause.PLAN, each.reason) for each in answer.left_out} | apart
    bulk.insert(
        LeftOut,
        ("plan", "worker", "cause", "reason"),
        ((plan.pk, worker, why.cause, why.reason) for worker, why in sorted(left.items())),
    )


def _result(
    answer: planning.PlanResult, money: Sequence[planning.Fund], covered: int, apart: int
) -> dict[str, Any]:
    names = {purse.id: purse.name for purse in money}
    return {
        "workers": len(answer.allocations),
        "months": sum(each.months for each in answer.allocations),
        "amount": sum(each.amount for each in answer.allocations),
        "left_out": len(answer.left_out) + apart,
        "already_covered": covered,
        "funds": [
            {
                "id": total.fund_id,
                "name": names[total.fund_id],
                "workers": total.heads,
                "months": total.months,
                "amount": total.spent,
                "left": total.left,
            }
            for total in answer.totals
        ],
        "warnings": [{"code": warning.code, "text": warning.text} for warning in answer.warnings],
    }
