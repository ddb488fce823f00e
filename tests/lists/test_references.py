"""Tables written in bulk name only what there is, though no foreign key checks them row by row."""

import pytest
from django.db import IntegrityError, connection, transaction

from payung.apps.lists.models import Row
from payung.apps.workers.models import Worker
from tests.lists.files import people


def _run(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE workers_worker SET region_id = '99.99'",
        "UPDATE workers_source SET worker_id = 999999",
        "UPDATE workers_source SET organisation_id = 999999",
        "UPDATE lists_row SET sheet_id = 999999",
        "UPDATE lists_row SET worker_id = 999999",
        "INSERT INTO workers_source (worker_id, organisation_id, kind, source_id, received_at, "
        "\"values\") SELECT 999999, organisation_id, 'kpj', 1, received_at, '{}' "
        "FROM workers_source",
        "DELETE FROM workers_worker",
        "DELETE FROM lists_sheet",
        "DELETE FROM accounts_organisation WHERE slug = 'dinsos'",
        "UPDATE workers_worker SET id = id + 1000",
        "UPDATE regions_region SET code = '36.71.01.9999' WHERE code = '36.71.01.1001'",
    ],
)
def test_what_is_named_must_be_there_and_stays_while_it_is_named(dinsos, change):
    dinsos.accepted(people(2))
    with pytest.raises(IntegrityError):
        _run(change)
    assert Worker.objects.count() == 2


def test_what_nobody_names_may_go(dinsos):
    dinsos.accepted(people(2))
    _run("DELETE FROM workers_source")
    _run("UPDATE lists_row SET worker_id = NULL, fate = 'waiting'")
    _run("DELETE FROM workers_worker")
    assert not Worker.objects.exists()


def test_an_accepted_row_keeps_the_values_its_worker_was_made_of(dinsos):
    found = dinsos.accepted(people(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Row.objects.filter(list=found).update(name="Orang lain")
