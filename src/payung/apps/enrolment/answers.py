"""Reading a branch's answer to a batch, matched by NIK, every fault with its row. No writes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from payung.apps.db.months import first_day
from payung.apps.enrolment.layout import Layout
from payung.apps.enrolment.models import Answer, Batch, Coverage, Program
from payung.apps.errors import DomainError
from payung.apps.workers.models import KPJ_LENGTH, Worker
from payung.identity import Nik, clean_name, name_key
from payung.identity.numbers import dotted
from payung.sheets.book import raw_sheets
from payung.sheets.formats import UnreadableFile

_DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
_LOOKED_FOR_HEADER = 30
_CHUNK = 5_000


class Problem(NamedTuple):
    """row: as the spreadsheet shows it, from 1; 0 when the fault is of no single row."""

    row: int
    code: str
    severity: Literal["stop", "warn"]
    message: str


class Answered(NamedTuple):
    """One line's answer as read, ready to be recorded."""

    row: int
    line_id: int
    worker_id: int
    verdict: str
    kpj: str
    starts_on: date | None
    code: str
    reason: str
    last_month: date


@dataclass
class Reading:
    """What a file says. `known`: lines answered the same before. `missing`: lines not in it."""

    answers: list[Answered] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    known: int = 0
    missing: int = 0
    lacking: set[str] = field(default_factory=set)  # columns an accepted person needs

    @property
    def stops(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "stop"]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "warn"]

    @property
    def taken(self) -> list[Answered]:
        return [answer for answer in self.answers if answer.verdict == Answer.ACCEPTED]

    @property
    def accepted(self) -> int:
        return len(self.taken)

    @property
    def rejected(self) -> int:
        return len(self.answers) - self.accepted

    def stop(self, row: int, code: str, text: str) -> None:
        """Note a fault that keeps the answer from being recorded; text: without its row."""
        self.problems.append(Problem(row, code, "stop", _of_row(row, text)))

    def warn(self, row: int, code: str, text: str) -> None:
        self.problems.append(Problem(row, code, "warn", _of_row(row, text)))


def _of_row(row: int, text: str) -> str:
    return f"Baris {row}: {text}" if row else text


class _Row(NamedTuple):
    """One row of the file beside the line it answers."""

    reading: Reading
    layout: Layout
    batch: Batch
    line: Mapping[str, Any]
    row: int
    cells: Mapping[str, str]

    def stop(self, code: str, text: str) -> None:
        self.reading.stop(self.row, code, text)

    def warn(self, code: str, text: str) -> None:
        self.reading.warn(self.row, code, text)


class AnswerProblems(DomainError):
    """The answer cannot be recorded; `problems` names every row."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        shown = " ".join(problem.message for problem in problems[:3])
        more = f" Dan {dotted(len(problems) - 3)} masalah lain." if len(problems) > 3 else ""
        super().__init__(f"Jawaban belum dicatat, tidak ada yang berubah. {shown}{more}")


def read_file(batch: Batch, path: Path) -> Reading:
    """Read the answer workbook against the batch's lines. Raises DomainError for a file that
    is no answer at all."""
    layout = Layout(batch.layout)
    reading = Reading()
    lines = {line["nik"]: line for line in _lines_of(batch)}
    seen: dict[str, int] = {}
    for row, cells in _rows(layout, path):
        nik = Nik.read(cells.get("nik", "").lstrip("'")).text
        line = lines.get(nik)
        if line is None:
            reading.stop(row, "unknown-line", _unknown(nik))
        elif nik in seen:
            reading.stop(
                row,
                "answered-twice",
                f"NIK ini sudah dijawab pada baris {seen[nik]}; sisakan satu.",
            )
        else:
            seen[nik] = row
            _judge(_Row(reading, layout, batch, line, row, cells))
    waiting = [
        line["number"]
        for nik, line in lines.items()
        if line["answer"] == Answer.WAITING and nik not in seen
    ]
    reading.missing = len(waiting)
    if waiting:
        numbers = ", ".join(map(str, waiting[:10])) + (" …" if len(waiting) > 10 else "")
        reading.warn(
            0,
            "missing-lines",
            f"{dotted(len(waiting))} baris kiriman tidak ada dalam jawaban (nomor baris "
            f"{numbers}); baris itu tetap menunggu. Mintalah cabang menjawabnya.",
        )
    for name in sorted(reading.lacking):
        headings = " atau ".join(layout.data["answer"]["columns"][name][:2])
        reading.stop(
            0,
            "no-column",
            f"Berkas ini tidak punya kolom {headings}, yang diperlukan untuk setiap orang yang "
            "diterima; tambahkan kolomnya atau mintalah cabang mengirimnya.",
        )
    _check_kpjs(reading)
    _check_cover(reading)
    reading.problems.sort(key=lambda problem: problem.row)
    return reading


def _lines_of(batch: Batch) -> Iterable[dict[str, Any]]:
    return batch.lines.values(
        "id", "number", "worker_id", "nik", "answer", "kpj", "starts_on", "reject_code",
        "reject_reason", "values", "worker__kpj", "worker__name", "worker__died_on",
        "allocation__last_month",
    ).iterator(chunk_size=_CHUNK)  # fmt: skip


def _rows(layout: Layout, path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Row number and cells by meaning, of the first sheet with the headings of an answer."""
    try:
        sheets = raw_sheets(path)
    except UnreadableFile as error:
        raise DomainError(str(error)) from None
    for sheet in sheets:
        for at, header in enumerate(sheet.rows[:_LOOKED_FOR_HEADER]):
            columns: dict[str, int] = {}
            for index, heading in enumerate(header):
                if heading and (meaning := layout.answer_column(heading)):
                    columns.setdefault(meaning, index)
            if "nik" in columns and "status" in columns:
                for row, cells in enumerate(sheet.rows[at + 1 :], start=at + 2):
                    if any(cells):
                        yield row, {name: cells[index] for name, index in columns.items()}
                return
    wanted = layout.data["answer"]["columns"]
    raise DomainError(
        f"Tidak ada lembar dengan judul kolom {wanted['nik'][0]} dan {wanted['status'][0]}; "
        "pastikan ini berkas jawaban dari cabang, bukan berkas unggahan."
    )


