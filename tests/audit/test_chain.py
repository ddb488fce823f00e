"""The audit trail: append-only, and each event carries the hash of the last."""

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from payung.apps.audit import selectors
from payung.apps.audit.models import Access, Event
from payung.apps.audit.services import GENESIS, as_ranges, record, record_access


def test_events_form_an_unbroken_chain(cast):
    for number in range(3):
        record(actor=cast.rina.actor, act="list.received", noun="list", object_id=number)
    first, *_, last = Event.objects.order_by("id")
    assert first.previous_hash == GENESIS
    assert last.previous_hash == Event.objects.order_by("id")[1].hash
    assert selectors.broken_link() is None


@pytest.mark.parametrize(
    "sql", ["UPDATE audit_event SET act = 'x'", "DELETE FROM audit_event"], ids=["edit", "delete"]
)
def test_the_database_refuses_to_change_an_event(cast, sql):
    record(actor=cast.rina.actor, act="list.received", noun="list")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql)


def test_a_changed_event_is_found_when_the_guard_was_taken_away(cast):
    made = [record(actor=None, act=act, noun="list") for act in ("a.b", "c.d", "e.f")]
    with connection.cursor() as cursor:
        on_table = "" if connection.vendor == "sqlite" else " ON audit_event"
        cursor.execute(f"DROP TRIGGER guard_audit_event_append_only_update{on_table}")
        cursor.execute("UPDATE audit_event SET act = 'lain' WHERE id = %s", [made[1].pk])
    assert selectors.broken_link() == made[1]


def test_a_bulk_act_names_its_rows_as_ranges(cast):
    event = record(actor=cast.rina.actor, act="list.accepted", noun="list", rows=[4, 2, 3, 9])
    assert (event.rows, event.row_count) == ("2-4,9", 4)


@given(st.sets(st.integers(1, 500)))
def test_ranges_name_each_number_once(numbers):
    named = []
    for part in filter(None, as_ranges(sorted(numbers)).split(",")):
        first, _, last = part.partition("-")
        named += range(int(first), int(last or first) + 1)
    assert named == sorted(numbers)


def test_another_city_sees_none_of_our_events(cast):
    record(actor=cast.rina.actor, act="list.received", noun="list", object_id=1)
    assert selectors.events(actor=cast.agus.actor).count() == 1
    assert not selectors.events(actor=cast.stranger.actor).exists()


def test_who_opened_a_record_is_kept_and_cannot_be_removed(cast):
    record_access(actor=cast.rina.actor, noun="worker", object_id=7)
    assert Access.objects.get().user == cast.rina.user
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute("DELETE FROM audit_access")
