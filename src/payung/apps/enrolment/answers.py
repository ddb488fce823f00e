"""Reading a branch's answer to a batch, matched by NIK, every fault with its row. No writes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from payung.apps.db.months import first_day
from payung.apps.enrolment.layout import Layout
from payung.apps.enrolment.models import Answer, Batch, Coverage, Program
from payung.apps.errors import DomainError
from payung.apps.workers.models import Worker
from payung.identity import Nik, clean_name, name_key
from payung.sheets.book import raw_sheets
from payung.sheets.formats import UnreadableFile

KPJ_LENGTH = 11
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

    @property
    def stops(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "stop"]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "warn"]

    @property
    def accepted(self) -> int:
        return sum(answer.verdict == Answer.ACCEPTED for answer in self.answers)

    @property
    def rejected(self) -> int:
        return len(self.answers) - self.accepted

    def stop(self, row: int, code: str, message: str) -> None:
        self.problems.append(Problem(row, code, "stop", message))

    def warn(self, row: int, code: str, message: str) -> None:
        self.problems.append(Problem(row, code, "warn", message))


class AnswerProblems(DomainError):
    """The answer cannot be recorded; `problems` names every row."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        shown = " ".join(problem.message for problem in problems[:3])
        more = f" Dan {len(problems) - 3} masalah lain." if len(problems) > 3 else ""
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
            reading.stop(row, "unknown-line", _unknown(row, nik))
        elif nik in seen:
            reading.stop(
                row,
                "answered-twice",
                f"Baris {row}: NIK ini sudah dijawab pada baris {seen[nik]}; sisakan satu.",
            )
        else:
            seen[nik] = row
            _judge(reading, layout, batch, line, row, cells)
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
            f"{len(waiting)} baris kiriman tidak ada dalam jawaban (nomor baris {numbers}); "
            "baris itu tetap menunggu. Mintalah cabang menjawabnya.",
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


def _unknown(row: int, nik: str) -> str:
    if len(nik) != 16:
        return (
            f"Baris {row}: NIK bukan 16 angka sehingga tidak dapat dicocokkan; "
            "mintalah cabang mengirim NIK sebagai teks."
        )
    return (
        f"Baris {row}: NIK {Nik(nik).masked} tidak ada dalam gelombang ini; "
        "periksa apakah berkas ini jawaban gelombang lain."
    )


def _judge(
    reading: Reading,
    layout: Layout,
    batch: Batch,
    line: Mapping[str, Any],
    row: int,
    cells: Mapping[str, str],
) -> None:
    verdict = layout.verdict(cells["status"])
    if verdict is None:
        words = (
            f"{layout.data['answer']['accepted'][0]} atau {layout.data['answer']['rejected'][0]}"
        )
        reading.stop(
            row,
            "status",
            f"Baris {row}: status «{cells['status'][:30]}» tidak dikenal; tulis {words}.",
        )
        return
    number = cells.get("line", "")
    if number.isdigit() and int(number) != line["number"]:
        reading.stop(
            row,
            "line-number",
            f"Baris {row}: NIK ini dikirim pada baris {line['number']}, bukan {number}; "
            "jawaban mungkin bergeser, mintalah cabang memeriksanya.",
        )
        return
    made = (
        _accepted(reading, layout, batch, line, row, cells)
        if verdict == Answer.ACCEPTED
        else _rejected(reading, line, row, cells)
    )
    if made is None:
        return
    if line["answer"] == Answer.WAITING:
        _compare_name(reading, layout, line, row, cells.get("name", ""))
        reading.answers.append(made)
    elif made[3:7] == (line["answer"], line["kpj"], line["starts_on"], line["reject_code"]):
        reading.known += 1
    else:
        reading.stop(
            row,
            "answered-before",
            f"Baris {row}: baris kiriman {line['number']} sudah dijawab lain sebelumnya; satu "
            "baris dijawab sekali. Bicarakan dengan cabang, lalu hapus baris ini dari berkas.",
        )


