"""The table of a run: on the screen and in its section of benchmarks/RESULTS.md."""

import argparse
from importlib.metadata import version
from itertools import groupby

from rich.console import Console
from rich.table import Table

from benchmarks.linkage import generator
from benchmarks.linkage.errors import ERRORS
from benchmarks.linkage.measures import Score
from benchmarks.linkage.people import SHARES
from benchmarks.linkage.scoring import Run
from benchmarks.results import machine, write_section

TITLE = "Linkage: one person once"
TITLE_OF_LINKS = "Linkage: a list against a reference"
_NAMES = {
    "floor": "floor: read and write only",
    "floor-link": "floor: read and write only",
    "learn": "Payung, learning weights on another city",
    "ours": "Payung, weights learned in the run",
    "ours-elsewhere": "Payung, weights of another city",
    "index-build": "Payung, preparing the reference, once",
    "index-ask": "Payung, against the reference prepared once",
    "ours-link": "Payung, preparing the reference in the run",
    "ours-febrl3": "Payung, all guards taken away",
    "ours-febrl4": "Payung, all guards taken away",
    "ours-guarded-febrl3": "Payung",
    "ours-guarded-febrl4": "Payung",
    "splink": "Splink plain",
    "splink-untrained": "Splink plain, trained before",
    "splink-tuned": "Splink tuned with our rules",
    "splink-link": "Splink plain",
    "splink-link-untrained": "Splink plain, trained before",
    "splink-febrl3": "Splink",
    "splink-febrl4": "Splink",
}
_OURS = ("ours-elsewhere", "ours")
LINK = (
    "floor-link", "index-build", "index-ask", "ours-link", "splink-link", "splink-link-untrained",
)  # fmt: skip
_HEADS = (
    "Task", "Method", "Seconds", "CPU", "Splink takes", "Peak memory", "Precision", "Recall", "F1",
    "F1 of persons", "Candidate recall", "Best F1 at",
)  # fmt: skip


def rows_of(runs: list[Run]) -> list[list[str]]:
    """The table's cells, a row per run."""
    table = []
    for task, each in groupby(runs, key=lambda run: run.task):
        together = list(each)
        plain = [run.total for run in together if run.runner in ("splink", "splink-link")]
        for run in together:
            if run.absent:
                table.append([task, _NAMES[run.runner], "not run", *[""] * 9])
                continue
            times = f"{plain[0] / run.total:.1f} ×" if plain and plain[0] and run.total else ""
            table.append(
                [
                    task,
                    _NAMES[run.runner],
                    f"{run.total:.2f} s",
                    f"{run.cpu:.2f} s",
                    times,
                    f"{run.peak / 2**20:,.0f} MB",
                    *_shares(run.pairs),
                    f"{run.clusters.f1:.4f}" if run.clusters else "",
                    f"{run.compared.recall:.4f}" if run.compared else "",
                    f"{run.best[1]:.4f} ({run.best[0]})" if run.best else "",
                ]
            )
    return table


def _shares(score: Score | None) -> list[str]:
    if score is None:
        return ["", "", ""]
    return [f"{share:.4f}" for share in (score.precision, score.recall, score.f1)]


def errors_table() -> list[list[str]]:
    """Every error, its scope and its rate."""
    return [[each.code, each.scope, f"{each.rate:.2%}", each.text] for each in ERRORS]


def _ratios(runs: list[Run]) -> list[str]:
    """How many times as long as ours the others take, of each list; and of the floor, ours."""
    told = []
    for run in runs:
        if run.runner not in _OURS or not run.total:
            continue
        beside = {each.runner: each for each in runs if each.task == run.task and not each.absent}
        shown = [
            f"{_NAMES[other]} {beside[other].total / run.total:.1f} × "
            f"(CPU {beside[other].cpu / run.cpu:.1f} ×)"
            for other in ("splink", "splink-untrained", "splink-tuned")
            if other in beside
        ]
        if "floor" in beside:
            shown.append(f"it takes the floor's seconds {run.total / beside['floor'].total:.1f} ×")
        if shown:
            told.append(f"{run.task}, times {_NAMES[run.runner]}: {', '.join(shown)}.")
    return told


def _rounds(runs: list[Run]) -> list[str]:
    return [
        f"{run.task}, {_NAMES[run.runner]}, every round: "
        f"{', '.join(f'{seconds:.2f}' for seconds in run.rounds)} s."
        for run in runs
        if len(run.rounds) > 1
    ]


def _stages(runs: list[Run]) -> list[str]:
    told = []
    for run in runs:
        if len(run.seconds) > 1:
            stages = {**run.seconds, **run.inside}
            if run.inside:
                stages.pop("link")  # the sum of those inside
            seconds = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in stages.items())
            told.append(f"{run.task}, {_NAMES[run.runner]}: {seconds}.")
    return told


def _faults(runs: list[Run]) -> list[str]:
    told = []
    for run in runs:
        if run.faults:
            wrong, family, twins, hidden = run.faults
            least = ", ".join(f"{each.error} {each.found:.1%}" for each in hidden[:5])
            told.append(
                f"{run.task}, {_NAMES[run.runner]}: {wrong:,} pairs of strangers put together, of "
                f"them {family:,} of one household ({twins:,} twins); found least of the true "
                f"pairs that bear {least}."
            )
    return told


def _expected(runs: list[Run]) -> list[str]:
    told = []
    for run in runs:
        if run.expected and run.actual:
            (wrong, missed), (strangers, apart) = run.expected, run.actual
            told.append(
                f"{run.task}, {_NAMES[run.runner]}: of the pairs compared it expects to have put "
                f"{wrong:,.0f} of strangers together and left {missed:,.0f} of one person apart; "
                f"by the truth {strangers:,} and {apart:,}."
            )
    return told