def _unknown(nik: str) -> str:
    if len(nik) != 16:
        return (
            "NIK bukan 16 angka sehingga tidak dapat dicocokkan; mintalah cabang mengirim NIK "
            "sebagai teks."
        )
    return (
        f"NIK {Nik(nik).masked} tidak ada dalam gelombang ini; periksa apakah berkas ini jawaban "
        "gelombang lain."
    )


def _judge(at: _Row) -> None:
    line, known = at.line, at.layout.data["answer"]
    verdict = at.layout.verdict(at.cells["status"])
    if verdict is None:
        at.stop(
            "status",
            f"status «{at.cells['status'][:30]}» tidak dikenal; tulis {known['accepted'][0]} atau "
            f"{known['rejected'][0]}.",
        )
        return
    number = at.cells.get("line", "")
    if number.isascii() and number.isdigit() and number.lstrip("0") != str(line["number"]):
        at.stop(
            "line-number",
            f"NIK ini dikirim pada baris {line['number']}, bukan {number}; jawaban mungkin "
            "bergeser, mintalah cabang memeriksanya.",
        )
        return
    made = _accepted(at) if verdict == Answer.ACCEPTED else _rejected(at)
    if made is None:
        return
    if line["answer"] == Answer.WAITING:
        _compare_name(at)
        at.reading.answers.append(made)
    elif made[3:7] == (line["answer"], line["kpj"], line["starts_on"], line["reject_code"]):
        at.reading.known += 1
    else:
        at.stop(
            "answered-before",
            f"baris kiriman {line['number']} sudah dijawab lain sebelumnya; satu baris dijawab "
            "sekali. Bicarakan dengan cabang, lalu hapus baris ini dari berkas.",
        )


