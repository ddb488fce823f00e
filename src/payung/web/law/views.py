"""The public calculator: the law asked without logging in, every answer with its own address."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from payung.apps.db.months import today
from payung.law import CASES, Cover, Language, cover_from_counts
from payung.web.law.event_forms import (
    BenefitQuestion,
    ClaimQuestion,
    HeirsQuestion,
    RulesQuestion,
)
from payung.web.law.forms import SEGMENTS, CoverQuestion, Question
from payung.web.law.rules import RuleTeller
from payung.web.law.showing import Teller
from payung.web.law.words import speak

PAGES = {
    "contribution": "calendar-check",
    "cover": "umbrella",
    "benefit": "hand-coins",
    "heirs": "users",
    "claim": "folder-check",
    "rules": "scale",
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return _show(request, "law/index.html", "home", {})


@require_safe
def contribution(request: HttpRequest) -> HttpResponse:
    segment = _one_of(request.GET.get("segmen", "bpu"), SEGMENTS)
    form = _asked(request, SEGMENTS[segment], segmen=segment)
    context = {"kinds": _kinds(request, "segmen", SEGMENTS, segment), "segment": segment}
    if form.is_valid():
        teller = Teller(form.language)
        context["answer"] = teller.contribution(form.answer)
        if segment == "bpu":
            context["answer"]["facts"].append(teller.pay_by(form.answer.month))
    empty = f"contribution_{segment}_empty"
    return _show(request, "law/contribution.html", "contribution", context, form, empty)


@require_safe
def cover(request: HttpRequest) -> HttpResponse:
    form = _asked(request, CoverQuestion)
    context: dict[str, Any] = {}
    if form.is_valid():
        on, found = form.cleaned_data["pada"], form.answer
        context["answer"] = Teller(form.language).cover(found, on)
        if counts := _counts(found, on):
            day = f"{on:%Y-%m-%d}"
            context["onward"] = _link(request, "benefit", kejadian="death", tanggal=day, **counts)
    return _show(request, "law/cover.html", "cover", context, form)


def _counts(found: Cover, on: date) -> dict[str, int] | None:
    """Numbers of months from which the page of benefits finds the same cover, if there are any."""

    def told(cover: Cover) -> tuple[str, str, bool]:
        waiting = cover.full_jkm_from is None or cover.full_jkm_from > on
        return cover.jkk, cover.jkm, waiting

    paid, arrears = found.paid_months, found.arrears_months
    if found.standing != "member":
        return None
    for run in (paid, found.consecutive_months, 1):
        if run and told(cover_from_counts(on, paid, run, arrears)) == told(found):
            return {"dibayar": paid, "berturut": run, "tunggakan": arrears}
    return None


@require_safe
def benefit(request: HttpRequest) -> HttpResponse:
    case = _one_of(request.GET.get("kejadian", "death"), CASES)
    form = _asked(request, BenefitQuestion, kejadian=case)
    context: dict[str, Any] = {"kinds": _kinds(request, "kejadian", CASES, case), "case": case}
    if form.is_valid():
        context["answer"] = Teller(form.language).benefit(form.answer)
        day = f"{form.cleaned_data['tanggal']:%Y-%m-%d}"
        context["onward"] = _link(request, "claim", kejadian=_CLAIMS[case], tanggal=day)
        if case in ("death", "work-death"):
            context["heirs_url"] = _link(request, "heirs", tanggal=day)
    return _show(request, "law/benefit.html", "benefit", context, form)


_CLAIMS = {
    "death": "jkm:death",
    "work-death": "jkk:death",
    "work-disability": "jkk:disability",
    "temporary-disability": "jkk:recovered",
    "scholarship": "scholarship:first",
}


@require_safe
def heirs(request: HttpRequest) -> HttpResponse:
    form = _asked(request, HeirsQuestion)
    context: dict[str, Any] = {}
    if form.is_valid():
        t = speak(form.language)
        context["answer"] = Teller(form.language).heirs(form.answer)
        day = f"{form.cleaned_data['tanggal']:%Y-%m-%d}"
        by_paper = {"will": "jkm:will", "court-ruling": "jkm:court"}
        jkm = by_paper.get(form.answer.payees[0].code, "jkm:death")
        context["onward"] = [
            (t[f"papers_{kind[:3]}"], _link(request, "claim", kejadian=kind, tanggal=day))
            for kind in (jkm, "jkk:death")
        ]
    return _show(request, "law/heirs.html", "heirs", context, form)


@require_safe
def claim(request: HttpRequest) -> HttpResponse:
    form = _asked(request, ClaimQuestion)
    context: dict[str, Any] = {}
    if form.is_valid():
        context["answer"] = Teller(form.language).claim(form.answer)
    return _show(request, "law/claim.html", "claim", context, form)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    form = _asked(request, RulesQuestion)
    context: dict[str, Any] = {}
    if form.is_valid():
        context["answer"] = RuleTeller(form.language).rules(form.answer)
    return _show(request, "law/rules.html", "rules", context, form)


def _language(request: HttpRequest) -> Language:
    return "en" if request.GET.get("bahasa") == "en" else "id"


def _asked(request: HttpRequest, kind: type[Question], **fixed: str) -> Any:
    language = _language(request)
    with translation.override(language):  # a refusal of Django's own is said in it too
        form = kind(request.GET, language=language, today=today(), fixed=fixed)
        form.is_valid()
    return form


def _one_of(code: str, known: Any) -> str:
    if code not in known:
        raise Http404
    return code


def _link(request: HttpRequest, page: str, **query: Any) -> str:
    """The address of a page of the calculator, in the reader's language."""
    pairs = {name: value for name, value in query.items() if value != ""}
    if _language(request) == "en":
        pairs["bahasa"] = "en"
    return reverse(f"law:{page}") + (f"?{urlencode(pairs)}" if pairs else "")


