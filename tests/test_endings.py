"""How programs end: on a signal in due time, with all that they started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.running_demo import ENDING, await_end, processes_of

BACKGROUND = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")
"""Starts a program as a shell does in the background: SIGINT is ignored."""
SERVE = ("cli", "serve", "--port", "0")
SERVES = "Uvicorn running"
LIMIT = 120
"""Seconds until a program is where a test wants it."""
SILENT = """
system: silent
name: silent
division: "510811"
connector: {{kind: rest, url: "http://127.0.0.1:{port}"}}
streams:
  - name: deputies
    kind: DEPUTY
    path: /deputies
    key: "{{id}}"
    fields: {{name: name}}
"""


HEEDING = ("env", "--default-signal=HUP,INT,TERM")
"""Signals reach a program as at a terminal, also where the tests themselves run under nohup."""


class Program:
    """A running program over a data folder."""

    def __init__(self, folder: Path, *words: str, starter: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self.log = folder / f"log-{time.monotonic_ns()}"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*HEEDING, *starter, sys.executable, "-m", *words],
                env={**os.environ, "HUB_DATA_DIR": str(folder)},
                stdout=log,
                stderr=log,
            )

    def wait_for(self, reached: Callable[[], bool]) -> None:
        until = time.monotonic() + LIMIT
        while not reached():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.1)

    def says(self, text: str) -> Callable[[], bool]:
        return lambda: text in self.log.read_text()

    def end(self, *signals: signal.Signals) -> None:
        """Send signals to this one process, then wait for its end."""
        for each in signals:
            self.process.send_signal(each)
        self.process.wait(ENDING)


def hub(folder: Path, *words: str) -> None:
    """Run a `hub` command to its end."""
    program = Program(folder, "cli", *words)
    assert program.process.wait(LIMIT) == 0, program.log.read_text()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose embedded store holds the divisions."""
    folder = tmp_path_factory.mktemp("endings")
    hub(folder, "db", "upgrade")
    assert await_end(folder) == []
    return folder


@pytest.fixture
def silent_system(folder: Path) -> Iterator[None]:
    """A system that takes a connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        manifest = folder / "silent.yaml"
        manifest.write_text(SILENT.format(port=server.getsockname()[1]))
        hub(folder, "system", "add", str(manifest))
        yield


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_server_and_its_store_end_on_a_signal(folder: Path, number: signal.Signals) -> None:
    program = Program(folder, *SERVE)
    program.wait_for(program.says(SERVES))
    program.end(number)
    assert await_end(folder) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_worker_in_the_background_ends_on_a_signal(folder: Path, number: signal.Signals) -> None:
    program = Program(folder, "cli", "worker", starter=BACKGROUND)
    program.wait_for(program.says("Starting worker"))
    program.end(number)
    assert await_end(folder) == []


@pytest.mark.usefixtures("silent_system")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_sync_ends_while_it_waits_for_a_source(folder: Path, number: signal.Signals) -> None:
    program = Program(folder, "cli", "sync")
    sync = "-m cli sync"
    program.wait_for(lambda: sum(sync in line for line in processes_of(folder)) == 2)
    program.end(number, number)
    assert await_end(folder) == []


def test_the_store_stays_while_anyone_uses_it(folder: Path) -> None:
    one, other = Program(folder, *SERVE), Program(folder, *SERVE)
    for program in (one, other):
        program.wait_for(program.says(SERVES))
    one.end(signal.SIGTERM)
    assert postgres(folder)
    other.end(signal.SIGTERM)
    assert await_end(folder) == []


def test_the_store_of_a_killed_server_ends_with_the_next_command(folder: Path) -> None:
    program = Program(folder, *SERVE)
    program.wait_for(program.says(SERVES))
    program.end(signal.SIGKILL)
    assert postgres(folder)
    hub(folder, "system", "list")
    assert await_end(folder) == []


def postgres(folder: Path) -> bool:
    """Whether the store of a data folder runs."""
    return any("postgres -D" in line for line in processes_of(folder))


def test_the_demonstration_ends_while_it_makes_the_store(tmp_path: Path) -> None:
    program = Program(tmp_path, "demo", "--port", "0", starter=BACKGROUND)
    program.wait_for((tmp_path / "postgres" / "PG_VERSION").exists)
    program.end(signal.SIGHUP, signal.SIGHUP)
    assert await_end(tmp_path) == []


def test_the_demonstration_ends_while_it_syncs(folder: Path) -> None:
    program = Program(folder, "demo", "--port", "0", starter=BACKGROUND)
    program.wait_for(lambda: any("-m cli sync" in line for line in processes_of(folder)))
    program.end(signal.SIGTERM, signal.SIGTERM)
    assert await_end(folder) == []
