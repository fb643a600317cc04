"""Many callers at once: lanes, turns, hostile documents, processes. Each against being alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from statistics import median

import httpx2
import psutil
from rich.console import Console
from sqlalchemy import URL, make_url

from bench.client import BadAnswer, Timings, drive
from bench.duties_report import write_section
from bench.hostile import HOSTILE
from bench.reads.contenders import HUB, Contender, graphql, hub_command
from bench.reads.data import SICHUAN, Size, prepare
from bench.reads.documents import make_documents
from bench.reads.processes import Server, serving
from bench.reads.run import FOLDER, draw_keys
from bench.reads.shapes import LIST_PAGE, SINGLE_NODE
from hub.settings import ROOT
from hub.store.database import Database
from hub.store.embedded import embedded_url
from resolvers.introspection import WHOLE

FILE = ROOT / "docs" / "performance-crowd.md"

AGGREGATE = """{
  deputies { aggregate { groupBy(by: [{level: true}, {status: true}]) { keys { value } count } } }
}"""
"""A heavy read: all mandates in groups."""

SMALL = "{ __typename }"
SENDERS = 4
"""Clients that send each hostile document."""

TWO_PROCESSES = Contender(
    "two processes", lambda port: [*hub_command(port), "--workers", "2"], HUB.prepare
)

out = Console(stderr=True)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what it is, alone, in the crowd, and the bound of the one over the other."""

    about: str
    alone: float
    crowded: float
    bound: float

    @property
    def ratio(self) -> float:
        return self.crowded / self.alone

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.bound


@dataclass(frozen=True, slots=True)
class Extent:
    """How long and how much is measured."""

    size: Size
    rounds: int
    seconds: float
    documents: int


FULL = Extent(SICHUAN, 5, 4.0, 5000)


def percentile(timings: Timings, share: float) -> float:
    """Milliseconds within which a share of the requests was answered."""
    waits = sorted(timings.latencies)
    return waits[min(len(waits) - 1, int(len(waits) * share))] * 1000


