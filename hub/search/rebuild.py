"""Build the search index anew from what it is an index of."""

from __future__ import annotations

from collections.abc import Callable, Collection
from uuid import UUID

from hub.search.entries import Entry, Fact, make_entries, ranks
from hub.search.sources import SOURCES, SearchSource
from hub.search.upkeep import REMOVE
from hub.store import Driver, copy_rows, packed_rows, writing
from hub.subjects.search import SearchKind

CHUNK = 5000

Progress = Callable[[SearchKind, int], None]
"""Told the rows of a kind that are done."""


async def rebuild(
    driver: Driver,
    on_progress: Progress = lambda _kind, _done: None,
    kinds: Collection[SearchKind] = tuple(SearchKind),
) -> dict[SearchKind, int]:
    """Renew the entries of all rows and remove those of rows that are gone; give rows by kind.

    Works in short transactions: who reads or writes meanwhile need not wait for the end.
    """
    done = {}
    for source in (source for source in SOURCES if source.kind in kinds):
        done[source.kind] = await _rebuild(driver, source, on_progress)
        await driver.execute(
            f"DELETE FROM search_entry e WHERE rank = ANY($1::smallint[]) "
            f"AND NOT EXISTS (SELECT FROM {source.table} t WHERE t.id = e.entity_id)",
            ranks(source.kind),
        )
    await driver.execute("ANALYZE search_entry")
    return done


async def _rebuild(driver: Driver, source: SearchSource, on_progress: Progress) -> int:
    last: UUID | str = UUID(int=0)
    done = 0
    while last_and_count := await _renew_next(driver, source, last):
        last, count = last_and_count
        done += count
        on_progress(source.kind, done)
    return done


async def _renew_next(
    driver: Driver, source: SearchSource, after: UUID | str
) -> tuple[UUID | str, int] | None:
    """Renew the entries of the next rows; give the last id and their number."""
    async with writing(driver):
        facts = [Fact(*row) for row in await driver.fetch(source.next(), after, CHUNK)]
        if not facts:
            return None
        ids = {fact.id for fact in facts}
        await driver.execute(REMOVE, list(ids))
        entries = make_entries(source.kind, facts)
        await copy_rows(driver, packed_rows("search_entry", Entry._fields, entries))
    return facts[-1].id, len(ids)


async def is_empty(driver: Driver) -> bool:
    """Whether nothing can be found, as in a store of an earlier version."""
    return not await driver.fetchval("SELECT EXISTS (SELECT FROM search_entry)")
