"""Every order that the graph offers is read along an index, from the ends and from the middle."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from itertools import count
from typing import Any

import asyncpg
import orjson
import pytest
from sqlalchemy import URL, Table

from hub.store.database import READ_SETTINGS, Database, Driver
from resolvers.operations import ENGINE
from resolvers.sql.ordering import is_near
from schema.declare import Edge, Entity
from schema.registry import ENTITIES, ENTITY
from tests.conftest import drop_database, make_database
from tests.graph.filled import ROWS, fill

PAGE = 20
MOST = 50
"""Rows that may be read for one that is answered."""

ROOTS = [entity for entity in ENTITIES if entity.plural and isinstance(entity.source, Table)]
NAMES = count()

Order = tuple[str, ...]


def orders(entity: Entity, path: tuple[Edge, ...] = ()) -> Iterator[Order]:
    """The names of each order of an entity's rows, over at most as many edges as may be."""
    yield from ((value.name,) for value in entity.values if value.is_ordered)
    for edge in entity.edges:
        if edge.is_ordered and is_near((*path, edge)):
            below = orders(ENTITY[edge.target], (*path, edge))
            yield from ((edge.name, *names) for names in below)


def entry(order: Order, direction: str) -> str:
    """An entry of `orderBy`."""
    first, *rest = order
    return f"{{ {first}: {entry(tuple(rest), direction) if rest else direction} }}"


def plan(document: str, variables: dict[str, Any]) -> tuple[str, list[Any]]:
    """The statement of a document and its values."""
    query = ENGINE.plans.query(document, None)
    values = query.coerce(variables)
    selection = query.select(values)
    forms = selection.forms(values)
    made = ENGINE.plans.plan(selection, forms, False)
    return made.statement, made.arguments(forms)


async def rows_read(driver: Driver, statement: str, values: list[Any]) -> float:
    """The rows that scans of tables and indexes read to answer a statement."""
    name = f"asked_{next(NAMES)}"
    await driver.execute(f"PREPARE {name} AS {statement}")
    given = ", ".join("'" + str(value).replace("'", "''") + "'" for value in values)
    run = f"EXECUTE {name}({given})" if values else f"EXECUTE {name}"
    found = await driver.fetchval(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {run}")
    await driver.execute(f"DEALLOCATE {name}")
    return of_plan(orjson.loads(found)[0]["Plan"])


def of_plan(node: dict[str, Any]) -> float:
    """The rows that a node of a plan and those below it read."""
    own = 0.0
    if "Relation Name" in node:
        lost = ("Rows Removed by Filter", "Rows Removed by Index Recheck")
        rows = node["Actual Rows"] + sum(node.get(name, 0) for name in lost)
        own = rows * node["Actual Loops"]
    return own + sum(map(of_plan, node.get("Plans", ())))


@pytest.fixture(scope="module")
async def filled(server_url: URL, empty_template: str) -> AsyncIterator[Driver]:
    """A connection as those that answer, to a store that is filled."""
    url = await make_database(server_url, empty_template)
    database = Database(url)
    await fill(database)
    await database.close()
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    driver = await asyncpg.connect(address, server_settings=READ_SETTINGS)
    yield driver
    await driver.close()
    await drop_database(server_url, url)


async def middle(driver: Driver, entity: Entity, entries: str) -> str:
    """The cursor of some row in the order."""
    assert isinstance(entity.source, Table)
    key = await driver.fetchval(
        f"SELECT id FROM {entity.source.name} ORDER BY md5(id::text || 'x') LIMIT 1"
    )
    statement, values = plan(
        f"""{{ found: {entity.plural}(first: 1, orderBy: {entries},
            where: {{ id: {{ eq: "{entity.name}:{key}" }} }}) {{ edges {{ cursor }} }} }}""",
        {},
    )
    found = orjson.loads(await driver.fetchval(statement, *values))
    cursor: str = found["found"]["edges"][0]["cursor"]
    return cursor


@pytest.mark.parametrize("entity", ROOTS, ids=lambda entity: entity.plural)
async def test_a_page_of_any_order_reads_few_rows_for_each_that_it_answers(
    filled: Driver, entity: Entity
) -> None:
    document = f"""query ($order: [{entity.name}Order!], $first: Int, $last: Int,
      $after: String, $before: String) {{ found: {entity.plural}(orderBy: $order, first: $first,
      last: $last, after: $after, before: $before) {{ nodes {{ id }} }} }}"""
    dear = {}
    for order in orders(entity):
        for direction in ("ASC", "DESC"):
            asked = orjson.loads(
                entry(order, f'"{direction}"').replace("{ ", '{"').replace(": ", '":')
            )
            place = await middle(filled, entity, f"[{entry(order, direction)}]")
            pages: list[dict[str, Any]] = [
                {"first": PAGE},
                {"last": PAGE},
                {"first": PAGE, "after": place},
                {"last": PAGE, "before": place},
            ]
            for page in pages if len(order) < 3 else pages[2:]:
                read = await rows_read(filled, *plan(document, {"order": asked, **page}))
                if read > MOST * PAGE:
                    dear[".".join(order), direction, *page] = read
    assert dear == {}


async def test_the_count_of_rows_read_sees_a_walk_over_the_whole_table(filled: Driver) -> None:
    statement, values = plan(
        '{ people(where: { introduction: { contains: "nowhere" } }) { nodes { id } } }', {}
    )
    assert await rows_read(filled, statement, values) >= ROWS
