import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import F, QuerySet

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Organisation
from payung.apps.accounts.selectors import organisations
from payung.apps.db.months import add_months, first_day, today
from payung.apps.screening import selectors
from payung.apps.screening.models import Check, Code, ReferenceKind, Screening
from payung.sheets import MAX_BYTES
from payung.web.shell.forms import FILE_ERRORS

_MEGABYTES = MAX_BYTES // 1024 // 1024


class ReferenceForm(forms.Form):
    kind = forms.ChoiceField(label="Jenis acuan", choices=ReferenceKind.choices)
    file = forms.FileField(
        error_messages=FILE_ERRORS,
        label="Berkas",
        help_text=f".xlsx, .xls, .ods atau .csv, paling besar {_MEGABYTES} MB, dengan kolom NIK, "
        "atau Nama dan Tanggal Lahir.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.xlsb,.ods,.csv,.txt"}),
    )
    as_of = forms.DateField(
        label="Keadaan per tanggal",
        help_text="Tanggal data itu diambil, bukan tanggal diunggah.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
    )
    source = forms.ModelChoiceField(
        Organisation.objects.none(), label="Pengirim", required=False, empty_label="Tidak dicatat"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = organisations(actor=actor).exclude(
            kind__in=["kecamatan", "kelurahan", "company"]
        )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(
                f"Berkas ini lebih besar daripada {_MEGABYTES} MB; hapus lembar dan gambar yang "
                "tidak perlu atau bagi menjadi beberapa berkas."
            )
        return file


@contextmanager
def on_disk(file: UploadedFile) -> Iterator[Path]:
    """The uploaded file under a path, gone afterwards."""
    with tempfile.NamedTemporaryFile(prefix="payung-acuan-") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        yield Path(kept.name)


class RunForm(forms.Form):
    on = forms.DateField(
        label="Perlindungan mulai bulan",
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "month", "placeholder": "2026-01"}, format="%Y-%m"),
        help_text="Usia dinilai pada tanggal 1 bulan ini.",
    )

    @staticmethod
    def next_month() -> date:
        return add_months(first_day(today()), 1)


class CheckFilter(forms.Form):
    hasil = forms.ChoiceField(
        label="Hasil", required=False, choices=[("", "Semua hasil"), *Code.choices]
    )
    keadaan = forms.ChoiceField(
        label="Keadaan",
        required=False,
        choices=[
            ("", "Semua"),
            ("pastikan", "Perlu dipastikan"),
            ("gugur", "Menggugurkan"),
            ("diputuskan", "Sudah diputuskan"),
        ],
    )

    def rows(self, *, actor: Actor, screening: Screening) -> QuerySet[Check]:
        """The run's findings that fit what was asked; what makes no sense is not asked."""
        self.full_clean()
        found = selectors.checks(actor=actor, screening=screening)
        if code := self.cleaned_data.get("hasil"):
            found = found.filter(code=code)
        state = self.cleaned_data.get("keadaan")
        if state == "pastikan":
            # a decile in doubt is not used, and nobody is asked about it; the likeliest first
            found = found.filter(doubtful=True).exclude(code=Code.DECILE)
            found = found.order_by(F("probability").desc(nulls_last=True), "id")
        elif state == "gugur":
            found = found.filter(excludes=True)
        elif state == "diputuskan":
            found = found.exclude(decided_by=None)
        return found
