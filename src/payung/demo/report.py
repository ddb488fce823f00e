"""The year on one screen: every number is counted from the records, none is remembered."""

from datetime import date

from django.db.models import Count, Sum
from rich.columns import Columns
from rich.console import Console, Group
from rich.table import Table

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.selectors import terminal_actor
from payung.apps.audit.models import Event
from payung.apps.audit.selectors import broken_link
from payung.apps.claims.selectors import claims
from payung.apps.contributions.models import PaidMonth
from payung.apps.contributions.selectors import invoices
from payung.apps.coverage.selectors import Reached, coverage
from payung.apps.enrolment.models import Line
from payung.apps.funding.models import Allocation, Fund, LeftOut
from payung.apps.lists.models import Fate, List, Row
from payung.apps.screening.models import Check, Screening, Verdict
from payung.apps.workers.models import Worker
from payung.demo.accounts import DEMO_ACCOUNTS
from payung.identity.numbers import dotted

_MONTH = date(2026, 11, 1)


def print_report(console: Console, seconds: str) -> None:
    """The made-up year, for whoever runs the demo."""
    actor = terminal_actor(email=None)
    console.print(
        f"\n[bold]Kota Tangerang rekaan, 2026[/bold] (dijalankan dalam {seconds} detik)\n"
    )
    reached = coverage(actor=actor, month=_MONTH)
    console.print(
        Columns([_way(actor), Group(_funds(actor), _claims(actor))], padding=(0, 3), expand=False)
    )
    console.print(
        Columns(
            [
                _areas("Kecamatan", reached.kecamatan, 13),
                _areas("Kategori", reached.categories, 8),
            ],
            padding=(0, 3),
        )
    )
    broken = broken_link()
    state = "utuh" if broken is None else f"PUTUS pada peristiwa {broken.pk}"
    console.print(f"Jejak audit: {_n(Event.objects.count())} peristiwa, rantai {state}.\n")


def print_accounts(console: Console, url: str) -> None:
    """Where the site is and who may enter."""
    table = Table(title=f"Situs: {url}", box=None, pad_edge=False)
    table.add_column("Peran", no_wrap=True)
    table.add_column("Surel", no_wrap=True)
    table.add_column("Organisasi", no_wrap=True, overflow="ellipsis")
    for account in DEMO_ACCOUNTS:
        table.add_row(account["role"], account["email"], account["organisation"])
    console.print(table)
    console.print(f"Kata sandi semuanya: [bold]{DEMO_ACCOUNTS[0]['password']}[/bold]")
    console.print("Hanya ada di basis data kota rekaan ini. Ctrl+C untuk berhenti.\n")


def _way(actor: Actor) -> Table:
    """One line per stage of the way."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(justify="right", style="bold")
    table.add_column()
    lists = List.objects.visible_to(actor).aggregate(
        n=Count("pk"), rows=Sum("rows"), clean=Sum("clean"), warn=Sum("warned"), bad=Sum("rejected")
    )
    fates = dict(Row.objects.values_list("fate").order_by().annotate(Count("pk")))
    table.add_row(_n(lists["rows"]), f"baris pada {lists['n']} daftar")
    table.add_row(
        "",
        f"{_n(lists['clean'])} siap, {_n(lists['warn'])} peringatan, {_n(lists['bad'])} ditolak",
    )
    table.add_row(_n(Worker.objects.visible_to(actor).persons().count()), "orang di registri")
    table.add_row(_n(fates.get(Fate.JOINED, 0)), "baris orang yang sudah terdaftar")
    table.add_row(_n(fates.get(Fate.REVIEW, 0)), "baris menunggu keputusan orang")
    screening = Screening.objects.latest("id")
    table.add_row(_n(screening.eligible), f"layak, dari {_n(screening.workers)} disaring")
    for code, count in (
        Check.objects.filter(screening=screening, excludes=True)
        .values_list("code")
        .order_by()
        .annotate(n=Count("pk"))
        .order_by("-n")[:4]
    ):
        table.add_row("", f"{_n(count)} gugur: {_CODES.get(code, code)}")
    doubtful = Verdict.objects.filter(screening=screening, doubtful=True).count()
    table.add_row(_n(doubtful), "perlu dipastikan")
    planned, left = Allocation.objects.count(), LeftOut.objects.count()
    table.add_row(_n(planned), f"masuk rencana, {_n(left)} menunggu dana")
    answers = dict(Line.objects.values_list("answer").order_by().annotate(Count("pk")))
    table.add_row(
        _n(answers.get("accepted", 0)), f"diterima BPJS, {_n(answers.get('rejected', 0))} ditolak"
    )
    paid = PaidMonth.objects.filter(program="jkm").count()
    table.add_row(_n(paid), "bulan orang terbayar")
    bills = invoices(actor=actor).aggregate(n=Count("pk"), sum=Sum("amount"))
    table.add_row(_rp(bills["sum"]), f"iuran, {bills['n']} tagihan")
    return table


_CODES = {
    "bpjs-active": "sudah peserta aktif",
    "dead": "meninggal",
    "asn": "ASN/TNI/Polri",
    "age-65": "melewati batas usia",
    "age-under-15": "belum usia kerja",
}


def _funds(actor: Actor) -> Table:
    table = Table("Dana", "Diberikan", "Dibelanjakan", "Bebas", box=None, pad_edge=False)
    for fund in Fund.objects.visible_to(actor):
        table.add_row(fund.name, _rp(fund.granted), _rp(fund.spent), _rp(fund.free))
    return table


def _claims(actor: Actor) -> Table:
    table = Table("Klaim", "Manfaat", "Dibayar ke keluarga", box=None, pad_edge=False)
    for claim in claims(actor=actor):
        table.add_row(
            claim.get_kind_display(), _rp(claim.benefit_total), _rp(claim.paid_amount or 0)
        )
    return table


def _areas(title: str, reached: list[Reached], most: int) -> Table:
    """Coverage in November, the largest first."""
    table = Table(title, "Terdaftar", "Layak", "Terlindungi", "", box=None, pad_edge=False)
    for area in sorted(reached, key=lambda each: -each.registered)[:most]:
        table.add_row(
            area.name,
            _n(area.registered),
            _n(area.eligible),
            _n(area.covered),
            f"{area.share:.0%}",
        )
    return table


def _n(number: int) -> str:
    return dotted(number or 0)


def _rp(amount: int) -> str:
    return "Rp" + _n(amount)
