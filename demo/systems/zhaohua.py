"""Zhaohua: one row per user, its levels in a comma list.

The first storage pattern. Certificate, state and post stand once, although one user may have
several mandates; the level numbers count upwards from the township.
"""

from __future__ import annotations

from datetime import date

from demo.facts import Congress, Group, Mandate, Place
from demo.known import NEW_PHONE, OLD_NUMBER, OLD_PHONE, RESIGNED, SUSPENDED
from demo.people import Person
from demo.tables import Row, Tables, by_person, id_number, places_by_person, spare
from demo.words import (
    AFFILIATION_CODES,
    EDUCATION_CODES,
    ETHNICITY_CODES,
    POSTS,
    REASONS,
    STATUS_NUMBERS,
    stamp,
)
from demo.world import World

CODE = "510811"
LEVELS = {"TOWNSHIP": "1", "COUNTY": "2", "PREFECTURE": "3", "PROVINCE": "4", "NATIONAL": "5"}
OLD_CODES = {"510811112": "510811213"}
"""射箭镇 is still kept under the code that it had as 射箭乡, until 2020."""
LISTS = ("{}", ",{},", "{},,")
WRONG_LEVEL = "9"
TYPES = {"专业": 1, "地域": 2}
CHANGED = stamp(date(2025, 6, 2)) or 0
TESTERS = (990_001, 990_002)


def tables(world: World) -> Tables:
    """The tables of the product's database."""
    homes, stations = world.places_of("HOME", CODE), world.places_of("STATION", CODE)
    at_home, at_station = places_by_person(homes), places_by_person(stations)
    local = [*world.held("TOWNSHIP", CODE), *world.held("COUNTY", CODE)]
    users = [
        user(world, mandates)
        | {
            "homeid": next(iter(at_home.get(mandates[0].person.number, [])), None),
            "divisionid": joined(at_station.get(mandates[0].person.number, [])),
        }
        for mandates in by_person(local)
    ]
    wrong = spare(world, world.held("COUNTY", CODE))[0].person.number
    next(row for row in users if row["id"] == wrong)["circleslist"] = f"2,{WRONG_LEVEL}"
    return {
        "npc_user": [*users, *(tester(number) for number in TESTERS)],
        "npc_user_old": [former(world, item) for item in world.former(CODE)],
        "npc_home": [place_row(item) for item in homes],
        "npc_station": [place_row(item) | station_columns(item) for item in stations],
        "npc_group": [group_row(item) for item in world.groups_of(CODE)],
        "npc_congress": [congress(item) for item in world.congresses_in(CODE)],
    }


def user(world: World, local: list[Mandate]) -> Row:
    """One user with all current mandates, local and higher."""
    person, first = local[0].person, local[0]
    number = person.number
    held = [item for item in world.of_person(person) if item.level in held_here(local)]
    return person_columns(world, person) | {
        "id": number,
        "circleslist": comma_list(sorted({LEVELS[item.level] for item in held}), number),
        "deptcode": OLD_CODES.get(first.congress.code, first.congress.code),
        "certificate": first.certificate,
        "xuanqu": first.unit,
        "rdzw": POSTS[first.post],
        "status": status(first),
        "reason": REASONS[first.reason],
        "end_date": stamp(first.end),
        "is_deleted": "0",
        "updated_at": CHANGED + number,
    }


def comma_list(levels: list[str], number: int) -> str:
    """The levels as the product writes them, some with empty parts."""
    separator = ",," if number % 5 == 0 else ","
    return LISTS[number % len(LISTS)].format(separator.join(levels))


def held_here(local: list[Mandate]) -> set[str]:
    """The levels that the list may hold: the local ones, and those above."""
    return {item.level for item in local} | {"PREFECTURE", "PROVINCE", "NATIONAL"}


def status(first: Mandate) -> int:
    """State as the county knows it: neither the return nor the resignation has reached it."""
    if first.person.name == SUSPENDED.name:
        return STATUS_NUMBERS["SUSPENDED"]
    if first.person.name == RESIGNED.name:
        return STATUS_NUMBERS["ACTIVE"]
    return STATUS_NUMBERS[first.status]


def person_columns(world: World, person: Person) -> Row:
    """Who it is. Births are time stamps."""
    stale = {NEW_PHONE.name: OLD_NUMBER}
    number = "" if person.name == OLD_PHONE.name else id_number(world, person)
    return {
        "realname": person.name,
        "sex": 2 if person.is_woman else 1,
        "minzu": ETHNICITY_CODES[person.ethnicity],
        "birthday": stamp(person.birth),
        "idcard": number,
        "mobile": stale.get(person.name, person.phone),
        "zzmm": AFFILIATION_CODES[person.affiliation],
        "xueli": EDUCATION_CODES[person.education],
        "company": person.work,
    }


def tester(number: int) -> Row:
    """A user made to try the product out, and deleted since."""
    return {
        "id": number,
        "realname": "测试代表",
        "sex": 1,
        "circleslist": "2",
        "deptcode": CODE,
        "status": 1,
        "is_deleted": "1",
        "updated_at": CHANGED + number,
    }


def former(world: World, item: Mandate) -> Row:
    """A mandate of a township that was abolished."""
    return person_columns(world, item.person) | {
        "id": item.number,
        "user_id": item.person.number,
        "deptcode": item.congress.code,
        "jieci": item.congress.term,
        "certificate": item.certificate,
        "xuanqu": item.unit,
        "status": STATUS_NUMBERS[item.status],
        "reason": REASONS[item.reason],
        "start_date": stamp(item.start),
        "end_date": stamp(item.end),
    }


def place_row(place: Place) -> Row:
    """What homes and stations share."""
    return {
        "id": place.number,
        "title": place.name,
        "deptcode": place.code,
        "localname": place.local_name,
        "address": place.address,
        "head": place.holder("站长"),
        "officer": place.holder("联络员"),
        "opentime": place.hours,
        "area": place.area,
        "lng": str(place.point[0]) if place.point else None,
        "lat": str(place.point[1]) if place.point else None,
        "star": place.rating,
        "tel": place.phone,
        "open_date": stamp(place.since),
        "status": 1,
    }


def station_columns(place: Place) -> Row:
    """What only stations have: where they lie, and their home."""
    return {
        "located_code": place.located,
        "home_id": place.home.number if place.home else None,
    }


def group_row(group: Group) -> Row:
    """A group; its members stand in one column, as user and level number."""
    return {
        "id": group.number,
        "title": group.name,
        "deptcode": group.code,
        "jieci": group.term,
        "type": TYPES[group.kind],
        "field": group.work,
        "leader": mandate_key(group.leader),
        "members": joined([mandate_key(item.mandate) for item in group.members], ";"),
    }


def mandate_key(item: Mandate) -> str:
    """User and level number, as the manifest's key joins them."""
    return f"{item.person.number}-{LEVELS[item.level]}"


def joined(items: list[int] | list[str], separator: str = ",") -> str:
    """A list in one column."""
    return separator.join(map(str, items))


def congress(item: Congress) -> Row:
    """One congress."""
    return {
        "id": item.key,
        "deptcode": item.code,
        "jieci": item.term,
        "title": item.name,
        "start_date": stamp(item.start),
        "end_date": stamp(item.end),
        "seats": item.seats,
    }
