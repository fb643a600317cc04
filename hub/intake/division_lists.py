"""Take the divisions of the official lists into the store, where search finds them at once."""

from __future__ import annotations

from hub.divisions import load_divisions
from hub.search import rebuild
from hub.store import Driver


async def store_divisions(driver: Driver) -> int:
    """Store the divisions and successions of the files in `data/`; search follows, all or nothing.

    Gives the number of rows written: 0 where the store has them already. Raises
    StopRun(UNKNOWN_DIVISION) for a change in the files that the lists do not bear out.
    """
    async with driver.transaction():
        written = await load_divisions(driver)
        if written:
            await rebuild(driver)
    return written
