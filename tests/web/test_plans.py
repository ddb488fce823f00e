"""Plans on the site: making, why each amount, deciding, giving out."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from payung.apps.funding.doubles import DOUBLE
from payung.apps.funding.models import Cause, FundKind, LeftOut, Plan, PlanState
from payung.apps.funding.plans import DOUBTFUL
from payung.apps.jobs import services as jobs
from payung.apps.jobs.models import Job
from payung.web.plans.views import waiting
from tests.enrolment import way
from tests.funding.conftest import YEAR

INDEX, NEW = reverse("plans:index"), reverse("plans:new")


def at(name, plan):
    return reverse(f"plans:{name}", args=[plan.pk])


@pytest.fixture
def plan(fund, workers, planned):
    workers(3)
    return planned([fund(2 * YEAR)])


def test_an_office_without_screening_or_funds_is_shown_the_way(
    client_of, cast, fund, workers, screened
):
    client = client_of(cast.budi)
    assert "Saring pekerja dahulu" in client.get(INDEX).text
    workers(1)
    screened()
    assert "Buka dana dahulu" in client.get(INDEX).text
    fund(1_000)
    assert "Pilih hasil penyaringan dan dana" in client.get(INDEX).text


def test_a_plan_is_made_on_the_site(client_of, cast, fund, workers, screened):
    workers(2)
    run, one = screened(), fund(9 * YEAR)
    client = client_of(cast.budi)
    assert 'value="2026-01"' in client.get(NEW).text
    asked = {
        "name": "Tahap 1", "screening": run.pk, "first_month": "2026-01", "last_month": "2026-12",
        "funds": [one.pk], "priority": "continuity", "months_target": "6",
    }  # fmt: skip
    answer = client.post(NEW, asked)
    made = Plan.objects.get()
    assert answer.url == at("detail", made)
    assert made.result["months"] == 12
    assert made.rules["priorities"][0]["key"] == "continuity"


def test_a_plan_for_many_is_made_in_the_background(
    client_of, cast, fund, workers, screened, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("payung.web.plans.views.WAITED_FOR", 1)
    workers(2)
    run, first, second = screened(), fund(9 * YEAR, "B"), fund(9 * YEAR, "A")
    client = client_of(cast.budi)
    asked = {
        "name": "Tahap 1", "screening": run.pk, "first_month": "2026-01", "last_month": "2026-12",
        "funds": [first.pk, second.pk], "priority": "continuity", "months_target": "6",
    }  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(NEW, asked)
    job, made = Job.objects.get(), Plan.objects.get()
    assert answer.url == reverse("job", args=[job.pk])
    assert (job.state, job.url, job.error) == ("done", at("detail", made), "")
    assert made.made_by == cast.budi.user
    assert (made.result["months"], made.rules["priorities"][0]["key"]) == (12, "continuity")

    Job.objects.update(state="waiting")  # its worker died just before it could say so
    jobs.run(job.pk)
    assert Plan.objects.count() == 1

    with django_capture_on_commit_callbacks(execute=True):
        client.post(NEW, {**asked, "first_month": "2026-12", "last_month": "2026-01"})
    refused = Job.objects.first()
    assert (refused.state, refused.url) == ("failed", INDEX)
    assert refused.error


def test_the_background_plan_is_the_plan_made_at_once(
    client_of, cast, fund, workers, screened, monkeypatch, django_capture_on_commit_callbacks
):
    workers(3)
    asked = {
        "name": "Tahap 1", "screening": screened().pk, "first_month": "2026-01",
        "last_month": "2026-12", "funds": [fund(2 * YEAR).pk], "priority": "decile",
    }  # fmt: skip
    for limit in (1, 100):
        monkeypatch.setattr("payung.web.plans.views.WAITED_FOR", limit)
        with django_capture_on_commit_callbacks(execute=True):
            client_of(cast.budi).post(NEW, asked)
    one, other = Plan.objects.all()
    assert (one.rules, one.result) == (other.rules, other.result)
    assert Job.objects.count() == 1


def test_what_cannot_be_planned_is_a_sentence_on_the_form(client_of, cast, fund, workers, screened):
    workers(1)
    asked = {
        "name": "Tahap 1", "screening": screened().pk, "first_month": "2026-12",
        "last_month": "2026-01", "funds": [fund(9 * YEAR).pk], "priority": "decile",
    }  # fmt: skip
    answer = client_of(cast.budi).post(NEW, asked)
    assert "mendahului bulan pertamanya" in answer.text
    assert not Plan.objects.exists()


def test_the_plan_shows_totals_reasons_and_why_a_month_costs_what_it_costs(client_of, cast, plan):
    text = client_of(cast.sari).get(at("detail", plan)).text
    for words in (
        "Rp403.200", "Rp16.800", "JKK 1% × Rp1.000.000 = Rp10.000.", "JKM tetap Rp6.800.",
        "PP 44/2015 Lampiran II", "dana habis", "Kecamatan",
    ):  # fmt: skip
        assert words in text


def test_the_plan_of_a_village_says_that_the_relief_does_not_speak_of_its_money(
    client_of, cast, fund, workers, planned
):
    workers(1)
    made = planned([fund(YEAR, kind=FundKind.APBDES)])
    text = client_of(cast.sari).get(at("detail", made)).text
    assert "keringanan iuran April–Desember 2026 tidak menyebut APBDes" in text
    assert "Ada yang belum terverifikasi" in text
    assert "Rp8.400" not in text


def test_workers_and_those_left_out_are_listed_with_their_reasons(client_of, cast, plan):
    client = client_of(cast.budi)
    text = client.get(at("allocations", plan)).text
    assert text.count("dana umum APBD 2026") == 2
    assert plan.allocations.first().worker.nik not in text
    assert "dana habis" in client.get(at("left_out", plan)).text
    assert client.get(at("allocations", plan) + "?dana=ngawur").status_code == 200


def test_whoever_is_left_out_for_a_doubt_leads_to_where_it_is_decided(client_of, cast, plan):
    client = client_of(cast.budi)
    first, second = plan.allocations.values_list("worker", flat=True)[:2]
    double, doubtful = f"{DOUBLE} 367101••••••0002", DOUBTFUL
    LeftOut.objects.create(plan=plan, worker_id=first, cause=Cause.DOUBLE, reason=double)
    LeftOut.objects.create(plan=plan, worker_id=second, cause=Cause.DOUBTFUL, reason=doubtful)
    text = client.get(at("left_out", plan)).text
    assert text.count(">Putuskan</a>") == 2
    assert "/pekerja/ganda/?jenis=pekerja" in text
    assert f"/penyaringan/{plan.screening_id}/?keadaan=pastikan" in text


def test_only_another_approver_gets_the_button_and_approves(client_of, cast, plan, fund):
    maker, approver = client_of(cast.budi), client_of(cast.sari)
    assert "Setujui" not in maker.get(at("detail", plan)).text
    assert "Setujui" in approver.get(at("detail", plan)).text
    assert (waiting(cast.sari.actor), waiting(cast.budi.actor)) == (1, 0)
    assert "menunggu persetujuan Anda" in approver.get(INDEX).text
    assert approver.get(at("approve", plan)).status_code == 405
    assert maker.post(at("approve", plan)).status_code == 403
    assert "dananya dicadangkan" in approver.post(at("approve", plan), follow=True).text
    plan.refresh_from_db()
    assert plan.state == PlanState.APPROVED
    assert waiting(cast.sari.actor) == 0


def test_a_maker_who_is_also_approver_is_refused(client_of, cast, plan):
    Plan.objects.update(made_by=cast.sari.user)
    client = client_of(cast.sari)
    assert "Setujui<" not in client.get(at("detail", plan)).text
    answer = client.post(at("approve", plan))
    assert answer.status_code == 403
    assert "bukan pembuatnya" in answer.text


def test_a_plan_is_cancelled_by_post_only(client_of, cast, plan):
    client = client_of(cast.budi)
    assert client.get(at("cancel", plan)).status_code == 405
    assert client_of(cast.tono).post(at("cancel", plan)).status_code == 403
    assert "Rencana dibatalkan" in client.post(at("cancel", plan), follow=True).text
    plan.refresh_from_db()
    assert plan.state == PlanState.CANCELLED


def test_the_annex_is_taken_out_by_post_and_recorded(client_of, cast, plan):
    client = client_of(cast.budi)
    assert client.get(at("export", plan)).status_code == 405
    answer = client.post(at("export", plan))
    assert f"lampiran-rencana-{plan.pk}.xlsx" in answer["Content-Disposition"]
    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert page["B5"].value == plan.allocations.first().worker.name
    assert "Rencana diunduh" in client.get(at("detail", plan)).text


def test_another_city_finds_no_plan(client_of, cast, plan):
    client = client_of(cast.stranger)
    for name in ("detail", "allocations", "left_out"):
        assert client.get(at(name, plan)).status_code == 404
    for name in ("cancel", "export"):
        assert client.post(at(name, plan)).status_code == 404
    assert plan.name not in client.get(INDEX).text


def test_what_no_batch_took_is_released_on_the_plans_page(client_of, cast):
    people = way.people(3)
    people[2].birth_date = None
    people[2].save()
    plan = way.plan(cast, [(way.fund(cast), people)])
    client = client_of(cast.sari)
    plan.rules = {"prices": [], "months_target": None, "months_min": None}
    plan.result = {
        "workers": 3, "months": 36, "amount": 604_800, "left_out": 0, "warnings": [], "funds": [],
        "already_covered": 0,
    }  # fmt: skip
    plan.save()
    assert "Lepas cadangan" not in client.get(at("detail", plan)).text  # it can be cancelled still
    assert "Batalkan rencana ini?" in client.get(at("detail", plan)).text
    way.sent(cast, plan)
    assert "Batalkan rencana ini?" not in client.get(at("detail", plan)).text
    text = client.get(at("detail", plan)).text
    assert "1 orang belum masuk gelombang mana pun; Rp201.600 masih dicadangkan" in text
    assert "Lepas Rp201.600 dan keluarkan 1 orang yang belum didaftarkan" in text
    assert "Lepas cadangan" not in client_of(cast.budi).get(at("detail", plan)).text
    assert client_of(cast.budi).post(at("release", plan)).status_code == 403
    said = client.post(at("release", plan), follow=True).text
    assert "Rp201.600 dilepas; 1 orang keluar dari rencana ini." in said
    assert "Dilepas kembali" in said
    assert "belum masuk gelombang" not in said
    assert "Tidak ada lagi cadangan" in client.post(at("release", plan), follow=True).text
