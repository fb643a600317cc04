"""HTTP APIs that answer in JSON."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Literal
from urllib.parse import quote

from pydantic import Field, model_validator

from connectors.http import (
    Answer,
    HttpConnection,
    Links,
    PagedConnector,
    Paging,
    SinglePage,
    refused,
)
from connectors.manifest import Name, StreamManifest, as_text, follow, narrowed, steps_of
from connectors.mapping import key_columns, no_lookup
from connectors.reading import KindOfSystem, Row
from hub.errors import StopRun
from hub.subjects.systems import ConnectorKind


class RestConnection(HttpConnection):
    """An HTTP API that answers in JSON."""

    kind: Literal["rest"]


class RestStream(StreamManifest):
    """Records of an HTTP API."""

    path: Name
    """Path after the base address."""
    records: str = ""
    """Path to the list of records in the answer; empty where the answer is the list."""
    params: dict[str, str] = Field(default_factory=dict)
    """Query parameters of every request."""
    paging: Paging = SinglePage()
    cursor_param: Name | None = None
    """Query parameter that asks for what changed since the cursor."""
    item: Name | None = None
    """Path of one record with the key's columns in braces, for live look-ups."""

    @model_validator(mode="after")
    def _cursor_is_sent(self) -> RestStream:
        if (self.cursor is None) != (self.cursor_param is None):
            raise ValueError("cursor and cursor_param belong together: give both or none")
        return self


class RestConnector(PagedConnector):
    """One HTTP API. See `connectors.reading.Connector`."""

    async def check(self) -> None:
        """Ask for the first page of the first stream."""
        first = narrowed(self._streams[0], RestStream)
        params = {**first.params, **first.paging.first()}
        await self._http.json("GET", first.path, params)

    async def _pages(
        self, stream: StreamManifest, since: object | None
    ) -> AsyncIterator[list[object]]:
        rest = narrowed(stream, RestStream)
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
        if isinstance(rest.paging, Links):
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

    async def _fetch_one(self, stream: StreamManifest, key: str) -> Row | None:
        rest = narrowed(stream, RestStream)
        if rest.item is None:
            raise no_lookup(rest, "its manifest names no item path")
        columns = key_columns(rest, key)
        path = rest.item
        for column, text in columns.items():
            path = path.replace(f"{{{column}}}", quote(text, safe=""))
        answer = await self._http.find(path)
        body = answer.body if answer else None
        return Row(body, f"{rest.path} {key}") if isinstance(body, dict) and columns else None

    def _place(self, stream: StreamManifest) -> str:
        return narrowed(stream, RestStream).path


KIND = KindOfSystem(
    "A system behind an HTTP API.",
    ConnectorKind.REST,
    RestConnection,
    RestStream,
    RestConnector,
)
