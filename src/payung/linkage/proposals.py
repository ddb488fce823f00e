"""What is proposed of every pattern, and what a run warns of: the same on every engine."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from payung.linkage.explain import listed, sentences
from payung.linkage.learning import Judged
from payung.linkage.levels import Scheme
from payung.linkage.rows import Crowds
from payung.linkage.rules import Rules

BANDS = ("different", "review", "same")
OTHERWISE = "why_otherwise"
# what a clerk calls the columns by which rows are brought together
_COLUMNS = {
    "nik": "NIK", "nik_head": "NIK", "name_key": "nama", "name_head": "nama",
    "born_fold": "tanggal lahir", "born_nik_fold": "tanggal lahir", "mother_key": "nama ibu",
    "mother_head": "nama ibu", "phone_key": "nomor telepon", "place": "kelurahan",
    "address_key": "alamat",
}  # fmt: skip
NOTHING_TO_COMPARE = (
    "Tidak ada yang bisa dibandingkan: nama saja tidak menentukan orang. Sertakan NIK, "
    "tanggal lahir, nama ibu, kelurahan, atau nomor telepon."
)
NO_REFERENCE = "Acuan tidak berisi satu baris pun."
REFERENCE_TELLS_NOTHING = (
    "Tidak ada yang bisa dibandingkan dengan acuan: isinya kosong atau tidak terbaca, atau hanya "
    "nama. Periksa judul kolom dan isi acuan: perlu NIK, atau nama dengan tanggal lahir, nama ibu, "
    "kelurahan, atau nomor telepon."
)
NOTHING_IN_COMMON = (
    "Tidak ada yang bisa dibandingkan: isian yang menentukan orang di daftar tidak ada di acuan, "
    "misalnya yang satu hanya memuat NIK dan yang lain hanya nama. Lengkapi salah satunya."
)


def bands(judged: Judged, rules: Rules) -> npt.NDArray[np.int64]:
    """0 different, 1 review, 2 same; what a guard holds back is never the same."""
    costs = rules.costs
    band = np.digitize(judged.probability, [costs.different, costs.same]).astype(np.int64)
    return np.where(judged.guard >= 0, np.minimum(band, 1), band)


def joined(judged: Judged, threshold: float) -> npt.NDArray[np.bool_]:
    """Which patterns put their pairs together: from the threshold on, where no guard holds."""
    together: npt.NDArray[np.bool_] = (judged.probability >= threshold) & (judged.guard < 0)
    return together


def proposals(
    judged: Judged, band: npt.NDArray[np.int64], threshold: float, rules: Rules
) -> pl.DataFrame:
    """The patterns worth a look or a merge, by their `place` in `judged`.

    With the probability, the band, a weight for every field and the guard, and the reasons: `why`,
    and OTHERWISE where names that are compared as the same were written otherwise.
    """
    told = np.flatnonzero((band > 0) | (judged.probability >= threshold))
    guards = [rules.guards[at] if at >= 0 else None for at in judged.guard[told].tolist()]
    places = Scheme(rules).places(judged.patterns[told])
    why, otherwise = sentences(places, judged.guard[told], judged.probability[told], rules)
    return pl.DataFrame(
        {
            "place": told,
            "probability": judged.probability[told],
            "band": [BANDS[at] for at in band[told]],
            **{f"w_{field}": values[told] for field, values in judged.weights.items()},
            "w_guard": judged.guarding[told],
            "guard": [guard.name if guard else None for guard in guards],
            "why": why,
            OTHERWISE: otherwise,
        },
        schema_overrides={"guard": pl.String, "band": pl.String},
    )  # fmt: skip


def of_shared_niks(niks: int, nik: str, bearers: int, rules: Rules) -> str:
    """The warning that NIKs of too many rows are not used; `nik` is the one of most."""
    return (
        f"{_n(niks)} NIK dipakai oleh lebih dari {rules.largest} baris, misalnya {nik} "
        f"oleh {_n(bearers)} baris; NIK seperti itu tidak dipakai untuk mencocokkan."
    )


def of_unread_niks(unread: int, written: int, nik: str, *, reference: bool) -> str:
    """The warning that most NIKs of a list or a reference cannot be read; `nik` is one of them."""
    whose = "acuan" if reference else "daftar"
    return (
        f"{_n(unread)} dari {_n(written)} NIK di {whose} tidak terbaca, misalnya “{nik}”; "
        "orang dicari tanpa NIK itu. Biasanya lembar sebar mengubah NIK menjadi bilangan: jadikan "
        "kolom NIK teks, isi ulang dari sumbernya, lalu jalankan lagi."
    )


def of_crowds(crowds: Crowds, rules: Rules) -> str:
    """The warning that what too many rows of the list share is not used."""
    counted = ((crowds.phones, "nomor telepon"), (crowds.addresses, "alamat"))
    told = []
    if what := " dan ".join(f"{_n(many)} {name}" for many, name in counted if many):
        told.append(
            f"{what} di daftar dipakai oleh lebih dari {rules.largest} baris, mungkin milik kantor "
            "pengirim; yang seperti itu dianggap kosong."
        )
    if crowds.dates:
        told.append(
            f"{_n(crowds.dates)} tanggal lahir di daftar dipakai oleh terlalu banyak baris, "
            "mungkin isian bawaan; yang seperti itu dianggap kosong. Isilah tanggal lahir menurut "
            "KTP."
        )
    if crowds.nik_dates:
        told.append(
            f"{_n(crowds.nik_dates)} tanggal di dalam NIK di daftar sama pada terlalu banyak "
            "baris, mungkin NIK karangan; tanggal itu dianggap kosong. Periksalah NIK-nya menurut "
            "KTP."
        )
    return " ".join(told)


def of_cut_blocks(cut: Mapping[str, tuple[int, int]], rules: Rules) -> str:
    """The warning that groups of blocks were too large to compare whole; `cut` has the number of
    groups of each block and of the rows in them."""
    alike = dict.fromkeys(
        listed(list(dict.fromkeys(_COLUMNS[part.column] for part in block.keys[0])))
        for block in rules.blocks
        if block.name in cut
    )
    most = max(rows for _, rows in cut.values())
    either = (", atau " if any(" dan " in each for each in alike) else " atau ").join(alike)
    return (
        f"Sampai {_n(most)} baris terlalu banyak yang sama dalam {either}; baris "
        "seperti itu hanya dibandingkan dengan beberapa baris yang namanya berdekatan, jadi orang "
        "yang sama bisa terlewat. Lengkapi NIK, tanggal lahir, dan nama ibu bila ada."
    )


def of_held_pairs(pairs: int, left: str, right: str) -> str:
    """The warning that guarded pairs came into one cluster through other rows; one is named."""
    return (
        f"{_n(pairs)} pasangan yang tidak boleh disatukan begitu saja tetap berada dalam satu "
        f"kelompok lewat baris lain, misalnya “{left}” dan “{right}”; periksa kelompoknya."
    )


def of_lifted_guards() -> str:
    """The warning that kin cannot be told from one person and are not held back."""
    return (
        "Daftar ini tidak memuat NIK yang berisi tanggal lahir, jenis kelamin, atau nama ibu, dan "
        "orang yang sama sering tertulis dengan nama yang sama sekali lain. Saudara kembar dan "
        "anggota keluarga karena itu tidak dapat dibedakan dari salah tulis dan tidak ditahan; "
        "periksa pasangan yang namanya berbeda."
    )


def of_large_cluster(name: str, size: int, rules: Rules) -> str:
    """The warning that a cluster stayed larger than any person's rows should be."""
    return (
        f"Kelompok “{name}” berisi {_n(size)} baris, lebih dari {rules.largest}; "
        "periksa sebelum dianggap satu orang."
    )


def _n(number: int) -> str:
    return f"{number:,}".replace(",", ".")
