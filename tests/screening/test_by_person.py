"""Workers whom a reference names without their NIK: found by person, and decided by a person."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import timezone

from payung.apps.audit.models import Event
from payung.apps.errors import DomainError
from payung.apps.lists.models import Decision
from payung.apps.screening import selectors, services
from payung.apps.screening.models import Check, Code, ReferenceKind, Verdict
from payung.cli.main import main
from payung.linkage.learning import packaged_weights
from tests.screening.conftest import AS_OF, a_nik, csv_file
from tests.support.pairs import doubt

BORN = date(1980, 2, 3)
DIED = "12/11/2025"
SLIP = "3671010302809091"  # that of worker 1 but for one digit


def checks(run, worker) -> list[Check]:
    return [*Check.objects.filter(screening=run, worker=worker).order_by("id")]


def verdict(run, worker) -> tuple[bool, bool]:
    """Whether the worker is eligible, and whether that is to be made sure of."""
    found = Verdict.objects.get(screening=run, worker=worker)
    return found.eligible, found.doubtful


ASKED, THROUGH, OUT = (True, True), (True, False), (False, False)


@pytest.fixture
def decide(cast):
    def decided(check: Check, *, same: bool) -> None:
        services.decide(actor=cast.budi.actor, check=check, same_person=same)

    return decided


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (f"{SLIP},Budi Santoso,03/02/1980", "NIK berbeda satu angka"),
        ("3671510302809001,Boedi Santosa,03/02/1980", "NIK berbeda satu angka"),
        (",Boedi Santosa,03/02/1980", "Tanggal lahir sama"),
        (",Budi Santoso,02/03/1980", "hari dan bulan lahir tertukar"),
        (",BUDI S,03/02/1980", "kata yang disingkat"),
    ],
)
def test_who_is_named_with_a_slip_is_asked_about_and_neither_put_out_nor_let_through(
    cast, worker, reference, screen, line, sentence
):
    made = worker(1, "Budi Santoso", BORN)
    reference(ReferenceKind.DEATHS, f"{line},{DIED}")
    run = screen()
    (check,) = checks(run, made)
    assert (check.code, check.matched_by) == (Code.DEAD, "person")
    assert (check.excludes, check.doubtful) == (False, True)
    assert sentence in check.why
    assert 0.05 < check.probability < 1
    assert check.entry.reference.kind == ReferenceKind.DEATHS
    assert verdict(run, made) == ASKED
    assert services.confirm_deaths(actor=cast.budi.actor, screening=run) == 0


def test_the_mothers_name_of_a_reference_tells_namesakes_apart(
    cast, worker, screen, tmp_path: Path
):
    hers = worker(1, "Siti Aminah", BORN, mother_name="Rukmini")
    other = worker(2, "Siti Aminah", BORN, mother_name="Kartinah")
    path = csv_file(
        tmp_path,
        "NIK,Nama,Tgl Lahir,Nama Ibu,Tgl Meninggal",
        f",St. Aminah,03/02/1980,Roekmini,{DIED}",
    )
    services.load_reference(
        actor=cast.budi.actor, kind=ReferenceKind.DEATHS, path=path, as_of=AS_OF
    )
    run = screen()
    (found,) = checks(run, hers)
    assert "nama ibu" in found.why
    assert found.probability > max([each.probability for each in checks(run, other)], default=0)


def test_who_is_found_by_their_nik_is_not_asked_about_by_person(worker, reference, screen):
    made = worker(1, "Budi Santoso", BORN)
    reference(
        ReferenceKind.ASN,
        f"{SLIP},Budi Santoso,03/02/1980,Dinkes",
        f"{made.nik},Budi Santoso,03/02/1980,Dishub",
    )
    (check,) = checks(screen(), made)
    assert (check.value, check.matched_by, check.excludes) == ("Dishub", "nik", True)


def test_every_entry_that_may_be_the_worker_is_asked_about(worker, reference, screen, decide):
    made = worker(1, "Budi Santoso", BORN)
    reference(
        ReferenceKind.DEATHS,
        f"{SLIP},Budi Santoso,03/02/1980,{DIED}",
        f",Budi Santoso,03/02/1980,{DIED}",
    )
    run = screen()
    first, second = checks(run, made)
    decide(first, same=False)
    assert verdict(run, made) == ASKED
    decide(second, same=False)
    assert verdict(run, made) == THROUGH
    (count,) = selectors.counts_by_code(screening=run)
    assert (count.doubtful, count.total) == (0, 1)


def test_once_one_entry_is_the_worker_the_others_need_no_answer(
    cast, worker, reference, screen, decide
):
    made = worker(1, "Budi Santoso", BORN)
    reference(
        ReferenceKind.DEATHS,
        f"{SLIP},Budi Santoso,03/02/1980,{DIED}",
        f",Budi Santoso,03/02/1980,{DIED}",
    )
    first = screen()
    decide(checks(first, made)[0], same=True)
    for run in (first, screen()):
        assert verdict(run, made) == OUT
        assert not Check.objects.filter(screening=run, doubtful=True).exists()
    assert services.confirm_deaths(actor=cast.budi.actor, screening=run) == 1
    made.refresh_from_db()
    assert made.died_on == date(2025, 11, 12)


def test_a_living_twin_and_a_living_son_are_not_taken_for_the_dead(worker, reference, screen):
    twin = worker(1, "Hasan Basri", BORN, mother_name="Rukmini")
    son = worker(2, "Ahmad Sujana", date(1981, 7, 9))
    reference(
        ReferenceKind.DEATHS,
        f"{a_nik(3, BORN)},Husen Fikri,03/02/1980,{DIED}",
        f"{a_nik(4, date(1952, 1, 4))},Ahmad Sujana,04/01/1952,{DIED}",
    )
    run = screen()
    assert (checks(run, twin), checks(run, son)) == ([], [])
    assert verdict(run, twin) == verdict(run, son) == THROUGH


@pytest.mark.parametrize("same", [True, False])
def test_a_decision_taken_back_is_asked_again_in_every_run_it_reached(
    cast, worker, reference, screen, decide, same
):
    made = worker(1, "Budi Santoso", BORN)
    reference(
        ReferenceKind.ASN,
        f"{SLIP},Budi Santoso,03/02/1980,Dishub",
        ",Budi Santoso,03/02/1980,Dishub",
    )
    first = screen()
    decided = checks(first, made)[0]
    decide(decided, same=same)
    second = screen()
    (carried,) = (each for each in checks(second, made) if each.decided_by)
    for reason, person, said in ((" ", cast.budi, "alasan"), ("x", cast.rina, "tidak berhak")):
        with pytest.raises(DomainError, match=said):
            services.take_back(actor=person.actor, check=carried, reason=reason)
    services.take_back(actor=cast.budi.actor, check=carried, reason="Salah tekan")
    for run in (first, second, screen()):
        assert verdict(run, made) == ASKED
        assert [check.doubtful for check in checks(run, made)] == [True, True]
    event = Event.objects.get(act="check.taken_back")
    assert (event.before["same_person"], event.reason) == (same, "Salah tekan")
    with pytest.raises(DomainError, match="Tidak ada keputusan"):
        services.take_back(actor=cast.budi.actor, check=decided, reason="lagi")


def test_a_recorded_death_is_withdrawn_before_the_decision(cast, worker, reference, screen, decide):
    made = worker(1, "Budi Santoso", BORN)
    reference(ReferenceKind.DEATHS, f"{SLIP},Budi Santoso,03/02/1980,{DIED}")
    run = screen()
    (check,) = checks(run, made)
    decide(check, same=True)
    services.confirm_deaths(actor=cast.budi.actor, screening=run)
    with pytest.raises(DomainError, match="Kematian pekerja ini sudah dicatat"):
        services.take_back(actor=cast.budi.actor, check=check, reason="Salah tekan")


def test_one_entry_is_not_decided_to_be_two_workers(cast, worker, reference, screen, decide):
    first, other = worker(1, "Budi Santoso", BORN), worker(2, "Budi Santoso", BORN)
    reference(ReferenceKind.DEATHS, f",Budi Santoso,03/02/1980,{DIED}")
    run = screen()
    (of_first,), (of_other,) = checks(run, first), checks(run, other)
    decide(of_first, same=True)
    with pytest.raises(DomainError, match=r"sudah diputuskan sebagai Budi Santoso \(NIK"):
        decide(of_other, same=True)
    services.take_back(actor=cast.budi.actor, check=of_first, reason="Salah tekan")
    decide(of_other, same=True)
    decide(of_first, same=False)
    assert (verdict(run, first), verdict(run, other)) == (THROUGH, OUT)


@pytest.mark.parametrize(("same", "outcome"), [(True, OUT), (False, THROUGH)])
def test_a_decision_holds_in_next_months_list_and_in_lists_of_other_kinds(
    worker, reference, screen, decide, same, outcome
):
    made = worker(1, "Budi Santoso", BORN)
    reference(ReferenceKind.ASN, f"{SLIP},Budi Santoso,03/02/1980,Dishub")
    decide(checks(screen(), made)[0], same=same)
    reference(ReferenceKind.ASN, f"{SLIP},BUDI SANTOSO,1980-02-03,Dishub", as_of=date(2025, 12, 20))
    run = screen()
    (check,) = checks(run, made)
    assert (check.excludes, check.doubtful, check.decided_by is None) == (same, False, False)
    assert verdict(run, made) == outcome
    reference(ReferenceKind.DEATHS, f"{SLIP},Budi Santoso,03/02/1980,{DIED}")
    run = screen()
    assert verdict(run, made) == outcome
    assert [check.doubtful for check in checks(run, made)] == [False, False]


def test_without_a_nik_a_decision_says_nothing_of_another_kind_of_list(
    worker, reference, screen, decide
):
    made = worker(1, "Budi Santoso", BORN)
    reference(ReferenceKind.ASN, ",Budi Santoso,03/02/1980,Dishub")
    decide(checks(screen(), made)[0], same=True)
    reference(ReferenceKind.DEATHS, f",Budi Santoso,03/02/1980,{DIED}")
    by_code = {check.code: check for check in checks(screen(), made)}
    assert by_code[Code.ASN].excludes
    assert (by_code[Code.DEAD].excludes, by_code[Code.DEAD].doubtful) == (False, True)


def test_two_workers_told_apart_are_not_asked_about_under_each_others_nik(
    cast, worker, reference, screen
):
    one, other = worker(1, "Budi Santoso", BORN), worker(2, "Budi Santoso", BORN)
    reference(ReferenceKind.DEATHS, f"{other.nik},Budi Santoso,03/02/1980,{DIED}")
    assert verdict(run := screen(), one) == ASKED
    assert not Verdict.objects.get(screening=run, worker=other).eligible
    pair = doubt(one, other)
    pair.decision, pair.decided_by = Decision.DIFFERENT, cast.budi.user
    pair.decided_at = timezone.now()
    pair.save()
    assert verdict(run := screen(), one) == THROUGH
    assert not Verdict.objects.get(screening=run, worker=other).eligible


def test_our_member_is_known_by_the_kpj_we_gave_though_the_nik_has_a_slip(
    worker, reference, screen
):
    made = worker(1, "Budi Santoso", BORN, kpj="26000000001")
    reference(ReferenceKind.BPJS_ACTIVE, f"26000000001,{SLIP},BUDI SANTOSO,03-02-1980,BPU,AKTIF")
    run = screen()
    (check,) = checks(run, made)
    assert (check.code, check.doubtful) == (Code.OURS, False)
    assert verdict(run, made) == THROUGH


def test_who_resembles_an_alias_resembles_the_person_and_is_asked_about_once(
    worker, reference, screen
):
    made = worker(1, "Budi Santoso", BORN)
    worker(2, "Boedi Santosa", BORN, same_as=made)
    reference(ReferenceKind.ASN, ",Budi Santoso,03/02/1980,Dishub")
    run = screen()
    assert run.workers == 1
    assert len(checks(run, made)) == 1
    assert verdict(run, made) == ASKED


def test_of_doubtful_deciles_only_the_likeliest_is_told(worker, reference, screen):
    made = worker(1, "Budi Santoso", BORN)
    reference(
        ReferenceKind.DTSEN,
        ",Budi Santoso,1980-03-02,4",
        ",Budi Santoso,1980-02-03,2",
    )
    run = screen()
    (check,) = checks(run, made)
    assert (check.value, check.doubtful) == ("2", True)
    assert verdict(run, made) == THROUGH


def test_the_terminal_shows_who_is_to_be_made_sure_of_and_takes_the_answer(
    worker, reference, screen
):
    def payung(*words: object, status: int = 0) -> str:
        result = CliRunner().invoke(main, [*map(str, words), "--as", "budi@payung.test"])
        assert result.exit_code == status, result.output
        return result.output

    assert "Tidak ada yang perlu dipastikan" in payung("screen", "doubts")
    made = worker(1, "Budi Santoso", BORN)
    reference(ReferenceKind.ASN, f"{SLIP},Budi Santoso,03/02/1980,Dishub")
    run = screen()
    (asked,) = json.loads(payung("screen", "doubts", "--json"))
    assert (asked["code"], asked["entry"]["nik"]) == ("asn", "367101••••••9091")
    weights = {each["field"]: each["weight"] for each in asked["evidence"]}
    assert weights["name"] > 0 < weights["birth_date"]
    assert 1 / (1 + 2 ** -(packaged_weights().prior + sum(weights.values()))) == pytest.approx(
        asked["probability"], abs=0.01
    )
    assert "Budi Santoso" in payung("screen", "doubts")
    assert "nomor 0" in payung("screen", "decide", 0, "same", status=2)
    assert "gugur" in payung("screen", "decide", asked["number"], "same")
    assert verdict(run, made) == OUT
    assert json.loads(payung("screen", "doubts", "--json")) == []
    said = payung("screen", "take-back", asked["number"], "--reason", "Salah tekan")
    assert "perlu dipastikan lagi" in said
    assert verdict(run, made) == ASKED
    assert "nomor 0" in payung("screen", "take-back", 0, "--reason", "x", status=2)
