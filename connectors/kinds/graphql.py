"""GraphQL APIs with Relay connections or plain lists."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Literal

from pydantic import Field, model_validator

from connectors.http import HttpConnection, PagedConnector, Progress, refused
from connectors.manifest import Name, StreamManifest, follow, narrowed, steps_of
from connectors.mapping import no_lookup
from connectors.reading import KindOfSystem, Row
from hub.errors import StopRun
from hub.subjects.systems import ConnectorKind
from hub.values import scrub


class GraphqlConnection(HttpConnection):
    """A GraphQL API."""

    kind: Literal["graphql"]


class GraphqlStream(StreamManifest):
    """Records of a GraphQL API."""

    query: Name
    """The query document."""
    connection: Name
    """Path below data to the connection, or to a plain list."""
    variables: dict[str, str | int | float | bool | None] = Field(default_factory=dict)
    """Variables of every request."""
    after_variable: Name = "after"
    """Variable that takes the end cursor of the page before."""
    cursor_variable: Name | None = None
    """Variable that asks for what changed since the cursor."""
    item_query: Name | None = None
    """Query of one record, with the key's columns as its variables, for live look-ups."""
    item: Name = "node"
    """Path below data to that one record."""

    @model_validator(mode="after")
    def _cursor_is_sent(self) -> GraphqlStream:
        if (self.cursor is None) != (self.cursor_variable is None):
            raise ValueError("cursor and cursor_variable belong together: give both or none")
        return self


class GraphqlConnector(PagedConnector):
    """One GraphQL API. See `connectors.reading.Connector`."""

    async def check(self) -> None:
        """Ask for the name of the query type."""
        await self._ask("{ __typename }", {})

    async def _pages(
        self, stream: StreamManifest, since: object | None, progress: Progress
    ) -> AsyncIterator[list[object]]:
        graphql = narrowed(stream, GraphqlStream)
        variables: dict[str, object] = dict(graphql.variables)
        if since is not None and graphql.cursor_variable:
            variables[graphql.cursor_variable] = since
        while True:
            data = await self._ask(graphql.query, variables)
            connection = follow(data, steps_of(graphql.connection))
            items = self._items(graphql, connection)
            progress.page(items)
            yield items
            following = _end_cursor(connection)
            if following is None:
                return
            if not following:
                raise refused(self._here, "has a next page and no endCursor that leads there.")
            progress.token(following)
            variables[graphql.after_variable] = following

    async def _fetch_one(self, stream: StreamManifest, columns: dict[str, str]) -> Row | None:
        graphql = narrowed(stream, GraphqlStream)
        if graphql.item_query is None:
            raise no_lookup(graphql, "its manifest has no item_query")
        data = await self._ask(graphql.item_query, columns)
        item = follow(data, steps_of(graphql.item))
        place = f"{graphql.item} {', '.join(columns.values())}"
        return Row(item, place) if isinstance(item, dict) else None

    def _where(self, stream: StreamManifest) -> str:
        return self._here

    def _place(self, stream: StreamManifest) -> str:
        return narrowed(stream, GraphqlStream).connection

    async def _ask(self, query: str, variables: Mapping[str, object]) -> object:
        """The data of one query. Raises StopRun(SOURCE_REFUSED) with the first error."""
        body = {"query": query, "variables": dict(variables)}
        answer = (await self._http.json("POST", "", body=body)).body
        if not isinstance(answer, dict):
            raise refused(self._here, "answered JSON that is no GraphQL response. Check the url.")
        errors = answer.get("errors")
        if isinstance(errors, list) and errors:
            message = scrub(str(follow(errors[0], ("message",))))[:200]
            raise refused(self._here, f"answered the error: {message}")
        data: object = answer.get("data")
        return data

    def _items(self, graphql: GraphqlStream, connection: object) -> list[object]:
        for items in (
            connection,
            follow(connection, ("nodes",)),
            follow(connection, ("edges", "node")),
        ):
            if isinstance(items, list):
                return items
        raise self._no_list(graphql)

    def _no_list(self, graphql: GraphqlStream) -> StopRun:
        return refused(
            self._here,
            f"has neither a list nor a connection at {graphql.connection}. "
            "Correct the path in the manifest.",
        )

    @property
    def _here(self) -> str:
        return f"System {self._http.system}: GraphQL"


def _end_cursor(connection: object) -> str | None:
    """The cursor of the next page, "" where it is missing, None after the last or sole page."""
    if not isinstance(connection, dict):
        return None
    page = connection.get("pageInfo")
    if not isinstance(page, dict) or not page.get("hasNextPage"):
        return None
    return str(page["endCursor"]) if page.get("endCursor") is not None else ""


KIND = KindOfSystem(
    "A system behind a GraphQL API.",
    ConnectorKind.GRAPHQL,
    GraphqlConnection,
    GraphqlStream,
    GraphqlConnector,
)
