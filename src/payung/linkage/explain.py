"""Why two rows are thought to be one person: the sentence a clerk reads."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from payung.linkage.rules import MISSING, Rules

FIELD_NAMES = {
    "nik": "NIK",
    "name": "nama",
    "birth_date": "tanggal lahir",
    "sex": "jenis kelamin",
    "mother_name": "nama ibu",
    "address": "alamat",
    "kelurahan": "kelurahan",
    "phone": "nomor telepon",
}
# said of names that are the same, not as written
RESPELLED = "nama sama setelah ejaannya diseragamkan"
_EQUAL = "equal"
_TELLING = 0.995  # above it two decimals would say certainty


def sentences(
    places: Mapping[str, npt.NDArray[np.int64]],
    guard: npt.NDArray[np.int64],
    probability: npt.NDArray[np.float64],
    rules: Rules,
) -> tuple[pl.Series, pl.Series]:
    """For every pattern a sentence in Indonesian: what is the same, what differs, a guard or the
    probability; and that for names which are the same only in spelling made uniform, not as
    written.

    `places` are those of the fields' levels, `guard` the guard's in the rules, or -1. Where a guard
    holds a probability would say the opposite of what it warns of.
    """
    same = np.zeros(len(guard), np.int64)
    said = []
    for at, (field, levels) in enumerate(rules.fields.items()):
        equal = np.array([level.name == _EQUAL for level in levels], np.int64)
        same |= equal[places[field]] << at
        texts = [None if level.name in (_EQUAL, MISSING) else level.text for level in levels]
        said.append(pl.Series(field, texts, pl.String).gather(places[field]))
    names = [RESPELLED if level.name.startswith(_EQUAL) else None for level in rules.fields["name"]]
    respelled = pl.Series("respelled", names, pl.String).gather(places["name"])
    begin, end = _all_same(same, rules), _ends(guard, probability, rules)
    return _joined([begin, *said, end]), _joined([begin, *said, respelled, end])


def _all_same(same: npt.NDArray[np.int64], rules: Rules) -> pl.Series:
    """What is said of the fields that are equal, each of them a bit."""
    sets, which = np.unique(same, return_inverse=True)
    names = [
        [FIELD_NAMES[field] for at, field in enumerate(rules.fields) if bits >> at & 1]
        for bits in sets.tolist()
    ]
    texts = [f"{listed(each)} sama" if each else None for each in names]
    return pl.Series("same", texts, pl.String).gather(which)


def _ends(
    guard: npt.NDArray[np.int64], probability: npt.NDArray[np.float64], rules: Rules
) -> pl.Series:
    warnings = [f"{each.text}; tidak disatukan tanpa keputusan orang" for each in rules.guards]
    told = [
        warnings[at] if at >= 0 else f"peluang {_number(odds)}"
        for at, odds in zip(guard.tolist(), probability.tolist(), strict=True)
    ]
    return pl.Series("end", told, pl.String)


def _joined(said: list[pl.Series]) -> pl.Series:
    text = pl.concat_str(pl.all(), separator="; ", ignore_nulls=True)
    first, rest = text.str.slice(0, 1).str.to_uppercase(), text.str.slice(1)
    return pl.DataFrame(said).select(text=pl.concat_str(first, rest, pl.lit("."))).to_series()


def spelled(names: pl.Series) -> pl.Series:
    """Names as written, but for their capitals and spaces."""
    return names.str.to_lowercase().str.replace_all("  +", " ").str.strip_chars(" ")


def listed(words: list[str]) -> str:
    """Words as a list in a sentence: "nama, NIK, dan alamat"."""
    if len(words) < 3:
        return " dan ".join(words)
    return f"{', '.join(words[:-1])}, dan {words[-1]}"


def _number(probability: float) -> str:
    if probability > _TELLING:
        return "di atas 0,99"
    if probability < 1 - _TELLING:
        return "di bawah 0,01"
    return f"{probability:.2f}".replace(".", ",")
