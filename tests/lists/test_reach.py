"""Whose lists one sees."""

from payung.apps.lists import selectors
from tests.lists.files import office_of, person


def test_lists_rows_and_questions_stay_within_reach(disnaker, dinsos, cast, tmp_path):
    disnaker.accepted([person(1)])
    found = dinsos.accepted([person(2)])
    for person_ in (cast.wayan, cast.asep, cast.hendra, cast.yanti):
        assert selectors.lists(actor=person_.actor).count() == 0
        assert selectors.rows(actor=person_.actor, list=found).count() == 0
        assert selectors.reviews_waiting(actor=person_.actor) == 0
    assert [*selectors.lists(actor=cast.dewi.actor)] == [found]
    assert selectors.lists(actor=cast.tono.actor).count() == 2
    assert selectors.reviews_waiting(actor=cast.budi.actor) == 1


def test_a_kecamatan_sees_the_lists_of_its_kelurahan(cast, tmp_path):
    sukarasa = office_of(cast.yanti, cast, tmp_path)
    keroncong = office_of(cast.joko, cast, tmp_path)
    found = sukarasa.read([person(1)])
    keroncong.read([person(2)])
    assert [*selectors.lists(actor=cast.lina.actor)] == [found]


def test_lists_and_rows_are_filtered(disnaker, dinsos, cast):
    bad = person(3, name="Kartini", nik="36", phone="xx")
    found = disnaker.read([person(1), bad])
    dinsos.read([person(2)])
    actor = cast.budi.actor

    def names(**filters):
        return [row.name for row in selectors.rows(actor=actor, list=found, **filters)]

    assert selectors.lists(actor=actor, sender=cast.dinsos).count() == 1
    assert selectors.lists(actor=actor, text="DISNAKER-1").get() == found
    assert selectors.lists(actor=actor, state="accepted").count() == 0
    assert names() == ["Siti Aminah", "Kartini"]
    assert names(severity=2) == names(code="phone-unreadable") == names(text="kart") == ["Kartini"]
    assert names(text="367101450882") == ["Siti Aminah"]
    assert names(fate="new") == []
    assert selectors.acceptable(found) == 1
