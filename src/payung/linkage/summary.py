"""What a run did: how much, how long, how surely."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(slots=True)
class Summary:
    """Numbers of one run; seconds per stage, memory in megabytes, warnings in Indonesian.

    `expected_wrong` are pairs put together that are two people, `expected_missed` compared pairs
    of one person left apart: sums of the probabilities as they were borne out (`reliability`).
    """

    engine: str
    threshold: float
    rows: int = 0
    reference_rows: int = 0
    pairs_compared: int = 0
    patterns: int = 0
    pairs_found: dict[str, int] = field(default_factory=dict)
    bands: dict[str, int] = field(default_factory=dict)
    pairs_together: int = 0
    clusters: int = 0
    clustered_rows: int = 0
    largest_cluster: int = 0
    expected_wrong: float = 0.0
    expected_missed: float = 0.0
    weights_learned: date | None = None
    weights_rows: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    peak_memory_mb: int = 0
    warnings: list[str] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure what runs inside as a stage of that name."""
        start = time.perf_counter()
        yield
        passed = time.perf_counter() - start
        self.seconds[name] = round(self.seconds.get(name, 0.0) + passed, 3)
        self.peak_memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

    def expect(self, believed: npt.NDArray[np.float64], together: npt.NDArray[np.bool_]) -> None:
        """Count the pairs put `together` and the errors to be expected, if they are `believed`."""
        self.pairs_together = int(together.sum())
        self.expected_wrong = round(float((1 - believed[together]).sum()), 1)
        self.expected_missed = round(float(believed[~together].sum()), 1)

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, for JSON."""
        data = asdict(self)
        if self.weights_learned is not None:
            data["weights_learned"] = self.weights_learned.isoformat()
        data["seconds_total"] = round(sum(self.seconds.values()), 3)
        return data
