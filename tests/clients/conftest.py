"""Programs of Node that the tests start."""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

CLIENTS = Path(__file__).resolve().parent
READY = CLIENTS / "node_modules" / "ready"
Node: TypeAlias = Callable[..., Awaitable[Any]]


async def run_node(script: str, *arguments: str) -> Any:
    """What a script of this folder prints, read as JSON."""
    command = ("node", str(CLIENTS / script), *arguments)
    process = await asyncio.create_subprocess_exec(*command, cwd=CLIENTS, stdout=PIPE, stderr=PIPE)
    printed, complaints = await asyncio.wait_for(process.communicate(), timeout=120)
    assert process.returncode == 0, complaints.decode() + printed.decode()
    return json.loads(printed)


@pytest.fixture(scope="session")
def node() -> Node:
    """Runs a script of this folder and gives what it prints."""
    assert READY.exists(), "The clients are missing. Run `make setup`."
    return run_node
