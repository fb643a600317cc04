"""Programs of Node that the tests start."""

from __future__ import annotations

import asyncio
import json
import shutil
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from hub.settings import ROOT

CLIENTS = Path(__file__).resolve().parent
MODULES = CLIENTS / "node_modules"

Node: TypeAlias = Callable[..., Awaitable[Any]]
Tool: TypeAlias = Callable[..., Awaitable[tuple[int | None, str]]]


async def run(*command: str, cwd: Path) -> tuple[int | None, str]:
    """The exit code of a program and what it prints."""
    process = await asyncio.create_subprocess_exec(*command, cwd=cwd, stdout=PIPE, stderr=STDOUT)
    printed, _ = await asyncio.wait_for(process.communicate(), timeout=120)
    return process.returncode, printed.decode()


async def run_node(script: str | Path, *arguments: str) -> Any:
    """What a script prints, read as JSON."""
    code, printed = await run("node", str(CLIENTS / script), *arguments, cwd=CLIENTS)
    assert code == 0, printed
    return json.loads(printed)


async def run_tool(name: str, *arguments: str, cwd: Path = ROOT) -> tuple[int | None, str]:
    """The exit code of an installed tool and what it prints."""
    return await run(str(MODULES / ".bin" / name), *arguments, cwd=cwd)


@pytest.fixture(scope="session")
def installed() -> None:
    """The packages are there."""
    assert (MODULES / "ready").exists(), "The clients are missing. Run `make setup`."


@pytest.fixture(scope="session")
def node(installed: None) -> Node:
    """Runs a script of this folder and gives what it prints."""
    return run_node


@pytest.fixture(scope="session")
def tool(installed: None) -> Tool:
    """Runs an installed tool."""
    return run_tool


@pytest.fixture
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the folder named by the test, with the schema and the packages beside it."""
    shutil.copytree(CLIENTS / request.param, tmp_path, dirs_exist_ok=True)
    shutil.copy(ROOT / "schema" / "schema.graphql", tmp_path)
    (tmp_path / "node_modules").symlink_to(MODULES)
    return tmp_path
