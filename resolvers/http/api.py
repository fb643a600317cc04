"""The endpoint /graphql: from a request to the response."""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from hub.errors import Code, HubError
from hub.ids import new_id
from hub.intake import OpenHub
from hub.runs import PushQueue
from hub.settings import Settings
from resolvers.context import Context, Deadline
from resolvers.errors import describe
from resolvers.http.access import Keys
from resolvers.http.media import Media, choose_media
from resolvers.http.page import page_response, wants_page
from resolvers.http.parameters import read_parameters
from resolvers.http.patience import HungUp, Watch
from resolvers.http.persisted import PersistedQueries
from resolvers.http.replies import compress, refusal, reply, send_packed
from resolvers.http.sizes import read_sizes, watch_sizes
from resolvers.loaders import LiveSources
from resolvers.operations import DOCUMENTS, SCHEMA, Operation, answer, ask_ahead
from resolvers.packed import Packed

COST_HEADER = "x-query-cost"
"""The header by which a client asks what its operation cost."""

ONE_OF = "directive @oneOf"
"""A directive of GraphQL's own that older tools have to be told of."""


def print_schema() -> str:
    """The schema in the schema definition language."""
    return (
        SCHEMA.as_str().replace(ONE_OF, f'"""Exactly one field is given 恰好一个字段"""\n{ONE_OF}')
        + "\n"
    )


class GraphApi:
    """The endpoint /graphql. `open` gives it the store before the first request."""

    def __init__(self, settings: Settings, page: Path) -> None:
        self.settings = settings
        self.page = page
        self.persisted = PersistedQueries()
        self.hub: OpenHub | None = None
        self.sources: LiveSources | None = None
        self.queue: PushQueue | None = None
        self.keys: Keys | None = None
        self.sizes: dict[str, float] = {}
        self.schema: Packed | None = None

    def open(self, hub: OpenHub) -> None:
        """Answer from this hub."""
        self.hub = hub
        self.queue = PushQueue(hub, self.settings.push_patience, self.settings.request_deadline)
        self.keys = Keys(hub.database, self.settings)
        self.sources = LiveSources(hub, self.settings.live_deadline)
        DOCUMENTS.max_tokens = self.settings.max_tokens

    async def prepare(self) -> None:
        """Make ahead what is always asked: the sizes of tables, the schema."""
        assert self.hub is not None
        self.sizes.update(await read_sizes(self.hub.database))
        await asyncio.to_thread(ask_ahead)
        self.schema = await asyncio.to_thread(lambda: Packed(print_schema().encode()))

    async def watch(self) -> None:
        """Keep what prices are reckoned from up to date, until cancelled."""
        assert self.hub is not None
        await watch_sizes(self.hub.database, self.sizes)

    async def show_schema(self, request: Request) -> Response:
        """The schema in the schema definition language."""
        request_id = new_id()
        try:
            await self._context(request, request_id)
            assert self.schema is not None
            response = send_packed(self.schema, "text/plain; charset=utf-8", request)
        except Exception as error:
            response = refusal(describe(error, request_id), Media.JSON)
        response.headers["X-Request-Id"] = request_id
        return response

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; a browser that asks for a page gets GraphiQL."""
        request = Request(scope, receive)
        if wants_page(request):
            response = page_response(self.page)
        else:
            try:
                response = await self.respond(request)
            except (HungUp, ClientDisconnect):
                return
        await response(scope, receive, send)

    async def respond(self, request: Request) -> Response:
        """The response to a GraphQL request. Raises HungUp and ClientDisconnect."""
        request_id = new_id()
        media = Media.JSON
        try:
            media = choose_media(request.headers.get("accept", ""))
            response = await self._in_time(request, media, request_id)
        except (HungUp, ClientDisconnect):
            raise
        except Exception as error:
            response = refusal(describe(error, request_id), media)
        response.headers["X-Request-Id"] = request_id
        return response

    async def _in_time(self, request: Request, media: Media, request_id: str) -> Response:
        seconds = self.settings.request_deadline
        try:
            async with asyncio.timeout(seconds) as timer:
                deadline = Deadline(timer, seconds)
                return await self._answer(request, media, request_id, deadline)
        except TimeoutError as error:
            if not timer.expired():
                raise
            raise HubError(
                Code.DEADLINE_EXCEEDED,
                f"The answer was not ready after {seconds:g} s and its work was stopped. "
                "Ask for less at once, or for smaller pages.",
            ) from error

    async def _answer(
        self, request: Request, media: Media, request_id: str, deadline: Deadline
    ) -> Response:
        context = await self._context(request, request_id)
        context.deadline = deadline
        asked = await read_parameters(request)
        operation = Operation(
            self.persisted.document(asked),
            asked.operation,
            asked.variables,
            is_read_only=request.method != "POST",
            wants_cost=COST_HEADER in request.headers,
        )
        with Watch(request.receive):
            response = reply(await answer(operation, context), media, request)
            return await compress(response, request)

    async def _context(self, request: Request, request_id: str) -> Context:
        if self.hub is None or self.keys is None:
            raise HubError(Code.DATABASE_UNAVAILABLE, "The hub is starting. Try again in a minute.")
        access = await self.keys.access(request)
        settings = self.settings
        limit = settings.max_rows_analyst if access.is_analyst else settings.max_rows
        shared = self.sources, self.sizes, limit, self.queue
        return Context(self.hub, access, request_id, *shared)
