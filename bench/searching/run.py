"""Fill a store, search it, and write the table into docs/search.md."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median, quantiles

from rich.console import Console
from rich.progress import track
from sqlalchemy import make_url

from bench.searching.data import HOMES, PEOPLE, STATIONS, fill
from bench.searching.shapes import Shape, shapes
from hub.intake import store_divisions
from hub.search.rebuild import rebuild
from hub.settings import ROOT
from hub.store import migrate
from hub.store.database import Database
from hub.store.embedded import embedded_url
from resolvers.operations import ENGINE

NAME = "search"
DOCUMENT = """
query Find($text: String!, $kinds: [SearchKind!], $division: String) {
  search(text: $text, kinds: $kinds, division: $division) { kind name match score node { id } }
}
"""
FILE = ROOT / "docs" / "search.md"
HEADING = "## Speed"
LIMIT = 20.0
"""Milliseconds that a search may take."""

out = Console(stderr=True)


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds of the searches of a shape, sorted."""

    shape: Shape
    times: Sequence[float]

    @property
    def p50(self) -> float:
        """The median."""
        return median(self.times)

    @property
    def p99(self) -> float:
        """What 99 of 100 searches stay below."""
        return quantiles(self.times, n=100, method="inclusive")[98]


async def measure_search(rounds: int) -> None:
    """Measure all shapes, print the table and write it into docs/search.md."""
    database = await prepare()
    taken = [await measure(database, shape, rounds) for shape in track(list(shapes()), console=out)]
    text = await write(database, taken)
    await database.close()
    out.print(text)


async def prepare() -> Database:
    """The store with its people and its index, made anew."""
    folder = ROOT / "var" / "bench"
    server = make_url(embedded_url(folder / "postgres")).set(drivername="postgresql+asyncpg")
    root = Database(server)
    async with root.driver() as driver:
        await driver.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        await driver.execute(f"CREATE DATABASE {NAME}")
    await root.close()
    database = Database(server.set(database=NAME))
    await migrate.upgrade(database)
    async with database.driver() as driver:
        with out.status("Filling the store"):
            await store_divisions(driver)
            await fill(driver)
        with out.status("Building the index"):
            await rebuild(driver)
            await driver.execute("VACUUM ANALYZE")
    return database


async def measure(database: Database, shape: Shape, rounds: int) -> Taken:
    """Search `rounds` times, the texts in turn, after each text once to warm up."""
    for text in shape.texts:
        await search(database, shape, text)
    gc.collect()
    gc.disable()
    times = [await search(database, shape, text) for text in islice(cycle(shape.texts), rounds)]
    gc.enable()
    return Taken(shape, sorted(times))


async def search(database: Database, shape: Shape, text: str) -> float:
    """The milliseconds of one search, from the operation to its finished answer."""
    variables = {"text": text, **shape.how}
    started = time.perf_counter()
    prepared = ENGINE.prepare(DOCUMENT, None, variables, reads_restricted=False)
    await ENGINE.answer(database, prepared)
    return (time.perf_counter() - started) * 1000


TEXT = """{heading}

Written by `python -m bench search`: {people:,} invented people, {places:,} homes and stations and
{divisions:,} divisions; {entries:,} entries, {size} with their indexes. Each search runs from the
GraphQL operation to its finished answer of 20 hits, one at a time, {rounds} times, PostgreSQL
{server} on the same {cores} cores; milliseconds.

| Typed | for example | p50 | p99 |
|---|---|---|---|
{rows}

{verdict}
"""


async def write(database: Database, taken: Sequence[Taken]) -> str:
    """Put the table at the end of docs/search.md; give it."""
    async with database.driver() as driver:
        server = await driver.fetchval("SHOW server_version")
        entries = await driver.fetchval("SELECT count(*) FROM search_entry")
        divisions = await driver.fetchval("SELECT count(*) FROM division")
        size = await driver.fetchval(
            "SELECT pg_size_pretty(pg_total_relation_size('search_entry'))"
        )
    text = TEXT.format(
        heading=HEADING,
        people=PEOPLE,
        places=HOMES + STATIONS,
        divisions=divisions,
        entries=entries,
        size=size,
        rounds=len(taken[0].times),
        server=server,
        cores=os.cpu_count(),
        rows="\n".join(map(row, taken)),
        verdict=verdict(taken),
    )
    before, _, _ = FILE.read_text().partition(HEADING)
    FILE.write_text(before.rstrip() + "\n\n" + text)
    return text


def row(taken: Taken) -> str:
    """A line of the table."""
    return f"| {taken.shape.name} | `{taken.shape.texts[0]}` | {taken.p50:.1f} | {taken.p99:.1f} |"


def verdict(taken: Sequence[Taken]) -> str:
    """Whether the limit holds."""
    slow = [item.shape.name for item in taken if item.p99 > LIMIT]
    if not slow:
        return f"Every kind stays below {LIMIT:.0f} ms, 99 times of 100."
    return f"Above {LIMIT:.0f} ms at p99: {', '.join(slow)}."
