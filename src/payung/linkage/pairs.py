"""Given pairs weighed with the project's own rules and weights, for those who keep the answer.

`link` finds pairs and may learn from them; here the pairs are given and nothing is learned, so that
the same two people weigh the same in every list.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl

from payung.linkage.blocking import Candidates, Numbers
from payung.linkage.engine import link
from payung.linkage.explain import sentences, spelled
from payung.linkage.learning import Judged, Weights, judge, packaged_weights
from payung.linkage.levels import Scheme, compare
from payung.linkage.proposals import BANDS, bands
from payung.linkage.rows import NoAnswer, prepare, uncrowded
from payung.linkage.rules import MISSING, Rules, packaged_rules

# what is known of a person, in this order: text, the birth date a date or text, None for unknown
PERSON = ("nik", "name", "birth_date", "sex", "mother_name", "address", "kelurahan", "phone")
_AGAINST = -1.0  # log2 odds from which a name speaks against one person
_OTHER_WORD = "word-differs"  # a mark of the rules
_SAID = "said"  # beside the comparable columns: the name as written, to be told and not compared
_SAME_WORDS = {"reordered", "initials"}  # the mark sees a word at a time, these the whole


class Evidence(NamedTuple):
    """What one field, several together or a guard says of a pair; `weight` is log2 odds."""

    field: str
    level: str
    weight: float
    text: str


class Weighed(NamedTuple):
    """How likely a pair is one person, and why; pairs that show the same share one of these.

    The weights of `evidence` and the prior sum to the log2 odds; fields unknown on a side are left
    out. `guard` is the name of the guard that holds, or ""; `marks` are those of the rules that the
    pair bears. `why` is the sentence a clerk reads.
    """

    probability: float
    band: str  # of proposals.BANDS
    guard: str
    marks: frozenset[str]
    evidence: tuple[Evidence, ...]
    why: str

    def weight_of(self, field: str) -> float:
        """What that field alone says; 0 when it is unknown."""
        return sum(each.weight for each in self.evidence if each.field == field)

    def level_of(self, field: str) -> str:
        """How that field alone compares; "" when it is unknown."""
        return next((each.level for each in self.evidence if each.field == field), "")

    def is_clear_under_one_nik(self) -> bool:
        """Whether two records that share a NIK are one person beyond doubt: their names agree too.

        A twin listed under the other's NIK weighs like one person, and is not.
        """
        told_apart = _OTHER_WORD in self.marks and self.level_of("name") not in _SAME_WORDS
        return self.band == "same" and self.weight_of("name") > _AGAINST and not told_apart


def weigh(
    left: Sequence[Sequence[object]],
    right: Sequence[Sequence[object]],
    *,
    on: date,
    rules: Rules | None = None,
    weights: Weights | None = None,
) -> list[Weighed]:
    """How likely each person of `left` is the one at the same place of `right`.

    A person is a tuple in the order of PERSON. `on` decides the century of two-digit years.
    """
    if len(left) != len(right):
        raise ValueError("a pair has two sides")
    if not left:
        return []
    rules = rules or packaged_rules()
    rows = prepared([*left, *right], on=on, rules=rules)
    first = np.arange(len(left), dtype=np.uint32)
    return weigh_rows(rows, first, first + np.uint32(len(left)), rules=rules, weights=weights)


def doubles(
    people: Sequence[Sequence[object]], asked: Collection[int], *, on: date
) -> list[tuple[int, int, Weighed]]:
    """Who of the people at the places `asked` may be somebody else of all the people.

    Found under every key of the rules; each pair comes once, its places in order, and is worth a
    look or almost certainly one person. What too many of all, or of those asked, bear counts as
    unknown. Nothing is learned from the pairs.
    """
    if not asked:
        return []
    places = sorted(asked)
    rows = _bare(prepared(people, on=on))
    rows = _in_place(rows, places, _bare(rows[places]))
    named = _named(rows)
    left, right = _alike(named[places], named, on)
    pairs = (
        pl.DataFrame({"one": left, "other": right})
        .select(
            pl.min_horizontal("one", "other").alias("left"),
            pl.max_horizontal("one", "other").alias("right"),
        )
        .filter(pl.col("left") < pl.col("right"))
        .unique()
        .sort("left", "right")
    )
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    return [
        (int(one), int(other), weighed)
        for one, other, weighed in zip(left, right, weigh_rows(rows, left, right), strict=True)
    ]


def alike(
    ours: pl.DataFrame, theirs: pl.DataFrame, also: tuple[Numbers, Numbers], *, on: date
) -> list[tuple[int, int, Weighed]]:
    """Which of our people may be which of theirs, both prepared, as row numbers in order.

    Found under every key of the rules, and worth a look or almost certainly one person; the pairs
    `also`, which the caller found, are weighed with them whatever they weigh. What too many of ours
    or of theirs bear counts as unknown. Nothing is learned.
    """
    if not ours.height or not theirs.height:
        return []
    ours, theirs = _bare(ours), _bare(theirs)
    found = zip(_alike(_named(ours), _named(theirs), on), also, strict=True)
    one, other = (np.concatenate(side).astype(np.uint64) for side in found)
    pairs = np.unique(one << np.uint64(32) | other)
    left, right = (pairs >> np.uint64(32)).astype(np.uint32), pairs.astype(np.uint32)
    # the type of a sum is not the same in every NumPy's stubs
    after = np.add(right, ours.height, dtype=np.uint32)
    weighed = weigh_rows(pl.concat([ours, theirs]), left, after)
    return [*zip(left.tolist(), right.tolist(), weighed, strict=True)]


def _bare(rows: pl.DataFrame) -> pl.DataFrame:
    return uncrowded(rows, packaged_rules())[0]


def _in_place(rows: pl.DataFrame, places: Sequence[int], changed: pl.DataFrame) -> pl.DataFrame:
    """The rows with those at some places changed."""
    order = np.arange(rows.height)
    order[places] = np.arange(rows.height, rows.height + len(places))
    return pl.concat([rows, changed])[order]


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.drop(_SAID).with_columns(pl.row_index().cast(pl.String).alias("id"))


def _alike(some: pl.DataFrame, others: pl.DataFrame, on: date) -> tuple[Numbers, Numbers]:
    try:
        found = link(some, reference=others, weights=packaged_weights(), on=on).pairs
    except NoAnswer:  # nothing to compare by
        return np.empty(0, np.uint32), np.empty(0, np.uint32)
    kept = found.filter(pl.col("band") != "different")
    left, right = (kept[side].cast(pl.UInt32).to_numpy() for side in ("left_id", "right_id"))
    return left, right


def prepared(
    people: Sequence[Sequence[object]], *, on: date, rules: Rules | None = None
) -> pl.DataFrame:
    """The comparable columns of people given as tuples in the order of PERSON, for this module."""
    frame = pl.DataFrame(
        {
            name: pl.Series(
                name, [None if each[at] is None else str(each[at]) for each in people], pl.String
            )
            for at, name in enumerate(PERSON)
        }
    )
    rows = prepare(frame, rules or packaged_rules(), on)
    return rows.with_columns(spelled(frame["name"]).alias(_SAID))


def weigh_rows(
    rows: pl.DataFrame,
    left: Numbers,
    right: Numbers,
    *,
    rules: Rules | None = None,
    weights: Weights | None = None,
) -> list[Weighed]:
    """The same for pairs of row numbers of rows that `prepared` made."""
    rules = rules or packaged_rules()
    shown = compare(rows, Candidates(left, right), rules)
    patterns, place, counts = np.unique(shown, return_inverse=True, return_counts=True)
    judged = judge(patterns, counts, rules, weights or packaged_weights())
    found = _told(judged, rules)
    said = rows[_SAID]
    respelled = said.gather(left).ne_missing(said.gather(right)).to_list()
    return [found[at][differs] for at, differs in zip(place.tolist(), respelled, strict=True)]


def _told(judged: Judged, rules: Rules) -> list[tuple[Weighed, Weighed]]:
    """Each distinct pattern in words, with names as they stand and with names written otherwise."""
    scheme = Scheme(rules)
    places, band = scheme.places(judged.patterns), bands(judged, rules)
    why, otherwise = sentences(places, judged.guard, judged.probability, rules)
    told = []
    for at, pattern in enumerate(judged.patterns):
        levels, marks = scheme.levels(int(pattern))
        guard = rules.guards[judged.guard[at]] if judged.guard[at] >= 0 else None
        evidence = [
            Evidence(field, level, _weight(judged, field, at), rules.level(field, level).text)
            for field, level in levels.items()
            if level != MISSING
        ]
        for name, each in rules.together.items():
            level = rules.weighed[name][int(places[name][at])]
            if level != MISSING:
                evidence.append(Evidence(name, level, _weight(judged, name, at), each.text))
        if guard is not None:
            evidence.append(Evidence("guard", guard.name, guard.weight, guard.text))
        plain = Weighed(
            float(judged.probability[at]),
            BANDS[band[at]],
            guard.name if guard else "",
            marks,
            tuple(evidence),
            why[at],
        )
        told.append((plain, plain._replace(why=otherwise[at])))
    return told


def _weight(judged: Judged, field: str, at: int) -> float:
    return round(float(judged.weights[field][at]), 3)
