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
    Offsets,
    PagedConnector,
    PageNumbers,
    Paging,
    Progress,
    SinglePage,
    Sized,
    complaint,
    refused,
    said,
)
from connectors.manifest import (
    Name,
    StreamManifest,
    Strict,
    SystemManifest,
    as_text,
    follow,
    narrowed,
    steps_of,
)
from connectors.mapping import no_lookup
from connectors.reading import KindOfSystem, Row
from hub.subjects.systems import ConnectorKind

TOTALS = ("total", "totalCount", "total_count", "totalElements")
"""What sources call the number of all items, beside the list."""


class Success(Strict):
    """What an answer says that means success, where errors come with status 200 too."""

    path: Name
    """Path to the code in the answer."""
    values: tuple[str, ...] = Field(min_length=1)
    """Codes that mean success."""


class RestConnection(HttpConnection):
    """An HTTP API that answers in JSON."""

    kind: Literal["rest"]
    success: Success | None = None
    """What means success in every answer."""


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
    success: Success | None = None
    """What means success in the answers of this stream, where it differs from the connector's."""
    item: Name | None = None
    """Path of one record with the key's columns in braces, for live look-ups."""

    @model_validator(mode="after")
    def _cursor_is_sent(self) -> RestStream:
        if (self.cursor is None) != (self.cursor_param is None):
            raise ValueError("cursor and cursor_param belong together: give both or none")
        return self


class RestConnector(PagedConnector):
    """One HTTP API. See `connectors.reading.Connector`."""

    def __init__(self, system: SystemManifest, environ: Mapping[str, str]) -> None:
        super().__init__(system, environ)
        self._success = narrowed(system.connector, RestConnection).success

    async def check(self) -> None:
        """Ask for the first page of the first stream."""
        first = narrowed(self._streams[0], RestStream)
        params = {**first.params, **first.paging.first()}
        await self._ask(first, first.path, params)

    async def _pages(
        self, stream: StreamManifest, since: object | None, progress: Progress
    ) -> AsyncIterator[list[object]]:
        rest = narrowed(stream, RestStream)
        fixed = dict(rest.params)
        if since is not None and rest.cursor_param:
            fixed[rest.cursor_param] = as_text(since)
        path, params = rest.path, {**fixed, **rest.paging.first()}
        while True:
            answer = await self._ask(rest, path, params)
            items = self._items(rest, answer)
            if progress.page(items, size=_page_size(rest.paging)):
                return
            if isinstance(rest.paging, Sized):
                progress.total(rest.paging.total_in(answer.body))
            yield items
            following = self._following(rest, answer, progress, len(items))
            if following is None:
                break
            progress.token(str(following))
            if isinstance(following, str):
                path, params = following, {}
            else:
                params = {**fixed, **following}
        progress.end()
        if since is None and isinstance(rest.paging, SinglePage):
            self._check_single(rest, answer, len(items))

    def _following(
        self, rest: RestStream, answer: Answer, progress: Progress, count: int
    ) -> Mapping[str, str] | str | None:
        if isinstance(rest.paging, Links):
            return answer.next_url
        return rest.paging.following(answer.body, progress.read, progress.number, count)

    async def _ask(self, rest: RestStream, path: str, params: Mapping[str, str]) -> Answer:
        """One answer that means success. Raises StopRun(SOURCE_REFUSED) with what it complains of.

        Where the manifest does not say what success is, an answer with records means it, and an
        empty one does unless its code and message say otherwise.
        """
        answer = await self._http.json("GET", path, params)
        success = rest.success or self._success
        if success is not None:
            code = as_text(follow(answer.body, steps_of(success.path)))
            if code not in map(as_text, success.values):
                raise refused(
                    self._where(rest),
                    f"answered no success: {success.path} is {code[:40] or 'missing'}. "
                    f"{said(answer.body)}".rstrip(),
                )
        elif not follow(answer.body, steps_of(rest.records)) and (why := complaint(answer.body)):
            raise refused(
                self._where(rest),
                f"answered an error: {why}. Where that is none, say with `success` what is.",
            )
        return answer

    def _items(self, rest: RestStream, answer: Answer) -> list[object]:
        items = follow(answer.body, steps_of(rest.records))
        if isinstance(items, list):
            return items
        raise refused(
            self._where(rest),
            f"has no list at records: {rest.records or '(the answer itself)'}. "
            "Correct the path in the manifest.",
        )

    def _check_single(self, rest: RestStream, answer: Answer, count: int) -> None:
        """Raise StopRun(SOURCE_REFUSED) where an answer says that it is only a first page."""
        beside = follow(answer.body, steps_of(rest.records)[:-1])
        totals = [beside.get(name) for name in TOTALS] if isinstance(beside, dict) else []
        total = next((each for each in totals if isinstance(each, int) and each > count), None)
        if total is not None:
            raise refused(
                self._where(rest),
                f"gave {count} of {total} records. Set paging in the manifest, to read them all.",
            )

    async def _fetch_one(self, stream: StreamManifest, columns: dict[str, str]) -> Row | None:
        rest = narrowed(stream, RestStream)
        if rest.item is None:
            raise no_lookup(rest, "its manifest names no item path")
        path = rest.item
        for column, text in columns.items():
            path = path.replace(f"{{{column}}}", quote(text, safe=""))
        answer = await self._http.find(path)
        body = answer.body if answer else None
        place = f"{rest.path} {', '.join(columns.values())}"
        return Row(body, place) if isinstance(body, dict) else None

    def _where(self, stream: StreamManifest) -> str:
        return f"System {self._http.system}: GET {self._place(stream)}"

    def _place(self, stream: StreamManifest) -> str:
        return narrowed(stream, RestStream).path


def _page_size(paging: Paging) -> int | None:
    """Items of a page that is found by its number or offset, None for the other styles."""
    return paging.size if isinstance(paging, PageNumbers | Offsets) else None


KIND = KindOfSystem(
    "A system behind an HTTP API.",
    ConnectorKind.REST,
    RestConnection,
    RestStream,
    RestConnector,
)
