"""Who is paid: heirs in legal order, wills and rulings, and when there is nobody."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import LawError, heir_relations, heirs, heirs_order

MAY = date(2026, 5, 10)
BEFORE = date(2025, 2, 23)
RELATIONS = sorted(heir_relations(MAY))


def paid(*living, on=MAY):
    return {payee.code: payee.benefits for payee in heirs(on, living).payees}


def test_spouse_and_children_come_before_everybody_else():
    order = heirs_order()
    assert [heir.order for heir in order] == [1, 2, 3, 4, 5]
    assert [heir.code for heir in order] == [
        "spouse-child",
        "blood-line",
        "sibling",
        "parent-in-law",
        "will",
    ]


def test_a_widow_and_a_child_are_paid_together_and_nobody_after_them():
    assert paid("spouse", "child", "parent", "sibling", "will") == {
        "spouse": ("money", "funeral"),
        "child": ("money", "funeral", "scholarship"),
    }


@pytest.mark.parametrize(
    ("living", "expected"),
    [
        (["parent", "grandparent", "sibling"], ["parent", "grandparent"]),
        (["grandchild", "parent-in-law"], ["grandchild"]),
        (["sibling", "parent-in-law", "will"], ["sibling"]),
        (["parent-in-law", "will"], ["parent-in-law"]),
        (["will", "court-ruling"], ["will"]),
        (["court-ruling"], ["court-ruling"]),
    ],
)
def test_a_later_rank_is_paid_only_when_every_earlier_one_is_empty(living, expected):
    assert list(paid(*living)) == expected


def test_every_empty_rank_is_a_step_of_its_own():
    steps = heirs(MAY, ["sibling"]).steps
    assert [step.sentence for step in steps] == [
        "heirs.rank-empty",
        "heirs.rank-empty",
        "heirs.rank-owed",
        "heirs.shares",
    ]
    assert "Saudara kandung" in steps[2].text
    assert "Brother or sister" in steps[2].say("en")


def test_without_anybody_the_funeral_goes_to_whoever_buries_and_the_rest_to_the_fund():
    answer = heirs(MAY, [])
    assert answer.rank is None
    assert [(payee.code, payee.benefits) for payee in answer.payees] == [
        ("burier", ("funeral",)),
        ("fund", ("money",)),
    ]
    assert not answer.steps[-1].verified


def test_a_will_is_notarial_since_2025():
    assert "akta notaris" in heirs(MAY, ["will"]).steps[-1].text
    assert heirs(MAY, ["will"]).steps[-1].verified
    assert "akta notaris" not in heirs(BEFORE, ["will"]).steps[-1].text


def test_before_2025_no_court_ruling_was_provided_for():
    assert "court-ruling" not in heir_relations(BEFORE)
    with pytest.raises(LawError, match="yang tercatat mulai 24 Februari 2025"):
        heirs(BEFORE, ["court-ruling"])


def test_that_heirs_of_one_rank_share_is_not_decided_here():
    step = heirs(MAY, ["spouse", "child"]).steps[-1]
    assert "surat keterangan ahli waris" in step.text
    assert not step.verified


def test_everybody_is_told_by_name_what_he_is_paid():
    (spouse, child) = heirs(MAY, ["spouse", "child"]).payees
    assert [each.id for each in spouse.benefit_words] == [
        "santunan sekaligus dan berkala",
        "biaya pemakaman",
    ]
    assert child.benefit_words[-1].en == "scholarship, where entitled"


def test_an_unknown_relation_is_refused_with_the_known_ones():
    with pytest.raises(LawError, match=r"“neighbour” tidak dikenal.*spouse"):
        heirs(MAY, ["neighbour"])


@given(st.sets(st.sampled_from(RELATIONS)))
def test_money_and_funeral_always_have_somebody_to_go_to(living):
    payees = heirs(MAY, living).payees
    assert any("money" in payee.benefits for payee in payees)
    assert any("funeral" in payee.benefits for payee in payees)
    assert all(payee.code in {*living, "burier", "fund"} for payee in payees)
    assert all(payee.name and payee.english for payee in payees)


@given(st.sets(st.sampled_from(RELATIONS)), st.sampled_from(RELATIONS))
def test_another_relative_never_moves_the_money_to_a_later_rank(living, more):
    order = {rank.code: rank.order for rank in heirs_order(MAY)}

    def rank(people):
        found = heirs(MAY, people).rank
        return order[found.code] if found else len(order) + 1

    assert rank(living | {more}) <= rank(living)
