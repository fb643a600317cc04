"""Serves the systems that answer over HTTP."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn

from demo.web import application

HOST = "127.0.0.1"
FIRST_PORT = 8100


def free_port(first: int = FIRST_PORT) -> int:
    """The first free port of loopback from `first` on."""
    for port in range(first, 65536):
        with socket.socket() as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise OSError(f"no port of {HOST} from {first} on is free")


def make_server(folder: Path, port: int) -> uvicorn.Server:
    """The server over what `set_stage` left in `folder`; not started yet."""
    config = uvicorn.Config(
        application(folder), host=HOST, port=port, log_level="warning", ws="none"
    )
    return uvicorn.Server(config)


@asynccontextmanager
async def serving(folder: Path, port: int) -> AsyncIterator[None]:
    """Serve in this event loop while the block runs."""
    server = make_server(folder, port)
    task = asyncio.create_task(server.serve())
    while not (server.started or task.done()):  # noqa: ASYNC110  # uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await task
