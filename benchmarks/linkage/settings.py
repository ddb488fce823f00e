"""Whether Splink gives our probabilities by our settings: `python -m benchmarks.linkage.settings`.

For `payung match --splink-settings`: the pairs we tell of a made-up list, weighed by Splink itself.
"""

import json
import tempfile
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
from splink import DuckDBAPI, Linker

from benchmarks.linkage.generator import make
from payung.linkage.engine import link
from payung.linkage.learning import packaged_weights
from payung.linkage.rows import as_reference, counted, for_comparing
from payung.linkage.rules import packaged_rules
from payung.linkage.splink import splink_settings

ROWS = 3_000
ON = date(2026, 11, 22)


def main() -> None:
    """Print how many pairs both weighed and by how much they differ most."""
    rules, weights, frame = packaged_rules(), packaged_weights(), make(ROWS, "tangerang").rows
    ours = link(frame, on=ON, weights=weights).pairs
    rows = for_comparing(counted(as_reference(frame, rules, ON)))
    connection = duckdb.connect()
    connection.register("given", rows.to_arrow(compat_level=pl.CompatLevel.newest()))
    connection.execute("CREATE TABLE lists AS FROM given")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "settings.json"
        file.write_text(json.dumps(splink_settings(rules, weights)), "utf-8")
        linker = Linker(DuckDBAPI(connection).register("lists"), file, log_level=None)
    theirs = pl.from_pandas(linker.inference.predict().as_pandas_dataframe())
    both = _ordered(ours, "left_id", "right_id").join(
        _ordered(theirs, "id_l", "id_r"), on=("one", "other"), how="left"
    )
    missing = both["match_probability"].null_count()
    most = (both["probability"] - both["match_probability"]).abs().max()
    print(f"{ours.height} pairs told; {missing} that Splink did not weigh; they differ by {most}.")


def _ordered(pairs: pl.DataFrame, left: str, right: str) -> pl.DataFrame:
    return pairs.with_columns(
        one=pl.min_horizontal(left, right), other=pl.max_horizontal(left, right)
    )


if __name__ == "__main__":
    main()
