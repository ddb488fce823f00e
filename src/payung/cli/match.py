"""`payung match`: who is the same person in lists, or in a list and a reference."""

from __future__ import annotations

import json
import math
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from payung.cli.refusals import JsonCommand, refuse
from payung.identity.numbers import dotted

if TYPE_CHECKING:
    import polars as pl

    from payung.cli.match_files import Remarks
    from payung.linkage import Linked, Weights
    from payung.linkage.index import Index
    from payung.linkage.summary import Summary

_UNWRITABLE = "Hasil tidak bisa ditulis ke {}; periksa folder, izin menulisnya, dan sisa ruangnya."
_STAGES = {
    "read": "membaca",
    "normalise": "menyeragamkan",
    "lookup": "mencari di indeks",
    "block": "mencari pasangan",
    "compare": "membandingkan",
    "weigh": "menimbang",
    "cluster": "mengelompokkan",
    "explain": "menjelaskan",
    "write": "menulis",
}


def _a_number(context: click.Context, option: click.Parameter, value: float | None) -> float | None:
    if value is not None and math.isnan(value):
        raise click.BadParameter("nan bukan bilangan.")
    return value


@click.command(cls=JsonCommand)
@click.argument("lists", metavar="DAFTAR…", nargs=-1)
@click.option(
    "--reference",
    metavar="ACUAN",
    help="Cari orang-orang DAFTAR di dalam acuan ini: berkas, atau indeks payung index build.",
)
@click.option(
    "--out",
    metavar="FOLDER",
    help="Folder hasil: clusters.parquet, pairs.parquet, summary.json, weights.yaml.",
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="Mesin pembanding; spark bagi yang daftarnya melampaui satu komputer (docs/scale.md).",
)
@click.option(
    "--master",
    metavar="ALAMAT",
    envvar="PAYUNG_SPARK_MASTER",
    show_envvar=True,
    help="Kluster Spark, misalnya spark://induk:7077 atau yarn; tanpa ini komputer ini sendiri.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    callback=_a_number,
    help="Peluang sejak dua baris disatukan; tanpa ini menurut biaya kesalahan yang ditetapkan.",
)
@click.option(
    "--weights",
    metavar="BERKAS",
    type=click.Path(path_type=Path),
    help="Timbang dengan weights.yaml dari hasil terdahulu, tanpa belajar dari daftar ini.",
)
@click.option(
    "--splink-settings",
    "splink",
    metavar="BERKAS.json",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Tulis aturan dan bobot sebagai pengaturan Splink 5; tanpa DAFTAR, hanya itu.",
)
@click.option("--json", "as_json", is_flag=True, help="Keluarkan ringkasan sebagai JSON.")
def match(
    lists: tuple[str, ...],
    reference: str | None,
    out: str | None,
    engine: str,
    master: str | None,
    threshold: float | None,
    weights: Path | None,
    splink: Path | None,
    as_json: bool,
) -> None:
    """Cari orang yang sama di dalam DAFTAR (.csv .parquet .xlsx), atau di dalam acuan.

    Tidak ada yang digabung: hasilnya usulan, dengan peluang, bobot tiap isian, dan alasannya.
    Status keluar 2 bila tidak ada jawaban.
    """
    known = _weights(weights, as_json)
    if splink is not None:
        _export(splink, known, as_json)
        if not lists:
            return
    if not lists:
        raise click.UsageError("Sebutkan sedikitnya satu DAFTAR.")
    if out is None:
        raise click.UsageError("Sebutkan folder hasil dengan --out.")
    _there_and_once(lists, reference, as_json)
    if engine == "spark":
        if reference is not None and (Path(reference) / "index.json").is_file():
            refuse("Indeks acuan dicari dengan --engine duckdb.", as_json)
        summary = _on_spark(lists, reference, out, master, threshold, known, as_json)
    else:
        others = None if reference is None else Path(reference)
        paths = tuple(map(Path, lists))
        summary = _here(paths, others, Path(out), threshold, known, as_json)
    if as_json:
        click.echo(json.dumps(summary.as_data(), ensure_ascii=False, indent=2))
    else:
        _show(summary, out)


