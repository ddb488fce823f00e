"""`payung law benefit`: what is owed for a death, an accident or a child's schooling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from payung.cli.law.asking import Question
from payung.cli.law.cover import PaidMonths
from payung.cli.law.reading import Day, Listed, Unclear, Whole, not_for, today, whole

if TYPE_CHECKING:
    from payung.cli.law.answering import Answer
    from payung.cli.law.screen import Entry, Screen
    from payung.law import Benefit, BenefitLine, Cover


class Children(Listed):
    """7,15 are ages; 7:primary:2 also says the school level and which year of it."""

    name = "usia"

    def item(self, text: str, param: click.Parameter | None) -> Any:
        from payung.law import Child

        age, *schooling = text.split(":")
        if len(schooling) > 2:
            raise Unclear(
                f"Anak «{text}» tidak terbaca; tulis misalnya 7 atau 7:primary:2.",
                f"Child «{text}» cannot be read; write for example 7 or 7:primary:2.",
            )
        level, year = (*schooling, None, None)[:2]
        return Child(whole(age, "7", param), level, whole(year, "2", param) if year else 1)


class Costs(Listed):
    """transport-land=250000: what was spent, by code."""

    name = "biaya"

    def item(self, text: str, param: click.Parameter | None) -> tuple[str, int]:
        code, equals, amount = text.partition("=")
        if not equals:
            raise Unclear(
                f"Biaya «{text}» tidak berjumlah; tulis misalnya {code}=250000.",
                f"Cost «{text}» has no amount; write for example {code}=250000.",
            )
        return code, whole(amount, "250000", param)


@click.command(cls=Question)
@click.option(
    "--case",
    required=True,
    metavar="death",
    help="death, work-death, work-disability, temporary-disability atau scholarship.",
)
@click.option("--on", type=Day(), help="Hari kejadian; bawaan: hari ini.")
@click.option("--paid-months", type=Whole("14"), help="Banyaknya bulan iuran yang dibayar.")
@click.option(
    "--consecutive-months", type=Whole("14"), help="Di antaranya berturut-turut; bawaan: semua."
)
@click.option(
    "--arrears-months", type=Whole("2"), help="Bulan menunggak sampai kejadian; bawaan 0."
)
@click.option("--paid", type=PaidMonths(), help="Pengganti jumlah: bulannya, 2026-01..2026-06.")
@click.option("--registered-on", type=Day(), help="Hari nomor peserta terbit, bersama --paid.")
@click.option(
    "--income", type=Whole("1000000"), help="Penghasilan terdaftar sebulan; bawaan: yang terendah."
)
@click.option("--children", type=Children(), help="Usia anak, paling banyak dua: 7,15.")
@click.option("--ground", help="Alasan scholarship: death (bawaan), work-death, total-disability.")
@click.option("--disability", type=Listed(), help="Kode cacat, misalnya total atau thumb-right.")
@click.option("--left-handed", is_flag=True, help="Kidal: persentase kanan dan kiri ditukar.")
@click.option("--months-unable", type=Whole("3"), default=0, help="Bulan tidak mampu bekerja.")
@click.option("--sudden", is_flag=True, help="Meninggal mendadak saat bekerja (work-death).")
@click.option("--cost", "costs", type=Costs(), help="Biaya nyata per kode: transport-land=250000.")
def benefit(
    case: str,
    on: date | None,
    paid_months: int | None,
    consecutive_months: int | None,
    arrears_months: int | None,
    paid: dict[date, date] | None,
    registered_on: date | None,
    income: int | None,
    children: list[Any] | None,
    ground: str | None,
    disability: list[str] | None,
    left_handed: bool,
    months_unable: int,
    sudden: bool,
    costs: list[tuple[str, int]] | None,
) -> Answer:
    """Manfaat: apa yang dibayarkan untuk suatu kejadian.

    Contoh: payung law benefit --case death --on 2026-05-01 --paid-months 40 --children 7,15
    """
    from payung import law
    from payung.cli.law.answering import Answer, steps_data

    if left_handed and case != "work-disability":
        not_for("--left-handed", f"kejadian {case}", f"case {case}")
    if ground and case != "scholarship":
        not_for("--ground", f"kejadian {case}", f"case {case}")
    asked = on or today()
    counts = (paid_months, consecutive_months, arrears_months)
    found = law.benefit(
        case,
        asked,
        _cover(asked, counts, paid, registered_on),
        children=children or (),
        disability=disability or (),
        months_unable=months_unable,
        left_handed=left_handed,
        sudden=sudden,
        costs=_summed(costs or ()),
        ground=ground or "death",
        **({} if income is None else {"income": income}),
    )
    data = {
        "case": case,
        "on": asked.isoformat(),
        "total": found.total,
        "lines": [_line_data(each) for each in found.lines],
        "later": [_line_data(each) for each in found.later],
        "deduction": found.deduction,
        "later_total": found.later_total,
        "school_years": [
            {
                "child": each.child,
                "age": each.age,
                "school_year": each.label,
                "level": each.level,
                "amount": each.amount,
            }
            for each in found.school_years
        ],
        "steps": steps_data(found.steps),
    }
    return Answer(data, lambda screen: _show(screen, found))


def _cover(
    on: date,
    counts: tuple[int | None, int | None, int | None],
    paid: dict[date, date] | None,
    registered_on: date | None,
) -> Cover:
    """Cover by the months themselves or by their numbers, never both."""
    from payung import law

    if (paid is None) == (counts[0] is None) or (paid is not None and any(counts)):
        raise Unclear(
            "Sebutkan salah satu: --paid-months 14, atau bulannya dengan --paid 2026-01..2026-06.",
            "Give one of the two: --paid-months 14, or the months with --paid 2026-01..2026-06.",
        )
    if registered_on is not None and on < registered_on:
        raise law.LawError("benefits.before-membership", on=on)
    if paid is not None:
        return law.cover(paid, on, registered_on)
    if registered_on is not None:
        raise Unclear(
            "--registered-on hanya bersama --paid; sebutkan bulan-bulannya.",
            "--registered-on goes with --paid only; name the months.",
        )
    paid_months, consecutive, arrears = counts
    return law.cover_from_counts(on, paid_months or 0, consecutive, arrears or 0)


def _summed(costs: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Costs by code; a code that is named twice was paid twice."""
    found: dict[str, int] = {}
    for code, amount in costs:
        found[code] = found.get(code, 0) + amount
    return found


