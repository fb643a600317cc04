"""The object types of the graph, created from the declarations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
import strawberry
from graphql import GraphQLAbstractType, GraphQLResolveInfo

from resolvers.context import Context
from resolvers.graph.aggregate_types import aggregate_field, create_aggregates
from resolvers.graph.fields import (
    TYPES,
    Answer,
    Answered,
    Given,
    argument,
    field,
    leaf_name,
    object_type,
)
from resolvers.graph.python_fields import PYTHON_FIELDS, create_live_record
from resolvers.loaders import Connection
from resolvers.loaders import Node as Row
from resolvers.sql import DEFAULT_SIZE, MAX_SIZE, MEMBER, read_page, target_of
from schema.declare import Edge, Entity, Scalar, Shape, Value
from schema.registry import ENTITIES, NODES


@strawberry.interface(description="Anything that has an id 节点")
class Node:
    """The interface of all entities with an id."""

    id: strawberry.ID = strawberry.field(description="Id of the node: its type and a UUID 标识")

    @classmethod
    def resolve_type(
        cls, row: Row, _info: GraphQLResolveInfo[Any], _type: GraphQLAbstractType
    ) -> str:
        """The type of a row."""
        return row.entity.name


TYPES["Node"] = Node


def create_types() -> None:
    """Create all object types, connections and edges."""
    create_page_info()
    create_live_record()
    create_aggregates()
    for entity in ENTITIES:
        fields = (
            *map(value_field, entity.values),
            *(edge_field(entity, edge) for edge in entity.edges),
            *PYTHON_FIELDS.get(entity.name, ()),
        )
        bases = (type_check(entity), Node) if entity.is_node else ()
        object_type(entity.name, entity.description, fields, bases)
    for entity in NODES.values():
        create_connection(entity.name, entity)
    for entity in ENTITIES:
        for edge in entity.edges:
            if edge.through is not None:
                create_connection(connection_name(entity, edge), target_of(edge), edge)


def type_check(entity: Entity) -> type:
    """A base that tells rows of the entity from others, as types with interfaces must."""

    def is_type_of(row: Row, _info: object) -> bool:
        return row.entity is entity

    return type("Checked", (), {"is_type_of": staticmethod(is_type_of)})


def create_page_info() -> None:
    """Create PageInfo, a view of a connection."""
    flag, cursor = "Boolean", "String | None"
    object_type(
        "PageInfo",
        "Where a page lies in its connection 分页信息",
        (
            field("hasNextPage", flag, "Whether rows follow 是否有下一页", _has_next),
            field("hasPreviousPage", flag, "Whether rows come before 是否有上一页", _has_previous),
            field("startCursor", cursor, "Cursor of the first row 首行游标", _cursor_at(0)),
            field("endCursor", cursor, "Cursor of the last row 末行游标", _cursor_at(-1)),
        ),
    )


def _has_next(connection: Connection, _context: Context, _given: Given) -> object:
    return connection.has_next()


def _has_previous(connection: Connection, _context: Context, _given: Given) -> object:
    return connection.has_previous()


def _cursor_at(at: int) -> Answer:
    async def answer(connection: Connection, _context: Context, _given: Given) -> str | None:
        nodes = await connection.nodes()
        return nodes[at].cursor if nodes else None

    return answer


# --- Values and edges ----------------------------------------------------------------------------


def value_field(value: Value) -> Answered:
    """The field of a value."""
    words = leaf_name(value.leaf) + (" | None" if value.is_nullable else "")
    return field(value.name, words, value.description, lambda row, *_: leaf(value, row.data))


def leaf(value: Value, data: Any, prefix: str = "") -> object:
    """A value of a row as the graph's types take it."""
    found = data[prefix + value.name]
    if found is not None and value.leaf is Scalar.JSON:
        return orjson.Fragment(found)
    if found is None or isinstance(value.leaf, Scalar):
        return found
    return value.leaf[found]


