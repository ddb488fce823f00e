from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import User
from payung.apps.audit.models import Event
from payung.web.shell.history import noun_name

_NOUNS = (
    "agreement",
    "list",
    "worker",
    "screening",
    "fund",
    "plan",
    "batch",
    "invoice",
    "claim",
    "circular",
    "pledge",
    "gathering",
    "organisation",
    "region",
)


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class EventFilter(forms.Form):
    who = forms.ModelChoiceField(None, label="Siapa", required=False, empty_label="Semua")
    noun = forms.ChoiceField(
        label="Tentang",
        required=False,
        choices=[("", "Semua"), *((noun, noun_name(noun)) for noun in _NOUNS)],
    )
    since = _day("Sejak")
    until = _day("Sampai")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = actor.region_code
        self.fields["who"].queryset = (
            User.objects.filter(memberships__organisation__region__code__startswith=region)
            .distinct()
            .order_by("name")
        )

    def narrow(self, rows: QuerySet[Event]) -> QuerySet[Event]:
        """The events that fit what was asked."""
        if who := self.cleaned_data["who"]:
            rows = rows.filter(user=who)
        if noun := self.cleaned_data["noun"]:
            rows = rows.filter(noun=noun)
        if since := self.cleaned_data["since"]:
            rows = rows.filter(at__date__gte=since)
        if until := self.cleaned_data["until"]:
            rows = rows.filter(at__date__lt=until + timedelta(days=1))
        return rows
