"""Compiled and executed answers are the same, byte for byte: saved queries and generated ones."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import TypeAlias

import orjson
import pytest
from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    GraphQLNamedType,
    GraphQLObjectType,
    IntValueNode,
    ListValueNode,
    NameNode,
    ObjectFieldNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    ValueNode,
    Visitor,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    parse,
    print_ast,
    validate,
    visit,
)
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes as made
from hypothesis_graphql import queries
from sqlalchemy import URL

from hub.divisions.history import History
from hub.divisions.index import DivisionIndex
from hub.intake import OpenHub
from hub.store.database import Database
from resolvers.context import Access, Context
from resolvers.engine import NotCompiled, NotForSql
from resolvers.operations import ENGINE, SCHEMA, Operation, execute
from schema.ids import make_id
from schema.registry import ENTITIES
from tests.conftest import drop_database, make_database
from tests.graph import world as w
from tests.graph.filler import KINDS, fill_up, keys_of
from tests.graph.test_examples import EXAMPLES, IN_THE_SMALL_WORLD

GENERATED = 2000
IDS = {
    "Person": (w.LIN, w.CHEN, w.MERGED_AWAY),
    "Deputy": (w.LIN_COUNTY, w.CHEN_COUNTY, w.LIN_TOWN),
    "Congress": (w.CONGRESS_COUNTY, w.CONGRESS_TOWN),
    "DeputyHome": (w.HOME,),
    "LiaisonStation": (w.STATION, w.STATION_OFF_SITE),
    "DeputyGroup": (w.GROUP,),
    "SourceSystem": (w.SYSTEM_ZH,),
    "SourceRecord": (w.RECORD_ZH, w.RECORD_GONE),
    "Run": (w.RUN_GY,),
}
PERIODS = ("period0", "period1")
TYPED = ("林", "lin", "lzy", "元坝", "昭化区人大", "zhenren", "路", "z")
"""Texts that a search finds something for."""

IDS |= {
    entity.name: keys_of(entity.source.name)
    for entity in ENTITIES
    if entity.name not in IDS and entity.source in KINDS
}
PAGED = {
    name
    for kind in SCHEMA._schema.type_map.values()
    if isinstance(kind, GraphQLObjectType)
    for name, field in kind.fields.items()
    if "last" in field.args
}
ROOT_TYPES = {entity.singular: entity.name for entity in ENTITIES if entity.singular}


class Realistic(Visitor):
    """Gives a generated query arguments that find something: known ids, codes, small pages."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.chance = random.Random(seed)  # noqa: S311

    def leave_field(self, node: FieldNode, *_: object) -> FieldNode:
        """Rewrite the arguments of a field."""
        field = node.name.value
        kept = [item for item in node.arguments or () if not self._is_dropped(field, item)]
        given = tuple(self._given(field, item) for item in kept)
        return replace(node, arguments=(*given, self._size()) if field in PAGED else given)

    def leave_object_value(self, node: ObjectValueNode, *_: object) -> ObjectValueNode:
        """An entry of an order has one key; a where with one is the likeliest to hold."""
        kept = [item for item in node.fields if not _is_id_filter(item)]
        return replace(node, fields=tuple(kept[:1]))

    def _is_dropped(self, field: str, item: ArgumentNode) -> bool:
        name = item.name.value
        if field in PAGED and name in ("first", "last"):
            return True
        return self.chance.random() < {"after": 1.0, "before": 1.0, "where": 0.8}.get(name, 0.0)

    def _size(self) -> ArgumentNode:
        """The size of a page from either end."""
        return ArgumentNode(
            name=NameNode(value=self.chance.choice(["first", "last"])),
            value=IntValueNode(value=str(self.chance.randrange(5))),
        )

    def _given(self, field: str, item: ArgumentNode) -> ArgumentNode:
        value = self._value(field, item)
        return item if value is None else replace(item, value=value)

    def _value(self, field: str, item: ArgumentNode) -> ValueNode | None:
        known = {
            ("id", field): self._id(ROOT_TYPES.get(field)),
            ("ids", field): ListValueNode(values=tuple(self._id(None) for _ in range(3))),
            ("code", "division"): StringValueNode(value=self.chance.choice(w.CODES)),
            ("division", field): StringValueNode(value=self.chance.choice(w.CODES)),
            ("year", field): IntValueNode(value=str(self.chance.randrange(2020, 2027))),
            ("code", "system"): StringValueNode(value="zhaohua-npc"),
            ("text", "search"): StringValueNode(value=self.chance.choice(TYPED)),
            ("division", "search"): StringValueNode(value=self.chance.choice(w.CODES)),
            ("first", "search"): IntValueNode(value=str(self.chance.randrange(1, 4))),
            ("ruleSet", "scoreBoard"): self._id("ScoreRuleSet"),
            ("period", "scoreBoard"): StringValueNode(value=self.chance.choice(PERIODS)),
        }
        if item.name.value == "orderBy" and isinstance(item.value, ListValueNode):
            near = [entry for entry in item.value.values if print_ast(entry).count("{") <= 2]
            return replace(item.value, values=tuple(near[:3]))
        return known.get((item.name.value, field))

    def _id(self, name: str | None) -> StringValueNode:
        name = name or self.chance.choice(sorted(IDS))
        return StringValueNode(value=make_id(name, self.chance.choice(IDS.get(name, (w.LIN,)))))


