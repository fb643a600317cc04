"""No field of the graph is null in every row of the demonstration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import URL, Connection, Table, create_engine, func, select

from hub.subjects.columns import BOOKKEEPING
from schema.declare import Entity, Expression, Row, Shape
from schema.registry import ENTITIES
from tests.running_demo import Demo

GOLDEN = [
    entity
    for entity in ENTITIES
    if isinstance(entity.source, Table) and set(entity.source.c.keys()) >= BOOKKEEPING
]
"""The types whose rows come from records of sources."""


def store_of(demo: Demo) -> URL:
    """The store that the demonstration runs, as its server states where it listens."""
    stated = (demo.folder / "postgres" / "postmaster.pid").read_text().splitlines()
    return URL.create(
        "postgresql+psycopg", "postgres", port=int(stated[3]), database="hub",
        query={"host": stated[4]},
    )  # fmt: skip


def nulls_of_values(connection: Connection, entity: Entity) -> Iterator[str]:
    """The values, and the edges to one row, that no row of the type has."""
    assert entity.source is not None
    row = entity.source.alias()
    links = {
        edge.name: row.c[edge.via]
        for edge in entity.edges
        if edge.shape is Shape.ONE and edge.via is not None and edge.via != "id"
    }
    values = {value.name: value.expression(row) for value in entity.values}
    yield from nulls(connection, entity.name, row, values | links)


def nulls_of_edges(connection: Connection, entity: Entity) -> Iterator[str]:
    """The values that no pair of a membership has."""
    for edge in entity.edges:
        if edge.through is not None:
            pair = edge.through.table.alias()
            values = {value.name: value.expression(pair) for value in edge.through.values}
            yield from nulls(connection, f"{entity.name}.{edge.name}", pair, values)


def nulls(
    connection: Connection, name: str, row: Row, values: Mapping[str, Expression]
) -> Iterator[str]:
    """The names of the values that are null in every row."""
    if not values:
        return
    counted = [func.count(value) for value in values.values()]
    found = connection.execute(select(*counted).select_from(row)).one()
    yield from (f"{name}.{each}" for each, count in zip(values, found, strict=True) if not count)


def test_no_field_is_null_in_every_row_of_the_demonstration(demo: Demo) -> None:
    assert len(GOLDEN) > 30
    engine = create_engine(store_of(demo))
    with engine.connect() as connection:
        empty = [
            name
            for entity in GOLDEN
            for each in (nulls_of_values, nulls_of_edges)
            for name in each(connection, entity)
        ]
    engine.dispose()
    assert empty == []
