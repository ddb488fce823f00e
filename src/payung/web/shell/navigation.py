"""The rail: the stages in the order of the work, as far as the policy lets the actor see."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from payung.apps.accounts import policy
from payung.apps.accounts.actor import Actor
from payung.web.shell.waiting import waiting


@dataclass(frozen=True)
class Stage:
    label: str
    url_name: str
    act: str
    icon: str


GROUPS: tuple[tuple[str, tuple[Stage, ...]], ...] = (
    ("", (Stage("Dasbor", "dashboard", "dashboard.view", "layout-dashboard"),)),
    (
        "Daftar & orang",
        (
            Stage("Perjanjian", "agreements:index", "agreements.view", "handshake"),
            Stage("Daftar masuk", "lists:index", "lists.view", "inbox"),
            Stage("Pekerja", "workers:index", "workers.view", "users"),
            Stage("Data ganda", "workers:duplicates", "workers.view", "copy"),
        ),
    ),
    (
        "Perlindungan",
        (
            Stage("Penyaringan", "screening:index", "screening.view", "list-filter"),
            Stage("Dana", "funding:index", "funding.view", "wallet"),
            Stage("Rencana", "plans:index", "plans.view", "map"),
            Stage("Pendaftaran", "enrolment:index", "enrolment.view", "send"),
            Stage("Iuran", "contributions:index", "contributions.view", "calendar-check"),
            Stage("Klaim", "claims:index", "claims.view", "heart-handshake"),
        ),
    ),
    ("Hasil", (Stage("Cakupan", "coverage:index", "coverage.view", "umbrella"),)),
    ("Aturan", (Stage("Kalkulator hukum", "law:index", "dashboard.view", "scale"),)),
    ("Mitra", (Stage("Sosialisasi & CSR", "outreach:index", "outreach.view", "megaphone"),)),
    ("Pengawasan", (Stage("Jejak audit", "audit:index", "audit.view", "footprints"),)),
    (
        "Pengaturan",
        (Stage("Organisasi & orang", "accounts:index", "accounts.manage", "building-2"),),
    ),
)


@dataclass(frozen=True)
class Entry:
    """One line of the rail, ready to draw."""

    label: str
    url: str
    icon: str
    count: int | None
    is_current: bool


def rail(actor: Actor, path: str) -> list[tuple[str, list[Entry]]]:
    """The groups of the rail with the entries this actor may open; `path` is the page shown."""
    seen = [
        (title, [(stage, url) for stage in stages if (url := _url(actor, stage))])
        for title, stages in GROUPS
    ]
    current = _current([url for _, stages in seen for _, url in stages], path)
    return [
        (
            title,
            [
                Entry(stage.label, url, stage.icon, waiting(actor, stage.url_name), url == current)
                for stage, url in stages
            ],
        )
        for title, stages in seen
        if stages
    ]


def _url(actor: Actor, stage: Stage) -> str | None:
    if not policy.allows(actor, stage.act):
        return None
    try:
        return reverse(stage.url_name)
    except NoReverseMatch:
        return None


def _current(urls: list[str], path: str) -> str | None:
    """The entry whose address is the longest beginning of the page's own."""
    home = "/"
    fitting = [url for url in urls if path == url or (url != home and path.startswith(url))]
    return max(fitting, key=len, default=None)
