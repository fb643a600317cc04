"""What every connector is to the rest of the hub, and the rows it hands over."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from typing import NamedTuple, Protocol, TypeAlias

from connectors.manifest import StreamManifest
from hub.errors import Code, Refusal, StopRun
from hub.values import scrub

BATCH = 2500
"""Rows in one batch, but for pages of an API, which stay whole. A page of 5000 takes half as much
memory again in each process that it goes through."""
LONGEST_CELL = 1024 * 1024
"""Characters of one cell at most; what is longer is no field of a record."""
SHOWN = 500


class Row(NamedTuple):
    """One row as the source gave it, and where it stands there.

    A value may be a Refusal: a cell that is there and cannot be read. `warnings` are what is odd
    about the row as a whole.
    """

    values: Mapping[str, object]
    place: str
    warnings: tuple[Refusal, ...] = ()


class BadRow(NamedTuple):
    """A row that cannot even be read as a row; `raw` is its start, without id numbers."""

    place: str
    refusal: Refusal
    raw: str


Batch: TypeAlias = list[Row | BadRow]


class Connector(Protocol):
    """One open source system. Methods raise TryLater or StopRun, nothing else.

    `shifts` says that rows may move from page to page while a stream is read, so that one comes
    twice and another never.
    """

    shifts: bool

    def read(self, stream: StreamManifest, since: object | None) -> AsyncGenerator[Batch]:
        """The rows of `stream` in batches of some thousand at most.

        `since` is what `position` gave after an earlier read, or None for a complete pass. Read it
        inside `contextlib.aclosing`, so that leaving early lets go of the source.
        """
        ...

    def position(self, stream: StreamManifest) -> object | None:
        """Where the next incremental read starts, as JSON; right once `read` came to its end."""
        ...

    def doubt(self, stream: StreamManifest) -> str | None:
        """Why records that the last pass did not give may still be there; None where it is sure."""
        ...

    async def fetch(self, stream: StreamManifest, keys: list[str]) -> dict[str, Row]:
        """The rows of single records by external id, as they are now; unknown ids are left out.

        Raises StopRun(SOURCE_REFUSED) where the source cannot look up single records.
        """
        ...

    async def check(self) -> None:
        """Connect and read nothing."""
        ...

    async def stored(self) -> None:
        """Told after a run that stored everything that was read."""
        ...

    async def close(self) -> None:
        """Give up the connection."""
        ...


def bad_row(place: str, code: Code, problem: str, raw: str) -> BadRow:
    """A row at `place` that cannot be read; id numbers are cut out of `raw`."""
    message = f"{place}: {problem}. Correct the row at the source."
    return BadRow(place, Refusal(code, message), scrub(raw[: 2 * SHOWN])[:SHOWN])


def check_columns(stream: StreamManifest, found: set[str], place: str) -> None:
    """Raise StopRun(SOURCE_CHANGED) where a column that `stream` needs is not in `found`."""
    missing = sorted(stream.required - found)
    if missing:
        raise StopRun(
            Code.SOURCE_CHANGED,
            f"{place} has no column {', '.join(missing)}, which stream {stream.name} maps. "
            f"Columns found: {', '.join(sorted(found))}. "
            "Correct the manifest, or have the source put the column back.",
        )
