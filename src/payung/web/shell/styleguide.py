"""Every component with made-up data, for whoever builds a page. Absent from real installations."""

from datetime import date, datetime, timedelta

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from payung.apps.audit.models import Event
from payung.apps.jobs.models import Job, State
from payung.law import Contribution, bpu_contribution
from payung.web.access import Request
from payung.web.shell import charts
from payung.web.shell.history import Item, of_event
from payung.web.shell.paging import paged

_STATES = [("active", "Aktif"), ("overdue", "Menunggak"), ("draft", "Draf"), ("ended", "Berakhir")]
_PLACES = [("Karawaci", 16), ("Tangerang", 8), ("Cipondoh", 10), ("Pinang", 11), ("Benda", 5)]
_NAMES = ["Siti Contoh", "Agus Rekaan", "Dewi Misalnya Putri Ningrum", "Budi Umpama"]


class SampleFilters(forms.Form):
    q = forms.CharField(label="Cari nama atau NIK", required=False)
    status = forms.ChoiceField(
        label="Status", choices=[("", "Semua status"), *_STATES], required=False
    )
    kecamatan = forms.ChoiceField(
        label="Kecamatan",
        choices=[("", "Semua kecamatan"), *((name, name) for name, _ in _PLACES)],
        required=False,
    )


class SampleForm(forms.Form):
    name = forms.CharField(label="Nama sesuai KTP", max_length=120)
    born = forms.DateField(
        label="Tanggal lahir",
        help_text="Seperti di KTP: 12-01-1980.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    sex = forms.ChoiceField(
        label="Jenis kelamin",
        choices=[("L", "Laki-laki"), ("P", "Perempuan")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea)
    sure = forms.BooleanField(label="Data ini sudah dicocokkan dengan KTP aslinya.")


class SampleUpload(forms.Form):
    file = forms.FileField(
        label="Berkas daftar", help_text=".xlsx, .xls, .ods atau .csv, paling besar 50 MB."
    )


def show(request: Request) -> HttpResponse:
    """All components on one page; the filter bar and pager work on 137 made-up rows."""
    filters = SampleFilters(request.GET)
    now = timezone.now()
    context = {
        "filters_form": filters,
        "page": paged(request, _rows(filters), per=8),
        "form": SampleForm(),
        "wrong_form": SampleForm({"name": "", "born": "31-02-1979", "sex": "L"}, prefix="wrong"),
        "upload_form": SampleUpload(),
        "done": Job(pk=1, label="Membaca daftar Batuceper", state=State.DONE, url="/gaya/"),
        "failed": Job(
            pk=2,
            label="Membaca daftar Benda",
            state=State.FAILED,
            error="Berkas ini terkunci kata sandi. Simpan tanpa kata sandi, lalu unggah lagi.",
        ),
        "price": _price(),
        "items": [
            Item(now, "Didaftarkan ke BPJS", "Berkas 12, baris 40", "Maya Contoh", tone="warn"),
            Item(now - timedelta(days=3), "Masuk rencana APBD 2026", who="Budi Contoh"),
            of_event(Event(at=now - timedelta(days=9), act="list.accepted", row_count=367)),
        ],
        "today": now,
        "born": date(1980, 1, 12),
        "late": datetime(2026, 11, 15, 9, 5, tzinfo=timezone.get_default_timezone()),
        **_charts(),
    }
    return render(request, "shell/styleguide.html", context)


def _rows(filters: SampleFilters) -> list[dict[str, str]]:
    wanted = filters.cleaned_data if filters.is_valid() else {}
    rows, price = [], _price()
    for number in range(137):
        state, word = _STATES[number * 7 % 11 % 4]
        row = {
            "name": _NAMES[number % 4],
            "nik": f"36710{number % 9 + 1}450882{number:04}",
            "place": _PLACES[number % 5][0],
            "state": state,
            "word": word,
            "amount": price.amount * (number % 12 + 1),
        }
        fits = (
            wanted.get("q", "").lower() in (row["name"] + row["nik"]).lower(),
            wanted.get("status", "") in {"", state},
            wanted.get("kecamatan", "") in {"", row["place"]},
        )
        if all(fits):
            rows.append(row)
    return rows


def _price() -> Contribution:
    return bpu_contribution(date(2026, 11, 1))


def _charts() -> dict[str, str]:
    months = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov")
    tiles = [
        charts.Tile(
            f"{place}{number:02}",
            f"{name} {number}",
            name,
            (number * 13 + place * 7) % 51,
            "/gaya/",
        )
        for place, (name, count) in enumerate(_PLACES)
        for number in range(1, count + 1)
    ]
    return {
        "bars": charts.bars(charts.Item(name, count * 16, "/gaya/") for name, count in _PLACES),
        "line": charts.line(
            [(month, 820 + number * 61) for number, month in enumerate(months)],
            "Pekerja aktif per bulan",
        ),
        "shares": charts.shares(
            [("siap", 367, "good"), ("peringatan", 28, "warn"), ("salah", 17, "bad")]
        ),
        "tiles": charts.tiles(tiles),
    }
