import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Organisation
from payung.apps.db.months import add_months, first_day, today
from payung.apps.lists import selectors
from payung.apps.lists.models import Fate, List, Row, Severity, Sheet, State
from payung.identity import mask_nik
from payung.sheets import FIELD_WORDS, MAX_BYTES
from payung.web.lists.words import code_word
from payung.web.shell.formats import bulan, number
from payung.web.shell.forms import FILE_ERRORS

_MONTHS_BACK, _MONTHS_AHEAD = 12, 13
_MEGABYTE = 1024 * 1024


class ListFilter(forms.Form):
    q = forms.CharField(label="Cari berkas atau perihal", required=False)
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Semua status"), *State.choices]
    )
    pengirim = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Pengirim",
        required=False,
        empty_label="Semua pengirim",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        senders = selectors.senders(actor=actor)
        self.fields["pengirim"].queryset = senders
        if senders.count() < 2:
            del self.fields["pengirim"]

    def rows(self, *, actor: Actor) -> QuerySet[List]:
        """The lists that fit what was asked; what makes no sense is not asked."""
        self.full_clean()
        asked = self.cleaned_data
        return selectors.lists(
            actor=actor,
            sender=asked.get("pengirim"),
            state=asked.get("status", ""),
            text=asked.get("q", ""),
        )