def _there_and_once(lists: tuple[str, ...], reference: str | None, as_json: bool) -> None:
    """What is asked before any engine starts; of places with a scheme only the engine knows."""
    named = [Path(each) for each in (*lists, reference or "") if each and "://" not in each]
    if missing := next((each for each in named if not os.path.lexists(each)), None):
        refuse(f"{missing.name}: berkasnya tidak ada; periksa namanya.", as_json)
    places = [each if "://" in each else os.path.normpath(Path(each).absolute()) for each in lists]
    if twice := next((each for each in places if places.count(each) > 1), None):
        refuse(f"{Path(twice).name} disebut dua kali; sebutkan setiap daftar sekali.", as_json)


def _here(
    lists: tuple[Path, ...],
    reference: Path | None,
    out: Path,
    threshold: float | None,
    weights: Weights | None,
    as_json: bool,
) -> Summary:
    """In the memory of this machine, on Polars and DuckDB."""
    from payung.cli.match_files import Remarks
    from payung.linkage.columns import for_cards
    from payung.linkage.engine import link
    from payung.linkage.rows import NoAnswer
    from payung.linkage.rules import packaged_rules
    from payung.linkage.summary import Summary

    if not _writable(out):
        refuse(_UNWRITABLE.format(out), as_json)
    reading, remarks = Summary("duckdb", 0), Remarks()
    with reading.stage("read"):
        # not kept here, so that its memory is free once it is normalised
        frames = [_read(lists, remarks, as_json)]
        other = None if reference is None else _reference(reference, remarks, as_json)
    rules = for_cards(packaged_rules()) if remarks.cards else None
    try:
        linked = link(
            frames.pop(), reference=other, rules=rules, threshold=threshold, weights=weights
        )
    except NoAnswer as error:
        refuse(" ".join([*remarks.told, str(error)]), as_json)
    linked.summary.warnings = [*remarks.told, *linked.summary.warnings]
    linked.summary.seconds = reading.seconds | linked.summary.seconds
    _write(linked, out, as_json)
    return linked.summary


def _on_spark(
    lists: tuple[str, ...],
    reference: str | None,
    out: str,
    master: str | None,
    threshold: float | None,
    weights: Weights | None,
    as_json: bool,
) -> Summary:
    from payung.linkage.rows import NoAnswer
    from payung.sheets import UnreadableFile

    try:
        from payung.cli.match_spark import match_on_spark
        from payung.linkage.spark import FAILURES, NoSpark, session
    except ImportError:
        refuse("PySpark belum terpasang; pasang dengan pip install 'payung[spark]'.", as_json)
    try:
        summary = match_on_spark(
            session(master), lists, reference, out, threshold=threshold, weights=weights
        )
    except (NoSpark, NoAnswer) as error:
        refuse(str(error), as_json)
    except UnreadableFile as error:
        refuse(str(error), as_json)
    except OSError:
        refuse(_UNWRITABLE.format(out), as_json)
    except FAILURES as error:
        refuse(f"Spark berhenti: {str(error).splitlines()[0]}", as_json)
    return summary


def _export(path: Path, weights: Weights | None, as_json: bool) -> None:
    from payung.linkage import packaged_rules
    from payung.linkage.learning import packaged_weights
    from payung.linkage.splink import splink_settings

    settings = splink_settings(packaged_rules(), weights or packaged_weights())
    try:
        path.write_text(json.dumps(settings, ensure_ascii=False, indent=2) + "\n", "utf-8")
    except OSError:
        refuse(f"{path} tidak bisa ditulis; periksa foldernya.", as_json)
    click.echo(f"Pengaturan Splink 5 di {path}.", err=True)


def _reference(path: Path, remarks: Remarks, as_json: bool) -> pl.DataFrame | Index:
    from payung.linkage.index import Index
    from payung.linkage.proposals import NO_REFERENCE
    from payung.linkage.rows import NoAnswer

    if not path.is_dir():
        frame = _read((path,), remarks, as_json)
        if not frame.height:
            refuse(f"{path.name}: {NO_REFERENCE}", as_json)
        return frame
    try:
        return Index.open(path)
    except NoAnswer as error:
        refuse(str(error), as_json)


