"""The queue of doubtful pairs, the most valuable first, and what speaks for a pair.

A pair is worth more the less sure it is and the more records hang on it. The pair stands for the
two golden rows that its records belong to.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from hub.divisions import DivisionIndex
from hub.errors import Code, HubError
from hub.ids import new_id
from hub.intake import SAID_BY_ID, SCORED, OpenHub, forms_of_rows, worth
from hub.linking import Explanation, Pair, Side
from hub.linking.people import current_model
from hub.linking.places import explain_places
from hub.passes.link_people import Pass, link_new, link_people, much_was_pushed
from hub.passes.link_places import link_places
from hub.passes.person_evidence import explain_people
from hub.passes.place_candidates import (
    SAID_OF_PLACES,
    Doubt,
    find_places,
    said_of,
    store_doubts,
)
from hub.store import Driver
from hub.subjects.record_kinds import RecordKind

COMPARED = (RecordKind.DEPUTY, *SCORED)

SIDES = """
SELECT id::text, system_id::text, kind, fields, division_id, id_token, person_key,
       (SELECT count(*) FROM source_record o WHERE o.deleted_at IS NULL AND CASE
            WHEN s.kind = 'DEPUTY' THEN o.person_id = s.person_id
            ELSE o.entity_id = s.entity_id END) AS weight
FROM source_record s WHERE id = ANY($1::uuid[])
"""


async def refresh(hub: OpenHub, *, all_people: bool = False) -> None:
    """Link the places that wait, the people that wait, or all; then bring the queue up to date."""
    await link_places(hub)
    async with hub.database.driver() as driver:
        since = await driver.fetchval("SELECT now()")
    if all_people:
        people: Pass | None = await link_people(hub)
    else:
        people = await link_new(hub)
    async with hub.database.driver() as driver:
        if people is not None:
            await _store_people(driver, people, since)
        if all_people:
            await find_candidates(driver, hub.divisions)


async def refresh_when_due(hub: OpenHub) -> None:
    """Link all people anew where so much was pushed that the weights should be learned anew."""
    if await much_was_pushed(hub.database):
        await refresh(hub, all_people=True)


async def find_candidates(driver: Driver, divisions: DivisionIndex) -> None:
    """Bring the queue of homes, stations, groups and bodies up to date.

    That of people follows each record as it is linked.
    """
    for kind in SCORED:
        await find_places(driver, divisions, kind)


async def _store_people(driver: Driver, people: Pass, since: datetime) -> None:
    """Store what a pass that began at `since` found; what others wrote meanwhile stays theirs."""
    found = [_doubt(it, people) for it in people.doubtful if people.fresh.isdisjoint(it)]
    await store_doubts(driver, RecordKind.DEPUTY, found, since, fresh=people.fresh)


def _doubt(pair: Pair, people: Pass) -> Doubt:
    score = people.doubtful[pair]
    records = people.weight[pair.left] + people.weight[pair.right]
    return Doubt(new_id(), pair.left, pair.right, score, worth(score, records))


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
        by_id = {row["id"]: said_of(divisions, row) for row in told}
        return explain_places([by_id[left], by_id[right]], one, other)
    said = {row["id"]: row for row in await driver.fetch(SAID_BY_ID, [left, right])}
    forms = forms_of_rows(divisions, [said[left], said[right]])
    return explain_people(await current_model(driver), forms, one, other)
