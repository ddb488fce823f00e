from typing import Any

from django import forms
from django.utils.timezone import localdate

from payung import law
from payung.apps.claims.models import Claim, ClaimKind, ClaimState
from payung.apps.db.months import today


class Ages(forms.CharField):
    """Ages in whole years with commas between them, in the order written."""

    def clean(self, value: Any) -> list[int]:
        ages = super().clean(value).replace(";", ",").split(",")
        try:
            return [int(age) for age in ages if age.strip()]
        except ValueError:
            raise forms.ValidationError(
                "Tulis umur anak dengan angka, dipisah koma, misalnya 8, 16."
            ) from None


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
    sudden = forms.BooleanField(
        label="Meninggal mendadak saat bekerja",
        required=False,
        help_text="Hanya untuk meninggal karena kecelakaan kerja (JKK): di tempat kerja, atau "
        "setelah serangan sakit di sana.",
    )
    children = Ages(
        label="Umur anak yang bersekolah",
        max_length=40,
        required=False,
        help_text="Untuk beasiswa: umur pada hari kejadian, dipisah koma, misalnya 8, 16.",
    )


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


LOST = ("1", "2", "3")  # how many lasting disabilities a form can name


def _disabilities() -> list[tuple[str, Any]]:
    kinds = law.disability_kinds(today())
    return [
        ("", "Tidak ada"),
        ("total", "Cacat total tetap"),
        ("Bagian tubuh", [(each.code, each.name) for each in kinds if not each.measure]),
        ("Yang diukur", [(each.code, each.name) for each in kinds if each.measure]),
    ]


class OutcomeForm(DayForm):
    """What a doctor declared: the day, how long without work, and what is lost for good."""

    months_unable = forms.IntegerField(
        label="Bulan tidak mampu bekerja",
        required=False,
        min_value=0,
        max_value=60,
        help_text="Sampai dinyatakan sembuh atau cacat.",
    )
    left_handed = forms.BooleanField(label="Kidal", required=False)
    children = Ages(
        label="Umur anak yang bersekolah",
        max_length=40,
        required=False,
        help_text="Hanya untuk beasiswa setelah cacat total tetap: umur pada hari kecelakaan.",
    )

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        said = {
            "months_unable": claim.months_unable,
            "left_handed": claim.left_handed,
            "children": ", ".join(map(str, claim.children)),
        }
        for number, code in zip(LOST, claim.disability, strict=False):
            part, _, extent = code.replace("@", ":").partition(":")
            said |= {f"part{number}": part, f"extent{number}": extent}
        super().__init__(*args, initial=said, **kwargs)
        self.day = localdate(claim.event_at)
        rest = {name: self.fields.pop(name) for name in ("left_handed", "children")}
        for number in LOST:
            self.fields[f"part{number}"] = forms.ChoiceField(
                label=f"Cacat ke-{number}", choices=_disabilities, required=False
            )
            self.fields[f"extent{number}"] = forms.IntegerField(
                label=f"Ukuran cacat ke-{number}",
                required=False,
                min_value=1,
                max_value=200,
                help_text="Kosong bila hilang seluruhnya; persen bila hanya fungsinya berkurang; "
                "desibel untuk pendengaran.",
            )
        self.fields |= rest

    def clean(self) -> None:
        for number in LOST:
            given = self.cleaned_data
            if given.get(f"extent{number}") and not given.get(f"part{number}"):
                self.add_error(f"part{number}", "Pilih cacatnya, atau kosongkan ukurannya.")

    @property
    def declared(self) -> dict[str, Any]:
        """What `note_outcome` takes, once the form is valid."""
        given = self.cleaned_data
        codes = [
            law.disability_code(self.day, given[f"part{number}"], given[f"extent{number}"])
            for number in LOST
            if given[f"part{number}"]
        ]
        kept = {name: given[name] for name in ("on", "months_unable", "left_handed", "children")}
        return {**kept, "disability": codes}


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
