from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.apps.audit.models import Event
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.screening import selectors, services
from payung.apps.screening.models import Check, Code, ReferenceKind, Screening, Verdict
from payung.apps.screening.rules import first_birth_date_too_young, last_birth_date_too_old
from payung.identity import age_on
from payung.law import may_register
from tests.screening.conftest import ON, a_nik


def verdict(screening, worker) -> Verdict:
    return Verdict.objects.get(screening=screening, worker=worker)


def only_check(screening, worker) -> Check:
    return Check.objects.get(screening=screening, worker=worker)


def test_a_worker_nobody_names_is_eligible(worker, screen):
    made = worker(1)
    run = screen()
    assert verdict(run, made).eligible
    assert (run.workers, run.eligible, run.doubtful) == (1, 1, 0)
    assert not Check.objects.exists()


@pytest.mark.parametrize(
    ("kind", "line", "code", "value"),
    [
        (ReferenceKind.BPJS_ACTIVE, "12345678901,{nik},BUDI SANTOSO,03-02-1980,PU,AKTIF",
         "bpjs-active", "PU"),
        (ReferenceKind.DEATHS, "{nik},Budi Santoso,03/02/1980,12/11/2025", "dead", ""),
        (ReferenceKind.ASN, "{nik},Budi Santosa,03/02/1980,Dishub", "asn", "Dishub"),
    ],
)  # fmt: skip
def test_a_reference_with_the_workers_nik_puts_them_out(
    worker, reference, screen, kind, line, code, value
):
    made = worker(1)
    reference(kind, line.format(nik=made.nik))
    run = screen()
    check = only_check(run, made)
    assert (check.code, check.excludes, check.doubtful) == (code, True, False)
    assert (check.matched_by, check.value) == ("nik", value)
    assert check.entry.reference.kind == kind
    assert not verdict(run, made).eligible
    assert verdict(run, made).reasons == code


def test_a_decile_is_told_and_puts_nobody_out(worker, reference, screen):
    made = worker(1)
    reference(ReferenceKind.DTSEN, f"{made.nik},Budi Santoso,1980-02-03,2")
    run = screen()
    assert (verdict(run, made).eligible, verdict(run, made).decile) == (True, 2)
    assert verdict(run, made).reasons == ""


def test_the_same_name_and_birth_date_without_a_nik_is_doubtful_and_not_excluded(
    worker, reference, screen
):
    made = worker(1)
    reference(ReferenceKind.ASN, ",Budi Santoso,03/02/1980,Dishub")
    run = screen()
    check = only_check(run, made)
    assert (check.excludes, check.doubtful, check.matched_by) == (False, True, "person")
    assert check.probability > 0.5
    assert check.why.startswith("Nama dan tanggal lahir sama")
    assert (verdict(run, made).eligible, verdict(run, made).doubtful) == (True, True)
    assert run.doubtful == 1


def test_the_same_name_and_birth_date_under_another_nik_is_doubtful(worker, reference, screen):
    made = worker(1)
    reference(ReferenceKind.ASN, f"{a_nik(77, made.birth_date)},Budi Santoso,03/02/1980,Dishub")
    assert only_check(screen(), made).doubtful


def test_the_workers_nik_under_quite_another_name_is_doubtful(worker, reference, screen):
    made = worker(1)
    reference(ReferenceKind.DEATHS, f"{made.nik},Rina Kartikasari,09/08/1961,12/11/2025")
    run = screen()
    check = only_check(run, made)
    assert (check.excludes, check.doubtful, check.matched_by) == (False, True, "nik")
    assert verdict(run, made).eligible


def test_of_several_entries_the_one_with_least_doubt_speaks(worker, reference, screen):
    made = worker(1)
    reference(
        ReferenceKind.ASN,
        ",Budi Santoso,03/02/1980,Tanpa NIK",
        f"{made.nik},Rina Kartikasari,09/08/1961,Orang lain",
        f"{made.nik},Budi Santoso,03/02/1980,Dishub",
    )
    assert only_check(screen(), made).value == "Dishub"