def _accepted(at: _Row) -> Answered | None:
    line, last = at.line, at.line["allocation__last_month"]
    kpj = at.cells.get("kpj", "").lstrip("'").replace(" ", "")
    starts_on = _date(at.cells.get("starts_on", ""), at.layout.date_format)
    fault = False
    if absent := [name for name in ("kpj", "starts_on") if name not in at.cells]:
        # said once for the whole file, not once for every person
        at.reading.lacking.update(absent)
        return None
    if len(kpj) != KPJ_LENGTH or not kpj.isascii() or not kpj.isalnum():
        at.stop(
            "kpj",
            f"KPJ harus {KPJ_LENGTH} angka atau huruf, tertulis {len(kpj)}; mintalah nomor yang "
            "benar kepada cabang.",
        )
        fault = True
    if starts_on is None:
        at.stop(
            "start-date",
            f"tanggal mulai tidak terbaca; tulis {at.layout.data['date_format']}.",
        )
        fault = True
    elif not at.batch.start_month <= first_day(starts_on) <= last:
        at.stop(
            "start-month",
            f"tanggal mulai {starts_on:%d-%m-%Y} di luar masa yang dibiayai "
            f"({at.batch.start_month:%m-%Y} sampai {last:%m-%Y}); bicarakan dengan cabang.",
        )
        fault = True
    if fault:
        return None
    if line["answer"] == Answer.WAITING:
        if line["worker__kpj"] and line["worker__kpj"] != kpj:
            at.warn(
                "kpj-differs",
                f"orang ini sudah punya KPJ {line['worker__kpj']}, jawaban memberi {kpj}. Nomor "
                "lama dipertahankan; mintalah cabang menggabungkan keduanya.",
            )
        if line["worker__died_on"]:
            at.warn(
                "dead",
                f"pekerja ini tercatat meninggal {line['worker__died_on']:%d-%m-%Y}; jangan "
                "dibayar, laporkan kepada cabang.",
            )
    return Answered(
        at.row, line["id"], line["worker_id"], Answer.ACCEPTED, kpj, starts_on, "", "", last
    )


def _rejected(at: _Row) -> Answered | None:
    line, last = at.line, at.line["allocation__last_month"]
    code, reason = at.cells.get("code", "")[:40], at.cells.get("reason", "")[:200]
    if not (code or reason):
        at.stop("no-reason", "ditolak tanpa kode atau alasan; mintalah alasannya kepada cabang.")
        return None
    return Answered(
        at.row, line["id"], line["worker_id"], Answer.REJECTED, "", None, code, reason or code, last
    )


def _compare_name(at: _Row) -> None:
    heading, name = at.layout.heading_of("name"), at.cells.get("name", "")
    sent = at.line["values"][heading] if heading else at.line["worker__name"]
    if name == sent or not name:
        return
    if name_key(clean_name(name)) != name_key(clean_name(sent)):
        at.warn(
            "name-differs",
            f"nama pada jawaban berbeda dari nama yang dikirim pada baris {at.line['number']}; "
            "pastikan orangnya sama.",
        )


@lru_cache(maxsize=1_000)  # an answer gives few days, each to many people
def _date(text: str, date_format: str) -> date | None:
    for each in (date_format, *_DATE_FORMATS):
        try:
            return datetime.strptime(text[:10], each).date()  # noqa: DTZ007 - a day, no clock
        except ValueError:
            continue
    return None


def _check_kpjs(reading: Reading) -> None:
    """One KPJ, one person: within the file and against the whole registry."""
    rows: dict[str, Answered] = {}
    for answer in reading.taken:
        if other := rows.get(answer.kpj):
            reading.stop(
                answer.row,
                "kpj-twice",
                f"KPJ {answer.kpj} juga diberikan pada baris {other.row}; satu KPJ untuk satu "
                "orang, mintalah cabang membetulkannya.",
            )
        rows.setdefault(answer.kpj, answer)
    for kpj, worker_id in _in_chunks(Worker.objects.values_list("kpj", "id"), "kpj", list(rows)):
        if worker_id != rows[kpj].worker_id:
            reading.stop(
                rows[kpj].row,
                "kpj-of-another",
                f"KPJ {kpj} sudah milik orang lain (pekerja {worker_id}); mintalah cabang "
                "membetulkannya.",
            )


def _check_cover(reading: Reading) -> None:
    """Nobody is covered twice: another batch may have covered the worker meanwhile."""
    rows = {answer.worker_id: answer for answer in reading.taken}
    running = Coverage.objects.filter(program=Program.JKM).values_list(
        "worker_id", "first_month", "last_month"
    )
    for worker_id, first_month, last_month in _in_chunks(running, "worker_id", list(rows)):
        answer = rows[worker_id]
        assert answer.starts_on is not None
        if first_month <= answer.last_month and last_month >= first_day(answer.starts_on):
            reading.stop(
                answer.row,
                "covered",
                f"orang ini sudah terlindungi sampai {last_month:%m-%Y} lewat gelombang lain; "
                "bicarakan dengan cabang agar tidak dibayar dua kali.",
            )


def _in_chunks(rows: Any, name: str, values: list[Any]) -> Iterator[Any]:
    for start in range(0, len(values), _CHUNK):
        yield from rows.filter(**{f"{name}__in": values[start : start + _CHUNK]})