def _is_id_filter(item: ObjectFieldNode) -> bool:
    return item.name.value == "id" and isinstance(item.value, ObjectValueNode)


def realistic(query: str, seed: int) -> str:
    """The query with arguments that find something."""
    types = TypeInfo(SCHEMA._schema)
    fuller = visit(parse(query), TypeInfoVisitor(types, Fuller(seed, types)))
    asked: DocumentNode = visit(fuller, Realistic(seed))
    hostile = visit(asked, Hostile(seed))
    return print_ast(asked if validate(SCHEMA._schema, hostile) else hostile)


HOSTILE = (
    *("o", "_", "_n", "_total", "_number", "_cursor", "_key_0", "_member_role", "more", "first"),
    *("list_0", "value_0", "page_1", "page_2", "deputy_1", "person_1", "anon_1", "anon_2", "found"),
    *("row", "select", "NULL", "true", "json", "oid", "ctid", "tableoid", "__x", "x" * 63),
    *("a" * 63 + "1", "a" * 63 + "2", "b" * 200, "k0", "m0", "own", "asked", "id", "name"),
)
"""Names that stand in statements of the hub, that PostgreSQL knows, or that it would cut."""


class Hostile(Visitor):
    """Gives the fields that `Fuller` added aliases that would harm a careless statement."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.chance = random.Random(seed)  # noqa: S311

    def leave_selection_set(self, node: SelectionSetNode, *_: object) -> SelectionSetNode:
        """Rename them, each within its selection."""
        names = iter(self.chance.sample(HOSTILE, len(HOSTILE)))
        return replace(node, selections=tuple(self._renamed(it, names) for it in node.selections))

    def _renamed(self, node: SelectionNode, names: Iterator[str]) -> SelectionNode:
        if isinstance(node, FieldNode) and node.alias and ADDED.match(node.alias.value):
            return replace(node, alias=NameNode(value=next(names)))
        return node


ADDED = re.compile(r"x\d+_")
"""How the aliases begin that `Fuller` gives."""


SCALARS = {
    "Date": st.dates().map(lambda day: made.String(day.isoformat())),
    "DateTime": st.dates().map(lambda day: made.String(f"{day.isoformat()}T00:00:00Z")),
}


@lru_cache
def queries_of(field: str) -> st.SearchStrategy[object]:
    """Queries of one root field."""
    return queries(
        SCHEMA._schema,
        fields=[field],
        custom_scalars=SCALARS,
        allow_x00=False,
        allow_null=False,
    )


class Fuller(Visitor):
    """Adds fields to every selection, so that more than a name is read of what is found."""

    def __init__(self, seed: int, types: TypeInfo) -> None:
        super().__init__()
        self.chance = random.Random(seed)  # noqa: S311
        self.types = types
        self.numbers = count()

    def leave_selection_set(self, node: SelectionSetNode, *_: object) -> SelectionSetNode:
        """Add fields of the type that the selection is of."""
        kind = self.types.get_parent_type()
        if not isinstance(kind, GraphQLObjectType) or kind is SCHEMA._schema.query_type:
            return node
        return replace(node, selections=(*node.selections, *self.fields(kind, 2)))

    def fields(self, kind: GraphQLObjectType, depth: int) -> list[FieldNode]:
        """Some fields of a type under aliases of their own, `depth` levels of links among them."""
        free = [
            (name, get_named_type(field.type))
            for name, field in sorted(kind.fields.items())
            if name not in LIVE and not any(map(is_required_argument, field.args.values()))
        ]
        leaves = [(name, found) for name, found in free if is_leaf_type(found)]
        links = [pair for pair in free if isinstance(pair[1], GraphQLObjectType)]
        chosen = self.some(leaves, 3) + (self.some(links, 1) if depth else [])
        return [self.field(name, found, depth) for name, found in chosen]

    def some(self, items: Sequence[Found], most: int) -> list[Found]:
        """At most so many of the items, in any order."""
        return self.chance.sample(items, min(most, len(items)))

    def field(self, name: str, kind: GraphQLNamedType, depth: int) -> FieldNode:
        """A field; what it leads to has fields too."""
        inner = None
        if isinstance(kind, GraphQLObjectType):
            below = self.fields(kind, depth - 1) or [field_node("__typename")]
            inner = SelectionSetNode(selections=tuple(below))
        return field_node(name, alias=f"x{next(self.numbers)}_{name}"[:60], inner=inner)


Found: TypeAlias = tuple[str, GraphQLNamedType]
LIVE = {"liveRecord"}
"""Fields that ask source systems."""


def field_node(
    name: str, *, alias: str | None = None, inner: SelectionSetNode | None = None
) -> FieldNode:
    """A field of a selection."""
    return FieldNode(
        name=NameNode(value=name),
        alias=NameNode(value=alias) if alias else None,
        selection_set=inner,
        arguments=(),
        directives=(),
    )


NOWHERE = DivisionIndex(History((), ()))
ROOT = SCHEMA._schema.query_type.fields if SCHEMA._schema.query_type else {}
ROOTS = sorted(ROOT)


async def compiled(database: Database, operation: Operation, restricted: bool) -> bytes | None:
    """The data as the engine answers; None where it leaves the operation to the executor."""
    try:
        found = await ENGINE.answer(
            database, ENGINE.prepare(operation.document, None, operation.variables, restricted)
        )
    except NotForSql:
        return None
    except NotCompiled:
        await expect_error(database, operation, restricted)
        return None
    return orjson.dumps(found)


async def expect_error(database: Database, operation: Operation, restricted: bool) -> None:
    """What only the executor answers must be an error: else it was asked without need."""
    context = Context(OpenHub(database, NOWHERE, b""), Access("a-system", restricted), "request-1")
    assert (await execute(operation, context)).errors, operation.document


async def executed(
    database: Database, operation: Operation, restricted: bool, divisions: DivisionIndex = NOWHERE
) -> bytes:
    """The data as the executor and the loaders answer."""
    context = Context(
        OpenHub(database, divisions, b""), Access("a-system", restricted), "request-1"
    )
    found = await execute(operation, context)
    assert not found.errors, (operation.document, found.errors)
    return orjson.dumps(found.data)


async def same(database: Database, operation: Operation, restricted: bool) -> bool:
    """Whether both ways answer the same, bytes and all; False where there is but one way.

    An age in seconds may turn between the two, so a difference counts when it comes three times.
    """
    for attempt in range(3):
        ours = await compiled(database, operation, restricted)
        if ours is None:
            return False
        theirs = await executed(database, operation, restricted)
        if ours == theirs:
            FOUND.update(name for name, value in by_root(operation, ours) if value)
            return True
        assert attempt < 2, (operation.document, ours.decode(), theirs.decode())
    return False


def by_root(operation: Operation, answer: bytes) -> Iterator[tuple[str, object]]:
    """The root fields of an operation, each with its part of the answer."""
    data = orjson.loads(answer)
    for definition in parse(operation.document).definitions:
        if isinstance(definition, OperationDefinitionNode):
            for node in definition.selection_set.selections:
                if isinstance(node, FieldNode):
                    yield node.name.value, data.get((node.alias or node.name).value)


@pytest.fixture(scope="module")
async def full(server_url: URL, world: Database) -> AsyncIterator[Database]:
    """The small world with rows of every kind."""
    await world.close()
    url = await make_database(server_url, str(world.url.database))
    database = Database(url)
    try:
        await fill_up(database)
        yield database
    finally:
        await database.close()
        await drop_database(server_url, url)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.graphql")), ids=lambda path: path.stem)
@pytest.mark.parametrize("restricted", [False, True])
async def test_saved_queries_are_answered_the_same(
    full: Database, path: Path, restricted: bool
) -> None:
    document = path.read_text()  # noqa: ASYNC240
    variables = IN_THE_SMALL_WORLD.get(path.stem)
    assert await same(full, Operation(document, variables=variables), restricted)


def shown_twice(name: str) -> str:
    """All values of a connection's nodes, as its nodes and on its edges: one page read whole."""
    connection = get_named_type(ROOT[name].type)
    assert isinstance(connection, GraphQLObjectType)
    node = get_named_type(connection.fields["nodes"].type)
    assert isinstance(node, GraphQLObjectType)
    values = " ".join(
        key
        for key, value in node.fields.items()
        if is_leaf_type(get_named_type(value.type))
        and not any(map(is_required_argument, value.args.values()))
    )
    return (
        f"{{ {name}(first: 5) {{ nodes {{ {values} }} edges {{ cursor node {{ {values} }} }} }} }}"
    )


