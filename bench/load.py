"""Part `load`: 200,000 deputies into the hub, and the same file merged by dlt.

Both write to the same PostgreSQL, in turn, and both are whole programs: their start counts. Each
round loads the file into empty databases, then loads it again unchanged. The medians of the rounds
count, which forgives a round that the machine disturbed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from statistics import median

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from bench.contenders import FOLDER, Contenders
from bench.deputies import write_deputies
from bench.load_report import HEADER, Costs, report_rows, write_report
from bench.programs import Cost
from hub.store.embedded import embedded_url

console = Console()
LOADS = ("first", "unchanged")


def measure_loads(records: int, rounds: int) -> None:
    """Measure, print the table and write it to docs/performance-load.md."""
    costs = _measure(records, rounds)
    table = Table(*HEADER, title=f"{records:,} deputies, medians of {rounds} rounds")
    for row in report_rows(costs):
        table.add_row(*row)
    console.print(table)
    write_report(costs, records, rounds)


def _measure(records: int, rounds: int) -> Costs:
    """The median cost of each load of each contender."""
    file = FOLDER / "load" / "deputies.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    taken: defaultdict[tuple[str, str], list[Cost]] = defaultdict(list)
    with _progress() as progress:
        task = progress.add_task("setting up", total=None)
        write_deputies(file, records)
        contenders = Contenders(embedded_url(FOLDER / "postgres"), file)
        contenders.set_up()
        for number in range(1, rounds + 1):
            contenders.renew()
            for load in LOADS:
                for name, measure in _in_turn(contenders, number):
                    progress.update(task, description=f"round {number}: {load} load by {name}")
                    taken[name, load].append(measure())
                assert set(contenders.count()) == {records}, contenders.count()
    return {key: _median(each) for key, each in taken.items()}


def _in_turn(contenders: Contenders, number: int) -> Iterable[tuple[str, Callable[[], Cost]]]:
    """Both contenders; who comes first changes with the round."""
    loads = list(contenders.loads.items())
    return loads if number % 2 else reversed(loads)


def _median(costs: list[Cost]) -> Cost:
    return Cost(median(cost.seconds for cost in costs), median(cost.peak_mib for cost in costs))


def _progress() -> Progress:
    return Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console
    )
