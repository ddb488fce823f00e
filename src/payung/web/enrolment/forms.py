from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Kind
from payung.apps.accounts.selectors import organisations
from payung.apps.enrolment import selectors
from payung.apps.enrolment.models import Answer, BatchState, Line
from payung.web.shell.forms import FILE_ERRORS

_MEGABYTE = 1024 * 1024


class BatchFilter(forms.Form):
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Semua status"), *BatchState.choices]
    )


class BatchForm(forms.Form):
    """Which plan's people start in which month."""

    plan = forms.ModelChoiceField(None, label="Rencana yang disetujui", empty_label=None)
    start_month = forms.DateField(
        label="Mulai perlindungan",
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        input_formats=["%Y-%m"],
        error_messages={"invalid": "Tulis bulan sebagai 2026-01."},
    )
    branch = forms.ModelChoiceField(None, label="Cabang BPJS", empty_label=None)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = selectors.plans_to_send(actor=actor)
        self.fields["plan"].queryset = plans
        if newest := plans.first():
            self.initial.setdefault("start_month", newest.first_month)
        branches = organisations(actor=actor).filter(kind=Kind.BRANCH)
        self.fields["branch"].queryset = branches
        if branches.count() < 2:
            del self.fields["branch"]


class AnswerForm(forms.Form):
    file = forms.FileField(
        error_messages=FILE_ERRORS,
        label="Berkas jawaban cabang",
        help_text=".xlsx, .xls, .ods atau .csv, dengan kolom NIK, status, KPJ dan tanggal mulai. "
        "Isinya diperlihatkan dahulu; belum ada yang dicatat.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                f"Berkas lebih besar dari {settings.UPLOAD_MAX_BYTES // _MEGABYTE} MB; "
                "pastikan ini berkas jawaban satu gelombang."
            )
        return file


class LineFilter(forms.Form):
    jawaban = forms.ChoiceField(
        label="Jawaban", required=False, choices=[("", "Semua"), *Answer.choices]
    )
    kode = forms.ChoiceField(label="Kode tolak", required=False)

    def __init__(self, *args: Any, codes: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted({row["reject_code"] for row in codes if row["reject_code"]})
        self.fields["kode"].choices = [("", "Semua"), *((code, code) for code in known)]
        if not known:
            del self.fields["kode"]

    def of(self, lines: QuerySet[Line]) -> QuerySet[Line]:
        """The lines that fit what was asked; what makes no sense is not asked."""
        self.full_clean()
        if answer := self.cleaned_data.get("jawaban"):
            lines = lines.filter(answer=answer)
        if code := self.cleaned_data.get("kode"):
            lines = lines.filter(reject_code=code)
        return lines
