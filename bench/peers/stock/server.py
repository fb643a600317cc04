"""The root fields, their inputs, and the server."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import Enum
from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy import Select, make_url, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.schema.config import StrawberryConfig

from bench.peers.stock.loaders import Context, DeputyRow, DivisionRow, Info, Loaders, PersonRow
from bench.peers.stock.types import (
    PAGE,
    Congress,
    Connection,
    Deputy,
    Division,
    Node,
    Person,
    page_of,
)
from hub.subjects.deputies import MandateStatus
from hub.subjects.people import Gender


@strawberry.input
class TextFilter:
    eq: str


@strawberry.input
class IDFilter:
    eq: strawberry.ID


@strawberry.input
class GenderFilter:
    eq: Gender


@strawberry.input
class StatusFilter:
    eq: MandateStatus


@strawberry.input
class DivisionWhere:
    code: TextFilter


@strawberry.input
class PersonWhere:
    gender: GenderFilter


@strawberry.input
class DeputyWhere:
    id: IDFilter | None = None
    division: DivisionWhere | None = None
    status: StatusFilter | None = None
    person: PersonWhere | None = None


@strawberry.enum
class Direction(Enum):
    ASC = "asc"
    DESC = "desc"


@strawberry.input(one_of=True)
class DeputyOrder:
    start_date: Direction | None = strawberry.UNSET
    certificate_number: Direction | None = strawberry.UNSET


def filtered(statement: Select[Any], where: DeputyWhere) -> Select[Any]:
    """The statement with the conditions."""
    if where.id is not None:
        statement = statement.where(DeputyRow.id == UUID(where.id.eq.split(":")[1]))
    if where.status is not None:
        statement = statement.where(DeputyRow.status == where.status.eq.name)
    if where.division is not None:
        statement = statement.join(DivisionRow, DivisionRow.id == DeputyRow.division_id)
        statement = statement.where(DivisionRow.code == where.division.code.eq)
    if where.person is not None:
        statement = statement.join(PersonRow, PersonRow.id == DeputyRow.person_id)
        statement = statement.where(PersonRow.gender == where.person.gender.eq.name)
    return statement


def ordered(statement: Select[Any], order: DeputyOrder) -> Select[Any]:
    """The statement in the order."""
    for name in ("start_date", "certificate_number"):
        direction = getattr(order, name)
        if direction is not strawberry.UNSET:
            column = getattr(DeputyRow, name)
            turned = column.desc() if direction is Direction.DESC else column.asc()
            statement = statement.order_by(turned.nulls_last())
    return statement


@strawberry.type
class Query:
    @strawberry.field
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        kind, _, key = id.partition(":")
        if kind != "Deputy":
            return None
        rows = await info.context.loaders.rows(select(DeputyRow).where(DeputyRow.id == UUID(key)))
        return Deputy.of(rows[0][0]) if rows else None

    @strawberry.field
    async def division(self, info: Info, code: str) -> Division | None:
        latest = DivisionRow.valid_from.desc().nulls_last()
        statement = select(DivisionRow).where(DivisionRow.code == code).order_by(latest).limit(1)
        rows = await info.context.loaders.rows(statement)
        return Division.of(rows[0][0]) if rows else None

    @strawberry.field
    async def deputies(
        self,
        info: Info,
        first: int = PAGE,
        after: str | None = None,
        where: DeputyWhere | None = None,
        order_by: list[DeputyOrder] | None = None,
    ) -> Connection[Deputy]:
        statement = filtered(select(DeputyRow), where or DeputyWhere())
        for order in order_by or []:
            statement = ordered(statement, order)
        if after is not None:
            statement = statement.where(DeputyRow.id > UUID(after))
        statement = statement.order_by(DeputyRow.id).limit(first + 1)
        rows = [row for (row,) in await info.context.loaders.rows(statement)]
        return page_of(Deputy, rows, first)


schema = strawberry.Schema(
    Query,
    types=[Deputy, Person, Congress, Division],
    config=StrawberryConfig(auto_camel_case=True),
)


class Endpoint(GraphQL[Context, None]):
    """The endpoint, with loaders of its own for each request."""

    sessions: async_sessionmaker[AsyncSession]

    async def get_context(self, request: Any, response: Any) -> Context:
        return Context(Loaders(self.sessions))


endpoint = Endpoint(schema)


@asynccontextmanager
async def open_engine(_app: Starlette) -> AsyncIterator[None]:
    """The pool of connections, of the size that every server of the bench has."""
    url = make_url(os.environ["HUB_DATABASE_URL"]).set(drivername="postgresql+asyncpg")
    size = int(os.environ["HUB_POOL_SIZE"])
    engine = create_async_engine(url, pool_size=size, max_overflow=0)
    endpoint.sessions = async_sessionmaker(engine, expire_on_commit=False)
    yield
    await engine.dispose()


app = Starlette(
    routes=[Route("/graphql", endpoint)],
    lifespan=open_engine,
)
