"""The read part from the first to the last step."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console
from rich.markdown import Markdown
from sqlalchemy import URL, make_url

from bench.reads.compare import check_same
from bench.reads.contenders import CONTENDERS, HUB
from bench.reads.data import SICHUAN, TEN_TIMES, Size, prepare
from bench.reads.endurance import FirstRequests, Memory, time_first_requests, watch_memory
from bench.reads.measure import FULL, QUICK, Pace, Result, measure
from bench.reads.orders import measure_orders
from bench.reads.processes import Server, serving, serving_all
from bench.reads.report import Measured, lines, write
from bench.reads.shapes import SHAPES, Shape
from bench.reads.targets import Results
from hub.settings import ROOT
from hub.store.database import Database
from hub.store.embedded import embedded_url

FOLDER = ROOT / "var" / "bench"
SAMPLE = 20
"""Answers of each shape that are compared before anything is timed."""

out = Console(stderr=True)


@dataclass(frozen=True, slots=True)
class Store:
    """A data set, and the URL of the database that holds it."""

    size: Size
    url: URL


async def measure_reads(*, quick: bool) -> None:
    """Build the data, compare the servers, write docs/performance.md.

    A quick run leaves out ten times the data, and only prints.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    root = make_url(embedded_url(FOLDER / "postgres")).set(drivername="postgresql+asyncpg")
    stores = [await build(root, size) for size in ([SICHUAN] if quick else [SICHUAN, TEN_TIMES])]
    measured = await measure_all(stores, QUICK if quick else FULL)
    if quick:
        out.print(Markdown("\n".join(lines(measured))))
    else:
        out.print(f"Written: {write(measured)}")


async def measure_all(stores: list[Store], pace: Pace) -> Measured:
    """Everything over the stores, the first of one time the data."""
    first, memory = await measure_endurance(stores[0], pace)
    return Measured(
        pace,
        await read_version(stores[0]),
        {store.size: await compare_servers(store, pace) for store in stores},
        await measure_growth(stores[0], stores[1], pace) if len(stores) > 1 else {},
        first,
        memory,
        await measure_orders(stores[0].url),
    )


async def build(root: URL, size: Size) -> Store:
    """The data set in its database."""
    out.print(f"{size.mandates:,} mandates: building them, unless they are there")
    return Store(size, await prepare(root, size))


async def read_version(store: Store) -> str:
    """The version of PostgreSQL."""
    database = Database(store.url)
    async with database.driver() as driver:
        version: str = await driver.fetchval("SHOW server_version")
    await database.close()
    return version


# --- The servers side by side --------------------------------------------------------------------


async def compare_servers(store: Store, pace: Pace) -> Results:
    """The results by shape and server."""
    async with serving_all(CONTENDERS, store.url, FOLDER) as servers:
        return {shape.name: await compare_shape(servers, shape, store, pace) for shape in SHAPES}


async def compare_shape(
    servers: list[Server], shape: Shape, store: Store, pace: Pace
) -> dict[str, Result]:
    """The results of one shape by server. Raises Different where the data are not the same."""
    keys = await draw_keys(store.url, shape, pace.keys)
    requests = {server.name: await prepared(server, shape, keys) for server in servers}
    await check_same(shape.name, servers, requests, SAMPLE)
    results = await measure(servers, requests, pace)
    figures = (f"{name} {one.per_second:,.0f}/s" for name, one in results.items())
    out.print(f"{store.size.mandates:,} mandates, {shape.name}: {', '.join(figures)}")
    return results


async def prepared(server: Server, shape: Shape, keys: list[str]) -> list[bytes]:
    """The requests of a shape for a server."""
    return await server.contender.prepare(server.port, shape, keys)


async def draw_keys(url: URL, shape: Shape, count: int) -> list[str]:
    """What varies from request to request, the same in every run."""
    arguments = (count, list(shape.levels)) if shape.levels else (count,)
    database = Database(url)
    async with database.driver() as driver:
        rows = await driver.fetch(shape.keys, *arguments)
    await database.close()
    return [row[0] for row in rows]


# --- The hub alone -------------------------------------------------------------------------------


async def measure_growth(small: Store, large: Store, pace: Pace) -> Results:
    """The hub over both data sets in turn: results by shape and data set."""
    async with (
        serving(HUB, small.url, FOLDER, "one time") as one,
        serving(HUB, large.url, FOLDER, "ten times") as ten,
    ):
        results = {}
        for shape in SHAPES:
            requests = {
                server.name: await prepared(
                    server, shape, await draw_keys(store.url, shape, pace.keys)
                )
                for server, store in ((one, small), (ten, large))
            }
            results[shape.name] = await measure([one, ten], requests, pace)
        return results


async def measure_endurance(store: Store, pace: Pace) -> tuple[FirstRequests, Memory]:
    """First requests of documents, and memory over many of them, each in a process of its own."""
    async with serving(HUB, store.url, FOLDER) as server:
        first = await time_first_requests(server, pace.fresh)
    async with serving(HUB, store.url, FOLDER) as server:
        memory = await watch_memory(server, pace.documents, pace.requests, steps=10)
    return first, memory
