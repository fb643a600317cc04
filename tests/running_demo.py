"""The demonstration as a user runs it, once for all tests of a session."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import psutil
import pytest

from hub.settings import ROOT

LIMIT = 600
"""Seconds from nothing to a served hub at most."""


ENDING = 20
"""Seconds that a program of the hub and all that it started have to end."""


def processes_of(folder: Path) -> list[str]:
    """The command lines of the programs whose data folder this is, their PostgreSQL's too."""
    lines = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            line = " ".join(process.cmdline())
            if str(folder) in line or process.environ().get("HUB_DATA_DIR") == str(folder):
                lines.append(line)
    return lines


def await_end(folder: Path) -> list[str]:
    """Wait until all programs over a data folder have ended; give those that have not in time."""
    until = time.monotonic() + ENDING
    while (left := processes_of(folder)) and time.monotonic() < until:
        time.sleep(0.1)
    return left


class Demo:
    """A running demonstration."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        self.environ = {**os.environ, "HUB_DATA_DIR": str(folder), "COLUMNS": "160"}
        self.log = (folder / "log").open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "demo", "--port", str(self.port)],
            env=self.environ,
            stdout=self.log,
            stderr=self.log,
        )

    def wait(self) -> None:
        until = time.monotonic() + LIMIT
        while "Ready after" not in (self.folder / "log").read_text():
            assert self.process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < until, "the demonstration is not ready in time"
            time.sleep(0.5)

    def ask(self, query: str, variables: dict[str, object] | None = None) -> Any:
        url = f"http://127.0.0.1:{self.port}/graphql"
        body = {"query": query, "variables": variables or {}}
        answer = httpx2.post(url, json=body, timeout=30).json()
        assert "errors" not in answer, answer
        return answer["data"]

    def errors(self, query: str) -> Any:
        """The errors of a query that has some."""
        url = f"http://127.0.0.1:{self.port}/graphql"
        return httpx2.post(url, json={"query": query}, timeout=30).json()["errors"]

    def question(self, name: str, **variables: object) -> Any:
        """The answer to a saved query."""
        return self.ask((ROOT / "examples" / f"{name}.graphql").read_text("utf-8"), variables)

    def sync(self, *options: str) -> dict[str, dict[str, str]]:
        """What `hub sync` tells of each system, by the heads of its columns."""
        words = [sys.executable, "-m", "cli", "sync", *options]
        done = subprocess.run(words, env=self.environ, capture_output=True, text=True, check=True)
        _, _, table = done.stdout.partition("system")
        head, _, *rows = [line.split() for line in table.strip().splitlines()]
        return {system: dict(zip(head, counts, strict=True)) for system, *counts in rows}

    def stop(self) -> None:
        """End it as a service's master would: the signal goes to the one process."""
        self.process.terminate()
        self.process.wait(ENDING)
        self.log.close()
        assert await_end(self.folder) == []


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    running = Demo(tmp_path_factory.mktemp("demo"))
    try:
        running.wait()
        yield running
    finally:
        running.stop()
