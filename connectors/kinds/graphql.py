"""GraphQL APIs with Relay connections or plain lists."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping

from connectors.http.answers import refused
from connectors.http.source import HttpSource
from connectors.manifest.connections import GraphqlConnection
from connectors.manifest.paths import follow, steps_of
from connectors.manifest.streams import GraphqlStream, StreamManifest
from connectors.mapping.keys import key_columns, no_lookup
from connectors.mapping.positions import Positions
from connectors.reading.protocol import Batch, Row
from connectors.reading.rows import check_keys, in_batches, page_rows
from connectors.systems import SystemManifest, narrowed
from hub.errors import StopRun
from hub.values import scrub


class GraphqlConnector:
    """One GraphQL API. See `connectors.reading.protocol.Connector`."""

    def __init__(self, system: SystemManifest, environ: Mapping[str, str]) -> None:
        connection = narrowed(system.connector, GraphqlConnection)
        self._http = HttpSource(system.system, connection, environ)
        self._positions = Positions()

    async def read(self, stream: StreamManifest, since: object | None) -> AsyncGenerator[Batch]:
        """The rows of `stream`, page by page.

        Raises TryLater, and StopRun(SOURCE_REFUSED) with the first error of the source, or where
        its end cursor does not move.
        """
        graphql = narrowed(stream, GraphqlStream)
        self._positions.start(graphql, since)
        number = 0
        async for items in self._pages(graphql, since):
            number += 1
            rows = page_rows(items, number)
            if number == 1 and since is None:
                check_keys(graphql, rows, f"{graphql.connection} page 1")
            self._positions.follow(graphql, rows)
            for batch in in_batches(rows):
                yield batch

    def position(self, stream: StreamManifest) -> object | None:
        """The highest cursor value of the last pass."""
        return self._positions.of(stream)

    async def fetch(self, stream: StreamManifest, keys: list[str]) -> dict[str, Row]:
        """The rows of single records, one request each. Raises StopRun without `item_query`."""
        graphql = narrowed(stream, GraphqlStream)
        if graphql.item_query is None:
            raise no_lookup(graphql, "its manifest has no item_query")
        rows: dict[str, Row] = {}
        for key in keys:
            columns = key_columns(graphql, key)
            data = await self._ask(graphql.item_query, columns) if columns else None
            item = follow(data, steps_of(graphql.item))
            if isinstance(item, dict):
                rows[key] = Row(item, f"{graphql.item} {key}")
        return rows

    async def check(self) -> None:
        """Ask for the name of the query type."""
        await self._ask("{ __typename }", {})

    async def stored(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    async def _pages(
        self, graphql: GraphqlStream, since: object | None
    ) -> AsyncIterator[list[object]]:
        variables: dict[str, object] = dict(graphql.variables)
        if since is not None and graphql.cursor_variable:
            variables[graphql.cursor_variable] = since
        after: str | None = None
        while True:
            data = await self._ask(graphql.query, variables)
            connection = follow(data, steps_of(graphql.connection))
            yield self._items(graphql, connection)
            following = _end_cursor(connection)
            if following is None:
                return
            if following == after:
                raise refused(
                    self._where,
                    f"does not move on: endCursor is {after} on two pages running. "
                    "The source has to be repaired.",
                )
            after = variables[graphql.after_variable] = following

    async def _ask(self, query: str, variables: Mapping[str, object]) -> object:
        """The data of one query. Raises StopRun(SOURCE_REFUSED) with the first error."""
        body = {"query": query, "variables": dict(variables)}
        answer = (await self._http.json("POST", "", body=body)).body
        if not isinstance(answer, dict):
            raise refused(self._where, "answered JSON that is no GraphQL response. Check the url.")
        errors = answer.get("errors")
        if isinstance(errors, list) and errors:
            message = scrub(str(follow(errors[0], ("message",))))[:200]
            raise refused(self._where, f"answered the error: {message}")
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
            self._where,
            f"has neither a list nor a connection at {graphql.connection}. "
            "Correct the path in the manifest.",
        )

    @property
    def _where(self) -> str:
        return f"System {self._http.system}: GraphQL"


def _end_cursor(connection: object) -> str | None:
    """The cursor of the next page, None after the last page or without paging."""
    if not isinstance(connection, dict):
        return None
    page = connection.get("pageInfo")
    if not isinstance(page, dict) or not page.get("hasNextPage"):
        return None
    return str(page.get("endCursor"))
