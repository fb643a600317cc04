"""What the systems of the demonstration hold, read from their files and databases, not the hub.

All tables are copied into one SQLite database as they are: `danleng_projects`,
`zizhong_budget_支付`, `guanghan_lz_yijian`. Texts stay texts, lists and objects become JSON.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias

import orjson
import psycopg
from dotenv import dotenv_values
from openpyxl import load_workbook
from psycopg import sql
from psycopg.rows import dict_row

from demo.history import make_world
from demo.pusher import SENDERS

Rows: TypeAlias = Iterable[Mapping[str, Any]]

DATABASES = {"guanghan": "DEMO_GUANGHAN_DB", "zhaohua": "DEMO_ZHAOHUA_DB"}
HEADERS = {"zhaohua-homes": 2}
"""The row of the header in the workbooks that have a title over it."""


class Sources:
    """The tables of all systems."""

    def __init__(self, folder: Path) -> None:
        self.database = sqlite3.connect(":memory:")
        for name, rows in (*served(folder), *files(folder), *databases(folder), *pushed()):
            self._add(name.replace("-", "_"), list(rows))

    def _add(self, name: str, rows: list[Mapping[str, Any]]) -> None:
        columns = list(dict.fromkeys(str(key) for row in rows for key in row))
        quoted = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join("?" * len(columns))
        self.database.execute(f'CREATE TABLE "{name}" ({quoted})')
        self.database.executemany(
            f'INSERT INTO "{name}" VALUES ({marks})',
            ([plain(row.get(column)) for column in columns] for row in rows),
        )

    def close(self) -> None:
        """Give the tables up."""
        self.database.close()

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a SELECT."""
        return self.database.execute(query).fetchall()


def plain(value: object) -> object:
    """A value that SQLite holds."""
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else value


def served(folder: Path) -> Iterator[tuple[str, Rows]]:
    """What is served over HTTP."""
    for path in sorted((folder / "demo" / "served").glob("*.json")):
        if path.stem != "keys":
            for table, rows in orjson.loads(path.read_bytes()).items():
                yield f"{path.stem}_{table}", rows


def files(folder: Path) -> Iterator[tuple[str, Rows]]:
    """What is put down as files."""
    for path in sorted((folder / "demo").glob("*/*")):
        system = path.parent.name
        if path.suffix == ".csv":
            yield f"{system}_{path.stem}", csv.DictReader(decoded(path).splitlines())
        elif path.suffix == ".jsonl":
            yield f"{system}_{path.stem}", list(lines(path))
        elif path.suffix == ".xlsx":
            with closing(load_workbook(path, read_only=True)) as book:
                for sheet in book:
                    rows = list(sheet.iter_rows(values_only=True))[HEADERS.get(system, 1) - 1 :]
                    yield f"{system}_{sheet.title}", [by_header(rows[0], it) for it in rows[1:]]


def by_header(header: tuple[Any, ...], cells: tuple[Any, ...]) -> dict[str, Any]:
    """A row of a sheet by the names of its columns."""
    return dict(zip(map(str, header), cells, strict=False))


def pushed() -> Iterator[tuple[str, Rows]]:
    """What systems send by themselves."""
    for system, send in SENDERS.items():
        for noun, rows in send(make_world()).items():
            yield f"{system}_{noun}", rows


def decoded(path: Path) -> str:
    """The text of a file in either encoding that the systems use."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return path.read_text("gbk")


def lines(path: Path) -> Iterator[Mapping[str, Any]]:
    """The whole lines of a file that may break off in the middle of the last one."""
    for line in path.read_bytes().splitlines():
        try:
            yield orjson.loads(line)
        except orjson.JSONDecodeError:
            return


def environment(folder: Path) -> dict[str, str]:
    """The variables that the demonstration keeps for the hub: where its systems are."""
    return {name: str(value) for name, value in dotenv_values(folder / "hub.env").items()}


def databases(folder: Path) -> Iterator[tuple[str, Rows]]:
    """What is read by SQL."""
    environ = environment(folder)
    for system, name in DATABASES.items():
        url = environ[name].replace("+psycopg", "")
        with psycopg.connect(url, row_factory=dict_row) as connection:
            found = connection.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            ).fetchall()
            for table in (str(row["table_name"]) for row in found):
                asked = sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))
                yield f"{system}_{table}", connection.execute(asked).fetchall()
