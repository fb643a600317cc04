"""The types of the graph: each is made of a row, its relations are loaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import Annotated, Any, Generic, Self, TypeVar
from uuid import UUID

import strawberry

from bench.peers.stock.loaders import Info
from hub.subjects.deputies import MandateStatus
from hub.subjects.divisions import Level
from hub.subjects.groups import GroupKind
from hub.subjects.people import Gender

PAGE = 20

for values in (Level, Gender, MandateStatus, GroupKind):
    strawberry.enum(values)


@strawberry.interface
class Node:
    id: strawberry.ID

    @classmethod
    def of(cls, row: Any) -> Self:
        """The node of a row."""
        raise NotImplementedError(cls)


T = TypeVar("T", bound=Node)


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Edge(Generic[T]):
    cursor: str
    node: T


@strawberry.type
class Connection(Generic[T]):
    nodes: list[T]
    page_info: PageInfo
    edges: list[Edge[T]]


def page_of(kind: type[T], rows: Sequence[Any], first: int = PAGE) -> Connection[T]:
    """A connection of the first rows; one row more tells that there are more."""
    shown = rows[:first]
    nodes = [kind.of(row) for row in shown]
    cursors = [str(row.id) for row in shown]
    return Connection(
        nodes=nodes,
        page_info=PageInfo(
            has_next_page=len(rows) > first, end_cursor=cursors[-1] if cursors else None
        ),
        edges=[Edge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)],
    )


def member(values: type[Enum], name: str | None) -> Any:
    """The member of an enum that the store names."""
    return None if name is None else values[name]


@strawberry.type
class Counted:
    total_count: int


@strawberry.type
class Division(Node):
    code: str
    name: str
    level: Level
    key: strawberry.Private[UUID]

    @classmethod
    def of(cls, row: Any) -> Self:
        """The division of a row."""
        return cls(
            id=strawberry.ID(f"Division:{row.id}"),
            key=row.id,
            code=row.code,
            name=row.name,
            level=Level[row.level],
        )

    @strawberry.field
    async def congress(self, info: Info) -> Annotated[Congress, strawberry.lazy(__name__)] | None:
        rows = await info.context.loaders.latest_congress.load(self.key)
        latest = max(rows, key=lambda row: row.term or 0, default=None)
        return latest and Congress.of(latest)

    @strawberry.field
    async def children(
        self, info: Info, first: int = PAGE
    ) -> Connection[Annotated[Division, strawberry.lazy(__name__)]]:
        rows = await info.context.loaders.children.load(self.key)
        return page_of(Division, sorted(rows, key=lambda row: (row.code, row.id)), first)

    @strawberry.field
    async def deputies(self, info: Info) -> Counted:
        return Counted(total_count=await info.context.loaders.deputy_count.load(self.key))

    @strawberry.field
    async def homes(self, info: Info) -> Counted:
        return Counted(total_count=await info.context.loaders.home_count.load(self.key))

    @strawberry.field
    async def stations(self, info: Info) -> Counted:
        return Counted(total_count=await info.context.loaders.station_count.load(self.key))

    @strawberry.field
    async def groups(self, info: Info) -> Counted:
        return Counted(total_count=await info.context.loaders.group_count.load(self.key))


@strawberry.type
class Congress(Node):
    name: str
    term: int | None
    level: Level
    key: strawberry.Private[UUID]
    division_key: strawberry.Private[UUID]

    @classmethod
    def of(cls, row: Any) -> Self:
        """The congress of a row."""
        return cls(
            id=strawberry.ID(f"Congress:{row.id}"),
            key=row.id,
            division_key=row.division_id,
            name=row.name,
            term=row.term,
            level=Level[row.level],
        )

    @strawberry.field
    async def division(self, info: Info) -> Division:
        return Division.of(await info.context.loaders.division.load(self.division_key))

    @strawberry.field
    async def deputies(
        self, info: Info, first: int = PAGE
    ) -> Connection[Annotated[Deputy, strawberry.lazy(__name__)]]:
        return page_of(Deputy, await info.context.loaders.deputies.load(self.key), first)


@strawberry.type
class Person(Node):
    name: str
    gender: Gender | None
    ethnicity: str | None
    birth_month: str | None
    education: str | None
    employer_and_post: str | None
    key: strawberry.Private[UUID]

    @classmethod
    def of(cls, row: Any) -> Self:
        """The person of a row."""
        return cls(
            id=strawberry.ID(f"Person:{row.id}"),
            key=row.id,
            name=row.name,
            gender=member(Gender, row.gender),
            ethnicity=row.ethnicity,
            birth_month=row.birth_month,
            education=row.education,
            employer_and_post=row.employer_and_post,
        )

    @strawberry.field
    async def mandates(
        self, info: Info
    ) -> Connection[Annotated[Deputy, strawberry.lazy(__name__)]]:
        return page_of(Deputy, await info.context.loaders.mandates.load(self.key))


@strawberry.type
class LiaisonStation(Node):
    name: str
    address: str | None
    opening_hours: str | None
    is_off_site: bool

    @classmethod
    def of(cls, row: Any) -> Self:
        """The station of a row."""
        return cls(
            id=strawberry.ID(f"LiaisonStation:{row.id}"),
            name=row.name,
            address=row.address,
            opening_hours=row.opening_hours,
            is_off_site=row.is_off_site,
        )


@strawberry.type
class DeputyGroup(Node):
    name: str
    kind: GroupKind | None
    field: str | None

    @classmethod
    def of(cls, row: Any) -> Self:
        """The group of a row."""
        return cls(
            id=strawberry.ID(f"DeputyGroup:{row.id}"),
            name=row.name,
            kind=member(GroupKind, row.kind),
            field=row.field,
        )


@strawberry.type
class Deputy(Node):
    level: Level
    term: int | None
    status: MandateStatus | None
    delegation: str | None
    electoral_unit: str | None
    certificate_number: str | None
    start_date: date | None
    end_date: date | None
    key: strawberry.Private[UUID]
    person_key: strawberry.Private[UUID]
    congress_key: strawberry.Private[UUID]

    @classmethod
    def of(cls, row: Any) -> Self:
        """The mandate of a row."""
        return cls(
            id=strawberry.ID(f"Deputy:{row.id}"),
            key=row.id,
            person_key=row.person_id,
            congress_key=row.congress_id,
            level=Level[row.level],
            term=row.term,
            status=member(MandateStatus, row.status),
            delegation=row.delegation,
            electoral_unit=row.electoral_unit,
            certificate_number=row.certificate_number,
            start_date=row.start_date,
            end_date=row.end_date,
        )

    @strawberry.field
    async def person(self, info: Info) -> Person:
        return Person.of(await info.context.loaders.person.load(self.person_key))

    @strawberry.field
    async def congress(self, info: Info) -> Congress:
        return Congress.of(await info.context.loaders.congress.load(self.congress_key))

    @strawberry.field
    async def stations(self, info: Info) -> Connection[LiaisonStation]:
        return page_of(LiaisonStation, await info.context.loaders.stations.load(self.key))

    @strawberry.field
    async def groups(self, info: Info) -> Connection[DeputyGroup]:
        return page_of(DeputyGroup, await info.context.loaders.groups.load(self.key))
