"""A process beside the reader that prepares every second page of a stream with much that is new.

It is forked when the first such page comes, takes the pages from the reader, and hands them to the
process that stores, which puts them in their order. Whoever shares an ID number or a key with a
record of a page that the other process prepares is found when stored (`hub.intake.newcomers`).
"""

from __future__ import annotations

from multiprocessing.connection import Connection, wait
from typing import NamedTuple

from hub.database import Database
from hub.forked import Failed
from hub.intake import Scope
from hub.pages import Page, Read, Source, prepare_page, stream_of


class Handed(NamedTuple):
    """A page of a stream on its way from the reader."""

    stream: str
    page: Page


async def serve_second(
    ours: Connection,
    database: Database,
    scope: Scope,
    source: Source,
    pages: Connection,
    first: Connection,
) -> None:
    """Prepare the pages that come until the other end or theirs is closed.

    `first` is the asking process's connection to the reader, which must not stay open in here.
    """
    first.close()
    database = Database(database.url, pool_size=1)
    try:
        while ours not in wait((ours, pages)):
            handed = pages.recv()
            answer: Read | Failed
            try:
                async with database.driver() as driver:
                    stream = stream_of(source, handed.stream)
                    answer = await prepare_page(driver, scope, stream, handed.page)
            except Exception as error:
                answer = Failed.of(error)
            ours.send(answer)
    finally:
        await database.close()
