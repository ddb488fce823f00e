"""What happened to a record, as lines of a timeline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from payung.apps.audit.models import Event
from payung.web.shell.formats import number, tanggal_short, waktu


@dataclass(frozen=True)
class Item:
    """One line: when, what, and perhaps more about it, who did it and where to look."""

    at: datetime | date
    title: str
    detail: str = ""
    who: str = ""
    to: str = ""
    tone: str = ""

    @property
    def when(self) -> str:
        return waktu(self.at) if isinstance(self.at, datetime) else tanggal_short(self.at)


def as_item(thing: Any) -> Item:
    """An Item from a mapping or an object with the same names."""
    if isinstance(thing, Item):
        return thing
    if isinstance(thing, Mapping):
        return Item(**thing)
    names = ("at", "title", "detail", "who", "to", "tone")
    return Item(**{name: getattr(thing, name) for name in names if hasattr(thing, name)})


def of_event(event: Event) -> Item:
    """An audit event as a line; load events with their user and organisation."""
    who = (
        f"{event.user}, {event.get_role_display()} {event.organisation}" if event.user else "Sistem"
    )
    of_one_pair = event.noun == "pair" and event.object_id  # its two workers are no rows
    rows = f"{number(event.row_count)} baris" if event.row_count and not of_one_pair else ""
    about = [event.reason, rows]
    return Item(event.at, act_name(event.act), " · ".join(filter(None, about)), who)


_NOUNS = {
    "agreement": "Perjanjian",
    "organisation": "Organisasi",
    "user": "Akun",
    "member": "Anggota",
    "membership": "Peran",
    "list": "Daftar",
    "row": "Baris",
    "worker": "Pekerja",
    "duplicate": "Data ganda",
    "screening": "Penyaringan",
    "reference": "Data acuan",
    "check": "Pemeriksaan",
    "fund": "Dana",
    "entry": "Catatan dana",
    "plan": "Rencana",
    "batch": "Gelombang pendaftaran",
    "invoice": "Tagihan iuran",
    "pair": "Pekerja yang mirip",
    "payment": "Pembayaran",
    "claim": "Klaim",
    "benefit": "Manfaat",
    "document": "Dokumen",
    "circular": "Surat edaran",
    "pledge": "Janji perusahaan",
    "gathering": "Sosialisasi",
    "company": "Perusahaan",
    "key": "Kunci pencocokan",
    "region": "Wilayah",
}
_VERBS = {
    "accepted": "diterima",
    "added": "ditambahkan",
    "answered": "dijawab",
    "approved": "disetujui",
    "cancelled": "dibatalkan",
    "changed": "diubah",
    "checked": "diperiksa",
    "closed": "ditutup",
    "corrected": "diperbaiki",
    "created": "dibuat",
    "decided": "diputuskan",
    "died": "meninggal",
    "exported": "diunduh",
    "funded": "didanai",
    "granted": "diberikan",
    "issued": "diterbitkan",
    "judged": "diperiksa",
    "loaded": "dimuat",
    "made": "dibuat",
    "mapped": "kolomnya dicocokkan",
    "merged": "digabungkan",
    "opened": "dibuka",
    "paid": "dibayar",
    "pledged": "dijanjikan",
    "processed": "diproses",
    "read": "dibaca",
    "received": "diterima",
    "recorded": "dicatat",
    "registered": "didaftarkan",
    "rejected": "ditolak",
    "reserved": "dicadangkan",
    "returned": "dikembalikan",
    "run": "dijalankan",
    "sent": "dikirim",
    "signed": "ditandatangani",
    "spent": "dibelanjakan",
    "split": "dipisahkan",
    "staged": "dibaca",
    "submitted": "diajukan",
    "updated": "diperbarui",
    "uploaded": "diunggah",
    "withdrawn": "ditarik",
}


_ACTS = {
    "batches.made": "Gelombang pendaftaran disusun",
    "check.decided": "Hasil penyaringan diputuskan",
    "check.taken_back": "Keputusan atas hasil penyaringan ditarik",
    "circular.replied": "Jawaban perusahaan dicatat",
    "claim.deadline_met": "Tenggat klaim dipenuhi",
    "claim.document": "Dokumen klaim dicatat",
    "claim.filed": "Klaim diajukan ke BPJS",
    "claim.heir_added": "Ahli waris ditambahkan",
    "claim.outcome": "Hasil pemeriksaan dokter dicatat",
    "claim.refused": "Klaim ditolak BPJS",
    "coverage.ended": "Perlindungan diakhiri",
    "fund.granted": "Anggaran dana ditambah",
    "gathering.held": "Sosialisasi dicatat",
    "invoice.dead_struck": "Orang meninggal dikeluarkan dari tagihan",
    "keys.renewed": "Kunci pencocokan nama dibuat ulang",
    "match.decided": "Kemungkinan data ganda diputuskan",
    "matches.decided": "Kemungkinan data ganda diputuskan",
    "member.activated": "Peran diaktifkan kembali",
    "member.deactivated": "Peran dinonaktifkan",
    "member.link_made": "Tautan masuk dibuat",
    "list.received": "Daftar diunggah",
    "list.checked": "Pekerja baru dibandingkan dengan semua pekerja",
    "match.taken_back": "Keputusan atas baris dan pekerja ditarik",
    "pair.asked": "Ditanyakan apakah dua pekerja satu orang",
    "pair.decided": "Dua pekerja yang mirip diputuskan",
    "pair.taken_back": "Keputusan atas dua pekerja ditarik",
    "pairs.decided": "Pekerja yang mirip diputuskan",
    "plan.released": "Cadangan rencana dilepas",
    "plan.dropped": "Orang dikeluarkan dari rencana",
    "pledge.fulfilled": "Janji perusahaan menjadi dana",
    "pledge.made": "Janji perusahaan dicatat",
    "worker.died": "Kematian pekerja dicatat",
    "worker.kpj": "KPJ dicatat",
    "worker.death_withdrawn": "Catatan kematian ditarik",
    "workers.died": "Kematian pekerja dicatat",
    "workers.kpj_recorded": "KPJ dicatat",
}


def act_name(act: str) -> str:
    """ "plan.approved" → "Rencana disetujui"; an act we have no words for stays as it is."""
    if act in _ACTS:
        return _ACTS[act]
    noun, _, verb = act.partition(".")
    noun = noun if noun in _NOUNS else noun.removesuffix("s")
    if noun in _NOUNS and verb in _VERBS:
        return f"{_NOUNS[noun]} {_VERBS[verb]}"
    return act


def noun_name(noun: str) -> str:
    """ "worker" → "Pekerja": what kind of record an event is about."""
    return _NOUNS.get(noun, noun)
