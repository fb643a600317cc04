"""The statements that write source records, references and versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import orjson

from hub.intake.batch import Candidate, Known, Record
from hub.intake.scope import Scope
from hub.store import Driver, Packed, Pipeline, packed
from hub.subjects import KINDS
from hub.subjects.kinds import Kind
from hub.subjects.record_kinds import RecordKind

COMPARE = """
WITH known AS MATERIALIZED (
    SELECT external_id, id, missing_since,
           CASE WHEN deleted_at IS NULL THEN checksum END AS checksum
    FROM source_record WHERE system_id = $1 AND kind = $2 AND external_id = ANY($3::text[])
)
SELECT offered.external_id, known.id IS NULL,
       CASE WHEN known.checksum = offered.checksum THEN known.id::text END
FROM unnest($3::text[], $4::bytea[]) AS offered(external_id, checksum)
LEFT JOIN known USING (external_id)
WHERE known.checksum IS DISTINCT FROM offered.checksum OR known.missing_since IS NOT NULL
"""


async def compare(
    driver: Driver, scope: Scope, kind: Kind, candidates: list[Candidate]
) -> tuple[dict[str, bool], list[str]]:
    """What is new or changed, and the record ids of missing ones that are back.

    The first are external ids with whether the store has never heard of them.

    PostgreSQL compares, so that nothing travels for what stays the same.
    """
    if not candidates:
        return {}, []
    keys = [candidate.external_id for candidate in candidates]
    checksums = [candidate.checksum for candidate in candidates]
    rows = await driver.fetch(COMPARE, scope.system.id, kind.kind.name, keys, checksums)
    different = {key: is_new for key, is_new, back in rows if back is None}
    return different, [back for _, _, back in rows if back]


LOOK_UP = """
SELECT external_id, id::text, entity_id::text, person_id::text, deleted_at IS NULL
FROM source_record WHERE system_id = $1 AND kind = $2 AND external_id = ANY($3)
"""


async def look_up(
    pipeline: Pipeline, scope: Scope, kind: Kind, keys: list[str]
) -> dict[str, Known]:
    """What the store has of these external ids."""
    rows = await pipeline.fetch(LOOK_UP, scope.system.id, kind.kind.name, keys)
    return {key: Known(*known) for key, *known in rows}


UNLISTED = """
INSERT INTO division (id, code, name, level, parent_id, has_congress, path)
VALUES ($1, $2, $3, $4, $5, $6, $7::uuid[]) ON CONFLICT DO NOTHING
"""


async def store_unlisted(pipeline: Pipeline, scope: Scope, records: list[Record]) -> None:
    """Store the divisions of these records that no list names."""
    used = {record.division_id for record in records}
    used.update(str(record.resolved.get("located_in_id")) for record in records)
    for division in scope.divisions.unlisted:
        if str(division.id) in used:
            said = (division.id, division.code, division.name, division.level.name)
            above = (division.parent_id, division.has_congress, list(division.path))
            await pipeline.execute(UNLISTED, *said, *above)


ARCHIVE = """
INSERT INTO record_version (record_id, run_id, fields, checksum, deleted_at, stored_at, stream,
                            resolved, id_token, id_parts, warnings, person_key, division_id,
                            missing_since, refs)
SELECT s.id, s.run_id, s.fields, s.checksum, s.deleted_at, s.last_seen_at, s.stream,
       s.resolved, s.id_token, s.id_parts, s.warnings, s.person_key, s.division_id,
       s.missing_since, stated.refs
FROM source_record s
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object(
        'name', r.name, 'target_kind', r.target_kind, 'external_id', r.target_external_id,
        'system', coalesce(o.code, r.awaits), 'role', r.role,
        'start_date', r.start_date, 'end_date', r.end_date
    ) ORDER BY r.id) AS refs
    FROM reference r LEFT JOIN source_system o ON o.id = r.system_id WHERE r.record_id = s.id
) stated ON true
WHERE s.id = ANY($1::uuid[])
"""
"""Keeps all that records say now, before something else takes its place."""

UPDATE = """
UPDATE source_record s SET stream = $1, run_id = $2, fields = r.fields, resolved = r.resolved,
    checksum = r.checksum, id_token = r.id_token, id_parts = r.id_parts,
    warnings = r.warnings, person_key = r.person_key,
    division_id = r.division_id, entity_id = r.entity_id, person_id = r.person_id,
    last_seen_at = now(), deleted_at = NULL, missing_since = NULL
FROM unnest($3::uuid[], $4::jsonb[], $5::jsonb[], $6::bytea[], $7::bytea[], $8::text[],
            $9::jsonb[], $10::text[], $11::uuid[], $12::uuid[], $13::uuid[])
  AS r(id, fields, resolved, checksum, id_token, id_parts, warnings, person_key, division_id,
       entity_id, person_id)
