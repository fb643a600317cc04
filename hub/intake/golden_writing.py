"""Write golden rows and log what changed in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

import orjson

from hub.intake.golden_values import GoldenRows, Row
from hub.intake.scope import Cause
from hub.intake.substance import is_substantive
from hub.search import follow, follow_created, follow_gone
from hub.store import Packed, Pipeline, packed
from hub.subjects import metadata
from hub.subjects.changes import ChangeKind


class Change(NamedTuple):
    """A row that changed, for the log: the fields that did, before and after."""

    entity_id: str
    before: Row
    after: Row
    is_substantive: bool


UNLOGGED = frozenset({"id", "main_record_id", "other_winners", "updated_at"})


class Differing(NamedTuple):
    """What has to be written of golden rows: those that are new, that changed, that go."""

    created: GoldenRows
    changed: Mapping[str, Row]
    changes: Sequence[Change]
    gone: Sequence[str]


async def find_differing(
    pipeline: Pipeline, golden: GoldenRows, fresh: Collection[str], gone: Sequence[str]
) -> Differing:
    """Compare golden rows with those that the store has; only reads.

    `fresh` are ids that are known to be new, `gone` those of rows that go.
    """
    before = await _fetch(pipeline, golden.table, [key for key in golden.ids if key not in fresh])
    created = golden.some([at for at, key in enumerate(golden.ids) if key not in before])
    after = {key: golden.row(at) for at, key in enumerate(golden.ids) if key in before}
    changed = {key: row for key, row in after.items() if differs(before[key], row)}
    return Differing(created, changed, list(_changes(before, changed)), gone)


async def write_differing(
    pipeline: Pipeline, table: str, cause: Cause, differing: Differing
) -> None:
    """Write and log what differs. Rows that stay the same are not written."""
    if differing.gone:
        await delete_rows(pipeline, table, cause, differing.gone)
    if differing.created.ids:
        await pipeline.copy(packed_golden(differing.created))
        await log_created(pipeline, cause, differing.created)
    await _update(pipeline, table, differing.changed)
    await log_changes(pipeline, table, cause, differing.changes)


async def update_rows(
    pipeline: Pipeline,
    table: str,
    cause: Cause,
    before: Mapping[str, Row],
    after: Mapping[str, Row],
) -> None:
    """Bring rows of the store from what they are to what they are to be, and log it."""
    changed = {key: row for key, row in after.items() if differs(before[key], row)}
    await _update(pipeline, table, changed)
    await log_changes(pipeline, table, cause, list(_changes(before, changed)))


async def _update(pipeline: Pipeline, table: str, changed: Mapping[str, Row]) -> None:
    if changed:
        now = datetime.now(UTC)
        updates = [{**row, "id": key, "updated_at": now} for key, row in changed.items()]
        await pipeline.execute(update_sql(table), orjson.dumps(updates).decode())


def packed_golden(rows: GoldenRows) -> Packed:
    """New golden rows as COPY takes them."""
    stated = {
        name: values
        for name, values in rows.columns.items()
        if any(value is not None for value in values)
    }
    return packed(rows.table, {**stated, "id": rows.ids})


async def log_created(pipeline: Pipeline, cause: Cause, rows: GoldenRows) -> None:
    """Log new rows; search follows them."""
    await pipeline.copy(packed_created(rows.table, cause, rows.ids))
    follow_created(pipeline, rows.table, rows.ids, rows.columns)


def packed_created(table: str, cause: Cause, ids: Sequence[str]) -> Packed:
    """The entries of the change log for new rows.

    They hold no values: a row began with what its first later change found, else with what it is.
    """
    same = {"entity_type": table, "kind": ChangeKind.CREATED.name, "is_substantive": True}
    same |= cause._asdict()
    return packed("change", {"entity_id": ids}, same)


async def delete_rows(pipeline: Pipeline, table: str, cause: Cause, ids: Sequence[str]) -> None:
    """Delete rows and log what they were, without reading them."""
    rows = await pipeline.fetch(delete_sql(table), list(ids), list(UNLOGGED), *cause)
    follow_gone(pipeline, table, {row[0]: row[1] for row in rows})


@lru_cache
def delete_sql(table: str) -> str:
    """Delete the rows $1 and log them but for the columns $2; give ids and, of mandates, persons.

    $3 to $5 say why.
    """
    person = "before ->> 'person_id'" if table == "deputy" else "NULL"
    return f"""
    WITH gone AS (DELETE FROM {table} WHERE id = ANY($1::uuid[]) RETURNING *)
    INSERT INTO change (entity_type, entity_id, kind, before, is_substantive, run_id, actor, undoes)
    SELECT '{table}', id, '{ChangeKind.DELETED.name}',
           jsonb_strip_nulls(to_jsonb(gone) - $2::text[]), true, $3::uuid, $4, $5::uuid
    FROM gone
    RETURNING entity_id::text, {person}
    """


async def _fetch(pipeline: Pipeline, table: str, ids: list[str]) -> dict[str, dict[str, object]]:
    if not ids:
        return {}
    rows = await pipeline.fetch(
        f"SELECT to_jsonb(t) FROM {table} t WHERE id = ANY($1::uuid[])",
        ids,
    )
    return {row[0]["id"]: row[0] for row in rows}


def differs(before: Row, after: Row) -> bool:
    """Whether a row has to be written. Nulls are left out of `after`."""
    kept = {name: value for name, value in before.items() if value is not None}
    return kept.keys() - after.keys() > {"id", "updated_at"} or any(
        kept.get(name) != value for name, value in after.items()
    )


@lru_cache
def update_sql(table: str) -> str:
    """Update rows of `table` given as one JSON array."""
    names = [column.name for column in metadata.tables[table].columns if column.name != "id"]
    sets = ", ".join(f"{name} = r.{name}" for name in names)
    return (
        f"UPDATE {table} t SET {sets} FROM json_populate_recordset(NULL::{table}, $1::json) r "
        "WHERE t.id = r.id"
    )


def _changes(before: Mapping[str, Row], changed: Mapping[str, Row]) -> Iterable[Change]:
    for key, row in changed.items():
        after = {
            name: row.get(name)
            for name in before[key]
            if name not in UNLOGGED and before[key][name] != row.get(name)
        }
        if after:
            old = {name: before[key][name] for name in after}
            yield Change(key, old, after, is_substantive(old, after))


async def log_changes(
    pipeline: Pipeline, table: str, cause: Cause, changes: Sequence[Change]
) -> None:
    """Append to the change log; search follows the changes."""
    follow(pipeline, table, changes)
    if changes:
        columns: dict[str, Sequence[object]] = {
            "entity_id": [it.entity_id for it in changes],
            "before": [orjson.dumps(it.before) for it in changes],
            "after": [orjson.dumps(it.after) for it in changes],
            "is_substantive": [it.is_substantive for it in changes],
        }
        same = {"entity_type": table, "kind": ChangeKind.UPDATED.name, **cause._asdict()}
        await pipeline.copy(packed("change", columns, same))