def test_a_doubtful_decile_is_neither_used_nor_a_doubt_about_the_worker(worker, reference, screen):
    made = worker(1)
    reference(ReferenceKind.DTSEN, ",Budi Santoso,1980-02-03,1")
    run = screen()
    assert only_check(run, made).doubtful
    assert (verdict(run, made).decile, verdict(run, made).doubtful) == (None, False)


def test_a_member_under_the_kpj_we_gave_them_is_ours_and_not_put_out(worker, reference, screen):
    made = worker(1, kpj="26000000001")
    reference(
        ReferenceKind.BPJS_ACTIVE, f"26000000001,{made.nik},BUDI SANTOSO,03-02-1980,BPU,AKTIF"
    )
    run = screen()
    assert only_check(run, made).code == Code.OURS
    assert verdict(run, made).eligible


@pytest.mark.parametrize(
    ("born", "code"),
    [
        (date(1961, 1, 1), "age-65"),
        (date(1961, 1, 2), ""),
        (date(2011, 1, 1), ""),
        (date(2011, 1, 2), "age-under-15"),
    ],
)
def test_ages_are_judged_on_the_day_cover_begins(worker, screen, born, code):
    made = worker(1, "Budi Santoso", born)
    run = screen()
    assert verdict(run, made).reasons == code
    assert verdict(run, made).eligible is (code == "")


@given(on=st.dates(date(2021, 4, 1), date(2040, 12, 31)), days=st.integers(-2, 2))
def test_the_oldest_birth_date_is_where_the_law_stops(on, days):
    cut = last_birth_date_too_old(on)
    born = date.fromordinal(cut.toordinal() + days)
    assert (born <= cut) is not may_register(born, on).ok
    young = first_birth_date_too_young(on)
    born = date.fromordinal(young.toordinal() + days)
    assert (born >= young) is (age_on(born, on) < 15)


def test_an_unknown_birth_date_is_to_be_made_sure_of(worker, screen):
    made = worker(1, "Budi Santoso", None)
    run = screen()
    assert only_check(run, made).code == "birth-date-blank"
    assert (verdict(run, made).eligible, verdict(run, made).doubtful) == (True, True)


def test_several_grounds_are_all_named(worker, reference, screen):
    made = worker(1, "Budi Santoso", date(1950, 2, 3))
    reference(ReferenceKind.DEATHS, f"{made.nik},Budi Santoso,03/02/1950,12/11/2025")
    assert verdict(screen(), made).reasons == "dead age-65"


def test_the_dead_are_not_screened_and_neither_is_another_city(worker, screen):
    worker(1, died_on=date(2025, 1, 1))
    worker(2, region="18.72.01.1001")
    here = worker(3)
    assert list(screen().verdicts.values_list("worker", flat=True)) == [here.pk]


def test_a_city_without_workers_gets_a_sentence_and_no_run(cast, screen):
    with pytest.raises(DomainError, match="Belum ada pekerja di Kota Tangerang"):
        screen()
    assert not Screening.objects.exists()


def test_a_date_before_the_law_gets_a_sentence(worker, screen):
    worker(1)
    with pytest.raises(DomainError, match="tidak mengetahui aturan"):
        screen(on=date(2019, 1, 1))


def test_one_event_counts_what_the_run_found(worker, reference, screen):
    made = worker(1)
    worker(2, "Siti Aminah")
    reference(ReferenceKind.ASN, f"{made.nik},Budi Santoso,03/02/1980,Dishub")
    run = screen()
    event = Event.objects.get(act="screening.run")
    assert event.object_id == str(run.pk)
    assert event.after["excluded"] == {"asn": 1}
    assert (event.after["workers"], event.after["eligible"]) == (2, 1)


def test_counts_by_code_tell_excluded_and_doubtful_apart(worker, reference, screen):
    sure, unsure = worker(1), worker(2, "Siti Aminah")
    reference(
        ReferenceKind.ASN,
        f"{sure.nik},Budi Santoso,03/02/1980,Dishub",
        f",{unsure.name},03/02/1980,Dishub",
    )
    (count,) = selectors.counts_by_code(screening=screen())
    assert (count.code, count.excluded, count.doubtful, count.total) == (Code.ASN, 1, 1, 2)


