"""Weights learned without labels."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pytest
from benchmarks.linkage.generator import make

from payung.linkage import learning
from payung.linkage.blocking import candidates
from payung.linkage.learning import (
    Weights,
    WeightsError,
    judge,
    learn,
    packaged_weights,
    parse_weights,
    step,
    weights_as_text,
)
from payung.linkage.levels import Scheme, compare
from payung.linkage.rows import prepare
from payung.linkage.rules import FIELDS, MISSING, packaged_rules

ON = date(2026, 11, 22)
RULES = packaged_rules()
SCHEME = Scheme(RULES)


def _drawn(
    weights: Weights, pairs: int, share: float, seed: int = 3, known: Collection[str] = FIELDS
) -> np.ndarray:
    """Patterns of pairs, those of one person first, whose fields are drawn independently.

    Of fields that are not `known` nothing is seen.
    """
    rng = np.random.default_rng(seed)
    same = np.arange(pairs) < pairs * share
    pattern, radix = np.zeros(pairs, np.int64), 1
    for name, size in SCHEME.sizes.items():
        if name in FIELDS and name in known:
            names = [level.name for level in RULES.fields[name] if level.name != MISSING]
            for side, here in ((weights.m, same), (weights.u, ~same)):
                shares = np.array([side[name][level] for level in names])
                drawn = rng.choice(len(names), int(here.sum()), p=shares / shares.sum()) + 1
                pattern[here] += drawn * radix
        radix *= size
    return pattern.astype(np.uint32)


def _learned(patterns: np.ndarray, start: Weights) -> Weights:
    found, counts = np.unique(patterns, return_counts=True)
    return learn(found, counts, RULES, start, rows=9, on=ON, source="test")


def _taken_for_one(patterns: np.ndarray, weights: Weights) -> np.ndarray:
    """Whether each pair would be put together."""
    found, place, counts = np.unique(patterns, return_inverse=True, return_counts=True)
    judged = judge(found, counts, RULES, weights)
    taken: np.ndarray = judged.probability[place] >= RULES.costs.threshold
    return taken


def test_the_shares_that_made_the_pairs_are_found_again() -> None:
    truth = packaged_weights()
    phone = {"equal": 0.5, "different": 0.5}
    truth = replace(truth, m={**truth.m, "phone": phone})
    patterns = _drawn(truth, 200_000, 0.3)
    found = _learned(patterns, packaged_weights())
    assert found.m["phone"]["equal"] == pytest.approx(0.5, abs=0.05)
    assert found.m["name"]["equal"] == pytest.approx(truth.m["name"]["equal"], abs=0.05)
    # guarded pairs teach nothing: the shares and the prior are those of pairs that no guard holds
    judged = judge(patterns, np.ones(len(patterns), int), RULES, truth)
    free, ours = judged.guard < 0, np.arange(len(patterns)) < 60_000
    equal = SCHEME.places(patterns)["birth_date"] == 1
    assert found.u["birth_date"]["equal"] == pytest.approx(equal[free & ~ours].mean(), abs=0.01)
    one = ours[free].mean()
    assert found.prior == pytest.approx(np.log2(one / (1 - one)), abs=0.3)


def test_an_equal_name_never_weighs_less_than_a_close_one_beside_the_same() -> None:
    others = [[level.name for level in RULES.fields[field]] for field in ("nik", "birth_date")]
    beside = [*product(*others)]

    def weighed(level: str) -> np.ndarray:
        shown = [
            sum(
                [each.name for each in RULES.fields[field]].index(name) * step(SCHEME, field)
                for field, name in (("nik", nik), ("birth_date", born), ("name", level))
            )
            for nik, born in beside
        ]
        judged = judge(
            np.array(shown, np.uint32), np.ones(len(shown), int), RULES, packaged_weights()
        )
        total: np.ndarray = sum(judged.weights.values())  # type: ignore[assignment]
        return total

    for slip, equals in RULES.at_most["name"].items():
        for equal in equals:
            assert (weighed(equal) >= weighed(slip) - 1e-9).all(), (slip, equal)


def test_nik_and_name_that_differ_under_one_birth_date_are_not_declared_two_people() -> None:
    strangers = {"nik": "different", "name": "different"}
    for born, declared in (("equal", False), ("as-in-nik", False), ("one-part", True)):
        shown = strangers | {"birth_date": born}
        at_all = dict.fromkeys(FIELDS, MISSING) | shown
        assert any(each.holds(at_all, frozenset()) for each in RULES.different) is declared


def test_a_search_that_takes_another_group_for_people_is_not_believed() -> None:
    # pairs of one person in which names agree no more often than in others, as in no list of people
    start = packaged_weights()
    blind = replace(start, m={**start.m, "name": start.u["name"]})
    assert _learned(_drawn(blind, 30_000, 0.9), start) is start


@pytest.mark.parametrize("field", ["kelurahan", "phone"])
def test_a_search_after_which_what_differs_speaks_for_one_person_is_not_believed(
    field: str,
) -> None:
    start = packaged_weights()
    turned = replace(
        start, m={**start.m, field: start.u[field]}, u={**start.u, field: start.m[field]}
    )
    for truth, believed in ((start, True), (turned, False)):
        assert (_learned(_drawn(truth, 30_000, 0.9), start) is not start) is believed


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9, 0.995])
def test_however_many_pairs_are_one_person_strangers_are_not_put_together(share: float) -> None:
    pairs = 300_000 if share < 0.1 else 20_000
    patterns = _drawn(packaged_weights(), pairs, share)
    one = np.arange(pairs) < pairs * share
    taken = _taken_for_one(patterns, _learned(patterns, packaged_weights()))
    assert (taken & ~one).sum() < 0.01 * one.sum()
    assert (taken & one).sum() > 0.9 * one.sum()


@pytest.mark.parametrize(
    "known",
    [
        FIELDS[1:],
        ("nik", "name", "birth_date"),
        ("name", "birth_date", "sex", "mother_name", "kelurahan"),
    ],
)
def test_of_columns_that_are_missing_nothing_is_learned(known: tuple[str, ...]) -> None:
    start = packaged_weights()
    found = _learned(_drawn(start, 30_000, 0.3, known=known), start)
    assert found is not start
    for field in set(FIELDS) - set(known):
        assert found.m[field] == pytest.approx(start.m[field], abs=1e-6)
        assert found.u[field] == pytest.approx(start.u[field], abs=1e-6)


def test_a_search_that_finds_far_more_people_than_before_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # without NIK and birth date the search takes neighbours for one person: 17,000 pairs of 270
    monkeypatch.setattr(learning, "ENOUGH", 0)
    made = make(3_000, "serang", seed=5)
    rows = prepare(made.rows.drop("nik", "birth_date"), RULES, ON)
    pairs = candidates(rows, RULES)
    patterns = compare(rows, pairs, RULES)
    person = made.truth["person"].to_numpy()
    one = person[pairs.left] == person[pairs.right]
    taken = _taken_for_one(patterns, _learned(patterns, packaged_weights()))
    assert (taken & ~one).sum() < 0.1 * one.sum()


def test_what_two_fields_say_together_is_learned_beside_what_each_says() -> None:
    # who moves house leaves address and kelurahan at once, which no two fields drawn alone show
    truth = packaged_weights()
    patterns = _drawn(truth, 60_000, 0.5).astype(np.int64)
    place = {
        name: np.prod([1, *list(SCHEME.sizes.values())[:at]]) for at, name in enumerate(FIELDS)
    }
    for field in ("address", "kelurahan"):
        size = SCHEME.sizes[field]
        moved = np.arange(len(patterns)) % 10 == 0
        moved &= np.arange(len(patterns)) < 30_000
        level = (patterns // place[field]) % size
        patterns[moved] += ((size - 1 - level) * place[field])[moved]
    found = _learned(patterns.astype(np.uint32), truth)
    moved_house = "changed/changed"
    assert found.of("home", moved_house) > 1
    unmoved = _learned(_drawn(truth, 60_000, 0.5), truth)
    assert unmoved.of("home", moved_house) < found.of("home", moved_house) - 0.5


# what a register shows whose numbers are no NIKs, and which knows neither sex nor mother
_ALIEN = ("nik", "name", "birth_date", "address", "kelurahan")
_KIN = {"twins", "twins-one-letter", "siblings", "family-card", "namesake-parent"}


def _of_another_register(slips: float) -> Weights:
    """Shares of levels that need no date in a number; so many of one person's names and a third as
    many of their dates are wholly different."""
    names = {"equal": 0.9 - slips, "close": 0.05, "similar": 0.05, "different": slips}
    dates = {"equal": 1 - slips / 3, "one-part": 0.0, "different": slips / 3}
    strange = {"equal": 0.02, "one-part": 0.3, "different": 0.68}
    shares = {
        "nik": ({"equal": 0.9, "one-digit": 0.06, "different": 0.04}, {"different": 1.0}),
        "name": (names, {"equal": 0.02, "similar": 0.38, "different": 0.6}),
        "birth_date": (dates, strange),
    }
    start = packaged_weights()
    m, u = (
        {
            field: dict.fromkeys(levels, 0.0) | shares[field][side] if field in shares else levels
            for field, levels in given.items()
        }
        for side, given in enumerate((start.m, start.u))
    )
    return replace(start, m=m, u=u)


def test_guards_about_kin_are_lifted_where_nothing_tells_kin_and_names_slip_often() -> None:
    patterns = _drawn(_of_another_register(0.2), 20_000, 0.3, known=_ALIEN)
    found = _learned(patterns, packaged_weights())
    assert found.lifted >= _KIN
    assert "little-known" not in found.lifted
    judged = judge(np.unique(patterns), np.ones(len(np.unique(patterns)), int), RULES, found)
    names = {RULES.guards[at].name for at in judged.guard[judged.guard >= 0]}
    assert not names & found.lifted


def test_guards_stay_where_names_hardly_slip() -> None:
    patterns = _drawn(_of_another_register(0.01), 20_000, 0.3, known=_ALIEN)
    found = _learned(patterns, packaged_weights())
    assert found.rows == 9
    assert not found.lifted


@pytest.mark.parametrize("field", ["sex", "mother_name"])
def test_guards_stay_where_a_column_tells_of_kin(field: str) -> None:
    patterns = _drawn(_of_another_register(0.2), 20_000, 0.3, known=(*_ALIEN, field))
    assert not _learned(patterns, packaged_weights()).lifted


def test_lifted_guards_hold_in_another_list_that_tells_of_kin() -> None:
    lifted = replace(packaged_weights(), lifted=frozenset(guard.name for guard in RULES.guards))
    names = ["nik", "name", "birth_date"]
    shown = {"nik": "different", "name": "similar", "birth_date": "equal"}
    levels = {each: [level.name for level in RULES.fields[each]] for each in names}
    twins = sum(levels[each].index(shown[each]) * step(SCHEME, each) for each in names)
    for more, held in ((0, False), (step(SCHEME, "sex"), True)):
        judged = judge(np.array([twins + more], np.uint32), np.ones(1, int), RULES, lifted)
        assert bool(judged.guard[0] >= 0) is held
        assert bool(judged.lifted) is not held


def test_too_few_pairs_teach_nothing() -> None:
    start = packaged_weights()
    assert _learned(_drawn(start, 500, 0.3), start) is start


def test_what_was_learned_tells_its_day_its_rows_and_its_pairs() -> None:
    found = _learned(_drawn(packaged_weights(), 10_000, 0.3), packaged_weights())
    assert (found.learned, found.rows, found.pairs) == (ON, 9, 10_000)


def test_weights_are_read_as_they_were_written() -> None:
    weights = replace(packaged_weights(), lifted=frozenset({"twins", "siblings"}))
    again = parse_weights(weights_as_text(weights), RULES)
    assert again.lifted == weights.lifted
    assert (again.learned, again.rows, again.pairs) == (
        weights.learned, weights.rows, weights.pairs,
    )  # fmt: skip
    for field, levels in weights.m.items():
        for level in levels:
            assert again.of(field, level) == pytest.approx(weights.of(field, level), abs=0.01)


def test_the_packaged_weights_have_m_and_u_of_every_level() -> None:
    weights = packaged_weights()
    for field, levels in RULES.weighed.items():
        wanted = set(levels) - {MISSING}
        if field in RULES.together:
            assert set(weights.together[field]) == wanted
        else:
            assert set(weights.m[field]) == set(weights.u[field]) == wanted
    assert weights.of("nik", "equal") > 5
    assert weights.of("name", "different") < -3
    assert weights.of("nik", MISSING) == 0
    assert weights.rows >= 100_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fields: 7",
        "learned: 2026-11-22\nsource: x\nrows: 1\npairs: 1\nprior: 0\nfields: {}\ntogether: {}",
    ],
)
def test_weights_that_do_not_fit_the_rules_are_refused(text: str) -> None:
    with pytest.raises(WeightsError):
        parse_weights(text, RULES)


def test_a_guard_weighs_what_is_declared() -> None:
    patterns = _drawn(packaged_weights(), 20_000, 0.5)
    judged = judge(np.unique(patterns), np.ones(len(np.unique(patterns)), int), RULES,
                   packaged_weights())  # fmt: skip
    assert (judged.guard >= 0).any()
    for at in range(len(judged.patterns)):
        guard = int(judged.guard[at])
        assert judged.guarding[at] == (RULES.guards[guard].weight if guard >= 0 else 0)
