"""Stored records beside what their source states now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol, TypeAlias
from uuid import UUID

import orjson

from hub.errors import Code, HubError, Refusal
from hub.intake import Candidate, OpenHub, RawRecord, Refused, Scope, open_scope, read_records
from hub.store import Database
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind
from hub.subjects.source_records import LiveState
from hub.values import scrub

Fields: TypeAlias = Mapping[str, object]
Mask: TypeAlias = Callable[[Fields], Fields]


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it is stored, and the manifest of its system."""

    id: UUID
    system: str
    manifest: Mapping[str, Any]
    stream: str
    kind: RecordKind
    external_id: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class LiveRecord:
    """What the source states now; `code` and `reason` where it is refused or unavailable."""

    state: LiveState
    fields: Fields | None = None
    changed: Sequence[str] = ()
    code: str | None = None
    reason: str | None = None
    read_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", self.reason and scrub(self.reason))


@dataclass(frozen=True, slots=True)
class Compared:
    """The stored fields of a record beside those that its source states now."""

    stored: Fields
    now: Fields

    def seen(self, mask: Mask) -> LiveRecord:
        """What somebody sees of it who sees `mask(fields)` of each."""
        stored, now = mask(self.stored), mask(self.now)
        names = {**stored, **now}
        changed = [name for name in names if stored.get(name) != now.get(name)]
        return LiveRecord(LiveState.CHANGED if changed else LiveState.CURRENT, now, changed)


class LiveStream(Protocol):
    """One stream of a system whose records can be asked for by id."""

    name: str

    async def look_up(self, external_ids: list[str]) -> Mapping[str, Candidate]:
        """The records with these ids as they are now. Raises TryLater or StopRun."""
        ...

    def read(self, row: object) -> RawRecord:
        """Raw values by record field. Raises Refusal."""
        ...


Live: TypeAlias = LiveRecord | Compared


def unavailable(code: Code, reason: str) -> LiveRecord:
    """The answer where the source cannot be asked."""
    return LiveRecord(LiveState.UNAVAILABLE, code=code, reason=reason)


FETCH = """
SELECT r.id, s.code AS system, s.manifest, r.stream, r.kind, r.external_id, r.fields
FROM source_record r JOIN source_system s ON s.id = r.system_id WHERE r.id = ANY($1)
"""


async def fetch_stored(database: Database, ids: Sequence[UUID]) -> list[StoredRecord]:
    """The stored records with these ids."""
    async with database.driver() as driver:
        rows = await driver.fetch(FETCH, ids)
    return [StoredRecord(**{**row, "kind": RecordKind[row["kind"]]}) for row in rows]


async def read_live(
    hub: OpenHub,
    streams: Sequence[LiveStream],
    records: Sequence[StoredRecord],
) -> dict[UUID, Live]:
    """What the source states now of stored records of one system. Raises TryLater or StopRun."""
    async with hub.database.driver() as driver:
        scope = await open_scope(driver, hub, records[0].system, "")
    found: dict[UUID, Live] = {}
    for name in {record.stream for record in records}:
        wanted = [record for record in records if record.stream == name]
        stream = next((stream for stream in streams if stream.name == name), None)
        found |= await _read_stream(scope, stream, wanted)
    return found


async def _read_stream(
    scope: Scope, stream: LiveStream | None, wanted: list[StoredRecord]
) -> dict[UUID, Live]:
    if stream is None:
        gone = unavailable(
            Code.SOURCE_CHANGED, f"The manifest has no stream {wanted[0].stream} any more."
        )
        return {record.id: gone for record in wanted}
    try:
        rows = await stream.look_up([record.external_id for record in wanted])
    except HubError as error:
        return {record.id: unavailable(error.code, error.message) for record in wanted}
    return {
        record.id: _compare(scope, stream, record, rows.get(record.external_id))
        for record in wanted
    }


def _compare(scope: Scope, stream: LiveStream, stored: StoredRecord, now: Candidate | None) -> Live:
    if now is None:
        return LiveRecord(LiveState.GONE)
    try:
        (record,) = read_records(scope, KINDS[stored.kind], [(now, stream.read(now.row))])
    except Refusal as refusal:
        return _refused(refusal.code, refusal.message)
    if isinstance(record, Refused):
        return _refused(record.issues[0].code, record.issues[0].message)
    return Compared(stored.fields, orjson.loads(orjson.dumps(record.fields)))


def _refused(code: str, reason: str) -> LiveRecord:
    return LiveRecord(LiveState.REFUSED, code=code, reason=reason)
