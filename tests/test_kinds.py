"""docs/kinds.md tells the truth: what one kind of record touches, file by file."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from hub.settings import ROOT
from hub.subjects import KINDS, SUBJECTS
from hub.subjects.kinds import Kind
from hub.subjects.record_kinds import RecordKind

TEXT = (ROOT / "docs" / "kinds.md").read_text(encoding="utf-8")
TABLE, _, REST = TEXT.partition("## What a kind can say")
LAST = REST.partition("## What the last kind took")[2]
PATHS = re.compile(r"`((?:hub|schema|migrations|tests|examples|demo|connectors)/[\w./-]*)`")
CODE = ("hub", "schema", "resolvers", "connectors", "cli")
FIRST = {"congresses", "deputies", "groups", "places"}
"""The subjects that the hub is about; the intake links and places them in ways of their own."""
BESIDES = {
    ("hub/divisions/legal_clocks.py", "suggestions"),
    ("hub/intake/alike.py", "activities"),
    ("hub/intake/alike.py", "suggestions"),
    ("hub/intake/derived.py", "suggestions"),
    ("hub/intake/legal_days.py", "suggestions"),
}
"""What some kinds have besides their declaration, as the document says."""
NAMES = {
    name: kind.kind.subject
    for kind in KINDS.values()
    for pair in (kind.table, *(membership.table for membership in kind.memberships))
    for name in (pair.name, kind.one, kind.many, kind.kind.name)
}
"""What the kinds are called in tables and in the graph, and the subject of each."""
IN_SQL = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE) (\w+)")


def source(*folders: str) -> dict[str, str]:
    """The text of every module below some folders, by its path."""
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


@pytest.mark.parametrize("path", PATHS.findall(TEXT.replace("SUBJECT", "motions")))
def test_every_file_of_the_document_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def subjects_named(text: str) -> set[str]:
    """The subjects that a module knows: by an import, a kind of record, or a name of one."""
    tree = list(ast.walk(ast.parse(text)))
    imported = {
        (str(node.module).split(".")[2:] or [alias.name])[0]
        for node in tree
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("hub.subjects")
        for alias in node.names
    }
    words = {
        node.value
        for node in tree
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    words |= {node.attr for node in tree if isinstance(node, ast.Attribute)}
    words |= {table for word in words for table in IN_SQL.findall(word)}
    return imported & set(SUBJECTS) | {NAMES[word] for word in words & NAMES.keys()}


def test_the_last_kind_touched_the_files_that_the_document_lists() -> None:
    named = re.compile(r"motions|\"Motion\"|RecordKind\.MOTION|\bMotion[A-Z]")
    touched = {path for path, text in source(*CODE, "demo").items() if named.search(text)}
    listed = {path for path in PATHS.findall(LAST) if path.endswith(".py")}
    assert touched == {path for path in listed if not path.startswith("tests/")}
    lines = (ROOT / "hub/subjects/record_kinds.py").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if named.search(line)]) == 1


def test_a_kind_stands_in_its_own_modules_and_in_no_list_but_those_named() -> None:
    named = {
        (path, subject)
        for path, text in source(*CODE).items()
        if not path.startswith(("hub/subjects/", "schema/"))
        for subject in subjects_named(text)
    }
    assert {(path, subject) for path, subject in named if subject not in FIRST} == BESIDES
    for path, _ in BESIDES:
        assert f"`{path}`" in TEXT


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("from hub.subjects.motions import MotionState", {"motions"}),
        ("from hub.subjects import motions", {"motions"}),
        ("KINDS = {RecordKind.MOTION: 1}", {"motions"}),
        ("QUERY = 'SELECT id FROM motion m JOIN budget_line b'", {"motions", "budget"}),
        ("TABLES = ('motion_co_signer', 'Payment')", {"motions", "budget"}),
        ("def pass_motion() -> None: 'Pass a motion on.'", set()),
    ],
)
def test_whatever_names_a_subject_is_found(text: str, subjects: set[str]) -> None:
    assert subjects_named(text) == subjects


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.kind.name)
def test_a_kind_has_all_that_the_document_asks_for(kind: Kind) -> None:
    code = source("schema")
    declared = [path for path, text in code.items() if f"RecordKind.{kind.kind.name})" in text]
    declared += [path for path, text in code.items() if f"RecordKind.{kind.kind.name}," in text]
    assert len(set(declared)) == (2 if kind.kind is RecordKind.DEPUTY else 1), declared
    migrations = "".join(source("migrations/versions").values())
    assert f'"{kind.table.name}"' in migrations
    tests = source("tests/hub")
    assert any(f"RecordKind.{kind.kind.name}" in text for text in tests.values())
    manifests = [path.read_text() for path in sorted(Path(ROOT, "demo/manifests").glob("*.yaml"))]
    pushed = "".join(source("demo").values())
    assert any(f"kind: {kind.kind.name}\n" in text for text in manifests) or kind.many in pushed
