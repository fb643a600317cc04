"""Zizhong: lists put down as CSV, the county's in GBK and the townships' in UTF-8.

The township list names the town and gives no code; the county's list has codes in wide digits.
"""

from __future__ import annotations

from demo.areas import towns
from demo.facts import Congress, Group, Mandate, Place
from demo.tables import (
    Row,
    Tables,
    groups_by_mandate,
    id_number,
    places_by_person,
    spare,
)
from demo.words import FULL_WIDTH, POSTS, REASONS, iso, spaced, status_word
from demo.world import World

CODE, PREFECTURE = "511025", "511000"
LEVELS = {"PREFECTURE": "市", "COUNTY": "县"}
LOST = 2


def tables(world: World) -> Tables:
    """The files of the county."""
    stations = places_by_person(world.places_of("STATION", CODE))
    groups = groups_by_mandate(world.groups_of(CODE))
    lost = {item.number for item in spare(world, world.held("COUNTY", CODE))[:LOST]}
    names = {town.code: town.name for town in towns(CODE)}

    def full(item: Mandate) -> Row:
        given = row(world, item, lost) | posted(item, stations, groups)
        if item.level == "TOWNSHIP":
            return {"乡镇": names[item.congress.code], **given}
        code = item.congress.code.translate(FULL_WIDTH)
        return {"区划代码": code, "层级": LEVELS[item.level], **given}

    return {
        "county-deputies": [full(item) for item in high_mandates(world)],
        "township-deputies": [full(item) for item in world.held("TOWNSHIP", CODE)],
        "congresses": [congress(item) for item in world.congresses_in(CODE)],
        "homes": [place_row(item) for item in world.places_of("HOME", CODE)],
        "stations": [place_row(item) for item in world.places_of("STATION", CODE)],
        "groups": [group_row(item) for item in world.groups_of(CODE)],
    }


def high_mandates(world: World) -> list[Mandate]:
    """The county's mandates, and those of its people in the prefecture."""
    county = world.held("COUNTY", CODE)
    people = {item.person.number for item in county}
    higher = [i for i in world.held("PREFECTURE", PREFECTURE) if i.person.number in people]
    return [*county, *higher]


def row(world: World, item: Mandate, lost: set[int]) -> Row:
    """One mandate. Two names have lost a rare character on their way through GBK."""
    person = item.person
    name = person.name[0] + "?" if item.number in lost else spaced(person.name)
    return {
        "序号": item.number,
        "姓名": name,
        "性别": "女" if person.is_woman else "男",
        "民族": person.ethnicity,
        "出生年月": f"{person.birth.year}.{person.birth.month}",
        "身份证号码": id_number(world, person),
        "手机": person.phone,
        "政治面貌": person.affiliation,
        "文化程度": person.education,
        "工作单位及职务": person.work,
        "届次": item.congress.term,
        "证号": item.certificate,
        "选区或选举单位": item.unit,
        "代表团": item.delegation,
        "职务": POSTS[item.post],
        "状态": status_word(item),
        "原因": REASONS[item.reason],
        "当选日期": iso(item.start),
        "终止日期": iso(item.end),
    }


def posted(item: Mandate, stations: dict[int, list[int]], groups: dict[int, list[int]]) -> Row:
    """Stations and groups, each in one cell."""
    return {
        "所属联络站": ";".join(map(str, stations.get(item.person.number, []))),
        "所属小组": ";".join(map(str, groups.get(item.number, []))),
    }


def congress(item: Congress) -> Row:
    """One congress."""
    return {
        "区划代码": item.code,
        "届次": item.term,
        "名称": item.name,
        "起始日期": iso(item.start),
        "名额": item.seats,
    }


def place_row(place: Place) -> Row:
    """A home or station."""
    return {
        "编号": place.number,
        "名称": place.name,
        "区划代码": f"{place.code}000",
        "类型": place.local_name,
        "地址": place.address,
        "站长": place.holder("站长"),
        "联络员": place.holder("联络员"),
        "接待时间": place.hours,
        "面积": place.area,
        "电话": place.phone,
        "设立日期": iso(place.since),
        "所属家": place.home.number if place.home else "",
    }


def group_row(group: Group) -> Row:
    """A group; its members say themselves that they belong to it."""
    return {
        "编号": group.number,
        "名称": group.name,
        "区划代码": group.code,
        "届次": group.term,
        "类型": group.kind,
        "领域": group.work,
        "组长": group.leader.number,
    }
