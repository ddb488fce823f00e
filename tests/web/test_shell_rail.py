"""The rail: the stages in order, only what the policy lets one see, each with what waits."""

import pytest
from django.http import HttpResponse
from django.urls import include, path

from payung.web.shell import waiting as registry
from payung.web.shell.navigation import GROUPS, rail
from payung.web.shell.waiting import waits
from payung.web.urls import urlpatterns as site


def _nothing(request):
    return HttpResponse("")


def _area(app_name, prefix, *names):
    urls = [path("" if name == "index" else f"{name}/", _nothing, name=name) for name in names]
    return path(prefix, include((urls, app_name)))


urlpatterns = [
    site[0],
    path("", _nothing, name="dashboard"),
    _area("lists", "daftar/", "index"),
    _area("workers", "pekerja/", "index", "duplicates"),
    _area("audit", "jejak/", "index"),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def counts(monkeypatch):
    made = {}
    monkeypatch.setattr(registry, "_counts", made)
    return made


def _labels(groups):
    return [entry.label for _, entries in groups for entry in entries]


def test_stages_stand_in_the_order_of_the_work(cast):
    assert _labels(rail(cast.budi.actor, "/")) == [
        "Dasbor",
        "Daftar masuk",
        "Pekerja",
        "Data ganda",
    ]


def test_each_role_sees_only_what_the_policy_permits(cast):
    assert _labels(rail(cast.hendra.actor, "/")) == ["Dasbor"]
    assert "Jejak audit" in _labels(rail(cast.tono.actor, "/"))


def test_a_stage_without_pages_is_not_shown(cast):
    assert "Klaim" not in _labels(rail(cast.budi.actor, "/"))
    assert "claims:index" in {stage.url_name for _, stages in GROUPS for stage in stages}


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("/", "Dasbor"),
        ("/pekerja/", "Pekerja"),
        ("/pekerja/17/", "Pekerja"),
        ("/pekerja/duplicates/3/", "Data ganda"),
        ("/tentang/", None),
    ],
)
def test_the_stage_of_the_page_is_marked(cast, address, label):
    marked = [
        entry.label
        for _, entries in rail(cast.budi.actor, address)
        for entry in entries
        if entry.is_current
    ]
    assert marked == ([label] if label else [])


def test_what_waits_is_counted_for_the_actor_and_shown(cast, client_of, counts):
    @waits("lists:index")
    def waiting(actor):
        return {"Disnaker Kota Tangerang": 1_204}.get(actor.organisation.name, 0)

    body = client_of(cast.budi).get("/akun/").content.decode()
    assert '<span class="count">1.204<span class="unseen"> menunggu</span></span>' in body
    assert 'class="count"' not in client_of(cast.dewi).get("/akun/").content.decode()


def test_nothing_is_counted_where_no_rail_is_drawn(cast, client_of, counts):
    @waits("lists:index")
    def waiting(actor):
        raise AssertionError("counted for nothing")

    assert client_of(cast.budi).get("/tentang/").status_code == 200
