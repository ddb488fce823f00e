from typing import Any

from django import forms
from django.db.models import QuerySet

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Kind, Organisation
from payung.apps.accounts.selectors import organisations
from payung.apps.db.months import today
from payung.apps.funding.models import Fund
from payung.apps.outreach.models import Circular, Pledge
from payung.apps.outreach.selectors import circulars
from payung.apps.regions.models import Level, Region


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        initial=today,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
    )


def _companies(actor: Actor) -> QuerySet[Organisation]:
    return organisations(actor=actor).filter(kind=Kind.COMPANY)


class CircularForm(forms.Form):
    number = forms.CharField(label="Nomor surat", max_length=80)
    title = forms.CharField(label="Perihal", max_length=200)
    signed_on = _day("Tanggal surat")
    companies = forms.ModelMultipleChoiceField(
        None, label="Dikirim kepada", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["companies"].queryset = _companies(actor)


class PledgeForm(forms.Form):
    company = forms.ModelChoiceField(None, label="Perusahaan")
    circular = forms.ModelChoiceField(
        Circular.objects.none(), label="Menjawab surat edaran", required=False
    )
    people = forms.IntegerField(label="Orang", min_value=1)
    months = forms.IntegerField(label="Bulan", min_value=1, max_value=60)
    amount = forms.IntegerField(label="Jumlah (rupiah)", min_value=1)
    pledged_on = _day("Tanggal")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["company"].queryset = _companies(actor)
        self.fields["circular"].queryset = circulars(actor=actor)


class GatheringForm(forms.Form):
    region = forms.ModelChoiceField(None, label="Wilayah")
    on = _day("Tanggal")
    topic = forms.CharField(label="Topik", max_length=160)
    place = forms.CharField(label="Tempat", max_length=160)
    attended = forms.IntegerField(label="Jumlah hadir", min_value=0)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Region.objects.filter(
            code__startswith=actor.region_code
        ).exclude(level=Level.PROVINCE)


class FulfilForm(forms.Form):
    """Which fund the money of a pledge became."""

    fund = forms.ModelChoiceField(
        None, label="Dana", help_text="Dana milik perusahaan ini yang belum menjawab janji lain."
    )

    def __init__(self, *args: Any, actor: Actor, pledge: Pledge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fund"].queryset = Fund.objects.visible_to(actor).filter(
            organisation=pledge.company, pledge=None
        )