def test_only_a_verifier_or_administrator_of_the_lead_office_screens(cast, worker, screen):
    worker(1)
    for who in (cast.rina, cast.sari, cast.yanti, cast.maya, cast.hendra):
        with pytest.raises(NotAllowed):
            services.run(actor=who.actor, region=cast.disnaker.region, on=ON)


def test_another_citys_office_cannot_screen_here_and_sees_no_run(cast, worker, screen):
    worker(1)
    with pytest.raises(DomainError, match="di luar wilayah"):
        services.run(actor=cast.stranger.actor, region=cast.disnaker.region, on=ON)
    run = screen()
    assert not selectors.screenings(actor=cast.stranger.actor)
    assert not selectors.checks(actor=cast.stranger.actor, screening=run)
    assert not selectors.verdicts(actor=cast.stranger.actor, screening=run)
    assert not selectors.screenings(actor=cast.hendra.actor)


def test_a_kelurahan_sees_the_findings_of_its_own_workers_only(cast, worker, screen):
    mine = worker(1, "Budi Santoso", date(1950, 1, 1))
    worker(2, "Siti Aminah", date(1950, 1, 1), region="36.71.02.1001")
    run = screen()
    seen = selectors.checks(actor=cast.yanti.actor, screening=run)
    assert [check.worker for check in seen] == [mine]


def test_what_a_person_decides_settles_the_worker_and_holds_in_the_next_run(
    cast, worker, reference, screen
):
    same, other = worker(1), worker(2, "Siti Aminah")
    reference(
        ReferenceKind.ASN, ",Budi Santoso,03/02/1980,Dishub", ",Siti Aminah,03/02/1980,Dinkes"
    )
    first = screen()
    for one, is_same in ((same, True), (other, False)):
        services.decide(actor=cast.budi.actor, check=only_check(first, one), same_person=is_same)
    first.refresh_from_db()
    assert (first.eligible, first.doubtful) == (1, 0)
    for run in (first, screen()):
        assert not verdict(run, same).eligible
        assert verdict(run, other).eligible
        assert not verdict(run, other).doubtful
    with pytest.raises(DomainError, match="Sudah diputuskan oleh Budi Santoso"):
        services.decide(actor=cast.budi.actor, check=only_check(first, same), same_person=True)


def test_deaths_found_beyond_doubt_are_recorded_only_when_asked(cast, worker, reference, screen):
    dead, unsure = worker(1), worker(2, "Siti Aminah")
    reference(
        ReferenceKind.DEATHS,
        f"{dead.nik},Budi Santoso,03/02/1980,12/11/2025",
        ",Siti Aminah,03/02/1980,12/11/2025",
    )
    run = screen()
    dead.refresh_from_db()
    assert dead.died_on is None
    assert services.confirm_deaths(actor=cast.budi.actor, screening=run) == 1
    dead.refresh_from_db()
    unsure.refresh_from_db()
    assert (dead.died_on, unsure.died_on) == (date(2025, 11, 12), None)
    assert services.confirm_deaths(actor=cast.budi.actor, screening=run) == 0


def test_a_run_in_the_background_ends_with_its_number(
    cast, worker, django_capture_on_commit_callbacks
):
    worker(1)
    with django_capture_on_commit_callbacks(execute=True):
        job = services.start_run(actor=cast.budi.actor, region=cast.disnaker.region, on=ON)
    job.refresh_from_db()
    assert job.result == {"screening": Screening.objects.get().pk}


def test_what_is_said_of_an_alias_is_said_of_the_person(worker, reference, screen):
    made, alias = worker(1), worker(2)
    alias.same_as = made
    alias.save()
    reference(ReferenceKind.ASN, f"{alias.nik},Budi Santoso,03/02/1980,Dishub")
    run = screen()
    assert run.workers == 1
    assert only_check(run, made).excludes
