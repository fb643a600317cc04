"""The rooms of connectors/: what a room lends stands in its `__init__`, and only that is taken."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import connectors

HOME = Path(connectors.__file__).parent
ROOMS = sorted(path.parent.name for path in HOME.glob("*/__init__.py"))
MODULES = sorted(HOME.rglob("*.py"))
LENDING = [room for room in ROOMS if room != "kinds"]
"""The modules of `kinds` are taken whole, by the registry."""


def imports(module: Path) -> Iterator[tuple[str, str]]:
    """Module and name of everything that is imported, also for the types alone."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(HOME).as_posix())
def test_module_takes_from_other_rooms_only_what_they_lend(module: Path) -> None:
    own = module.parent.name
    for taken, _ in imports(module):
        parts = taken.split(".")
        if parts[0] == "connectors" and len(parts) > 2:
            assert parts[1] == own, f"{taken} is an inner part of {parts[1]}"


@pytest.mark.parametrize("room", LENDING)
def test_room_says_what_it_lends(room: str) -> None:
    init = HOME / room / "__init__.py"
    tree = ast.parse(init.read_text(encoding="utf-8"))
    lent = [name for module, name in imports(init) if module != "__future__"]
    listed = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    )
    assert ast.get_docstring(tree)
    assert listed == sorted(set(lent), key=lambda name: (not name.isupper(), name.islower(), name))


def test_only_the_registry_names_the_kinds() -> None:
    naming = {
        module.name
        for module in MODULES
        for taken, name in imports(module)
        if taken.startswith("connectors.kinds") and name != ""
    }
    assert naming == {"registry.py"}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(HOME).as_posix())
def test_modules_and_functions_stay_small(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, node.name