def _accepted(
    reading: Reading,
    layout: Layout,
    batch: Batch,
    line: Mapping[str, Any],
    row: int,
    cells: Mapping[str, str],
) -> Answered | None:
    kpj = cells.get("kpj", "").lstrip("'").replace(" ", "")
    fault = False
    if len(kpj) != KPJ_LENGTH or not kpj.isascii() or not kpj.isalnum():
        reading.stop(
            row,
            "kpj",
            f"Baris {row}: KPJ harus {KPJ_LENGTH} angka atau huruf, tertulis {len(kpj)}; "
            "mintalah nomor yang benar kepada cabang.",
        )
        fault = True
    starts_on = _date(cells.get("starts_on", ""), layout.date_format)
    if starts_on is None:
        reading.stop(
            row,
            "start-date",
            f"Baris {row}: tanggal mulai tidak terbaca; tulis {layout.data['date_format']}.",
        )
        fault = True
    elif not batch.start_month <= first_day(starts_on) <= line["allocation__last_month"]:
        reading.stop(
            row,
            "start-month",
            f"Baris {row}: tanggal mulai {starts_on:%d-%m-%Y} di luar masa yang dibiayai "
            f"({batch.start_month:%m-%Y} sampai {line['allocation__last_month']:%m-%Y}); "
            "bicarakan dengan cabang.",
        )
        fault = True
    if fault:
        return None
    if line["answer"] == Answer.WAITING:
        if line["worker__kpj"] and line["worker__kpj"] != kpj:
            reading.warn(
                row,
                "kpj-differs",
                f"Baris {row}: orang ini sudah punya KPJ {line['worker__kpj']}, jawaban memberi "
                f"{kpj}. Nomor lama dipertahankan; mintalah cabang menggabungkan keduanya.",
            )
        if line["worker__died_on"]:
            reading.warn(
                row,
                "dead",
                f"Baris {row}: pekerja ini tercatat meninggal {line['worker__died_on']:%d-%m-%Y}; "
                "jangan dibayar, laporkan kepada cabang.",
            )
    last = line["allocation__last_month"]
    return Answered(
        row, line["id"], line["worker_id"], Answer.ACCEPTED, kpj, starts_on, "", "", last
    )


def _rejected(
    reading: Reading, line: Mapping[str, Any], row: int, cells: Mapping[str, str]
) -> Answered | None:
    code, reason = cells.get("code", "")[:40], cells.get("reason", "")[:200]
    if not (code or reason):
        reading.stop(
            row,
            "no-reason",
            f"Baris {row}: ditolak tanpa kode atau alasan; mintalah alasannya kepada cabang.",
        )
        return None
    last = line["allocation__last_month"]
    return Answered(
        row, line["id"], line["worker_id"], Answer.REJECTED, "", None, code, reason or code, last
    )


def _compare_name(
    reading: Reading, layout: Layout, line: Mapping[str, Any], row: int, name: str
) -> None:
    heading = layout.heading_of("name")
    sent = line["values"][heading] if heading else line["worker__name"]
    if name and name_key(clean_name(name)) != name_key(clean_name(sent)):
        reading.warn(
            row,
            "name-differs",
            f"Baris {row}: nama pada jawaban berbeda dari nama yang dikirim pada baris "
            f"{line['number']}; pastikan orangnya sama.",
        )


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
    for answer in reading.answers:
        if answer.verdict != Answer.ACCEPTED:
            continue
        if other := rows.get(answer.kpj):
            reading.stop(
                answer.row,
                "kpj-twice",
                f"Baris {answer.row}: KPJ {answer.kpj} juga diberikan pada baris {other.row}; "
                "satu KPJ untuk satu orang, mintalah cabang membetulkannya.",
            )
        rows.setdefault(answer.kpj, answer)
    for kpj, worker_id in _in_chunks(Worker.objects.values_list("kpj", "id"), "kpj", list(rows)):
        answer = rows[kpj]
        if worker_id != answer.worker_id:
            reading.stop(
                answer.row,
                "kpj-of-another",
                f"Baris {answer.row}: KPJ {kpj} sudah milik orang lain (pekerja {worker_id}); "
                "mintalah cabang membetulkannya.",
            )


def _check_cover(reading: Reading) -> None:
    """Nobody is covered twice: another batch may have covered the worker meanwhile."""
    rows = {a.worker_id: a for a in reading.answers if a.verdict == Answer.ACCEPTED}
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
                f"Baris {answer.row}: orang ini sudah terlindungi sampai {last_month:%m-%Y} lewat "
                "gelombang lain; bicarakan dengan cabang agar tidak dibayar dua kali.",
            )


def _in_chunks(rows: Any, name: str, values: list[Any]) -> Iterator[Any]:
    for start in range(0, len(values), _CHUNK):
        yield from rows.filter(**{f"{name}__in": values[start : start + _CHUNK]})
