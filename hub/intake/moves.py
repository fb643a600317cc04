"""Records that go from one golden row to another, where they were before, and redirects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hub.intake.naming import Former
from hub.linking import RowReader
from hub.store import Pipeline


class Move(NamedTuple):
    """A record that went from one golden row to another."""

    record_id: str
    old_id: str
    new_id: str
    is_person: bool


FORMER = """
SELECT f.record_id::text, f.old_id::text, f.new_id::text,
       NOT EXISTS (SELECT FROM source_record s
                   WHERE s.{column} = f.old_id AND s.deleted_at IS NULL) AS is_free
FROM former_link f WHERE f.record_id = ANY($1::uuid[]) AND f.is_person = $2 AND NOT f.is_past
ORDER BY f.at DESC, f.old_id
"""


async def fetch_former(reader: RowReader, column: str, records: list[str]) -> Former:
    """Where these records were before; `column` is person_id or entity_id."""
    former = Former()
    if not records:
        return former
    is_person = column == "person_id"
    rows = await reader.fetch(FORMER.format(column=column), records, is_person)
    for record, old, new, is_free in rows:
        former.went.add((record, new))
        if is_free:
            former.left.setdefault(record, []).append(old)
    return former


# --- Redirects ------------------------------------------------------------------------------------

LEFT = """
INSERT INTO former_link (record_id, old_id, new_id, is_person)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bool[])
ON CONFLICT (record_id, old_id) DO UPDATE SET new_id = excluded.new_id, at = now(), is_past = false
"""
CAME_BACK = """
SELECT m.record_id::text, m.new_id::text
FROM unnest($1::uuid[], $2::uuid[]) AS m(record_id, new_id) CROSS JOIN LATERAL (
    SELECT FROM former_link f WHERE f.record_id = m.record_id AND f.old_id = m.new_id OFFSET 0
) f
"""
SINCE = """
unnest($1::uuid[], $2::uuid[]) AS m(record_id, new_id)
JOIN former_link f ON f.record_id = m.record_id AND f.old_id = m.new_id AND NOT f.is_past
WHERE g.record_id = f.record_id AND g.is_person = f.is_person AND g.at >= f.at AND NOT g.is_past
"""
"""The ways `g` of records since they left the rows to which they have come back."""

PAST = f"""
UPDATE former_link g SET is_past = true FROM {SINCE} AND g.old_id <> m.new_id
  AND NOT EXISTS (SELECT FROM source_record s
                  WHERE s.person_id = g.old_id AND s.deleted_at IS NULL OFFSET 0)
  AND NOT EXISTS (SELECT FROM source_record s
                  WHERE s.entity_id = g.old_id AND s.deleted_at IS NULL OFFSET 0)
  AND NOT EXISTS (SELECT FROM former_link h WHERE h.old_id = g.old_id AND NOT h.is_past
                  AND NOT h.record_id = ANY($3::uuid[]))
"""
"""Rows that nobody but the records $3 had been in: their ids go on leading to them."""

FORGOTTEN = f"DELETE FROM former_link g USING {SINCE}"
RETURNED = """
DELETE FROM former_link g USING unnest($1::uuid[], $2::uuid[]) AS m(record_id, new_id)
WHERE g.record_id = m.record_id AND g.old_id = m.new_id
"""
REDIRECT = """
WITH old AS (
    SELECT old_id AS id FROM former_link WHERE record_id = ANY($1::uuid[])
    UNION SELECT old_id FROM redirect WHERE new_id = ANY($2::uuid[])
)
INSERT INTO redirect (old_id, new_id)
SELECT old.id, led.new_id FROM old CROSS JOIN LATERAL (
    SELECT CASE WHEN f.is_person THEN s.person_id ELSE s.entity_id END AS new_id
    FROM former_link f CROSS JOIN LATERAL (
        SELECT r.id, r.person_id, r.entity_id FROM source_record r
        WHERE r.id = f.record_id AND r.deleted_at IS NULL OFFSET 0
    ) s
    WHERE f.old_id = old.id ORDER BY f.is_past, f.at DESC, s.id LIMIT 1
) led
WHERE NOT EXISTS (SELECT FROM source_record s
                  WHERE s.person_id = old.id AND s.deleted_at IS NULL OFFSET 0)
  AND NOT EXISTS (SELECT FROM source_record s
                  WHERE s.entity_id = old.id AND s.deleted_at IS NULL OFFSET 0)
ON CONFLICT (old_id) DO UPDATE SET new_id = excluded.new_id
"""
"""OFFSET 0 has each row looked up by the index: else all records are read for those of a batch."""


async def note_moves(pipeline: Pipeline, moves: Sequence[Move]) -> None:
    """Remember which rows records left, and let the ids of rows without records lead on.

    A record that goes back to a row forgets where it was since; a row that it alone had then leads
    to it. Goes after the records are written.
    """
    if not moves:
        return
    records = [move.record_id for move in moves]
    olds, news = [move.old_id for move in moves], [move.new_id for move in moves]
    await pipeline.execute("DELETE FROM redirect WHERE old_id = ANY($1::uuid[])", news)
    await pipeline.execute(LEFT, records, olds, news, [move.is_person for move in moves])
    await _forget_ways_back(pipeline, records, news)
    await pipeline.execute(REDIRECT, records, olds)


async def _forget_ways_back(pipeline: Pipeline, records: list[str], news: list[str]) -> None:
    """Forget where those of the records were that have come back to a row which they had left.

    Few ever do: to look for them first is far cheaper than to have each statement find none.
    """
    back = await pipeline.fetch(CAME_BACK, records, news)
    if back:
        pairs = [row[0] for row in back], [row[1] for row in back]
        await pipeline.execute(PAST, *pairs, records)
        for statement in (FORGOTTEN, RETURNED):
            await pipeline.execute(statement, *pairs)
