"""Organisations and the people in them."""

import pytest

from payung.apps.accounts import selectors, services
from payung.apps.accounts.models import Kind, Membership, Role, User
from payung.apps.audit.models import Event
from payung.apps.errors import DomainError, NotAllowed


def test_an_administrator_adds_an_organisation_and_it_is_audited(cast):
    made = services.create_organisation(
        actor=cast.agus.actor,
        kind=Kind.OFFICE,
        name="Kesra",
        slug="kesra",
        region=cast.disnaker.region,
    )
    event = Event.objects.get(act="organisation.created")
    assert (event.object_id, event.user) == (str(made.pk), cast.agus.user)


def test_a_short_code_is_taken_once_per_region(cast):
    with pytest.raises(DomainError, match="sudah dipakai"):
        services.create_organisation(
            actor=cast.agus.actor,
            kind=Kind.OFFICE,
            name="Dinsos lagi",
            slug="dinsos",
            region=cast.disnaker.region,
        )


def test_an_operator_adds_nobody(cast):
    with pytest.raises(NotAllowed):
        services.add_member(
            actor=cast.rina.actor,
            email="baru@payung.test",
            name="Baru",
            organisation=cast.disnaker,
            role=Role.OPERATOR,
        )
    assert not User.objects.filter(email="baru@payung.test").exists()


def test_a_person_has_a_role_once(cast):
    with pytest.raises(DomainError, match="sudah menjadi"):
        services.add_member(
            actor=cast.agus.actor,
            email=cast.rina.user.email,
            name="Rina",
            organisation=cast.disnaker,
            role=Role.OPERATOR,
        )


def test_a_kelurahan_sees_only_organisations_in_its_own_area(cast):
    assert list(selectors.organisations(actor=cast.yanti.actor)) == [cast.sukarasa]


def test_another_city_is_not_seen(cast):
    seen = selectors.organisations(actor=cast.agus.actor)
    assert cast.disnaker_metro not in seen
    assert cast.sukarasa in seen


def test_the_terminal_acts_as_the_only_administrator(cast):
    Membership.objects.filter(user=cast.wayan.user).delete()
    assert selectors.terminal_actor(email=None).user == cast.agus.user


def test_with_two_administrators_the_terminal_asks_who(cast):
    with pytest.raises(DomainError, match="--as"):
        selectors.terminal_actor(email=None)


def test_nobody_acts_under_an_unknown_address(cast):
    with pytest.raises(DomainError, match="Tidak ada pengguna aktif"):
        selectors.terminal_actor(email="siapa@payung.test")
