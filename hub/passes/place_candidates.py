"""Doubtful pairs in the queue, and those of homes, stations, groups and handling bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg

from hub.divisions import DivisionIndex
from hub.ids import new_id
from hub.intake import best_of_people, probability, worth
from hub.linking import Pair
from hub.linking.places import PLACES, PlaceSaid, pairs_of_places, place_said, table_of_places
from hub.linking.scores import Sheet
from hub.store import Driver
from hub.subjects.record_kinds import RecordKind

SAID_OF_PLACES = """
SELECT r.id::text, s.code AS system, r.kind, r.division_id, r.fields, r.entity_id::text,
       r.resolved ->> 'congress_id' AS congress
FROM source_record r JOIN source_system s ON s.id = r.system_id WHERE
"""

LIVE = f"""
{SAID_OF_PLACES} r.kind = $1 AND r.deleted_at IS NULL
  AND ($2::uuid[] IS NULL OR r.division_id = ANY($2::uuid[])) ORDER BY r.id
"""

STORE = """
WITH found AS (
    SELECT f.*, s.division_id FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::float[],
                                          $6::float[]) AS f(id, left_id, right_id, score, rank)
    JOIN source_record s ON s.id = f.left_id
), settled AS (
    DELETE FROM link_candidate c WHERE c.kind = $1 AND NOT EXISTS (
        SELECT FROM found f WHERE f.left_id = c.left_id AND f.right_id = c.right_id)
      AND c.found_at <= $7 AND NOT (c.left_id = ANY($8::uuid[]) OR c.right_id = ANY($8::uuid[]))
      AND ($9::uuid[] IS NULL OR NOT EXISTS (
          SELECT FROM source_record o
          WHERE o.id IN (c.left_id, c.right_id) AND NOT o.division_id = ANY($9::uuid[])))
)
INSERT INTO link_candidate (id, kind, left_id, right_id, score, rank, division_id)
SELECT id, $1, left_id, right_id, score, rank, division_id FROM found
ON CONFLICT (left_id, right_id) DO UPDATE SET score = excluded.score, rank = excluded.rank
"""


class Doubt(NamedTuple):
    """A doubtful pair and its place in the queue: the smaller the rank, the sooner."""

    id: str
    left: str
    right: str
    score: float
    rank: float


async def store_doubts(
    driver: Driver,
    kind: RecordKind,
    found: Sequence[Doubt],
    since: datetime,
    *,
    fresh: Collection[str] = (),
    within: Collection[UUID] | None = None,
) -> None:
    """Bring the queue of a kind to what was found.

    What others put there after `since` stays, and what is about the records `fresh`. `within` are
    the divisions that were looked through; all if left out.
    """
    columns = [list(column) for column in zip(*found, strict=True)] or [[] for _ in Doubt._fields]
    places = None if within is None else list(within)
    await driver.execute(STORE, kind.name, *columns, since, list(fresh), places)


async def find_places(
    driver: Driver,
    divisions: DivisionIndex,
    kind: RecordKind,
    within: Collection[UUID] | None = None,
) -> None:
    """Bring the queue of a kind of places up to date, in these divisions or in all."""
    since = await driver.fetchval("SELECT now()")
    found = await _find(driver, divisions, kind, within)
    await store_doubts(driver, kind, found, since, within=within)


async def _find(
    driver: Driver, divisions: DivisionIndex, kind: RecordKind, within: Collection[UUID] | None
) -> list[Doubt]:
    """The best pair of each two golden rows that may be one."""
    rows = await driver.fetch(LIVE, kind.name, None if within is None else list(within))
    entity = {row["id"]: row["entity_id"] for row in rows}
    records = Counter(entity.values())
    table = table_of_places(said_of(divisions, row) for row in rows)
    pairs = pairs_of_places(Sheet(PLACES, table))
    open_ = pairs.where(~pairs.apart)
    ends = zip(open_.left.tolist(), open_.right.tolist(), open_.scores.tolist(), strict=True)
    scored = {
        Pair.of(rows[left]["id"], rows[right]["id"]): probability(score)
        for left, right, score in ends
    }
    return [
        Doubt(new_id(), *pair, score, worth(score, sum(records[entity[it]] for it in pair)))
        for pair, score in best_of_people(scored, entity).items()
    ]


def said_of(divisions: DivisionIndex, row: asyncpg.Record) -> PlaceSaid:
    """What a row of `SAID_OF_PLACES` says."""
    kind, where = RecordKind[row["kind"]], row["division_id"]
    return place_said(divisions, kind, row["system"], where, row["fields"], row["congress"])