def edge_field(owner: Entity, edge: Edge) -> Answered:
    """The field of an edge."""
    optional = " | None" if edge.is_nullable else ""
    if edge.shape is Shape.ONE:
        return field(edge.name, edge.target + optional, edge.description, _one(edge))
    if edge.shape is Shape.LIST:
        return field(edge.name, f"list[{edge.target}]", edge.description, _list(edge))
    words = f"{connection_name(owner, edge)}Connection"
    arguments = page_arguments(target_of(edge), edge)
    return field(edge.name, words, edge.description, _connection(edge), arguments)


def _one(edge: Edge) -> Answer:
    return lambda row, context, _given: context.loaders.one(edge, row)


def _list(edge: Edge) -> Answer:
    return lambda row, context, _given: context.loaders.many(edge, row)


def _connection(edge: Edge) -> Answer:
    def answer(row: Row, context: Context, given: Given) -> object:
        page = read_page(target_of(edge), given)
        return Connection(context.loaders, target_of(edge), page, edge, row)

    return answer


# --- Connections ---------------------------------------------------------------------------------


def connection_name(owner: Entity, edge: Edge) -> str:
    """A membership has a connection of its own, whose edges carry the role and the dates."""
    if edge.through is None:
        return edge.target
    return f"{edge.name[0].upper()}{edge.name[1:]}Of{owner.name}"


def is_dated(target: Entity, edge: Edge | None) -> bool:
    """Whether the days of the rows of a connection, or of the memberships, may be known."""
    return target.period is not None or (edge is not None and edge.through is not None)


AS_OF = "Only what held on this day, by the days that sources state 时点"


def page_arguments(target: Entity, edge: Edge | None = None) -> Iterator[Any]:
    """The arguments of a connection."""
    yield argument("where", f"{target.name}Where | None", "Which rows 筛选")
    if is_dated(target, edge) and not (edge is not None and edge.is_of_today):
        yield argument("asOf", "Date | None", AS_OF)
    yield argument("orderBy", f"list[{target.name}Order] | None", "In which order 排序")
    sizes = f"at most {MAX_SIZE}, {DEFAULT_SIZE} where neither first nor last is given"
    yield argument("first", "Int | None", f"So many from the start: {sizes} 前若干条")
    yield argument("after", "String | None", "Only rows after this cursor 起始游标")
    yield argument("last", "Int | None", f"So many from the end: {sizes} 后若干条")
    yield argument("before", "String | None", "Only rows before this cursor 结束游标")


def create_connection(name: str, target: Entity, edge: Edge | None = None) -> None:
    """Create a connection type and its edge type."""
    object_type(f"{name}Edge", f"A {target.name} in a list 列表项", relay_edge_fields(target, edge))
    object_type(
        f"{name}Connection",
        f"A page of {target.name} rows 分页列表",
        (
            field("edges", f"list[{name}Edge]", "The rows with their cursors 列表项", _nodes),
            field("nodes", f"list[{target.name}]", "The rows 节点", _nodes),
            field("pageInfo", "PageInfo", "Where the page lies 分页信息", lambda it, *_: it),
            field("totalCount", "Int", "Rows on all pages 总数", lambda it, *_: it.count()),
            aggregate_field(target),
            *([undated_count()] if is_dated(target, edge) else []),
        ),
    )


def undated_count() -> Answered:
    """The field `undatedCount`."""
    return field(
        "undatedCount",
        "Int | None",
        "Rows left out because no source states the days that would tell whether they held on the "
        "day of `asOf`; null without `asOf` 起止日期不明数",
        lambda connection, *_: connection.undated(),
    )


def _nodes(connection: Connection, _context: Context, _given: Given) -> object:
    return connection.nodes()


def relay_edge_fields(target: Entity, edge: Edge | None) -> Iterator[Answered]:
    """The fields of a Relay edge, which is its row seen from the list."""
    yield field("cursor", "String", "Place in the list 游标", lambda row, *_: row.cursor)
    yield field("node", target.name, "The row 节点", lambda row, *_: row)
    for value in edge.through.values if edge is not None and edge.through is not None else ():
        yield member_field(value)


def member_field(value: Value) -> Answered:
    """A field of a membership."""
    words = leaf_name(value.leaf) + (" | None" if value.is_nullable else "")
    return field(
        value.name, words, value.description, lambda row, *_: leaf(value, row.data, MEMBER)
    )