def found_by_error(runs: list[Run]) -> tuple[tuple[str, ...], list[list[str]]]:
    """Of the longest list: heads and a row per error, with the share that each method found."""
    lists = [run for run in runs if run.faults]
    longest = max((run.rows for run in lists), default=0)
    shown = [run for run in lists if run.rows == longest]
    shown = [run for run in shown if run.task == shown[0].task]
    found = [{each.error: each for each in run.faults.hidden} for run in shown if run.faults]
    table = []
    for error in ERRORS:
        here = [each[error.code] for each in found if error.code in each]
        if here:
            table.append(
                [error.code, f"{here[0].pairs:,}", *(f"{each.found:.1%}" for each in here)]
            )
    return ("Error", "True pairs", *(_NAMES[run.runner] for run in shown)), table


def _absent(runs: list[Run]) -> list[str]:
    return [
        f"{run.task}, {_NAMES[run.runner]} did not run: {run.absent}" for run in runs if run.absent
    ]


def show(console: Console, runs: list[Run], chosen: argparse.Namespace) -> None:
    """Errors, then the table, then the seconds of each stage."""
    errors = Table("Error", "Of a", "Rate", "What it does", title="Errors of the generator")
    for cells in errors_table():
        errors.add_row(*cells)
    console.print(errors)
    table = Table(*_HEADS, title=f"Seed {chosen.seed}, dirt {chosen.dirt}; {machine()}")
    for cells in rows_of(runs):
        table.add_row(*cells)
    console.print(table)
    heads, shares = found_by_error(runs)
    if shares:
        found = Table(*heads, title="Share of the true pairs found, by an error that they bear")
        for cells in shares:
            found.add_row(*cells)
        console.print(found)
    for line in (
        *_ratios(runs),
        *_rounds(runs),
        *_stages(runs),
        *_expected(runs),
        *_faults(runs),
        *_absent(runs),
    ):
        console.print(line)


def write(runs: list[Run], chosen: argparse.Namespace) -> None:
    """The sections of RESULTS.md of what was run, in place of the last ones."""
    links = [run for run in runs if run.runner in LINK]
    lists = [run for run in runs if run.runner not in LINK]
    if lists:
        sizes = f"SIZES={','.join(map(str, chosen.sizes))} ROUNDS={chosen.rounds}"
        write_section(TITLE, [*_told(lists, chosen, sizes), *_of_generator()])
    if links:
        sizes = f"LINK={','.join(f'{rows}x{reference}' for rows, reference in chosen.link)}"
        write_section(TITLE_OF_LINKS, _told(links, chosen, sizes))


def _told(runs: list[Run], chosen: argparse.Namespace, sizes: str) -> list[str]:
    return [
        f"{machine()}. Splink {version('splink')}, DuckDB {version('duckdb')}, "
        f"Polars {version('polars')}. Seed {chosen.seed}, every error's rate times "
        f"{chosen.dirt}. `make bench-linkage {sizes}`.",
        "",
        *_markdown(_HEADS, rows_of(runs)),
        "",
        *(f"- {line}" for line in _notes()),
        *(f"- {line}" for line in (*_ratios(runs), *_rounds(runs), *_stages(runs))),
        *(f"- {line}" for line in (*_expected(runs), *_faults(runs), *_absent(runs))),
        "",
        *_by_error(runs),
    ]


def _of_generator() -> list[str]:
    return [
        "What the made-up lists cannot show:",
        "",
        *_limits(),
        "",
        "Likenesses among the made-up people: "
        + "; ".join(f"{name} {share:.1%}" for name, share in SHARES.items())
        + f"; {generator.REPEATS:.0%} of the rows repeat a person.",
        "",
        "Errors made, as shares of rows or of offices:",
        "",
        *_markdown(("Error", "Of a", "Rate", "What it does"), errors_table()),
    ]


def _by_error(runs: list[Run]) -> list[str]:
    heads, shares = found_by_error(runs)
    if not shares:
        return []
    task = next(run.task for run in reversed(runs) if run.faults)
    title = f"Share of the true pairs found, by an error that a row of them bears ({task}):"
    return [title, "", *_markdown(heads, shares), ""]


def _notes() -> list[str]:
    return [
        "Each run has a process of its own; seconds count from the files on disk to the results "
        "on disk, without imports. CPU and peak memory are of the process and its children; CPU "
        "says more than seconds where other work loads the machine.",
        "With ROUNDS all methods go over a list of up to a million rows so many times in turn, and "
        "of each its fastest counts.",
        "Precision, recall and F1 are of pairs of rows put together; F1 of persons counts only "
        "people found whole. Candidate recall is the share of true pairs that were compared.",
        "“Splink takes”: how many times as long plain Splink with its training takes.",
        "Best F1: what the best threshold tried would have given, which only the truth can tell; "
        "the other columns are at 0.95 for Splink and at the declared threshold for ours.",
        "Splink tuned: our columns, our levels with the frequencies of names, and our keys, but "
        "for the loose blocks, whose limits Splink has no way to say; m of every field learned; "
        "its u from ten million pairs, which its manual calls often adequate while a model is "
        "tried, and asks for a hundred times as many for the final one (plain: five million).",
        "febrl: Splink trains, and ours learns its weights, in the run and without labels. The "
        "guards of ours hold back twins, borrowed NIKs and namesakes of another generation, whom "
        "febrl does not have: there they only cost.",
    ]


def _limits() -> list[str]:
    """The list in the generator's docstring, as it stands there."""
    text = generator.__doc__ or ""
    return text[text.index("\n- ") + 1 :].strip().splitlines()


def _markdown(heads: tuple[str, ...], rows: list[list[str]]) -> list[str]:
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return lines + ["| " + " | ".join(cells) + " |" for cells in rows]
