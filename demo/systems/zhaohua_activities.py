"""Zhaohua: what is done and heard at its homes, stations and groups, in the workbook of places.

Every home, station and group holds activities; those at the stations away from home are for the
deputies who work there, and people of Zhaohua who do speak to them.
"""

from __future__ import annotations

from datetime import date, timedelta

from demo.chance import chance
from demo.facts import Group, Mandate, Place
from demo.names import make_name
from demo.numbers import make_phone
from demo.systems.zhaohua import CODE, mandate_key
from demo.tables import Row, Tables
from demo.words import serial
from demo.world import World

FIRST_DAY = date(2025, 2, 10)
APART = timedelta(days=5)
FIRST_PHONE = 98_000_000
EACH = 3
"""How many opinions are heard at a station."""
AT_HOME = ("村道破损", "饮水水压不足", "医保报销窗口少", "垃圾清运不及时")
AWAY = ("随迁子女入学难", "异地就医结算慢", "拖欠工资", "返乡创业贷款门槛高")
MOST = 6
"""How many take part in an activity at most."""


def tables(world: World) -> Tables:
    """The sheets of activities, of who took part, and of opinions."""
    homes, stations = world.places_of("HOME", CODE), world.places_of("STATION", CODE)
    held = [
        *((at_place(place), posted(place)) for place in (*homes, *stations)),
        *((by_group(group), together(group)) for group in world.groups_of(CODE)),
    ]
    activities = [
        {"编号": number, "日期": serial(FIRST_DAY + APART * number), **row}
        for number, (row, _) in enumerate(held, 1)
    ]
    return {
        "活动": activities,
        "参加": [
            {"编号": f"{number}-{mandate_key(item)}", "活动": number, "代表": mandate_key(item)}
            for number, (_, people) in enumerate(held, 1)
            for item in people
        ],
        "意见": opinions(stations),
    }


def posted(place: Place) -> list[Mandate]:
    """Some of the district's and towns' deputies who are there, each once."""
    return local([item.mandate for item in place.members])


def together(group: Group) -> list[Mandate]:
    """Some of a group's members."""
    return local([item.mandate for item in group.members])


def local(mandates: list[Mandate]) -> list[Mandate]:
    """The first mandates that the district's own register has."""
    return [item for item in mandates if item.level in ("COUNTY", "TOWNSHIP")][:MOST]


def row(title: str, kind: str, voters: int | None, where: str) -> Row:
    """One activity, held nowhere yet."""
    return {
        "标题": title,
        "类型": kind,
        "代表之家": None,
        "联络站": None,
        "小组": None,
        "地点": where,
        "选民": voters,
        "内容": f"{title}，听取意见并现场答复",
        "总结": "意见已分类交办",
    }


def at_place(place: Place) -> Row:
    """The day on which deputies receive voters at a home or station."""
    made = row(f"{place.name}接待选民日", "接待选民", 10 + place.number % 20, place.address)
    return made | {"代表之家" if place.kind == "HOME" else "联络站": place.number}


def by_group(group: Group) -> Row:
    """What a professional group looked into."""
    made = row(f"{group.name}专题调研", "专题调研", None, "昭化区")
    return made | {"小组": group.number}


def opinions(stations: list[Place]) -> list[Row]:
    """What people said at each station; those who work away spoke of their rights there."""
    rng = chance("opinions-510811")
    rows: list[Row] = []
    for station in stations:
        is_away = not station.located.startswith(CODE)
        for _ in range(EACH):
            number = len(rows) + 1
            day = FIRST_DAY + timedelta(days=rng.randrange(280))
            is_closed = rng.random() < 0.7
            matter = rng.choice(AWAY if is_away else AT_HOME)
            rows.append(
                {
                    "编号": number,
                    "区划代码": station.code,
                    "联络站": station.number,
                    "反映人": make_name(rng, "汉族", rng.random() < 0.5),
                    "电话": make_phone(FIRST_PHONE + number),
                    "内容": matter,
                    "日期": serial(day),
                    "状态": "已办结" if is_closed else "办理中",
                    "办结": serial(day + timedelta(days=30)) if is_closed else None,
                }
            )
    return rows
