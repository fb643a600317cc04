"""Workbooks as offices keep them, and those that are made to harm."""

from __future__ import annotations

import datetime as dt
import os
import resource
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from hub.errors import Code
from hub.runs import Counts
from tests.connectors.syncing import Synced, stream

FILE = {"kind": "file", "folder": "${FOLDER}"}
XLSX: dict[str, Any] = {"files": "*.xls*", "format": "xlsx", "key": "{编号}"}
MAPPED = {
    "name": "姓名",
    "divisionCode": {"value": "510811"},
    "delegation": {"column": "代表团", "optional": True},
    "electoralUnit": {"column": "选区", "optional": True},
    "birth": {"column": "出生", "optional": True},
}
HEADER = ["编号", "姓名", "代表团", "选区", "出生"]


def roster(**changes: object) -> dict[str, object]:
    return stream(fields=MAPPED, **XLSX | changes)


def save(
    folder: Path, rows: Sequence[Sequence[object]], *merged: str, name: str = "a.xlsx"
) -> Workbook:
    """A workbook of one sheet; gives it, to be changed and saved again."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(folder / name)
    return book


async def column(synced: Synced, field: str) -> dict[str, str | None]:
    """A field of each record."""
    query = "SELECT external_id, fields->>$1 FROM source_record ORDER BY external_id"
    return dict(await synced.hub.rows(query, field))


# --- Merged cells ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("merged", "ranges", "expected"),
    [
        ("down", ["C2:C3"], ["赵镇", "赵镇", None, "淮口"]),
        ("down", ["C2:C4"], ["赵镇", "赵镇", "赵镇", "淮口"]),
        ("down", ["C2:D3"], ["赵镇", "赵镇", None, "淮口"]),
        ("down", ["C1:C2"], [None, None, None, "淮口"]),
        ("none", ["C2:C4"], ["赵镇", None, None, "淮口"]),
        ("across", ["C2:C4"], ["赵镇", None, None, "淮口"]),
    ],
)
async def test_merged_cells_are_filled_downwards(
    synced: Synced, tmp_path: Path, merged: str, ranges: list[str], expected: list[str | None]
) -> None:
    rows: list[list[object]] = [[n, f"张{n}".replace(str(n), "甲"), "", ""] for n in (1, 2, 3, 4)]
    rows[0][2] = "赵镇"
    rows[3][2] = "淮口"
    save(tmp_path, [HEADER[:4], *rows], *ranges)
    await synced.sync(FILE, roster(merged=merged))
    assert list((await column(synced, "delegation")).values()) == expected


@pytest.mark.parametrize(
    ("merged", "unit"), [("across", "赵镇"), ("both", "赵镇"), ("down", None), ("none", None)]
)
async def test_merged_cells_are_filled_across_where_the_manifest_says_so(
    synced: Synced, tmp_path: Path, merged: str, unit: str | None
) -> None:
    save(tmp_path, [HEADER, [1, "张三", "赵镇", "", ""]], "C2:D2")
    await synced.sync(FILE, roster(merged=merged))
    assert await column(synced, "electoralUnit") == {"1": unit}


async def test_header_under_a_title_may_be_merged_with_the_row_above(
    synced: Synced, tmp_path: Path
) -> None:
    rows: list[list[object]] = [["名册"], [*HEADER[:2], "所在", ""], ["", "", *HEADER[2:4]]]
    save(tmp_path, [*rows, [1, "张三", "赵镇", "一选区"]], "A1:D1", "A2:A3", "B2:B3", "C2:D2")
    report = await synced.sync(FILE, roster(header_row=3))
    assert report.counts == Counts(stored=1)
    assert await column(synced, "electoralUnit") == {"1": "一选区"}


async def test_key_in_merged_cells_is_told_as_a_double(synced: Synced, tmp_path: Path) -> None:
    save(tmp_path, [HEADER[:2], [1, "张三"], ["", "李四"], [2, "王五"]], "A2:A3")
    await synced.sync(FILE, roster())
    assert await synced.names() == {"1": "张三", "2": "王五"}
    assert [code for *_, code in await synced.refused()] == ["DUPLICATE_KEY"]


# --- Cells without a readable value ---------------------------------------------------------------


async def test_formula_without_a_value_is_told_with_its_place(
    synced: Synced, tmp_path: Path
) -> None:
    rows: list[list[object]] = [[1, "张三", '="赵"&"镇"', "=A2", "=DATE(1970,5,1)"]]
    save(tmp_path, [HEADER, *rows, [2, "李四", "淮口", "二", "1970-05-01"]])
    report = await synced.sync(FILE, roster())
    assert report.counts == Counts(stored=2, warned=1)
    fields = ["birth", "delegation", "electoralUnit"]
    assert await synced.warned() == [("1", field, "UNREADABLE_VALUE") for field in fields]
    assert (await synced.reasons())[1].startswith("a.xlsx sheet Sheet row 2: column 代表团 holds a")


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
async def test_error_costs_its_cell_or_a_key_its_row(
    synced: Synced, tmp_path: Path, error: str
) -> None:
    book = save(tmp_path, [HEADER, [1, "张三", "赵镇"], [2, "李四", "赵镇"], [3, "王五"]])
    book.worksheets[0]["C2"].value = error
    book.worksheets[0]["A3"].value = error
    book.worksheets[0]["B4"].value = "=B3"
    book.save(tmp_path / "a.xlsx")
    await synced.sync(FILE, roster())
    assert await synced.names() == {"1": "张三"}
    assert await synced.warned() == [("1", "delegation", "UNREADABLE_VALUE")]
    codes = [(key, code) for key, _, code in await synced.refused()]
    assert codes == [("3", "UNREADABLE_VALUE"), ("a.xlsx sheet Sheet row 3", "UNREADABLE_VALUE")]


# --- Sheets, rows, days ---------------------------------------------------------------------------


async def test_hidden_sheet_is_passed_over_and_a_hidden_row_is_told(
    synced: Synced, tmp_path: Path
) -> None:
    book = save(tmp_path, [HEADER, [9, "旧名册"]])
    book.worksheets[0].sheet_state = "hidden"
    sheet = book.create_sheet("现任")
    for row in (HEADER, [1, "张三"], [2, "李四"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    book.active = 1
    book.save(tmp_path / "a.xlsx")
    report = await synced.sync(FILE, roster())
    assert (report.counts, await synced.names()) == (
        Counts(stored=2, warned=1),
        {"1": "张三", "2": "李四"},
    )
    assert await synced.warned() == [("2", None, "HIDDEN_ROW")]


async def test_sheets_of_a_pattern_are_told_apart_by_their_name(
    synced: Synced, tmp_path: Path
) -> None:
    book = Workbook()
    book.worksheets[0].title = "说明"
    for town in ("赵镇", "淮口镇"):
        sheet = book.create_sheet(town)
        sheet.append(["编号", "姓名"])
        sheet.append([1, "张三"])
    book.save(tmp_path / "a.xlsx")
    fields = {"name": "姓名", "divisionCode": {"value": "510811"}, "delegation": "sheet"}
    named = stream(fields=fields, **XLSX | {"key": "{sheet}-{编号}", "sheet": "*镇"})
    assert (await synced.sync(FILE, named)).counts == Counts(stored=2)
    assert await column(synced, "delegation") == {"淮口镇-1": "淮口镇", "赵镇-1": "赵镇"}


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("yyyy-mm-dd", "1970-05-03"),
        ('yyyy"年"m"月"', "1970-05"),
        ("yyyy.mm", "1970-05"),
        ("mmm-yy", "1970-05"),
        ('yyyy"年"', "1970"),
        ("yyyy-mm-dd hh:mm", "1970-05-03"),
        ("[$-804]yyyy/m", "1970-05"),
    ],
)
async def test_day_is_as_exact_as_its_cell_shows_it(
    synced: Synced, tmp_path: Path, epoch: dt.datetime | None, form: str, shown: str
) -> None:
    book = save(tmp_path, [HEADER])
    if epoch is not None:
        book.epoch = epoch
    sheet = book.worksheets[0]
    sheet.append([1, "张三", "", "", dt.date(1970, 5, 3)])
    sheet["E2"].number_format = form
    book.save(tmp_path / "a.xlsx")
    await synced.sync(FILE, roster())
    assert await column(synced, "birth") == {"1": shown}


# --- Files that are not what they are called ------------------------------------------------------


@pytest.mark.parametrize("name", ["~$a.xlsx", "._a.xlsx", ".~lock.a.xlsx#"])
async def test_file_that_a_program_left_beside_is_passed_over(
    synced: Synced, tmp_path: Path, name: str
) -> None:
    save(tmp_path, [HEADER, [1, "张三"]])
    (tmp_path / name).write_bytes(b"\x05admin" + bytes(159))
    report = await synced.sync(FILE, roster(files="*.xlsx*"))
    assert (report.error, report.counts) == (None, Counts(stored=1))


async def test_content_tells_the_form_of_a_workbook(synced: Synced, tmp_path: Path) -> None:
    save(tmp_path, [HEADER, [1, "张三"]], name="a.xls")
    for form in ("xls", "xlsx"):
        report = await synced.sync(FILE, roster(format=form))
        assert (report.error, report.counts.read) == (None, 1)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<html><table><tr><td>1</td></tr></table></html>", "is a web page (HTML)"),
        (b"\xef\xbb\xbf<!DOCTYPE html><table>", "is a web page (HTML)"),
        ("编号\t姓名\n1\t张三\n".encode("gbk"), "is text under the name of a workbook"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "is XML that Excel 2003 wrote",
        ),
        (b"\x05\x00\x00\x01", "is no workbook"),
    ],
)
async def test_file_that_is_no_workbook_is_named_by_what_it_is(
    synced: Synced, tmp_path: Path, content: bytes, says: str
) -> None:
    (tmp_path / "a.xls").write_bytes(content)
    report = await synced.sync(FILE, roster(format="xls"))
    assert report.error is not None
    assert report.error.code is Code.SOURCE_REFUSED
    assert report.error.message.startswith(f"a.xls {says}")


# --- Workbooks that are made to harm --------------------------------------------------------------


def rewrite(path: Path, part: str, *pieces: bytes) -> None:
    """Put other content into one part of a workbook."""
    small = path.with_name("small")
    path.rename(small)
    with zipfile.ZipFile(small) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            with new.open(name, "w") as file:
                for piece in pieces if name == part else [old.read(name)]:
                    file.write(piece)
    small.unlink()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
SPREAD = (
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
)
HOSTILE = {
    "cells that span the sheet": [SHEET, b"<sheetData>", SPREAD, b"</sheetData></worksheet>"],
    "a cell of 470 MB": [
        SHEET,
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>',
        *[b"x" * 10_000_000] * 47,
        b"</t></is></c></row></sheetData></worksheet>",
    ],
    "no end of cells": [
        SHEET,
        b"<sheetData>",
        *[b'<row r="%d">' % r + b"<c><v>1</v></c>" * 20_000 + b"</row>" for r in range(1, 400)],
        b"</sheetData></worksheet>",
    ],
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_hostile_workbook_ends_in_a_failure_within_its_limits(
    synced: Synced, tmp_path: Path, kind: str
) -> None:
    save(tmp_path, [HEADER, [1, "张三"]])
    rewrite(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", *HOSTILE[kind])
    assert (tmp_path / "a.xlsx").stat().st_size < 1_000_000
    started = time.monotonic()
    report = await synced.sync(FILE, roster())
    assert time.monotonic() - started < 60
    assert report.error is not None
    assert report.error.code in (Code.SOURCE_REFUSED, Code.SOURCE_CHANGED)


async def test_folder_with_a_hostile_workbook_is_looked_up_beside_the_asking_process(
    synced: Synced, tmp_path: Path
) -> None:
    save(tmp_path, [HEADER, [1, "张三"]])
    await synced.sync(FILE, roster())
    rewrite(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", *HOSTILE["cells that span the sheet"])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = await synced.look_up(FILE, roster(), ["1"])
    assert isinstance(found, str)
    assert "takes more than 320 MB of memory or 30 seconds" in found
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
    assert not [pid for pid in _children() if b"sheet_process" in pid]


def _children() -> list[bytes]:
    own = str(os.getpid())
    commands = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "stat").read_text().rsplit(")", 1)[1].split()[1] == own:
                commands.append((folder / "cmdline").read_bytes())
        except OSError:
            continue
    return commands
