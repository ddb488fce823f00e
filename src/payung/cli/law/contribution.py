"""`payung law contribution`: what cover costs, in each of the four segments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from payung.cli.law.asking import Question
from payung.cli.law.reading import Day, Listed, Month, OneOf, Unclear, Whole, not_for, today

if TYPE_CHECKING:
    from payung.cli.law.answering import Answer
    from payung.cli.law.screen import Entry, Screen
    from payung.law import Contribution, ContributionLine

_PEOPLE = {"sector", "funder"}  # of no weight in construction and abroad, and named there too
_OPTIONS = {
    "bpu": {"income", "sector", "funder", "programs", "months"},
    "pu": {"wage", "risk_class", "firm_size", "sector", "funder", "programs", "months"},
    "jakon": {"contract_value", "wage", "ppn_included", "contract_months", "work_order", *_PEOPLE},
    "pmi": {"contract_months", "route", *_PEOPLE},
}
_NEEDED = {"pu": ("wage", "risk_class"), "pmi": ("contract_months",)}
_EXAMPLES = {"wage": "5000000", "risk_class": "2", "contract_months": "24"}


@click.command(cls=Question)
@click.option(
    "--segment",
    type=OneOf(*_OPTIONS),
    required=True,
    metavar="bpu",
    help="bpu (bukan penerima upah), pu (penerima upah), jakon (jasa konstruksi), pmi.",
)
@click.option("--month", type=Month(), help="Bulan iuran pertama, 2026-11; bawaan: bulan ini.")
@click.option("--months", type=Whole("12"), help="Jumlah bulan berturut-turut (bpu, pu); bawaan 1.")
@click.option(
    "--income", type=Whole("1000000"), help="Penghasilan sebulan (bpu); bawaan: yang terendah."
)
@click.option("--wage", type=Whole("5000000"), help="Upah sebulan (pu; jakon: seluruh pekerja).")
@click.option("--sector", help="bpu: other (bawaan) atau transport; pu: other, labour-intensive.")
@click.option(
    "--funder",
    help="Yang membayar: apbd (bawaan bpu), apbn, apbdes, dbhcht, dbhsawit, csr, baznas, self, "
    "sertakan; pu: employer (bawaan), apbn, apbd, apbdes.",
)
@click.option("--programs", type=Listed(), help="Program, misalnya jkk,jkm,jht.")
@click.option("--risk-class", type=Whole("2"), help="Kelompok risiko 1 sampai 5 (pu).")
@click.option("--firm-size", help="micro, small, medium, large (bawaan) atau state (pu).")
@click.option("--contract-value", type=Whole("750000000"), help="Nilai kontrak kerja (jakon).")
@click.option("--ppn-included", is_flag=True, default=None, help="Nilai kontrak termasuk PPN.")
@click.option("--contract-months", type=Whole("24"), help="Lama kontrak dalam bulan (pmi, jakon).")
@click.option("--work-order", type=Day(), help="Tanggal surat perintah kerja (jakon).")
@click.option("--route", help="placement (bawaan) atau individual (pmi).")
def contribution(segment: str, month: date | None, **given: Any) -> Answer:
    """Iuran: berapa, oleh siapa, dengan keringanan apa.

    Contoh: payung law contribution --segment bpu --income 1000000 --sector transport --funder csr
    """
    from payung.cli.law.answering import Answer, steps_data

    given = {name: value for name, value in given.items() if value is not None}
    _check(segment, given)
    found = _ask(segment, month or today(), given)
    data = {
        "segment": segment,
        "month": f"{found.month:%Y-%m}",
        "amount": found.amount,
        "lines": [_line_data(each) for each in found.lines],
        "by_payer": found.by_payer,
        "by_state": [_line_data(each) for each in found.by_state],
        "instalments": [
            {"stage": each.stage, "percent": each.percent, "amount": each.amount}
            for each in found.instalments
        ],
        "steps": steps_data(found.steps),
    }
    return Answer(data, lambda screen: _show(screen, found))


def _check(segment: str, given: dict[str, Any]) -> None:
    for name in given:
        if name not in _OPTIONS[segment]:
            not_for(_option(name), f"segmen {segment}", f"segment {segment}")
    for name in _NEEDED.get(segment, ()):
        if name not in given:
            option, example = _option(name), _EXAMPLES[name]
            raise Unclear(
                f"Segmen {segment} memerlukan {option}; tulis misalnya {option} {example}.",
                f"Segment {segment} needs {option}; write for example {option} {example}.",
            )


def _ask(segment: str, month: date, given: dict[str, Any]) -> Contribution:
    from payung import law

    if segment == "bpu":
        return law.bpu_contribution(month, **given)
    if segment == "pu":
        return law.pu_contribution(month, **given)
    _check_people(month, {name: given.pop(name) for name in _PEOPLE if name in given})
    ask = law.jakon_contribution if segment == "jakon" else law.pmi_contribution
    return ask(month, **given)


def _check_people(month: date, named: dict[str, str]) -> None:
    """A sector and a source of money change nothing here, but must be known ones."""
    from payung.law import PU_SECTORS, SECTORS, LawError, parameter

    funder, sector = named.get("funder"), named.get("sector")
    tables = (parameter("bpu.funders").at(month), parameter("pu.funders").at(month))
    funders = tuple(dict.fromkeys(row["code"] for table in tables for row in table.rows))
    sectors = tuple(dict.fromkeys((*SECTORS, *PU_SECTORS)))
    if funder is not None and funder not in funders:
        raise LawError("bpu.unknown-funder", funder=funder, known=funders)
    if sector is not None and sector not in sectors:
        raise LawError("bpu.unknown-sector", sector=sector, known=sectors)


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _line_data(line: ContributionLine) -> dict[str, Any]:
    return {
        "month": f"{line.month:%Y-%m}",
        "program": line.program,
        "name": line.name,
        "english": line.english,
        "payer": line.payer,
        "base": line.base,
        "rate": line.rate,
        "relief": line.relief,
        "amount": line.amount,
        "source": str(line.source),
        "verified": line.verified,
    }


def _show(screen: Screen, found: Contribution) -> None:
    months = len({each.month for each in found.lines})
    span = screen.say(f" untuk {months} bulan", f" for {months} months") if months > 1 else ""
    total = screen.rupiah(found.amount)
    screen.title(screen.say(f"Iuran{span}: {total}", f"Contribution{span}: {total}"))
    screen.entries(_entries(screen, found.lines))
    if len(found.by_payer) > 1:
        parts = found.by_payer.items()
        screen.line(
            "; ".join(f"{_payer(screen, who)} {screen.rupiah(part)}" for who, part in parts)
        )
    if found.by_state:
        screen.line()
        screen.title(
            screen.say("Dibayar Negara, tidak termasuk", "Paid by the State, not included")
        )
        screen.entries(_entries(screen, found.by_state))
    if found.instalments:
        screen.line()
        screen.title(screen.say("Boleh dibayar bertahap", "May be paid in stages"))
        stage, amount = screen.say("Tahap", "Stage"), screen.say("Jumlah", "Amount")
        screen.table(
            [stage, "%", amount],
            [
                [str(each.stage), str(each.percent), screen.rupiah(each.amount)]
                for each in found.instalments
            ],
            right=[amount],
        )
    screen.steps(found.steps)


def _entries(screen: Screen, lines: tuple[ContributionLine, ...]) -> Iterator[Entry]:
    """The lines, those that differ only by their month together."""
    from payung.cli.law.screen import Entry
    from payung.law.wording import month_names

    alike: dict[tuple[Any, ...], list[ContributionLine]] = {}
    for each in lines:
        key = (each.program, each.payer, each.base, each.rate, each.relief, each.source)
        alike.setdefault(key, []).append(each)
    for same in alike.values():
        one, months = same[0], month_names([each.month for each in same], screen.language)
        yield Entry(
            f"{one.program.upper()}, {months}, {_payer(screen, one.payer)}",
            one.source,
            one.verified,
            details=(_counted(screen, one, len(same)),),
            amount=screen.rupiah(sum(each.amount for each in same)),
        )


def _counted(screen: Screen, line: ContributionLine, months: int) -> str:
    base, relief = screen.rupiah(line.base), screen.rupiah(line.relief)
    if line.rate.startswith("tetap"):
        rate = line.rate if screen.language == "id" else line.rate.replace("tetap", "fixed")
        said = screen.say(f"tarif {rate}", f"rate {rate}")
    else:
        rate = line.rate.replace(".", ",") if screen.language == "id" else line.rate
        said = screen.say(f"dasar {base}, tarif {rate}", f"base {base}, rate {rate}")
    if line.relief:
        said += screen.say(f", keringanan {relief}", f", relief {relief}")
    if months > 1:
        each = screen.rupiah(line.amount)
        said += screen.say(f"; {each} sebulan × {months}", f"; {each} a month × {months}")
    return said


def _payer(screen: Screen, code: str) -> str:
    names = {
        "employer": ("pemberi kerja", "employer"),
        "worker": ("pekerja", "worker"),
        "state": ("Negara", "State"),
        "migrant": ("pekerja migran", "migrant worker"),
        "self": ("mandiri", "the worker"),
    }
    return screen.say(*names[code]) if code in names else code.upper()
