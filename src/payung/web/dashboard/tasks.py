"""What waits for the reader, in the order of the work: the counts beside the rail, in words."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from payung.apps.accounts import policy
from payung.apps.accounts.actor import Actor
from payung.web.shell.waiting import waiting

# url name → who can do something about it, what waits, what is done about it
_TASKS = {
    "accounts:index": (
        "accounts.manage",
        "hal perlu disiapkan: organisasi dan orangnya",
        "Siapkan",
    ),
    "lists:index": ("lists.correct", "daftar perlu diperiksa", "Periksa"),
    "workers:duplicates": ("workers.decide", "orang mungkin sudah terdaftar", "Putuskan"),
    "screening:index": ("screening.run", "hal menunggu penyaringan", "Buka"),
    "plans:index": ("plans.approve", "rencana menunggu persetujuan", "Tinjau"),
    "enrolment:index": ("enrolment.answer", "berkas belum dikirim atau dijawab", "Buka"),
    "contributions:index": ("contributions.pay", "tagihan iuran belum lunas", "Bayar"),
    "claims:index": ("claims.write", "klaim belum selesai", "Lanjutkan"),
}


@dataclass(frozen=True)
class Task:
    count: int
    text: str
    label: str
    url: str


def tasks(*, actor: Actor) -> list[Task]:
    """What the actor may do something about and has not been done."""
    found = []
    for name, (act, text, label) in _TASKS.items():
        url = address(name)
        if url and policy.allows(actor, act) and (count := waiting(actor, name)):
            found.append(Task(count, text, label, url))
    return found


def address(name: str) -> str:
    """The page's address; empty while the site has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
