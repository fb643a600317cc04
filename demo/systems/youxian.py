"""Youxian: a JSON API that never gives id numbers away, only their HMAC under the hub's key.

Its level numbers count downwards from the nation.
"""

from __future__ import annotations

import hmac
from datetime import datetime, time, timedelta

from demo.facts import Congress, Group, Mandate, Place
from demo.tables import Row, Tables, id_number
from demo.words import CHINA, ENTRIES, POSTS, REASONS, iso, status_word
from demo.world import World

CODE, PREFECTURE = "510704", "510700"
LEVELS = {"PREFECTURE": 3, "COUNTY": 4, "TOWNSHIP": 5}
DELETED = 2
CHANGED = datetime(2025, 5, 20, 8, 0, tzinfo=CHINA)


def tables(world: World, key: bytes) -> Tables:
    """The collections behind the district's API; `key` is the hub's for id numbers."""
    deputies = [*world.held("TOWNSHIP", CODE), *world.held("COUNTY", CODE)]
    people = {item.person.number for item in deputies}
    deputies += [i for i in world.held("PREFECTURE", PREFECTURE) if i.person.number in people]
    return {
        "deputies": [
            *(deputy(world, key, item) for item in deputies),
            *(deleted(number) for number in range(1, DELETED + 1)),
        ],
        "congresses": [congress(item) for item in world.congresses_in(CODE)],
        "homes": [place_row(item) for item in world.places_of("HOME", CODE)],
        "stations": [place_row(item) for item in world.places_of("STATION", CODE)],
        "groups": [group_row(item) for item in world.groups_of(CODE)],
    }


def deputy(world: World, key: bytes, item: Mandate) -> Row:
    """One mandate."""
    person = item.person
    number = id_number(world, person)
    return {
        "id": item.number,
        "name": person.name,
        "gender": "女" if person.is_woman else "男",
        "nation": person.ethnicity,
        "birthday": f"{person.birth:%Y/}{person.birth.month}/{person.birth.day}",
        "idHash": hmac.digest(key, number.encode(), "sha256").hex() if number else "",
        "tel": person.phone,
        "party": person.affiliation,
        "degree": person.education,
        "duty": person.work,
        "composition": person.composition,
        "level": LEVELS[item.level],
        "session": item.congress.term,
        "org": {"code": item.congress.code, "name": item.congress.place},
        "certNo": item.certificate,
        "district": item.unit,
        "delegation": item.delegation,
        "post": POSTS[item.post],
        "mode": ENTRIES[item.entry],
        "state": status_word(item),
        "reason": REASONS[item.reason],
        "startTime": moment(item),
        "endTime": iso(item.end),
        "isDeleted": "0",
        "updatedAt": changed(item.number),
    }


def changed(number: int) -> str:
    """When a row was changed last: one after the other."""
    return (CHANGED + timedelta(seconds=number)).isoformat()


def moment(item: Mandate) -> str:
    """The first day with a time, as the API writes it."""
    return datetime.combine(item.start, time(9), CHINA).isoformat()


def deleted(number: int) -> Row:
    """A row that the source keeps, marked as deleted."""
    return {
        "id": 900_000 + number,
        "name": "误录代表",
        "level": LEVELS["COUNTY"],
        "org": {"code": CODE, "name": "游仙区"},
        "isDeleted": "1",
        "updatedAt": changed(number),
    }


def congress(item: Congress) -> Row:
    """One congress."""
    return {
        "id": item.key,
        "code": item.code,
        "session": item.term,
        "name": item.name,
        "startTime": iso(item.start),
        "seats": item.seats,
    }


def place_row(place: Place) -> Row:
    """A home or station with its members as objects."""
    return {
        "id": place.number,
        "name": place.name,
        "code": place.code,
        "address": place.address,
        "openTime": place.hours,
        "area": f"{place.area:,}",
        "star": place.rating,
        "tel": place.phone,
        "homeId": place.home.number if place.home else None,
        "state": place.status,
        "closed": iso(place.closed),
        "members": [
            {
                "deputyId": item.mandate.number,
                "role": item.role,
                "from": iso(item.since),
                "to": iso(item.until),
            }
            for item in place.members
            if item.mandate.level in LEVELS
        ],
    }


def group_row(group: Group) -> Row:
    """A group with its members as objects."""
    return {
        "id": group.number,
        "name": group.name,
        "code": group.code,
        "session": group.term,
        "kind": group.kind,
        "field": group.work,
        "leaderId": group.leader.number,
        "members": [
            {
                "deputyId": item.mandate.number,
                "role": item.role,
                "from": iso(item.since),
                "to": iso(item.until),
            }
            for item in group.members
        ],
    }
