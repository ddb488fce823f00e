"""Keys made by other rules of names than today's are made anew when a version is installed."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.urls import reverse

from payung.apps.audit.models import Event
from payung.apps.lists import selectors
from payung.apps.lists.models import Fate, Row
from payung.apps.screening import services as screening
from payung.apps.screening.models import ReferenceEntry, ReferenceKind
from payung.apps.workers import keys
from payung.apps.workers.models import NameRules, Worker
from payung.cli.main import main
from payung.identity import names_fingerprint, rulebook
from payung.linkage import match_key
from tests.lists.files import office_of, person
from tests.screening.conftest import AS_OF, HEADINGS, csv_file
from tests.support.standing import standing_on

TABLES = (Worker, Row, ReferenceEntry)
CHANGED = {"workers_worker": 2, "lists_row": 4, "screening_referenceentry": 1}


def stored():
    """Every key of the three tables."""
    kept = ("name", "name_key", "match_key", "birth_date")
    return {model: [*model.objects.order_by("id").values_list("id", *kept)] for model in TABLES}


def made(cast, folder):
    """Two people accepted, a list that waits and a list of deaths; then all keys are of before."""
    dinsos = office_of(cast.dewi, cast, folder)
    dinsos.accepted([person(1, name="Hj. Siti Aminah"), person(2, name="Muh. Yusuf")])
    unborn = person(5, name="Kartini", born="--", nik="")
    dinsos.read([person(3, name="Soejono"), person(4, name="=1+1"), unborn])
    dead = csv_file(folder, HEADINGS[ReferenceKind.DEATHS], ",SITI AMINAH,05-08-1982,2025-11-01")
    screening.load_reference(
        actor=cast.budi.actor, kind=ReferenceKind.DEATHS, path=dead, as_of=AS_OF
    )
    today = stored()
    for model in TABLES:
        model.objects.exclude(name_key="").update(
            name_key=Concat(Value("oe "), "name_key"), match_key=Concat(Value("oe "), "match_key")
        )
    return today, stored()


standing = standing_on(made)


@pytest.fixture
def today(stood):
    """The keys as today's rules make them."""
    return stood[1][0]


@pytest.fixture
def before(stood):
    """The keys as they are stored."""
    return stood[1][1]


def test_keys_of_workers_rows_and_references_are_made_anew(today, before):
    stamps = [*Worker.objects.values_list("updated_at")]
    assert before != today
    assert keys.renew() == CHANGED
    assert stored() == today
    assert [*Worker.objects.values_list("updated_at")] == stamps


def test_one_event_counts_them_by_table_and_names_nobody(today):
    keys.renew()
    event = Event.objects.get(act="keys.renewed")
    assert event.after == {"rules": names_fingerprint(), **CHANGED}
    assert (event.before, event.user, event.rows) == ({"rules": ""}, None, "")
    assert "siti" not in json.dumps([event.before, event.after]).lower()


def test_the_second_time_nothing_is_done(today, django_assert_num_queries):
    keys.renew()
    with django_assert_num_queries(1):
        assert keys.renew() == {}
    assert Event.objects.filter(act="keys.renewed").count() == 1


def test_what_has_no_name_or_no_birth_date_has_no_key(today):
    keys.renew()
    formula, unborn = Row.objects.get(name="=1+1"), Row.objects.get(name="Kartini")
    assert (formula.name_key, formula.match_key) == ("", "")
    assert (unborn.name_key, unborn.match_key) == ("kartini", "")


def test_a_name_of_which_new_rules_leave_nothing_loses_its_keys(today, monkeypatch):
    monkeypatch.setattr(keys, "name_key", lambda name: "")
    keys.renew()
    assert {row[2:4] for rows in stored().values() for row in rows} == {("", "")}


