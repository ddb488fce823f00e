"""A death or accident becomes a claim, with what the law gives and what stops."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from payung import law
from payung.apps.audit.models import Event
from payung.apps.claims.models import Claim, ClaimKind
from payung.apps.contributions import services as contributions
from payung.apps.contributions.models import PaidMonth
from payung.apps.enrolment.models import Coverage
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.funding.models import Entry, EntryKind
from payung.apps.workers.models import Worker
from tests.claims.conftest import SEPTEMBER, at
from tests.enrolment.way import people
from tests.support import way


def test_after_nine_paid_months_the_heirs_are_owed_42_million(opened):
    claim = opened()
    assert claim.benefit_total == 42_000_000
    assert [(line.code, line.amount) for line in claim.benefits.all()] == [
        ("lump-sum", 20_000_000),
        ("periodic", 12_000_000),
        ("funeral", 10_000_000),
    ]
    assert all(line.source and line.verified_source is not None for line in claim.benefits.all())
    assert Event.objects.get(act="claim.opened").after["total"] == 42_000_000


def test_before_three_months_only_the_funeral_is_owed_and_the_step_says_so(cast, opened):
    young = way.insured(cast, months=2, first=50)[0]
    claim = opened(worker=young, event_at=at(2026, 2, 20))
    assert claim.benefit_total == 10_000_000
    assert [line.code for line in claim.benefits.all()] == ["funeral"]
    assert "belum genap" in " ".join(step["text"] for step in claim.steps)


def test_in_arrears_the_funeral_comes_now_and_the_rest_later_less_what_is_owed(opened):
    claim = opened(event_at=at(2026, 11, 18))
    assert claim.benefit_total == 10_000_000
    # October and November, at what the family would pay itself under the relief
    assert claim.benefit_later == 32_000_000 - 2 * 8_400
    assert [line.code for line in claim.benefits.filter(later=True)] == ["lump-sum", "periodic"]


def test_without_cover_a_clear_sentence_and_nothing_is_written(cast, opened):
    nobody = people(1, first=70)[0]
    with pytest.raises(DomainError, match="Tidak ada perlindungan pada 12 September 2026") as said:
        opened(worker=nobody)
    assert "Belum ada bulan iuran yang dibayar" in str(said.value)
    nobody.refresh_from_db()
    assert (nobody.died_on, Claim.objects.count()) == (None, 0)
    assert not Event.objects.filter(act__in=["worker.died", "claim.opened"]).exists()


def test_a_death_ends_the_cover_frees_later_money_and_stops_the_invoices(cast, worker, opened):
    alive = way.insured(cast, months=0, first=10)[0]
    opened()
    worker.refresh_from_db()
    assert worker.died_on == date(2026, 9, 12)
    assert set(Coverage.objects.filter(worker=worker).values_list("last_month", flat=True)) == {
        date(2026, 9, 1)
    }
    freed = Entry.objects.filter(kind=EntryKind.RELEASED, noun="worker", object_id=str(worker.pk))
    assert [entry.amount for entry in freed] == [3 * 16_800]
    for invoice in contributions.issue(
        actor=cast.budi.actor, region=cast.disnaker.region, month=date(2026, 10, 1)
    ):
        assert list(invoice.lines.values_list("worker", flat=True).distinct()) == [alive.pk]


def test_a_second_claim_of_the_same_death_is_refused(opened):
    opened()
    with pytest.raises(DomainError, match="sudah dibuka"):
        opened(kind=ClaimKind.JKK_DEATH)


def test_an_accident_gives_care_and_the_income_of_months_unable_to_work(cast, worker, opened):
    claim = opened(kind=ClaimKind.JKK, months_unable=3)
    lines = {line.code: line for line in claim.benefits.all()}
    assert lines["medical"].amount is None
    assert lines["stmb-100"].amount == 3 * claim.income == claim.benefit_total
    worker.refresh_from_db()
    assert worker.died_on is None
    assert Coverage.objects.filter(worker=worker, last_month=date(2026, 12, 1)).count() == 2


def test_a_death_by_accident_pays_more_and_may_follow_the_accident(worker, opened):
    claim = opened(kind=ClaimKind.JKK_DEATH, died_on=date(2026, 9, 20))
    worker.refresh_from_db()
    assert worker.died_on == date(2026, 9, 20)
    assert claim.benefit_total > 42_000_000
    second_report = claim.deadlines.get(code="stage-two")
    assert timezone.localdate(second_report.due_at) == date(2026, 9, 22)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"event_at": timezone.now() + timedelta(hours=2)}, "masa depan"),
        ({"died_on": date(2026, 9, 13)}, "tidak cocok"),
        ({"kind": ClaimKind.JKK_DEATH, "died_on": date(2026, 9, 11)}, "tidak cocok"),
        ({"reporter_name": "  "}, "nama pelapor"),
    ],
)
def test_what_cannot_be_is_refused(opened, values, sentence):
    with pytest.raises(DomainError, match=sentence):
        opened(**values)
    assert not Claim.objects.exists()


def test_a_recorded_death_and_the_claim_must_name_the_same_day(worker, opened):
    Worker.objects.filter(pk=worker.pk).update(died_on=date(2026, 9, 11))
    with pytest.raises(DomainError, match="tercatat meninggal pada 11 September 2026"):
        opened()
    with pytest.raises(DomainError, match="sebelum kejadian"):
        opened(kind=ClaimKind.JKK)
    assert opened(event_at=at(2026, 9, 11)).benefit_total == 42_000_000


def test_a_kelurahan_operator_opens_a_claim_for_its_own_worker_only(cast, worker, opened):
    with pytest.raises(DomainError, match="tidak ada dalam wilayah"):
        opened(actor=cast.joko.actor)
    claim = opened(actor=cast.yanti.actor)
    worker.refresh_from_db()
    assert (claim.organisation, worker.died_on) == (cast.sukarasa, date(2026, 9, 12))


@pytest.mark.parametrize("who", ["maya", "hendra", "tono", "sari"])
def test_who_may_not_open_a_claim_is_told_so(cast, opened, who):
    with pytest.raises(NotAllowed):
        opened(actor=cast.people[who].actor)


def test_another_city_cannot_open_one(cast, opened):
    with pytest.raises(DomainError, match="tidak ada dalam wilayah"):
        opened(actor=cast.stranger.actor)


def test_numbers_follow_one_another(cast, opened):
    other = way.insured(cast, months=9, first=20)[0]
    numbers = [opened().number, opened(worker=other, event_at=SEPTEMBER).number]
    assert numbers == ["KLM-3671-2026-00001", "KLM-3671-2026-00002"]


def test_the_papers_say_in_which_form_and_from_whom(opened):
    paper = opened().documents.get(code="death-certificate")
    assert (paper.form, paper.issuer) == ("fotokopi atau dokumen elektronik", "Dukcapil")


def test_children_bring_a_scholarship_only_after_three_paid_years(opened):
    claim = opened(children=[7, 16])
    assert (claim.children, claim.benefit_total) == ([7, 16], 42_000_000)
    assert not claim.benefits.filter(code="scholarship").exists()
    assert "36" in " ".join(step["text"] for step in claim.steps)
    assert not claim.documents.filter(code="school-letter").exists()


def test_children_of_a_death_at_work_bring_lines_papers_and_reasons(opened):
    claim = opened(kind=ClaimKind.JKK_DEATH, children=[7, 16])
    schooling = claim.benefits.filter(code="scholarship")
    owed = law.scholarship_plan(date(2026, 9, 12), [7, 16])
    assert sum(line.amount for line in schooling) == sum(year.amount for year in owed) > 0
    assert claim.benefit_total == 70_000_000 + sum(line.amount for line in schooling)
    letter = claim.documents.get(code="school-letter")
    assert not letter.required
    assert letter.note.startswith("Untuk beasiswa.")
    assert all(len(line.name) <= 160 for line in claim.benefits.all())


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"children": [5, 7, 9]}, "paling banyak untuk 2 anak"),
        ({"children": [-1]}, "-1"),
        ({"kind": ClaimKind.JKK, "children": [7]}, "Beasiswa anak tidak diberikan"),
        ({"months_unable": 2}, "hanya untuk kecelakaan kerja"),
    ],
)
def test_what_does_not_belong_to_the_event_is_a_sentence(opened, values, sentence):
    with pytest.raises(DomainError, match=sentence):
        opened(**values)
    assert not Claim.objects.exists()


def test_months_in_hospital_before_a_death_at_work_are_paid_as_well(opened):
    claim = opened(kind=ClaimKind.JKK_DEATH, months_unable=2, died_on=date(2026, 11, 14))
    assert claim.benefit_total == 70_000_000 + 2 * 1_000_000


def test_months_paid_on_another_number_do_not_count_towards_a_scholarship(worker, opened):
    (first, *_) = PaidMonth.objects.filter(worker=worker, program="jkm")
    for month in (3, 4, 5, 6):
        first.pk, first.month, first.kpj = None, date(2025, month, 1), "25099999999"
        first.save(force_insert=True)
    said = " ".join(step["text"] for step in opened(children=[7]).steps)
    assert "baru 9 bulan dibayar" in said
    assert "4 bulan pada nomor peserta atau NIK lain tidak ditambahkan" in said
