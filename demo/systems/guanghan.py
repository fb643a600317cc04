"""Guanghan: a row per mandate, the level in words. Guanghan is a city of the county level.

市级 means the county's congress in its tables, and 德阳市级 that of the prefecture.
"""

from __future__ import annotations

from demo.facts import Congress, Group, Mandate, Place
from demo.numbers import short_id_number
from demo.tables import (
    Row,
    Tables,
    groups_by_mandate,
    id_number,
    places_by_person,
    spare,
)
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

CODE, PREFECTURE = "510681", "510600"
COLUMN_WIDTH = 12
LEVELS = {"TOWNSHIP": "镇级", "COUNTY": "市级", "PREFECTURE": "德阳市级"}
SUBDISTRICT = "510681001"
"""雒城街道, which was 雒城镇 until 2020 and has no congress."""
LAST_SHORT_BIRTH = 1972
SHORT_EACH = 7


def tables(world: World) -> Tables:
    """The tables of the city's database."""
    homes, stations = world.places_of("HOME", CODE), world.places_of("STATION", CODE)
    at_home, at_station = places_by_person(homes), places_by_person(stations)
    joined = groups_by_mandate(world.groups_of(CODE))
    rows = [
        row(world, item)
        | {
            "jia_ids": listed(at_home, item.person.number, item),
            "zhan_ids": listed(at_station, item.person.number, item),
            "zu_ids": listed(joined, item.number, item),
        }
        for item in mandates(world)
    ]
    spoil(world, {row["id"]: row for row in rows})
    return {
        "rd_daibiao": rows,
        "rd_jia": [place_row(item) for item in homes],
        "rd_zhan": [
            place_row(item) | {"jia_id": home_of(item), "szd_code": item.located}
            for item in stations
        ],
        "rd_xiaozu": [group_row(item) for item in world.groups_of(CODE)],
        "rd_jieci": [congress(item) for item in world.congresses_in(CODE)],
    }


def mandates(world: World) -> list[Mandate]:
    """The city's own mandates, today's and former ones, and its people's in Deyang."""
    local = [*world.held("TOWNSHIP", CODE), *world.held("COUNTY", CODE)]
    people = {item.person.number for item in local}
    higher = [i for i in world.held("PREFECTURE", PREFECTURE) if i.person.number in people]
    return [*local, *higher, *world.former(CODE)]


def spoil(world: World, rows: dict[object, Row]) -> None:
    """One mandate put into a subdistrict, and one id number cut off."""
    misplaced = spare(world, world.held("TOWNSHIP", CODE))[0]
    rows[misplaced.number]["dw_code"] = SUBDISTRICT
    cut = spare(world, world.held("COUNTY", CODE))[0]
    rows[cut.number]["sfzh"] = cut.person.id_number[:COLUMN_WIDTH]


def row(world: World, item: Mandate) -> Row:
    """One mandate. Days are time stamps."""
    person = item.person
    return {
        "id": item.number,
        "xm": person.name + ("（女）" if person.is_woman else ""),
        "xb": 2 if person.is_woman else 1,
        "mz": ETHNICITY_CODES[person.ethnicity],
        "csny": f"{person.birth.year}.{person.birth.month:02}",
        "sfzh": written_id(world, item),
        "sjh": person.phone,
        "zzmm": AFFILIATION_CODES[person.affiliation],
        "xl": EDUCATION_CODES[person.education],
        "gzdw": person.work,
        "cj": LEVELS[item.level],
        "jc": item.congress.term,
        "dw_code": item.congress.code,
        "dbzh": item.certificate,
        "xq": item.unit,
        "dbt": item.delegation,
        "rdzw": POSTS[item.post],
        "lianren": "是" if item.is_reelected else "否",
        "zt": STATUS_NUMBERS[item.status],
        "yy": REASONS[item.reason],
        "kssj": stamp(item.start),
        "jssj": stamp(item.end),
    }


def written_id(world: World, item: Mandate) -> str:
    """The id number, of some older people in 15 digits."""
    number = id_number(world, item.person)
    is_short = item.person.birth.year <= LAST_SHORT_BIRTH and item.person.number % SHORT_EACH == 0
    return short_id_number(number) if number and is_short else number


def listed(found: dict[int, list[int]], number: int, item: Mandate) -> str:
    """What is found under `number`, in one column; nothing for terms that are over."""
    return "" if item.congress.end else ",".join(map(str, found.get(number, [])))


def home_of(place: Place) -> int | None:
    """The number of the home that a station belongs to."""
    return place.home.number if place.home else None


def place_row(place: Place) -> Row:
    """What homes and stations share."""
    return {
        "id": place.number,
        "mc": place.name,
        "dw_code": place.code,
        "dz": place.address,
        "fzr": place.holder("站长"),
        "lly": place.holder("联络员"),
        "jdsj": place.hours,
        "mj": place.area,
        "jd": str(place.point[0]) if place.point else None,
        "wd": str(place.point[1]) if place.point else None,
        "xj": place.rating,
        "zt": place.status,
        "gbrq": stamp(place.closed),
        "dh": place.phone,
        "slrq": stamp(place.since),
    }


def group_row(group: Group) -> Row:
    """A group; its members say themselves that they belong to it."""
    return {
        "id": group.number,
        "mc": group.name,
        "dw_code": group.code,
        "jc": group.term,
        "lx": group.kind,
        "ly": group.work,
        "zz": group.leader.number,
    }


def congress(item: Congress) -> Row:
    """One congress."""
    return {
        "id": item.key,
        "dw_code": item.code,
        "jc": item.term,
        "mc": item.name,
        "kssj": stamp(item.start),
        "jssj": stamp(item.end),
        "me": item.seats,
    }
