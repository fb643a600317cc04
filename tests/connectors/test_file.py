"""Files: encodings, sheets, archives, and rows that cannot be read."""

from __future__ import annotations

import datetime as dt
import os
import tracemalloc
import zipfile
from pathlib import Path

import orjson
import pytest
from openpyxl import Workbook

from connectors.manifest import SystemManifest
from connectors.mapping import compile_mapping
from connectors.reading import BATCH, LONGEST_CELL, Row
from connectors.registry import open_connector
from hub.errors import Code, Refusal, StopRun
from tests.connectors.cases import csv_bytes, jsonl_bytes
from tests.connectors.people import manifest, people, person, record
from tests.connectors.reading import MEND, ids_of, places, read_all

ENVIRON: dict[str, str] = {}
FIXTURES = Path(__file__).with_name("fixtures")


def system(folder: Path, form: str = "csv", **changes: object) -> SystemManifest:
    source = {"files": f"*.{form}", "format": form}
    return manifest({"kind": "file", "folder": str(folder)}, source, **changes)


async def records(described: SystemManifest) -> list[dict[str, object]]:
    mapping = compile_mapping(described.streams[0])
    rows = await read_all(described, ENVIRON)
    return [mapping.record(k) for row in rows if isinstance(row, Row) for k in mapping.expand(row)]


