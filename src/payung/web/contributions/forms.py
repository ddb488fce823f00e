from django import forms

from payung.apps.contributions.models import Invoice
from payung.apps.db.months import first_day, today


class MonthForm(forms.Form):
    month = forms.DateField(
        label="Bulan iuran",
        initial=lambda: first_day(today()),
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        input_formats=["%Y-%m"],
        error_messages={"invalid": "Tulis bulan sebagai 2026-01."},
    )


class PaymentForm(forms.Form):
    amount = forms.IntegerField(
        label="Jumlah dibayar (rupiah)",
        min_value=1,
        localize=False,
        help_text="Boleh sebagian: uangnya membeli bulan sebanyak mungkin orang secara utuh, "
        "menurut urutan baris.",
    )
    paid_on = forms.DateField(
        label="Tanggal bayar",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        help_text="Tanggal pada bukti bayar, bukan tanggal pencatatan.",
    )
    reference = forms.CharField(label="Nomor bukti bayar", max_length=80)

    @classmethod
    def for_invoice(cls, invoice: Invoice) -> "PaymentForm":
        return cls(initial={"amount": invoice.unpaid, "paid_on": today()})


class CancelForm(forms.Form):
    because = forms.CharField(label="Alasan pembatalan", max_length=300)


class LapsingFilter(forms.Form):
    """Which of those who are near to losing cover."""

    kelompok = forms.ChoiceField(label="Siapa", required=False)

    def __init__(self, *args: object, limit: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kelompok"].choices = [
            ("", "Semua yang menunggak"),
            *((str(count), f"Menunggak {count} bulan") for count in range(1, limit + 1)),
            ("berakhir", "Segera berakhir"),
        ]
