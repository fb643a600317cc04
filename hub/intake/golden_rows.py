"""Write golden rows and log what changed in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

import orjson

from hub.intake.scope import Cause
from hub.search import follow, follow_created, follow_gone
from hub.store import Packed, Pipeline, copied, layout, packed
from hub.subjects import metadata
from hub.subjects.changes import ChangeKind

Row = Mapping[str, object]


class Change(NamedTuple):
    """A row that changed, for the log: the fields that did, before and after."""

    entity_id: str
    before: Row
    after: Row
    is_substantive: bool


UNLOGGED = frozenset({"id", "main_record_id", "other_winners", "updated_at"})


class Differing(NamedTuple):
    """What has to be written of golden rows: those that are new, that changed, that go."""

    created: dict[str, Row]
    changed: dict[str, Row]
    changes: list[Change]
    gone: list[str]


async def write_rows(
    pipeline: Pipeline, table: str, cause: Cause, rows: Mapping[str, Row | None], fresh: set[str]
) -> None:
    """Bring the golden rows of `table` to `rows` ({id: columns, or None to delete}).

    `fresh` are ids that are known to be new. Rows that stay the same are not written.
    """
    await write_differing(
        pipeline, table, cause, await find_differing(pipeline, table, rows, fresh)
    )


async def find_differing(
    pipeline: Pipeline, table: str, rows: Mapping[str, Row | None], fresh: set[str]
) -> Differing:
    """Compare `rows` with those that the store has, as `write_rows` does; only reads."""
    kept = {key: row for key, row in rows.items() if row is not None}
    before = await _fetch(pipeline, table, [key for key in kept if key not in fresh])
    created = {key: row for key, row in kept.items() if key not in before}
    changed = {key: row for key, row in kept.items() if key in before and differs(before[key], row)}
    gone = [key for key, row in rows.items() if row is None and key not in fresh]
    return Differing(created, changed, list(_changes(before, changed)), gone)


async def write_differing(pipeline: Pipeline, table: str, cause: Cause, found: Differing) -> None:
    """Write and log what differs."""
    if found.gone:
        await _delete(pipeline, table, cause, found.gone)
    if found.created:
        await create_rows(pipeline, table, cause, found.created)
    if found.changed:
        now = datetime.now(UTC)
        updates = [{**row, "id": key, "updated_at": now} for key, row in found.changed.items()]
        await pipeline.execute(update_sql(table), orjson.dumps(updates).decode())
    await log_changes(pipeline, table, cause, found.changes)


async def create_rows(
    pipeline: Pipeline, table: str, cause: Cause, created: Mapping[str, Row]
) -> None:
    """Write and log new rows. Most rows of a load are new, so nothing is compared or kept."""
    form = layout(table)
    await pipeline.copy(table, form.columns, list(copied(form, created)))
    await log_created(pipeline, table, cause, created)


async def log_created(
    pipeline: Pipeline, table: str, cause: Cause, created: Mapping[str, Row]
) -> None:
    """Log new rows; search follows them."""
    await pipeline.copy_packed(packed_created(table, cause, list(created)))
    follow_created(pipeline, table, created)


def packed_created(table: str, cause: Cause, ids: Sequence[str]) -> Packed:
    """The entries of the change log for new rows.

    They hold no values: a row began with what its first later change found, else with what it is.
    """
    same = {"entity_type": table, "kind": ChangeKind.CREATED.name, "is_substantive": True}
    same |= cause._asdict()
    return packed("change", {"entity_id": ids}, same)


async def _delete(pipeline: Pipeline, table: str, cause: Cause, ids: list[str]) -> None:
    """Delete rows and log what they were, without reading them."""
    rows = await pipeline.fetch(delete_sql(table), ids, list(UNLOGGED), *cause)
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


def is_substantive(before: Row, after: Row) -> bool:
    """Whether more than blanks, punctuation or letter case changed."""
    return any(core(before.get(name)) != core(value) for name, value in after.items())


def core(value: object) -> object:
    """A value without what is only form: blanks, punctuation, letter case."""
    return _letters(value) if isinstance(value, str) else value


@lru_cache(maxsize=65536)
def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


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
        await pipeline.copy_packed(packed("change", columns, same))
