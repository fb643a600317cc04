"""HTTP APIs that answer in JSON."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from urllib.parse import quote

from connectors.http.answers import refused
from connectors.http.source import Answer, HttpSource
from connectors.manifest.connections import RestConnection
from connectors.manifest.paths import as_text, follow, steps_of
from connectors.manifest.streams import RestStream, StreamManifest
from connectors.mapping.keys import key_columns, no_lookup
from connectors.mapping.positions import Positions
from connectors.reading.protocol import Batch, Row
from connectors.reading.rows import check_keys, in_batches, page_rows
from connectors.systems import SystemManifest, narrowed
from hub.errors import StopRun


class RestConnector:
    """One HTTP API. See `connectors.reading.protocol.Connector`."""

    def __init__(self, system: SystemManifest, environ: Mapping[str, str]) -> None:
        connection = narrowed(system.connector, RestConnection)
        self._http = HttpSource(system.system, connection, environ)
        self._streams = system.streams
        self._positions = Positions()

    async def read(self, stream: StreamManifest, since: object | None) -> AsyncGenerator[Batch]:
        """The rows of `stream`, page by page.

        Raises TryLater, and StopRun(SOURCE_REFUSED) where the source repeats a page.
        """
        rest = narrowed(stream, RestStream)
        self._positions.start(rest, since)
        number = 0
        async for items in self._pages(rest, since):
            number += 1
            rows = page_rows(items, number)
            if number == 1 and since is None:
                check_keys(rest, rows, f"{rest.path} page 1")
            self._positions.follow(rest, rows)
            for batch in in_batches(rows):
                yield batch

    def position(self, stream: StreamManifest) -> object | None:
        """The highest cursor value of the last pass."""
        return self._positions.of(stream)

    async def fetch(self, stream: StreamManifest, keys: list[str]) -> dict[str, Row]:
        """The rows of single records, one request each. Raises StopRun where `item` is not set."""
        rest = narrowed(stream, RestStream)
        found = {key: await self._fetch_one(rest, key) for key in keys}
        return {key: row for key, row in found.items() if row is not None}

    async def check(self) -> None:
        """Ask for the first page of the first stream."""
        first = narrowed(self._streams[0], RestStream)
        params = {**first.params, **first.paging.first()}
        await self._http.json("GET", first.path, params)

    async def stored(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    async def _pages(self, rest: RestStream, since: object | None) -> AsyncIterator[list[object]]:
        fixed = dict(rest.params)
        if since is not None and rest.cursor_param:
            fixed[rest.cursor_param] = as_text(since)
        path, params = rest.path, {**fixed, **rest.paging.first()}
        number = read = 0
        previous: list[object] = []
        asked: Mapping[str, str] | str | None = None
        while True:
            answer = await self._http.json("GET", path, params)
            items = self._items(rest, answer)
            number, read = number + 1, read + len(items)
            if items and items == previous:
                raise self._repeats(rest, f"page {number} is page {number - 1} again")
            yield items
            previous = items
            following = self._following(rest, answer, read, number, len(items))
            if following is None:
                return
            if following == asked:
                raise self._repeats(rest, f"page {number} has the token of page {number - 1}")
            asked = following
            if isinstance(following, str):
                path, params = following, {}
            else:
                params = {**fixed, **following}

    def _following(
        self, rest: RestStream, answer: Answer, read: int, number: int, count: int
    ) -> Mapping[str, str] | str | None:
        if rest.paging.style == "link":
            return answer.next_url
        return rest.paging.following(answer.body, read, number, count)

    def _items(self, rest: RestStream, answer: Answer) -> list[object]:
        items = follow(answer.body, steps_of(rest.records))
        if isinstance(items, list):
            return items
        raise refused(
            f"System {self._http.system}: GET {rest.path}",
            f"has no list at records: {rest.records or '(the answer itself)'}. "
            "Correct the path in the manifest.",
        )

    def _repeats(self, rest: RestStream, problem: str) -> StopRun:
        return refused(
            f"System {self._http.system}: GET {rest.path}",
            f"does not move on: {problem}. Check paging in the manifest.",
        )

    async def _fetch_one(self, rest: RestStream, key: str) -> Row | None:
        if rest.item is None:
            raise no_lookup(rest, "its manifest names no item path")
        columns = key_columns(rest, key)
        path = rest.item
        for column, text in columns.items():
            path = path.replace(f"{{{column}}}", quote(text, safe=""))
        answer = await self._http.find(path)
        body = answer.body if answer else None
        return Row(body, f"{rest.path} {key}") if isinstance(body, dict) and columns else None
