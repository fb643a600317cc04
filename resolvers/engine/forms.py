"""The arguments of a request, read into forms.

A form compares equal for all requests that the same statement can serve; its `params` are the
values that differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from graphql import FieldNode, GraphQLField

from resolvers.engine.inputs import Arguments, Given, arguments
from resolvers.graph import check_ids, read_arguments, split_node_id
from resolvers.sql import Param, param, read_grouping, read_page, read_path
from schema.declare import Entity, Listing, Lookup, Scalar
from schema.ids import parse_id


class Form(Protocol):
    """The arguments of one field."""

    @property
    def params(self) -> tuple[Param, ...]:
        """The values, in a fixed order."""
        ...


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the arguments of one field. `fixed` is the form where no variable is in them."""

    arguments: Arguments
    make: Callable[[Given], Form]
    fixed: Form | None

    def read(self, variables: Given) -> Form:
        """The form of a request. Raises HubError, NotCompiled."""
        return self.make(self.arguments.given(variables))


@dataclass(frozen=True, slots=True)
class Values:
    """The arguments of a root field by name."""

    names: tuple[str, ...]
    params: tuple[Param, ...]

    def by_name(self) -> dict[str, Param]:
        """The params by argument."""
        return dict(zip(self.names, self.params, strict=True))


@dataclass(frozen=True, slots=True)
class Id:
    """The id of a node: its type, and its key."""

    type: str
    params: tuple[Param]


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids of nodes: which types are among them, and the lists of their types and keys."""

    types: frozenset[str]
    params: tuple[Param, Param]


def reader(definition: GraphQLField, node: FieldNode, make: Callable[[Given], Form]) -> Reader:
    """A reader of the arguments of a field. Raises HubError where they are fixed and bad."""
    given = arguments(definition, node)
    return Reader(given, make, None if given.moving else make(given.fixed))


def page_reader(definition: GraphQLField, node: FieldNode, entity: Entity) -> Reader:
    """Reads the arguments of a connection."""
    return reader(definition, node, lambda given: read_page(entity, given))


def path_reader(definition: GraphQLField, node: FieldNode, entity: Entity) -> Reader:
    """Reads the path of `countDistinct`."""
    return reader(definition, node, lambda given: read_path(entity, given["of"]))


def grouping_reader(definition: GraphQLField, node: FieldNode, entity: Entity) -> Reader:
    """Reads the arguments of `groupBy`."""
    return reader(definition, node, lambda given: read_grouping(entity, given))


def id_reader(definition: GraphQLField, node: FieldNode, entity: Entity) -> Reader:
    """Reads the id of a root field for one entity."""

    def read(given: Given) -> Values:
        return Values(("id",), (param(Scalar.ID, parse_id(given["id"], entity.name)),))

    return reader(definition, node, read)


def arguments_reader(definition: GraphQLField, node: FieldNode, root: Lookup | Listing) -> Reader:
    """Reads the arguments of a look-up or a listing."""
    return reader(definition, node, lambda given: values(root, given))


def values(root: Lookup | Listing, given: Given) -> Values:
    """The arguments of a look-up or a listing."""
    read = read_arguments(root, given)
    return Values(tuple(read), tuple(read.values()))


def node_reader(definition: GraphQLField, node: FieldNode) -> Reader:
    """Reads the id of `node`."""

    def read(given: Given) -> Id:
        name, key = split_node_id(given["id"])
        return Id(name, (param(Scalar.ID, key),))

    return reader(definition, node, read)


def nodes_reader(definition: GraphQLField, node: FieldNode) -> Reader:
    """Reads the ids of `nodes`."""

    def read(given: Given) -> Ids:
        pairs = [split_node_id(text) for text in check_ids(given["ids"])]
        names, keys = [name for name, _ in pairs], [key for _, key in pairs]
        return Ids(
            frozenset(names),
            (param(Scalar.STRING, names, is_list=True), param(Scalar.ID, keys, is_list=True)),
        )

    return reader(definition, node, read)
