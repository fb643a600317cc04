"""Zhaohua: its homes and stations, as the workbook in which the district keeps them by hand.

A title stands over the header, over all its columns. Days are serial numbers, what was typed in as
text stays text: areas, phones, stars, and the numbers of the stations. Deputies are named by their
ids in the deputies' system.
"""

from __future__ import annotations

from demo.facts import Place
from demo.systems import zhaohua_activities
from demo.systems.zhaohua import CODE, user_keys
from demo.tables import Row, Tables
from demo.words import FULL_WIDTH, serial
from demo.world import World

BEST = 5
TITLE = "昭化区人大代表家站台账"


def tables(world: World) -> Tables:
    """The sheets."""
    keys = user_keys(world)
    homes, stations = world.places_of("HOME", CODE), world.places_of("STATION", CODE)
    return {
        "代表之家": [{"序号": place.number} | place_row(place, keys) for place in homes],
        "联络站": [
            {"序号": str(place.number)} | place_row(place, keys) | station_columns(place)
            for place in stations
        ],
        **zhaohua_activities.tables(world),
    }


def place_row(place: Place, keys: dict[int, list[str]]) -> Row:
    """What homes and stations share; every third code was typed with full-width digits."""
    return {
        "名称": place.name,
        "区划代码": int(place.code) if place.number % 3 else place.code.translate(FULL_WIDTH),
        "当地名称": place.local_name,
        "地址": place.address,
        "负责人": place.holder("站长"),
        "联络员": place.holder("联络员"),
        "副站长": place.holder("成员").split("、")[0],
        "功能区": "接待室、学习室、展示区",
        "站码": f"https://places.example.com/{place.number}",
        "示范": "是" if place.rating == BEST else "否",
        "接待时间": place.hours,
        "面积": str(place.area),
        "经度": str(place.point[0]) if place.point else "",
        "纬度": str(place.point[1]) if place.point else "",
        "星级": str(place.rating),
        "设立日期": serial(place.since),
        "电话": place.phone,
        "状态": "正常运行",
        "进驻代表": "、".join(posted(place, keys)),
    }


def posted(place: Place, keys: dict[int, list[str]]) -> list[str]:
    """The mandates of everybody there whom the deputies' system knows."""
    people = dict.fromkeys(item.mandate.person.number for item in place.members)
    return [key for number in people for key in keys.get(number, ())]


def station_columns(place: Place) -> Row:
    """What only stations have: where they lie, and their home."""
    return {
        "所在地代码": place.located,
        "所属家": place.home.number if place.home else None,
        "所在村代码": place.village_code,
        "所在村": place.village,
    }
