from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError

from payung.apps.accounts.actor import Actor
from payung.apps.contributions.standing import Standing, with_standing
from payung.apps.db.months import today
from payung.apps.lists.models import Band
from payung.apps.regions.models import Level, Region
from payung.apps.workers import selectors
from payung.apps.workers.models import Sector, Sex, Worker, WorkerQuerySet
from payung.apps.workers.services import CORRECTABLE
from payung.identity import Occupations


class WorkerFilter(forms.Form):
    q = forms.CharField(label="Cari nama, NIK atau KPJ", required=False, max_length=80)
    kecamatan = forms.ChoiceField(label="Kecamatan", required=False)
    kelurahan = forms.ChoiceField(label="Kelurahan", required=False)
    pekerjaan = forms.ChoiceField(label="Pekerjaan", required=False)
    sektor = forms.ChoiceField(
        label="Sektor", required=False, choices=[("", "Semua sektor"), *Sector.choices]
    )
    status = forms.ChoiceField(
        label="Perlindungan", required=False, choices=[("", "Semua status"), *Standing.choices]
    )

    def __init__(self, data: Mapping[str, Any], *, actor: Actor) -> None:
        super().__init__(data)
        self.actor = actor
        self.fields["q"].widget.attrs["autocomplete"] = "off"
        self.fields["pekerjaan"].choices = [
            ("", "Semua pekerjaan"),
            *selectors.occupations(actor=actor),
        ]
        areas = Region.objects.filter(code__startswith=actor.region_code)
        kecamatan = list(areas.filter(level=Level.KECAMATAN).values_list("code", "name"))
        self._choose("kecamatan", [("", "Semua kecamatan"), *kecamatan], len(kecamatan))
        kelurahan = _by_kecamatan(areas.filter(level=Level.KELURAHAN))
        several = sum(len(places) for _, places in kelurahan)
        self._choose("kelurahan", [("", "Semua kelurahan"), *kelurahan], several)

    def rows(self, *, on: date) -> WorkerQuerySet:
        """The workers that fit what was asked, with their standing; nonsense is not asked."""
        self.full_clean()
        asked = self.cleaned_data
        found = selectors.workers(
            actor=self.actor,
            text=asked.get("q", ""),
            region=asked.get("kelurahan") or asked.get("kecamatan") or "",
            occupation=asked.get("pekerjaan", ""),
            sector=asked.get("sektor", ""),
        )
        found = with_standing(found, on=on)
        if standing := asked.get("status"):
            found = found.filter(standing=standing)
        return found

    def _choose(self, name: str, choices: list[Any], several: int) -> None:
        if several > 1:
            self.fields[name].choices = choices
        else:
            del self.fields[name]


def _by_kecamatan(areas: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    rows = areas.order_by("code").values_list("parent__name", "code", "name")
    return [
        (kecamatan or "Kelurahan", [(code, name) for _, code, name in members])
        for kecamatan, members in groupby(rows, key=lambda row: row[0])
    ]


def _day(label: str, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        **options,
    )


class DeathForm(forms.Form):
    died_on = _day("Tanggal meninggal", initial=today)
    reason = forms.CharField(
        label="Diketahui dari",
        max_length=300,
        help_text="Misalnya nomor akta kematian, atau nama anggota keluarga yang melapor.",
    )


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label="Mengapa ditarik",
        max_length=300,
        help_text="Misalnya «orangnya datang ke kelurahan membawa KTP». Tercatat di riwayat.",
    )


