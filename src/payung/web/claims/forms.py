from typing import Any

from django import forms

from payung import law
from payung.apps.claims.models import ClaimKind, ClaimState
from payung.apps.db.months import today


class ClaimForm(forms.Form):
    kind = forms.ChoiceField(label="Apa yang terjadi", choices=ClaimKind.choices)
    event_at = forms.DateTimeField(
        label="Waktu kejadian",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M"],
    )
    place = forms.CharField(label="Tempat", max_length=160, required=False)
    story = forms.CharField(
        label="Kronologi", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    reporter_name = forms.CharField(label="Nama pelapor", max_length=120)
    reporter_phone = forms.CharField(label="Telepon pelapor", max_length=32, required=False)
    died_on = forms.DateField(
        label="Tanggal meninggal",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        help_text="Hanya bila meninggal beberapa hari setelah kecelakaan kerja.",
    )
    months_unable = forms.IntegerField(
        label="Bulan tidak mampu bekerja",
        required=False,
        min_value=0,
        max_value=60,
        help_text="Hanya untuk kecelakaan kerja; boleh diisi perkiraan dokter.",
    )
    children = forms.CharField(
        label="Umur anak yang bersekolah",
        max_length=40,
        required=False,
        help_text="Untuk beasiswa: umur pada hari kejadian, dipisah koma, misalnya 8, 16.",
    )

    def clean_children(self) -> list[int]:
        """Ages in whole years, in the order written."""
        ages = self.cleaned_data["children"].replace(";", ",").split(",")
        try:
            return [int(age) for age in ages if age.strip()]
        except ValueError:
            raise forms.ValidationError(
                "Tulis umur anak dengan angka, dipisah koma, misalnya 8, 16."
            ) from None


class HeirForm(forms.Form):
    name = forms.CharField(label="Nama ahli waris", max_length=120)
    relation = forms.ChoiceField(
        label="Hubungan",
        choices=lambda: [(rank.code, f"{rank.order}. {rank.name}") for rank in law.heirs_order()],
        help_text="Urutan menurut hukum; yang pertama ada, dialah yang berhak.",
    )
    phone = forms.CharField(label="Telepon", max_length=32, required=False)


class DayForm(forms.Form):
    """A day something was done on; the label says what."""

    on = forms.DateField(
        label="Tanggal",
        initial=today,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
    )

    def __init__(self, *args: Any, label: str = "Tanggal", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = label


class PaidForm(forms.Form):
    paid_on = forms.DateField(
        label="Tanggal dibayar",
        initial=today,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
    )
    amount = forms.IntegerField(label="Jumlah dibayar (rupiah)", min_value=1, localize=False)
    note = forms.CharField(
        label="Keterangan",
        max_length=300,
        required=False,
        help_text="Wajib bila jumlahnya berbeda dari perhitungan.",
    )


class EndForm(forms.Form):
    state = forms.ChoiceField(
        label="Berakhir karena",
        choices=[
            (ClaimState.REFUSED.value, "Ditolak BPJS"),
            (ClaimState.CLOSED.value, "Dibuka karena keliru"),
        ],
    )
    note = forms.CharField(label="Alasan", max_length=300)
