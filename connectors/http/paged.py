"""What connectors of HTTP sources share: a session, a cursor, and reading page by page."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator, Mapping

from connectors.http.connection import HttpConnection
from connectors.http.source import HttpSource
from connectors.manifest import StreamManifest, SystemManifest, narrowed
from connectors.mapping import Positions
from connectors.reading import Batch, Row, check_keys, in_batches, page_rows


class PagedConnector(ABC):
    """One HTTP source. See `connectors.reading.Connector`.

    A kind of its own fills in how pages and single records are asked for.
    """

    def __init__(self, system: SystemManifest, environ: Mapping[str, str]) -> None:
        connection = narrowed(system.connector, HttpConnection)
        self._http = HttpSource(system.system, connection, environ)
        self._streams = system.streams
        self._positions = Positions()

    async def read(self, stream: StreamManifest, since: object | None) -> AsyncGenerator[Batch]:
        """The rows of `stream`, page by page.

        Raises TryLater, and StopRun(SOURCE_REFUSED) where the source answers an error or does not
        move on.
        """
        self._positions.start(stream, since)
        number = 0
        async for items in self._pages(stream, since):
            number += 1
            rows = page_rows(items, number)
            if number == 1 and since is None:
                check_keys(stream, rows, f"{self._place(stream)} page 1")
            self._positions.follow(stream, rows)
            for batch in in_batches(rows):
                yield batch

    def position(self, stream: StreamManifest) -> object | None:
        """The highest cursor value of the last pass."""
        return self._positions.of(stream)

    async def fetch(self, stream: StreamManifest, keys: list[str]) -> dict[str, Row]:
        """The rows of single records, one request each.

        Raises StopRun(SOURCE_REFUSED) where the manifest does not say how to ask for one.
        """
        found = {key: await self._fetch_one(stream, key) for key in keys}
        return {key: row for key, row in found.items() if row is not None}

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
    def _pages(self, stream: StreamManifest, since: object | None) -> AsyncIterator[list[object]]:
        """The items of each page."""

    @abstractmethod
    async def _fetch_one(self, stream: StreamManifest, key: str) -> Row | None:
        """The row of one record, None where there is none."""

    @abstractmethod
    def _place(self, stream: StreamManifest) -> str:
        """What is read, for messages."""