class WorkerForm(forms.Form):
    """A worker's own values, as they should be."""

    nik = forms.CharField(
        label="NIK", max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    name = forms.CharField(label="Nama", max_length=200)
    birth_place = forms.CharField(label="Tempat lahir", max_length=120, required=False)
    birth_date = _day("Tanggal lahir", required=False)
    sex = forms.ChoiceField(
        label="Jenis kelamin", choices=[("", "Belum diketahui"), *Sex.choices], required=False
    )
    mother_name = forms.CharField(label="Nama ibu", max_length=200, required=False)
    kk = forms.CharField(
        label="Nomor KK",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    address = forms.CharField(label="Alamat", max_length=300, required=False)
    rt_rw = forms.CharField(label="RT/RW", max_length=20, required=False)
    region = forms.ChoiceField(label="Kelurahan")
    phone = forms.CharField(label="Telepon", max_length=32, required=False)
    email = forms.EmailField(label="Surel", required=False)
    occupation = forms.ChoiceField(label="Pekerjaan", required=False)
    income = forms.IntegerField(label="Penghasilan sebulan (rupiah)", min_value=0, required=False)
    reason = forms.CharField(
        label="Alasan perbaikan",
        max_length=300,
        help_text="Misalnya «sesuai KTP yang diperlihatkan». Tercatat di riwayat.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, worker: Worker) -> None:
        own = {
            field: worker.region_id if field == "region" else getattr(worker, field)
            for field in CORRECTABLE
        }
        super().__init__(data, initial=own)
        self.own = own
        city = Region.objects.filter(code__startswith=worker.region_id[:5])
        places: list[Any] = _by_kecamatan(city.filter(level=Level.KELURAHAN))
        if worker.region.level != Level.KELURAHAN:
            places.insert(0, (worker.region_id, "Belum diketahui"))
        self.fields["region"].choices = places
        known = sorted(Occupations.packaged().entries, key=lambda entry: entry.name)
        unknown = worker.occupation_text or "Belum diketahui"
        self.fields["occupation"].choices = [
            *([] if worker.occupation else [("", unknown)]),
            *((entry.code, entry.name) for entry in known),
        ]

    def changed_values(self) -> dict[str, Any]:
        """The values that differ from the worker's."""
        return {
            field: self.cleaned_data[field]
            for field in CORRECTABLE
            if self.cleaned_data.get(field) != self.own[field]
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self.changed_values():
            raise ValidationError("Belum ada yang diubah.")
        return cleaned


ROWS, WORKERS = "baris", "pekerja"


class PairFilter(forms.Form):
    """Which pairs are asked about: rows or workers, how likely one person, by list."""

    jenis = forms.ChoiceField(
        required=False,
        choices=[(ROWS, "Baris daftar"), (WORKERS, "Pekerja terdaftar")],
        widget=forms.HiddenInput,
    )
    kemungkinan = forms.ChoiceField(
        label="Kemungkinan",
        required=False,
        choices=[("", "Semua"), ("tinggi", "Hampir pasti sama"), ("ragu", "Perlu dilihat")],
    )
    daftar = forms.ModelChoiceField(
        None, label="Dari daftar", required=False, empty_label="Semua daftar"
    )

    def __init__(self, data: Mapping[str, Any], *, lists: Any) -> None:
        super().__init__(data)
        self.fields["daftar"].queryset = lists

    def rows(self, pairs: Mapping[str, Any]) -> dict[str, Any]:
        """Of each kind the pairs that fit; `kind` says which of the two to show."""
        self.full_clean()
        return {kind: self._fitting(kind, found) for kind, found in pairs.items()}

    def kind(self, counts: Mapping[str, int]) -> str:
        """The kind that was asked for, or the first of which there are any."""
        asked = self.cleaned_data.get("jenis")
        return str(asked) if asked else WORKERS if counts[WORKERS] and not counts[ROWS] else ROWS

    def tabs(self, kind: str, counts: Mapping[str, int]) -> list[tuple[str, str, int, bool]]:
        """For each kind its words, the query that shows it, its count, whether it is shown."""
        kept = {name: self[name].value() for name in ("kemungkinan", "daftar")}
        asked = urlencode({name: value for name, value in kept.items() if value})
        return [
            (words, f"?jenis={each}{asked and '&'}{asked}", counts[each], each == kind)
            for each, words in self.fields["jenis"].choices
        ]

    def _fitting(self, kind: str, found: Any) -> Any:
        asked = self.cleaned_data
        if asked.get("kemungkinan") == "tinggi":
            found = found.filter(band=Band.SAME)
        elif asked.get("kemungkinan") == "ragu":
            found = found.filter(band=Band.REVIEW)
        if asked.get("daftar"):
            found = found.filter(**{"row__list" if kind == ROWS else "list": asked["daftar"]})
        return found
