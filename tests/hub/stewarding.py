"""Stewards' deeds in tests, and the rows of a store without ids and times."""

from __future__ import annotations

from typing import Any

from hub.linking.judgements import Pair
from hub.stewards import verdicts as decisions
from hub.stewards.desk import Desk
from hub.stewards.verdicts import two_records
from hub.subjects.stewardship import Verdict
from tests.hub.pushing import Hub

STEWARD = "周敏"


def desk(hub: Hub, steward: str = STEWARD) -> Desk:
    return Desk(steward, hub)


async def record_id(hub: Hub, external_id: str) -> str:
    """The id of the source record with this external id."""
    ((found,),) = await hub.rows(
        "SELECT id::text FROM source_record WHERE external_id = $1", external_id
    )
    return str(found)


async def pair_of(hub: Hub, one: str, other: str) -> Pair:
    """The pair of two records by their external ids."""
    return two_records(await record_id(hub, one), await record_id(hub, other))


async def decide(hub: Hub, one: str, other: str, verdict: Verdict, **how: Any) -> str:
    """Judge the pair of two records; give the judgement."""
    pair = await pair_of(hub, one, other)
    return await decisions.decide(desk(hub), pair, verdict, **how)


async def unmerge(hub: Hub, one: str, other: str) -> str:
    return await decisions.unmerge(desk(hub), await pair_of(hub, one, other))


PEOPLE = """
SELECT array_agg(external_id ORDER BY external_id) FROM source_record
WHERE deleted_at IS NULL AND kind = 'DEPUTY' GROUP BY person_id ORDER BY 1
"""


async def people(hub: Hub) -> list[list[str]]:
    """The external ids of each person's records."""
    return [row[0] for row in await hub.rows(PEOPLE)]


GOLDEN = (
    "person",
    "deputy",
    "congress",
    "home",
    "station",
    "deputy_group",
    "home_member",
    "station_member",
    "deputy_group_member",
    "redirect",
    "conflict",
)


async def golden(hub: Hub) -> dict[str, list[str]]:
    """Every golden row, link and membership as text, ids and all; without times."""
    found = {}
    for table in GOLDEN:
        rows = await hub.rows(
            f"SELECT (to_jsonb(t) - '{{updated_at,at,found_at,id}}'::text[])::text "
            f"|| coalesce(to_jsonb(t) ->> 'id', '') FROM {table} t ORDER BY 1"
            if table != "conflict"
            else "SELECT (to_jsonb(t) - '{found_at,id}'::text[])::text FROM conflict t ORDER BY 1"
        )
        found[table] = [row[0] for row in rows]
    return found
