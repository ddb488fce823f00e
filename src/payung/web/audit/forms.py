from datetime import timedelta

from django import forms
from django.db.models import QuerySet

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
    who = forms.CharField(label="Nama orang", required=False)
    noun = forms.ChoiceField(
        label="Tentang",
        required=False,
        choices=[("", "Semua"), *((noun, noun_name(noun)) for noun in _NOUNS)],
    )
    since = _day("Sejak")
    until = _day("Sampai")

    def narrow(self, rows: QuerySet[Event]) -> QuerySet[Event]:
        """The events that fit what was asked."""
        if who := self.cleaned_data["who"]:
            rows = rows.filter(user__name__icontains=who)
        if noun := self.cleaned_data["noun"]:
            rows = rows.filter(noun=noun)
        if since := self.cleaned_data["since"]:
            rows = rows.filter(at__date__gte=since)
        if until := self.cleaned_data["until"]:
            rows = rows.filter(at__date__lt=until + timedelta(days=1))
        return rows
