"""Guangyuan: the city's mandate in the main columns, higher ones in columns beside them.

The second storage pattern. The city also keeps a roll of Zhaohua's township presidium chairs.
"""

from __future__ import annotations

from demo.facts import Group, Mandate, Place
from demo.known import SUSPENDED
from demo.tables import Row, Tables, groups_by_mandate, id_number, places_by_person, spare
from demo.words import (
    AFFILIATION_CODES,
    EDUCATION_CODES,
    ENTRIES,
    ETHNICITY_CODES,
    POSTS,
    REASONS,
    chosen,
    iso,
    status_word,
)
from demo.world import World

CODE, CHAIRS_OF = "510800", "510811"
RETURNED = "恢复执行代表职务"
CHAIR_COLUMNS = "name sex nation birth idCard mobile party unitAndDuty"


def tables(world: World) -> Tables:
    """The collections behind the city's API."""
    homes, stations = world.places_of("HOME", CODE), world.places_of("STATION", CODE)
    at_home, at_station = places_by_person(homes), places_by_person(stations)
    joined = groups_by_mandate(world.groups_of(CODE))
    deputies = world.held("PREFECTURE", CODE)
    rows = [
        npc(world, item)
        | {
            "homeIds": at_home.get(item.person.number, []),
            "stationIds": at_station.get(item.person.number, []),
            "groupIds": joined.get(item.number, []),
        }
        for item in deputies
    ]
    wrong = spare(world, deputies)[0].number
    next(row for row in rows if row["id"] == wrong)["birth"] = "1964年13月"
    return {
        "npcs": rows,
        "township-chairs": [chair(world, item) for item in chairs(world)],
        "congresses": [congress(world)],
        "homes": [place_row(item) for item in homes],
        "stations": [place_row(item) for item in stations],
        "groups": [group_row(item) for item in world.groups_of(CODE)],
    }


def npc(world: World, item: Mandate) -> Row:
    """One deputy of the city with what is known of higher mandates."""
    others = {other.level: other for other in world.of_person(item.person)}
    return person_columns(world, item) | {
        "id": item.number,
        "level": "市级",
        "term": f"第{item.congress.term}届",
        "certificate": item.certificate,
        "delegation": item.delegation,
        "electoralUnit": item.unit,
        "post": POSTS[item.post],
        "status": RETURNED if item.person.name == SUSPENDED.name else status_word(item),
        "reason": REASONS[item.reason],
        "entry": ENTRIES[item.entry],
        "ordered": "否" if item.reason == "RESIGNED" else "",
        "start": iso(item.start),
        "end": iso(item.end),
        **higher("province", "省级", others.get("PROVINCE")),
        **higher("nation", "全国", others.get("NATIONAL")),
    }


def higher(prefix: str, word: str, item: Mandate | None) -> Row:
    """The two columns of a higher mandate, empty for most."""
    return {
        f"{prefix}Level": word if item else "",
        f"{prefix}Term": item.congress.term if item else None,
    }


def person_columns(world: World, item: Mandate) -> Row:
    """Who it is. Id numbers end in a small x here."""
    person = item.person
    return {
        "name": person.name,
        "sex": "2" if person.is_woman else "1",
        "nation": ETHNICITY_CODES[person.ethnicity],
        "birth": f"{person.birth.year}年{person.birth.month}月",
        "idCard": id_number(world, person).lower(),
        "mobile": person.phone,
        "party": AFFILIATION_CODES[person.affiliation],
        "education": EDUCATION_CODES[person.education],
        "unitAndDuty": person.work,
        "composition": person.composition,
    }


def chairs(world: World) -> list[Mandate]:
    """The chairs of the presidiums of Zhaohua's townships."""
    return [item for item in world.held("TOWNSHIP", CHAIRS_OF) if item.post == "PRESIDIUM_CHAIR"]


def chair(world: World, item: Mandate) -> Row:
    """One chair, under the township's code of today."""
    return chosen(person_columns(world, item), CHAIR_COLUMNS) | {
        "id": item.number,
        "townCode": f"{item.congress.code}000",
        "term": item.congress.term,
        "post": "人大主席",
        "start": iso(item.start),
    }


def congress(world: World) -> Row:
    """The city's congress."""
    item = world.congress(CODE)
    return {
        "id": item.key,
        "code": item.code,
        "term": item.term,
        "name": item.name,
        "start": iso(item.start),
        "seats": item.seats,
    }


def place_row(place: Place) -> Row:
    """A home or station of the city."""
    return {
        "id": place.number,
        "name": place.name,
        "code": place.code,
        "kind": "代表之家" if place.kind == "HOME" else "联络站",
        "address": place.address,
        "openTime": place.hours,
        "head": place.holder("站长"),
        "tel": place.phone,
        "homeId": place.home.number if place.home else None,
    }


def group_row(group: Group) -> Row:
    """A professional group; its members say themselves that they belong to it."""
    return {
        "id": group.number,
        "name": group.name,
        "type": "专业代表小组",
        "field": group.work,
        "leaderId": group.leader.number,
        "code": group.code,
        "term": group.term,
    }
