"""What the branch answers is recorded once, whole, or not at all."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from payung.apps.audit.models import Event
from payung.apps.enrolment import selectors, services
from payung.apps.enrolment.answers import AnswerProblems
from payung.apps.enrolment.models import Answer, Batch, BatchState, Coverage, Line, Program
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.workers.models import Worker
from tests.enrolment import way
from tests.enrolment.way import DECEMBER, JANUARY, accepting, answer_file
from tests.support.standing import standing_on

DEAD = ["", "", "DITOLAK", "", "", "T03", "Tercatat meninggal dunia di Dukcapil"]


@pytest.fixture
def fund(cast):
    return way.fund(cast)


standing = standing_on(
    lambda cast, folder: way.sent(cast, way.plan(cast, [(way.fund(cast), way.people(3))]))[0]
)


@pytest.fixture
def batch(stood):
    """A file for three, sent."""
    return stood[1]


def answer(cast, batch: Batch, path):
    return services.read_answer(actor=cast.maya.actor, batch=batch, path=path)


def problems(cast, batch: Batch, folder, rows, **how):
    with pytest.raises(AnswerProblems) as caught:
        answer(cast, batch, answer_file(folder, rows, **how))
    assert not Line.objects.exclude(answer=Answer.WAITING).exists()
    assert not Coverage.objects.exists()
    return [(problem.row, problem.code) for problem in caught.value.problems]


def test_accepted_lines_bring_kpj_and_cover_of_both_programmes(cast, batch, tmp_path):
    reading = answer(cast, batch, answer_file(tmp_path, accepting(batch)))
    assert (reading.accepted, reading.rejected) == (3, 0)
    batch.refresh_from_db()
    assert (batch.state, batch.accepted, batch.rejected) == (BatchState.PROCESSED, 3, 0)
    for worker in Worker.objects.all():
        assert worker.kpj == way.kpj(worker.pk)
        runs = worker.coverages.order_by("program").values_list(
            "program", "kpj", "first_month", "last_month"
        )
        assert list(runs) == [
            (program, worker.kpj, JANUARY, DECEMBER) for program in ("jkk", "jkm")
        ]
    event = Event.objects.get(act="batch.answered")
    assert event.row_count == 3


def test_rejected_lines_keep_the_branchs_own_code_and_free_the_money(cast, batch, tmp_path):
    fund = batch.fund
    reserved = fund.reserved
    rows = accepting(batch)
    rows[1][2:] = DEAD[2:]
    answer(cast, batch, answer_file(tmp_path, rows))
    line = batch.lines.get(number=2)
    assert (line.answer, line.reject_code) == (Answer.REJECTED, "T03")
    fund.refresh_from_db()
    assert fund.reserved == reserved - 12 * 16_800
    assert [each.pk for each in selectors.rejected_lines(actor=cast.budi.actor)] == [line.pk]
    assert selectors.reject_codes(actor=cast.budi.actor, batch=batch) == [
        {"reject_code": "T03", "reject_reason": DEAD[6], "count": 1}
    ]


def test_cover_that_begins_later_frees_the_months_between(cast, batch, tmp_path):
    fund = batch.fund
    reserved = fund.reserved
    answer(cast, batch, answer_file(tmp_path, accepting(batch, date(2026, 3, 9))))
    assert set(Coverage.objects.values_list("first_month", flat=True)) == {date(2026, 3, 1)}
    fund.refresh_from_db()
    assert fund.reserved == reserved - 3 * 2 * 16_800


def test_headings_are_known_by_other_words_and_titles_above(cast, batch, tmp_path):
    headings = ["NIK", "Nama Peserta", "Hasil", "No. KPJ", "Tgl Mulai", "Kode", "Keterangan"]
    path = answer_file(tmp_path, accepting(batch), headings=headings, titles=3)
    assert answer(cast, batch, path).accepted == 3


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({0: "3671011501809999"}, "unknown-line"),
        ({0: "3.67101E+15"}, "unknown-line"),
        ({2: "MUNGKIN"}, "status"),
        ({3: "123"}, "kpj"),
        ({3: ""}, "kpj"),
        ({4: "kemarin"}, "start-date"),
        ({4: "01-12-2025"}, "start-month"),
        ({2: "DITOLAK"}, "no-reason"),
    ],
)
def test_a_fault_names_its_row_and_nothing_is_written(cast, batch, tmp_path, change, code):
    rows = accepting(batch)
    for column, text in change.items():
        rows[1][column] = text
    assert problems(cast, batch, tmp_path, rows, titles=2) == [(5, code)]


def test_a_column_that_is_not_there_is_asked_for_once(cast, batch, tmp_path):
    rows = [row[:4] for row in accepting(batch)]
    found = problems(cast, batch, tmp_path, rows, headings=way.ANSWER[:4])
    assert found == [(0, "no-column")]


def test_a_line_answered_twice_in_a_file_is_refused(cast, batch, tmp_path):
    rows = accepting(batch)
    assert problems(cast, batch, tmp_path, [*rows, rows[0]]) == [(5, "answered-twice")]


def test_one_kpj_for_two_people_is_refused(cast, batch, tmp_path):
    rows = accepting(batch)
    rows[2][3] = rows[0][3]
    assert problems(cast, batch, tmp_path, rows) == [(4, "kpj-twice")]


def test_a_kpj_that_belongs_to_another_person_is_refused(cast, batch, tmp_path):
    rows = accepting(batch)
    way.people(1, first=50, kpj=rows[0][3])
    assert problems(cast, batch, tmp_path, rows) == [(2, "kpj-of-another")]


def test_who_was_covered_meanwhile_is_not_covered_twice(cast, batch, tmp_path):
    line = batch.lines.get(number=2)
    Coverage.objects.create(
        worker=line.worker,
        line=line,
        fund=batch.fund,
        program=Program.JKM,
        kpj=way.kpj(line.worker_id),
        first_month=DECEMBER,
        last_month=DECEMBER,
    )
    with pytest.raises(AnswerProblems) as caught:
        answer(cast, batch, answer_file(tmp_path, accepting(batch)))
    assert [(problem.row, problem.code) for problem in caught.value.problems] == [(3, "covered")]
    assert Coverage.objects.count() == 1


@pytest.mark.parametrize(
    ("numbers", "moved"),
    [(("1", "2", "3"), False), (("001", "", "²"), False), (("2", "3", "1"), True)],
)
def test_numbers_of_lines_that_moved_stop_the_answer(cast, batch, tmp_path, numbers, moved):
    rows = [[*row, number] for row, number in zip(accepting(batch), numbers, strict=True)]
    path = answer_file(tmp_path, rows, headings=[*way.ANSWER, "NO_BARIS"])
    if not moved:
        assert answer(cast, batch, path).accepted == 3
        return
    with pytest.raises(AnswerProblems) as caught:
        answer(cast, batch, path)
    assert {problem.code for problem in caught.value.problems} == {"line-number"}


def test_the_same_answer_again_changes_nothing(cast, batch, tmp_path):
    path = answer_file(tmp_path, accepting(batch))
    answer(cast, batch, path)
    before = list(Line.objects.values())
    with pytest.raises(DomainError, match="sudah dicatat"):
        answer(cast, batch, path)
    assert list(Line.objects.values()) == before
    assert Event.objects.filter(act="batch.answered").count() == 1


def test_a_line_answers_once(cast, batch, tmp_path):
    rows = accepting(batch)
    answer(cast, batch, answer_file(tmp_path, rows))
    rows[0][2:] = DEAD[2:]
    with pytest.raises(AnswerProblems, match="sudah dijawab lain"):
        answer(cast, batch, answer_file(tmp_path, rows))
    line = batch.lines.first()
    line.answer, line.reject_reason = Answer.REJECTED, "x"
    with pytest.raises(DatabaseError, match="answers once"), transaction.atomic():
        line.save()


def test_lines_left_out_are_reported_and_keep_waiting(cast, batch, tmp_path):
    rows = accepting(batch)
    reading = answer(cast, batch, answer_file(tmp_path, rows[:2]))
    assert [(p.code, reading.missing) for p in reading.warnings] == [("missing-lines", 1)]
    assert "nomor baris 3" in reading.warnings[0].message
    batch.refresh_from_db()
    assert batch.state == BatchState.SENT
    again = answer(cast, batch, answer_file(tmp_path, rows))
    assert (again.accepted, again.known) == (1, 2)
    batch.refresh_from_db()
    assert (batch.state, batch.accepted) == (BatchState.PROCESSED, 3)


def test_a_person_keeps_one_kpj_for_life(cast, fund, tmp_path):
    [worker] = way.people(1, kpj="19000000001")
    [batch] = way.sent(cast, way.plan(cast, [(fund, [worker])]))
    reading = answer(cast, batch, answer_file(tmp_path, accepting(batch)))
    assert [problem.code for problem in reading.warnings] == ["kpj-differs"]
    worker.refresh_from_db()
    assert worker.kpj == "19000000001"
    assert set(worker.coverages.values_list("kpj", flat=True)) == {"19000000001"}
    assert batch.lines.get().kpj == way.kpj(worker.pk)


def test_a_name_that_differs_is_warned_of(cast, batch, tmp_path):
    rows = accepting(batch)
    rows[0][1] = "Orang Lain Sama Sekali"
    reading = answer(cast, batch, answer_file(tmp_path, rows))
    assert [(problem.row, problem.code) for problem in reading.warnings] == [(2, "name-differs")]


def test_a_preview_writes_nothing(cast, batch, tmp_path):
    path = answer_file(tmp_path, accepting(batch)[:1])
    reading = selectors.answer_preview(actor=cast.maya.actor, batch=batch, path=path)
    assert (reading.accepted, reading.missing) == (1, 2)
    assert not Line.objects.exclude(answer=Answer.WAITING).exists()


def test_the_upload_file_itself_is_no_answer(cast, batch, tmp_path):
    path = tmp_path / "unggah.xlsx"
    path.write_bytes(services.export(actor=cast.budi.actor, batch=batch))
    with pytest.raises(DomainError, match="bukan berkas unggahan"):
        answer(cast, batch, path)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 bukan lembar kerja", b"PK\x03\x04rusak"])
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(cast, batch, tmp_path, content):
    path = tmp_path / "jawaban.xlsx"
    path.write_bytes(content)
    with pytest.raises(DomainError, match=r"[Bb]erkas"):
        answer(cast, batch, path)


def test_a_batch_that_was_not_sent_takes_no_answer(cast, fund, tmp_path):
    plan = way.plan(cast, [(fund, way.people(1))])
    batch = services.make_batches(actor=cast.budi.actor, plan=plan, start_month=JANUARY).batches[0]
    with pytest.raises(DomainError, match="belum ditandai terkirim"):
        answer(cast, batch, answer_file(tmp_path, accepting(batch)))


@pytest.mark.parametrize("who", ["rina", "yanti", "tono", "hendra"])
def test_only_branch_and_verifier_record_answers(cast, batch, tmp_path, who):
    with pytest.raises(NotAllowed):
        services.read_answer(
            actor=cast.people[who].actor,
            batch=batch,
            path=answer_file(tmp_path, accepting(batch)),
        )
