"""Read a source in a process of its own: it prepares the next pages while the last are stored.

Reading and checking a record takes Python as long as storing it, and one process uses one core.
The reader is forked, so that it has the divisions and the source without copying them; it only
reads from the store, and ends with the process that it reads for, however that ends.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import NamedTuple, Protocol, TypeAlias

from hub.absence import Unseen, find_unseen
from hub.database import Database, Driver
from hub.enums import RecordKind
from hub.errors import Code, StopRun
from hub.forked import Failed, forked
from hub.intake import Batch, Candidate, Issue, Prepared, Refused, Scope, prepare
from hub.intake.batch import RawRecord
from hub.records import KINDS
from hub.seen import Seen


@dataclass(slots=True)
class Page:
    """Some rows of a stream.

    `deleted` are external ids that the source marks as deleted. `cursor` is set where every row up
    to it has been handed over, in this page or before.
    """

    candidates: list[Candidate] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    cursor: object | None = None


class StreamSource(Protocol):
    """One stream of a system, as its connector and mapping present it."""

    name: str
    kind: RecordKind
    digest: str
    """Digest of the mapping; a changed mapping reads everything anew."""
    believes_absence: bool
    """Whether a record that a complete pass lacks is deleted."""

    def pages(self, since: object | None) -> AsyncIterator[Page]:
        """The rows since a cursor, or all. Raises TryLater or StopRun."""
        ...

    def read(self, row: object) -> RawRecord:
        """Raw values by record field. Raises Refusal."""
        ...


class Source(Protocol):
    """A system that can be read."""

    @property
    def streams(self) -> Sequence[StreamSource]:
        """What can be read."""
        ...

    async def stored(self) -> None:
        """Called when everything is stored: files may be archived."""
        ...

    async def close(self) -> None:
        """Let go of the system."""
        ...


class Read(NamedTuple):
    """A page that is prepared, the ids that it marks as deleted, and its cursor.

    `unlisted` are the codes of townships that it names first and that no list names.
    """

    prepared: Prepared
    deleted: list[str]
    cursor: object | None
    unlisted: list[str]


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


class Reader:
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
            answer = await self._receive()

    async def find_unseen(self, stream: str) -> Unseen:
        """What the pass that has just ended did not find of the stream that it read."""
        answer = await self._ask(Absence(stream))
        assert isinstance(answer, Unseen)
        return answer

    async def stored(self) -> None:
        """Tell the source that everything read is stored."""
        await self._ask(None)

    async def _ask(self, question: Question) -> object:
        self._connection.send(question)
        return await self._receive()

    async def _receive(self) -> object:
        try:
            answer = await asyncio.to_thread(self._connection.recv)
        except (EOFError, ConnectionError) as error:
            raise StopRun(Code.INTERNAL, READER_GONE) from error
        if isinstance(answer, Failed):
            raise answer.error()
        return answer


READER_GONE = (
    "The process that reads the source was ended from outside. What was stored before stays; "
    "run it again."
)


GRACE = 2
"""Seconds that the reader has to let go of its source before it is ended."""


@asynccontextmanager
async def open_reader(database: Database, scope: Scope, source: Source) -> AsyncIterator[Reader]:
    """A process that reads `source`; it ends with the block."""
    async with forked(_serve, database, scope, source, grace=GRACE) as connection:
        yield Reader(connection)


# --- The process that reads -----------------------------------------------------------------------


async def _serve(ours: Connection, database: Database, scope: Scope, source: Source) -> None:
    """Answer until the other end is closed."""
    seen, database = Seen(), Database(database.url, pool_size=1)
    try:
        while True:
            question = ours.recv()
            answer: Unseen | Failed | None
            try:
                answer = await _answer(ours, question, database, scope, source, seen)
            except Exception as error:  # also a closed connection, which then fails below again
                answer = Failed.of(error)
            ours.send(answer)
    finally:
        seen.close()
        await source.close()
        await database.close()


async def _answer(
    ours: Connection,
    question: Question,
    database: Database,
    scope: Scope,
    source: Source,
    seen: Seen,
) -> Unseen | None:
    """Answer a question; the pages of a stream go before the answer."""
    if question is None:
        await source.stored()
        return None
    stream = next(stream for stream in source.streams if stream.name == question.stream)
    async with database.driver() as driver:
        if isinstance(question, Absence):
            place = (scope.system.id, stream.kind.name, stream.name)
            return await find_unseen(driver, seen, *place)
        await _send_pages(ours, driver, scope, stream, question.since, seen)
    return None


async def _send_pages(
    ours: Connection,
    driver: Driver,
    scope: Scope,
    stream: StreamSource,
    since: object | None,
    seen: Seen,
) -> None:
    seen.begin()
    async for page in stream.pages(since):
        _refuse_repeated(page, seen)
        batch = Batch(KINDS[stream.kind], stream.name, page.candidates, stream.read, page.refused)
        known = len(scope.divisions.unlisted)
        prepared = await prepare(driver, scope, batch)
        unlisted = [division.code for division in scope.divisions.unlisted[known:]]
        ours.send(Read(prepared, page.deleted, page.cursor, unlisted))


def _refuse_repeated(page: Page, seen: Seen) -> None:
    """Refuse rows whose external id came before in this pass; remember the others."""
    if any(refused.key == refused.place for refused in page.refused):
        seen.has_rows_without_key = True
    before = seen.add([candidate.external_id for candidate in page.candidates])
    first: list[Candidate] = []
    for candidate in page.candidates:
        if candidate.external_id in before:
            page.refused.append(_repeated(candidate))
        else:
            before.add(candidate.external_id)
            first.append(candidate)
    page.candidates = first


def _repeated(candidate: Candidate) -> Refused:
    issue = Issue(
        Code.DUPLICATE_KEY,
        f"The id {candidate.external_id} came before in this pass. The first row is kept; make "
        "the ids unique at the source, or the manifest's `key` longer.",
        "externalId",
    )
    key = f"{candidate.external_id} again, {candidate.place}"
    return Refused(key, [issue], {}, candidate.place, candidate.checksum)
