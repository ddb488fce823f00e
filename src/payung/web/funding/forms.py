from typing import Any

from django import forms

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Organisation
from payung.apps.accounts.selectors import organisations
from payung.apps.agreements.models import Agreement
from payung.apps.agreements.selectors import agreements
from payung.apps.funding.candidates import categories
from payung.apps.funding.models import FundKind
from payung.apps.regions.models import Level, Region

_MOST = 10**15  # rupiah; more is a slip of the hand


def month_field(label: str, **extra: Any) -> forms.DateField:
    """A contribution month, read as its first day."""
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "month", "placeholder": "2026-01"}, format="%Y-%m"),
        **extra,
    )


class FundForm(forms.Form):
    name = forms.CharField(label="Nama dana", max_length=120)
    kind = forms.ChoiceField(
        label="Sumber",
        choices=FundKind.choices,
        help_text="Menentukan keringanan iuran: yang dibayar APBD tidak mendapat potongan.",
    )
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Pemilik dana")
    agreement = forms.ModelChoiceField(
        Agreement.objects.none(),
        label="Perjanjian yang mendasari",
        required=False,
        empty_label="Tanpa perjanjian",
    )
    first_month = month_field("Bulan iuran pertama")
    last_month = month_field("Bulan iuran terakhir")
    quota = forms.IntegerField(label="Kuota orang", min_value=1, required=False)
    categories = forms.MultipleChoiceField(
        label="Hanya untuk kategori",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tanpa pilihan: semua kategori.",
    )
    kelurahan_prefixes = forms.ModelMultipleChoiceField(
        Region.objects.none(),
        label="Hanya untuk kecamatan",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tanpa pilihan: seluruh kota.",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations(actor=actor).exclude(
            kind__in=["kecamatan", "inspectorate", "branch"]
        )
        self.fields["agreement"].queryset = agreements(actor=actor)
        self.fields["categories"].choices = [
            (name, name.replace("-", " ").capitalize()) for name in categories()
        ]
        self.fields["kelurahan_prefixes"].queryset = Region.objects.filter(
            parent=actor.city_code, level=Level.KECAMATAN
        )

    def clean_kelurahan_prefixes(self) -> list[str]:
        return [region.pk for region in self.cleaned_data["kelurahan_prefixes"]]


class GrantForm(forms.Form):
    amount = forms.IntegerField(label="Jumlah (rupiah)", min_value=1, max_value=_MOST)
    on = forms.DateField(
        label="Tanggal",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
    )
    note = forms.CharField(
        label="Keterangan",
        max_length=200,
        required=False,
        help_text="Misalnya nomor DPA atau surat pemberi dana.",
    )
