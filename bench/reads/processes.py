"""Servers as processes of their own on loopback, and what they use."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import psutil
from sqlalchemy import URL

from bench.reads.contenders import Contender

POOL_SIZE = 10
PATIENCE = 60.0
"""Seconds that a server may take until it listens."""


@dataclass(frozen=True, slots=True)
class Server:
    """A contender that runs."""

    name: str
    contender: Contender
    port: int
    process: psutil.Process

    @property
    def cpu_seconds(self) -> float:
        """Processor time used so far."""
        used = self.process.cpu_times()
        return float(used.user + used.system)

    @property
    def memory_mb(self) -> float:
        """Resident memory."""
        return float(self.process.memory_info().rss) / 2**20


@asynccontextmanager
async def serving(
    contender: Contender, url: URL, logs: Path, name: str | None = None
) -> AsyncIterator[Server]:
    """Start a contender on the store `url`, named like the contender; stop it in the end."""
    port, name = free_port(), name or contender.name
    log = logs / f"{name.replace(' ', '-')}.log"
    with log.open("wb") as output:
        child = start(contender.command(port), url, output)
        try:
            await until_listening(child, port, log)
            yield Server(name, contender, port, psutil.Process(child.pid))
        finally:
            child.terminate()
            child.wait(10)


def start(command: list[str], url: URL, output: BinaryIO) -> subprocess.Popen[bytes]:
    """Start a process that finds the store in its environment."""
    return subprocess.Popen(command, env=environment(url), stdout=output, stderr=output)


@asynccontextmanager
async def serving_all(
    contenders: tuple[Contender, ...], url: URL, logs: Path
) -> AsyncIterator[list[Server]]:
    """Start several contenders on one store."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(serving(each, url, logs)) for each in contenders]


def environment(url: URL) -> dict[str, str]:
    """The store, in the words of each kind of server, and one size of pool for all."""
    host = str(url.query.get("host") or url.host)
    return {
        **os.environ,
        "HUB_DATABASE_URL": url.set(drivername="postgresql").render_as_string(hide_password=False),
        "HUB_POOL_SIZE": str(POOL_SIZE),
        "HUB_LOCAL_READING": "1",
        "PGHOST": host,
        "PGUSER": url.username or "postgres",
        "PGDATABASE": str(url.database),
        "GRAPHILE_ENV": "production",
        "NODE_ENV": "production",
    }


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


async def until_listening(child: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Wait until the server takes connections."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and child.poll() is None:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise SystemExit(f"A server did not start. Its last words are in {log}.")
