"""New workers against the whole registry, and what a person decides of two who may be one."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from payung.apps.audit.models import Event
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.jobs.models import Job
from payung.apps.jobs.services import run
from payung.apps.lists import selectors, services
from payung.apps.lists.models import Decision, Match, Pair
from payung.apps.workers import selectors as workers
from payung.apps.workers import services as worker_services
from payung.apps.workers.models import Worker
from tests.lists.files import office_of, people, person
from tests.support.pairs import doubt
from tests.support.standing import standing_on

# the same woman in every way but one digit of her NIK and her birth date, a day later: no key that
# acceptance joins by finds her
AMINAH = person(1, phone="081234567890")
AGAIN = person(1, born="06-08-1982", phone="081234567890", nik="3671014508820001"[:-1] + "7")


def made(cast, folder) -> Pair:
    """Siti Aminah of two lists as two workers, found by the check of the second list."""
    office_of(cast.rina, cast, folder).accepted([AMINAH, *people(3, first=20)])
    second = office_of(cast.dewi, cast, folder).accepted([AGAIN])
    assert Worker.objects.count() == 5
    services.check(actor=cast.budi.actor, list=second)
    return selectors.worker_reviews(actor=cast.budi.actor).get()


standing = standing_on(made)


@pytest.fixture
def asked(stood) -> Pair:
    """The pair of `made`."""
    return stood[1]


def decide(cast, pair, decision=Decision.SAME, **fields) -> Pair:
    return services.decide_pair(actor=cast.budi.actor, pair=pair, decision=decision, **fields)


def alias_of(pair: Pair) -> Worker:
    return Worker.objects.get(pk=pair.right_id)


def test_a_check_finds_who_no_join_finds_and_says_why(asked, dinsos):
    assert {asked.left.nik, asked.right.nik} == {AMINAH[0], AGAIN[0]}
    assert (asked.left_nik, asked.right_nik) == (asked.left.nik, asked.right.nik)
    assert asked.probability > 0.1
    assert asked.why.endswith(".")
    assert {each["field"] for each in asked.evidence} >= {"nik", "name", "birth_date"}
    assert asked.list.sender == dinsos.sender
    assert asked.list.checked_at is not None
    event = Event.objects.get(act="list.checked")
    assert event.after == {"workers": 1, "pairs": 1}


def test_acceptance_queues_the_check_and_the_job_does_it(disnaker, dinsos, cast):
    disnaker.accepted([AMINAH])
    second = dinsos.accepted([AGAIN])
    second.refresh_from_db()
    assert (second.checking.kind, second.checking.state) == ("lists.check", "waiting")
    again = services.start_check(actor=cast.budi.actor, list=second)
    assert again.pk == second.checking_id
    run(second.checking_id)
    assert Job.objects.get(pk=second.checking_id).result == {"workers": 1, "pairs": 1}


def test_a_list_that_brings_nobody_new_is_not_checked(disnaker, dinsos):
    disnaker.accepted([AMINAH])
    second = dinsos.accepted([AMINAH])
    second.refresh_from_db()
    assert second.checking is None


def test_checking_again_asks_the_same_and_no_more(asked, cast):
    services.check(actor=cast.budi.actor, list=asked.list)
    again = Pair.objects.get()
    assert (again.left_id, again.right_id) == (asked.left_id, asked.right_id)
    assert again.pk == asked.pk  # whoever has it before them can still answer it


def test_checking_again_says_what_is_true_now(asked, cast):
    Worker.objects.filter(pk=asked.right_id).update(phone="085712345678")
    Worker.objects.filter(pk=asked.left_id).update(phone="085712345678")
    services.check(actor=cast.budi.actor, list=asked.list)
    assert "nomor telepon" in Pair.objects.get(pk=asked.pk).why
    Worker.objects.filter(pk=asked.right_id).update(
        name="Joko Widodo", name_key="joko widodo", birth_date="1991-02-03", sex="L",
        nik="3671010302910009", mother_name="Ngatinem", phone="081200000009",
    )  # fmt: skip
    services.check(actor=cast.budi.actor, list=asked.list)
    assert not Pair.objects.exists()


def test_one_person_of_two_records_is_counted_once_and_loses_nothing(asked, cast):
    pair = decide(cast, asked, reason="KTP sama")
    assert (pair.decision, pair.decided_by) == (Decision.SAME, cast.budi.user)
    going_on, alias = Worker.objects.get(pk=pair.left_id), alias_of(pair)
    assert (going_on.same_as, alias.same_as) == (None, going_on)
    assert alias.sources.count() == 1
    seen = workers.workers(actor=cast.budi.actor)
    assert alias not in seen
    assert [*workers.workers(actor=cast.budi.actor, text=alias.nik)] == [going_on]
    event = Event.objects.get(act="pair.decided")
    assert (event.after["decision"], event.reason) == ("same", "KTP sama")


def test_what_was_decided_is_never_asked_again(asked, cast, dinsos):
    decide(cast, asked, Decision.DIFFERENT)
    services.check(actor=cast.budi.actor, list=asked.list)
    assert not selectors.worker_reviews(actor=cast.budi.actor).exists()
    # under the same two NIK other records of them are not asked about either
    Worker.objects.filter(pk=asked.right_id).update(nik="3671014508829999")
    third = dinsos.accepted([AGAIN, *people(1, first=60)])
    services.check(actor=cast.budi.actor, list=third)
    asked_now = selectors.worker_reviews(actor=cast.budi.actor)
    assert not asked_now.filter(left=asked.left_id, right__nik=AGAIN[0]).exists()


def test_a_row_found_to_be_another_person_is_not_asked_about_as_a_worker(disnaker, dinsos, cast):
    disnaker.accepted([person(1)])
    found = dinsos.accepted([person(2)])
    services.decide(actor=cast.budi.actor, match=Match.objects.get(), decision=Decision.DIFFERENT)
    services.check(actor=cast.budi.actor, list=found)
    assert Worker.objects.count() == 2
    assert Pair.objects.count() == 0


def test_a_decision_is_taken_back_and_the_two_are_two_again(asked, cast):
    decide(cast, asked)
    with pytest.raises(DomainError, match="alasan"):
        services.take_back(actor=cast.budi.actor, pair=asked, reason=" ")
    pair = services.take_back(actor=cast.budi.actor, pair=asked, reason="Dua KTP diperlihatkan")
    assert pair.decision == Decision.OPEN
    assert not Worker.objects.filter(same_as__isnull=False).exists()
    assert Event.objects.get(act="pair.taken_back").reason == "Dua KTP diperlihatkan"
    with pytest.raises(DomainError, match="belum diputuskan"):
        services.take_back(actor=cast.budi.actor, pair=asked, reason="lagi")


def test_what_was_built_since_keeps_a_decision(asked, cast):
    decide(cast, asked)
    going_on = Worker.objects.get(pk=asked.left_id)
    worker_services.record_death(
        actor=cast.budi.actor, worker=going_on, died_on=timezone.localdate()
    )
    assert alias_of(asked).died_on == timezone.localdate()
    with pytest.raises(DomainError, match="Sejak keputusan itu"):
        services.take_back(actor=cast.budi.actor, pair=asked, reason="keliru")


def test_the_dead_and_the_living_are_not_one_person(asked, cast):
    Worker.objects.filter(pk=asked.left_id).update(died_on="2026-10-01")
    with pytest.raises(DomainError, match="tercatat meninggal"):
        decide(cast, asked)
    assert not Worker.objects.filter(same_as__isnull=False).exists()


def test_an_alias_is_changed_on_the_page_of_the_person(asked, cast):
    decide(cast, asked)
    with pytest.raises(DomainError, match="orang yang sama"):
        worker_services.correct(
            actor=cast.budi.actor, worker=alias_of(asked), values={"rt_rw": "1/2"}, reason="KTP"
        )


@pytest.fixture
def three(asked, cast) -> tuple[Pair, Pair]:
    """The pair, and a second one of its later worker with a third record of the same woman."""
    third = Worker.objects.exclude(pk__in=(asked.left_id, asked.right_id)).latest("pk")
    third.name, third.birth_date, third.phone = asked.left.name, asked.left.birth_date, "1"
    third.mother_name = asked.left.mother_name
    third.save()
    left, right = sorted((asked.right_id, third.pk))
    other = Pair.objects.create(
        left_id=left, right_id=right, left_nik="1", right_nik="2", probability=0.5, band="review",
        why="Nama sama.", found_at=timezone.now(),
    )  # fmt: skip
    return asked, other


@pytest.fixture
def married(disnaker, dinsos, cast) -> Pair:
    """Siti Aminah under another name, NIK and phone, found to be one with a clerk's help."""
    disnaker.accepted([person(40, name="Nyai Ratnasari", born="01-07-1971", phone="085611112222")])
    dinsos.accepted([AMINAH])
    left, right = Worker.objects.order_by("pk")
    pair = doubt(left, right)
    decide(cast, pair, reason="Penetapan ganti nama")
    return Pair.objects.get()


