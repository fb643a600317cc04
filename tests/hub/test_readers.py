"""Reading connections keep statements planned, as many as fit, and give slow ones a lane."""

from __future__ import annotations

from unittest.mock import patch

from hub.store import readers
from hub.store.database import Database
from hub.store.readers import BYTES_A_CHARACTER, Lane

KEPT = "SELECT count(*)::text FROM pg_prepared_statements WHERE statement LIKE '%each%'"


def statement(number: int) -> str:
    return f"SELECT '{number} each'::text" + " " * 80


async def test_statements_are_kept_while_they_fit(database: Database) -> None:
    room = 3 * BYTES_A_CHARACTER * len(statement(1)) + BYTES_A_CHARACTER
    one = Database(database.url, pool_size=1, statement_bytes=2 * room)
    try:
        for number in range(3):
            assert await one.read(statement(number), []) == f"{number} each"
        async with one.reader() as driver:
            assert await driver.fetchval(KEPT) == "3"
        for number in range(9):
            assert await one.read(statement(number), []) == f"{number} each"
        async with one.reader() as driver:
            assert int(await driver.fetchval(KEPT)) <= 4
    finally:
        await one.close()


async def test_a_slow_statement_goes_to_the_heavy_lane_until_it_is_fast(
    database: Database,
) -> None:
    lanes = database._readers
    served: list[str] = []
    for name, lane in (("light", lanes.light), ("heavy", lanes.heavy)):
        note(lane, name, served)
    slow = "SELECT pg_sleep($1)::text"
    with patch.object(readers, "SLOW", 2.0):
        for seconds in (0.0, 2.1, 0.0, 0.0):
            await database.read(slow, [seconds])
    assert served == ["light", "light", "heavy", "light"]
    await database.read("SELECT 1::text", [], is_heavy=True)
    assert served[-1] == "heavy"


def note(lane: Lane, name: str, served: list[str]) -> None:
    """Write down each turn of a lane."""
    take = lane.turns.take

    async def noted(caller: str) -> float:
        served.append(name)
        return await take(caller)

    patch.object(lane.turns, "take", noted).start()
