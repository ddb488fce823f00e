"""`payung list …`: lists from the file to the registry."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from payung.cli.office import Month, fail, office_command
from payung.cli.reviews import decide, reviews, take_back, the_list
from payung.identity.numbers import dotted

if TYPE_CHECKING:
    from payung.apps.accounts.actor import Actor
    from payung.apps.lists.models import List


@click.group("list")
def list_() -> None:
    """Daftar masuk: baca, periksa, terima."""


@list_.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--sender", "slug", required=True, help="Kode singkat instansi pengirim.")
@click.option("--start", type=Month(), required=True, help="Bulan mulai, misalnya 2026-12.")
@click.option("--subject", default="", help="Perihal.")
@click.option("--json", "as_json", is_flag=True, help="Tulis hasilnya sebagai JSON.")
@office_command
def import_(
    actor: "Actor", files: tuple[Path, ...], slug: str, start: date, subject: str, as_json: bool
) -> None:
    """Terima dan baca berkas. Berkas yang gagal disebut; yang lain tetap dibaca."""
    from payung.apps.errors import DomainError
    from payung.apps.lists import selectors, services

    sender = selectors.senders(actor=actor).filter(slug=slug).first()
    if sender is None:
        fail(f"Tidak ada pengirim «{slug}» dalam jangkauan Anda.")
    results: list[dict[str, Any]] = []
    for path in files:
        try:
            with _bar() as bar:
                found = services.receive(
                    actor=actor,
                    sender=sender,
                    file=path,
                    filename=path.name,
                    start_month=start,
                    subject=subject,
                    in_background=False,
                    progress=bar,
                )
        except DomainError as error:
            results.append({"file": path.name, "error": str(error)})
        else:
            earlier = selectors.replaced_by(actor=actor, list=found)
            replaces = [each.list.pk for each in earlier]
            results.append({"file": path.name, **_numbers(found), "replaces": replaces})
    if as_json:
        click.echo(json.dumps(results, ensure_ascii=False, indent=2))
    else:
        for each in results:
            click.echo(_sentence(each))
            for number in each.get("replaces", []):
                click.echo(
                    f"  Sepertinya perbaikan dari daftar {number}, yang masih menunggu. Bila "
                    f"benar: payung list withdraw {number} --reason «diganti daftar {each['list']}»"
                )
    if any("error" in each for each in results):
        raise SystemExit(2)


@list_.command("show")
@click.argument("number", type=int, required=False)
@click.option("--json", "as_json", is_flag=True, help="Tulis hasilnya sebagai JSON.")
@office_command
def show(actor: "Actor", number: int | None, as_json: bool) -> None:
    """Semua daftar, atau satu daftar dengan kolom dan masalahnya."""
    from payung.apps.lists import selectors

    if number is not None:
        _show_one(the_list(actor, number), as_json)
        return
    found = [*selectors.lists(actor=actor)]
    if as_json:
        click.echo(json.dumps([_numbers(each) for each in found], ensure_ascii=False, indent=2))
        return
    table = Table("No", "Berkas", "Pengirim", "Status", "Baris", "Siap", "Peringatan", "Salah")
    for each in found:
        counts = (each.rows, each.clean, each.warned, each.rejected)
        table.add_row(
            str(each.pk),
            each.filename,
            each.sender.name,
            each.get_state_display(),
            *map(str, counts),
        )
    Console().print(table)


@list_.command("map")
@click.argument("number", type=int)
@click.option("--sheet", "name", help="Nama lembar; boleh dilewati bila hanya satu.")
@click.option("--column", "columns", multiple=True, required=True, help="JUDUL=isian, atau JUDUL=")
@office_command
def map_(actor: "Actor", number: int, name: str | None, columns: tuple[str, ...]) -> None:
    """Perbaiki arti kolom; semua baris diperiksa ulang, dan pengirimnya diingat."""
    from payung.apps.lists import selectors, services

    found = the_list(actor, number)
    sheets = [each for each in selectors.sheets(found) if name in (None, each.name)]
    if len(sheets) != 1:
        known = ", ".join(each.name for each in selectors.sheets(found))
        fail(f"Sebutkan satu lembar dengan --sheet. Yang ada: {known}.")
    with _bar() as bar:
        services.set_mapping(
            actor=actor,
            sheet=sheets[0],
            mapping=_pairs(columns, at_last=True),
            progress=bar,
            in_background=False,
        )
    click.echo(_sentence(_numbers(the_list(actor, number))))


@list_.command("correct")
@click.argument("number", type=int)
@click.argument("values", nargs=-1, required=True)
@click.option("--row", "row_number", type=int, required=True, help="Baris seperti di lembar kerja.")
@click.option("--sheet", "name", help="Nama lembar; boleh dilewati bila hanya satu.")
@click.option("--reason", default="", help="Alasan.")
@office_command
def correct(
    actor: "Actor",
    number: int,
    values: tuple[str, ...],
    row_number: int,
    name: str | None,
    reason: str,
) -> None:
    """Perbaiki satu baris: isian=nilai …; isi berkasnya tetap seperti dikirim."""
    from payung.apps.lists import selectors, services

    found = selectors.rows(actor=actor, list=the_list(actor, number)).filter(number=row_number)
    rows = [*(found.filter(sheet__name=name) if name else found)]
    if len(rows) != 1:
        what = "Tidak ada" if not rows else "Ada lebih dari satu lembar dengan"
        fail(f"{what} baris {row_number} di daftar {number}.")
    row = services.correct(actor=actor, row=rows[0], values=_pairs(values), reason=reason)
    remaining = [*row.findings.all()]
    for finding in remaining:
        click.echo(finding.message)
    if not remaining:
        click.echo(f"Baris {row_number} siap diterima.")


@list_.command("accept")
@click.argument("number", type=int)
@click.option("--confirm-sure", is_flag=True, help="Satukan juga pasangan yang hampir pasti sama.")
@click.option("--json", "as_json", is_flag=True, help="Tulis hasilnya sebagai JSON.")
@office_command
def accept(actor: "Actor", number: int, confirm_sure: bool, as_json: bool) -> None:
    """Masukkan baris yang siap ke daftar pekerja."""
    from payung.apps.lists import selectors, services
    from payung.apps.lists.models import Band, Decision

    found = the_list(actor, number)
    with _bar() as bar:
        services.accept(actor=actor, list=found, progress=bar, then_check=False)
    with _bar() as bar:
        services.check(actor=actor, list=found, progress=bar)
    if confirm_sure:
        sure = selectors.reviews(actor=actor, list=found).filter(band=Band.SAME)
        services.decide_many(
            actor=actor,
            matches=sure,
            decision=Decision.SAME,
            reason="Dikonfirmasi sekaligus dari terminal",
        )
    counts = selectors.fates(found)
    if as_json:
        click.echo(json.dumps(counts))
    else:
        click.echo(_in_words(counts))


@list_.command("check")
@click.argument("number", type=int)
@office_command
def check(actor: "Actor", number: int) -> None:
    """Bandingkan pekerja baru dari daftar ini dengan semua pekerja, sekali lagi."""
    from payung.apps.lists import services

    with _bar() as bar:
        told = services.check(actor=actor, list=the_list(actor, number), progress=bar)
    click.echo(
        f"{dotted(told['workers'])} pekerja baru dibandingkan; {dotted(told['pairs'])} pasangan "
        "mungkin orang yang sama dan menunggu keputusan. Lihat: payung list reviews"
    )


@list_.command("withdraw")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Alasan.")
@office_command
def withdraw(actor: "Actor", number: int, reason: str) -> None:
    """Tarik daftar yang belum diterima."""
    from payung.apps.lists import services

    services.withdraw(actor=actor, list=the_list(actor, number), reason=reason)
    click.echo(f"Daftar {number} ditarik.")


@list_.command("export")
@click.argument("number", type=int)
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@office_command
def export(actor: "Actor", number: int, target: Path) -> None:
    """Tulis kembali berkasnya dengan masalah diwarnai, untuk dikirim ke pengirim."""
    from payung.apps.lists import services

    services.write_back(actor=actor, list=the_list(actor, number), path=target)
    click.echo(f"Ditulis: {target}")


list_.add_command(reviews)
list_.add_command(decide)
list_.add_command(take_back)


def _in_words(fates: dict[str, int]) -> str:
    from payung.apps.lists.models import Fate

    return ", ".join(f"{dotted(fates[fate])} {fate.label.lower()}" for fate in Fate) + "."


def _show_one(found: "List", as_json: bool) -> None:
    from payung.apps.lists import selectors
    from payung.sheets import CODE_WORDS, FIELD_WORDS

    sheets = [
        {
            "sheet": sheet.name,
            "header_row": sheet.header_row,
            "rows": sheet.rows,
            "columns": {each["heading"]: each["field"] for each in sheet.columns},
        }
        for sheet in selectors.sheets(found)
    ]
    problems = [
        {"code": each.code, "severity": each.severity, "count": each.count}
        for each in selectors.problems(found)
    ]
    fates = selectors.fates(found)
    if as_json:
        told = {**_numbers(found), "fates": fates, "sheets": sheets, "problems": problems}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    click.echo(_sentence(_numbers(found)))
    click.echo(_in_words(fates))
    for sheet in sheets:
        click.echo(f"Lembar «{sheet['sheet']}», judul di baris {sheet['header_row']}:")
        for heading, field in sheet["columns"].items():
            click.echo(f"  {heading} = {f'{FIELD_WORDS[field]} ({field})' if field else '—'}")
    table = Table("Masalah", "Berat", "Baris")
    for each in problems:
        weight = "salah" if each["severity"] == 2 else "peringatan"
        table.add_row(CODE_WORDS[each["code"]], weight, dotted(each["count"]))
    Console().print(table)


def _numbers(found: "List") -> dict[str, Any]:
    return {
        "list": found.pk,
        "file": found.filename,
        "sender": found.sender.slug,
        "state": found.state,
        "rows": found.rows,
        "clean": found.clean,
        "warned": found.warned,
        "rejected": found.rejected,
    }


def _sentence(told: dict[str, Any]) -> str:
    if "error" in told:
        return f"{told['file']}: {told['error']}"
    return (
        f"Daftar {told['list']} · {told['file']}: {dotted(told['rows'])} baris, "
        f"{dotted(told['clean'])} siap, "
        f"{dotted(told['warned'])} peringatan, {dotted(told['rejected'])} salah."
    )


def _pairs(texts: tuple[str, ...], *, at_last: bool = False) -> dict[str, str]:
    """KEY=VALUE texts, parted at the first equals sign or, for headings, at the last."""
    pairs = {}
    for text in texts:
        key, equals, value = text.rpartition("=") if at_last else text.partition("=")
        if not equals or not key:
            fail(f"«{text}» bukan pasangan; tulis misalnya nik=3671…")
        pairs[key.strip()] = value.strip()
    return pairs


def _bar() -> Any:
    from payung.cli.progress import Bar

    return Bar()
