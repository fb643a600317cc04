"""The manners of memory: who calls the collector, and that caches have an end."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.store.memory import (
    MANY_OBJECTS,
    YOUNG_OBJECTS,
    kept_for_long,
    load_quickly,
    serve_quickly,
)

ROOT = Path(__file__).parents[2]
PRODUCT = [
    *(
        path
        for room in ("hub", "schema", "resolvers", "connectors", "cli")
        for path in (ROOT / room).rglob("*.py")
    ),
    ROOT / "server.py",
]


@pytest.fixture
def collector() -> Iterator[None]:
    """Puts the collector back as it was."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in PRODUCT:
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def test_one_module_calls_the_collector() -> None:
    calling = {
        name
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import) and any(alias.name == "gc" for alias in node.names)
    }
    assert calling == {"hub/store/memory.py"}


def endless(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function keeps an answer for each argument for ever."""
    has_arguments = bool(function.args.args or function.args.kwonlyargs)
    told = {ast.unparse(decorator) for decorator in function.decorator_list}
    return (has_arguments and "cache" in told) or "lru_cache(maxsize=None)" in told


def test_caches_of_what_comes_with_data_have_an_end() -> None:
    found = [
        f"{name}: {node.name}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and endless(node)
    ]
    assert found == []


@pytest.mark.usefixtures("collector")
def test_what_is_loaded_is_passed_over_while_a_process_serves() -> None:
    serve_quickly()
    assert gc.get_freeze_count() > 10_000
    assert gc.get_threshold()[0] == YOUNG_OBJECTS


@pytest.mark.usefixtures("collector")
def test_a_load_looks_for_rings_seldom() -> None:
    load_quickly()
    assert gc.get_threshold()[0] == MANY_OBJECTS


@pytest.mark.usefixtures("collector")
def test_what_a_pass_found_is_passed_over_until_it_is_written() -> None:
    with kept_for_long():
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0