@pytest.mark.parametrize("declared", ["auto", "own"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
async def test_csv_is_read_in_its_encoding(tmp_path: Path, encoding: str, declared: str) -> None:
    (tmp_path / "deputies.csv").write_bytes(csv_bytes(people(3), encoding))
    described = system(tmp_path, encoding="auto" if declared == "auto" else encoding)
    assert await records(described) == [record(one) for one in people(3)]


async def test_rare_character_of_gb18030_is_kept(tmp_path: Path) -> None:
    (tmp_path / "deputies.csv").write_bytes(csv_bytes([person(1, name="代表𬭎")], "gb18030"))
    assert (await records(system(tmp_path)))[0]["name"] == "代表𬭎"


async def test_few_bad_bytes_refuse_their_row_only(tmp_path: Path) -> None:
    data = csv_bytes(people(200)).replace("代表丙".encode(), b"\xe4\xbb\xa3\xff", 1)
    (tmp_path / "deputies.csv").write_bytes(data)
    rows = await read_all(system(tmp_path), ENVIRON)
    problem = f"holds bytes that are no utf-8, the encoding that the manifest gives. {MEND}"
    raw = "2,代\ufffd,1,13800000002,2,,3,,2026-03-03 08:00:00,0"
    assert places(rows) == [("MALFORMED_ROW", f"deputies.csv row 3: {problem}", raw)]
    assert len(rows) == 200


async def test_wrong_encoding_in_the_manifest_stops_the_run(tmp_path: Path) -> None:
    data = csv_bytes(people(1), "gbk").replace(b"name", "姓名".encode("gbk"))
    (tmp_path / "deputies.csv").write_bytes(data)
    with pytest.raises(StopRun, match=r"deputies\.csv its header holds bytes that are no utf-8"):
        await read_all(system(tmp_path, encoding="utf-8"), ENVIRON)


async def test_bytes_of_no_encoding_stop_the_run(tmp_path: Path) -> None:
    (tmp_path / "deputies.csv").write_bytes(b"id,name\n1,\xff\xff\xff\n")
    with pytest.raises(StopRun, match=r"deputies\.csv is neither UTF-8 nor GB 18030"):
        await read_all(system(tmp_path), ENVIRON)


async def test_row_shifted_by_one_column_is_refused(tmp_path: Path) -> None:
    shifted = "id,name,sex,phone,stations\n1,代表甲,1,3,13800000001\n2,代表乙,1,审核人,\n"
    (tmp_path / "deputies.csv").write_text(shifted, encoding="utf-8")
    described = system(tmp_path, checks={"phone": "^1[0-9]{10}$"})
    mapping = compile_mapping(described.streams[0])
    for row in await read_all(described, ENVIRON):
        assert isinstance(row, Row)
        with pytest.raises(Refusal, match=rf"^{row.place}: column phone does not match") as caught:
            mapping.record(mapping.expand(row)[0])
        assert caught.value.code is Code.SHIFTED_COLUMNS


async def test_row_with_a_cell_too_many_is_refused(tmp_path: Path) -> None:
    text = (
        'id,name,sex,phone,stations\n1,代表甲,1,13800000001\n2,代表乙,1,,"3,4",5\n\n3,代表丙,1,,\n'
    )
    (tmp_path / "deputies.csv").write_text(text, encoding="utf-8")
    rows = await read_all(system(tmp_path), ENVIRON)
    assert places(rows) == [
        (
            "MALFORMED_ROW",
            f"deputies.csv row 3: has 6 cells under 5 headers. {MEND}",
            "2,代表乙,1,,3,4,5",
        ),
    ]
    assert [row.place for row in rows if isinstance(row, Row)] == [
        f"deputies.csv row {number}" for number in (2, 5)
    ]


async def test_id_numbers_are_cut_out_of_refused_rows(tmp_path: Path) -> None:
    text = "id,name,sex,phone,stations\n1,代表甲,1,11010519491231002X,,x\n"
    (tmp_path / "deputies.csv").write_text(text, encoding="utf-8")
    (bad,) = places(await read_all(system(tmp_path), ENVIRON))
    assert bad[2] == "1,代表甲,1,[removed],,x"


async def test_cell_of_two_megabytes_refuses_its_row(tmp_path: Path) -> None:
    rows = [person(1, name="长" * 2 * LONGEST_CELL), person(2)]
    (tmp_path / "deputies.csv").write_bytes(csv_bytes(rows))
    read = await read_all(system(tmp_path), ENVIRON)
    problem = f"deputies.csv row 2: column name is longer than 1,048,576 characters. {MEND}"
    assert places(read) == [("VALUE_TOO_LONG", problem, "")]
    (tmp_path / "deputies.jsonl").write_bytes(jsonl_bytes(rows))
    lines = await read_all(system(tmp_path, "jsonl"), ENVIRON)
    problem = f"deputies.jsonl line 1: is longer than 1,048,576 bytes. {MEND}"
    assert places(lines) == [("VALUE_TOO_LONG", problem, "")]
    assert [len(read), len(lines)] == [2, 2]


async def test_bad_json_line_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    good = jsonl_bytes(people(2))
    (tmp_path / "deputies.jsonl").write_bytes(b"\xef\xbb\xbf" + good + b"[1]\n\nnot json\n" + good)
    rows = await read_all(system(tmp_path, "jsonl"), ENVIRON)
    assert [code for code, _, _ in places(rows)] == ["MALFORMED_ROW", "MALFORMED_ROW"]
    assert [message[:40] for _, message, _ in places(rows)] == [
        "deputies.jsonl line 3: is no JSON object",
        "deputies.jsonl line 5: is no JSON: inval",
    ]
    assert len(rows) == 6


async def test_memory_stays_flat_over_200_000_lines(tmp_path: Path) -> None:
    lines = b"".join(orjson.dumps(person(number)) + b"\n" for number in range(1000)) * 200
    (tmp_path / "deputies.jsonl").write_bytes(lines)
    size, described = len(lines), system(tmp_path, "jsonl")
    del lines
    connector = open_connector(described, ENVIRON)
    tracemalloc.start()
    count = 0
    async for batch in connector.read(described.streams[0], None):
        assert len(batch) <= BATCH
        count += len(batch)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, size > 25_000_000, peak < 20_000_000) == (200_000, True, True)


def workbook(path: Path, rows: list[list[object]], sheet: str = "名单") -> None:
    book = Workbook()
    book.create_sheet(sheet)
    for row in rows:
        book[sheet].append(row)
    book.save(path)


SHEET_FIELDS = {"name": "姓名", "birth": "出生日期", "startDate": "任职日期"}


async def test_sheet_dates_and_serial_numbers_are_read(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["代表名册"],
        ["编号", "姓名", "出生日期", "任职日期"],
        [1, "代表甲", 23000, dt.date(2021, 11, 3)],
    ]
    workbook(tmp_path / "deputies.xlsx", rows)
    changes: dict[str, object] = {"key": "{编号}", "sheet": "名单", "header_row": 2, "checks": {}}
    described = system(tmp_path, "xlsx", fields=SHEET_FIELDS, **changes)
    assert await records(described) == [
        {
            "externalId": "1",
            "name": "代表甲",
            "birth": 23000,
            "startDate": dt.date(2021, 11, 3),
        }
    ]
    (row,) = await read_all(described, ENVIRON)
    assert isinstance(row, Row)
    assert [type(cell) for cell in row.values.values()] == [int, str, int, dt.date]
    formats = {**SHEET_FIELDS, "birth": {"column": "出生日期", "format": "excel"}}
    described = system(tmp_path, "xlsx", fields=formats, **changes)
    assert [row["birth"] for row in await records(described)] == ["1962-12-20"]


async def test_a_number_beyond_all_others_costs_its_value_only(tmp_path: Path) -> None:
    workbook(tmp_path / "deputies.xlsx", [["编号", "姓名"], [1, 1e300]])
    described = system(
        tmp_path, "xlsx", key="{编号}", sheet="名单", fields={"name": "姓名"}, checks={}
    )
    assert await records(described) == [{"externalId": "1", "name": 1e300}]


async def test_a_file_whose_name_is_no_utf_8_is_read_and_named(tmp_path: Path) -> None:
    name = os.fsdecode("代表.jsonl".encode("gbk"))
    (tmp_path / name).write_bytes(jsonl_bytes(people(1)))
    (row,) = await read_all(system(tmp_path, "jsonl", files="*.jsonl"), ENVIRON)
    assert row.place == r"\xb4\xfa\xb1\xed.jsonl line 1"


async def test_xls_is_read_like_xlsx() -> None:
    changes: dict[str, object] = {"key": "{编号}", "header_row": 2, "checks": {}}
    described = system(FIXTURES, "xls", fields=SHEET_FIELDS, **changes)
    assert [row.place for row in await read_all(described, ENVIRON)] == [
        "deputies.xls sheet 名单 row 3",
        "deputies.xls sheet 名单 row 4",
    ]
    assert [tuple(row.values()) for row in await records(described)] == [
        ("代表甲", 23000, dt.date(2021, 11, 3), "1"),
        ("代表乙", 25569, dt.date(2022, 1, 9), "2"),
    ]


async def test_missing_sheet_is_named_with_those_found(tmp_path: Path) -> None:
    workbook(tmp_path / "deputies.xlsx", [["id"]])
    with pytest.raises(StopRun, match=r"has no sheet 代表\. Sheets found: Sheet, 名单") as caught:
        await read_all(system(tmp_path, "xlsx", sheet="代表"), ENVIRON)
    assert caught.value.code is Code.SOURCE_CHANGED


async def test_row_numbers_count_empty_rows_above_the_header(tmp_path: Path) -> None:
    header: list[object] = ["id", "name", "sex", "phone", "stations"]
    workbook(tmp_path / "deputies.xlsx", [[], [], header, [1, "代表甲", 1, "", ""]])
    rows = await read_all(system(tmp_path, "xlsx", sheet="名单", header_row=3), ENVIRON)
    assert [row.place for row in rows] == ["deputies.xlsx sheet 名单 row 4"]


async def test_workbook_that_spans_billions_of_cells_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "id"
    book.worksheets[0]["XFD1048576"] = "far away"
    book.save(tmp_path / "deputies.xlsx")
    with pytest.raises(StopRun, match="takes more than 320 MB of memory or 30 seconds"):
        await read_all(system(tmp_path, "xlsx"), ENVIRON)


async def test_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    header = ["id", "name", "sex", "phone", "stations"]
    book = Workbook()
    book.worksheets[0].append(header)
    book.worksheets[0].append(["1", "a bomb", "男", "", ""])
    book.save(tmp_path / "small.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "small.xlsx") as small,
        zipfile.ZipFile(tmp_path / "deputies.xlsx", "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in small.namelist():
            with archive.open(name, "w") as part:
                shown = small.read(name)
                if b"<t>a bomb</t>" in shown:
                    start, end = shown.split(b"<t>a bomb</t>")
                    part.write(start + b"<t>")
                    for _ in range(700):
                        part.write(b"x" * 1024 * 1024)
                    shown = b"</t>" + end
                part.write(shown)
    with pytest.raises(StopRun, match=r"needs too much memory|takes more than 320 MB of memory"):
        await read_all(system(tmp_path, "xlsx"), ENVIRON)


async def test_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "deputies.xlsx").write_text("<html>")
    with pytest.raises(
        StopRun, match=r"deputies\.xlsx is a web page \(HTML\) under the name of a workbook"
    ):
        await read_all(system(tmp_path, "xlsx"), ENVIRON)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_file_without_a_header_stops_the_run(tmp_path: Path, form: str) -> None:
    if form == "csv":
        (tmp_path / "deputies.csv").write_bytes(b"")
    else:
        workbook(tmp_path / "deputies.xlsx", [], "名单")
    with pytest.raises(StopRun, match="has no column id, name, phone, sex, stations"):
        await read_all(system(tmp_path, form), ENVIRON)


async def test_column_that_stands_twice_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "deputies.csv").write_text("id,name,sex,phone,stations,name\n")
    with pytest.raises(StopRun, match=r"deputies\.csv has the column name more than once"):
        await read_all(system(tmp_path), ENVIRON)


async def test_folder_and_pattern_that_match_nothing_are_named(tmp_path: Path) -> None:
    with pytest.raises(StopRun, match=rf"has no file \*\.csv in {tmp_path}") as caught:
        await read_all(system(tmp_path), ENVIRON)
    assert caught.value.code is Code.SOURCE_UNAVAILABLE
    with pytest.raises(StopRun, match="has no folder"):
        await read_all(system(tmp_path / "nowhere"), ENVIRON)


async def test_only_files_with_new_content_are_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(csv_bytes([person(1)]))
    (tmp_path / "b.csv").write_bytes(csv_bytes([person(2)]))
    described = system(tmp_path, deletes="never")
    connector = open_connector(described, ENVIRON)
    stream = described.streams[0]
    first = [row async for batch in connector.read(stream, None) for row in batch]
    position = orjson.loads(orjson.dumps(connector.position(stream)))
    (tmp_path / "b.csv").write_bytes(csv_bytes([person(3)]))
    second = [row.place async for batch in connector.read(stream, position) for row in batch]
    assert (len(first), second) == (2, ["b.csv row 2"])
    complete = system(tmp_path)
    assert len(await read_all(complete, ENVIRON, position)) == 2


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*.csv")]


async def test_stored_files_move_to_the_archive(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(csv_bytes([person(1)]))
    (tmp_path / "b.csv").write_bytes(csv_bytes([person(2)]))
    described = system(tmp_path, archive="done", files="**/*.csv", deletes="never")
    connector = open_connector(described, ENVIRON)
    read = [row async for batch in connector.read(described.streams[0], None) for row in batch]
    assert len(read) == 2
    (tmp_path / "b.csv").write_bytes(csv_bytes([person(3)]))
    await connector.stored()
    assert names(tmp_path) == ["b.csv"]
    assert [name[:2] for name in names(tmp_path / "done")] == ["a-"]
    assert await ids_of(described, ENVIRON) == ["D3"]
    (tmp_path / "b.csv").unlink()
    assert await ids_of(described, ENVIRON) == []
