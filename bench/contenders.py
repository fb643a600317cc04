"""The hub and dlt, each with a database of its own on one server."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psycopg
from sqlalchemy import URL, make_url

from bench.programs import Cost, run
from hub.settings import ROOT

HERE = Path(__file__).parent
FOLDER = ROOT / "var" / "bench"
DLT_PYTHON = FOLDER / "dlt" / "bin" / "python"
TEMPLATE, HUB, DLT = "bench_template", "bench_hub", "bench_dlt"


class Contenders:
    """Both over one file and one server; `renew` empties their databases."""

    system = "deputies"
    """The manifest beside this module: its system is called after it, `bench-deputies`."""

    def __init__(self, server: str, file: Path) -> None:
        self._server = make_url(server)
        self._file = file

    @property
    def loads(self) -> dict[str, Callable[[], Cost]]:
        """The load of each by name."""
        return {"hub": self.load_hub, "dlt": self.load_dlt}

    def set_up(self) -> None:
        """Make the store that the hub starts from: tables, divisions and the system."""
        self._recreate(TEMPLATE)
        self._hub(TEMPLATE, "db", "upgrade")
        self._hub(TEMPLATE, "system", "add", str(HERE / f"{self.system}.yaml"))

    def renew(self) -> None:
        """Empty both databases and let the server write out what it holds."""
        self._recreate(HUB, f"TEMPLATE {TEMPLATE}")
        self._recreate(DLT)
        shutil.rmtree(FOLDER / "pipelines", ignore_errors=True)

    def load_hub(self) -> Cost:
        """One sync of the hub over the whole file."""
        self._execute("CHECKPOINT")
        return self._hub(HUB, "sync", "--no-link", f"bench-{self.system}")

    def load_dlt(self) -> Cost:
        """One run of dlt over the whole file."""
        self._execute("CHECKPOINT")
        words = (str(DLT_PYTHON), str(HERE / "dlt_merge.py"), str(self._file), self._dlt_url())
        return run((*words, str(FOLDER / "pipelines")), {"RUNTIME__DLTHUB_TELEMETRY": "false"})

    def count(self) -> tuple[int, int]:
        """Mandates in the hub and rows in dlt's table."""
        return (
            self._count(HUB, "SELECT count(*) FROM deputy"),
            self._count(DLT, "SELECT count(*) FROM merged.deputies"),
        )

    def _hub(self, database: str, *words: str) -> Cost:
        environ = {
            "HUB_DATABASE_URL": self._url(database),
            "HUB_DATA_DIR": str(FOLDER / "data"),
            "BENCH_FOLDER": str(self._file.parent),
        }
        return run((sys.executable, "-m", "cli", *words), environ)

    def _url(self, database: str) -> str:
        return self._server.set(database=database).render_as_string(hide_password=False)

    def _dlt_url(self) -> str:
        """dlt insists on a host and a password, so that the socket's folder goes for a host."""
        host = self._server.host or quote(str(self._server.query["host"]), safe="")
        url = URL.create(
            "postgresql",
            self._server.username,
            self._server.password or "none",
            host,
            self._server.port or 5432,
            DLT,
        )
        return url.render_as_string(hide_password=False)

    def _recreate(self, database: str, clause: str = "") -> None:
        self._execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        self._execute(f"CREATE DATABASE {database} {clause}")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _count(self, database: str, question: str) -> int:
        with psycopg.connect(self._url(database)) as connection:
            row = connection.execute(question.encode()).fetchone()
        assert row is not None
        return int(row[0])
