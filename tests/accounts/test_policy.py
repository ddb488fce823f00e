"""The policy table, walked: role by role, act by act."""

import pytest

from payung.apps.accounts.models import Role
from payung.apps.accounts.policy import ACTS, LEAD_ONLY, allows, require
from payung.apps.errors import NotAllowed

WRITES = [act for act in ACTS if not act.endswith(".view")]


def test_every_act_that_only_leads_do_is_a_known_act():
    assert set(ACTS) >= LEAD_ONLY


@pytest.mark.parametrize("act", sorted(ACTS))
def test_each_person_may_do_just_what_the_table_says(cast, act):
    for person in cast.people.values():
        actor = person.actor
        lead = actor.organisation.kind in {"city", "lead", "branch", "inspectorate"}
        expected = actor.role in ACTS[act] and (lead or act not in LEAD_ONLY)
        assert allows(actor, act) is expected, person.user.name


@pytest.mark.parametrize("act", WRITES)
def test_an_auditor_changes_nothing(cast, act):
    assert act == "workers.export" or not allows(cast.tono.actor, act)


@pytest.mark.parametrize("act", WRITES)
def test_a_company_changes_nothing(cast, act):
    assert not allows(cast.hendra.actor, act)


@pytest.mark.parametrize("act", ["workers.view", "lists.view", "claims.view", "enrolment.view"])
def test_a_company_sees_no_person(cast, act):
    assert not allows(cast.hendra.actor, act)


def test_a_refusal_names_the_role_and_the_office(cast):
    with pytest.raises(NotAllowed, match=r"Petugas data di Kelurahan Sukarasa"):
        require(cast.yanti.actor, "plans.approve")


def test_who_makes_a_plan_cannot_approve_it_by_role_alone():
    assert ACTS["plans.approve"] == {Role.APPROVER}
    assert Role.APPROVER not in ACTS["plans.make"]


def test_a_refusal_names_who_may(cast):
    with pytest.raises(NotAllowed, match="Yang berhak: Penyetuju di dinas pengampu"):
        require(cast.agus.actor, "plans.approve")
