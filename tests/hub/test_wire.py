"""What travels between the process that reads and the one that stores arrives as it was."""

from __future__ import annotations

import ast
import pickle
from pathlib import Path

import orjson
import pytest

from hub.errors import Code
from hub.intake import Issue, Prepared, Record, Refused
from hub.intake.batch import Stated
from hub.runs.pages import Read
from hub.runs.wire import pack
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind

ROOT = Path(__file__).parents[2]


def record(**more: object) -> Record:
    made = Record(
        "r1",
        "s1",
        "7",
        {"name": "王小明", "term": 8, "points": 1.5, "signers": ["1", "2"]},
        {"level": "COUNTY"},
        "d1",
        None,
        checksum=b"\0\xff",
        references=[Stated("homes", "HOME", "h1", role="member", start_date="2021-01-01")],
        congress=("d1", "COUNTY", None),
        id_token=b"\1" * 32,
        warnings=[Issue("BAD_DATE", "no day", "birth")],
    )
    for name, value in more.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize("kind", [RecordKind.DEPUTY, RecordKind.HOME, RecordKind.SUGGESTION])
def test_a_page_arrives_as_it_was_prepared(kind: RecordKind) -> None:
    one = record()
    one.said = orjson.dumps(one.fields)
    refused = Refused("8", [Issue(Code.REQUIRED, "no name")], {"row": ["x", None]}, "row 2")
    prepared = Prepared(KINDS[kind], "stream", [one], [refused], ["9"], ["r9"])
    sent = Read(prepared, ["10"], {"since": 3}, ["510811199"])
    arrived = pickle.loads(pack(sent))  # noqa: S301 - packed here
    assert arrived == sent
    assert arrived.prepared.kind is KINDS[kind]


def test_a_record_that_was_not_read_anew_arrives_with_its_fields() -> None:
    arrived = pickle.loads(pack(record(id="r2")))  # noqa: S301 - packed here
    assert arrived.fields == record().fields
    assert arrived.id == "r2"


def test_fields_travel_once() -> None:
    one = record(fields={"name": "一" * 10_000})
    one.said = orjson.dumps(one.fields)
    assert len(pack(one)) < 35_000


def test_one_module_says_how_things_are_packed() -> None:
    packing = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "hub").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Import) and {it.name for it in node.names} & {"pickle", "copyreg"})
        or (isinstance(node, ast.FunctionDef) and node.name in ("__reduce__", "__getstate__"))
    }
    assert packing == {"hub/runs/wire.py"}
