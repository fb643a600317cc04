"""Deyang pushes to the hub: its records have the names of the push inputs already."""

from __future__ import annotations

from demo.facts import Group, Mandate, Place
from demo.tables import Row, Tables, id_number, spare
from demo.words import POSTS, REASONS, iso, status_word
from demo.world import World

CODE = "510600"
NO_CODE = "510699"
"""A code that no division has had."""


def tables(world: World) -> Tables:
    """Records by the part of the mutation's name: pushHomes sends `Homes`."""
    reversed_dates, wrong_code = spare(world, world.held("PREFECTURE", CODE))[:2]
    wrong: dict[int, Row] = {
        reversed_dates.number: {"status": "终止", "endDate": "2021-01-12"},
        wrong_code.number: {"divisionCode": NO_CODE},
    }
    deputies = [
        deputy(world, item) | wrong.get(item.number, {}) for item in world.held("PREFECTURE", CODE)
    ]
    return {
        "Congresses": [congress(world)],
        "Homes": [place_record(item) for item in world.places_of("HOME", CODE)],
        "Stations": [
            place_record(item) | {"home": f"P{item.home.number}"}
            for item in world.places_of("STATION", CODE)
            if item.home
        ],
        "Groups": [group_record(item) for item in world.groups_of(CODE)],
        "Deputies": deputies,
    }


def deputy(world: World, item: Mandate) -> Row:
    """One deputy of the city."""
    person = item.person
    given: Row = {
        "externalId": f"DY{item.number}",
        "name": person.name,
        "gender": "F" if person.is_woman else "M",
        "ethnicity": person.ethnicity,
        "birth": person.birth.strftime("%Y%m%d"),
        "nationalId": id_number(world, person),
        "phone": person.phone,
        "politicalAffiliation": person.affiliation,
        "education": person.education,
        "employerAndPost": person.work,
        "divisionCode": item.congress.code,
        "level": "PREFECTURE",
        "term": item.congress.term,
        "electoralUnit": item.unit,
        "delegation": item.delegation,
        "certificateNumber": item.certificate,
        "status": status_word(item),
        "statusReason": REASONS[item.reason],
        "congressPost": POSTS[item.post],
        "startDate": iso(item.start),
        "endDate": iso(item.end),
    }
    return {name: value for name, value in given.items() if value != ""}


def congress(world: World) -> Row:
    """The city's congress."""
    item = world.congress(CODE)
    return {
        "externalId": item.key,
        "divisionCode": item.code,
        "term": item.term,
        "name": item.name,
        "startDate": iso(item.start),
        "seats": item.seats,
    }


def place_record(place: Place) -> Row:
    """A home or station of the city with its members."""
    return {
        "externalId": f"P{place.number}",
        "name": place.name,
        "divisionCode": place.code,
        "localName": place.local_name,
        "address": place.address,
        "openingHours": place.hours,
        "head": place.holder("站长"),
        "liaisonOfficer": place.holder("联络员"),
        "areaSqm": float(place.area),
        "rating": place.rating,
        "establishedOn": iso(place.since),
        "phone": place.phone,
        "members": [
            {"id": f"DY{item.mandate.number}", "role": item.role, "startDate": iso(item.since)}
            for item in place.members
        ],
    }


def group_record(group: Group) -> Row:
    """A professional group with its members."""
    return {
        "externalId": f"G{group.number}",
        "name": group.name,
        "divisionCode": group.code,
        "term": group.term,
        "kind": group.kind,
        "field": group.work,
        "leader": f"DY{group.leader.number}",
        "members": [
            {"id": f"DY{item.mandate.number}", "role": item.role, "startDate": iso(item.since)}
            for item in group.members
        ],
    }
