"""A connection as its fields see it: what is not selected is not asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping

from resolvers.loaders.batches import Loaders, Node
from resolvers.loaders.statements import Keeps
from resolvers.sql import Grouping, Measure, Page, kept, undated
from schema.declare import Edge, Entity


@dataclass(frozen=True, slots=True)
class Connection:
    """The rows of an entity, or those that an edge leads to from `start`."""

    loaders: Loaders
    entity: Entity
    page: Page
    edge: Edge | None = None
    start: Node | None = None

    async def nodes(self) -> list[Node]:
        """The rows of the page, in order."""
        rows = (await self._rows())[: self.page.size]
        return rows[::-1] if self.page.span.is_backward else rows

    async def count(self, keeps: Keeps = kept) -> int:
        """The number of rows on all pages."""
        if self.edge is None or self.start is None:
            return await self.loaders.count_all(self.entity, self.page, keeps)
        return await self.loaders.count(self.edge, self.start, self.page, keeps)

    async def undated(self) -> int | None:
        """The number of rows that may have held on the day asked for; None where none is."""
        return None if self.page.as_of is None else await self.count(undated)

    async def grouped(self, grouping: Grouping, measure: Measure) -> Sequence[RowMapping]:
        """A measure of the groups of all rows."""
        return await self.loaders.grouped(
            self.entity, self.page, grouping, measure, self.edge, self.start
        )

    async def has_next(self) -> bool:
        """Whether rows follow; paging backward, whether the page ends before a cursor."""
        return (
            self.page.span.before is not None
            if self.page.span.is_backward
            else await self._has_more()
        )

    async def has_previous(self) -> bool:
        """Whether rows come before; paging forward, whether the page starts after a cursor."""
        return (
            await self._has_more()
            if self.page.span.is_backward
            else self.page.span.after is not None
        )

    async def _has_more(self) -> bool:
        return len(await self._rows()) > self.page.size

    async def _rows(self) -> list[Node]:
        if self.edge is None or self.start is None:
            return await self.loaders.page(self.entity, self.page)
        return await self.loaders.many(self.edge, self.start, self.page)
