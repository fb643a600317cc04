"""Read a source in a process of its own: it prepares the next pages while the last are stored.

Reading and checking a record takes Python longer than storing it, and one process uses one core.
The reader is forked, so that it has the divisions and the source without copying them; it only
reads from the store, and ends with the process that it reads for, however that ends.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple, TypeAlias

from hub.errors import Code
from hub.intake import Candidate, Issue, Refused, Scope
from hub.runs.absence import Unseen, find_unseen
from hub.runs.pages import Page, Read, Source, StreamSource, prepare_page, stream_of
from hub.runs.seen import Seen
from hub.runs.wire import send
from hub.store import Database, Driver, Failed, forked, receive


class Pages(NamedTuple):
    """The question for the pages of a stream."""

    stream: str
    since: object | None


class Absence(NamedTuple):
    """The question for what the pass that has just ended did not find."""

    stream: str


Question: TypeAlias = Pages | Absence | None
"""None says that everything read is stored."""


# --- The process that asks ------------------------------------------------------------------------


class SourceReader:
    """The process that reads, as the one that stores sees it. Made by `open_reader`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def read(self, stream: str, since: object | None) -> AsyncIterator[Read]:
        """The prepared pages of a stream.

        Raises what stopped the reader: TryLater, StopRun, or RuntimeError for a fault of ours.
        """
        answer = await self._ask(Pages(stream, since))
        while isinstance(answer, Read):
            yield answer
            answer = await receive(self._connection, READER_GONE)

    async def find_unseen(self, stream: str) -> Unseen:
        """What the pass that has just ended did not find of the stream that it read."""
        answer = await self._ask(Absence(stream))
        assert isinstance(answer, Unseen)
        return answer

    async def stored(self) -> None:
        """Tell the source that everything read is stored."""
        await self._ask(None)

    async def _ask(self, question: Question) -> object:
        send(self._connection, question)
        return await receive(self._connection, READER_GONE)


READER_GONE = (
    "The process that reads the source was ended from outside. What was stored before stays; "
    "run it again."
)


GRACE = 2
"""Seconds that the reader has to let go of its source before it is ended."""


@asynccontextmanager
async def open_reader(
    database: Database, scope: Scope, source: Source
) -> AsyncIterator[SourceReader]:
    """A process that reads `source`; it ends with the block."""
    async with forked(_serve, database, scope, source, grace=GRACE) as connection:
        yield SourceReader(connection)


# --- The process that reads -----------------------------------------------------------------------


async def _serve(ours: Connection, database: Database, scope: Scope, source: Source) -> None:
    """Answer until the other end is closed."""
    database = Database(database.url, pool_size=1)
    reading = Reading(ours, scope, source, Seen())
    try:
        while True:
            question = ours.recv()
            answer: Unseen | Failed | None
            try:
                answer = await _answer(reading, database, question)
            except Exception as error:  # also a closed connection, which then fails below again
                answer = Failed.of(error)
            send(ours, answer)
    finally:
        reading.seen.close()
        await source.close()
        await database.close()


class Reading(NamedTuple):
    """What the process that reads works with."""

    ours: Connection
    scope: Scope
    source: Source
    seen: Seen


async def _answer(reading: Reading, database: Database, question: Question) -> Unseen | None:
    """Answer a question; the pages of a stream go before the answer."""
    source, scope = reading.source, reading.scope
    if question is None:
        await source.stored()
        return None
    stream = stream_of(source, question.stream)
    async with database.driver() as driver:
        if isinstance(question, Absence):
            place = (scope.system.id, stream.kind.name, stream.name, scope.run_id)
            return await find_unseen(driver, reading.seen, *place)
        await _send_pages(reading, driver, stream, question.since)
    return None


async def _send_pages(
    reading: Reading, driver: Driver, stream: StreamSource, since: object | None
) -> None:
    reading.seen.begin()
    siblings = [
        each.name
        for each in reading.source.streams
        if each.kind is stream.kind and each.name != stream.name
    ]
    async for page in stream.pages(since):
        owners = await _find_owners(driver, reading.scope, stream, siblings, page)
        _refuse_repeated(page, reading.seen, owners, shifts=stream.shifts)
        reading.seen.doubt = page.doubt or reading.seen.doubt
        send(reading.ours, await prepare_page(driver, reading.scope, stream, page))


OWNERS = """
SELECT external_id, stream FROM source_record
WHERE system_id = $1 AND kind = $2 AND external_id = ANY($3) AND stream = ANY($4)
  AND deleted_at IS NULL AND missing_since IS NULL
"""


async def _find_owners(
    driver: Driver, scope: Scope, stream: StreamSource, siblings: list[str], page: Page
) -> dict[str, str]:
    """Which external ids of a page are those of live records of another stream of the kind."""
    if not siblings or not page.candidates:
        return {}
    keys = [candidate.external_id for candidate in page.candidates]
    rows = await driver.fetch(OWNERS, scope.system.id, stream.kind.name, keys, siblings)
    return dict(map(tuple, rows))


def _refuse_repeated(page: Page, seen: Seen, owners: Mapping[str, str], *, shifts: bool) -> None:
    """Refuse rows whose external id came before in this pass or is another stream's.

    The others are remembered. A row that the page marks as deleted does not delete the record of
    a row before it.
    """
    if any(refused.key == refused.place for refused in page.refused):
        seen.doubt = "rows could not be read so far as to tell which records they are"
    before = seen.add([candidate.external_id for candidate in page.candidates])
    if before and shifts:
        seen.doubt = "a record came twice, so that others may have been passed over meanwhile"
    _keep_first(page, before, owners)
    if page.deleted:
        live = seen.holding(page.deleted)
        page.deleted = [key for key in page.deleted if key not in live]


def _keep_first(page: Page, before: set[str], owners: Mapping[str, str]) -> None:
    """Keep the first row of each external id, and refuse the others."""
    first: list[Candidate] = []
    for candidate in page.candidates:
        if candidate.external_id in before:
            page.refused.append(_repeated(candidate, "came before in this pass"))
        elif owner := owners.get(candidate.external_id):
            page.refused.append(_repeated(candidate, f"is that of a record of stream {owner}"))
        else:
            before.add(candidate.external_id)
            first.append(candidate)
    page.candidates = first


def _repeated(candidate: Candidate, why: str) -> Refused:
    issue = Issue(
        Code.DUPLICATE_KEY,
        f"The id {candidate.external_id} {why}. The first row is kept; make the ids unique at the "
        "source, or the manifest's `key` longer.",
        "externalId",
    )
    key = f"{candidate.external_id} again, {candidate.place}"
    return Refused(key, [issue], {}, candidate.place, candidate.checksum)
