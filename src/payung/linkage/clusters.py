"""Groups of rows joined by pairs: connected components."""

import numpy as np
import numpy.typing as npt

from payung.linkage.blocking import Numbers


def components(rows: int, left: Numbers, right: Numbers) -> Numbers:
    """For each of `rows` rows the lowest row it is connected to, itself when to none."""
    label = np.arange(rows, dtype=np.uint32)
    one, other = left, right
    while len(one):
        low = np.minimum(label[one], label[other])
        np.minimum.at(label, label[one], low)
        np.minimum.at(label, label[other], low)
        while True:
            further = label[label]
            if np.array_equal(further, label):
                break
            label = further
        open_ = label[one] != label[other]
        one, other = one[open_], other[open_]
    return label


def sizes(label: Numbers) -> npt.NDArray[np.int64]:
    """The number of rows in the cluster of each row."""
    return np.bincount(label, minlength=len(label))[label]
