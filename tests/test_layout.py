"""The rules of the house: what a room lends, how large things are, who may do what, what is said.

docs/architecture.md has the map. A rule that only a document states drifts, so it stands here.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from radon.complexity import cc_visit
from radon.visitors import Function

from hub.errors import Code
from hub.settings import ROOT, Settings
from hub.subjects import metadata
from hub.subjects.reference import describe_kinds

CORE = ("hub", "schema", "resolvers", "connectors", "cli")
PRODUCT = (*CORE, "demo")
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 40
LOOSE_FILES_OF_HUB = {"errors", "ids", "logs", "settings"}

MOST_COMPLEX = 10
"""McCabe's number, in which a comprehension and each `and` and `or` count."""
COLUMN_BY_COLUMN = "one comprehension a column: it is long, not complex"
COMPLEX = {
    "connectors/files/sheet_process.py send_rows": "the loop over cells: a call for each costs",
    "connectors/files/text_files.py _records": "what may be wrong with a record, told in its order",
    "demo/systems/platform.py tables": COLUMN_BY_COLUMN,
    "demo/systems/zhaohua_projects.py tables": COLUMN_BY_COLUMN,
    "hub/intake/field_reading.py _read_rows": "the loop over values: a call for each costs",
    "hub/intake/record_statements.py _columns": COLUMN_BY_COLUMN,
    "hub/linking/scores/features.py table_of": COLUMN_BY_COLUMN,
    "resolvers/sql/aggregates.py _measured": "the two ways to group, and what tells them apart",
}
"""The functions that are more complex, eight at most, and why they stay so."""

OPEN_TRANSACTIONS = {
    "cli/clocks.py": "the rules of divisions on deadlines are taken whole",
    "hub/divisions/index.py": "the lists of divisions are taken whole",
    "hub/intake/division_lists.py": "divisions and the search index are taken together",
    "hub/linking/score_links.py": "a temporary table lasts as long as one",
    "hub/passes/form_readers.py": "a cursor over all forms needs one",
    "hub/passes/link_people.py": "what a pass links is written under the lock",
    "hub/passes/link_places.py": "what a pass links is written under the lock",
    "hub/passes/writing.py": "a part of a pass is written as one",
    "hub/runs/absence.py": "what is absent is read from one view of the store",
    "hub/runs/push.py": "a push is stored with its run and its answer",
    "hub/runs/push_queue.py": "pushes that waited together are stored as one",
    "hub/runs/registered_systems.py": "a system is added, and what awaited it taken up, as one",
    "hub/runs/sync.py": "a page is stored with its run and its cursor",
    "hub/search/rebuild.py": "some rows are renewed as one, others write in between",
    "hub/stewards/desk.py": "a steward's decision and what follows from it",
    "hub/store/database.py": "lends transactions",
    "hub/store/locks.py": "lends transactions under the lock",
}
"""Who opens a transaction, and why there."""

TAKE_LOCKS = {"hub/store/locks.py"}
CALL_COLLECTOR = {"hub/store/memory.py"}

IGNORED_TYPES = {
    "resolvers/engine/inputs.py": "graphql-core types its coercion for input types it has checked",
    "resolvers/engine/selection.py": "graphql-core types nodes wider than validation leaves them",
    "resolvers/engine/writer.py": "the dialect of SQLAlchemy has no types",
    "resolvers/loaders/statements.py": "SQLAlchemy types selected columns one by one",
}
"""Where a type is not checked in the product, and why."""


@cache
def trees(*folders: str) -> Mapping[str, ast.Module]:
    """The modules below some folders, parsed, by path."""
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def room_of(module: str) -> str | None:
    """The innermost package of a module, such as hub.linking.people; None for a loose module."""
    parts = module.split(".")
    for length in range(len(parts), 1, -1):
        if (ROOT.joinpath(*parts[:length]) / "__init__.py").exists():
            return ".".join(parts[:length])
    return None


