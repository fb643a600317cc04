"""What a page costs in every order that the graph offers: rows read, and milliseconds."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from statistics import median
from typing import Any, TypeAlias

import asyncpg
import orjson
from sqlalchemy import URL, Table

from hub.store.database import Driver
from hub.store.readers import READ_SETTINGS
from resolvers.operations import ENGINE
from resolvers.sql.ordering import is_near
from schema.declare import Edge, Entity
from schema.registry import ENTITIES, ENTITY

PAGE = 20
TIMES = 5
"""How often a page is asked for; the median counts."""
ROOTS = [entity for entity in ENTITIES if entity.plural and isinstance(entity.source, Table)]
FILLED = ("divisions", "congresses", "people", "deputies", "homes", "stations", "groups", "runs")
"""The root lists that the data set of the bench fills."""
NAMES = count()

Order: TypeAlias = tuple[str, ...]


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


def plan(document: str, variables: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """The statement of a document and its values."""
    prepared = ENGINE.prepare(document, None, dict(variables), False)
    return prepared.statement, prepared.values


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


def document(entity: Entity) -> str:
    """Any page of an entity's rows in any order."""
    return f"""query ($order: [{entity.name}Order!], $first: Int, $last: Int,
      $after: String, $before: String) {{ found: {entity.plural}(orderBy: $order, first: $first,
      last: $last, after: $after, before: $before) {{ nodes {{ id }} }} }}"""


def as_variable(order: Order, direction: str) -> Any:
    """The order as the variable of that document."""
    return {order[0]: as_variable(order[1:], direction) if order[1:] else direction}


async def pages(
    driver: Driver, entity: Entity, order: Order, direction: str
) -> Mapping[str, Mapping[str, Any]]:
    """The variables of four pages: from both ends, and both ways from some row in the middle."""
    place = await middle(driver, entity, f"[{entry(order, direction)}]")
    asked = {"order": as_variable(order, direction)}
    return {
        "first": {**asked, "first": PAGE},
        "last": {**asked, "last": PAGE},
        "after": {**asked, "first": PAGE, "after": place},
        "before": {**asked, "last": PAGE, "before": place},
    }


@dataclass(frozen=True, slots=True)
class Cost:
    """What the pages of one order cost: rows read and milliseconds by page."""

    entity: Entity
    order: Order
    rows: Mapping[str, float]
    ms: Mapping[str, float]


async def measure_orders(url: URL) -> list[Cost]:
    """The costs of all ascending orders of the lists that the data set fills."""
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    driver = await asyncpg.connect(address, server_settings=READ_SETTINGS)
    filled = [entity for entity in ROOTS if entity.plural in FILLED]
    found = [await _cost(driver, entity, order) for entity in filled for order in orders(entity)]
    await driver.close()
    return found


async def _cost(driver: Driver, entity: Entity, order: Order) -> Cost:
    rows, ms = {}, {}
    for name, variables in (await pages(driver, entity, order, "ASC")).items():
        statement, values = plan(document(entity), variables)
        rows[name] = await rows_read(driver, statement, values)
        ms[name] = median([await _time(driver, statement, values) for _ in range(TIMES)])
    return Cost(entity, order, rows, ms)


async def _time(driver: Driver, statement: str, values: list[Any]) -> float:
    began = time.perf_counter()
    await driver.fetchval(statement, *values)
    return (time.perf_counter() - began) * 1000


TAKEN_OUT = """Every order that the graph offers has an index: the column, then the id
(`hub/subjects/orders.py`). Rows with equal values go by id, in the direction of the last entry, so
that one index serves both directions; where the first value may be null, the rows that have it and
those that have none are two walks. Taken out of the schema, since no index can or should serve it:

- what the hub computes on reading (days left, whether overdue, rates, freshness): it changes daily;
- long texts (summaries, replies, addresses, notes), yes and no, and most closed lists, whose names
  stand in no order that means something: filter or group by them;
- orders over links to the same kind (a division's parent: its code says the same), over links that
  no index leads back from, and over more than two links, or a second one that may lead nowhere;
- orders by how many rows an edge leads to (deputies by their suggestions): a page would count the
  edges of all rows, and its cursors would move with every record; a count kept on each row would be
  written with every record and know neither `where` nor `asOf`. Those with most are groups of the
  far side: `suggestions { aggregate { groupBy(by: [{ leadDeputy: { id: true } }],
  orderBy: [{ count: DESC }], first: 10) { keys { value } count } } }`, in one walk over them.

What is left to know: an order of several entries reads and sorts all rows that share its first
value, so begin with one that few rows share; over a link whose far side holds much that the list
does not lead to (divisions of other provinces, deputies who lead no group), the walk passes by that
too, once, at the end of the list."""


def order_lines(costs: list[Cost]) -> Iterator[str]:
    """The table of orders in docs/performance.md."""
    yield TAKEN_OUT
    yield ""
    yield (
        f"A page of {PAGE} in each order, ascending: rows that PostgreSQL reads, and milliseconds "
        f"from statement to answer (median of {TIMES}), from both ends and both ways from a row in "
        "the middle. Descending orders walk the same indexes the other way."
    )
    yield ""
    places = "first · last · after · before"
    yield f"| list | order | rows: {places} | ms: {places} |"
    yield "|---|---|---:|---:|"
    for cost in costs:
        rows = " · ".join(f"{item:,.0f}" for item in cost.rows.values())
        ms = " · ".join(f"{item:.1f}" for item in cost.ms.values())
        yield f"| {cost.entity.plural} | `{'.'.join(cost.order)}` | {rows} | {ms} |"
