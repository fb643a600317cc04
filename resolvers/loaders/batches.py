"""Generic loaders: one for each edge and page wherever it is selected, one for each entity by id.

Each batch is one statement on a connection of its own, so that sibling fields never share a
session. A row remembers the loader that read it: rows that arrive together are asked for more
together, so that the number of statements depends on the operation alone, not on timing.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeAlias, cast
from uuid import UUID

from sqlalchemy import RowMapping, Select
from strawberry.dataloader import DataLoader

from hub.store import Database
from resolvers.loaders.statements import (
    CURSOR,
    KEY,
    Keeps,
    count_all,
    count_edge,
    select_edge,
    select_groups,
    select_listing,
    select_lookup,
    select_nodes,
    select_page,
)
from resolvers.sql import Grouping, Measure, Page, Param, target_of
from schema.declare import Edge, Entity, Listing, Lookup
from schema.registry import NODES

Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A row of an entity as it was read, and the number of the loader that read it."""

    entity: Entity
    data: RowMapping
    loader: int

    def key(self, edge: Edge) -> Key:
        """What an edge starts from."""
        return tuple(self.data[KEY + name] for name in edge.keys)

    @property
    def cursor(self) -> str:
        """Its place in the connection that it was read for."""
        return str(self.data[CURSOR])


class Loaders:
    """The loaders of one request."""

    def __init__(self, database: Database, reads_restricted: bool) -> None:
        self.database = database
        self.reads_restricted = reads_restricted
        self._numbers = count()
        self._nodes: dict[Entity, DataLoader[UUID, Node | None]] = {}
        self._lists: dict[tuple[Edge, int, Key], DataLoader[Key, list[Node]]] = {}
        self._counts: dict[tuple[Edge, int, Key], DataLoader[Key, int]] = {}
        self._groups: dict[Key, DataLoader[Key, list[RowMapping]]] = {}
        self._pages: dict[tuple[Entity, Key], asyncio.Task[list[Node]]] = {}

    def node(self, entity: Entity, key: UUID) -> Awaitable[Node | None]:
        """The row with this id, or the row that took its place."""
        if entity not in self._nodes:
            self._nodes[entity] = self._node_loader(entity)
        return self._nodes[entity].load(key)

    async def one(self, edge: Edge, start: Node) -> Node | None:
        """The row that a to-one edge leads to."""
        if edge.type_key is not None:
            name, key = start.key(edge)
            return None if key is None else await self.node(NODES[str(name)], cast(UUID, key))
        found = await self.many(edge, start)
        return found[0] if found else None

    async def many(self, edge: Edge, start: Node, page: Page | None = None) -> list[Node]:
        """The rows that an edge leads to, of a page one row more than asked for."""
        key = start.key(edge)
        if None in key:
            return []
        kind = (edge, start.loader, page.key if page else ())
        if kind not in self._lists:
            self._lists[kind] = self._list_loader(edge, page)
        return await self._lists[kind].load(key)

    async def count(self, edge: Edge, start: Node, page: Page, keeps: Keeps) -> int:
        """How many rows an edge leads to."""
        kind = (edge, start.loader, (*page.key, keeps))
        if kind not in self._counts:
            self._counts[kind] = self._count_loader(edge, page, keeps)
        return await self._counts[kind].load(start.key(edge))

    async def page(self, entity: Entity, page: Page) -> list[Node]:
        """A page of all rows of an entity, one row more than asked for; read once."""
        kind = (entity, page.key)
        if kind not in self._pages:
            self._pages[kind] = asyncio.create_task(self._page(entity, page))
        return await self._pages[kind]

    async def count_all(self, entity: Entity, page: Page, keeps: Keeps) -> int:
        """How many rows of an entity there are."""
        rows = await self._run(count_all(entity, page, keeps))
        return int(rows[0]["count"])

    async def look_up(self, lookup: Lookup, entity: Entity, given: dict[str, Param]) -> Node | None:
        """The row that a look-up finds."""
        rows = await self._run(select_lookup(lookup, entity, given, self.reads_restricted))
        return Node(entity, rows[0], next(self._numbers)) if rows else None

    async def listing(
        self, listing: Listing, entity: Entity, given: dict[str, Param]
    ) -> list[Node]:
        """The rows that a listing finds."""
        number = next(self._numbers)
        rows = await self._run(select_listing(listing, entity, given, self.reads_restricted))
        return [Node(entity, row, number) for row in rows]

    async def grouped(
        self,
        entity: Entity,
        page: Page,
        grouping: Grouping,
        measure: Measure,
        edge: Edge | None,
        start: Node | None,
    ) -> list[RowMapping]:
        """A measure of the groups of an entity's rows, or of those that an edge leads to."""
        loader = None if start is None else start.loader
        kind = (entity, edge, loader, page.key, grouping.key, measure)
        if kind not in self._groups:
            self._groups[kind] = self._group_loader(entity, page, grouping, measure, edge)
        return await self._groups[kind].load(
            () if edge is None or start is None else start.key(edge)
        )

    def _group_loader(
        self, entity: Entity, page: Page, grouping: Grouping, measure: Measure, edge: Edge | None
    ) -> DataLoader[Key, list[RowMapping]]:
        async def load(keys: list[Key]) -> list[list[RowMapping]]:
            rows = await self._run(select_groups(entity, page, grouping, measure, edge, keys))
            found: defaultdict[Key, list[RowMapping]] = defaultdict(list)
            for row in rows:
                found[() if edge is None else _start(edge, row)].append(row)
            return [found[key] for key in keys]

        return DataLoader(load)

    def _node_loader(self, entity: Entity) -> DataLoader[UUID, Node | None]:
        number = next(self._numbers)

        async def load(ids: list[UUID]) -> list[Node | None]:
            rows = await self._run(select_nodes(entity, ids, self.reads_restricted))
            found = {row["_asked"]: Node(entity, row, number) for row in rows}
            return [found.get(key) for key in ids]

        return DataLoader(load)

    def _list_loader(self, edge: Edge, page: Page | None) -> DataLoader[Key, list[Node]]:
        number = next(self._numbers)

        async def load(keys: list[Key]) -> list[list[Node]]:
            rows = await self._run(select_edge(edge, keys, page, self.reads_restricted))
            found: defaultdict[Key, list[Node]] = defaultdict(list)
            for row in rows:
                found[_start(edge, row)].append(Node(target_of(edge), row, number))
            return [found[key] for key in keys]

        return DataLoader(load)

    def _count_loader(self, edge: Edge, page: Page, keeps: Keeps) -> DataLoader[Key, int]:
        async def load(keys: list[Key]) -> list[int]:
            rows = await self._run(count_edge(edge, keys, page, keeps))
            found = {_start(edge, row): int(row["count"]) for row in rows}
            return [found[key] for key in keys]

        return DataLoader(load)

    async def _page(self, entity: Entity, page: Page) -> list[Node]:
        number = next(self._numbers)
        rows = await self._run(select_page(entity, page, self.reads_restricted))
        return [Node(entity, row, number) for row in rows]

    async def _run(self, statement: Select[Any]) -> Sequence[RowMapping]:
        async with self.database.connect() as connection:
            result = await connection.execute(statement)
            rows: Sequence[RowMapping] = result.mappings().all()
        return rows


def _start(edge: Edge, row: RowMapping) -> Key:
    return tuple(row[f"_own_{at}"] for at in range(len(edge.keys)))