class UploadForm(forms.Form):
    file = forms.FileField(
        error_messages=FILE_ERRORS,
        label="Berkas daftar",
        help_text=f".xlsx, .xls, .ods atau .csv, paling besar {MAX_BYTES // _MEGABYTE} MB. "
        "Judul, baris kosong dan kolom tambahan boleh dibiarkan apa adanya.",
        widget=forms.FileInput(
            # the chosen file stays chosen when the form comes back with an error
            attrs={"accept": ".xlsx,.xls,.xlsb,.ods,.csv,.txt", "hx-preserve": "true"}
        ),
    )
    sender = forms.ModelChoiceField(None, label="Pengirim", empty_label="Pilih pengirim")
    start_month = forms.TypedChoiceField(
        label="Perlindungan mulai",
        coerce=date.fromisoformat,
        help_text="Umur setiap orang dinilai pada tanggal 1 bulan ini.",
    )
    subject = forms.CharField(
        label="Perihal",
        max_length=160,
        required=False,
        help_text="Misalnya «Usulan kader posyandu 2026».",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        senders = selectors.senders(actor=actor)
        sender, start = self.fields["sender"], self.fields["start_month"]
        sender.queryset = senders
        if senders.count() == 1:
            sender.empty_label = None
            sender.initial = senders.get()
        elif senders.filter(pk=actor.organisation.pk).exists():
            sender.initial = actor.organisation
        month = first_day(today())
        start.choices = [
            (each.isoformat(), bulan(each))
            for each in (add_months(month, n) for n in range(-_MONTHS_BACK, _MONTHS_AHEAD))
        ]
        start.initial = add_months(month, 1).isoformat()


class ColumnsForm(forms.Form):
    """What each column of a sheet means; a field per column, named by its place."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, sheet: Sheet) -> None:
        super().__init__(data, prefix=f"lembar-{sheet.pk}")
        self.sheet = sheet
        for column in sheet.columns:
            self.fields[str(column["index"])] = forms.ChoiceField(
                label=f"Kolom {column['heading'] or column['index'] + 1} menjadi",
                choices=[("", "— abaikan —"), *FIELD_WORDS.items()],
                required=False,
                initial=column["field"] or "",
            )

    def lines(self) -> list[dict[str, Any]]:
        """Each column with its samples and the field in which its meaning is chosen."""
        return [
            {
                **column,
                "word": FIELD_WORDS.get(column["field"], ""),
                "samples": [_masked(text) for text in column["samples"]],
                "choice": self[str(column["index"])],
            }
            for column in self.sheet.columns
        ]

    def mapping(self) -> dict[str, str]:
        """heading → field, "" for not used; of two columns with one heading the used one counts."""
        meant: dict[str, str] = {}
        for column in self.sheet.columns:
            chosen = self.cleaned_data[str(column["index"])]
            meant[column["heading"]] = chosen or meant.get(column["heading"], "")
        return meant

    @property
    def guesses(self) -> int:
        return sum(bool(each["field"]) and not each["certain"] for each in self.sheet.columns)

    @property
    def known(self) -> int:
        return sum(bool(each["field"]) for each in self.sheet.columns)


_LONG_NUMBER = re.compile(r"\d{10,}")


def _masked(sample: str) -> str:
    """A sample without whole NIK, KK and telephone numbers."""
    return _LONG_NUMBER.sub(lambda found: mask_nik(found[0]), sample)


class CorrectionForm(forms.Form):
    """Every field of a row as text, as one would write it in the file."""

    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "misalnya sesuai KTP"}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, said: Mapping[str, str]) -> None:
        super().__init__(data)
        self.said = said
        reason = self.fields.pop("reason")
        for field, word in FIELD_WORDS.items():
            attrs = {"autocomplete": "off", **input_hints(field)}
            self.fields[field] = forms.CharField(
                label=word,
                max_length=300,
                required=False,
                initial=said.get(field, ""),
                widget=forms.TextInput(attrs=attrs),
            )
        self.fields["reason"] = reason

    def changed_values(self) -> dict[str, str]:
        """The fields whose text differs from what the row says now."""
        return {
            field: self.cleaned_data[field]
            for field in FIELD_WORDS
            if self.cleaned_data[field] != self.said.get(field, "").strip()
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self.changed_values():
            raise ValidationError("Belum ada yang diubah.")
        return cleaned


_HINTS = {
    "nik": {"inputmode": "numeric"},
    "kk": {"inputmode": "numeric"},
    "phone": {"inputmode": "tel"},
    "birth_date": {"placeholder": "31-12-1980"},
    "sex": {"placeholder": "L atau P"},
    "kelurahan": {"list": "kelurahan"},
    "occupation": {"list": "pekerjaan"},
}


def input_hints(field: str) -> dict[str, str]:
    """Attributes that help to type this field."""
    return _HINTS.get(field, {})


class RowFilter(forms.Form):
    """Which rows of a list are shown: by default those with a problem."""

    q = forms.CharField(label="Cari nama atau NIK", required=False, max_length=80)
    tingkat = forms.ChoiceField(label="Tingkat", required=False)
    kode = forms.ChoiceField(label="Masalah", required=False)
    nasib = forms.ChoiceField(label="Hasil", required=False)

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        found: List,
        problems: Iterable[selectors.Problem],
        fates: Mapping[str, int],
    ) -> None:
        super().__init__(data)
        self.fields["tingkat"].choices = [
            ("", "Yang bermasalah"),
            ("salah", f"Salah ({number(found.rejected)})"),
            ("peringatan", f"Peringatan ({number(found.warned)})"),
            ("siap", f"Siap ({number(found.clean)})"),
            ("semua", f"Semua ({number(found.rows)})"),
        ]
        self.fields["kode"].choices = [("", "Semua masalah")] + [
            (each.code, f"{code_word(each.code)} ({number(each.count)})") for each in problems
        ]
        if found.state == State.ACCEPTED:
            self.fields["nasib"].choices = [("", "Semua hasil")] + [
                (fate.value, f"{fate.label} ({number(fates[fate])})") for fate in Fate
            ]
        else:
            del self.fields["nasib"]

    def rows(self, *, actor: Actor, found: List) -> QuerySet[Row]:
        """The rows that fit what was asked; what makes no sense is not asked."""
        self.full_clean()
        asked = self.cleaned_data
        wanted = {
            "fate": asked.get("nasib", ""),
            "code": asked.get("kode", ""),
            "text": asked.get("q", ""),
        }
        rows = selectors.rows(
            actor=actor, list=found, severity=_GRADES.get(asked.get("tingkat", "")), **wanted
        )
        if not asked.get("tingkat") and not any(wanted.values()):
            rows = rows.filter(severity__gt=Severity.CLEAN)
        return rows


_GRADES = {"siap": Severity.CLEAN, "peringatan": Severity.WARN, "salah": Severity.REJECT}


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Alasan", max_length=300, help_text="Misalnya «salah berkas» atau «diganti»."
    )
