"""What an office wrote into every row, its phone or a form's own birth date, proves nobody one."""

import pytest

from payung.apps.lists import services
from payung.apps.lists.models import Fate, Match, Pair
from tests.lists.files import people, person

OFFICE = "081211112222"
OWN = "081255556666"
# two women of one name and birth date, born in different districts
ONE = person(1, nik="3671014508820001", mother="")
OTHER = person(1, nik="3173054508820417", mother="")


def of(phone: str, *rows: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [(*row[:-1], phone) for row in rows]


def evidence() -> set[str]:
    return {each["field"] for each in Match.objects.get().evidence}


@pytest.mark.parametrize(("phone", "told"), [(OFFICE, False), (OWN, True)])
def test_a_phone_of_many_workers_speaks_for_nobody(disnaker, dinsos, phone, told):
    disnaker.accepted([*of(OFFICE, *people(25, first=20)), *of(phone, ONE)])
    dinsos.accepted(of(phone, OTHER))
    assert ("phone" in evidence()) is told


def test_a_phone_of_many_rows_of_a_list_speaks_for_nobody(disnaker, dinsos):
    disnaker.accepted(of(OFFICE, ONE))
    dinsos.accepted([*of(OFFICE, *people(25, first=20)), *of(OFFICE, OTHER)])
    assert "phone" not in evidence()


def test_a_birth_date_of_many_is_not_known(disnaker, dinsos):
    disnaker.accepted([ONE])
    same_day = [
        person(at, name=row[1], nik=f"3671014508820{at:03d}")
        for at, row in enumerate(people(25, first=20), 100)
    ]
    dinsos.accepted([*same_day, OTHER])
    assert "birth_date" not in {
        each["field"]
        for match in Match.objects.all()
        for each in match.evidence
        if each["level"].startswith("equal")
    }


def test_a_row_under_its_own_nik_still_joins_its_worker(disnaker, dinsos):
    disnaker.accepted(of(OFFICE, *people(25, first=20)))
    found = dinsos.accepted(of(OFFICE, *people(25, first=20)))
    assert found.entries.filter(fate=Fate.JOINED).count() == 25


def test_the_check_of_the_whole_registry_drops_crowds_too(disnaker, dinsos, cast):
    slip = person(1, nik="3671014508820017", born="06-08-1982", mother="")
    disnaker.accepted([*of(OFFICE, *people(25, first=20)), *of(OFFICE, ONE)])
    second = dinsos.accepted(of(OFFICE, slip))
    services.check(actor=cast.budi.actor, list=second)
    asked = Pair.objects.get()
    assert "phone" not in {each["field"] for each in asked.evidence}
