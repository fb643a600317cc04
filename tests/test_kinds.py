"""docs/kinds.md tells the truth: what one kind of record touches, file by file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hub.settings import ROOT
from hub.subjects import KINDS
from hub.subjects.kinds import Kind
from hub.subjects.record_kinds import RecordKind

TEXT = (ROOT / "docs" / "kinds.md").read_text(encoding="utf-8")
TABLE, _, REST = TEXT.partition("## What a kind can say")
LAST = REST.partition("## What the last kinds took")[2]
PATHS = re.compile(r"`((?:hub|schema|migrations|tests|examples|demo|connectors)/[\w./-]*)`")
CODE = ("hub", "schema", "resolvers", "connectors")
FIRST = {"DEPUTY", "CONGRESS", "HOME", "STATION", "GROUP"}
"""The kinds that the hub is about; the intake links and places them in ways of their own."""
BESIDES = {
    ("hub/intake/alike.py", "HANDLING_BODY"),
    ("hub/intake/alike.py", "ACTIVITY"),
    ("hub/intake/derived.py", "ASSIGNMENT"),
}
"""What some kinds have besides their declaration, as the document says."""


def source(*folders: str) -> dict[str, str]:
    """The text of every module below some folders, by its path."""
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
    }


@pytest.mark.parametrize("path", PATHS.findall(TEXT.replace("SUBJECT", "budget")))
def test_every_file_of_the_document_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_last_kinds_touched_the_files_that_the_document_lists() -> None:
    names = re.compile(
        r"\b(?:budget_line|BudgetLine|BUDGET_LINE|BudgetBook|payment|Payment|PAYMENT)\b"
    )
    touched = {path for path, text in source(*CODE, "demo").items() if names.search(text)}
    listings = {"schema/board.py", "schema/budget_rates.py"}
    listed = {path for path in PATHS.findall(LAST) if path.endswith(".py")}
    assert touched - listings == listed


def test_a_kind_stands_in_its_own_modules_and_in_no_list_but_those_named() -> None:
    named = {
        (path, kind)
        for path, text in source(*CODE).items()
        if not path.startswith(("hub/subjects/", "schema/"))
        for kind in re.findall(r"\bRecordKind\.([A-Z_]+)\b", text)
    }
    assert {(path, kind) for path, kind in named if kind not in FIRST} == BESIDES
    for path, _ in BESIDES:
        assert f"`{path}`" in TEXT


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
