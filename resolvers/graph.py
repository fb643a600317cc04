"""The graph: root fields and the schema."""

from __future__ import annotations

from collections.abc import Iterator

import strawberry

from hub.errors import Code, HubError
from resolvers.connections import Connection
from resolvers.context import Context
from resolvers.errors import HubSchema, ShownErrors
from resolvers.fields import Answer, Answered, Given, argument, field, object_type
from resolvers.inputs import create_inputs
from resolvers.limits import Limits
from resolvers.loaders import Node
from resolvers.paging import read_page
from resolvers.types import create_types, page_arguments
from schema.comparisons import name_of
from schema.declare import Entity, Lookup
from schema.ids import parse_id, split_id
from schema.registry import ENTITIES, ENTITY, LOOKUPS, NODES

MAX_IDS = 100


async def load_node(context: Context, text: str) -> Node | None:
    """The row of an id of any type; None where there is none. Raises HubError(BAD_ID)."""
    name, key = split_id(text)
    if name not in NODES:
        raise HubError(
            Code.BAD_ID, f"{name[:40]!r} is no type of the graph. Types are: {', '.join(NODES)}."
        )
    return await context.loaders.node(NODES[name], key)


async def _node(_root: object, context: Context, given: Given) -> Node | None:
    return await load_node(context, given["id"])


def _nodes(_root: object, context: Context, given: Given) -> object:
    ids: list[str] = given["ids"]
    if len(ids) > MAX_IDS:
        raise HubError(
            Code.BAD_INPUT, f"ids holds {len(ids)} ids. Ask for at most {MAX_IDS} at once."
        )
    return [load_node(context, text) for text in ids]


def _by_id(entity: Entity) -> Answer:
    def answer(_root: object, context: Context, given: Given) -> object:
        return context.loaders.node(entity, parse_id(given["id"], entity.name))

    return answer


def _all(entity: Entity) -> Answer:
    def answer(_root: object, context: Context, given: Given) -> object:
        return Connection(context.loaders, entity, read_page(entity, given))

    return answer


def _found(lookup: Lookup) -> Answer:
    def answer(_root: object, context: Context, given: Given) -> object:
        read = {item.name: item.read(given.get(item.name)) for item in lookup.arguments}
        return context.loaders.look_up(lookup, ENTITY[lookup.target], read)

    return answer


def root_fields() -> Iterator[Answered]:
    """The fields of Query."""
    id_ = argument("id", "ID", "Id of the node 标识")
    ids = argument("ids", "list[ID]", f"Ids of nodes of any types, at most {MAX_IDS} 标识列表")
    yield field("node", "Node | None", "The node with this id 按标识查询", _node, [id_])
    many = "The nodes with these ids, in this order; null where there is none 批量查询"
    yield field("nodes", "list[Node | None]", many, _nodes, [ids])
    for lookup in LOOKUPS:
        yield lookup_field(lookup)
    for entity in ENTITIES:
        if entity.singular:
            one = argument("id", "ID", f"Id of a {entity.name} 标识")
            words = f"{entity.name} | None"
            yield field(entity.singular, words, entity.description, _by_id(entity), [one])
    for entity in ENTITIES:
        if entity.plural:
            words, pages = f"{entity.name}Connection", page_arguments(entity.name)
            yield field(entity.plural, words, f"List: {entity.description}", _all(entity), pages)


def lookup_field(lookup: Lookup) -> Answered:
    """The root field of a look-up."""
    arguments = [
        argument(
            item.name,
            name_of(item.leaf) + (" | None" if item.is_nullable else ""),
            item.description,
        )
        for item in lookup.arguments
    ]
    words = f"{lookup.target} | None"
    return field(lookup.name, words, lookup.description, _found(lookup), arguments)


create_inputs()
create_types()
Query = object_type("Query", "Everything that can be asked 查询", root_fields())


def build_schema(mutation: type | None = None) -> strawberry.Schema:
    """The schema with the mutations given."""
    return HubSchema(
        query=Query,
        mutation=mutation,
        extensions=[ShownErrors, Limits],
    )
