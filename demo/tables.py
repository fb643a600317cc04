"""What a system of the demonstration holds, before it is written down: tables of rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from demo.facts import Group, Mandate, Place
from demo.people import Person
from demo.world import World

Row: TypeAlias = dict[str, object]
Tables: TypeAlias = Mapping[str, list[Row]]
"""Rows by the name of the table, file or collection."""


def has_id_number(world: World, person: Person) -> bool:
    """Whether systems have the person's id number.

    They have it of everybody with several mandates or a post, and of most others.
    """
    if not person.id_number:
        return False
    mandates = world.of_person(person)
    return len(mandates) > 1 or bool(mandates[0].post) or person.number % 11 != 0


def id_number(world: World, person: Person) -> str:
    """The id number where systems have it, else nothing."""
    return person.id_number if has_id_number(world, person) else ""


def places_by_person(places: Iterable[Place]) -> dict[int, list[int]]:
    """The numbers of the places that each person is posted to."""
    found: dict[int, list[int]] = {}
    for place in places:
        for number in dict.fromkeys(item.mandate.person.number for item in place.members):
            found.setdefault(number, []).append(place.number)
    return found


def groups_by_mandate(groups: Iterable[Group]) -> dict[int, list[int]]:
    """The numbers of the groups that each mandate belongs to."""
    found: dict[int, list[int]] = {}
    for group in groups:
        for item in group.members:
            found.setdefault(item.mandate.number, []).append(group.number)
    return found


def by_person(mandates: Iterable[Mandate]) -> list[list[Mandate]]:
    """The mandates person by person, in the order of first appearance."""
    found: dict[int, list[Mandate]] = {}
    for mandate in mandates:
        found.setdefault(mandate.person.number, []).append(mandate)
    return list(found.values())


def spare(world: World, mandates: Iterable[Mandate]) -> list[Mandate]:
    """Active mandates of people with no other, no post and no part of their own, the last first.

    Rows that the hub refuses are made of these.
    """
    leaders = {group.leader.number for group in world.groups}
    return [
        item
        for item in reversed(list(mandates))
        if len(world.of_person(item.person)) == 1
        and item.status == "ACTIVE"
        and not (item.post or item.number in leaders or world.is_known(item.person))
    ]
