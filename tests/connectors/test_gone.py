"""Keys, and what is gone: no record is lost, deleted or taken over without a word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from starlette.responses import JSONResponse

from connectors.mapping import key_ways
from connectors.source import ConnectorSource
from connectors.systems import parse_manifest
from hub.errors import Code, StopRun
from hub.runs import Counts
from tests.connectors.syncing import FIELDS, Synced, run, sql, stream
from tests.connectors.web import Reply, Source, page, rest

FILE = {"kind": "file", "folder": "${FOLDER}"}
CSV: dict[str, Any] = {"files": "*.csv", "format": "csv"}
JSONL: dict[str, Any] = {"files": "*.jsonl", "format": "jsonl"}


def write(folder: Path, name: str, content: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")


# --- Keys -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("second", ["1,李四\n2,王五\n", "2,王五\n3,赵六\n", "1,张三\n"])
async def test_two_streams_of_a_kind_never_overwrite_each_other(
    synced: Synced, tmp_path: Path, second: str
) -> None:
    write(tmp_path, "a.csv", "id,name\n1,张三\n2,钱七\n")
    write(tmp_path, "b.csv", "id,name\n" + second)
    streams = [stream(name=name, **CSV | {"files": f"{name}.csv"}) for name in ("a", "b")]
    first = await synced.sync(FILE, *streams)
    again = await synced.sync(FILE, *streams)
    keys = [line[0] for line in second.split() if line[0] in "12"]
    expected = {"1": "张三", "2": "钱七"} | ({"3": "赵六"} if "3" in second else {})
    assert await synced.names() == expected
    assert {code for _, _, code in await synced.refused()} == {"DUPLICATE_KEY"}
    assert first.counts == Counts(stored=len(expected), quarantined=len(keys))
    assert again.counts == Counts(unchanged=len(expected), quarantined=len(keys))


async def test_stream_takes_over_the_record_that_another_has_lost(
    synced: Synced, tmp_path: Path
) -> None:
    streams = [stream(name=name, **CSV | {"files": f"{name}.csv"}) for name in ("a", "b")]
    write(tmp_path, "a.csv", "id,name\n" + "".join(f"{n},张三\n" for n in range(1, 30)))
    write(tmp_path, "b.csv", "id,name\n99,李四\n")
    await synced.sync(FILE, *streams)
    write(tmp_path, "a.csv", "id,name\n" + "".join(f"{n},张三\n" for n in range(2, 30)))
    write(tmp_path, "b.csv", "id,name\n99,李四\n1,王五\n")
    await synced.sync(FILE, *streams)
    assert (await synced.names())["1"] == "王五"
    assert await synced.refused() == []


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("12345678901234567890121", "12345678901234567890121"),
        ("-9223372036854775809", "-9223372036854775809"),
        ("18446744073709551617", "18446744073709551617"),
        ("3.14159265358979323846", "3.14159265358979323846"),
        ("17.0", "17"),
        ("1.5", "1.5"),
        ("9007199254740993", "9007199254740993"),
    ],
)
async def test_number_of_json_is_the_key_that_is_written(
    synced: Synced, tmp_path: Path, written: str, key: str
) -> None:
    write(tmp_path, "a.jsonl", f'{{"id":{written},"name":"张三"}}\n')
    report = await synced.sync(FILE, stream(**JSONL))
    assert (report.counts, await synced.names()) == (Counts(stored=1), {key: "张三"})
    assert (await synced.sync(FILE, stream(**JSONL))).counts == Counts(unchanged=1)


@pytest.mark.parametrize("written", ["1\u200b", "1\u3000", "１", "\ufeff1\u00a0", "1\u2060"])
async def test_what_nobody_sees_makes_no_other_key(
    synced: Synced, tmp_path: Path, written: str
) -> None:
    write(tmp_path, "a.csv", f"\u200bid,na\u200bme,站\n{written},张三,S{written}\n")
    write(tmp_path, "s.txt", "id,name\nS1,第一站\n")
    station = stream(name="stations", kind="STATION", **CSV | {"files": "*.txt"})
    deputy = stream(fields=FIELDS | {"stations": "站"}, **CSV)
    await synced.sync(FILE, station, deputy)
    assert await synced.names() == {"1": "张三", "S1": "第一站"}
    named = "SELECT target_external_id FROM reference WHERE name = 'stations'"
    assert await synced.hub.rows(named) == [("S1",)]


@pytest.mark.parametrize("header", ["编号,姓名,编号", "编 号,姓名,编号", "编号,姓名,姓\u3000名"])
async def test_column_that_stands_twice_stops_the_run(
    synced: Synced, tmp_path: Path, header: str
) -> None:
    write(tmp_path, "a.csv", f"{header}\n1,张三,2\n")
    fields = {**FIELDS, "name": {"column": "姓名", "optional": True}}
    report = await synced.sync(FILE, stream(key="{编号}", fields=fields, **CSV))
    assert report.error is not None
    assert report.error.code is Code.SOURCE_CHANGED
    assert "more than once" in report.error.message


async def test_file_and_sheet_may_stand_in_keys_and_fields(synced: Synced, tmp_path: Path) -> None:
    for town in ("赵镇", "淮口"):
        write(tmp_path, f"{town}.csv", "序号,姓名\n1,张三\n2,李四\n")
    fields = {"name": "姓名", "divisionCode": {"value": "510811"}, "delegation": "file"}
    report = await synced.sync(FILE, stream(key="{file}-{序号}", fields=fields, **CSV))
    assert report.counts == Counts(stored=4)
    assert list(await synced.names()) == ["淮口-1", "淮口-2", "赵镇-1", "赵镇-2"]


@pytest.mark.parametrize(
    ("key", "ways"),
    [
        ("A-2024-17", [("A", "2024-17"), ("A-2024", "17")]),
        ("B-18", [("B", "18")]),
        ("none", []),
        ("-1", []),
    ],
)
def test_key_is_taken_apart_in_every_way(key: str, ways: list[tuple[str, str]]) -> None:
    described = parse_manifest(
        {
            "system": "county",
            "name": "county",
            "division": "510811",
            "connector": {"kind": "file", "folder": "x"},
            "streams": [stream(key="{org}-{no}", **CSV)],
        },
        "county",
    )
    found = key_ways(described.streams[0], key)
    assert [tuple(columns.values()) for columns in found] == ways


# --- Databases ------------------------------------------------------------------------------------


FLAGGED = {"deletes": {"column": "gone", "values": ["1"]}, "table": "deputies"}
TABLE = "CREATE TABLE deputies (id varchar(20), name varchar(50), kind int, levels varchar(20), "
MANY = "(1,'张三',1,'1',0,'2026-01-01')" + "".join(
    f",({n},'李四',1,'1,2',0,'2026-01-01')" for n in range(2, 41)
)


async def test_gone_rows_of_a_table_with_a_flag_show_in_a_complete_pass(
    synced: Synced, mariadb: Engine
) -> None:
    run(mariadb, TABLE + "gone int, at datetime)", f"INSERT INTO deputies VALUES {MANY}")
    flagged = stream(cursor="at", **FLAGGED)
    await synced.sync(sql(mariadb), flagged)
    run(
        mariadb,
        "DELETE FROM deputies WHERE id = '2'",
        "UPDATE deputies SET id = 'B3', at = '2026-02-01' WHERE id = '3'",
    )
    await synced.sync(sql(mariadb), flagged)
    assert {(await synced.states())[key] for key in ("2", "3", "B3")} == {"live"}
    report = await synced.sync(sql(mariadb), flagged, full=True)
    assert report.counts.deleted == 2
    states = await synced.states()
    assert [states[key] for key in ("1", "2", "3", "B3")] == ["live", "deleted", "deleted", "live"]


async def test_row_that_left_only_is_gone_at_once(synced: Synced, mariadb: Engine) -> None:
    run(mariadb, TABLE + "gone int, at datetime)", f"INSERT INTO deputies VALUES {MANY}")
    some = stream(cursor="at", only={"column": "kind", "in": ["1"]}, **FLAGGED)
    others = stream(name="others", cursor="at", only={"column": "kind", "in": ["2"]}, **FLAGGED)
    await synced.sync(sql(mariadb), some, others)
    run(
        mariadb,
        "UPDATE deputies SET kind = 3, at = '2026-02-01' WHERE id = '2'",
        "UPDATE deputies SET kind = 2, name = '王五', at = '2026-02-01' WHERE id = '3'",
    )
    await synced.sync(sql(mariadb), some, others)
    states = await synced.states()
    assert (states["1"], states["2"], states["3"]) == ("live", "deleted", "live")
    assert (await synced.names())["3"] == "王五"


async def test_part_that_left_a_split_is_gone_in_a_complete_pass(
    synced: Synced, mariadb: Engine
) -> None:
    run(mariadb, TABLE + "gone int, at datetime)", f"INSERT INTO deputies VALUES {MANY}")
    split = {"column": "levels", "separator": ",", "as": "lv"}
    parted = stream(cursor="at", key="{id}-{lv}", split=split, **FLAGGED)
    await synced.sync(sql(mariadb), parted)
    run(mariadb, "UPDATE deputies SET levels = '2', at = '2026-02-01' WHERE id IN ('2', '3')")
    report = await synced.sync(sql(mariadb), parted, full=True)
    assert report.counts.deleted == 2
    states = await synced.states()
    assert (states["2-1"], states["2-2"], states["3-1"]) == ("deleted", "live", "deleted")


@pytest.mark.parametrize(
    ("server", "kind", "yes", "no", "values"),
    [
        ("mariadb", "bit(1)", "b'1'", "b'0'", ["1"]),
        ("mariadb", "tinyint(1)", "1", "0", ["1"]),
        ("mariadb", "bit(8)", "b'110001'", "b'0'", ["49"]),
        ("postgresql", "boolean", "true", "false", ["1"]),
        ("postgresql", "boolean", "true", "false", ["t"]),
        ("postgresql", "boolean", "true", "false", ["Y"]),
        ("postgresql", "bit(1)", "B'1'", "B'0'", ["1"]),
        ("postgresql", "numeric(3,2)", "1.00", "0.00", ["1"]),
    ],
)
async def test_flag_of_any_type_means_deleted(
    synced: Synced,
    request: pytest.FixtureRequest,
    server: str,
    kind: str,
    yes: str,
    no: str,
    values: list[str],
) -> None:
    engine: Engine = request.getfixturevalue(server)
    run(
        engine,
        f"CREATE TABLE deputies (id int, name varchar(50), gone {kind}, may {kind})",
        f"INSERT INTO deputies VALUES (1, '张三', {no}, {no}), (2, '李四', {yes}, {yes})",
    )
    flag = {"column": "gone", "values": values}
    may = {} if "49" in values else {"canReceiveOpinions": "may"}
    await synced.sync(sql(engine), stream(table="deputies", deletes=flag, fields=FIELDS | may))
    assert await synced.names() == {"1": "张三"}
    assert (await synced.warned(), await synced.refused()) == ([], [])


@pytest.mark.parametrize("kind", ["text", "uuid"])
async def test_record_is_looked_up_whatever_its_key_is_made_of(
    synced: Synced, postgresql: Engine, kind: str
) -> None:
    one = "11111111-1111-1111-1111-111111111111"
    run(
        postgresql,
        f"CREATE TABLE deputies (org {kind}, no text, name text)",
        f"INSERT INTO deputies VALUES ('{one}', '2024-17', '张三'), ('{one}', '18', '李四')",
    )
    manifest = {
        "system": "county",
        "name": "county",
        "division": "510811",
        "connector": sql(postgresql),
        "streams": [stream(table="deputies", key="{org}-{no}")],
    }
    source = ConnectorSource(parse_manifest(manifest, "county"), {}, b"secret")
    found = await source.streams[0].look_up([f"{one}-2024-17", f"{one}-18", f"{one}-9", "x-1"])
    await source.close()
    assert list(found) == [f"{one}-2024-17", f"{one}-18"]


async def test_deleted_row_beside_a_living_one_of_the_same_key(
    synced: Synced, mariadb: Engine
) -> None:
    run(
        mariadb,
        TABLE + "gone int, at datetime)",
        "INSERT INTO deputies VALUES (1,'张三',1,'1',0,'2026-01-01')",
        "INSERT INTO deputies VALUES (1,'旧张',1,'1',1,'2026-01-02')",
    )
    await synced.sync(sql(mariadb), stream(cursor="at", **FLAGGED))
    assert await synced.names() == {"1": "张三"}


# --- Files ----------------------------------------------------------------------------------------

ROWS = [f"{n},张三,备注{n}" for n in range(1, 23)]


@pytest.mark.parametrize(
    ("at", "spoiled"),
    [(20, '21,甲里,"2024年补选'), (3, '4,甲里,"一'), (21, '22,甲里,"末行'), (5, '6,"甲里,备注')],
)
async def test_quote_that_is_never_closed_costs_its_row_alone(
    synced: Synced, tmp_path: Path, at: int, spoiled: str
) -> None:
    fields = FIELDS | {"introduction": "备注"}
    lines = [*ROWS[:15], '16,张三,"两行\n备注"', *ROWS[16:]]
    write(tmp_path, "a.csv", "\n".join(["id,name,备注", *lines]) + "\n")
    await synced.sync(FILE, stream(fields=fields, **CSV))
    lines[at] = spoiled
    write(tmp_path, "a.csv", "\n".join(["id,name,备注", *lines]) + "\n")
    report = await synced.sync(FILE, stream(fields=fields, **CSV))
    assert report.counts == Counts(unchanged=21, quarantined=1, withheld=1)
    assert await synced.refused() == [(f"a.csv row {at + 2}", None, "MALFORMED_ROW")]
    assert "deleted" not in (await synced.states()).values()
    stored = "SELECT fields->>'introduction' FROM source_record WHERE external_id = '16'"
    assert await synced.hub.rows(stored) == [("两行 备注",)]


# --- APIs -----------------------------------------------------------------------------------------

PEOPLE = [{"id": n, "name": "张三"} for n in range(1, 31)]


OFFSETS = {"style": "offset", "size": 10, "size_param": "limit"}
LIST = {"path": "/list", "records": "items"}


@pytest.mark.parametrize(
    "pages",
    [
        [
            page(*PEOPLE[:10], total=30),
            page(*PEOPLE[11:21], total=29),
            page(*PEOPLE[21:], total=29),
        ],
        [
            page(*PEOPLE[:10], total=30),
            page(*PEOPLE[9:19], total=30),
            page(*PEOPLE[19:29], total=30),
        ],
        [page(*PEOPLE[:10], total=30), page(total=30)],
    ],
    ids=["one row taken away", "one row put in front", "cut short"],
)
async def test_pages_that_shift_delete_nobody(
    synced: Synced, web: Source, pages: list[Reply]
) -> None:
    listed = stream(**LIST, paging=OFFSETS | {"total": "total"})
    thirds = [page(*PEOPLE[at : at + 10], total=30) for at in (0, 10, 20)]
    web.replies = list(thirds)
    await synced.sync(rest(web), listed)
    web.replies = pages
    report = await synced.sync(rest(web), listed)
    assert report.counts.deleted == 0
    assert report.counts.withheld > 0
    assert "deleted" not in (await synced.states()).values()
    web.replies = list(thirds)
    await synced.sync(rest(web), listed)
    assert set((await synced.states()).values()) == {"live"}


async def test_pages_that_stand_still_delete_who_is_gone(synced: Synced, web: Source) -> None:
    listed = stream(**LIST, paging=OFFSETS | {"total": "total"})
    web.replies = [page(*PEOPLE[at : at + 10], total=30) for at in (0, 10, 20)]
    await synced.sync(rest(web), listed)
    web.replies = [page(*PEOPLE[1:11], total=29), page(*PEOPLE[11:21], total=29)]
    web.replies.append(page(*PEOPLE[21:], total=29))
    assert (await synced.sync(rest(web), listed)).counts.deleted == 1


@pytest.mark.parametrize(
    ("connector", "listed", "body", "says"),
    [
        ({}, {}, {"code": 401, "msg": "token已过期", "items": []}, "401: token已过期"),
        ({}, {}, {"success": False, "message": "无权访问", "items": []}, "无权访问"),
        ({}, {}, {"errcode": "40001", "errmsg": "invalid credential"}, "40001: invalid credential"),
        (
            {"success": {"path": "head.rtn", "values": [0]}},
            {},
            {"head": {"rtn": 7}, "msg": "维护中", "items": PEOPLE},
            "head.rtn is 7. 维护中",
        ),
        (
            {"success": {"path": "code", "values": [1]}},
            {"success": {"path": "state", "values": ["ok"]}},
            {"code": 1, "state": "busy", "items": PEOPLE},
            "state is busy",
        ),
    ],
)
async def test_error_with_status_200_fails_the_run_with_its_message(
    synced: Synced,
    web: Source,
    connector: dict[str, object],
    listed: dict[str, object],
    body: object,
    says: str,
) -> None:
    web.replies = [page(*PEOPLE)]
    await synced.sync(rest(web), stream(**LIST))
    web.replies = [lambda request: JSONResponse(body)]
    report = await synced.sync(rest(web, **connector), stream(**LIST, **listed))
    assert report.error is not None
    assert report.error.code is Code.SOURCE_REFUSED
    assert says in report.error.message
    assert set((await synced.states()).values()) == {"live"}


@pytest.mark.parametrize(
    "body", [{"code": 0, "msg": "ok", "items": []}, {"code": "200", "message": "成功", "items": []}]
)
async def test_empty_answer_that_means_success_is_none(
    synced: Synced, web: Source, body: object
) -> None:
    web.replies = [lambda request: JSONResponse(body)]
    assert (await synced.sync(rest(web), stream(**LIST))).error is None


async def test_first_page_alone_is_not_taken_for_everything(synced: Synced, web: Source) -> None:
    web.replies = [page(*PEOPLE[:10], total=30)]
    report = await synced.sync(rest(web), stream(**LIST))
    assert isinstance(report.error, StopRun)
    assert "gave 10 of 30 records. Set paging in the manifest" in report.error.message
    assert report.counts == Counts(stored=10)