WHERE s.id = r.id
"""


async def write_records(
    pipeline: Pipeline, scope: Scope, kind: Kind, stream: str, records: list[Record]
) -> None:
    """Insert or update source records and their references; keep what they said before."""
    new = [record for record in records if record.is_new]
    old = [record for record in records if not record.is_new]
    if new:
        await _insert(pipeline, scope, kind, stream, new)
    if old:
        await _update(pipeline, scope, stream, old)
    await write_references(pipeline, reference_rows(scope, records))


def _columns(records: Sequence[Record]) -> dict[str, list[Any]]:
    """What records say, by column. JSON is in bytes."""
    return {
        "id": [record.id for record in records],
        "fields": [record.said or orjson.dumps(record.fields) for record in records],
        "resolved": [orjson.dumps(record.resolved) for record in records],
        "checksum": [record.checksum for record in records],
        "id_token": [record.id_token for record in records],
        "id_parts": [record.id_parts for record in records],
        "warnings": [orjson.dumps(it.warnings) if it.warnings else None for it in records],
        "person_key": [record.person_key for record in records],
        "division_id": [record.division_id for record in records],
        "entity_id": [record.entity_id for record in records],
        "person_id": [record.person_id for record in records],
    }


async def _insert(
    pipeline: Pipeline, scope: Scope, kind: Kind, stream: str, records: list[Record]
) -> None:
    await pipeline.copy(packed_records(scope, kind, stream, records))


def packed_records(scope: Scope, kind: Kind, stream: str, records: Sequence[Record]) -> Packed:
    """The rows of new records."""
    now = datetime.now(UTC)
    same = {
        "system_id": scope.system.id,
        "kind": kind.kind.name,
        "stream": stream,
        "run_id": scope.run_id,
        "first_seen_at": now,
        "last_seen_at": now,
    }
    keys = [record.external_id for record in records]
    return packed("source_record", {**_columns(records), "external_id": keys}, same)


async def _update(pipeline: Pipeline, scope: Scope, stream: str, records: list[Record]) -> None:
    ids = [record.id for record in records]
    await pipeline.execute(ARCHIVE, ids)
    await pipeline.execute("DELETE FROM reference WHERE record_id = ANY($1::uuid[])", ids)
    said = _columns(records)
    for name in ("fields", "resolved", "warnings"):
        said[name] = [text and text.decode() for text in said[name]]
    await pipeline.execute(UPDATE, stream, scope.run_id, *said.values())


REFERENCES = """
INSERT INTO reference (record_id, name, system_id, awaits, target_kind, target_external_id, role,
                       start_date, end_date)
SELECT r.record_id, r.name, s.id, CASE WHEN s.id IS NULL THEN r.system END, r.target_kind,
       r.external_id, r.role, r.start_date, r.end_date
FROM json_to_recordset($1::json) AS r(record_id uuid, name text, system text,
    target_kind text, external_id text, role text, start_date date, end_date date)
LEFT JOIN source_system s ON s.code = r.system
"""
"""A system that is not known yet is awaited by its code; `add_system` takes these rows up."""


def reference_rows(scope: Scope, records: list[Record]) -> list[dict[str, object]]:
    """What records name, a row for each."""
    return [
        {
            "record_id": record.id,
            "name": stated.name,
            "system": stated.system or scope.system.code,
            "target_kind": stated.target_kind,
            "external_id": stated.external_id,
            "role": stated.role,
            "start_date": stated.start_date,
            "end_date": stated.end_date,
        }
        for record in records
        for stated in record.references
    ]


async def write_references(pipeline: Pipeline, rows: list[dict[str, object]]) -> None:
    """Write what records name."""
    if rows:
        await pipeline.execute(REFERENCES, orjson.dumps(rows).decode())


REFERRERS = """
SELECT o.kind, o.entity_id::text, r.name, t.entity_id::text, o.id::text, t.id::text
FROM unnest($1::uuid[], $2::boolean[]) AS meant(id, is_joining)
JOIN source_record t ON t.id = meant.id
JOIN reference r ON r.system_id = t.system_id AND r.target_kind = t.kind
     AND r.target_external_id = t.external_id
JOIN source_record o ON o.id = r.record_id AND o.deleted_at IS NULL
WHERE meant.is_joining OR o.kind || '.' || r.name = ANY($3)
"""


class Referrer(NamedTuple):
    """A record that names another: its kind, golden row and field; the golden row meant."""

    kind: RecordKind
    entity_id: str
    name: str
    meant: str
    record_id: str
    meant_record_id: str


NAMED = "SELECT EXISTS (SELECT FROM reference WHERE system_id = $1 AND target_kind = $2)"


async def are_named(pipeline: Pipeline, scope: Scope, kind: Kind) -> bool:
    """Whether anybody names records of a kind of this system: far cheaper than asking for each."""
    (row,) = await pipeline.fetch(NAMED, scope.system.id, kind.kind.name)
    return bool(row[0])


FOLLOWED = [
    f"{kind.kind.name}.{name}"
    for kind in KINDS.values()
    for name in {kind.parent, *(rule.reference for rule in kind.against)} - {None}
]
"""The references whose owners depend on more of the record meant than on its golden row."""


async def find_referrers(
    pipeline: Pipeline, ids: Sequence[str], joining: Sequence[bool]
) -> list[Referrer]:
    """Who names these records and has to follow them; `joining` tells which have moved."""
    if not ids:
        return []
    rows = await pipeline.fetch(REFERRERS, ids, joining, FOLLOWED)
    return [Referrer(RecordKind[row[0]], *list(row.values())[1:]) for row in rows]


async def move_records(pipeline: Pipeline, records: list[Record]) -> None:
    """Write the new person and golden row of records of earlier batches."""
    if not records:
        return
    await pipeline.execute(
        "UPDATE source_record s SET entity_id = m.entity, person_id = m.person "
        "FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS m(id, entity, person) "
        "WHERE s.id = m.id",
        [record.id for record in records],
        [record.entity_id for record in records],
        [record.person_id for record in records],
    )


TOMBSTONE = """
UPDATE source_record SET deleted_at = now(), last_seen_at = now(), missing_since = NULL,
       run_id = $2
WHERE id = ANY($1::uuid[])
"""


async def bury_records(pipeline: Pipeline, run_id: str, ids: list[str]) -> None:
    """Mark records as deleted at their source; what they said stays."""
    await pipeline.execute(ARCHIVE, ids)
    await pipeline.execute(TOMBSTONE, ids, run_id)
