"""The `hub` command: what it offers, and how little it imports to say so."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from cli.app import app
from hub.settings import ROOT

HEAVY = (
    "alembic",
    "asyncpg",
    "connectors",
    "hub.intake",
    "hub.settings",
    "hub.store",
    "numpy",
    "procrastinate",
    "pydantic",
    "resolvers",
    "server",
    "sqlalchemy",
    "strawberry",
    "uvicorn",
)


def hub(*words: str, **environ: str) -> str:
    """What a `hub` command prints."""
    done = subprocess.run(
        [sys.executable, "-m", "cli", *words],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def commands(group: Any, *path: str) -> Iterator[tuple[str, Any]]:
    """Each command below a group, by its words."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, *path, name)
        else:
            yield " ".join((*path, name)), command


COMMANDS = dict(commands(get_command(app), "hub"))


def test_help_imports_nothing_that_takes_long() -> None:
    look = "import sys, cli.app; print(*sys.modules)"
    words = [sys.executable, "-c", look]
    loaded = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
    assert "cli.sync" in loaded
    assert [name for name in HEAVY if name in loaded] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_stands_in_the_readme(name: str) -> None:
    said = " ".join(hub(*name.split()[1:], "--help").split())
    assert COMMANDS[name].help.split(".")[0] in said
    assert f"`{name}" in (ROOT / "README.md").read_text("utf-8")


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert hub("--version") == f"hub {project['version']}\n"


@pytest.mark.parametrize(
    ("shell", "typed", "offered"),
    [
        ("bash", {"COMP_WORDS": "hub sy", "COMP_CWORD": "1"}, "sync system"),
        ("zsh", {"_TYPER_COMPLETE_ARGS": "hub sync --f"}, "--full"),
    ],
)
def test_a_shell_completes_commands(shell: str, typed: dict[str, str], offered: str) -> None:
    said = hub(_HUB_COMPLETE=f"complete_{shell}", **typed)
    names = {"bash": r"^(\S+)$", "zsh": r'\("([^"]+)":'}[shell]
    assert " ".join(re.findall(names, said, re.MULTILINE)) == offered
