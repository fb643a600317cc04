"""Texts that PostgreSQL cannot keep or index cost their row at most, in every kind of record."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.source import ConnectorSource
from connectors.systems import parse_manifest
from hub.errors import Code, HubError
from hub.runs.sync import Report, sync_system
from hub.settings import Settings
from hub.subjects import KINDS
from hub.subjects.kinds import Field, Kind
from hub.subjects.record_kinds import RecordKind
from hub.values.raw import MAX_TEXT
from tests.hub.pushing import SECRET, ZHAOHUA, Hub


def any_of(first: int, last: int, count: int) -> str:
    """Characters between two, without an order that PostgreSQL could compress."""
    return "".join(map(chr, random.Random(1).choices(range(first, last), k=count)))  # noqa: S311


NUL = "甲\0乙"
LONG = any_of(0x4E00, 0x9FA5, MAX_TEXT)
MEGABYTES = LONG * 70

TEXTS = (NUL, LONG)
VALUES = {int: 1, float: 1.0, bool: True}
BESIDES = {RecordKind.PROJECT_EVALUATION: {"project": "X"}}
"""What a kind asks for that is not required of each of its fields alone."""

Record = dict[str, Any]


def plain(kind: Kind, external_id: str) -> Record:
    """A record with no more than its kind asks for."""
    record: Record = {"externalId": external_id, "divisionCode": ZHAOHUA, "term": 8}
    record |= {
        field.name: required_value(field)
        for field in kind.fields
        if field.required and field.name != "externalId"
    }
    record |= {it.name: "X" for it in kind.references if it.required}
    record |= BESIDES.get(kind.kind, {})
    return {name: value for name, value in record.items() if name in kind.names}


def required_value(field: Field) -> object:
    assert field.table is not None
    words = field.table.c[field.column].info.get("enum")
    return next(iter(words.__members__)) if words else VALUES.get(field.takes, "王小明")


def with_bad_keys(kind: Kind) -> Iterator[Record]:
    """Records that cannot be kept for their keys, or for keys that they name."""
    for key in (NUL, "1\n2", LONG[:501], LONG, MEGABYTES):
        yield plain(kind, key)
    for name in (reference.name for reference in kind.references if reference.required):
        for number, key in enumerate(TEXTS):
            yield plain(kind, f"{name} {number}") | {name: key}


def with_odd_texts(kind: Kind) -> Iterator[Record]:
    """Records with something odd in each of their texts, one after the other."""
    names = [it.name for it in kind.fields if it.takes is str and it.name != "externalId"]
    for name in names:
        for number, text in enumerate(TEXTS):
            yield plain(kind, f"{name} {number}") | {name: text}
    for name in (reference.name for reference in kind.references if not reference.required):
        for number, key in enumerate(TEXTS):
            yield plain(kind, f"{name} {number}") | {name: key}
    for name in names[:1]:
        yield plain(kind, "megabytes") | {name: MEGABYTES}


def records_of(kind: Kind) -> tuple[list[Record], int]:
    """Records with something odd between two that are right, and how many cannot be kept."""
    bad, odd = [*with_bad_keys(kind)], [*with_odd_texts(kind)]
    return [plain(kind, "0"), *bad, *odd, plain(kind, LONG[:500])], len(bad)


KEPT = "SELECT count(*) FROM source_record WHERE kind = $1 AND external_id IN ('0', $2)"
REASONS = "SELECT kind, errors FROM quarantine"


async def check_reasons(hub: Hub) -> None:
    """Whatever is refused says what, where and what to do."""
    known = {kind.kind.name: {*kind.names, None} for kind in KINDS.values()}
    for kind, errors in await hub.rows(REASONS):
        for error in errors:
            assert error["code"] in {*map(str, Code)}
            assert error["field"] in known[kind]
            assert error["message"].endswith(".")
            assert len(error["message"]) < 400


async def test_an_odd_text_costs_a_push_no_more_than_its_record(hub: Hub) -> None:
    for kind in KINDS.values():
        records, bad = records_of(kind)
        answer = await hub.push("county", kind.kind, *records)
        outcomes = [result.outcome for result in answer.results]
        assert answer.read == len(records) == answer.stored + answer.quarantined
        assert outcomes[1 : 1 + bad] == ["QUARANTINED"] * bad
        assert await hub.rows(KEPT, kind.kind.name, LONG[:500]) == [(2,)]
    await check_reasons(hub)


def stream(kind: Kind) -> dict[str, Any]:
    """A stream of JSON lines with a column for each field."""
    names = [name for name in kind.names if name != "externalId"]
    return {
        "name": kind.kind.name.lower(),
        "kind": kind.kind.name,
        "files": f"{kind.many}.jsonl",
        "format": "jsonl",
        "key": "{externalId}",
        "fields": {name: {"column": name, "optional": True} for name in names},
    }


async def sync(hub: Hub, settings: Settings, folder: Path, *kinds: Kind) -> Report:
    """Sync files of these kinds."""
    manifest = parse_manifest(
        {
            "system": "county",
            "name": "county",
            "division": ZHAOHUA,
            "connector": {"kind": "file", "folder": "${FOLDER}"},
            "streams": [stream(kind) for kind in kinds],
        },
        "county",
    )
    source = ConnectorSource(manifest, {"FOLDER": str(folder)}, SECRET)
    return await sync_system(hub, settings, "county", source)


async def test_an_odd_text_costs_a_sync_no_more_than_its_row(
    hub: Hub, settings: Settings, tmp_path: Path
) -> None:
    read = refused = 0
    for kind in KINDS.values():
        records, bad = records_of(kind)
        lines = [json.dumps(record, ensure_ascii=False) for record in records]
        half = json.dumps(plain(kind, "half of a character \ud800"))
        file = tmp_path / f"{kind.many}.jsonl"
        file.write_text("\n".join([*lines, half]) + "\n")
        read, refused = read + len(records) + 1, refused + bad + 1
    report = await sync(hub, settings, tmp_path, *KINDS.values())
    assert report.error is None
    assert report.counts.read == read
    assert report.counts.quarantined >= refused
    for name in KINDS:
        assert await hub.rows(KEPT, name.name, LONG[:500]) == [(2,)]
    await check_reasons(hub)
    again = await sync(hub, settings, tmp_path, *KINDS.values())
    assert (again.counts.read, again.counts.stored) == (read, 0)
    assert again.counts.quarantined == report.counts.quarantined


async def test_a_push_under_a_key_that_cannot_be_kept_is_refused(hub: Hub) -> None:
    with pytest.raises(HubError, match="control character") as refused:
        await hub.push("county", RecordKind.HOME, plain(KINDS[RecordKind.HOME], "1"), key=NUL)
    assert refused.value.code is Code.BAD_INPUT
