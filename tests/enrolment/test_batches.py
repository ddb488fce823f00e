"""From an approved plan to the file that goes to BPJS."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
import yaml

from payung.apps.audit.models import Event
from payung.apps.enrolment import services
from payung.apps.enrolment.candidates import candidates
from payung.apps.enrolment.models import Batch, BatchState, Line
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.funding.models import FundKind, PlanState
from tests.enrolment import way
from tests.enrolment.way import JANUARY


@pytest.fixture
def apbd(cast):
    return way.fund(cast)


def test_each_fund_gets_a_batch_with_a_line_per_worker(cast, apbd):
    csr = way.fund(cast, FundKind.CSR)
    workers = way.people(5)
    plan = way.plan(cast, [(apbd, workers[:3]), (csr, workers[3:])])
    made = services.make_batches(actor=cast.budi.actor, plan=plan, start_month=JANUARY)
    assert [(b.fund, b.lines_count, b.state) for b in made.batches] == [
        (apbd, 3, BatchState.NEW),
        (csr, 2, BatchState.NEW),
    ]
    assert [line.number for line in made.batches[0].lines.all()] == [1, 2, 3]
    assert made.batches[0].branch == cast.bpjs
    event = Event.objects.get(act="batches.made")
    assert (event.row_count, event.after["lines"]) == (5, 5)


def test_a_fund_with_more_people_than_a_file_takes_gets_several_batches(cast, apbd, settings):
    folder = settings.HOME / "layouts"
    folder.mkdir(exist_ok=True)
    own = folder / f"{cast.bpjs.slug}.yaml"
    common = services.layout_for(cast.bpjs)
    own.write_text(yaml.safe_dump({**common.data, "most_lines": 2}))
    try:
        plan = way.plan(cast, [(apbd, way.people(5))])
        made = services.make_batches(actor=cast.budi.actor, plan=plan, start_month=JANUARY)
    finally:
        own.unlink()
    assert [batch.lines_count for batch in made.batches] == [2, 2, 1]
    assert len({batch.number for batch in made.batches}) == 3


def test_a_worker_keeps_the_values_that_were_sent(cast, apbd):
    [worker] = way.people(1, phone="081234567890")
    batch = way.sent(cast, way.plan(cast, [(apbd, [worker])]))[0]
    worker.name = "Nama Baru"
    worker.save()
    assert Line.objects.get(batch=batch).values == {
        "NOMOR_IDENTITAS": worker.nik,
        "NAMA_LENGKAP": "Orang Rekaan 0",
        "TGL_LAHIR": "12-01-1980",
        "HANDPHONE": "081234567890",
        "EMAIL": "",
        "JENIS_PEKERJAAN_1": "Pedagang kecil",
        "JENIS_PEKERJAAN_2": "",
        "LOKASI_PEKERJAAN": "Sukarasa",
        "UPAH": "1000000",
        "KODE_PAKET": "T",
        "BULAN_IURAN": "12",
    }


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"nik": "36710112018000"}, "nik"),
        ({"birth_date": None}, "birth-date"),
        ({"birth_date": date(1960, 1, 1)}, "age"),
        ({"died_on": date(2025, 12, 3)}, "dead"),
    ],
)
def test_who_cannot_be_sent_is_left_out_with_the_reason(cast, apbd, values, code):
    good, bad = way.people(2)
    type(bad).objects.filter(pk=bad.pk).update(**values)
    plan = way.plan(cast, [(apbd, [good, bad])])
    made = services.make_batches(actor=cast.budi.actor, plan=plan, start_month=JANUARY)
    assert [(r.worker_id, r.refused) for r in made.refused] == [(bad.pk, code)]
    assert made.batches[0].lines_count == 1
    assert Event.objects.get(act="batches.made").after["refused"] == {code: 1}


def test_a_member_past_the_age_limit_may_go_on(cast, apbd):
    [old] = way.people(1, birth_date=date(1960, 1, 1), kpj="26000000001")
    assert len(candidates(way.plan(cast, [(apbd, [old])]), JANUARY).ready) == 1


def test_who_waits_in_another_batch_is_not_sent_twice(cast, apbd):
    workers = way.people(2)
    way.sent(cast, way.plan(cast, [(apbd, workers)]))
    again = way.plan(cast, [(apbd, workers)])
    with pytest.raises(DomainError, match="2 masih menunggu jawaban"):
        services.make_batches(actor=cast.budi.actor, plan=again, start_month=JANUARY)


def test_who_is_covered_already_is_not_sent_again(cast, apbd, tmp_path):
    workers = way.people(2)
    way.enrolled(cast, tmp_path, way.plan(cast, [(apbd, workers)]))
    judged = candidates(way.plan(cast, [(apbd, workers)]), JANUARY)
    assert [person.refused for person in judged.refused] == ["covered", "covered"]


def test_making_again_finds_nobody_left(cast, apbd):
    plan = way.plan(cast, [(apbd, way.people(2))])
    services.make_batches(actor=cast.budi.actor, plan=plan, start_month=JANUARY)
    with pytest.raises(DomainError, match="Tidak ada jatah rencana ini"):
        services.make_batches(actor=cast.budi.actor, plan=plan, start_month=JANUARY)
    assert Batch.objects.count() == 1


def test_a_plan_that_is_not_approved_goes_nowhere(cast, apbd):
    plan = way.plan(cast, [(apbd, way.people(1))], state=PlanState.DRAFT)
    with pytest.raises(DomainError, match="belum disetujui"):
        services.make_batches(actor=cast.budi.actor, plan=plan, start_month=JANUARY)


@pytest.mark.parametrize("who", ["rina", "maya", "yanti", "hendra", "tono"])
def test_only_the_lead_offices_verifier_makes_batches(cast, apbd, who):
    plan = way.plan(cast, [(apbd, way.people(1))])
    with pytest.raises(NotAllowed):
        services.make_batches(actor=cast.people[who].actor, plan=plan, start_month=JANUARY)


def test_another_city_cannot_touch_the_plan_or_batch(cast, apbd):
    plan = way.plan(cast, [(apbd, way.people(1))])
    with pytest.raises(DomainError, match="wilayah Anda"):
        services.make_batches(actor=cast.stranger.actor, plan=plan, start_month=JANUARY)
    batch = services.make_batches(actor=cast.budi.actor, plan=plan, start_month=JANUARY).batches[0]
    with pytest.raises(DomainError, match="wilayah Anda"):
        services.export(actor=cast.stranger.actor, batch=batch)


class TestUploadFile:
    def test_the_sheet_holds_every_line_as_text(self, cast, apbd):
        plan = way.plan(cast, [(apbd, way.people(3))])
        batch = services.make_batches(
            actor=cast.budi.actor, plan=plan, start_month=JANUARY
        ).batches[0]
        content = services.export(actor=cast.budi.actor, batch=batch)
        sheet = openpyxl.load_workbook(BytesIO(content))["Data TK Baru"]
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[0][:3] == ("NOMOR_IDENTITAS", "NAMA_LENGKAP", "TGL_LAHIR")
        assert rows[0][-2:] == ("KODE_PAKET", "BULAN_IURAN")
        assert [row[0] for row in rows[1:]] == [line.nik for line in batch.lines.all()]
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}

    def test_the_same_batch_gives_the_same_bytes(self, cast, apbd):
        plan = way.plan(cast, [(apbd, way.people(3))])
        batch = services.make_batches(
            actor=cast.budi.actor, plan=plan, start_month=JANUARY
        ).batches[0]
        first = services.export(actor=cast.budi.actor, batch=batch)
        batch.refresh_from_db()
        assert batch.state == BatchState.READY
        assert services.export(actor=cast.budi.actor, batch=batch) == first
        assert Event.objects.filter(act="batch.exported").count() == 1

    def test_a_file_that_would_differ_from_the_kept_one_is_refused(self, cast, apbd):
        batch = way.sent(cast, way.plan(cast, [(apbd, way.people(1))]))[0]
        line = batch.lines.get()
        line.values["NAMA_LENGKAP"] = "Diubah"
        line.save()
        with pytest.raises(DomainError, match="tidak lagi sama"):
            services.export(actor=cast.budi.actor, batch=batch)

    def test_a_formula_in_a_name_is_not_run(self, cast, apbd):
        people = way.people(1, occupation="", occupation_text='=HYPERLINK("x")')
        batch = services.make_batches(
            actor=cast.budi.actor, plan=way.plan(cast, [(apbd, people)]), start_month=JANUARY
        ).batches[0]
        content = services.export(actor=cast.budi.actor, batch=batch)
        cell = openpyxl.load_workbook(BytesIO(content)).active["F2"]
        assert (cell.value, cell.data_type) == ('\'=HYPERLINK("x")', "s")


def test_only_a_prepared_file_can_be_marked_sent_and_once(cast, apbd):
    plan = way.plan(cast, [(apbd, way.people(1))])
    batch = services.make_batches(actor=cast.budi.actor, plan=plan, start_month=JANUARY).batches[0]
    with pytest.raises(DomainError, match="Siapkan berkas"):
        services.mark_sent(actor=cast.budi.actor, batch=batch)
    services.export(actor=cast.budi.actor, batch=batch)
    assert services.mark_sent(actor=cast.budi.actor, batch=batch).state == BatchState.SENT
    with pytest.raises(DomainError, match="sudah ditandai"):
        services.mark_sent(actor=cast.budi.actor, batch=batch)
