"""Numbers put in order and told apart, as quickly wherever it runs.

Polars sorts with what every processor has. NumPy has code of its own for newer ones, which on some
of them (AMD's Zen 4) takes three times as long. PyArrow, asked for NumPy's numbers, loads Pandas
where there is one, which takes longer than telling a million numbers apart; Polars does not.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

Packed = npt.NDArray[np.uint64]


def ordered(numbers: Packed) -> Packed:
    """The numbers from the least to the greatest, not to be written to.

    Several times as quick as finding the order of them: what belongs to a number goes into its
    lower bits where it fits.
    """
    found: Packed = pl.Series(numbers).sort(multithreaded=False).to_numpy()
    return found


def told_apart(numbers: pl.Series) -> tuple[npt.NDArray[Any], npt.NDArray[np.int32]]:
    """The different ones of some numbers, all known, and for each number its place among them."""
    coded = numbers.to_arrow().dictionary_encode()
    different, places = (
        pl.Series(values=pl.from_arrow(part)) for part in (coded.dictionary, coded.indices)
    )
    return different.to_numpy(), places.to_numpy()
