"""The stage of the demonstration, set once, and everything that its systems say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL

import demo
from connectors.manifest import SystemManifest
from connectors.source import ConnectorSource
from connectors.systems import load_manifest
from demo.pusher import SENDERS, pushes
from hub.divisions.index import DivisionIndex
from hub.errors import Refusal
from hub.intake import Candidate, Refused, Scope
from hub.intake.batch import Record
from hub.intake.reading import read_records
from hub.intake.scope import Cause, System
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind
from tests.connectors.conftest import mariadb_url

__all__ = ["mariadb_url"]
KEY = b"0123456789abcdef0123456789abcdef"
NOUNS = {kind.many: kind.kind for kind in KINDS.values()}
Refusals = list[tuple[str, str, str]]
"""System, record or place, code."""


@dataclass(frozen=True)
class Stand:
    """A stage that is set, with its HTTP systems served."""

    folder: Path
    stage: demo.Stage


@dataclass(frozen=True)
class Reading:
    """What the systems say: records by (system, kind), how many are deleted, what is refused."""

    records: defaultdict[tuple[str, RecordKind], list[Record]]
    deleted: Counter[str]
    refusals: Refusals

    def deputies(self, system: str = "") -> list[Record]:
        """The deputies of one system, or of all."""
        return [
            record
            for (code, kind), records in self.records.items()
            for record in records
            if kind is RecordKind.DEPUTY and system in ("", code)
        ]

    def of(self, system: str, kind: RecordKind) -> list[Record]:
        """The records of one kind."""
        return self.records.get((system, kind), [])


def plain(url: URL) -> str:
    """The URL without a driver, as the stage takes it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture(scope="session")
async def stand(server_url: URL, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stand]:
    folder = tmp_path_factory.mktemp("demo")
    stage = await demo.set_stage(folder, plain(server_url), KEY)
    async with demo.serving(folder, stage.port):
        yield Stand(folder, stage)


@pytest.fixture(scope="session")
async def reading(stand: Stand, divisions: DivisionIndex) -> Reading:
    records: defaultdict[tuple[str, RecordKind], list[Record]] = defaultdict(list)
    found = Reading(records, Counter(), [])
    for path in demo.MANIFESTS:
        manifest = load_manifest(path)
        scope = scope_of(manifest, divisions)
        if manifest.system in SENDERS:
            read_pushed(scope, found)
        if manifest.connector.kind != "push":
            source = ConnectorSource(manifest, stand.stage.environ, KEY)
            await read_system(scope, source, found)
            await source.close()
    return found


def system_of(manifest: SystemManifest, divisions: DivisionIndex) -> System:
    division = divisions.resolve(manifest.division)
    assert division
    return System(manifest.system, manifest.system, division.id, division.level.name)


def scope_of(manifest: SystemManifest, divisions: DivisionIndex) -> Scope:
    known = [system_of(load_manifest(path), divisions) for path in demo.MANIFESTS]
    systems = {system.code: system for system in known}
    return Scope(systems[manifest.system], Cause(None), divisions, KEY, systems, {})


async def read_system(scope: Scope, source: ConnectorSource, found: Reading) -> None:
    code = scope.system.code
    for stream in source.streams:
        seen: set[str] = set()
        async for page in stream.pages(None):
            found.deleted[code] += len(page.deleted)
            found.refusals.extend((code, item.place, item.issues[0].code) for item in page.refused)
            for candidate in page.candidates:
                if candidate.external_id in seen:
                    found.refusals.append((code, candidate.external_id, "DUPLICATE_KEY"))
                    continue
                seen.add(candidate.external_id)
                keep(scope, found, stream.kind, candidate, stream.read)


def read_pushed(scope: Scope, found: Reading) -> None:
    for noun, records in pushes(scope.system.code):
        for record in records:
            candidate = Candidate(str(record["externalId"]), b"", record)
            keep(scope, found, NOUNS[noun], candidate, lambda row: row)


def keep(scope: Scope, found: Reading, kind: RecordKind, candidate: Candidate, read: Any) -> None:
    code = scope.system.code
    try:
        (record,) = read_records(scope, KINDS[kind], [(candidate, read(candidate.row))])
    except Refusal as refusal:
        found.refusals.append((code, candidate.external_id, refusal.code))
        return
    if isinstance(record, Refused):
        found.refusals.append((code, record.key, record.issues[0].code))
        return
    record.id, record.system_id = f"{code} {kind.name} {record.external_id}", code
    found.records[code, kind].append(record)
