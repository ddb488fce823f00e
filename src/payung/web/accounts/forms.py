from typing import Any

from django import forms

from payung.apps.accounts.models import Kind, Organisation, Role
from payung.apps.accounts.policy import roles_in

_AREAS = {Kind.CITY, Kind.KECAMATAN, Kind.KELURAHAN}  # the first run makes these


class FilterForm(forms.Form):
    q = forms.CharField(label="Cari nama", required=False)
    kind = forms.ChoiceField(
        label="Jenis",
        required=False,
        choices=[("", "Selain kecamatan dan kelurahan"), *Kind.choices],
    )


class OrganisationForm(forms.Form):
    kind = forms.ChoiceField(
        label="Jenis", choices=[(kind.value, kind.label) for kind in Kind if kind not in _AREAS]
    )
    name = forms.CharField(label="Nama lengkap", max_length=120)
    slug = forms.SlugField(
        label="Kode singkat",
        max_length=60,
        required=False,
        help_text="Huruf kecil, angka dan tanda hubung; dipakai di terminal. "
        "Kosongkan agar dibuat dari nama.",
    )

    def clean_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"])


class MemberForm(forms.Form):
    email = forms.EmailField(label="Surel")
    name = forms.CharField(label="Nama lengkap", max_length=120)
    role = forms.ChoiceField(label="Peran")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [
            (role.value, role.label) for role in roles_in(Kind(organisation.kind))
        ]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])
