"""Who sends which list: kelurahan by their region code, other offices by a fixed slug."""

from dataclasses import dataclass

from payung.demo import layouts
from payung.demo.layouts import Layout
from payung.demo.occupations import KELURAHAN_MIX
from payung.demo.places import kelurahan_of


@dataclass(frozen=True, slots=True)
class Sender:
    """``kind`` is kelurahan, opd, puskesmas or association; ``slug`` names the organisation.

    A kelurahan's slug is its region code, e.g. 36.71.05.1001.
    """

    kind: str
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One list to be made: its sender, its share of all rows and who is on it.

    ``home`` is the kelurahan code all its people live in, the kecamatan code most of them live
    in, or empty for the whole city.
    """

    sender: Sender
    subject: str
    share: float
    layout: Layout
    mix: dict[str, float]
    home: str = ""


_OFFICES = (
    Sender("opd", "kesra", "Bagian Kesejahteraan Rakyat"),
    Sender("opd", "satpolpp", "Satuan Polisi Pamong Praja"),
    Sender("opd", "disperindag", "Dinas Perindustrian, Perdagangan, Koperasi dan UKM"),
    Sender("opd", "dlh", "Dinas Lingkungan Hidup"),
    Sender("opd", "dishub", "Dinas Perhubungan"),
    Sender("puskesmas", "puskesmas-cipondoh", "UPTD Puskesmas Cipondoh"),
    Sender("puskesmas", "puskesmas-batuceper", "UPTD Puskesmas Batuceper"),
    Sender("puskesmas", "puskesmas-ciledug", "UPTD Puskesmas Ciledug"),
    Sender("association", "ojek-association", "Paguyuban Pengemudi Ojek Kota Tangerang"),
)

_KELURAHAN = (
    ("36.71.01.1003", 520, layouts.KELURAHAN_PLAIN),
    ("36.71.02.1004", 1480, layouts.KELURAHAN_TWO_LINES),
    ("36.71.03.1001", 760, layouts.KELURAHAN_PLAIN),
    ("36.71.04.1003", 640, layouts.KELURAHAN_SEMICOLON),
    ("36.71.05.1001", 1350, layouts.KELURAHAN_BY_RW),
    ("36.71.05.1008", 410, layouts.KELURAHAN_SHORT_YEARS),
    ("36.71.06.1002", 580, layouts.KELURAHAN_MIXED_DATES),
    ("36.71.07.1009", 1120, layouts.KELURAHAN_TWO_LINES),
    ("36.71.07.1015", 260, layouts.KELURAHAN_SHORT_YEARS),
    ("36.71.08.1002", 980, layouts.KELURAHAN_TABS),
    ("36.71.09.1004", 890, layouts.KELURAHAN_PLAIN),
    ("36.71.10.1003", 1240, layouts.KELURAHAN_BY_RW),
    ("36.71.11.1004", 700, layouts.KELURAHAN_MIXED_DATES),
    ("36.71.12.1003", 450, layouts.KELURAHAN_SEMICOLON),
    ("36.71.13.1006", 620, layouts.KELURAHAN_TWO_LINES),
)

SENDERS: dict[str, Sender] = {
    **{
        place.code: Sender("kelurahan", place.code, f"Kelurahan {place.name}")
        for place in kelurahan_of()
    },
    **{sender.slug: sender for sender in _OFFICES},
}
"""Everybody who may send a list, by slug: all 104 kelurahan and the offices."""


def plans() -> tuple[Plan, ...]:
    """The 25 lists in the order they are made: kelurahan first, offices after."""
    street = {"juru parkir": 6, "tukang becak": 1.5, "ojek pangkalan": 3}
    offices = (
        ("kesra", "Data Marbot Masjid dan Mushola", 640, layouts.MARBOT, {"marbot": 1}, ""),
        ("kesra", "Data Guru Ngaji", 1150, layouts.TEACHERS, {"guru ngaji": 1}, ""),
        ("satpolpp", "Data Anggota Linmas", 980, layouts.LINMAS, {"linmas": 1}, ""),
        ("puskesmas-cipondoh", "Data Kader Posyandu", 420, layouts.CADRES,
         {"kader posyandu": 1}, "36.71.05"),
        ("puskesmas-batuceper", "Data Kader Posyandu", 290, layouts.CADRES_NUMBERS,
         {"kader posyandu": 1}, "36.71.03"),
        ("puskesmas-ciledug", "Data Kader Posyandu", 350, layouts.CADRES,
         {"kader posyandu": 1}, "36.71.06"),
        ("ojek-association", "Pendataan Anggota Pengemudi Ojek", 1900, layouts.RIDERS,
         {"ojek online": 8, "ojek pangkalan": 2}, ""),
        ("disperindag", "Data Pedagang Kaki Lima", 1270, layouts.TRADERS,
         {"pedagang kaki lima": 8, "pedagang keliling": 2}, ""),
        ("dlh", "Data Pemulung dan Petugas Sampah", 480, layouts.WASTE, {"pemulung": 1}, ""),
        ("dishub", "Data Juru Parkir dan Becak", 520, layouts.STREET, street, ""),
    )  # fmt: skip
    made = [
        Plan(SENDERS[code], "Data Pekerja Rentan", share, layout, KELURAHAN_MIX, code)
        for code, share, layout in _KELURAHAN
    ]
    made += [
        Plan(SENDERS[slug], subject, share, layout, mix, home)
        for slug, subject, share, layout, mix, home in offices
    ]
    return tuple(made)
