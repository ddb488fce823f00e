"""What is proposed of every pattern, and what a run warns of: the same on every engine."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from payung.linkage.explain import sentence
from payung.linkage.learning import Judged
from payung.linkage.levels import Scheme
from payung.linkage.rules import Rules

BANDS = ("different", "review", "same")
NOTHING_TO_COMPARE = (
    "Tidak ada yang bisa dibandingkan: nama saja tidak menentukan orang. Sertakan NIK, "
    "tanggal lahir, nama ibu, kelurahan, atau nomor telepon."
)


def bands(judged: Judged, rules: Rules) -> npt.NDArray[np.int64]:
    """0 different, 1 review, 2 same; what a guard holds back is never the same."""
    costs = rules.costs
    band = np.digitize(judged.probability, [costs.different, costs.same]).astype(np.int64)
    return np.where(judged.guard >= 0, np.minimum(band, 1), band)


def proposals(
    judged: Judged, band: npt.NDArray[np.int64], threshold: float, rules: Rules
) -> pl.DataFrame:
    """The patterns worth a look or a merge, by their `place` in `judged`.

    With the probability, the band, a weight for every field and the guard, and the reasons.
    """
    told = np.flatnonzero((band > 0) | (judged.probability >= threshold))
    guards = [rules.guards[at] if at >= 0 else None for at in judged.guard[told].tolist()]
    reasons = [
        sentence(levels, guard, probability, rules)
        for levels, guard, probability in zip(
            Scheme(rules).each_levels(judged.patterns[told]),
            guards,
            judged.probability[told].tolist(),
            strict=True,
        )
    ]
    return pl.DataFrame(
        {
            "place": told,
            "probability": judged.probability[told],
            "band": [BANDS[at] for at in band[told]],
            **{f"w_{field}": values[told] for field, values in judged.weights.items()},
            "w_guard": judged.guarding[told],
            "guard": [guard.name if guard else None for guard in guards],
            "why": reasons,
        },
        schema_overrides={"guard": pl.String, "why": pl.String, "band": pl.String},
    )


def of_shared_niks(niks: int, nik: str, bearers: int, rules: Rules) -> str:
    """The warning that NIKs of too many rows are not used; `nik` is the one of most."""
    return (
        f"{niks} NIK dipakai oleh lebih dari {rules.largest} baris, misalnya {nik} "
        f"oleh {bearers} baris; NIK seperti itu tidak dipakai untuk mencocokkan."
    )


def of_cut_blocks(block: str, groups: int, rows: int) -> str:
    """The warning that groups of a block were too large to compare whole."""
    return (
        f"{groups} kelompok pencarian “{block}” terlalu besar ({rows} baris); di dalamnya "
        "hanya baris yang berdekatan yang dibandingkan."
    )


def of_large_cluster(name: str, size: int, rules: Rules) -> str:
    """The warning that a cluster stayed larger than any person's rows should be."""
    return (
        f"Kelompok “{name}” berisi {size} baris, lebih dari {rules.largest}; "
        "periksa sebelum dianggap satu orang."
    )