def imports(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """The modules that a module imports from, with the names, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from ((alias.name, []) for alias in node.names)


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


# --- Rooms ----------------------------------------------------------------------------------------


def test_hub_has_few_loose_files() -> None:
    loose = {path.stem for path in (ROOT / "hub").glob("*.py")} - {"__init__"}
    assert loose == LOOSE_FILES_OF_HUB


def test_what_is_inside_a_room_is_imported_from_inside_it_alone() -> None:
    """`hub.subjects` lends each of its modules; every other room the names of its `__init__`."""
    inner = []
    for path, tree in {**trees(*PRODUCT), "server.py": ast.parse(text_of("server.py"))}.items():
        at_home = module_of(path)
        for module, _ in imports(tree):
            room = room_of(module) if module.split(".")[0] in ("hub", "resolvers") else None
            if room in (None, module, "hub.subjects") or f"{at_home}.".startswith(f"{room}."):
                continue
            inner.append(f"{path} imports {module}")
    assert inner == []


@pytest.mark.parametrize(
    "path", [path for path in trees("hub", "resolvers", "connectors") if "__init__" in path]
)
def test_a_room_says_what_it_is_for_and_lends_what_is_described(path: str) -> None:
    room = importlib.import_module(module_of(path))
    assert room.__doc__
    lent = {name: getattr(room, name) for name in getattr(room, "__all__", ())}
    assert [
        name
        for name, value in lent.items()
        if (inspect.isclass(value) or inspect.isroutine(value)) and not inspect.getdoc(value)
    ] == []


# --- Sizes ----------------------------------------------------------------------------------------


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    lengths = {path: len(text_of(path).splitlines()) for path in trees(*PRODUCT)}
    assert {path: length for path, length in lengths.items() if length > MOST_LINES} == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    long = {
        f"{path}: {node.name}": length
        for path, tree in trees(*PRODUCT).items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_few_functions_are_complex() -> None:
    complex_ = {
        f"{path} {block.name}"
        for path in trees(*PRODUCT)
        for block in cc_visit(text_of(path))
        if isinstance(block, Function) and block.complexity > MOST_COMPLEX
    }
    assert complex_ == COMPLEX.keys()
    assert len(COMPLEX) <= 8


# --- Names ----------------------------------------------------------------------------------------


def test_no_module_of_hub_has_the_name_of_another() -> None:
    paths = defaultdict(list)
    for path in trees("hub"):
        if "__init__" not in path:
            paths[Path(path).stem].append(path)
    assert {name: found for name, found in paths.items() if len(found) > 1} == {}


def test_no_class_of_hub_has_the_name_of_another() -> None:
    paths = defaultdict(list)
    for path, tree in trees("hub").items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                paths[node.name].append(path)
    assert {name: found for name, found in paths.items() if len(found) > 1} == {}


# --- Who may do what ------------------------------------------------------------------------------


def calling(*names: str) -> set[str]:
    """The modules of the product that call a method or function of one of these names."""
    return {
        path
        for path, tree in trees(*CORE).items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", None) in names or getattr(node.func, "id", None) in names)
    }


def test_who_opens_a_transaction() -> None:
    assert calling("transaction", "writing") == set(OPEN_TRANSACTIONS)


def test_who_takes_a_lock_of_the_store() -> None:
    taking = {path for path in trees(*CORE) if "advisory" in text_of(path).lower()}
    assert taking == TAKE_LOCKS


def test_who_calls_the_collector() -> None:
    asking = {path for path, tree in trees(*CORE).items() if "gc" in dict(imports(tree))}
    assert asking == CALL_COLLECTOR


def test_types_are_checked_but_where_a_reason_stands() -> None:
    ignoring = {path for path in trees(*PRODUCT) if "# type: ignore" in text_of(path)}
    assert ignoring == set(IGNORED_TYPES)


# --- What the documents name ----------------------------------------------------------------------


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"`HUB_{name.upper()}`" in text_of("README.md")


@pytest.mark.parametrize("code", Code)
def test_every_error_code_is_documented(code: Code) -> None:
    assert f"`{code}`" in text_of("docs/errors.md")


def test_every_kind_of_record_is_documented_with_its_fields() -> None:
    """`hub schema records > docs/records.md` writes the page."""
    assert text_of("docs/records.md") == describe_kinds()


def test_every_column_is_described() -> None:
    columns = [column for table in metadata.tables.values() for column in table.columns]
    assert [f"{column.table.name}.{column.name}" for column in columns if not column.comment] == []


def test_every_file_that_a_document_names_is_there() -> None:
    name = re.compile(rf"`((?:{'|'.join(CORE)}|demo|tests|docs|migrations|bench)/[\w./-]+\.\w+)`")
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    missing = {
        f"{page.name}: {file}"
        for page in pages
        for file in name.findall(page.read_text(encoding="utf-8"))
        if not (ROOT / file).exists() and "SUBJECT" not in file
    }
    assert missing == set()
