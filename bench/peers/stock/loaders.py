"""The classes that rows are mapped to, and the DataLoaders of a request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

import strawberry
from sqlalchemy import ColumnElement, Select, Table, func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import registry
from strawberry.dataloader import DataLoader

from hub.subjects.congresses import congress
from hub.subjects.deputies import deputy
from hub.subjects.divisions import division
from hub.subjects.groups import deputy_group, deputy_group_member
from hub.subjects.people import person
from hub.subjects.places import home, station, station_member

mapped = registry()


def model(name: str, table: Table) -> Any:
    """A class mapped to a table of the hub."""
    made = type(name, (), {})
    mapped.map_imperatively(made, table)
    return made


DivisionRow = model("DivisionRow", division)
CongressRow = model("CongressRow", congress)
PersonRow = model("PersonRow", person)
DeputyRow = model("DeputyRow", deputy)
StationRow = model("StationRow", station)
GroupRow = model("GroupRow", deputy_group)


Batch = Callable[[list[UUID]], Awaitable[Sequence[Any]]]


class Loaders:
    """The DataLoaders of one request."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self.sessions = sessions
        self.person = DataLoader(self.by_id(PersonRow))
        self.congress = DataLoader(self.by_id(CongressRow))
        self.division = DataLoader(self.by_id(DivisionRow))
        self.mandates = DataLoader(self.by_key(DeputyRow, DeputyRow.person_id))
        self.deputies = DataLoader(self.by_key(DeputyRow, DeputyRow.congress_id))
        self.latest_congress = DataLoader(self.by_key(CongressRow, CongressRow.division_id))
        stations, groups = station_member, deputy_group_member
        self.stations = DataLoader(self.through(StationRow, stations, stations.c.station_id))
        self.groups = DataLoader(self.through(GroupRow, groups, groups.c.deputy_group_id))

        self.children = DataLoader(self.by_key(DivisionRow, DivisionRow.parent_id))
        self.deputy_count = DataLoader(self.count(deputy))
        self.home_count = DataLoader(self.count(home))
        self.station_count = DataLoader(self.count(station))
        self.group_count = DataLoader(self.count(deputy_group))

    async def rows(self, statement: Select[Any]) -> Sequence[Any]:
        """The rows of a statement, each a tuple."""
        async with self.sessions() as session:
            found: Sequence[Any] = (await session.execute(statement)).all()
            return found

    def by_id(self, row: Any) -> Batch:
        """Rows by their ids."""

        async def load(keys: list[UUID]) -> Sequence[Any]:
            found = await self.rows(select(row).where(row.id.in_(keys)))
            by_id = {each.id: each for (each,) in found}
            return [by_id.get(key) for key in keys]

        return load

    def by_key(self, row: Any, column: Any) -> Batch:
        """The rows that hold each key in `column`, by id."""
        return self.grouped(lambda keys: select(column, row).where(column.in_(keys)), row)

    def count(self, table: Table) -> Batch:
        """The number of rows of a table in each division."""
        own = table.c.division_id

        async def load(keys: list[UUID]) -> Sequence[Any]:
            found = await self.rows(select(own, func.count()).where(own.in_(keys)).group_by(own))
            counts = dict(tuple(row) for row in found)
            return [counts.get(key, 0) for key in keys]

        return load

    def through(self, row: Any, member: Table, target: ColumnElement[Any]) -> Batch:
        """The rows that a membership table links to each deputy, by id."""
        own = member.c.deputy_id
        return self.grouped(
            lambda keys: select(own, row).join(member, target == row.id).where(own.in_(keys)), row
        )

    def grouped(self, statement: Callable[[list[UUID]], Select[Any]], row: Any) -> Batch:
        """The rows of a statement whose first column is the key."""

        async def load(keys: list[UUID]) -> Sequence[Any]:
            found: dict[UUID, list[Any]] = defaultdict(list)
            for key, each in await self.rows(statement(keys).order_by(row.id)):
                found[key].append(each)
            return [found[key] for key in keys]

        return load


@dataclass
class Context:
    """What resolvers need."""

    loaders: Loaders


Info: TypeAlias = strawberry.Info[Context, None]
