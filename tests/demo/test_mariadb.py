"""Guanghan's duty system in MariaDB, the shape of its product: the same as from PostgreSQL."""

from __future__ import annotations

from collections import Counter, defaultdict

from sqlalchemy import BigInteger, Column, MetaData, Table, Text, create_engine

from connectors.source import ConnectorSource
from connectors.systems import load_manifest
from demo import MANIFESTS
from demo.history import make_world
from demo.systems import guanghan_duties, guanghan_museum
from demo.tables import Row
from hub.divisions.index import DivisionIndex
from hub.intake.batch import Record
from hub.subjects.record_kinds import RecordKind
from tests.demo.conftest import KEY, Reading, Stand, read_system, scope_of

SYSTEM = "guanghan-duties"


def fill(url: str, tables: dict[str, list[Row]]) -> None:
    """Put the tables into a MariaDB."""
    engine, metadata = create_engine(url), MetaData()
    for name, rows in tables.items():
        names = list(dict.fromkeys(column for row in rows for column in row))
        table = Table(name, metadata, *(Column(it, kind_of(rows, it)) for it in names))
        with engine.begin() as connection:
            table.drop(connection, checkfirst=True)
            table.create(connection)
            connection.execute(table.insert(), [{it: row.get(it) for it in names} for row in rows])
    engine.dispose()


def kind_of(rows: list[Row], column: str) -> BigInteger | Text:
    """Numbers or text, by the first value."""
    first = next((row[column] for row in rows if row.get(column) is not None), None)
    return BigInteger() if isinstance(first, int) else Text()


async def test_guanghans_duties_are_the_same_from_mariadb_and_from_postgresql(
    stand: Stand, reading: Reading, divisions: DivisionIndex, mariadb_url: str
) -> None:
    world = make_world()
    fill(mariadb_url, {**guanghan_duties.tables(world), **guanghan_museum.tables(world)})
    manifest = load_manifest(next(path for path in MANIFESTS if path.stem == SYSTEM))
    environ = stand.stage.environ | {"DEMO_GUANGHAN_DB": mariadb_url}
    source = ConnectorSource(manifest, environ, KEY)
    found = Reading(defaultdict(list), Counter(), [])
    await read_system(scope_of(manifest, divisions), source, found)
    await source.close()
    kinds = {kind for system, kind in reading.records if system == SYSTEM}
    assert {kind for _, kind in found.records} == kinds
    for kind in kinds:
        assert said(found, kind) == said(reading, kind)
    assert found.refusals == [item for item in reading.refusals if item[0] == SYSTEM]


def said(reading: Reading, kind: RecordKind) -> dict[str, tuple[object, ...]]:
    """What the records of a kind state, by id."""

    def of(record: Record) -> tuple[object, ...]:
        return record.fields, record.resolved, record.division_id, record.references

    return {record.external_id: of(record) for record in reading.of(SYSTEM, kind)}
