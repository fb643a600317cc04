"""A kind of source that the hub does not know: a server that sends lines of tab-separated text.

It is one module: its options, its reader and its declaration.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from typing import Literal

from connectors.manifest import Connection, Name, StreamManifest, SystemManifest, narrowed, resolve
from connectors.mapping import compile_mapping
from connectors.reading import Batch, KindOfSystem, Row, check_keys
from hub.errors import Code, TryLater
from hub.subjects.systems import ConnectorKind


class LinesConnection(Connection):
    """A server that answers a word with lines."""

    kind: Literal["lines"]
    host: Name
    """Host of the server."""
    port: Name
    """Port of the server."""


class LinesStream(StreamManifest):
    """Records of an answer."""

    word: Name
    """Word that the server is asked."""


class LinesConnector:
    """One server. See `connectors.reading.Connector`."""

    shifts = False

    def __init__(self, system: SystemManifest, environ: Mapping[str, str]) -> None:
        connection = narrowed(system.connector, LinesConnection)
        self._host, self._port = connection.host, resolve(connection.port, environ, system.system)

    async def read(self, stream: StreamManifest, since: object | None) -> AsyncGenerator[Batch]:
        """The lines under the header."""
        header, *lines = await self._ask(narrowed(stream, LinesStream).word)
        rows = (dict(zip(header, cells, strict=True)) for cells in lines)
        batch: Batch = [Row(row, f"line {number}") for number, row in enumerate(rows, 2)]
        check_keys(stream, batch, "the answer")
        yield batch

    def position(self, stream: StreamManifest) -> object | None:
        """None: there is no cursor."""
        return None

    def doubt(self, stream: StreamManifest) -> str | None:
        """None: an answer is whole."""
        return None

    async def fetch(self, stream: StreamManifest, keys: list[str]) -> dict[str, Row]:
        """The rows of single records, out of a whole answer."""
        mapping = compile_mapping(stream)
        rows = [row async for batch in self.read(stream, None) for row in batch]
        expanded = [
            (record.external_id, row)
            for row in rows
            if isinstance(row, Row)
            for record in mapping.expand_readable(row)
        ]
        return {key: row for key, row in expanded if key in keys}

    async def check(self) -> None:
        """Connect."""
        await self._ask("")

    async def stored(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do."""

    async def _ask(self, word: str) -> list[list[str]]:
        try:
            reader, writer = await asyncio.open_connection(self._host, int(self._port))
        except OSError as error:
            raise TryLater(Code.SOURCE_UNAVAILABLE, f"{self._host} does not answer.") from error
        writer.write(f"{word}\n".encode())
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        return [line.split("\t") for line in answer.decode().splitlines()]


KIND = KindOfSystem(
    "A system that answers lines.",
    ConnectorKind.REST,
    LinesConnection,
    LinesStream,
    LinesConnector,
)
