"""Cursors: news is never lost behind one, whatever its column holds."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine, text
from starlette.responses import JSONResponse

from connectors.mapping import Positions
from connectors.reading import Row
from connectors.systems import parse_manifest
from hub.errors import Code, StopRun
from hub.runs import Counts
from tests.connectors.syncing import Synced, run, sql, stream
from tests.connectors.web import Source, rest

AHEAD = dt.datetime(2090, 3, 1, tzinfo=dt.UTC)


def clock(minutes: float) -> str:
    """The time of the databases, which run in the zone of this process, some minutes from now."""
    return f"{dt.datetime.now() + dt.timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S}"  # noqa: DTZ005


@pytest.mark.parametrize("ahead", ["2090-03-01", "2999-12-31", "2062-01-01 12:00:00"])
async def test_time_in_the_future_does_not_stop_the_news(
    synced: Synced, mariadb: Engine, ahead: str
) -> None:
    run(
        mariadb,
        "CREATE TABLE deputies (id int, name varchar(50), at datetime)",
        f"INSERT INTO deputies VALUES (1,'张三','2026-01-01'),(2,'李四','{ahead}')",
    )
    followed = stream(table="deputies", cursor="at", deletes="never")
    await synced.sync(sql(mariadb), followed)
    assert [(key, code) for key, _, code in await synced.warned()] == [("2", "INVALID_DATE")]
    assert "table deputies, id=2: column at is" in (await synced.reasons())[0]
    run(
        mariadb,
        f"UPDATE deputies SET name = '张一', at = '{clock(-60)}' WHERE id = 1",
        f"INSERT INTO deputies VALUES (3,'王五','{clock(-30)}')",
    )
    await synced.sync(sql(mariadb), followed)
    assert await synced.names() == {"1": "张一", "2": "李四", "3": "王五"}


@pytest.mark.parametrize("late", [1, 120, 599])
async def test_row_that_is_committed_late_comes_with_the_next_run(
    synced: Synced, postgresql: Engine, late: int
) -> None:
    run(
        postgresql,
        "CREATE TABLE deputies (id int, name text, at timestamptz)",
        "INSERT INTO deputies VALUES (1,'张三','2026-03-01 08:00:00+08')",
    )
    followed = stream(table="deputies", cursor="at", deletes="never")
    await synced.sync(sql(postgresql), followed)
    with postgresql.begin() as connection:
        moment = dt.datetime(2026, 3, 1, tzinfo=dt.UTC) - dt.timedelta(seconds=late)
        connection.execute(text("INSERT INTO deputies VALUES (2,'李四',:at)"), {"at": moment})
    assert (await synced.sync(sql(postgresql), followed)).counts == Counts(stored=1, unchanged=1)


async def test_overlap_is_what_the_manifest_says(synced: Synced, mariadb: Engine) -> None:
    run(
        mariadb,
        "CREATE TABLE deputies (id int, name varchar(50), at datetime)",
        "INSERT INTO deputies VALUES (1,'张三','2026-03-01'),(2,'李四','2026-03-02')",
    )
    for overlap, counts in ((0, Counts(unchanged=1)), (86400, Counts(unchanged=2))):
        followed = stream(table="deputies", cursor="at", deletes="never", overlap=overlap)
        await synced.sync(sql(mariadb), followed)
        assert (await synced.sync(sql(mariadb), followed)).counts == counts


async def test_null_and_endless_times_hide_nothing(synced: Synced, postgresql: Engine) -> None:
    run(
        postgresql,
        "CREATE TABLE deputies (id int, name text, at timestamp)",
        "INSERT INTO deputies VALUES (1,'张三',NULL),(2,'李四','infinity'),(3,'王五','-infinity'),"
        "(4,'赵六','2026-01-01'),(5,'钱七','2026-01-01'),(6,'孙八','0044-03-15 BC')",
    )
    followed = stream(table="deputies", cursor="at", deletes="never")
    await synced.sync(sql(postgresql), followed)
    run(postgresql, "INSERT INTO deputies VALUES (7,'周九','2026-01-01')")
    await synced.sync(sql(postgresql), followed)
    assert list(await synced.names()) == list("1234567")


FOLLOWED = parse_manifest(
    {
        "system": "county",
        "name": "county",
        "division": "510811",
        "connector": {"kind": "sql", "url": "sqlite://"},
        "streams": [stream(table="deputies", cursor="at")],
    },
    "county",
).streams[0]


def highest(*values: object) -> object:
    """The position after rows with these values in the cursor's column."""
    positions = Positions()
    positions.start(FOLLOWED, None)
    positions.follow(FOLLOWED, [Row({"at": value}, "row") for value in values])
    return positions.of(FOLLOWED)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["2026-01-01T08:00:00+08:00", "2026-01-01T01:00:00Z"], "2026-01-01T01:00:00Z"),
        (["2026-01-01 08:00:00", "2025-12-31 08:00:00"], "2026-01-01 08:00:00"),
        ([AHEAD, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)], "2026-01-01 00:00:00.000000+00:00"),
        ([int(AHEAD.timestamp()), 1700000000], 1700000000),
        ([int(AHEAD.timestamp()) * 1000, 1700000000000], 1700000000000),
        (["2090-01-01T00:00:00Z"], None),
        ([7, 12, 9], 12),
        (["v07", "v12"], "v12"),
        ([None, "", "0000-00-00 00:00:00"], None),
    ],
)
def test_cursor_is_the_highest_value_that_is_not_ahead_of_the_clock(
    values: list[object], expected: object
) -> None:
    assert highest(*values) == expected


@pytest.mark.parametrize("values", [["9", "10"], ["100", "99"], ["2026-01-01", 5], [5, "a"]])
def test_cursor_whose_values_do_not_compare_is_refused(values: list[object]) -> None:
    with pytest.raises(StopRun, match="cannot serve as a cursor") as caught:
        highest(*values)
    assert caught.value.code is Code.SOURCE_CHANGED


@pytest.mark.parametrize(
    ("since", "start"),
    [
        ("2026-01-01T08:00:00+08:00", "2026-01-01T07:50:00+08:00"),
        ("2026-01-01T00:00:00Z", "2025-12-31T23:50:00Z"),
        ("2026-01-01 00:00:00.000000", "2025-12-31 23:50:00.000000"),
        ("2026-01-01", "2025-12-31"),
        (1700000000, 1699999400),
        (1700000000000, 1699999400000),
        (12, 12),
        ("v12", "v12"),
    ],
)
def test_reading_starts_before_the_cursor_in_its_own_writing(since: object, start: object) -> None:
    assert Positions().overlapped(FOLLOWED, since) == start


async def test_api_is_asked_from_before_the_cursor(synced: Synced, web: Source) -> None:
    items = [{"id": 1, "name": "张三", "at": "2026-03-01T08:00:00+08:00"}]
    followed = stream(path="/list", records="items", cursor="at", cursor_param="since",
                      deletes="never")  # fmt: skip
    web.replies = [lambda request: JSONResponse({"items": items})] * 2
    await synced.sync(rest(web), followed)
    await synced.sync(rest(web), followed)
    assert web.requests[0].endswith("/list")
    assert web.requests[1].endswith("/list?since=2026-03-01T07%3A50%3A00%2B08%3A00")
