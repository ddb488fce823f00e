"""Why two rows are thought to be one person: the sentence a clerk reads."""

from collections.abc import Mapping

import polars as pl

from payung.linkage.rules import Guard, Rules

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
_TELLING = 0.995  # above it two decimals would say certainty


def texts(rules: Rules) -> Mapping[str, Mapping[str, str]]:
    """What each level of each field says."""
    return {
        field: {level.name: level.text for level in levels}
        for field, levels in rules.fields.items()
    }


def sentences(
    levels: Mapping[str, str],
    guard: Guard | None,
    probability: float,
    said_by: Mapping[str, Mapping[str, str]],
) -> tuple[str, str]:
    """One sentence in Indonesian: what is the same, what differs, a guard or the probability; and
    that for names which are the same only in spelling made uniform, not as written.

    Where a guard holds a probability would say the opposite of what it warns of. `said_by` are the
    `texts` of the rules.
    """
    same = [FIELD_NAMES[field] for field, level in levels.items() if level == "equal"]
    said = [f"{listed(same)} sama"] if same else []
    said += [
        said_by[field][level]
        for field, level in levels.items()
        if level not in ("equal", "missing")
    ]
    if guard is not None:
        end = f"{guard.text}; tidak disatukan tanpa keputusan orang"
    else:
        end = f"peluang {_number(probability)}"
    plain = _joined([*said, end])
    if not levels["name"].startswith("equal"):
        return plain, plain
    return plain, _joined([*said, RESPELLED, end])


def _joined(said: list[str]) -> str:
    text = "; ".join(said)
    return f"{text[0].upper()}{text[1:]}."


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
