"""Organisations, the people in them and their roles."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from payung.apps.accounts import selectors, services
from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Kind, Membership
from payung.apps.accounts.policy import allows
from payung.web.access import Request, act, errors_on, form_page, go, page
from payung.web.accounts.forms import FilterForm, MemberForm, OrganisationForm
from payung.web.shell.paging import paged
from payung.web.shell.waiting import waits


@waits("accounts:index")
def waiting(actor: Actor) -> int:
    """What an office has yet to set up; nothing where the actor does not administer."""
    return len(selectors.missing(actor=actor)) if allows(actor, "accounts.manage") else 0


@page("accounts.manage")
def index(request: Request) -> HttpResponse:
    form = FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = selectors.administered(actor=request.actor)
    if kind := asked.get("kind"):
        found = found.filter(kind=kind)
    elif not asked.get("q"):
        found = found.exclude(kind__in=[Kind.KECAMATAN, Kind.KELURAHAN])
    if name := asked.get("q"):
        found = found.filter(name__icontains=name)
    people = Count("memberships", filter=Q(memberships__is_active=True))
    context = {
        "missing": selectors.missing(actor=request.actor),
        "form": form,
        "page": paged(request, found.annotate(people=people).order_by("name", "pk")),
    }
    return render(request, "accounts/index.html", context)


@form_page("accounts.manage")
def new(request: Request) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        with errors_on(form):
            made = services.create_organisation(
                actor=request.actor, region=request.actor.organisation.region, **form.cleaned_data
            )
            messages.success(request, f"{made.name} tercatat. Tambahkan orangnya.")
            return go(request, "accounts:detail", made.pk)
    return render(request, "accounts/new.html", {"form": form})


@page("accounts.manage")
def detail(request: Request, pk: int) -> HttpResponse:
    organisation = get_object_or_404(selectors.administered(actor=request.actor), pk=pk)
    context = {
        "organisation": organisation,
        "members": selectors.members(actor=request.actor).filter(organisation=organisation),
        "form": MemberForm(organisation=organisation),
    }
    return render(request, "accounts/detail.html", context)


@form_page("accounts.manage")
@never_cache
def add_member(request: Request, pk: int) -> HttpResponse:
    organisation = get_object_or_404(selectors.administered(actor=request.actor), pk=pk)
    form = MemberForm(request.POST or None, organisation=organisation)
    if form.is_valid():
        with errors_on(form):
            made = services.add_member(
                actor=request.actor, organisation=organisation, **form.cleaned_data
            )
            if not made.user.has_usable_password():
                return _show_link(request, made)
            messages.success(
                request, f"{made.user} kini {made.get_role_display()}; akunnya sudah ada."
            )
            return go(request, "accounts:detail", organisation.pk)
    context = {"organisation": organisation, "form": form}
    return render(request, "accounts/add_member.html", context)


@act("accounts.manage")
@never_cache
def link(request: Request, pk: int) -> HttpResponse:
    return _show_link(request, get_object_or_404(selectors.members(actor=request.actor), pk=pk))


@act("accounts.manage")
def set_active(request: Request, pk: int) -> HttpResponse:
    membership = get_object_or_404(selectors.members(actor=request.actor), pk=pk)
    is_active = request.POST.get("active") == "1"
    services.set_member_active(actor=request.actor, membership=membership, is_active=is_active)
    messages.success(request, "Peran diaktifkan." if is_active else "Peran dinonaktifkan.")
    return go(request, "accounts:detail", membership.organisation_id)


def _show_link(request: Request, membership: Membership) -> HttpResponse:
    made = services.make_link(actor=request.actor, membership=membership)
    path = reverse("start", args=[made.uid, made.token])
    context = {"membership": membership, "link": request.build_absolute_uri(path)}
    return render(request, "accounts/link.html", context)
