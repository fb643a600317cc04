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
from hub.settings import Settings
from resolvers.context import Context
from resolvers.http.access import read_access
from resolvers.http.media import Media, choose_media
from resolvers.http.page import page_response, wants_page
from resolvers.http.parameters import read_parameters
from resolvers.http.patience import HungUp, Watch
from resolvers.http.persisted import PersistedQueries
from resolvers.http.replies import refusal, reply
from resolvers.loaders import LiveSources
from resolvers.operations import SCHEMA, Operation, answer

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

    def open(self, hub: OpenHub) -> None:
        """Answer from this hub."""
        self.hub = hub
        self.sources = LiveSources(hub, self.settings.live_deadline)

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
        except HubError as error:
            response = refusal(error, media)
        response.headers["X-Request-Id"] = request_id
        return response

    async def _in_time(self, request: Request, media: Media, request_id: str) -> Response:
        seconds = self.settings.request_deadline
        try:
            async with asyncio.timeout(seconds) as timer:
                return await self._answer(request, media, request_id)
        except TimeoutError as error:
            if not timer.expired():
                raise
            raise HubError(
                Code.DEADLINE_EXCEEDED,
                f"The answer was not ready after {seconds:g} s and its work was stopped. "
                "Ask for less at once, or for smaller pages.",
            ) from error

    async def _answer(self, request: Request, media: Media, request_id: str) -> Response:
        context = await self._context(request, request_id)
        asked = await read_parameters(request)
        operation = Operation(
            self.persisted.document(asked),
            asked.operation,
            asked.variables,
            is_read_only=request.method != "POST",
        )
        with Watch(request.receive):
            return reply(await answer(operation, context), media, request)

    async def _context(self, request: Request, request_id: str) -> Context:
        if self.hub is None:
            raise HubError(Code.DATABASE_UNAVAILABLE, "The hub is starting. Try again in a minute.")
        access = await read_access(self.hub.database, request)
        return Context(self.hub, access, request_id, self.sources)
