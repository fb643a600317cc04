"""The chain check: persons whose mandates do not lie on one chain of divisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, not_, or_, select

from hub.subjects.deputies import MandateStatus, deputy
from hub.subjects.divisions import division
from schema.columns import led_by
from schema.declare import Entity, Expression, Listing
from schema.divisions import OF_DIVISION, ids_within, is_within

MOST_BREAKS = 200

CHAIN_BREAK = Entity(
    "ChainBreak",
    None,
    "Two mandates in office of one person, neither of whose divisions lies in the other "
    "(Electoral Law, art. 48) 跨区域任职",
    (),
    (
        led_by("person", "Person", "person_id", "Who holds them 代表本人"),
        led_by("first", "Deputy", "first_id", "The one mandate 其一"),
        led_by("second", "Deputy", "second_id", "The other mandate 其二"),
    ),
)


def chain_breaks(given: Mapping[str, Expression]) -> Select[Any]:
    """Each pair once; one of its mandates is of the division or below it."""
    one, other = deputy.alias(), deputy.alias()
    here, there = division.alias(), division.alias()
    inside = ids_within(given["division"])
    in_office = MandateStatus.ACTIVE.name
    return (
        select(one.c.person_id, one.c.id.label("first_id"), other.c.id.label("second_id"))
        .select_from(one)
        .join(other, (other.c.person_id == one.c.person_id) & (one.c.id < other.c.id))
        .join(here, here.c.id == one.c.division_id)
        .join(there, there.c.id == other.c.division_id)
        .where(
            or_(one.c.division_id.in_(inside), other.c.division_id.in_(inside)),
            one.c.status == in_office,
            other.c.status == in_office,
            not_(is_within(here, there.c.code)),
            not_(is_within(there, here.c.code)),
        )
        .order_by(one.c.person_id, one.c.id, other.c.id)
        .limit(MOST_BREAKS)
    )


CHAIN_BREAKS = Listing(
    "chainBreaks",
    "ChainBreak",
    "Pairs of mandates in office of one person that are not on one chain of divisions, at most "
    f"{MOST_BREAKS} 跨区域任职核查",
    (OF_DIVISION,),
    chain_breaks,
    lambda row: (row.c.person_id, row.c.first_id, row.c.second_id),
)

ENTITIES = (CHAIN_BREAK,)
LISTINGS = (CHAIN_BREAKS,)