def test_who_resembles_an_alias_is_asked_about_as_the_person(married, dinsos, cast):
    going_on, alias = married.left, married.right
    third = dinsos.accepted([AGAIN])
    assert services.check(actor=cast.budi.actor, list=third) == {"workers": 1, "pairs": 1}
    asked = selectors.worker_reviews(actor=cast.budi.actor).get()
    newcomer = Worker.objects.get(nik=AGAIN[0])
    assert (asked.left, asked.right) == (going_on, newcomer)
    assert (asked.left_nik, asked.right_nik) == (alias.nik, AGAIN[0])
    assert "catatan lain dari orang itu" in asked.why
    assert alias.nik not in asked.why
    # once told apart, they are not asked about again through either record
    decide(cast, asked, Decision.DIFFERENT)
    assert services.check(actor=cast.budi.actor, list=third)["pairs"] == 0


def test_who_was_told_apart_from_the_alias_is_not_asked_about_as_the_person(
    asked, disnaker, dinsos, cast
):
    decide(cast, asked, Decision.DIFFERENT)
    one, other = asked.left, asked.right
    third = Worker.objects.exclude(pk__in=(one.pk, other.pk)).first()
    decide(cast, doubt(third, one))
    assert services.check(actor=cast.budi.actor, list=asked.list)["pairs"] == 0


