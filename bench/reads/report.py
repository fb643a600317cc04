"""The figures as docs/performance.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import orjson
import psutil

from bench.reads.contenders import (
    BY_HAND,
    HUB,
    POSTGRAPHILE,
    POSTGRAPHILE_5,
    STOCK,
    find_node,
    node_version,
)
from bench.reads.data import SICHUAN, TEN_TIMES, Size
from bench.reads.endurance import FirstRequests, Memory
from bench.reads.measure import CONCURRENCY, Pace
from bench.reads.orders import Cost, order_lines
from bench.reads.processes import POOL_SIZE
from bench.reads.shapes import SHAPES
from bench.reads.targets import Results, Target, of_endurance, of_growth, of_speed, ratio
from hub.settings import ROOT

FILE = ROOT / "docs" / "performance.md"
PYTHON_PACKAGES = ("strawberry-graphql", "starlette", "uvicorn", "sqlalchemy", "asyncpg", "orjson")


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that one run measured."""

    pace: Pace
    postgresql: str
    compared: Mapping[Size, Results]
    growth: Results
    first: FirstRequests
    memory: Memory
    orders: list[Cost]

    @property
    def targets(self) -> list[Target]:
        return [
            *of_speed(self.compared[SICHUAN]),
            *of_growth(self.growth),
            *of_endurance(self.first, self.memory),
        ]


def write(measured: Measured) -> Path:
    """Write docs/performance.md; give its path."""
    FILE.write_text("\n".join(lines(measured)) + "\n")
    return FILE


def lines(measured: Measured) -> Iterator[str]:
    """The document."""
    yield from introduction(measured)
    yield from ("", "## What was to be reached", "")
    yield from targets_table(measured.targets)
    for size, results in measured.compared.items():
        yield from ("", f"## {size.mandates:,} mandates", "", describe(size), "")
        yield from speed_table(results)
        yield from ("", "The hub's requests a second for one of the others:", "")
        yield from ratio_table(results)
    if measured.growth:
        yield from ("", "## Ten times the data", "")
        yield from growth_table(measured.growth)
    yield from ("", "## Orders", "")
    yield from order_lines(measured.orders)
    yield from ("", "## Documents never seen", "")
    yield from endurance(measured.first, measured.memory)


def introduction(measured: Measured) -> Iterator[str]:
    """What was measured, on what, with what."""
    pace = measured.pace
    yield "# How fast the hub reads"
    yield ""
    yield (
        f"Written by `make bench` (`python -m bench reads`) on {date.today():%Y-%m-%d}."  # noqa: DTZ011
        " All people are invented, the divisions are real."
    )
    yield ""
    yield f"- Machine: {processor()}, {os.cpu_count()} cores, {memory_size()} GiB of memory."
    yield f"- {', '.join(versions(measured.postgresql))}."
    yield (
        f"- Four servers on the same PostgreSQL with {POOL_SIZE} connections each, one process "
        f"each, {CONCURRENCY} requests at a time; medians of {pace.rounds} rounds of "
        f"{pace.seconds:g} s, the rounds of the servers interleaved. PostgreSQL and the load "
        "generator share the machine. CPU is that of the server's process."
    )
    yield "- Before anything is timed, the four answers to each question are compared."
    yield ""
    yield from (f"- **{shape.name}**: {shape.about}" for shape in SHAPES)


def processor() -> str:
    """The name of the processor, where the system tells it."""
    try:
        info = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.split(":", 1)[1].strip() for line in info.splitlines() if "model name" in line]
    return names[0] if names else platform.machine()


def memory_size() -> int:
    """GiB of memory."""
    return round(int(psutil.virtual_memory().total) / 2**30)


def versions(postgresql: str) -> Iterator[str]:
    """The software that took part."""
    yield f"PostgreSQL {postgresql}"
    yield f"Python {platform.python_version()}"
    yield from (f"{name} {version(name)}" for name in PYTHON_PACKAGES)
    manifest = orjson.loads((POSTGRAPHILE / "package.json").read_bytes())
    postgraphile = manifest["dependencies"]["postgraphile"]
    yield f"PostGraphile {postgraphile} on Node {node_version(find_node())}"


def describe(size: Size) -> str:
    """What a data set holds."""
    return (
        f"{size.mandates:,} mandates in {'Sichuan' if size.times == 1 else 'several provinces'}, "
        f"{size.homes + size.stations:,} homes and stations, {size.groups:,} groups, with all "
        "memberships and a source record behind each mandate."
    )


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table of Markdown, numbers to the right."""
    names = list(head)
    yield f"| {' | '.join(names)} |"
    yield f"|---|{'---:|' * (len(names) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def targets_table(targets: list[Target]) -> Iterator[str]:
    """Each target, what was measured, and whether it is met."""
    return table(("", "to be", "is", "met"), map(target_row, targets))


def target_row(target: Target) -> tuple[str, ...]:
    """One row of that table."""
    bound = f"{'at most' if target.is_upper else 'at least'} {target.bound:g} {target.unit}"
    measured = f"{target.measured:.2f} {target.unit}"
    return target.about, bound.strip(), measured.strip(), "yes" if target.is_met else "**no**"


def speed_table(results: Results) -> Iterator[str]:
    """Requests a second, latencies and processor time, by shape and server."""
    rows = (
        (
            shape,
            server,
            f"{one.per_second:,.0f}",
            f"{one.p50:.1f}",
            f"{one.p99:.1f}",
            f"{one.cpu:.2f}",
        )
        for shape, by_server in results.items()
        for server, one in by_server.items()
    )
    return table(("shape", "server", "requests/s", "p50 ms", "p99 ms", "CPU ms a request"), rows)


def ratio_table(results: Results) -> Iterator[str]:
    """The hub against each peer."""
    peers = (BY_HAND.name, POSTGRAPHILE_5.name, STOCK.name)
    rows = ((shape, *(f"{ratio(results, shape, peer):.2f}" for peer in peers)) for shape in results)
    return table(("shape", *peers), rows)


def growth_table(growth: Results) -> Iterator[str]:
    """p50 of the hub over both data sets, measured in turn."""
    rows = (
        (name, f"{small.p50:.2f}", f"{large.p50:.2f}", f"{large.p50 / small.p50:.2f}")
        for name, (small, large) in ((name, both.values()) for name, both in growth.items())
    )
    yield f"p50 of the {HUB.name} over both data sets, the rounds interleaved:"
    yield ""
    head = (f"{size.mandates:,} mandates, ms" for size in (SICHUAN, TEN_TIMES))
    yield from table(("shape", *head, "ratio"), rows)


def endurance(first: FirstRequests, memory: Memory) -> Iterator[str]:
    """First requests of documents, and memory over many of them."""
    yield (
        f"{len(first.first)} different documents, one at a time, from request to answer: the first "
        f"request takes {first.middle:.1f} ms (median), {first.p99:.1f} ms (99 of 100), "
        f"{first.worst:.1f} ms (worst); the second {first.middle_again:.1f} ms (median)."
    )
    yield ""
    yield f"Resident memory of the hub over requests of {memory.documents:,} different documents:"
    yield ""
    rows = ((f"{requests:,}", f"{mb:.0f}") for requests, mb in memory.checkpoints)
    yield from table(("requests", "MB"), rows)