def _kinds(request: HttpRequest, name: str, codes: Any, current: str) -> list[dict[str, Any]]:
    """The forms of one page, as links."""
    t = speak(_language(request))
    of = t["all_segments" if name == "segmen" else "all_cases"]
    return [
        {
            "of": of,
            "label": t[code],
            "url": f"{request.path}?{urlencode(_spoken(request, {name: code}))}",
            "current": code == current,
        }
        for code in codes
    ]


def _spoken(request: HttpRequest, pairs: Mapping[str, str]) -> dict[str, str]:
    return {**pairs, **({"bahasa": "en"} if _language(request) == "en" else {})}


def _show(
    request: HttpRequest,
    template: str,
    page: str,
    context: Mapping[str, Any],
    form: Question | None = None,
    empty: str = "",
) -> HttpResponse:
    language = _language(request)
    t = speak(language)
    address = f"{request.path}?{form.address}" if form and form.is_bound else request.path
    other = request.GET.copy()
    other.pop("bahasa", None)
    if language == "id":
        other["bahasa"] = "en"
    shared = {
        "t": t,
        "form": form,
        "spoken": language,
        "title": t[f"{page}_title"],
        "lead": t[f"{page}_lead"],
        "empty": t.get(empty or f"{page}_empty", ""),
        "other_language": f"{request.path}?{other.urlencode()}" if other else request.path,
        "home_url": _link(request, "index"),
        "pages": [
            {
                "label": t[name],
                "title": t[f"{name}_title"],
                "lead": t[f"{name}_lead"],
                "icon": icon,
                "url": _link(request, name),
                "current": name == page,
            }
            for name, icon in PAGES.items()
        ],
        "restart_url": _link(request, page, **form.fixed) if form else "",
        "why_title": t["why_so" if page in ("cover", "heirs", "claim") else "why"],
        "address": request.build_absolute_uri(address),
        "printed": Teller(language).day(today()),
    }
    with translation.override(language):
        return render(request, template, {**shared, **context})
