"""Are these two records one person? A sum of declared weights, a probability, and a band.

The sum is Fellegi and Sunter's: log2 odds of the prior plus log2(m/u) of each field's level. Some
rules hold whatever the sum says, because a clerk must look: two different NIKs, one NIK on people
who look different, different names, and twins, who share birth date, mother and house.
"""

from datetime import date
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler

from payung.linkage.evidence import Band, Evidence, EvidenceTable, evidence_table
from payung.linkage.records import Record, is_nik

SERIAL = 12

_similarity = JaroWinkler.similarity


class Match(NamedTuple):
    """`weight` is the log2 odds; the prior and the weights of `evidence` sum to it.
    Rules that changed the outcome come last."""

    probability: float
    weight: float
    evidence: tuple[Evidence, ...]
    band: Band

    def explain(self) -> str:
        """The sentence a clerk reads."""
        said = "; ".join(each.text for each in self.evidence if each.level != "missing")
        number = f"{self.probability:.2f}".replace(".", ",")
        return f"{said[:1].upper()}{said[1:]}; peluang {number}." if said else f"Peluang {number}."


def compare(a: Record, b: Record, table: EvidenceTable | None = None) -> Match:
    """How likely two records are one person, with the evidence and the band it falls in.

    "same" is proposed for confirmation, "review" needs a person's eyes, "different" is left alone.
    Nothing is merged here. The order of the two records does not matter.
    """
    table = table or evidence_table()
    levels = table.levels
    nik = _nik_level(a.nik, b.nik)
    name = _name_level(a.name_key, b.name_key, table)
    born = _birth_level(a.birth_date, b.birth_date)
    mother = _mother_level(a.mother_key, b.mother_key, table)
    evidence = [
        levels["nik"][nik],
        levels["name"][name],
        levels["birth_date"][born],
        levels["sex"][_plain_level(a.sex, b.sex)],
        levels["mother_name"][mother],
        levels["kelurahan"][_plain_level(a.kelurahan, b.kelurahan)],
        levels["phone"][_plain_level(a.phone, b.phone)],
    ]
    rules = []
    if nik == "equal":
        rules.append(table.rules["nik-shared"])
    elif nik != "missing":
        rules.append(table.rules["nik-differs"])
    if name == "different":
        rules.append(table.rules["name-differs"])
    if (
        mother in ("equal", "close")
        and born in ("equal", "equal-default")
        and name in ("close", "similar", "different")
        and _could_be_twins(a.name_key, b.name_key, nik, table)
    ):
        rules.append(table.rules["twins"])
        evidence.append(table.rules["twins"].evidence)

    weight = table.prior
    for each in evidence:
        weight += each.weight
    probability = 1.0 / (1.0 + 2.0**-weight)
    band: Band = "review"
    if probability >= table.same:
        band = "same"
    elif probability < table.different:
        band = "different"
    for rule in rules:
        if rule.never == band:
            if not rule.evidence.weight:
                evidence.append(rule.evidence)
            return Match(probability, weight, tuple(evidence), "review")
    return Match(probability, weight, tuple(evidence), band)


def _plain_level(a: str, b: str) -> str:
    if not a or not b:
        return "missing"
    return "equal" if a == b else "different"


def _nik_level(a: str, b: str) -> str:
    if not is_nik(a) or not is_nik(b):
        return "missing"
    if a == b:
        return "equal"
    differing = [place for place in range(16) if a[place] != b[place]]
    first, last = differing[0], differing[-1]
    swapped = last == first + 1 and a[first] == b[last] and a[last] == b[first]
    if first == last or swapped:
        return "one-digit-serial" if first >= SERIAL else "one-digit"
    return "same-head" if first >= SERIAL else "different"


def _name_level(a: str, b: str, table: EvidenceTable) -> str:
    if not a or not b:
        return "missing"
    if a == b:
        return "equal"
    words_a, words_b = a.split(), b.split()
    if len(words_a) == len(words_b) > 1 and sorted(words_a) == sorted(words_b):
        return "reordered"
    score = _similarity(a, b)
    if score >= table.close and len(words_a) == len(words_b):
        return "close"
    if len(words_a) != len(words_b):
        fewer, more = sorted((set(words_a), set(words_b)), key=len)
        if fewer <= more:
            return "partial"
    return "similar" if score >= table.similar else "different"


def _birth_level(a: date | None, b: date | None) -> str:
    if a is None or b is None:
        return "missing"
    if a == b:
        return "equal-default" if a.month == a.day == 1 else "equal"
    if a.year == b.year and a.month == b.day and a.day == b.month:
        return "swapped"
    parts = (a.year == b.year) + (a.month == b.month) + (a.day == b.day)
    return "one-part" if parts == 2 else "different"


def _mother_level(a: str, b: str, table: EvidenceTable) -> str:
    if not a or not b:
        return "missing"
    if a == b:
        return "equal"
    return "close" if _similarity(a, b) >= table.close else "different"


def _could_be_twins(a: str, b: str, nik: str, table: EvidenceTable) -> bool:
    """Whether a word of the names differs; under one NIK a slip of the pen does not count."""
    words_a, words_b = a.split(), b.split()
    if nik != "equal" or len(words_a) != len(words_b):
        return True
    pairs = zip(words_a, words_b, strict=True)
    return any(_similarity(one, other) < table.word for one, other in pairs)
