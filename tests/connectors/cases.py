"""A real source of each kind, filled and changed by the contract suite."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import orjson
from openpyxl import Workbook
from sqlalchemy import Engine, create_engine, text

from connectors.manifest import SystemManifest
from hub.errors import Code, StopRun, TryLater
from tests.connectors.people import COLUMNS, Person, manifest
from tests.connectors.web import TOKEN, Source

Failure = type[TryLater] | type[StopRun]


class Case:
    """One real source."""

    environ: dict[str, str]
    unreachable: tuple[dict[str, str], Failure]
    wrong_secret: dict[str, str] | None = None
    incremental: dict[str, object]
    missing_column_code = Code.SOURCE_CHANGED

    def system(self, **changes: object) -> SystemManifest:
        """The manifest of the source, its stream changed by `changes`."""
        raise NotImplementedError

    def put(self, rows: list[Person]) -> None:
        """Make `rows` all that the source holds."""
        raise NotImplementedError

    def break_row(self) -> str | None:
        """Spoil one row; gives how the complaint begins, None where the kind cannot have any."""
        return None


@dataclass
class RestCase(Case):
    """A paged HTTP API."""

    source: Source
    paging: Mapping[str, object] = field(
        default_factory=lambda: {"style": "page", "size": 2, "size_param": "size"}
    )

    def __post_init__(self) -> None:
        self.environ = {"REST_URL": self.source.url, "REST_TOKEN": TOKEN}
        self.unreachable = (self.environ | {"REST_URL": "http://127.0.0.1:9"}, TryLater)
        self.wrong_secret = self.environ | {"REST_TOKEN": "wrong"}
        self.incremental = {"cursor": "updated_at", "cursor_param": "since"}

    def system(self, **changes: object) -> SystemManifest:
        auth = {"kind": "bearer", "token": "${REST_TOKEN}"}
        connector = {"kind": "rest", "url": "${REST_URL}", "auth": auth, "attempts": 1}
        source = {
            "path": "deputies",
            "records": "data.items",
            "item": "deputies/{id}",
            "paging": self.paging,
        }
        return manifest(connector, source, **changes)

    def put(self, rows: list[Person]) -> None:
        self.source.items = list(rows)

    def break_row(self) -> str | None:
        self.source.items[1] = "no object"
        return "page 1 item 2: is no JSON object"


@dataclass
class GraphqlCase(Case):
    """A GraphQL API with a Relay connection."""

    source: Source
    missing_column_code = Code.SOURCE_REFUSED

    def __post_init__(self) -> None:
        self.environ = {"GRAPHQL_URL": f"{self.source.url}/graphql", "GRAPHQL_TOKEN": TOKEN}
        self.unreachable = (self.environ | {"GRAPHQL_URL": "http://127.0.0.1:9"}, TryLater)
        self.wrong_secret = self.environ | {"GRAPHQL_TOKEN": "wrong"}
        self.incremental = {"cursor": "updated_at", "cursor_variable": "since"}

    def system(self, **changes: object) -> SystemManifest:
        auth = {"kind": "header", "name": "Authorization", "value": "Bearer ${GRAPHQL_TOKEN}"}
        connector = {"kind": "graphql", "url": "${GRAPHQL_URL}", "auth": auth, "attempts": 1}
        asked = " ".join([*COLUMNS, *(["nowhere"] if "checks" in changes else [])])
        page = f"nodes {{ {asked} }} pageInfo {{ hasNextPage endCursor }}"
        source = {
            "query": "query($after: String, $since: String) "
            f"{{ deputies(first: 2, after: $after, since: $since) {{ {page} }} }}",
            "connection": "deputies",
            "item_query": f"query($id: String!) {{ deputy(id: $id) {{ {asked} }} }}",
            "item": "deputy",
        }
        return manifest(connector, source, **changes)

    def put(self, rows: list[Person]) -> None:
        self.source.items = list(rows)


@dataclass
class SqlCase(Case):
    """A table on a real server."""

    url: str

    def __post_init__(self) -> None:
        self.engine: Engine = create_engine(self.url)
        server = self.engine.url
        closed = server.set(host="127.0.0.1", port=9, query={})
        stranger = server.set(username="stranger", password="wrong-password")  # noqa: S106
        self.environ = {"SQL_URL": self.url}
        self.unreachable = ({"SQL_URL": closed.render_as_string(hide_password=False)}, TryLater)
        self.wrong_secret = {"SQL_URL": stranger.render_as_string(hide_password=False)}
        self.incremental = {"cursor": "updated_at"}
        with self.engine.begin() as connection:
            connection.execute(text("DROP TABLE IF EXISTS npc_member"))
            connection.execute(
                text(
                    "CREATE TABLE npc_member (id INT, name VARCHAR(60), sex INT, phone TEXT, "
                    "stations TEXT, updated_at TIMESTAMP NULL, is_deleted INT)"
                )
            )

    def system(self, **changes: object) -> SystemManifest:
        connector = {"kind": "sql", "url": "${SQL_URL}", "attempts": 1}
        source: dict[str, object] = {} if "query" in changes else {"table": "npc_member"}
        return manifest(connector, source, **changes)

    def put(self, rows: list[Person]) -> None:
        values = ", ".join(f":{name}" for name in COLUMNS)
        with self.engine.begin() as connection:
            connection.execute(text("DELETE FROM npc_member"))
            if rows:
                given = [
                    row | {k: int(row[k]) for k in ("id", "sex", "is_deleted")} for row in rows
                ]
                connection.execute(text(f"INSERT INTO npc_member VALUES ({values})"), given)


@dataclass
class FileCase(Case):
    """A file in a folder; `form` is csv, jsonl or xlsx."""

    folder: Path
    form: str

    def __post_init__(self) -> None:
        self.environ = {"FOLDER": str(self.folder)}
        self.unreachable = ({"FOLDER": str(self.folder / "nowhere")}, StopRun)
        self.incremental = {}

    @property
    def path(self) -> Path:
        return self.folder / f"deputies.{self.form}"

    def system(self, **changes: object) -> SystemManifest:
        connector: dict[str, object] = {"kind": "file", "folder": "${FOLDER}"}
        source = {"files": f"*.{self.form}", "format": self.form}
        return manifest(connector, source, **changes)

    def put(self, rows: list[Person]) -> None:
        write = {"csv": csv_bytes, "jsonl": jsonl_bytes, "xlsx": xlsx_bytes}[self.form]
        self.path.write_bytes(write(rows))

    def break_row(self) -> str | None:
        if self.form == "xlsx":
            return None
        lines = self.path.read_bytes().splitlines(keepends=True)
        lines[1] = b"1,\xe4\xbb\xa3,,,,,,x\n" if self.form == "csv" else b'{"id": \n'
        self.path.write_bytes(b"".join(lines))
        csv_problem = "deputies.csv row 2: has 8 cells under 7 headers"
        return csv_problem if self.form == "csv" else "deputies.jsonl line 2: is no JSON"


def csv_bytes(rows: list[Person], encoding: str = "utf-8") -> bytes:
    """Rows as a CSV file with a header."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(encoding)


def jsonl_bytes(rows: list[Person]) -> bytes:
    """Rows as JSON Lines."""
    return b"".join(orjson.dumps(row) + b"\n" for row in rows)


def xlsx_bytes(rows: list[Person]) -> bytes:
    """Rows as a workbook with one sheet."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([row[name] for name in COLUMNS])
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
