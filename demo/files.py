"""Writes the files that systems put down."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import orjson

from demo.systems import (
    danleng,
    jintang,
    jintang_activities,
    zhaohua_homes,
    zhaohua_projects,
    zizhong,
    zizhong_budget,
)
from demo.tables import Row
from demo.workbook import write_workbook
from demo.world import World

FOLDERS = (
    "jintang-deputies",
    "jintang-homes",
    "jintang-activities",
    "zizhong-deputies",
    "zizhong-budget",
    "zhaohua-homes",
    "zhaohua-projects",
    "danleng-deputies",
)
ENCODINGS = {"county-deputies": "gbk", "homes": "gbk"}
"""Of Zizhong's files; the others are UTF-8 with its mark, as Excel writes it."""


def write_files(world: World, folder: Path) -> dict[str, Path]:
    """The files of the systems that put files down; gives the folder of each."""
    folders = {name: folder / name for name in FOLDERS}
    for path in folders.values():
        path.mkdir(parents=True, exist_ok=True)
    for name, rows in jintang.tables(world).items():
        write_csv(folders["jintang-deputies"] / f"{name}.csv", rows, "gbk")
    write_workbook(folders["jintang-homes"] / "金堂县家站台账.xlsx", jintang.home_tables(world))
    for name, rows in zizhong.tables(world).items():
        encoding = ENCODINGS.get(name, "utf-8-sig")
        write_csv(folders["zizhong-deputies"] / f"{name}.csv", rows, encoding)
    for name, rows in danleng.tables(world).items():
        write_lines(folders["danleng-deputies"] / f"{name}.jsonl", rows)
    for name, rows in jintang_activities.tables(world).items():
        write_lines(folders["jintang-activities"] / f"{name}.jsonl", rows)
    for name, rows in zizhong_budget.tables(world).items():
        write_csv(folders["zizhong-budget"] / f"{name}.csv", rows, "gbk")
    homes = zhaohua_homes.tables(world)
    register = folders["zhaohua-homes"] / "昭化区家站台账.xlsx"
    write_workbook(register, homes, title=zhaohua_homes.TITLE)
    projects = zhaohua_projects.tables(world)
    write_workbook(folders["zhaohua-projects"] / "昭化区民生实事项目.xlsx", projects)
    break_off(folders["danleng-deputies"] / "deputies.jsonl")
    return folders


def write_csv(path: Path, rows: list[Row], encoding: str) -> None:
    """One table as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    path.write_bytes(text.getvalue().encode(encoding))


def write_lines(path: Path, rows: Iterable[Row]) -> None:
    """One table as JSON Lines."""
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))


def break_off(path: Path) -> None:
    """End the file in the middle of a line."""
    with path.open("ab") as file:
        file.write(danleng.BROKEN_LINE.encode())
