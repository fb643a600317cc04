"""The queue of doubtful pairs: found over the whole store, scored, the most valuable first.

A pair is worth more the less sure it is and the more records hang on it. The pair stands for the
two golden rows that its records belong to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg

from hub.database import Database, Driver
from hub.divisions import DivisionIndex
from hub.enums import RecordKind
from hub.errors import Code, HubError
from hub.evidence import Explanation, Side
from hub.ids import new_id
from hub.intake.alike import SCORED
from hub.intake.forms import SAID_BY_ID, forms_of_rows
from hub.intake.place_forms import place_said
from hub.intake.place_groups import pairs_of_places
from hub.intake.scoring import Pair, best_of_people, probability, worth
from hub.link_model import current_model
from hub.linking.places import PlaceSaid, table_of_places
from hub.person_evidence import explain_people
from hub.place_evidence import explain_places
from hub.score_links import Pass, link_new, link_people, much_was_pushed

COMPARED = (RecordKind.DEPUTY, *SCORED)

SAID_OF_PLACES = """
SELECT r.id::text, s.code AS system, r.kind, r.division_id, r.fields, r.entity_id::text,
       r.resolved ->> 'congress_id' AS congress
FROM source_record r JOIN source_system s ON s.id = r.system_id WHERE
"""

SIDES = """
SELECT id::text, system_id::text, kind, fields, division_id, id_token, person_key,
       (SELECT count(*) FROM source_record o WHERE o.deleted_at IS NULL AND CASE
            WHEN s.kind = 'DEPUTY' THEN o.person_id = s.person_id
            ELSE o.entity_id = s.entity_id END) AS weight
FROM source_record s WHERE id = ANY($1::uuid[])
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


async def refresh(
    database: Database, divisions: DivisionIndex, secret: bytes, *, all_people: bool = False
) -> None:
    """Link the people that wait for it, or all, then bring the queue up to date."""
    async with database.driver() as driver:
        since = await driver.fetchval("SELECT now()")
    if all_people:
        people: Pass | None = await link_people(database, divisions, secret)
    else:
        people = await link_new(database, divisions, secret)
    async with database.driver() as driver:
        if people is not None:
            await _store_people(driver, people, since)
        await find_candidates(driver, divisions)


async def refresh_when_due(database: Database, divisions: DivisionIndex, secret: bytes) -> None:
    """Link all people anew where so much was pushed that the weights should be learned anew."""
    if await much_was_pushed(database):
        await refresh(database, divisions, secret, all_people=True)


async def find_candidates(driver: Driver, divisions: DivisionIndex) -> None:
    """Bring the queue of homes, stations, groups and bodies up to date.

    That of people follows each record as it is linked.
    """
    for kind in SCORED:
        since = await driver.fetchval("SELECT now()")
        await _store(driver, kind, await _find(driver, divisions, kind), since)


async def _store_people(driver: Driver, people: Pass, since: datetime) -> None:
    """Store what a pass that began at `since` found; what others wrote meanwhile stays theirs."""
    found = [_doubt(it, people) for it in people.doubtful if people.fresh.isdisjoint(it)]
    await _store(driver, RecordKind.DEPUTY, found, since, people.fresh)


async def _store(
    driver: Driver,
    kind: RecordKind,
    found: Sequence[Doubt],
    since: datetime,
    fresh: Collection[str] = (),
) -> None:
    columns = [list(column) for column in zip(*found, strict=True)] or [[] for _ in Doubt._fields]
    await driver.execute(STORE, kind.name, *columns, since, list(fresh))


def _doubt(pair: Pair, people: Pass) -> Doubt:
    score = people.doubtful[pair]
    records = people.weight[pair.left] + people.weight[pair.right]
    return Doubt(new_id(), pair.left, pair.right, score, worth(score, records))


async def _find(driver: Driver, divisions: DivisionIndex, kind: RecordKind) -> list[Doubt]:
    """The best pair of each two golden rows that may be one."""
    rows = await driver.fetch(
        f"{SAID_OF_PLACES} r.kind = $1 AND r.deleted_at IS NULL ORDER BY r.id", kind.name
    )
    entity = {row["id"]: row["entity_id"] for row in rows}
    records = Counter(entity.values())
    pairs = pairs_of_places(table_of_places(_said(divisions, row) for row in rows))
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


def _said(divisions: DivisionIndex, row: asyncpg.Record) -> PlaceSaid:
    kind, where = RecordKind[row["kind"]], row["division_id"]
    return place_said(divisions, kind, row["system"], where, row["fields"], row["congress"])


async def _sides(driver: Driver, ids: Sequence[str]) -> list[asyncpg.Record]:
    return await driver.fetch(SIDES, list(set(ids)))


def _side(divisions: DivisionIndex, row: asyncpg.Record) -> Side:
    place = divisions.by_id[divisions.place(UUID(str(row["division_id"])))].name
    return Side(
        row["id"], row["system_id"], row["fields"], place, row["id_token"], row["person_key"]
    )


async def explain_pair(
    driver: Driver, divisions: DivisionIndex, left: str, right: str
) -> Explanation:
    """The evidence on two records. Raises HubError NOT_FOUND or BAD_INPUT."""
    rows = {row["id"]: row for row in await _sides(driver, [left, right])}
    for key in (left, right):
        if key not in rows:
            raise HubError(Code.NOT_FOUND, f"No source record has the id SourceRecord:{key}.")
    kind = RecordKind[rows[left]["kind"]]
    if rows[right]["kind"] != kind.name or kind not in COMPARED:
        raise HubError(
            Code.BAD_INPUT,
            f"One record is a {kind.name}, the other a {rows[right]['kind']}. Records of one kind "
            f"are compared, out of {', '.join(sorted(each.name for each in COMPARED))}.",
        )
    one, other = _side(divisions, rows[left]), _side(divisions, rows[right])
    if kind in SCORED:
        told = await driver.fetch(f"{SAID_OF_PLACES} r.id = ANY($1::uuid[])", [left, right])
        by_id = {row["id"]: _said(divisions, row) for row in told}
        return explain_places([by_id[left], by_id[right]], one, other)
    said = {row["id"]: row for row in await driver.fetch(SAID_BY_ID, [left, right])}
    forms = forms_of_rows(divisions, [said[left], said[right]])
    return explain_people(await current_model(driver), forms, one, other)
