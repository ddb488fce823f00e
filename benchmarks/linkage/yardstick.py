"""Splink on DuckDB, the field's yardstick, over the same Parquet files.

"Plain" is what a careful user without Indonesian rules would write: general cleaning in SQL, the
library's own comparisons with term frequencies, eight blocking rules, training by its manual.
"Untrained" is the same with the model of the trained run. "Tuned" has our normalised columns, our
levels and our blocking keys, trained by Splink so that m of every field is learned, on twice as
many pairs: what its manual calls often adequate to try a model with, of the final one it wants a
hundred times as many. Of our blocks it leaves out the loose ones: Splink has no limit to a block,
and without one they bring in so many strangers that F1 falls from 0.91 to 0.79 (a million rows).
Its threshold is `THRESHOLD`; `best` tells what the best of `THRESHOLDS` would give, which nobody
without the truth can know.
"""

import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import splink.comparison_level_library as levels
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.comparison_creator import ComparisonCreator
from splink.internals.splink_dataframe import SplinkDataFrame

from benchmarks.linkage.fresh import Stages, Unmeasured
from payung.linkage.rules import Level

THRESHOLD = 0.95
THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999, 0.999999)
PAIRS_FOR_U = 5e6
PAIRS_FOR_U_TUNED = 1e7
_MODEL = "model.json"
_NAMES = {"name": "name_key", "mother_name": "mother_key"}
_MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"


def _dates(column: str) -> str:
    text = column
    for number, month in enumerate(_MONTHS.split(), start=1):
        text = f"replace({text}, ' {month} ', '-{number:02}-')"
    formats = "['%Y-%m-%d', '%d-%m-%Y', '%d/%m/%Y', '%m/%d/%Y']"
    return f"try_strptime({text}, {formats})::DATE"


_CLEANED = f"""
    SELECT id AS unique_id,
        CASE WHEN length(regexp_replace(nik, '\\D', '', 'g')) = 16
            THEN regexp_replace(nik, '\\D', '', 'g') END AS nik,
        nullif(trim(regexp_replace(upper(name), '[^A-Z]+', ' ', 'g')), '') AS name,
        {_dates("birth_date")} AS born,
        upper(left(sex, 1)) AS sex,
        nullif(trim(regexp_replace(upper(mother_name), '[^A-Z]+', ' ', 'g')), '') AS mother_name,
        nullif(trim(regexp_replace(upper(address), '[^A-Z0-9]+', ' ', 'g')), '') AS address,
        nullif(regexp_replace(upper(kelurahan), '[^A-Z]', '', 'g'), '') AS kelurahan,
        nullif(right(regexp_replace(phone, '\\D', '', 'g'), 9), '') AS phone
    FROM read_parquet('{{file}}')
"""


def trained(stages: Stages, folder: Path, out: Path) -> None:
    _plain(stages, folder, out, "dedupe_only", train=True)


def untrained(stages: Stages, folder: Path, out: Path) -> None:
    _plain(stages, folder, out, "dedupe_only", train=False)


def link_trained(stages: Stages, folder: Path, out: Path) -> None:
    _plain(stages, folder, out, "link_only", train=True)


def link_untrained(stages: Stages, folder: Path, out: Path) -> None:
    _plain(stages, folder, out, "link_only", train=False)


def tuned(stages: Stages, folder: Path, out: Path) -> None:
    try:
        from payung.linkage.rows import for_comparing, prepare
        from payung.linkage.rules import packaged_rules
    except ImportError as error:
        raise Unmeasured(f"the rules that Splink is tuned with are not there: {error}") from error
    connection = duckdb.connect()
    with stages.stage("read, normalise"):
        rows = pl.read_parquet(folder / "rows.parquet")
        rules = packaged_rules().for_rows(rows.height)
        prepared = for_comparing(prepare(rows, rules, date.today()))  # noqa: DTZ011
        rows = rows.select(unique_id="id").hstack(prepared)
        connection.register("rows", rows.to_arrow())
        connection.execute("CREATE TABLE lists AS FROM rows")
        connection.unregister("rows")
        del rows, prepared
    comparisons = [
        compare.CustomComparison(
            [
                levels.CustomLevel(_sides(level.when)).configure(
                    is_null_level=level.name == "missing", **_by_frequency(field, level)
                )
                if level.when
                else levels.ElseLevel()
                for level in each
            ],
            output_column_name=field,
        )
        for field, each in rules.fields.items()
    ]
    blocks = [
        " AND ".join(f"{_part('l', part)} = {_part('r', part)}" for part in key)
        for block in rules.blocks
        if not block.loose
        for key in block.keys
    ]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocks,
        retain_matching_columns=False,
    )
    api = DuckDBAPI(connection)
    linker = Linker(api.register("lists"), settings, log_level=None)
    with stages.stage("train"):
        _train(
            linker,
            ["l.nik = r.nik AND l.born = r.born", "l.name_key = r.name_key AND l.born = r.born"],
            # of each field that a rule speaks of m is learned under another
            [
                "l.nik = r.nik",
                "l.name_key = r.name_key AND l.born = r.born",
                "l.name_key = r.name_key AND l.mother_key = r.mother_key",
            ],
            PAIRS_FOR_U_TUNED,
        )
    predict(stages, linker, out, cluster=True)


