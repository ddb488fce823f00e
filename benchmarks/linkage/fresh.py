"""One runner in a process of its own: `python -m benchmarks.linkage.fresh RUNNER FOLDER OUT`.

`measure` starts it and watches it; the process leaves its stages in OUT as JSON. Seconds count
from after the imports until the results lie on disk. Memory is the most that the process and its
children held at once, counted by the watcher, and never less than what Linux remembers of the
process. CPU is what both used, which says more than seconds on a machine that others use too.
"""

import importlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEASURED = "measured.json"
_EVERY = 0.1  # seconds between two looks at memory, which take time from what is measured
RUNNERS = {
    "floor": "floor:dedupe",
    "floor-link": "floor:link",
    "learn": "ours:learn",
    "ours": "ours:dedupe",
    "ours-elsewhere": "ours:dedupe_elsewhere",
    "ours-link": "ours:link",
    "ours-febrl3": "febrl:ours_dedupe",
    "ours-febrl4": "febrl:ours_link",
    "ours-guarded-febrl3": "febrl:ours_guarded_dedupe",
    "ours-guarded-febrl4": "febrl:ours_guarded_link",
    "index-build": "index:build",
    "index-ask": "index:ask",
    "index-upsert": "index:upsert",
    "splink": "yardstick:trained",
    "splink-untrained": "yardstick:untrained",
    "splink-tuned": "yardstick:tuned",
    "splink-link": "yardstick:link_trained",
    "splink-link-untrained": "yardstick:link_untrained",
    "splink-febrl3": "febrl:splink_dedupe",
    "splink-febrl4": "febrl:splink_link",
}


class Stages:
    """Seconds by stage; `notes` are figures for the report."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.own_peak = 0  # bytes, once finished
        self.cpu = 0.0
        self._before = _cpu()
        self.notes: dict[str, object] = {}
        self._done: Path | None = None

    def watch(self, done: Path) -> None:
        """The file that tells the watcher to look at memory no more."""
        self._done = done

    def finished(self) -> None:
        """What follows counts neither in seconds nor in memory."""
        if not self.own_peak:
            self.own_peak, self.cpu = _own_peak(), _cpu() - self._before
        if self._done:
            self._done.touch()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Adds the time of the block to the stage `name`."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started


class Unmeasured(Exception):
    """A runner that could not run; the text says why."""


def measure(runner: str, folder: Path, out: Path) -> dict:
    """Seconds by stage, CPU seconds, peak memory in bytes, and notes; raises Unmeasured."""
    out.mkdir(parents=True, exist_ok=True)
    done = out / "finished"
    done.unlink(missing_ok=True)
    command = [sys.executable, "-m", "benchmarks.linkage.fresh", runner, str(folder), str(out)]
    with (out / "said.txt").open("w+", encoding="utf-8") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
        peak = 0
        while process.poll() is None:
            if not done.exists():
                peak = max(peak, sum(map(_resident, _family(process.pid))))
            time.sleep(_EVERY)
        said.seek(0)
        errors = said.read().strip()
    if process.returncode:
        raise Unmeasured(errors.splitlines()[-1] if errors else f"status {process.returncode}")
    measured = json.loads((out / _MEASURED).read_text("utf-8"))
    return {**measured, "peak": max(peak, measured["own_peak"])}


def _family(pid: int) -> list[int]:
    """The process and all that descend from it."""
    found = [pid]
    for each in found:
        for file in Path(f"/proc/{each}/task").glob("*/children"):
            try:
                found += map(int, file.read_text().split())
            except OSError:
                continue
    return found


def _resident(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return _kilobytes(text, "VmRSS:") * 1024


def _kilobytes(status: str, name: str) -> int:
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith(name)), 0)


def main(runner: str, folder: str, out: str) -> None:
    """Runs it here and leaves its measurements in `out`."""
    module, _, function = RUNNERS[runner].partition(":")
    run = getattr(importlib.import_module(f"benchmarks.linkage.{module}"), function)
    stages = Stages()
    stages.watch(Path(out) / "finished")
    try:
        run(stages, Path(folder), Path(out))
    except Unmeasured as error:
        sys.exit(str(error))
    stages.finished()
    told = {each: getattr(stages, each) for each in ("seconds", "cpu", "own_peak", "notes")}
    (Path(out) / _MEASURED).write_text(json.dumps(told), "utf-8")


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _own_peak() -> int:
    """The most memory this process held at once, in bytes."""
    return _kilobytes(Path("/proc/self/status").read_text(), "VmHWM:") * 1024


if __name__ == "__main__":
    # under its own name, so that the errors that runners raise are the ones caught here
    importlib.import_module("benchmarks.linkage.fresh").main(*sys.argv[1:])
