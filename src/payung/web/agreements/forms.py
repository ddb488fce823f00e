from typing import Any

from django import forms

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.selectors import organisations
from payung.apps.agreements.models import Agreement, Kind
from payung.apps.agreements.selectors import agreements


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
    )


def _clause(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AgreementForm(forms.Form):
    kind = forms.ChoiceField(label="Jenis", choices=Kind.choices)
    number = forms.CharField(label="Nomor", max_length=80)
    title = forms.CharField(label="Judul", max_length=200)
    parent = forms.ModelChoiceField(
        Agreement.objects.none(),
        label="Induk",
        required=False,
        help_text="PKS harus berinduk pada sebuah MoU.",
    )
    first_party = forms.ModelChoiceField(None, label="Pihak pertama")
    second_party = forms.ModelChoiceField(None, label="Pihak kedua")
    signed_on = _day("Ditandatangani")
    starts_on = _day("Mulai berlaku")
    ends_on = _day("Berakhir")
    quota = forms.IntegerField(label="Kuota orang", min_value=1, required=False)
    ceiling = forms.IntegerField(label="Pagu (rupiah)", min_value=1, required=False)
    replacement = _clause("Klausul penggantian peserta")
    refund = _clause("Klausul pengembalian iuran")
    data = _clause("Klausul pertukaran dan perlindungan data")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = organisations(actor=actor).exclude(kind__in=["kecamatan", "kelurahan"])
        self.fields["parent"].queryset = agreements(actor=actor).filter(
            kind__in=[Kind.MOU, Kind.PKS]
        )
        self.fields["first_party"].queryset = parties
        self.fields["second_party"].queryset = parties

    def terms(self) -> dict[str, Any]:
        """What `services.sign` takes, once the form is valid."""
        values = dict(self.cleaned_data)
        clauses = [(kind, values.pop(kind)) for kind in ("replacement", "refund", "data")]
        return {
            **values,
            "kind": Kind(values["kind"]),
            "clauses": [{"kind": kind, "text": text} for kind, text in clauses if text],
        }
