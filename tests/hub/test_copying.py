"""One encoder of rows for COPY: every type of column, every extreme, and what is refused."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import orjson
import pytest
from sqlalchemy import Column, Float, MetaData, Numeric, Table, Time
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from hub.store.cells import CannotCopy, cells
from hub.store.copying import Packed, copy_rows, packed, packed_rows
from hub.store.database import Database
from hub.subjects import metadata

ONE, TWO = "01890000-0000-7000-8000-000000000001", "ffffffff-ffff-ffff-ffff-ffffffffffff"
NOW = datetime(2026, 11, 30, 23, 59, 59, 999_999, UTC)
ENDLESS = [
    datetime(9999, 12, 31, 23, 59, 59, 999_999, UTC).replace(tzinfo=None),
    datetime(1, 1, 1, tzinfo=UTC).replace(tzinfo=None),
]
"""Times without end and without beginning, as the driver gives them."""
CHINA = timezone(timedelta(hours=8))

Case = tuple[str, str, Sequence[Any], Sequence[Any]]
CASES: list[Case] = [
    ("division", "id", [ONE, UUID(TWO)], [UUID(ONE), UUID(TWO)]),
    ("division", "parent_id", [None, ONE], [None, UUID(ONE)]),
    (
        "division",
        "name",
        ["", "昭化区", None, "𠮷\n\t\\N", "a" * 100_000],
        ["", "昭化区", None, "𠮷\n\t\\N", "a" * 100_000],
    ),
    ("search_entry", "folded", ["李", "李", None], ["李", "李", None]),
    ("division", "has_congress", [True, False, None], [True, False, None]),
    (
        "division",
        "valid_from",
        ["2021-10-01", date(1, 1, 1), "9999-12-30", None, "1969-12-31"],
        [date(2021, 10, 1), date(1, 1, 1), date(9999, 12, 30), None, date(1969, 12, 31)],
    ),
    ("division", "valid_to", ["infinity", "-infinity"], [date.max, date.min]),
    (
        "source_record",
        "last_seen_at",
        [NOW, "2026-12-01T08:00:00+08:00", datetime(1900, 1, 1, tzinfo=CHINA), None],
        [
            NOW,
            datetime(2026, 12, 1, tzinfo=UTC),
            datetime(1899, 12, 31, 16, tzinfo=UTC),
            None,
        ],
    ),
    ("source_record", "deleted_at", ["infinity", "-infinity"], [*ENDLESS]),
    ("search_entry", "number", [-(2**15), 2**15 - 1, None, 0], [-(2**15), 2**15 - 1, None, 0]),
    ("suggestion", "session", [-(2**31), 2**31 - 1, None], [-(2**31), 2**31 - 1, None]),
    ("crowded_key", "key", [-(2**63), 2**63 - 1, 0], [-(2**63), 2**63 - 1, 0]),
    (
        "score_link",
        "score",
        [0.1, 0.0, -0.0, math.inf, -math.inf, 5e-324, 1.7976931348623157e308, 3, None],
        [0.1, 0.0, -0.0, math.inf, -math.inf, 5e-324, 1.7976931348623157e308, 3.0, None],
    ),
    ("source_record", "checksum", [b"", b"\0\xff", bytes(70_000)], [b"", b"\0\xff", bytes(70_000)]),
    (
        "change",
        "before",
        [b'{"a": [1, null]}', {"名": "王"}, [], "text", 7, None, b"null"],
        [{"a": [1, None]}, {"名": "王"}, [], "text", 7, None, None],
    ),
    (
        "search_entry",
        "division_ids",
        [[], [ONE], (ONE, UUID(TWO)), [ONE], None, [None, ONE]],
        [[], [UUID(ONE)], [UUID(ONE), UUID(TWO)], [UUID(ONE)], None, [None, UUID(ONE)]],
    ),
    (
        "sighting",
        "external_ids",
        [[], ["7", "", "八"], [None]],
        [[], ["7", "", "八"], [None]],
    ),
    ("link_form", "keys", [[], [-1, 2**62], [0]], [[], [-1, 2**62], [0]]),
]
"""Column, values as the hub holds them, values as PostgreSQL gives them back."""


def type_of(table: str, column: str) -> str:
    return repr(metadata.tables[table].c[column].type)


def test_every_type_of_column_is_tried() -> None:
    used = {type_of(table.name, it.name) for table in metadata.tables.values() for it in table.c}
    assert used == {type_of(table, column) for table, column, _, _ in CASES}


def test_every_column_of_the_store_can_be_copied() -> None:
    for table in metadata.tables.values():
        for column in table.columns:
            assert cells(table.name, column.name, [None]) == [b"\xff\xff\xff\xff"]


async def copied(database: Database, rows: Packed) -> list[tuple[Any, ...]]:
    """What PostgreSQL made of rows."""
    names = ", ".join(rows.columns)
    async with database.transaction() as driver:
        await driver.set_type_codec("jsonb", encoder=str, decoder=orjson.loads, schema="pg_catalog")
        await driver.execute(
            f"CREATE TEMP TABLE copied ON COMMIT DROP AS "
            f"SELECT {names} FROM {rows.table} LIMIT 0; ALTER TABLE copied ADD place serial"
        )
        await copy_rows(driver, rows, into="copied")
        found = await driver.fetch(f"SELECT {names} FROM copied ORDER BY place")
    return [tuple(row) for row in found]


@pytest.mark.parametrize(("table", "column", "values", "expected"), CASES)
async def test_values_arrive_as_they_are(
    database: Database, table: str, column: str, values: Sequence[Any], expected: Sequence[Any]
) -> None:
    found = [row[0] for row in await copied(database, packed(table, {column: values}))]
    assert found == list(expected)
    assert list(map(repr, found)) == list(map(repr, expected))


async def test_no_number_is_one_too(database: Database) -> None:
    ((found,),) = await copied(database, packed("score_link", {"score": [math.nan]}))
    assert math.isnan(found)


async def test_rows_share_values_and_come_in_their_order(database: Database) -> None:
    rows = packed("division", {"code": ["1", "2"], "parent_id": [ONE, None]}, {"level": "COUNTY"})
    assert await copied(database, rows) == [
        ("1", UUID(ONE), "COUNTY"),
        ("2", None, "COUNTY"),
    ]


async def test_no_rows_are_none(database: Database) -> None:
    assert await copied(database, packed_rows("division", ("id", "name"), [])) == []


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("division", "id", "no id"),
        ("division", "name", 5),
        ("division", "name", "\ud800"),
        ("division", "valid_from", "2021-02-30"),
        ("source_record", "last_seen_at", datetime(2026, 1, 1)),  # noqa: DTZ001 - what it lacks
        ("search_entry", "number", 2**15),
        ("suggestion", "session", 2**31),
        ("suggestion", "session", 1.5),
        ("crowded_key", "key", 2**63),
        ("score_link", "score", "0.5"),
        ("source_record", "checksum", "text"),
        ("link_form", "keys", ["1"]),
    ],
)
def test_a_value_that_its_column_cannot_hold_is_refused_unseen(
    table: str, column: str, value: object
) -> None:
    with pytest.raises(CannotCopy) as refused:
        cells(table, column, [None, value])
    assert str(refused.value).startswith(f"{table}.{column}: a value is no ")
    assert repr(value) not in str(refused.value)


@pytest.mark.parametrize("kind", [Numeric(), Time(), Float(precision=24), ARRAY(Time())])
def test_a_type_without_a_form_is_refused(monkeypatch: pytest.MonkeyPatch, kind: Any) -> None:
    other = MetaData()
    Table("strange", other, Column("it", kind), Column("json", JSONB))
    monkeypatch.setattr("hub.store.cells.metadata", other)
    with pytest.raises(CannotCopy, match=r"strange\.it: COPY has no form here"):
        cells("strange", "it", [])
    assert cells("strange", "json", [None])
