"""Part `board`: the five-aspect board of a prefecture over a million records.

Opinions, hand-overs and projects are made inside PostgreSQL and spread over the prefecture's
divisions; only the reading is measured. The statement goes the way of a request but for HTTP.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from statistics import median

from rich.console import Console
from sqlalchemy import make_url

from bench.contenders import FOLDER
from bench.duties_report import write_section
from hub.intake import store_divisions
from hub.store import migrate
from hub.store.database import Database, Driver
from hub.store.embedded import embedded_url
from resolvers.operations import ENGINE

PREFECTURE = "510600"
QUERY = """query Board($division: String!, $year: Int!) {
  supervisionBoard(division: $division, year: $year) {
    aspect total done overdue numerator denominator rate
  }
}"""
PLACES = """
CREATE TEMP TABLE places AS
SELECT row_number() OVER () - 1 AS place, d.id FROM division d
WHERE d.valid_to IS NULL AND d.level <> 'VILLAGE'
  AND d.path && (SELECT array_agg(id) FROM division WHERE code = $1)
"""
NUMBERS = """
FROM generate_series(1, {count}) AS n JOIN places p ON p.place = n % (SELECT count(*) FROM places)
"""
PARTS = {
    "public_opinion": (
        0.4,
        "(id, division_id, level, state, received_at) "
        "SELECT gen_random_uuid(), p.id, 'TOWNSHIP', 'CLOSED', date '2025-01-01' + (n % 365)::int",
    ),
    "assignment": (
        0.4,
        "(id, division_id, assigned_at, replied_at, legal_due_date) "
        "SELECT gen_random_uuid(), p.id, date '2025-01-01' + (n % 300)::int, "
        "CASE WHEN n % 10 > 0 THEN date '2025-12-01' END, date '2025-04-01' + (n % 300)::int",
    ),
    "livelihood_project": (
        0.2,
        "(id, division_id, level, year, title, state, planned_finish) "
        "SELECT gen_random_uuid(), p.id, 'TOWNSHIP', 2025, 'P' || n, "
        "CASE WHEN n % 5 > 0 THEN 'COMPLETED' ELSE 'IN_PROGRESS' END, "
        "date '2025-06-01' + (n % 200)::int",
    ),
}
"""The share of each table, and what one of its rows holds."""
LIMIT = 100.0
"""Milliseconds that the board may take."""
TEXT = """{records:,} opinions, hand-overs and projects of one prefecture, the board of {year} asked
for {rounds} times, one at a time, from the GraphQL operation to its finished answer, on {cores}
cores with PostgreSQL on the same machine; milliseconds.

| | p50 | p90 | slowest |
|---|---|---|---|
| the five-aspect board | {p50:.1f} | {p90:.1f} | {slowest:.1f} |

{verdict}
"""
YEAR = 2025


async def measure_board(records: int, rounds: int) -> None:
    """Fill an empty store, ask for the board `rounds` times, write what that took."""
    shutil.rmtree(FOLDER / "board", ignore_errors=True)
    url = make_url(embedded_url(FOLDER / "board")).set(drivername="postgresql+asyncpg")
    database = Database(url)
    try:
        await migrate.upgrade(database)
        async with database.driver() as driver:
            await fill(driver, records)
        times = [await ask(database) for _ in range(rounds)]
    finally:
        await database.close()
    text = report(records, times)
    Console().print(text)
    write_section("The five-aspect board", text)


def report(records: int, times: Sequence[float]) -> str:
    """The section of the document; `times` are seconds."""
    taken = sorted(time * 1000 for time in times)
    holds = "stays" if taken[-1] < LIMIT else "does not always stay"
    return TEXT.format(
        records=records,
        year=YEAR,
        rounds=len(taken),
        cores=os.cpu_count(),
        p50=median(taken),
        p90=taken[len(taken) * 9 // 10],
        slowest=taken[-1],
        verdict=f"The board {holds} below {LIMIT:.0f} ms.",
    )


async def fill(driver: Driver, records: int) -> None:
    """Divisions, and `records` opinions, hand-overs and projects of one prefecture."""
    await store_divisions(driver)
    await driver.execute(PLACES, PREFECTURE)
    for table, (share, row) in PARTS.items():
        numbers = NUMBERS.format(count=int(records * share))
        await driver.execute(f"INSERT INTO {table} {row} {numbers}")
    await driver.execute("ANALYZE")


async def ask(database: Database) -> float:
    """Seconds that the board takes."""
    start = time.perf_counter()
    given = {"division": PREFECTURE, "year": YEAR}
    prepared = ENGINE.prepare(QUERY, None, given, reads_restricted=False)
    await ENGINE.answer(database, prepared)
    return time.perf_counter() - start