CONNECTIONS = [
    name
    for name in ROOTS
    if "edges" in getattr(get_named_type(ROOT[name].type), "fields", ())
    and not any(map(is_required_argument, ROOT[name].args.values()))
]


@pytest.mark.parametrize("name", CONNECTIONS)
@pytest.mark.parametrize("restricted", [False, True])
async def test_whole_pages_show_all_values(full: Database, name: str, restricted: bool) -> None:
    assert await same(full, Operation(shown_twice(name)), restricted)


TALLY: Counter[bool] = Counter()
"""How many generated queries were compiled."""
FOUND: Counter[str] = Counter()
"""How many of the answers that were compared had something in them, by root field."""


@settings(
    max_examples=GENERATED,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(query=st.sampled_from(ROOTS).flatmap(queries_of), seed=st.integers(0, 2**16))
async def test_generated_queries_are_answered_the_same(
    full: Database, query: object, seed: int
) -> None:
    operation = Operation(realistic(str(query), seed))
    TALLY[await same(full, operation, restricted=bool(seed % 2))] += 1


def test_generated_boards_of_scores_had_cards() -> None:
    assert FOUND["scoreBoard"] > 5


def test_most_generated_queries_were_compiled() -> None:
    assert TALLY.total() >= GENERATED
    assert TALLY[True] >= 0.9 * TALLY.total(), TALLY


EXPLAINED = """{{ explainLink(left: "{left}", right: "{right}") {{
  left {record} right {record} }} }}"""
BY_ID = """{{
  left: node(id: "{left}") {{ ... on SourceRecord {record} }}
  right: node(id: "{right}") {{ ... on SourceRecord {record} }} }}"""
SIDES = {
    "left": make_id("SourceRecord", w.RECORD_ZH),
    "right": make_id("SourceRecord", w.RECORD_GY),
}


@pytest.mark.parametrize("seed", range(40))
async def test_the_records_of_an_explanation_are_those_that_are_compiled(
    full: Database, divisions: DivisionIndex, seed: int
) -> None:
    kind = SCHEMA._schema.type_map["SourceRecord"]
    assert isinstance(kind, GraphQLObjectType)
    chosen = Fuller(seed, TypeInfo(SCHEMA._schema)).fields(kind, 3)
    given = SIDES | {"record": print_ast(SelectionSetNode(selections=tuple(chosen)))}
    explained, by_id = (Operation(text.format(**given)) for text in (EXPLAINED, BY_ID))
    restricted = bool(seed % 2)
    for attempt in range(3):
        theirs = await executed(full, explained, restricted, divisions)
        ours = await compiled(full, by_id, restricted)
        assert ours is not None
        assert orjson.loads(theirs)["explainLink"].keys() == SIDES.keys()
        if theirs == b'{"explainLink":%b}' % ours:
            return
        assert attempt < 2, (theirs, ours)
