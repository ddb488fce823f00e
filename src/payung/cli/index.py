"""`payung index …`: references prepared once, for `payung match --reference FOLDER`."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from payung.cli.refusals import JsonGroup, refuse
from payung.identity.numbers import dotted

if TYPE_CHECKING:
    from payung.cli.match_files import Remarks
    from payung.linkage.index import Index

_FOLDER = click.argument("folder", metavar="INDEKS", type=click.Path(path_type=Path))
_LIST = click.argument("file", metavar="DAFTAR", type=click.Path(path_type=Path))


def _answers(command: Callable[..., dict[str, Any]]) -> Callable[..., None]:
    """Adds --json; what the command gives is told, and why it cannot, with exit status 2."""

    @click.option("--json", "as_json", is_flag=True, help="Keluarkan jawaban sebagai JSON.")
    @functools.wraps(command)
    def wrapped(*args: Any, as_json: bool, **kwargs: Any) -> None:
        from payung.linkage.rows import NoAnswer
        from payung.sheets import UnreadableFile

        try:
            told = command(*args, **kwargs)
        except (NoAnswer, UnreadableFile) as error:
            sentence = str(error)
            if isinstance(error, UnreadableFile):
                sentence = f"{kwargs['file'].name}: {error}"
            refuse(sentence, as_json)
        if as_json:
            click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            _show(told)

    return wrapped


@click.group(cls=JsonGroup)
def index() -> None:
    """Acuan yang disiapkan sekali, dicari berkali-kali dengan payung match --reference INDEKS."""


@index.command("build")
@click.argument("file", metavar="ACUAN", type=click.Path(path_type=Path))
@click.option(
    "--out", "folder", metavar="INDEKS", required=True, type=click.Path(path_type=Path),
    help="Folder baru untuk indeksnya, atau indeks lama yang digantikan.",
)  # fmt: skip
@_answers
def build(file: Path, folder: Path) -> dict[str, Any]:
    """Susun indeks dari ACUAN (.parquet .csv .xlsx): peserta BPJS, kematian, DTSEN.

    Kolomnya seperti pada payung match; kolom id perlu bila kelak ada yang ditambah atau dihapus.
    """
    from payung.cli.match_files import Remarks, read_pieces
    from payung.linkage.index import Index

    remarks = Remarks()

    def told(rows: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{dotted(rows)} baris disiapkan …", nl=False, err=True)

    built = Index.build(read_pieces(file, remarks), folder, told=told)
    return _of(built) | _warnings(remarks)


@index.command("add")
@_FOLDER
@_LIST
@_answers
def add(folder: Path, file: Path) -> dict[str, Any]:
    """Tambahkan baris DAFTAR; baris lama yang id-nya sama digantikan."""
    from payung.cli.match_files import Remarks, read_list
    from payung.linkage.index import Index

    opened, remarks = Index.open(folder), Remarks()
    changed = opened.upsert(read_list(file, numbered=False, remarks=remarks))
    told = {"added": changed.added, "replaced": changed.removed}
    return told | _of(opened) | _warnings(remarks)


@index.command("remove")
@_FOLDER
@_LIST
@_answers
def remove(folder: Path, file: Path) -> dict[str, Any]:
    """Hapus baris yang id-nya ada di kolom id DAFTAR; kolom lain tidak perlu ada."""
    from payung.cli.match_files import read_ids
    from payung.linkage.index import Index

    opened = Index.open(folder)
    ids = read_ids(file)
    removed = opened.remove(ids).removed
    return {"removed": removed, "unknown": len(set(ids)) - removed} | _of(opened)


@index.command("info")
@_FOLDER
@_answers
def info(folder: Path) -> dict[str, Any]:
    """Berapa baris indeksnya, dan kapan diubah; isinya diperiksa sekilas."""
    from payung.linkage.index import Index

    return _of(Index.open(folder))


@index.command("verify")
@_FOLDER
@_answers
def verify(folder: Path) -> dict[str, Any]:
    """Baca seluruh indeks: adakah yang berubah atau rusak sejak ditulis.

    Perintah lain hanya memeriksa ukuran dan beberapa bagian tiap berkas.
    """
    from payung.linkage.index import Index

    opened = Index.open(folder)
    return {"verified_bytes": opened.verify()} | _of(opened)


def _of(opened: Index) -> dict[str, Any]:
    assert opened.changed is not None
    return {
        "index": str(opened.folder),
        "rows": opened.height,
        "parts": len(opened.parts),
        "megabytes": round(opened.bytes / 1e6, 1),
        "changed": opened.changed.isoformat(timespec="seconds"),
    }


def _warnings(remarks: Remarks) -> dict[str, list[str]]:
    return {"warnings": remarks.damaged} if remarks.damaged else {}


def _show(told: dict[str, Any]) -> None:
    for warning in told.get("warnings", ()):
        click.echo(f"Perhatian: {warning}")
    if "added" in told:
        click.echo(
            f"{dotted(told['added'])} baris ditambahkan, {dotted(told['replaced'])} digantikan."
        )
    if "removed" in told:
        unknown = f"; {dotted(told['unknown'])} id tidak dikenal" if told["unknown"] else ""
        click.echo(f"{dotted(told['removed'])} baris dihapus{unknown}.")
    if "verified_bytes" in told:
        click.echo("Seluruh isinya dibaca; tidak ada yang berubah sejak ditulis.")
    click.echo(
        f"Indeks {told['index']}: {dotted(told['rows'])} baris dalam {told['parts']} bagian, "
        f"{dotted(round(told['megabytes']))} MB; terakhir diubah {told['changed']}."
    )
