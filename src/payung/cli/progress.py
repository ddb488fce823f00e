"""A service's progress as a bar in the terminal."""

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

from payung.apps.jobs.progress import Silent


class Bar(Silent):
    """`with Bar() as bar: service(progress=bar)`; nothing is drawn when nobody watches."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._drawn.add_task("", total=None)

    def tell(self, done: int, total: int, message: str) -> None:
        self._drawn.update(self._task, completed=done, total=total, description=message)

    def __enter__(self) -> "Bar":
        self._drawn.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._drawn.stop()
