"""What connectors of HTTP sources share: a session, a cursor, and reading page by page."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator, Mapping

from connectors.http.connection import HttpConnection
from connectors.http.progress import Progress
from connectors.http.source import HttpSource
from connectors.manifest import StreamManifest, SystemManifest, narrowed
from connectors.mapping import Positions, compile_mapping, key_ways
from connectors.reading import Batch, Row, check_keys, in_batches, page_rows


class PagedConnector(ABC):
    """One HTTP source. See `connectors.reading.Connector`.

    A kind of its own fills in how pages and single records are asked for.
    """

    shifts = True

    def __init__(self, system: SystemManifest, environ: Mapping[str, str]) -> None:
        connection = narrowed(system.connector, HttpConnection)
        self._http = HttpSource(system.system, connection, environ)
        self._streams = system.streams
        self._positions = Positions()
        self._progress: dict[str, Progress] = {}

    async def read(self, stream: StreamManifest, since: object | None) -> AsyncGenerator[Batch]:
        """The rows of `stream`, page by page.

        Raises TryLater, and StopRun(SOURCE_REFUSED) where the source answers an error or does not
        move on.
        """
        self._positions.start(stream, since)
        since = self._positions.overlapped(stream, since)
        progress = self._progress[stream.name] = Progress(self._where(stream))
        async for items in self._pages(stream, since, progress):
            rows = page_rows(items, progress.number)
            if progress.number == 1 and since is None:
                check_keys(stream, rows, f"{self._place(stream)} page 1")
            rows = self._positions.follow(stream, rows)
            for batch in in_batches(rows):
                yield batch

    def position(self, stream: StreamManifest) -> object | None:
        """The highest cursor value of the last pass."""
        return self._positions.of(stream)

    def doubt(self, stream: StreamManifest) -> str | None:
        """Why the last pass may have missed records: the source did not stand still, or cut it."""
        return self._progress[stream.name].doubt

    async def fetch(self, stream: StreamManifest, keys: list[str]) -> dict[str, Row]:
        """The rows of single records, one request each.

        Raises StopRun(SOURCE_REFUSED) where the manifest does not say how to ask for one.
        """
        found = {key: await self._fetch_key(stream, key) for key in keys}
        return {key: row for key, row in found.items() if row is not None}

    async def _fetch_key(self, stream: StreamManifest, key: str) -> Row | None:
        """The row of one record, asked for by each way to take its key apart."""
        mapping = compile_mapping(stream)
        for columns in key_ways(stream, key):
            row = await self._fetch_one(stream, columns)
            if row and key in (keyed.external_id for keyed in mapping.expand_readable(row)):
                return row
        return None

    async def stored(self) -> None:
        """Nothing to do."""
        return

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    @abstractmethod
    async def check(self) -> None:
        """Connect and read nothing."""

    @abstractmethod
    def _pages(
        self, stream: StreamManifest, since: object | None, progress: Progress
    ) -> AsyncIterator[list[object]]:
        """The items of each page; `progress` takes note of each."""

    @abstractmethod
    async def _fetch_one(self, stream: StreamManifest, columns: dict[str, str]) -> Row | None:
        """The row of the record whose key's columns are these, None where there is none.

        Raises StopRun(SOURCE_REFUSED) where the manifest does not say how to ask for one.
        """

    @abstractmethod
    def _where(self, stream: StreamManifest) -> str:
        """The system and the address that is asked, for messages."""

    @abstractmethod
    def _place(self, stream: StreamManifest) -> str:
        """What is read, for messages."""
