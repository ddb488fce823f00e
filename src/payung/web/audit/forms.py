from django import forms
from django.db.models import QuerySet

from payung.apps.audit.models import Event


class EventFilter(forms.Form):
    q = forms.CharField(label="Tindakan atau orang", required=False)
    day = forms.DateField(
        label="Tanggal",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def narrow(self, rows: QuerySet[Event]) -> QuerySet[Event]:
        """The events that fit what was asked."""
        if text := self.cleaned_data["q"]:
            rows = rows.filter(act__icontains=text) | rows.filter(user__name__icontains=text)
        if day := self.cleaned_data["day"]:
            rows = rows.filter(at__date=day)
        return rows
