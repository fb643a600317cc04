"""Databases: queries, cursors, batches, and that nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import aclosing

import pytest
from sqlalchemy import create_engine, text

from connectors.databases import open_engine
from connectors.mapping import compile_mapping
from connectors.reading import BATCH, Row
from connectors.registry import open_connector
from hub.errors import Code, Refusal, StopRun
from tests.connectors.cases import SqlCase
from tests.connectors.people import people, person
from tests.connectors.reading import ids_of, read_all


@pytest.fixture(params=["mariadb", "postgresql"])
def sql(request: pytest.FixtureRequest) -> Iterator[SqlCase]:
    case = SqlCase(request.getfixturevalue(f"{request.param}_url"))
    yield case
    case.engine.dispose()


async def test_query_serves_as_a_table(sql: SqlCase) -> None:
    sql.put(people(5))
    query = "SELECT * FROM npc_member WHERE id > 2"
    assert await ids_of(sql.system(query=query), sql.environ) == ["D3", "D4", "D5"]
    cursor = await read_all(
        sql.system(query=query, cursor="updated_at", overlap=60),
        sql.environ,
        "2026-03-06 07:00:00",
    )
    assert [row.place for row in cursor] == ["query of deputies, id=5"]


async def test_rows_are_named_by_table_and_key(sql: SqlCase) -> None:
    sql.put(people(1))
    rows = await read_all(sql.system(), sql.environ)
    assert [row.place for row in rows] == ["table npc_member, id=1"]


async def test_a_key_that_cannot_be_kept_refuses_its_row_and_is_shown_short(
    mariadb_url: str,
) -> None:
    case = SqlCase(mariadb_url)
    with case.engine.begin() as connection:
        connection.execute(text("ALTER TABLE npc_member MODIFY name TEXT"))
    case.put([person(1, name="甲\0乙"), person(2, name="长" * 501), person(3)])
    described = case.system(key="{name}")
    mapping = compile_mapping(described.streams[0])
    first, second, third = await read_all(described, case.environ)
    case.engine.dispose()
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert isinstance(third, Row)
    with pytest.raises(Refusal, match=r"name='甲\\x00乙': the key .* U\+0000") as refused:
        mapping.expand(first)
    assert refused.value.code is Code.UNREADABLE_VALUE
    with pytest.raises(Refusal, match=r"长…: the key .* 501 characters") as refused:
        mapping.expand(second)
    assert refused.value.code is Code.VALUE_TOO_LONG
    assert [keyed.external_id for keyed in mapping.expand(third)] == ["代表丁"]


async def test_rows_without_a_cursor_value_come_every_time(sql: SqlCase) -> None:
    sql.put(people(3))
    with sql.engine.begin() as connection:
        connection.execute(text("UPDATE npc_member SET updated_at = NULL WHERE id = 1"))
    since = "2026-03-04 08:00:00"
    rows = await read_all(sql.system(cursor="updated_at"), sql.environ, since)
    assert sorted(row.place for row in rows) == [
        "table npc_member, id=1",
        "table npc_member, id=3",
    ]


async def test_rows_come_in_batches(sql: SqlCase) -> None:
    sql.put([person(number) for number in range(1, 12_001)])
    system = sql.system()
    connector = open_connector(system, sql.environ)
    sizes = [len(batch) async for batch in connector.read(system.streams[0], None)]
    await connector.close()
    assert sizes == [BATCH] * (12_000 // BATCH) + [12_000 % BATCH]


async def test_reader_may_leave_in_the_middle(sql: SqlCase) -> None:
    sql.put([person(number) for number in range(1, 12_001)])
    system = sql.system()
    connector = open_connector(system, sql.environ)
    async with aclosing(connector.read(system.streams[0], None)) as pages:
        first = await anext(pages)
    await connector.close()
    assert len(first) == BATCH


async def test_sessions_only_read(sql: SqlCase) -> None:
    engine = open_engine(sql.url, "Database")
    with engine.connect() as connection, pytest.raises(Exception, match=r"(?i)read.only"):
        connection.execute(text("DELETE FROM npc_member"))
    engine.dispose()


async def test_missing_column_is_named_with_those_found(sql: SqlCase) -> None:
    with pytest.raises(StopRun) as caught:
        await read_all(sql.system(checks={"nowhere": ".*"}), sql.environ)
    assert caught.value.message == (
        "Table npc_member has no column nowhere, which stream deputies maps. Columns found: "
        "id, is_deleted, name, phone, sex, stations, updated_at. "
        "Correct the manifest, or have the source put the column back."
    )


@pytest.mark.parametrize(
    "change",
    [
        {"table": "nowhere"},
        {"query": "SELECT * FROM nowhere"},
        {"query": "SELECT id FROM npc_member"},
    ],
)
async def test_missing_table_or_column_of_a_query_stops_the_run(
    sql: SqlCase, change: dict[str, str]
) -> None:
    with pytest.raises(StopRun) as caught:
        await read_all(sql.system(**change), sql.environ)
    assert caught.value.code is Code.SOURCE_CHANGED


async def test_unknown_database_stops_the_run(sql: SqlCase) -> None:
    url = sql.engine.url.set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(StopRun, match="lacks what the manifest names") as caught:
        await read_all(sql.system(), {"SQL_URL": url})
    assert caught.value.code is Code.SOURCE_CHANGED


async def test_schema_stands_before_the_table(sql: SqlCase) -> None:
    sql.put(people(1))
    schema = "public" if sql.url.startswith("postgresql") else "source"
    assert await ids_of(sql.system(table=f"{schema}.npc_member"), sql.environ) == ["D1"]


async def test_chinese_names_of_table_and_columns_are_read(sql: SqlCase) -> None:
    quote = '"' if sql.url.startswith("postgresql") else "`"
    with sql.engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS 代表"))
        made = f"CREATE TABLE 代表 ({quote}编 号{quote} INT, 姓名 VARCHAR(60))"
        connection.execute(text(made))
        connection.execute(text("INSERT INTO 代表 VALUES (1, '代表甲')"))
    system = sql.system(table="代表", key="{编 号}", fields={"name": "姓名"}, checks={})
    assert await ids_of(system, sql.environ) == ["1"]


@pytest.mark.parametrize("url", ["no url", "nosuch://a:s3cret@b/c", "mysql+nosuch://a:s3cret@b/c"])
async def test_address_that_is_none_is_refused_without_showing_it(sql: SqlCase, url: str) -> None:
    with pytest.raises(StopRun, match="is no database URL") as caught:
        open_connector(sql.system(), {"SQL_URL": url})
    assert caught.value.code is Code.BAD_SETTING
    assert "s3cret" not in caught.value.message


async def test_any_database_of_sqlalchemy_is_read(tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/source.db"
    case = SqlCase(url)
    case.put(people(2))
    case.engine.dispose()
    assert await ids_of(case.system(cursor="updated_at"), {"SQL_URL": url}) == ["D1", "D2"]
    create_engine(url).dispose()
