"""Pages of a source: as they are read, and prepared to be stored."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from hub.intake import Batch, Candidate, Prepared, RawRecord, Refused, Scope, prepare
from hub.store import Driver
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind


@dataclass(slots=True)
class Page:
    """Some rows of a stream.

    `deleted` are external ids that the source marks as deleted. `cursor` is set where every row up
    to it has been handed over, in this page or before. `doubt` is set where the pass is over and
    may have missed records: why.
    """

    candidates: list[Candidate] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    cursor: object | None = None
    doubt: str | None = None


class StreamSource(Protocol):
    """One stream of a system, as its connector and mapping present it."""

    name: str
    kind: RecordKind
    digest: str
    """Digest of the mapping; a changed mapping reads everything anew."""
    believes_absence: bool
    """Whether a record that a complete pass lacks is deleted."""
    shifts: bool
    """Whether rows may move from page to page while they are read."""

    def pages(self, since: object | None) -> AsyncIterator[Page]:
        """The rows since a cursor, or all. Raises TryLater or StopRun."""
        ...

    def read(self, row: object) -> RawRecord:
        """Raw values by record field. Raises Refusal."""
        ...


class Limits(NamedTuple):
    """How much one run may read, and how long it may take."""

    rows: int = 10_000_000
    minutes: float = 360


class Source(Protocol):
    """A system that can be read."""

    @property
    def limits(self) -> Limits:
        """What a run over it may take."""
        ...

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


def stream_of(source: Source, name: str) -> StreamSource:
    """The stream of this name."""
    return next(stream for stream in source.streams if stream.name == name)


async def prepare_page(driver: Driver, scope: Scope, stream: StreamSource, page: Page) -> Read:
    """A page ready to be stored. Only reads from the store."""
    batch = Batch(KINDS[stream.kind], stream.name, page.candidates, stream.read, page.refused)
    known = len(scope.divisions.unlisted)
    prepared = await prepare(driver, scope, batch)
    unlisted = [division.code for division in scope.divisions.unlisted[known:]]
    return Read(prepared, page.deleted, page.cursor, unlisted)