def _by_frequency(field: str, level: Level) -> dict[str, Any]:
    """Of names that are the same the rare ones tell more than the others of their level."""
    if field not in _NAMES or not level.name.startswith("equal"):
        return {}
    return {
        "tf_adjustment_column": _NAMES[field],
        "tf_minimum_u_value": 1e-5,
        "disable_tf_exact_match_detection": True,
    }


def _part(side: str, part) -> str:
    column = f"{side}.{part.column}"
    return f"substr({column}, {part.first}, {part.last - part.first + 1})" if part.first else column


def _sides(condition: str) -> str:
    return re.sub(r"\b([lr])\.([a-z_]+)", r'"\2_\1"', condition)


def _plain(stages: Stages, folder: Path, out: Path, kind: str, *, train: bool) -> None:
    files = [folder / "rows.parquet"]
    if kind == "link_only":
        files.append(folder / "reference.parquet")
    model = out.parent / ("splink" if kind == "dedupe_only" else "splink-link") / _MODEL
    if not train and not model.exists():
        raise Unmeasured("there is no trained model to use")
    connection = duckdb.connect()
    with stages.stage("read, clean"):
        for number, file in enumerate(files):
            connection.execute(f"CREATE TABLE list_{number} AS {_CLEANED.format(file=file)}")
    settings: SettingsCreator | Path = model
    if train:
        settings = SettingsCreator(
            link_type=kind,
            comparisons=_comparisons(),
            blocking_rules_to_generate_predictions=_blocks(),
            retain_matching_columns=False,
        )
    api = DuckDBAPI(connection)
    tables = [
        api.register(f"list_{number}", dataset_display_name=f"d{number}")
        for number in range(len(files))
    ]
    linker = Linker(tables if len(tables) > 1 else tables[0], settings, log_level=None)
    if train:
        with stages.stage("train"):
            _train(
                linker,
                [block_on("nik", "born"), block_on("name", "born", "mother_name")],
                [block_on("nik"), block_on("name", "born")],
            )
            linker.misc.save_model_to_json(str(out / _MODEL), overwrite=True)
    predict(stages, linker, out, cluster=kind == "dedupe_only")


def _comparisons() -> list[ComparisonCreator]:
    return [
        compare.LevenshteinAtThresholds("nik", [1, 2]),
        compare.JaroWinklerAtThresholds("name", [0.95, 0.88]).configure(
            term_frequency_adjustments=True
        ),
        compare.DateOfBirthComparison("born", input_is_string=False),
        compare.ExactMatch("sex"),
        compare.JaroWinklerAtThresholds("mother_name", [0.95, 0.88]).configure(
            term_frequency_adjustments=True
        ),
        compare.JaroWinklerAtThresholds("address", [0.92]),
        compare.ExactMatch("kelurahan"),
        compare.ExactMatch("phone"),
    ]


def _blocks() -> list:
    return [
        block_on("nik"),
        block_on("substr(nik, 1, 12)", "substr(name, 1, 3)"),
        block_on("substr(nik, 7, 10)", "substr(name, 1, 3)"),
        block_on("born", "substr(name, 1, 4)"),
        block_on("born", "mother_name"),
        block_on("phone"),
        block_on("name", "mother_name"),
        block_on("name", "kelurahan"),
    ]


def _train(linker: Linker, certain: list, sessions: list, pairs: float = PAIRS_FOR_U) -> None:
    linker.training.estimate_probability_two_random_records_match(certain, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=pairs)
    for rule in sessions:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)


def predict(stages: Stages, linker: Linker, out: Path, *, cluster: bool) -> None:
    """Pairs above the least threshold and clusters; then, untimed, clusters of every threshold."""
    connection = linker._db_api.duckdb_con  # no public way to the connection
    with stages.stage("block, compare"):
        pairs = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    with stages.stage("cluster, write"):
        _write_pairs(connection, pairs, out / "pairs.parquet")
        if cluster:
            _write_clusters(
                connection, _clustered(linker, pairs, THRESHOLD), out / "clusters.parquet"
            )
    stages.finished()
    stages.notes["threshold"] = THRESHOLD
    if cluster:
        for threshold in THRESHOLDS:
            file = out / f"clusters-{threshold}.parquet"
            _write_clusters(connection, _clustered(linker, pairs, threshold), file)


def _clustered(linker: Linker, pairs: SplinkDataFrame, threshold: float) -> SplinkDataFrame:
    return linker.clustering.cluster_pairwise_predictions_at_threshold(
        pairs, threshold_match_probability=threshold
    )


def _write_pairs(connection: duckdb.DuckDBPyConnection, pairs: SplinkDataFrame, file: Path) -> None:
    connection.execute(
        "COPY (SELECT unique_id_l AS left_id, unique_id_r AS right_id, "
        f"match_probability AS probability FROM {pairs.physical_name}) TO '{file}' (FORMAT parquet)"
    )


def _write_clusters(
    connection: duckdb.DuckDBPyConnection, clusters: SplinkDataFrame, file: Path
) -> None:
    connection.execute(
        f"COPY (SELECT unique_id AS id, cluster_id AS cluster FROM {clusters.physical_name}) "
        f"TO '{file}' (FORMAT parquet)"
    )
