"""The statements that keep refused rows aside with their reasons, and release them."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, cast

import orjson

from hub.ids import new_id
from hub.intake.batch import Refused
from hub.intake.scope import Scope
from hub.store import Pipeline
from hub.subjects.kinds import Kind
from hub.values import keepable, masked, without_id_numbers

LONGEST_KEY = 600
"""Characters of a row's key that an index takes with the system and the kind."""

QUARANTINE = """
INSERT INTO quarantine (id, system_id, run_id, kind, row_key, place, errors, "row", checksum)
SELECT r.id, $1, $2, $3, r.row_key, r.place, r.errors, r."row", decode(r.checksum, 'hex')
FROM json_to_recordset($4::json) AS r(id uuid, row_key text, place text, errors jsonb,
                                      "row" jsonb, checksum text)
ON CONFLICT (system_id, kind, row_key) DO UPDATE SET run_id = excluded.run_id,
    place = excluded.place, errors = excluded.errors, "row" = excluded."row",
    checksum = excluded.checksum, resolved_at = NULL
"""


async def quarantine_rows(
    pipeline: Pipeline,
    scope: Scope,
    kind: Kind,
    refused: list[Refused],
    system_id: str | None = None,
) -> None:
    """Keep refused rows with their reasons; one row per record, the latest refusal.

    `system_id` is theirs where it is not the batch's.
    """
    rows = {row["row_key"]: row for row in map(_quarantined, refused)}
    owner = system_id or scope.system.id
    if rows:
        await pipeline.execute(ARCHIVE_ROWS, owner, kind.kind.name, list(rows))
        await pipeline.execute(
            QUARANTINE,
            owner,
            scope.run_id,
            kind.kind.name,
            orjson.dumps(list(rows.values()), default=str).decode(),
        )


def _quarantined(refused: Refused) -> dict[str, Any]:
    row = {
        "id": new_id(),
        "row_key": _row_key(without_id_numbers(refused.key)),
        "place": refused.place,
        "row": refused.row,
        "errors": [
            {"field": i.field, "code": i.code, "message": i.message} for i in refused.issues
        ],
        "checksum": refused.checksum.hex(),
    }
    return cast(dict[str, Any], masked(keepable(row)))


def _row_key(key: str) -> str:
    """The key under which a row is kept aside; a long place is cut, with its digest to tell it."""
    if len(key) <= LONGEST_KEY:
        return key
    digest = blake2b(key.encode(errors="backslashreplace"), digest_size=16).hexdigest()
    return f"{key[: LONGEST_KEY - 33]} {digest}"


ARCHIVE_ROWS = """
INSERT INTO quarantine_version
    (quarantine_id, run_id, place, errors, "row", checksum, resolved_at)
SELECT id, run_id, place, errors, "row", checksum, resolved_at FROM quarantine
WHERE system_id = $1 AND kind = $2 AND row_key = ANY($3)
"""
RELEASE = """
UPDATE quarantine SET resolved_at = now(), run_id = $4
WHERE system_id = $1 AND kind = $2 AND resolved_at IS NULL AND row_key = ANY($3)
"""
OPEN = "SELECT row_key FROM quarantine WHERE system_id = $1 AND kind = $2 AND resolved_at IS NULL"


async def release_rows(pipeline: Pipeline, scope: Scope, kind: Kind, good: set[str]) -> None:
    """Close the quarantine of records that are good now."""
    rows = await pipeline.fetch(OPEN, scope.system.id, kind.kind.name)
    healed = [row[0] for row in rows if row[0] in good]
    if healed:
        await pipeline.execute(ARCHIVE_ROWS, scope.system.id, kind.kind.name, healed)
        await pipeline.execute(RELEASE, scope.system.id, kind.kind.name, healed, scope.run_id)