def test_three_records_of_one_person_go_on_as_one(three, cast):
    pairs = Pair.objects.filter(pk__in=[each.pk for each in three])
    count = services.decide_pairs(actor=cast.budi.actor, pairs=pairs, decision=Decision.SAME)
    assert count == 2
    members = {each for pair in three for each in (pair.left_id, pair.right_id)}
    assert Worker.objects.filter(pk__in=members, same_as=min(members)).count() == 2
    services.take_back(actor=cast.budi.actor, pair=three[1], reason="keliru")
    assert Worker.objects.filter(same_as__isnull=False).count() == 1


def test_who_was_told_apart_is_not_made_one_through_a_third(three, cast):
    one, other = three
    ends = sorted({one.left_id, one.right_id} ^ {other.left_id, other.right_id})
    Pair.objects.create(
        left_id=ends[0], right_id=ends[1], left_nik="1", right_nik="3", probability=0.5,
        band="review", why="Nama sama.", found_at=timezone.now(), decision=Decision.DIFFERENT,
        decided_by=cast.budi.user, decided_at=timezone.now(),
    )  # fmt: skip
    decide(cast, one)
    with pytest.raises(DomainError, match="orang berbeda"):
        decide(cast, other)
    open_ones = Pair.objects.filter(pk=other.pk)
    assert services.decide_pairs(
        actor=cast.budi.actor, pairs=open_ones, decision=Decision.SAME
    ) == 0  # fmt: skip


@pytest.fixture
def twins(three) -> Pair:
    """An open question about the two ends of the three, of whom a guard says that they are two."""
    one, other = three
    ends = sorted({one.left_id, one.right_id} ^ {other.left_id, other.right_id})
    guard = {"field": "guard", "level": "twins", "weight": -13.0, "text": "mungkin kembar"}
    return Pair.objects.create(
        left_id=ends[0], right_id=ends[1], left_nik="1", right_nik="3", probability=0.5,
        band="review", why="Mungkin kembar.", evidence=[guard], found_at=timezone.now(),
    )  # fmt: skip


def test_who_may_be_twins_are_not_made_one_through_a_third_unasked(three, twins, cast):
    one, other = three
    decide(cast, one)
    with pytest.raises(DomainError, match=r"lewat catatan lain.*Mungkin kembar\. Putuskan itu"):
        decide(cast, other)
    open_ones = Pair.objects.filter(pk=other.pk)
    assert services.decide_pairs(
        actor=cast.budi.actor, pairs=open_ones, decision=Decision.SAME
    ) == 0  # fmt: skip
    decide(cast, twins)
    # the three are one person now, so nothing is asked any more
    assert not selectors.worker_reviews(actor=cast.budi.actor).exists()


def test_who_may_be_twins_are_made_one_with_a_third_when_all_are_decided_at_once(
    three, twins, cast
):
    every = Pair.objects.filter(pk__in=[each.pk for each in (*three, twins)])
    assert services.decide_pairs(actor=cast.budi.actor, pairs=every, decision=Decision.SAME) == 3