async def measure_crowd(extent: Extent = FULL) -> None:
    """Measure all of it; write its section of docs/performance-crowd.md."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    root = make_url(embedded_url(FOLDER / "postgres")).set(drivername="postgresql+asyncpg")
    rows = await measure(await prepare(root, extent.size), extent)
    about = (
        f"{extent.size.mandates:,} mandates, medians of {extent.rounds} rounds of "
        f"{extent.seconds:g} s, on {psutil.cpu_count()} cores that clients, hub and PostgreSQL "
        "share. Times are in milliseconds."
    )
    text = "\n".join(table(rows))
    write_section("The crowd", f"{about}\n\n{text}", FILE)
    out.print(text)


async def measure(url: URL, extent: Extent) -> list[Row]:
    """Every figure in turn."""
    async with serving(HUB, url, FOLDER) as server:
        nodes = await HUB.prepare(server.port, SINGLE_NODE, await draw_keys(url, SINGLE_NODE, 200))
        pages = await HUB.prepare(server.port, LIST_PAGE, await draw_keys(url, LIST_PAGE, 50))
        rows = [
            *await beside_aggregates(server, nodes, extent),
            await many_connections(server, pages, extent),
            await introspection(server, nodes, extent),
            await beside_hostile(server, extent),
            await memory(server, url, extent),
        ]
    return [*rows, await processes(url, extent)]


async def beside_aggregates(server: Server, nodes: list[bytes], extent: Extent) -> list[Row]:
    """Single nodes alone, and beside ten clients that ask for heavy aggregates."""
    heavy = [graphql(server.port, AGGREGATE)]
    alone, beside = [], []
    for _ in range(extent.rounds):
        alone.append(await drive(server.port, nodes, concurrency=4, seconds=extent.seconds))
        crowd = asyncio.create_task(
            drive_on(server.port, heavy, concurrency=10, seconds=extent.seconds)
        )
        await asyncio.sleep(0.2)
        beside.append(await drive(server.port, nodes, concurrency=4, seconds=extent.seconds))
        await crowd
    late = [median(percentile(each, 0.99) for each in group) for group in (alone, beside)]
    pace = [median(each.per_second for each in group) for group in (alone, beside)]
    return [
        Row("p99 of single nodes beside 10 heavy aggregates", late[0], late[1], 3),
        Row("seconds of 1,000 single nodes beside them", 1000 / pace[0], 1000 / pace[1], 2),
    ]


async def many_connections(server: Server, pages: list[bytes], extent: Extent) -> Row:
    """p99 against p50 of the list page at 64 connections."""
    rounds = [
        await drive(server.port, pages, concurrency=64, seconds=extent.seconds)
        for _ in range(extent.rounds)
    ]
    middle, late = (median(percentile(each, share) for each in rounds) for share in (0.5, 0.99))
    return Row("list page at 64 connections, p99 for p50", middle, late, 3)


async def introspection(server: Server, nodes: list[bytes], extent: Extent) -> Row:
    """The whole schema against a single node, one request at a time."""
    whole = [graphql(server.port, WHOLE)]
    pairs = []
    for _ in range(extent.rounds):
        pairs.append(
            [
                percentile(await drive(server.port, asked, concurrency=1, count=100), 0.5)
                for asked in (nodes, whole)
            ]
        )
    node, schema = (median(pair[place] for pair in pairs) for place in (0, 1))
    return Row("p50 of introspection for that of a single node", node, schema, 5)


async def beside_hostile(server: Server, extent: Extent) -> Row:
    """The worst p99 of a small query while each hostile document is sent by four clients."""
    small = [graphql(server.port, SMALL)]
    alone = percentile(await drive(server.port, small, concurrency=1, count=200), 0.99)
    worst = 0.0
    for name, document in HOSTILE.items():
        senders = [asyncio.create_task(send(server.port, document)) for _ in range(SENDERS)]
        watched = await drive(server.port, small, concurrency=1, seconds=extent.seconds / 4)
        await asyncio.gather(*senders)
        out.print(f"{name}: {percentile(watched, 0.99):.0f} ms")
        worst = max(worst, percentile(watched, 0.99))
    about = f"p99 of a small query beside each of {len(HOSTILE)} hostile documents, 100 ms at most"
    return Row(about, alone, worst, 100 / alone)


async def send(port: int, document: str) -> None:
    """Send a document, whatever the answer."""
    async with httpx2.AsyncClient(timeout=60) as client:
        await client.post(f"http://127.0.0.1:{port}/graphql", json={"query": document})


async def memory(server: Server, url: URL, extent: Extent) -> Row:
    """Megabytes of PostgreSQL's processes before and after so many different documents."""
    before = await postgres_megabytes(url)
    asked = [graphql(server.port, text) for text in make_documents(extent.documents)]
    await drive(server.port, asked, concurrency=8, count=len(asked))
    after = await postgres_megabytes(url)
    about = f"MB of PostgreSQL after {extent.documents:,} different documents, 600 at most"
    return Row(about, before, after, 600 / before)


async def postgres_megabytes(url: URL) -> float:
    """What the processes that serve a database hold, each share of shared memory once."""
    database = Database(url)
    async with database.driver() as driver:
        rows = await driver.fetch(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
        )
    await database.close()
    total = 0
    for row in rows:
        with suppress(psutil.NoSuchProcess):
            total += psutil.Process(row["pid"]).memory_full_info().pss
    return total / 2**20


async def processes(url: URL, extent: Extent) -> Row:
    """Seconds of 1,000 list pages at 64 connections, over one process and over two."""
    paces = []
    for contender in (HUB, TWO_PROCESSES):
        async with serving(contender, url, FOLDER) as server:
            keys = await draw_keys(url, LIST_PAGE, 50)
            asked = await contender.prepare(server.port, LIST_PAGE, keys)
            rounds = [
                await drive(server.port, asked, concurrency=64, seconds=extent.seconds)
                for _ in range(extent.rounds)
            ]
        paces.append(1000 / median(each.per_second for each in rounds))
    return Row("seconds of 1,000 list pages, two processes for one", paces[0], paces[1], 1)


async def drive_on(port: int, requests: Sequence[bytes], **pace: float) -> None:
    """Drive although some are sent away: that is what a crowd is for."""
    with suppress(BadAnswer):
        await drive(port, requests, concurrency=int(pace["concurrency"]), seconds=pace["seconds"])


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The figures as a table."""
    yield "| | alone | in the crowd | ratio | at most | |"
    yield "|---|--:|--:|--:|--:|---|"
    for row in rows:
        yield (
            f"| {row.about} | {row.alone:.2f} | {row.crowded:.2f} | {row.ratio:.2f} "
            f"| {row.bound:.1f} | {'met' if row.is_met else 'missed'} |"
        )