def _line_data(line: BenefitLine) -> dict[str, Any]:
    return {
        "benefit": line.benefit,
        "name": line.name,
        "english": line.english,
        "amount": line.amount,
        "source": str(line.source),
        "verified": line.verified,
        "note": line.note,
        "note_english": line.note_english,
    }


def _show(screen: Screen, found: Benefit) -> None:
    total = screen.rupiah(found.total)
    screen.title(screen.say(f"Manfaat: {total}", f"Benefits: {total}"))
    screen.entries(_entries(screen, found.lines))
    if found.later:
        screen.line()
        total = screen.rupiah(found.later_total)
        screen.title(
            screen.say(
                f"Menyusul setelah tunggakan dilunasi: {total}",
                f"To follow once the arrears are settled: {total}",
            )
        )
        screen.entries(_entries(screen, found.later))
        taken = screen.rupiah(found.deduction)
        screen.line(screen.say(f"Dipotong tunggakan {taken}.", f"Less arrears of {taken}."))
    screen.steps(found.steps)


def _entries(screen: Screen, lines: Sequence[BenefitLine]) -> Iterator[Entry]:
    from payung.cli.law.screen import Entry

    for each in lines:
        yield Entry(
            screen.say(each.name, each.english),
            each.source,
            each.verified,
            details=(screen.say(each.note, each.note_english),),
            amount=screen.rupiah(each.amount),
        )