@pytest.fixture
def rina_rini_and_r(disnaker, dinsos, cast) -> list[Pair]:
    """Twins a letter apart, too unlike to be asked about, and a record that may be either."""
    own = {"name": "Rina Wulansari", "born": "14-03-1988", "mother": "Sumarni"}
    disnaker.accepted(
        [
            person(2001, **own, phone="081388800001"),
            person(2002, **own | {"name": "Rini Wulansari"}, phone="081388800002"),
        ]
    )
    found = dinsos.accepted([person(2007, **own | {"name": "R. Wulansari"})])
    services.check(actor=cast.budi.actor, list=found)
    asked = [*selectors.worker_reviews(actor=cast.budi.actor).order_by("left")]
    assert [each.left.name for each in asked] == ["Rina Wulansari", "Rini Wulansari"]
    return asked


def test_twins_nobody_asked_about_are_not_made_one_through_a_third(rina_rini_and_r, cast):
    rina, rini = rina_rini_and_r
    decide(cast, rina)
    with pytest.raises(
        services.OtherPairFirst, match=r"Rina Wulansari \(NIK .*Rini Wulansari \(NIK .*kembar"
    ) as refused:
        decide(cast, rini)
    asked = refused.value.pair
    assert {asked.left.name, asked.right.name} == {"Rina Wulansari", "Rini Wulansari"}
    assert selectors.worker_reviews(actor=cast.budi.actor).filter(pk=asked.pk).exists()
    event = Event.objects.get(act="pair.asked")
    assert (event.object_id, event.after) == (str(asked.pk), {"pairs": [asked.pk]})
    decide(cast, asked, Decision.DIFFERENT)
    with pytest.raises(services.OtherPairFirst, match="sudah diputuskan orang berbeda"):
        decide(cast, rini)
    decide(cast, rini, Decision.DIFFERENT)
    assert Worker.objects.filter(same_as__isnull=False).get().name == "R. Wulansari"


def test_twins_are_not_made_one_by_confirming_many_at_once(rina_rini_and_r, cast):
    pairs = Pair.objects.filter(pk__in=[each.pk for each in rina_rini_and_r])
    assert services.decide_pairs(actor=cast.budi.actor, pairs=pairs, decision=Decision.SAME) == 0
    assert selectors.worker_reviews(actor=cast.budi.actor).count() == 3
    # asked once: looking again finds the same question
    services.decide_pairs(actor=cast.budi.actor, pairs=pairs, decision=Decision.SAME)
    assert Pair.objects.count() == 3


def test_whose_row_was_told_apart_is_asked_about_before_a_third_makes_them_one(
    disnaker, dinsos, cast
):
    disnaker.accepted([person(1), *people(1, first=50)])
    dinsos.accepted([person(2)])
    services.decide(actor=cast.budi.actor, match=Match.objects.get(), decision=Decision.DIFFERENT)
    one, third, other = Worker.objects.order_by("pk")
    decide(cast, doubt(one, third))
    with pytest.raises(services.OtherPairFirst, match="sudah diputuskan bukan") as refused:
        decide(cast, doubt(third, other))
    assert {refused.value.pair.left, refused.value.pair.right} == {one, other}


def test_only_a_verifier_or_administrator_of_the_city_decides(asked, cast):
    for person_ in (cast.rina, cast.dewi, cast.tono, cast.maya):
        with pytest.raises(NotAllowed):
            services.decide_pair(actor=person_.actor, pair=asked, decision=Decision.SAME)
    with pytest.raises(DomainError, match="jangkauan"):
        services.decide_pair(actor=cast.wayan.actor, pair=asked, decision=Decision.SAME)
    assert not selectors.worker_reviews(actor=cast.wayan.actor).exists()


def test_the_database_keeps_pairs_in_order_and_aliases_flat(asked, cast):
    decide(cast, asked)
    for wrong in (
        lambda: Worker.objects.filter(pk=asked.left_id).update(same_as=asked.left_id),
        lambda: (
            Worker.objects.exclude(pk__in=(asked.left_id, asked.right_id))
            .filter(same_as=None)
            .update(same_as=asked.right_id)
        ),
        lambda: Pair.objects.filter(pk=asked.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_a_check_that_dies_on_the_way_leaves_nothing_and_is_run_again(
    disnaker, dinsos, cast, monkeypatch
):
    disnaker.accepted([AMINAH])
    second = dinsos.accepted([AGAIN])

    def broken(*args, **kwargs):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr("payung.apps.lists.services.checking.record", broken)
        with pytest.raises(RuntimeError):
            services.check(actor=cast.budi.actor, list=second)
    second.refresh_from_db()
    assert (Pair.objects.count(), second.checked_at) == (0, None)
    assert services.check(actor=cast.budi.actor, list=second) == {"workers": 1, "pairs": 1}
