"""Danleng: one JSON object a line, nested; members of places and groups with role and dates."""

from __future__ import annotations

from demo.facts import Congress, Group, Mandate, Member, Place
from demo.tables import Row, Tables, id_number
from demo.words import ENTRIES, POSTS, REASONS, iso, status_word
from demo.world import World

CODE, PREFECTURE = "511424", "511400"
LEVELS = {"PREFECTURE": "市州", "COUNTY": "县", "TOWNSHIP": "乡镇"}
BROKEN_LINE = '{"id": 77001, "person": {"name": "'
"""The end of a file whose transfer broke off."""


def tables(world: World) -> Tables:
    """The files of the county. One deputy stands in the list twice."""
    deputies = [*world.held("TOWNSHIP", CODE), *world.held("COUNTY", CODE)]
    people = {item.person.number for item in deputies}
    deputies += [i for i in world.held("PREFECTURE", PREFECTURE) if i.person.number in people]
    rows = [deputy(world, item) for item in deputies]
    return {
        "deputies": [*rows, rows[0]],
        "congresses": [congress(item) for item in world.congresses_in(CODE)],
        "homes": [home_row(world, item) for item in world.places_of("HOME", CODE)],
        "stations": [place_row(item) for item in world.places_of("STATION", CODE)],
        "groups": [group_row(item) for item in world.groups_of(CODE)],
    }


def deputy(world: World, item: Mandate) -> Row:
    """One mandate: who, and what to."""
    person = item.person
    return {
        "id": item.number,
        "person": {
            "key": person.number,
            "name": person.name,
            "gender": "F" if person.is_woman else "M",
            "nation": person.ethnicity,
            "birth": person.birth.strftime("%Y-%m"),
            "idCard": id_number(world, person),
            "phone": person.phone,
            "party": person.affiliation,
            "education": person.education,
            "work": person.work,
        },
        "mandate": {
            "level": LEVELS[item.level],
            "code": item.congress.code,
            "term": item.congress.term,
            "certificate": item.certificate,
            "unit": item.unit,
            "delegation": item.delegation,
            "post": POSTS[item.post],
            "entry": ENTRIES[item.entry],
            "status": status_word(item),
            "reason": REASONS[item.reason],
            "from": iso(item.start),
            "to": iso(item.end),
        },
    }


def members(items: list[Member]) -> list[Row]:
    """Members with role and first day."""
    return [
        {"deputy": item.mandate.number, "role": item.role, "from": iso(item.since)}
        for item in items
        if item.mandate.level in LEVELS
    ]


def congress(item: Congress) -> Row:
    """One congress."""
    return {
        "code": item.code,
        "term": item.term,
        "name": item.name,
        "from": iso(item.start),
        "seats": item.seats,
    }


def place_row(place: Place) -> Row:
    """A home or station."""
    return {
        "id": place.number,
        "name": place.name,
        "code": place.code,
        "address": place.address,
        "head": place.holder("站长"),
        "officer": place.holder("联络员"),
        "hours": place.hours,
        "area": place.area,
        "phone": place.phone,
        "since": iso(place.since),
        "home": place.home.number if place.home else None,
        "village": {"code": place.village_code, "name": place.village},
        "members": members(place.members),
    }


def home_row(world: World, home: Place) -> Row:
    """A home, which lies in the village of the town's first station."""
    station = world.places_of("STATION", home.code)[0]
    return place_row(home) | {
        "village": {"code": station.village_code, "name": station.village},
    }


def group_row(group: Group) -> Row:
    """A group."""
    return {
        "id": group.number,
        "name": group.name,
        "code": group.code,
        "term": group.term,
        "kind": group.kind,
        "field": group.work,
        "leader": group.leader.number,
        "members": members(group.members),
    }
