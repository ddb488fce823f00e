"""Deciding whether a row and a worker are one person."""

import pytest

from payung.apps.audit.models import Event
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.lists import selectors, services
from payung.apps.lists.models import Decision, Fate, Match, Row
from payung.apps.workers.models import Worker
from tests.lists.files import office_of, people, person
from tests.support.standing import standing_on


def made(cast, folder):
    """Dinsos sends Siti Aminah of Disnaker's list under another NIK; the pair that waits."""
    office_of(cast.rina, cast, folder).accepted([person(1)])
    office_of(cast.dewi, cast, folder).accepted([person(2)])
    return selectors.reviews(actor=cast.budi.actor).get()


standing = standing_on(made)


@pytest.fixture
def asked(stood):
    """The pair of `made`."""
    return stood[1]


def decide(cast, match, decision, **fields):
    return services.decide(actor=cast.budi.actor, match=match, decision=decision, **fields)


def test_the_same_person_joins_the_worker_as_another_source(asked, cast, dinsos):
    row = decide(cast, asked, Decision.SAME, reason="Salah ketik")
    assert (row.fate, row.worker) == (Fate.JOINED, Worker.objects.get())
    assert [source.organisation.slug for source in row.worker.sources.all()] == [
        "disnaker",
        "dinsos",
    ]
    event = Event.objects.get(act="match.decided")
    assert (event.after["decision"], event.reason, event.row_count) == ("same", "Salah ketik", 1)
    match = Match.objects.get()
    assert (match.decision, match.decided_by) == (Decision.SAME, cast.budi.user)


def test_a_different_person_becomes_a_worker(asked, cast):
    row = decide(cast, asked, Decision.DIFFERENT)
    assert (row.fate, Worker.objects.count()) == (Fate.NEW, 2)
    assert row.worker.sources.count() == 1


def test_two_people_cannot_have_one_nik(disnaker, dinsos, cast):
    disnaker.accepted([person(1)])
    found = dinsos.accepted([person(1, name="Joko Widodo")])
    match = Match.objects.get()
    with pytest.raises(DomainError, match="Perbaiki dahulu NIK"):
        decide(cast, match, Decision.DIFFERENT)
    services.correct(
        actor=cast.dewi.actor, row=match.row, values={"nik": "3671010508820004", "sex": "L"}
    )
    assert Match.objects.count() == 0
    services.accept(actor=cast.budi.actor, list=found)
    assert Worker.objects.count() == 2


def test_what_was_decided_is_not_asked_again(asked, cast, dinsos):
    decide(cast, asked, Decision.DIFFERENT)
    Worker.objects.filter(nik=asked.row.nik).update(nik="3671014508829999")
    again = dinsos.accepted([person(2)])
    assert Match.objects.filter(row__list=again, worker=asked.worker).count() == 0


def test_a_nik_once_found_to_be_anothers_joins_it_without_asking(asked, cast, disnaker):
    decide(cast, asked, Decision.SAME)
    again = disnaker.accepted([person(2), *people(1)])
    assert selectors.fates(again) == {
        "waiting": 0, "new": 1, "joined": 1, "review": 0, "rejected": 0,
    }  # fmt: skip
    assert Worker.objects.get(nik=person(1)[0]).sources.count() == 3


def test_a_decision_holds_though_names_are_brought_to_another_form_since(asked, cast, disnaker):
    Row.objects.filter(pk=asked.row_id).update(match_key="as before|1982-08-05")
    decide(cast, Match.objects.get(), Decision.SAME)
    again = disnaker.accepted([person(2)])
    assert Row.objects.get(list=again).fate == Fate.JOINED


def test_a_row_taken_back_leaves_the_worker_with_those_that_followed_it(asked, cast, disnaker):
    decide(cast, asked, Decision.SAME)
    followed = disnaker.accepted([person(2), *people(1)])
    with pytest.raises(DomainError, match="alasan"):
        services.take_back_row(actor=cast.budi.actor, match=asked, reason=" ")
    row = services.take_back_row(actor=cast.budi.actor, match=asked, reason="Salah tekan")
    assert (row.fate, row.worker) == (Fate.REVIEW, None)
    assert Worker.objects.get(nik=person(1)[0]).sources.count() == 1
    assert selectors.fates(followed)["review"] == 1
    event = Event.objects.get(act="match.taken_back")
    assert (event.before["decision"], event.reason) == ("same", "Salah tekan")
    again = selectors.reviews(actor=cast.budi.actor, list=asked.row.list).get()
    assert decide(cast, again, Decision.DIFFERENT).fate == Fate.NEW


def test_two_told_apart_as_a_row_and_a_worker_are_asked_about_again_as_two_workers(asked, cast):
    row = decide(cast, asked, Decision.DIFFERENT)
    services.take_back_row(actor=cast.budi.actor, match=asked, reason="KTP sama")
    pair = selectors.worker_reviews(actor=cast.budi.actor).get()
    assert {pair.left, pair.right} == {asked.worker, row.worker}
    assert pair.why == asked.why
    services.check(actor=cast.budi.actor, list=row.list)  # finds the two by itself too
    pair = selectors.worker_reviews(actor=cast.budi.actor).get()
    services.decide_pair(actor=cast.budi.actor, pair=pair, decision=Decision.SAME)
    assert Worker.objects.filter(same_as__isnull=False).count() == 1


