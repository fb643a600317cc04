"""The data sets: one of the size of Sichuan, and one ten times as large with the same fan-outs.

The large one takes the divisions of more provinces, until ten times as many congresses are
together: a congress, a township and a person have as many rows around them as in the small one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from demo import names
from hub.intake import store_divisions
from hub.store import migrate
from hub.store.database import Database, Driver

STATEMENTS = Path(__file__).with_name("data.sql")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a data set is, in all."""

    times: int
    mandates: int
    homes: int
    stations: int
    groups: int

    @property
    def database(self) -> str:
        """The name of its database."""
        return f"reads_{self.times}"


SICHUAN = Size(times=1, mandates=220_000, homes=4_000, stations=16_000, groups=4_000)
TEN_TIMES = Size(times=10, mandates=2_200_000, homes=40_000, stations=160_000, groups=40_000)

WANTED = """
CREATE TEMPORARY TABLE wanted (
    times int, mandates int, homes int, stations int, groups int,
    surnames text[], female text[], male text[])
"""


async def prepare(server: URL, size: Size) -> URL:
    """The URL of the database that holds the data set; builds it unless it is there already.

    One of an earlier revision is brought up to date, as a store in use would be.
    """
    url = server.set(database=size.database)
    root = Database(server)
    try:
        async with root.driver() as driver:
            is_built = await driver.fetchval(STATE, size.database) == digest(size)
            if not is_built:
                await driver.execute(f"DROP DATABASE IF EXISTS {size.database} WITH (FORCE)")
                await driver.execute(f"CREATE DATABASE {size.database}")
        await build(url, None if is_built else size)
        async with root.driver() as driver:
            await driver.execute(f"COMMENT ON DATABASE {size.database} IS '{digest(size)}'")
    finally:
        await root.close()
    return url


STATE = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = $1"


def digest(size: Size) -> str:
    """Equal for data sets that are the same: same statements, same size."""
    text = f"{size} {STATEMENTS.read_text()}"
    return hashlib.sha256(text.encode()).hexdigest()


async def build(url: URL, size: Size | None) -> None:
    """Bring the tables up to date and fill them, where they are to be filled."""
    database = Database(url)
    try:
        await migrate.upgrade(database)
        if size is not None:
            async with database.driver() as driver:
                await store_divisions(driver)
                await fill(driver, size)
    finally:
        await database.close()


async def fill(driver: Driver, size: Size) -> None:
    """Fill the golden tables and the source records behind them."""
    await driver.execute(WANTED)
    words = (list(names.SURNAMES), list(names.FEMALE), list(names.MALE))
    numbers = (size.times, size.mandates, size.homes, size.stations, size.groups)
    await driver.execute(
        "INSERT INTO wanted VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", *numbers, *words
    )
    await driver.execute(STATEMENTS.read_text())
    await driver.execute("VACUUM ANALYZE")
