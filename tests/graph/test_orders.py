"""Every order that the graph offers is read along an index, from the ends and from the middle."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy import URL

from bench.reads.orders import PAGE, ROOTS, document, orders, pages, plan, rows_read
from hub.store.database import Database, Driver
from hub.store.readers import READ_SETTINGS
from schema.declare import Entity
from tests.conftest import drop_database, make_database
from tests.graph.filled import ROWS, fill

MOST = 50
"""Rows that may be read for one that is answered."""


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


@pytest.mark.parametrize("entity", ROOTS, ids=lambda entity: entity.plural)
async def test_a_page_of_any_order_reads_few_rows_for_each_that_it_answers(
    filled: Driver, entity: Entity
) -> None:
    dear = {}
    for order in orders(entity):
        for direction in ("ASC", "DESC"):
            asked = await pages(filled, entity, order, direction)
            for name, variables in asked.items():
                read = await rows_read(filled, *plan(document(entity), variables))
                if read > MOST * PAGE:
                    dear[".".join(order), direction, name] = read
    assert dear == {}


async def test_the_count_of_rows_read_sees_a_walk_over_the_whole_table(filled: Driver) -> None:
    statement, values = plan(
        '{ people(where: { introduction: { contains: "nowhere" } }) { nodes { id } } }', {}
    )
    assert await rows_read(filled, statement, values) >= ROWS
