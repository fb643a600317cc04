"""The graph: root fields and the schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import strawberry
from strawberry.schema.config import StrawberryConfig

from hub.errors import Code, HubError
from resolvers.context import Context
from resolvers.documents import TreeGiven
from resolvers.errors import HubSchema, ShownErrors
from resolvers.graph.explain import explain_field
from resolvers.graph.fields import (
    SCALARS,
    Answer,
    Answered,
    Given,
    argument,
    field,
    leaf_name,
    object_type,
)
from resolvers.graph.inputs import create_inputs
from resolvers.graph.types import create_types, page_arguments
from resolvers.loaders import Connection, Node
from resolvers.sql import Param, param, read_page, text
from schema.declare import Argument, Entity, Listing, Lookup
from schema.ids import parse_id, split_id
from schema.registry import ENTITIES, ENTITY, LISTINGS, LOOKUPS, NODES

MAX_IDS = 100


def split_node_id(text: str) -> tuple[str, UUID]:
    """The type and the row of an id of any type of the graph. Raises HubError(BAD_ID)."""
    name, key = split_id(text)
    if name not in NODES:
        raise HubError(
            Code.BAD_ID, f"{name[:40]!r} is no type of the graph. Types are: {', '.join(NODES)}."
        )
    return name, key


async def load_node(context: Context, text: str) -> Node | None:
    """The row of an id of any type; None where there is none. Raises HubError(BAD_ID)."""
    name, key = split_node_id(text)
    return await context.loaders.node(NODES[name], key)


async def _node(_root: object, context: Context, given: Given) -> Node | None:
    return await load_node(context, given["id"])


def check_ids(ids: list[str]) -> list[str]:
    """The ids. Raises HubError(BAD_INPUT) for too many."""
    if len(ids) > MAX_IDS:
        raise HubError(
            Code.BAD_INPUT, f"ids holds {len(ids)} ids. Ask for at most {MAX_IDS} at once."
        )
    return ids


def _nodes(_root: object, context: Context, given: Given) -> object:
    return [load_node(context, text) for text in check_ids(given["ids"])]


def _by_id(entity: Entity) -> Answer:
    def answer(_root: object, context: Context, given: Given) -> object:
        return context.loaders.node(entity, parse_id(given["id"], entity.name))

    return answer


def _all(entity: Entity) -> Answer:
    def answer(_root: object, context: Context, given: Given) -> object:
        return Connection(context.loaders, entity, read_page(entity, given))

    return answer


def read_arguments(root: Lookup | Listing, given: Mapping[str, Any]) -> dict[str, Param]:
    """The arguments of a look-up or a listing by name. Raises HubError."""
    return {
        item.name: param(item.leaf, item.read(_text(given, item.name)), is_list=item.is_list)
        for item in root.arguments
    }


def _text(given: Mapping[str, Any], name: str) -> Any:
    """An argument that PostgreSQL can take, if it is a text. Raises HubError(BAD_INPUT)."""
    value = given.get(name)
    return text(value, name) if isinstance(value, str) else value


def _found(root: Lookup) -> Answer:
    async def answer(_root: object, context: Context, given: Given) -> object:
        found = await context.loaders.look_up(
            root, ENTITY[root.target], read_arguments(root, given)
        )
        if found is None and root.refuse is not None:
            root.refuse(given)
        return found

    return answer


def _listed(root: Listing) -> Answer:
    def answer(_root: object, context: Context, given: Given) -> object:
        return context.loaders.listing(root, ENTITY[root.target], read_arguments(root, given))

    return answer


def root_fields() -> Iterator[Answered]:
    """The fields of Query."""
    id_ = argument("id", "ID", "Id of the node 标识")
    ids = argument("ids", "list[ID]", f"Ids of nodes of any types, at most {MAX_IDS} 标识列表")
    yield field("node", "Node | None", "The node with this id 按标识查询", _node, [id_])
    many = "The nodes with these ids, in this order; null where there is none 批量查询"
    yield field("nodes", "list[Node | None]", many, _nodes, [ids])
    for lookup in LOOKUPS:
        yield root_field(lookup, f"{lookup.target} | None", _found(lookup))
    yield explain_field()
    for listing in LISTINGS:
        yield root_field(listing, f"list[{listing.target}]", _listed(listing))
    for entity in ENTITIES:
        if entity.singular:
            one = argument("id", "ID", f"Id of a {entity.name} 标识")
            words = f"{entity.name} | None"
            yield field(entity.singular, words, entity.description, _by_id(entity), [one])
    for entity in ENTITIES:
        if entity.plural:
            words, pages = f"{entity.name}Connection", page_arguments(entity)
            yield field(entity.plural, words, f"List: {entity.description}", _all(entity), pages)


def root_field(root: Lookup | Listing, words: str, answer: Answer) -> Answered:
    """The root field of a look-up or a listing."""
    arguments = [argument(it.name, _argument_words(it), it.description) for it in root.arguments]
    return field(root.name, words, root.description, answer, arguments)


def _argument_words(item: Argument) -> str:
    one = leaf_name(item.leaf)
    words = f"list[{one}]" if item.is_list else one
    return f"{words} | None" if item.is_nullable else words


create_inputs()
create_types()
Query = object_type("Query", "Everything that can be asked 查询", root_fields())


def build_schema(mutation: type | None = None) -> strawberry.Schema:
    """The schema with the mutations given."""
    return HubSchema(
        query=Query,
        mutation=mutation,
        extensions=[ShownErrors, TreeGiven],
        config=StrawberryConfig(scalar_map=SCALARS),
    )
