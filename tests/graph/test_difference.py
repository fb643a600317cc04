"""Compiled and executed answers are the same, byte for byte: saved queries and generated ones."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import asyncpg
import orjson
import pytest
from graphql import (
    ArgumentNode,
    FieldNode,
    IntValueNode,
    ListValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    StringValueNode,
    ValueNode,
    Visitor,
    parse,
    print_ast,
    visit,
)
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes as made
from hypothesis_graphql import queries

from hub.database import Database
from resolvers.context import Access, Context
from resolvers.engine.inputs import NotCompiled
from resolvers.operations import ENGINE, SCHEMA, Operation, execute
from schema.ids import make_id
from schema.registry import ENTITIES
from tests.graph import world as w
from tests.graph.test_examples import EXAMPLES

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
TYPED = ("林", "lin", "lzy", "元坝", "昭化区人大", "zhenren", "路", "z")
"""Texts that a search finds something for."""

ROOT_TYPES = {entity.singular: entity.name for entity in ENTITIES if entity.singular}


class Realistic(Visitor):
    """Gives a generated query arguments that find something: known ids, codes, small pages."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.chance = random.Random(seed)  # noqa: S311

    def leave_field(self, node: FieldNode, *_: object) -> FieldNode:
        """Rewrite the arguments of a field."""
        field = node.name.value
        names = {item.name.value for item in node.arguments or ()}
        kept = [item for item in node.arguments or () if not self._is_dropped(item, names)]
        return replace(node, arguments=tuple(self._given(field, item) for item in kept))

    def leave_object_value(self, node: ObjectValueNode, *_: object) -> ObjectValueNode:
        """An entry of an order has one key; a where with one is the likeliest to hold."""
        kept = [item for item in node.fields if not _is_id_filter(item)]
        return replace(node, fields=tuple(kept[:1]))

    def _is_dropped(self, item: ArgumentNode, names: set[str]) -> bool:
        name = item.name.value
        if name == "last" and "first" in names:
            return True
        return self.chance.random() < {"after": 1.0, "before": 1.0, "where": 0.6}.get(name, 0.0)

    def _given(self, field: str, item: ArgumentNode) -> ArgumentNode:
        value = self._value(field, item)
        return item if value is None else replace(item, value=value)

    def _value(self, field: str, item: ArgumentNode) -> ValueNode | None:
        known = {
            ("first", field): IntValueNode(value=str(self.chance.randrange(4))),
            ("last", field): IntValueNode(value=str(self.chance.randrange(4))),
            ("id", field): self._id(ROOT_TYPES.get(field)),
            ("ids", field): ListValueNode(values=tuple(self._id(None) for _ in range(3))),
            ("code", "division"): StringValueNode(value=self.chance.choice(w.CODES)),
            ("division", field): StringValueNode(value=self.chance.choice(w.CODES)),
            ("year", field): IntValueNode(value=str(self.chance.randrange(2020, 2027))),
            ("code", "system"): StringValueNode(value="zhaohua-npc"),
            ("text", "search"): StringValueNode(value=self.chance.choice(TYPED)),
            ("division", "search"): StringValueNode(value=self.chance.choice(w.CODES)),
            ("first", "search"): IntValueNode(value=str(self.chance.randrange(1, 4))),
        }
        if item.name.value == "orderBy" and isinstance(item.value, ListValueNode):
            return replace(item.value, values=item.value.values[:3])
        return known.get((item.name.value, field))

    def _id(self, name: str | None) -> StringValueNode:
        name = name or self.chance.choice(sorted(IDS))
        return StringValueNode(value=make_id(name, self.chance.choice(IDS.get(name, (w.LIN,)))))


def _is_id_filter(item: ObjectFieldNode) -> bool:
    return item.name.value == "id" and isinstance(item.value, ObjectValueNode)


def realistic(query: str, seed: int) -> str:
    """The query with arguments that find something."""
    return print_ast(visit(parse(query), Realistic(seed)))


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


ROOTS = sorted(SCHEMA._schema.query_type.fields) if SCHEMA._schema.query_type else []


async def compiled(database: Database, operation: Operation, restricted: bool) -> bytes | None:
    """The data as the engine answers; None where it leaves the operation to the executor."""
    try:
        found = await ENGINE.answer(
            database, operation.document, None, operation.variables, restricted
        )
    except NotCompiled as error:
        cause = error.__cause__
        if isinstance(cause, asyncpg.PostgresError):
            raise cause from None
        return None
    return orjson.dumps(found)


async def executed(database: Database, operation: Operation, restricted: bool) -> bytes:
    """The data as the executor and the loaders answer."""
    context = Context(database, Access("a-system", restricted), "request-1")
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
            return True
        assert attempt < 2, (operation.document, ours.decode(), theirs.decode())
    return False


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.graphql")), ids=lambda path: path.stem)
@pytest.mark.parametrize("restricted", [False, True])
async def test_saved_queries_are_answered_the_same(
    world: Database, path: Path, restricted: bool
) -> None:
    document = path.read_text()  # noqa: ASYNC240
    assert await same(world, Operation(document), restricted)


TALLY: Counter[bool] = Counter()


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
    world: Database, query: object, seed: int
) -> None:
    operation = Operation(realistic(str(query), seed))
    TALLY[await same(world, operation, restricted=bool(seed % 2))] += 1


def test_most_generated_queries_were_compiled() -> None:
    assert TALLY.total() >= GENERATED
    assert TALLY[True] >= 0.9 * TALLY.total(), TALLY