def test_only_who_decides_takes_back_and_only_what_was_decided(asked, cast):
    with pytest.raises(DomainError, match="belum diputuskan"):
        services.take_back_row(actor=cast.budi.actor, match=asked, reason="x")
    decide(cast, asked, Decision.SAME)
    with pytest.raises(NotAllowed):
        services.take_back_row(actor=cast.rina.actor, match=asked, reason="x")
    with pytest.raises(DomainError, match="jangkauan"):
        services.take_back_row(actor=cast.wayan.actor, match=asked, reason="x")


def test_another_name_under_the_same_nik_is_asked_about_once(disnaker, dinsos, cast):
    disnaker.accepted([person(1)])
    married = person(1, name="Nyai Ratnasari")
    dinsos.accepted([married])
    decide(cast, Match.objects.get(), Decision.SAME, reason="Penetapan ganti nama")
    again = disnaker.accepted([married, *people(1, first=70)])
    assert selectors.fates(again)["joined"] == 1
    Worker.objects.filter(nik=married[0]).update(died_on="2026-10-01")
    # whoever died since is on a list again: that is worth a look
    assert selectors.fates(dinsos.accepted([married, *people(1, first=71)]))["review"] == 1


def test_a_decision_is_made_once(asked, cast):
    decide(cast, asked, Decision.SAME)
    with pytest.raises(DomainError, match="sudah diputuskan"):
        decide(cast, asked, Decision.DIFFERENT)


def test_the_dead_workers_row_may_be_another_person_by_decision(disnaker, dinsos, cast):
    disnaker.accepted([person(1)])
    Worker.objects.update(died_on="2026-10-01")
    dinsos.accepted([person(1)])
    row = decide(cast, Match.objects.get(), Decision.DIFFERENT)
    assert (row.fate, Worker.objects.living().count()) == (Fate.NEW, 1)


def test_many_are_confirmed_at_once_with_one_event(disnaker, dinsos, cast):
    disnaker.accepted(people(4))
    renamed = [(*row[:1], "Budi Lain", *row[2:]) for row in people(3)]
    found = dinsos.accepted([*renamed, person(77)])
    matches = selectors.reviews(actor=cast.budi.actor, list=found)
    assert matches.count() == 3
    decided = services.decide_many(
        actor=cast.budi.actor, matches=matches, decision=Decision.SAME, reason="Sudah dicek"
    )
    assert (decided, selectors.fates(found)["joined"]) == (3, 3)
    assert Event.objects.get(act="matches.decided").row_count == 3
    assert Worker.objects.count() == 5


def test_many_different_ones_become_workers_except_where_the_nik_is_one(disnaker, dinsos, cast):
    disnaker.accepted([person(1), person(5, name="Kartini", born="21-04-1979")])
    found = dinsos.accepted([person(2), person(5, name="Budi Lain", born="21-04-1979")])
    decided = services.decide_many(
        actor=cast.budi.actor,
        matches=selectors.reviews(actor=cast.budi.actor, list=found),
        decision=Decision.DIFFERENT,
    )
    assert decided == 1
    assert dict(Row.objects.filter(list=found).values_list("name", "fate")) == {
        "Siti Aminah": Fate.NEW,
        "Budi Lain": Fate.REVIEW,
    }


def test_only_a_verifier_or_administrator_of_the_city_decides(asked, cast):
    for person_ in (cast.rina, cast.dewi, cast.tono, cast.maya):
        with pytest.raises(NotAllowed):
            services.decide(actor=person_.actor, match=asked, decision=Decision.SAME)
    with pytest.raises(DomainError, match="jangkauan"):
        services.decide(actor=cast.wayan.actor, match=asked, decision=Decision.SAME)


@pytest.mark.parametrize(
    ("decision", "fate", "workers"),
    [(Decision.SAME, Fate.JOINED, 1), (Decision.DIFFERENT, Fate.JOINED, 2)],
)
def test_one_answer_is_enough_for_all_lists_that_asked_before_it(
    decision, fate, workers, asked, cast, disnaker
):
    other = disnaker.accepted([person(2, phone="081234567890"), *people(1)])
    assert selectors.fates(other)["review"] == 1
    decide(cast, asked, decision)
    assert not selectors.reviews(actor=cast.budi.actor)
    row = Row.objects.get(list=other, nik=asked.row.nik)
    assert (row.fate, Worker.objects.count()) == (fate, workers + 1)
    assert row.worker == Row.objects.get(pk=asked.row_id).worker
    assert row.worker.sources.filter(kind="list-row", source_id=row.pk).exists()


def test_many_answers_are_enough_for_all_lists_that_asked_before_them(asked, cast, disnaker):
    other = disnaker.accepted([person(2, phone="081234567890"), person(3)])
    matches = selectors.reviews(actor=cast.budi.actor).filter(pk=asked.pk)
    services.decide_many(actor=cast.budi.actor, matches=matches, decision=Decision.SAME)
    open_still = selectors.reviews(actor=cast.budi.actor).get()
    assert (open_still.row.list, open_still.row.nik) == (other, person(3)[0])


def test_another_name_under_the_nik_is_a_question_of_its_own(disnaker, dinsos, cast):
    disnaker.accepted([person(1)])
    dinsos.accepted([person(1, name="Nyai Ratnasari")])
    other = disnaker.accepted([person(1, name="Joko Widodo"), *people(1, first=70)])
    first = Match.objects.exclude(row__list=other).get()
    decide(cast, first, Decision.SAME, reason="Penetapan ganti nama")
    assert selectors.reviews(actor=cast.budi.actor).get().row.list == other