def test_new_rules_are_followed_and_keys_fit_their_columns(today, monkeypatch):
    keys.renew()
    monkeypatch.setattr(keys, "names_fingerprint", lambda: "0" * 64)
    monkeypatch.setattr(keys, "name_key", lambda name: (name.lower() + " ") * 40)
    assert keys.renew() == CHANGED
    siti = Worker.objects.get(name="Hj. Siti Aminah")
    assert siti.name_key == ("hj. siti aminah " * 40)[:200]
    for one in [*Worker.objects.all(), *Row.objects.all(), *ReferenceEntry.objects.all()]:
        assert one.match_key == match_key(one.name_key, one.birth_date)
    assert NameRules.objects.get().fingerprint == "0" * 64


def test_a_run_that_was_killed_is_finished_by_the_next(today, before, monkeypatch):
    update = keys._update

    def killed(table):
        if table == "screening_referenceentry":
            raise KeyboardInterrupt
        return update(table)

    with monkeypatch.context() as patched:
        patched.setattr(keys, "_update", killed)
        with pytest.raises(KeyboardInterrupt):
            keys.renew()
    assert stored() == before
    assert not NameRules.objects.exists()
    assert keys.renew() == CHANGED
    assert stored() == today


def test_many_names_are_read_and_written_in_batches(today, monkeypatch):
    monkeypatch.setattr(keys.bulk, "CHUNK", 2)
    assert keys.renew() == CHANGED
    assert stored() == today


@pytest.mark.django_db
def test_a_new_installation_stores_the_rules_and_tells_nothing():
    assert set(keys.renew().values()) == {0}
    assert NameRules.objects.get().fingerprint == names_fingerprint()
    assert not Event.objects.exists()


def test_what_an_accepted_row_said_stays_closed(today):
    for values in ({"name": "Siti"}, {"birth_date": None}, {"nik": ""}):
        with pytest.raises(IntegrityError, match="keeps its values"), transaction.atomic():
            Row.objects.filter(fate=Fate.NEW).update(**values)


@pytest.mark.parametrize("renewed", [True, False])
def test_who_comes_again_under_another_nik_is_met_by_the_new_key(today, renewed, dinsos, cast):
    if renewed:
        keys.renew()
    dinsos.accepted([person(7, name="Siti Aminah")])
    met = [match.worker.name for match in selectors.reviews(actor=cast.budi.actor)]
    assert met == (["Hj. Siti Aminah"] if renewed else [])


def test_installing_a_version_renews_and_says_how_many(today):
    done = CliRunner().invoke(main, ["init", "--new-link", "nobody@payung.test"])
    assert "kunci pencocokan 7 catatan dibuat ulang." in done.stderr
    assert stored() == today
    again = CliRunner().invoke(main, ["init", "--new-link", "nobody@payung.test"])
    assert "kunci" not in again.stderr


def test_looking_at_pages_never_renews(before, client_of, cast):
    for page in ("workers:index", "lists:index"):
        assert client_of(cast.budi).get(reverse(page)).status_code == 200
    assert stored() == before
    assert not NameRules.objects.exists()


def test_the_fingerprint_follows_the_rules_of_names_and_nothing_else(tmp_path, monkeypatch):
    shutil.copytree(Path(rulebook.__file__).parent / "rules", tmp_path / "rules")
    monkeypatch.setattr(rulebook, "files", lambda package: tmp_path)
    fingerprint = names_fingerprint.__wrapped__
    assert fingerprint() == names_fingerprint()
    for name in ("addresses", "heads", "niks", "phones"):
        _add(tmp_path / f"rules/{name}.yaml", "# a comment")
    assert fingerprint() == names_fingerprint()
    seen = {fingerprint()}
    for name in ("text", "names"):
        _add(tmp_path / f"rules/{name}.yaml", "# a rule, for all that is known")
        seen.add(fingerprint())
    assert len(seen) == 3


def _add(path: Path, line: str) -> None:
    path.write_text(f"{path.read_text('utf-8')}\n{line}\n", "utf-8")