def _read(paths: tuple[Path, ...], remarks: Remarks, as_json: bool) -> pl.DataFrame:
    from payung.cli.match_files import read_lists
    from payung.sheets import UnreadableFile

    try:
        return read_lists(paths, remarks)
    except UnreadableFile as error:
        refuse(str(error), as_json)


def _weights(path: Path | None, as_json: bool) -> Weights | None:
    if path is None:
        return None
    from payung.linkage import WeightsError, packaged_rules, parse_weights

    try:
        return parse_weights(path.read_text("utf-8"), packaged_rules())
    except OSError:
        refuse(f"{path.name}: berkas bobot tidak bisa dibuka; periksa namanya.", as_json)
    except (UnicodeDecodeError, WeightsError):
        refuse(f"{path.name} bukan berkas bobot yang cocok dengan aturan sekarang.", as_json)


def _writable(out: Path) -> bool:
    """Whether the folder can be written or made, asked before the work is done."""
    there = next(each for each in (out, *out.absolute().parents) if each.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _write(linked: Linked, out: Path, as_json: bool) -> None:
    """All results or none: they are written aside and then take their places."""
    from polars.exceptions import PolarsError

    from payung.linkage import weights_as_text

    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out, prefix=".payung-") as name:
            aside = Path(name)
            with linked.summary.stage("write"):
                linked.clusters.write_parquet(aside / "clusters.parquet", compression_level=1)
                linked.pairs.write_parquet(aside / "pairs.parquet", compression_level=1)
            summary = json.dumps(linked.summary.as_data(), ensure_ascii=False, indent=2)
            (aside / "summary.json").write_text(f"{summary}\n", "utf-8")
            (aside / "weights.yaml").write_text(weights_as_text(linked.weights), "utf-8")
            for file in aside.iterdir():
                if (out / file.name).is_dir():  # a table of Spark
                    shutil.rmtree(out / file.name)
                file.replace(out / file.name)
    except (OSError, PolarsError):  # Polars too says so of a disk that is full
        refuse(_UNWRITABLE.format(out), as_json)


def _show(summary: Summary, out: str) -> None:
    from payung.linkage.reliability import packaged_reliability

    fewest, most = packaged_reliability().spread
    for warning in summary.warnings:
        click.echo(f"Perhatian: {warning}")
    against = (
        f" terhadap {dotted(summary.reference_rows)} baris acuan" if summary.reference_rows else ""
    )
    click.echo(
        f"{dotted(summary.rows)} baris{against}; {dotted(summary.pairs_compared)} pasangan "
        f"dibandingkan ({dotted(summary.patterns)} pola)."
    )
    click.echo(
        f"{dotted(summary.pairs_together)} pasangan disatukan. Hampir pasti sama: "
        f"{dotted(summary.bands.get('same', 0))} pasangan; perlu diperiksa: "
        f"{dotted(summary.bands.get('review', 0))}."
    )
    click.echo(
        f"{dotted(summary.clusters)} kelompok; {dotted(summary.clustered_rows)} baris tidak "
        f"sendirian; kelompok terbesar {dotted(summary.largest_cluster)} baris."
    )
    click.echo(
        f"Sejak peluang {_decimal(summary.threshold, 2)} disatukan; diperkirakan "
        f"{_decimal(summary.expected_wrong, 1)} pasangan keliru disatukan dan "
        f"{_decimal(summary.expected_missed, 1)} pasangan terlewat (pada daftar buatan yang keliru "
        f"ternyata {_decimal(fewest, 1)} sampai {_decimal(most, 1)} kali perkiraan)."
    )
    stages = ", ".join(
        f"{_STAGES[stage]} {_decimal(seconds, 2)}" for stage, seconds in summary.seconds.items()
    )
    click.echo(f"Detik: {stages}. Memori puncak {dotted(summary.peak_memory_mb)} MB.")
    click.echo(f"Hasil di {out}.")


def _decimal(number: float, places: int) -> str:
    return f"{number:,.{places}f}".translate(str.maketrans(",.", ".,"))
