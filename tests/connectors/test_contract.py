"""What every connector keeps to, over a real source of each kind.

A new kind is a `Case` in cases.py and a word in KINDS of conftest.py.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest

from connectors.mapping import Keyed, compile_mapping
from connectors.reading import BadRow, Connector, Row
from connectors.registry import open_connector
from hub.errors import Code, HubError, Refusal, StopRun
from tests.connectors.cases import Case
from tests.connectors.people import people, person, record

Changes = Mapping[str, object]


@asynccontextmanager
async def opened(
    case: Case, changes: Changes, environ: dict[str, str] | None = None
) -> AsyncIterator[Connector]:
    connector = open_connector(case.system(**changes), environ or case.environ)
    try:
        yield connector
    finally:
        await connector.close()


async def rows_of(
    case: Case, since: object = None, **changes: object
) -> tuple[list[Row | BadRow], object]:
    """All rows of the one stream, and the position after them."""
    stream = case.system(**changes).streams[0]
    async with opened(case, changes) as connector:
        rows = [row async for batch in connector.read(stream, since) for row in batch]
        return rows, connector.position(stream)


async def keyed(case: Case, since: object = None, **changes: object) -> list[Keyed]:
    mapping = compile_mapping(case.system(**changes).streams[0])
    rows, _ = await rows_of(case, since, **changes)
    return [one for row in rows if isinstance(row, Row) for one in mapping.expand(row)]


async def records(case: Case, **changes: object) -> list[dict[str, object]]:
    mapping = compile_mapping(case.system(**changes).streams[0])
    return [mapping.record(one) for one in await keyed(case, **changes)]


async def test_every_row_becomes_its_record(case: Case) -> None:
    case.put(people(5))
    assert await records(case) == [record(one) for one in people(5)]


async def test_second_read_gives_the_same_keys_and_checksums(case: Case) -> None:
    case.put(people(5))
    first = [(one.external_id, one.checksum) for one in await keyed(case)]
    assert [(one.external_id, one.checksum) for one in await keyed(case)] == first
    assert len({key for key, _ in first}) == len({checksum for _, checksum in first}) == 5


async def test_changed_row_alone_changes_its_checksum(case: Case) -> None:
    case.put(people(5))
    before = {one.external_id: one.checksum for one in await keyed(case)}
    case.put([*people(2), person(3, name="新名"), *people(5)[3:]])
    after = {one.external_id: one.checksum for one in await keyed(case)}
    assert {key for key in after if after[key] != before[key]} == {"D3"}


async def test_unmapped_column_leaves_the_checksum(case: Case) -> None:
    case.put([person(1)])
    before = [one.checksum for one in await keyed(case)]
    case.put([person(1, is_deleted="1")])
    assert [one.checksum for one in await keyed(case)] == before


async def test_incremental_read_gives_what_changed(case: Case) -> None:
    changes = {**case.incremental, "deletes": "never"}
    case.put(people(5))
    rows, position = await rows_of(case, **changes)
    assert len(rows) == 5
    if not case.incremental:
        assert await rows_of(case, position, **changes) == ([], position)
        return
    case.put([*people(4), person(5, updated_at="2026-04-01 08:00:00")])
    again, moved = await rows_of(case, position, **changes)
    assert [row.values["name"] for row in again if isinstance(row, Row)] == [person(5)["name"]]
    assert position != moved
    assert "2026-04-01" in str(moved)


async def test_row_with_the_cursor_s_own_time_is_read_again(case: Case) -> None:
    if not case.incremental:
        return
    case.put(people(3))
    _, position = await rows_of(case, **case.incremental)
    assert [one.external_id for one in await keyed(case, position, **case.incremental)] == ["D3"]


async def test_deleted_row_lacks_in_the_complete_pass(case: Case) -> None:
    case.put(people(5))
    assert len(await keyed(case)) == 5
    case.put([person(1), *people(5)[2:]])
    assert [one.external_id for one in await keyed(case)] == ["D1", "D3", "D4", "D5"]


async def test_flag_column_marks_deleted_records(case: Case) -> None:
    case.put([person(1), person(2, is_deleted="1")])
    flagged = await keyed(case, deletes={"column": "is_deleted", "values": ["1", "Y"]})
    assert [(one.external_id, one.deleted) for one in flagged] == [("D1", False), ("D2", True)]


async def test_one_row_becomes_a_record_for_each_part(case: Case) -> None:
    case.put([person(7, stations="1,,2,")])
    changes: dict[str, object] = {
        "split": {"column": "stations", "separator": ",", "as": "level_no"},
        "key": "{id}-{level_no}",
        "fields": {
            "name": "name",
            "level": {"column": "level_no", "codes": {"1": "TOWNSHIP", "2": "COUNTY"}},
        },
    }
    name = person(7)["name"]
    assert await records(case, **changes) == [
        {"name": name, "level": "TOWNSHIP", "externalId": "7-1"},
        {"name": name, "level": "COUNTY", "externalId": "7-2"},
    ]


async def test_rows_outside_the_stream_are_passed_over(case: Case) -> None:
    case.put([person(1, stations=""), person(2), person(3)])
    present = await keyed(case, only={"column": "stations", "present": True})
    listed = await keyed(case, only={"column": "sex", "in": ["2"]})
    assert [one.external_id for one in present] == ["D2", "D3"]
    assert [one.external_id for one in listed] == ["D1", "D3"]


async def test_unknown_code_refuses_its_field_with_place_and_column(case: Case) -> None:
    case.put([person(1, sex="5")])
    mapping = compile_mapping(case.system().streams[0])
    (one,) = await keyed(case)
    refusal = mapping.record(one)["gender"]
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.field) == (Code.UNKNOWN_CODE, "gender")
    assert refusal.message.startswith(f"{one.row.place}: column sex: code '5' is not among")


async def test_shifted_row_is_refused_with_place_and_column(case: Case) -> None:
    case.put([person(1, phone="审核人")])
    mapping = compile_mapping(case.system().streams[0])
    (one,) = await keyed(case)
    with pytest.raises(Refusal) as caught:
        mapping.record(one)
    assert caught.value.code is Code.SHIFTED_COLUMNS
    assert caught.value.message.startswith(f"{one.row.place}: column phone does not match")


async def test_broken_row_is_handed_over_with_its_place(case: Case) -> None:
    case.put(people(4))
    problem = case.break_row()
    if problem is None:
        return
    rows, _ = await rows_of(case)
    bad = [row for row in rows if isinstance(row, BadRow)]
    assert (len(rows), len(bad)) == (4, 1)
    assert bad[0].refusal.code is Code.MALFORMED_ROW
    assert bad[0].refusal.message.startswith(problem)


async def test_unreachable_source_is_classed(case: Case) -> None:
    case.put(people(1))
    environ, failure = case.unreachable
    async with opened(case, {}, environ) as connector:
        with pytest.raises(failure) as caught:
            await connector.check()
    assert isinstance(caught.value, HubError)
    assert caught.value.code is Code.SOURCE_UNAVAILABLE


async def test_wrong_secret_stops_the_run_and_stays_unnamed(case: Case) -> None:
    case.put(people(1))
    if case.wrong_secret is None:
        return
    async with opened(case, {}, case.wrong_secret) as connector:
        with pytest.raises(StopRun) as caught:
            await connector.check()
    assert caught.value.code is Code.SOURCE_REFUSED
    assert "wrong" not in caught.value.message


async def test_missing_column_stops_the_run(case: Case) -> None:
    case.put(people(1))
    with pytest.raises(StopRun) as caught:
        await rows_of(case, checks={"nowhere": ".*"})
    assert caught.value.code is case.missing_column_code
    assert "nowhere" in caught.value.message


async def test_missing_variable_is_named(case: Case) -> None:
    with pytest.raises(StopRun) as caught:
        open_connector(case.system(), {})
    assert caught.value.code is Code.BAD_SETTING
    assert next(iter(case.environ)) in caught.value.message


async def test_single_records_are_looked_up_by_their_keys(case: Case) -> None:
    case.put(people(3))
    stream = case.system().streams[0]
    async with opened(case, {}) as connector:
        found = await connector.fetch(stream, ["D2", "D9", "other"])
    mapping = compile_mapping(stream)
    assert list(found) == ["D2"]
    assert mapping.record(mapping.expand(found["D2"])[0]) == record(person(2))
