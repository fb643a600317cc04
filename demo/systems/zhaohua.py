"""Zhaohua: one row per user, its levels in a comma list.

The first storage pattern. Certificate, state and post stand once, although one user may have
several mandates; the level numbers count upwards from the township.
"""

from __future__ import annotations

from datetime import date

from demo.facts import Congress, Group, Mandate
from demo.known import NEW_PHONE, OLD_NUMBER, OLD_PHONE, RESIGNED, SUSPENDED
from demo.people import Person
from demo.tables import Row, Tables, by_person, id_number, spare
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
    rows = [user(world, mandates) for mandates in users(world)]
    wrong = spare(world, world.held("COUNTY", CODE))[0].person.number
    next(row for row in rows if row["id"] == wrong)["circleslist"] = f"2,{WRONG_LEVEL}"
    return {
        "npc_user": [*rows, *(tester(number) for number in TESTERS)],
        "npc_user_old": [former(world, item) for item in world.former(CODE)],
        "npc_group": [group_row(item) for item in world.groups_of(CODE)],
        "npc_congress": [congress(item) for item in world.congresses_in(CODE)],
    }


def users(world: World) -> list[list[Mandate]]:
    """The local mandates of each user."""
    return by_person([*world.held("TOWNSHIP", CODE), *world.held("COUNTY", CODE)])


def user_keys(world: World) -> dict[int, list[str]]:
    """The keys of the mandates that each user has here, by the number of the person."""
    return {
        mandates[0].person.number: [mandate_key(item) for item in held(world, mandates)]
        for mandates in users(world)
    }


def held(world: World, local: list[Mandate]) -> list[Mandate]:
    """All current mandates of a user, local and higher."""
    levels = {item.level for item in local} | {"PREFECTURE", "PROVINCE", "NATIONAL"}
    return [item for item in world.of_person(local[0].person) if item.level in levels]


def user(world: World, local: list[Mandate]) -> Row:
    """One user with the levels of all mandates."""
    person, first = local[0].person, local[0]
    number = person.number
    levels = sorted({LEVELS[item.level] for item in held(world, local)})
    return person_columns(world, person) | {
        "id": number,
        "circleslist": comma_list(levels, number),
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


def joined(items: list[str], separator: str = ",") -> str:
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
