"""Deputy groups. Professional ones mix levels (Deputies Law 2025, art. 27)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from demo.areas import COUNTIES, PREFECTURES, PROVINCE, towns
from demo.chance import chance
from demo.facts import Group, Mandate, Member
from demo.places import LEFT_COUNTY, LEFT_ON
from demo.world import World

FIELDS = ("农业农村", "教科文卫", "财政经济", "监察司法", "城建环资")
MORE_FIELDS = ("民族宗教", "社会建设", "科技创新")
WITHOUT_TERRITORIAL = "510811"
TERRITORIES = 4
SINCE = date(2022, 3, 1)


def form_groups(world: World) -> None:
    """The groups of every county, of the two cities and of the province."""
    for county in COUNTIES:
        for field in FIELDS:
            members = draw(world, county.code, field)
            if county.code == WITHOUT_TERRITORIAL:
                members += draw_higher(world, county.code, field)
            form(world, county.code, "专业", field, members)
        if county.code != WITHOUT_TERRITORIAL:
            form_territorial(world, county.code)
    for code in ("510600", "510800"):
        for field in FIELDS:
            form(world, code, "专业", field, draw_one_level(world, code, "PREFECTURE", field))
    for field in FIELDS + MORE_FIELDS:
        members = draw_one_level(world, PROVINCE[0], "PROVINCE", field)
        form(world, PROVINCE[0], "专业", field, members)


def draw(world: World, county: str, field: str) -> list[Mandate]:
    """Members of a county's professional group: from its own congress and from townships."""
    rng = chance(f"{county}-{field}")
    return rng.sample(active(world.held("COUNTY", county)), 12) + rng.sample(
        active(world.held("TOWNSHIP", county)), 6
    )


def draw_higher(world: World, county: str, field: str) -> list[Mandate]:
    """Two mandates to the city's and one to the province's congress of a county's own people."""
    rng = chance(f"{county}-{field}-higher")
    local = {item.person.number for item in active(world.held("COUNTY", county))}
    return [
        drawn
        for level, count in (("PREFECTURE", 2), ("PROVINCE", 1))
        for drawn in rng.sample(
            [item for item in active(world.held(level)) if item.person.number in local], count
        )
    ]


def draw_one_level(world: World, code: str, level: str, field: str) -> list[Mandate]:
    """Members of a group of one congress."""
    return chance(f"{code}-{field}").sample(active(world.held(level, code)), 20)


def active(mandates: list[Mandate]) -> list[Mandate]:
    """Those in office."""
    return [item for item in mandates if item.status == "ACTIVE"]


def form_territorial(world: World, county: str) -> None:
    """Groups of neighbouring townships, with all their deputies of the county's congress."""
    codes = [town.code for town in towns(county)]
    for number in range(TERRITORIES):
        here = set(codes[number::TERRITORIES])
        members = [item for item in active(world.held("COUNTY", county)) if item.town in here]
        form(world, county, "地域", f"第{number + 1}片区", members)


def form(world: World, code: str, kind: str, field: str, members: list[Mandate]) -> None:
    """One group, led by its first member."""
    name = name_of(code) + field + ("专业代表小组" if kind == "专业" else "代表小组")
    roles = ["组长", "副组长"] + ["成员"] * len(members)
    staffed = [
        Member(item, role, max(SINCE, item.start))
        for item, role in zip(members, roles, strict=False)
    ]
    if code == LEFT_COUNTY:
        staffed[-1] = replace(staffed[-1], until=LEFT_ON)
    term = world.congress(code).term
    number = len(world.groups) + 1
    world.groups.append(
        Group(number, code, term, name, kind, field if kind == "专业" else "", staffed)
    )


def name_of(code: str) -> str:
    """The name of the division that has the group."""
    if code == PROVINCE[0]:
        return PROVINCE[1]
    if code in PREFECTURES:
        return PREFECTURES[code][0]
    return next(county.name for county in COUNTIES if county.code == code)
