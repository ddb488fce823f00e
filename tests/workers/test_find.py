"""Finding workers within reach."""

import pytest

from payung.apps.workers import selectors
from payung.apps.workers.models import Worker
from tests.lists.files import office_of, person
from tests.support.standing import standing_on


def made(cast, folder):
    """Siti in Sukarasa and Kartini in Keroncong by Disnaker; Siti again, and Ani, by Dinsos."""
    office_of(cast.rina, cast, folder).accepted(
        [person(1), person(2, name="Kartini", kelurahan="Keroncong", occupation="Ojek online")]
    )
    office_of(cast.dewi, cast, folder).accepted(
        [person(1), person(3, name="M. Ani Suryani", kelurahan="Entah")]
    )
    Worker.objects.filter(name="Kartini").update(kpj="12345678901")


standing = standing_on(made)


@pytest.fixture
def known(stood):
    """The registry of `made`."""


def found(person_, **filters):
    return sorted(each.name for each in selectors.workers(actor=person_.actor, **filters))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("siti", ["Siti Aminah"]),
        ("AMIN", ["Siti Aminah"]),
        ("muhammad ani", ["M. Ani Suryani"]),
        ("3671014508820001", ["Siti Aminah"]),
        ("36710145", ["Kartini", "M. Ani Suryani", "Siti Aminah"]),
        ("0002", ["Kartini"]),
        ("12345678901", ["Kartini"]),
        ("12345", ["Kartini"]),
        ("tiada", []),
        ("%", []),
        ("", ["Kartini", "M. Ani Suryani", "Siti Aminah"]),
    ],
)
def test_a_worker_is_found_by_name_nik_or_kpj(known, cast, text, names):
    assert found(cast.budi, text=text) == names


def test_workers_are_filtered_by_place_work_sender_and_life(known, cast):
    Worker.objects.filter(name="Siti Aminah").update(died_on="2026-11-01")
    assert found(cast.budi, region="36.71.01") == ["Siti Aminah"]
    assert found(cast.budi, region="36.71.02.1001") == ["Kartini"]
    assert found(cast.budi, sector="transport") == ["Kartini"]
    assert found(cast.budi, occupation=Worker.objects.get(name="Kartini").occupation) == ["Kartini"]
    assert found(cast.budi, sender=cast.dinsos) == ["M. Ani Suryani", "Siti Aminah"]
    assert found(cast.budi, living=False) == ["Siti Aminah"]
    assert ("Kartini" in found(cast.budi, living=True)) is True


def test_each_office_sees_its_own_people_and_a_company_none(known, cast):
    everybody = ["Kartini", "M. Ani Suryani", "Siti Aminah"]
    for person_ in (cast.rina, cast.tono, cast.maya):
        assert found(person_) == everybody
    assert found(cast.dewi) == ["M. Ani Suryani", "Siti Aminah"]
    assert found(cast.yanti) == found(cast.lina) == ["Siti Aminah"]
    assert found(cast.joko) == ["Kartini"]
    assert found(cast.asep) == found(cast.hendra) == found(cast.wayan) == []


def test_occupations_offered_are_those_there_are(known, cast):
    codes = {code for code, _ in selectors.occupations(actor=cast.budi.actor)}
    assert codes == set(Worker.objects.values_list("occupation", flat=True))


def test_the_detail_tells_every_source_and_what_it_says_otherwise(disnaker, dinsos, cast):
    disnaker.accepted([person(1, phone="081234567890")])
    dinsos.accepted([person(1, name="SITI  AMINAH", phone="081299998888")])
    worker = selectors.detail(actor=cast.budi.actor).get()
    assert len(worker.sources.all()) == 2
    others = selectors.differences(worker)
    assert [(each.field, each.own, each.said) for each in others] == [
        ("phone", "081234567890", "081299998888"),
    ]
    assert {each.source.organisation for each in others} == {cast.dinsos}
    worker.name = "Siti Aminah Hasan"
    assert ("name", "SITI AMINAH") in [
        (each.field, each.said) for each in selectors.differences(worker)
    ]


@pytest.mark.parametrize(
    ("own", "said", "same"),
    [
        ("Tuti Maryani", "TUTI MARYANI", True),
        ("Tuti Maryani", " tuti   Maryani ", True),
        ("Tuti Maryani", "Tuti Mariani", False),
        ("Nur Haliza", "Nurhaliza", False),
        (1_000_000, 1_000_000, True),
        (None, "x", False),
    ],
)
def test_case_and_spaces_alone_make_no_difference(own, said, same):
    assert (selectors.folded(own) == selectors.folded(said)) is same


def test_a_page_of_workers_costs_the_same_number_of_queries_however_many_there_are(
    disnaker, cast, django_assert_num_queries
):
    from tests.lists.files import people

    disnaker.accepted(people(30))
    with django_assert_num_queries(1):
        assert len([each.region.name for each in selectors.workers(actor=cast.budi.actor)]) == 30
