"""What can be selected, in terms of the declarations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from resolvers.sql import Count, End, Summary
from schema.declare import Edge, Entity, Listing, Lookup, Value


@dataclass(frozen=True, slots=True)
class TypeName:
    """`__typename`."""

    name: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value of the row, or of the membership that led to it."""

    value: Value
    is_member: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """The row, or the whole list of rows, that an edge leads to."""

    edge: Edge
    fields: Fields


@dataclass(frozen=True, slots=True)
class AnyNode:
    """The row of any type that an edge leads to."""

    edge: Edge
    by_type: Mapping[str, Fields]


@dataclass(frozen=True, slots=True)
class Nodes:
    """`nodes` of a connection, or with `is_edge` its `edges`."""

    fields: Fields
    is_edge: bool = False


@dataclass(frozen=True, slots=True)
class Itself:
    """`node` of a Relay edge, or `cursor` where it has no fields."""

    fields: Fields | None = None


@dataclass(frozen=True, slots=True)
class PageInfo:
    """`pageInfo`: the names of its fields by response key."""

    fields: Mapping[str, str | TypeName]


@dataclass(frozen=True, slots=True)
class TotalCount:
    """`totalCount`."""


@dataclass(frozen=True, slots=True)
class UndatedCount:
    """`undatedCount`."""


@dataclass(frozen=True, slots=True)
class Aggregated:
    """`aggregate` of a connection, or with a form one `groupBy` of it."""

    fields: Mapping[str, AggregateField]
    grouping: int | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """`keys` of a group: the fields of each by response key."""

    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DistinctOf:
    """`countDistinct`."""

    form: int


Measured: TypeAlias = End | Summary
Measures: TypeAlias = Mapping[str, TypeName | Measured]
AggregateField: TypeAlias = (
    "TypeName | Count | Measured | DistinctOf | Measures | Keys | Aggregated"
)


@dataclass(frozen=True, slots=True)
class Connected:
    """A connection of all rows of an entity, or of those that `edge` leads to."""

    entity: Entity
    edge: Edge | None
    form: int
    fields: Fields


@dataclass(frozen=True, slots=True)
class Found:
    """The row with the id, or of the look-up, that a root field names."""

    entity: Entity
    lookup: Lookup | None
    form: int
    fields: Fields


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that a listing finds."""

    listing: Listing
    form: int
    fields: Fields


@dataclass(frozen=True, slots=True)
class NodeById:
    """`node`."""

    form: int
    by_type: Mapping[str, Fields]


@dataclass(frozen=True, slots=True)
class NodesById:
    """`nodes`."""

    form: int
    by_type: Mapping[str, Fields]


Selected: TypeAlias = (
    TypeName
    | Leaf
    | Linked
    | AnyNode
    | Nodes
    | Itself
    | PageInfo
    | TotalCount
    | UndatedCount
    | Aggregated
    | Connected
    | Found
    | Rows
    | NodeById
    | NodesById
)
Fields: TypeAlias = Mapping[str, Selected]
"""What is selected by response key, in the order of the answer."""
