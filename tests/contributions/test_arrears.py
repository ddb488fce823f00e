"""Who is behind, whose cover ends soon, and what a worker was covered for on a day."""

from datetime import date

import pytest

from payung.apps.contributions import selectors
from tests.contributions.conftest import issued, paid
from tests.enrolment import way
from tests.support.standing import standing_on

JANUARY_TO_MAY = [date(2026, month, 1) for month in range(1, 6)]


def made(cast, folder):
    """Three covered in 2026; paid for five, three and no months."""
    apbd, workers = way.fund(cast), way.people(3)
    way.enrolled(cast, folder, way.plan(cast, [(apbd, workers)]))
    for month in JANUARY_TO_MAY:
        [invoice] = issued(cast, month)
        people = 2 if month.month <= 3 else 1
        paid(cast, invoice, people * 16_800, month.replace(day=12))
    return apbd, workers


standing = standing_on(made)


@pytest.fixture
def apbd(stood):
    """The fund that pays for the three."""
    return stood[1][0]


@pytest.fixture
def three(stood):
    """The workers of `made`."""
    return stood[1][1]


def behind(cast, on: date, months: int | None = None) -> set[str]:
    return {
        worker.name for worker in selectors.arrears(actor=cast.budi.actor, on=on, months=months)
    }


def test_a_month_is_in_arrears_after_its_fifteenth(cast, three):
    assert behind(cast, date(2026, 5, 15)) == {"Orang Rekaan 1", "Orang Rekaan 2"}
    assert behind(cast, date(2026, 6, 15)) == {"Orang Rekaan 1", "Orang Rekaan 2"}
    assert behind(cast, date(2026, 6, 16)) == {f"Orang Rekaan {n}" for n in range(3)}


def test_months_behind_are_counted(cast, three):
    on = date(2026, 5, 20)
    counted = {
        worker.name: selectors.months_behind(worker, on)
        for worker in selectors.arrears(actor=cast.budi.actor, on=on)
    }
    assert counted == {"Orang Rekaan 1": 2, "Orang Rekaan 2": 5}
    assert behind(cast, on, 2) == {"Orang Rekaan 1"}
    assert behind(cast, on, 5) == {"Orang Rekaan 2"}
    assert behind(cast, on, 1) == set()


def test_lapsing_counts_people_one_two_and_three_months_behind(cast, three):
    told = selectors.lapsing(actor=cast.budi.actor, on=date(2026, 5, 20))
    assert (told.behind, told.beyond) == ({1: 0, 2: 1, 3: 0}, 1)
    assert told.ending == 0
    assert selectors.lapsing(actor=cast.budi.actor, on=date(2026, 10, 1)).ending == 3


def test_who_has_cover_beyond_is_not_ending(cast, apbd, three, enrolled):
    apbd.last_month = date(2027, 12, 1)
    apbd.save()
    enrolled(
        apbd, three[:1], first=date(2027, 1, 1), last=date(2027, 12, 1), start=date(2027, 1, 1)
    )
    ending = selectors.ending(actor=cast.budi.actor, on=date(2026, 11, 21), within=2)
    assert {worker.pk for worker in ending} == {worker.pk for worker in three[1:]}


def test_the_dead_are_not_behind(cast, three):
    three[2].died_on = date(2026, 2, 1)
    three[2].save()
    assert behind(cast, date(2026, 5, 20)) == {"Orang Rekaan 1"}


def test_cover_on_a_day_counts_only_what_was_paid_by_then(three):
    assert selectors.cover_on(three[0], date(2026, 1, 11)).jkm == "none"
    assert selectors.cover_on(three[0], date(2026, 3, 20)).jkm == "funeral-only"
    assert selectors.cover_on(three[0], date(2026, 4, 5)).jkm == "full"
    assert selectors.cover_on(three[1], date(2026, 5, 20)).arrears_months == 2
    assert selectors.cover_on(three[2], date(2026, 5, 20)).jkk == "none"


def test_paid_months_of_a_worker_are_each_month_once(three):
    assert selectors.paid_months(three[0]) == JANUARY_TO_MAY


def test_a_workers_months_are_shown_from_first_to_last(three):
    cells = selectors.grid(three[1])
    assert len(cells) == 12
    assert all(cell.is_covered for cell in cells)
    assert [cell.is_paid for cell in cells] == [True] * 3 + [False] * 9
    assert (cells[0].amount, cells[0].fund, cells[0].is_late) == (16_800, "APBD", False)
    assert selectors.grid(way.people(1, first=90)[0]) == []


def test_months_paid_after_a_death_are_found_to_be_claimed_back(cast, three):
    three[0].died_on = date(2026, 3, 31)
    three[0].save()
    found = selectors.paid_after_death(actor=cast.budi.actor)
    assert {(row.worker_id, row.month.month) for row in found} == {
        (three[0].pk, 4),
        (three[0].pk, 5),
    }


def test_totals_are_per_month_and_fund(cast, three):
    totals = selectors.totals(actor=cast.budi.actor)
    assert [(row["month"].month, row["workers"], row["paid"]) for row in totals] == [
        (1, 3, 33_600),
        (2, 3, 33_600),
        (3, 3, 33_600),
        (4, 3, 16_800),
        (5, 3, 16_800),
    ]
    assert selectors.totals(actor=cast.hendra.actor) == []


def test_nobody_elsewhere_sees_who_is_behind(cast, three):
    on = date(2026, 5, 20)
    for who in ("stranger", "hendra", "joko"):
        person = getattr(cast, who)
        assert not selectors.arrears(actor=person.actor, on=on).exists()
    assert selectors.arrears(actor=cast.yanti.actor, on=on).count() == 2
