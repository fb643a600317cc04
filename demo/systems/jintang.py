"""Jintang: one row per level on one account, as a list in GBK; homes as an Excel workbook.

The third storage pattern. Level 1 is the township and level 2 the county. Homes are another
system, which knows the deputies posted there under numbers of its own.
"""

from __future__ import annotations

from demo.facts import Congress, Group, Mandate, Place
from demo.tables import Row, Tables, has_id_number, id_number, spare
from demo.words import ENTRIES, POSTS, REASONS, iso, serial, spaced, status_word
from demo.world import World

CODE = "510121"
LEVELS = {"TOWNSHIP": "1", "COUNTY": "2"}
LEVEL_WORDS = {"TOWNSHIP": "镇级", "COUNTY": "县级"}
SHIFTED = 3
FIRST_POSTED = 50_000
LAST_COLUMN = "备注"
LAST_RIGHT_COLUMN = "身份证号"


def tables(world: World) -> Tables:
    """The files of the deputies' system."""
    mandates = [*world.held("TOWNSHIP", CODE), *world.held("COUNTY", CODE), *world.former(CODE)]
    shifted = {item.number for item in spare(world, world.held("COUNTY", CODE))[:SHIFTED]}
    return {
        "代表名单": [
            shift(row(world, item)) if item.number in shifted else row(world, item)
            for item in mandates
        ],
        "届次": [congress(item) for item in world.congresses_in(CODE)],
        "代表小组": [group_row(item) for item in world.groups_of(CODE)],
    }


def row(world: World, item: Mandate) -> Row:
    """One mandate; the account is the person's. Only the county's rows have all id numbers."""
    person = item.person
    is_second = item.level == "TOWNSHIP" and len(world.of_person(person)) > 1
    return {
        "编号": item.number,
        "账号": f"JT{person.number:06}",
        "姓名": spaced(person.name),
        LAST_RIGHT_COLUMN: "" if is_second else id_number(world, person),
        "性别": "女" if person.is_woman else "男",
        "民族": person.ethnicity.removesuffix("族"),
        "出生年月": f"{person.birth.year}年{person.birth.month}月",
        "政治面貌": person.affiliation,
        "学历": person.education,
        "工作单位及职务": person.work,
        "联系电话": person.phone,
        "层级": LEVELS[item.level],
        "届次": f"第{item.congress.term}届",
        "区划代码": item.congress.code,
        "代表证号": item.certificate,
        "选区": item.unit,
        "代表团": item.delegation,
        "人大职务": POSTS[item.post],
        "产生方式": ENTRIES[item.entry],
        "状态": status_word(item),
        "终止原因": REASONS[item.reason],
        "任职起始": iso(item.start),
        "任职终止": iso(item.end),
        LAST_COLUMN: "",
    }


def shift(given: Row) -> Row:
    """The row with an empty cell too many: what follows the id number slips by one column."""
    names = list(given)
    place = names.index(LAST_RIGHT_COLUMN) + 1
    cells = list(given.values())
    return dict(zip(names, [*cells[:place], "", *cells[place:-1]], strict=True))


def congress(item: Congress) -> Row:
    """One congress."""
    return {
        "编号": item.key,
        "区划代码": item.code,
        "届次": item.term,
        "名称": item.name,
        "起始": iso(item.start),
        "终止": iso(item.end),
        "名额": item.seats,
    }


def group_row(group: Group) -> Row:
    """A group with its members in one cell."""
    return {
        "编号": group.number,
        "名称": group.name,
        "区划代码": group.code,
        "届次": group.term,
        "类型": group.kind,
        "领域": group.work,
        "组长": group.leader.number,
        "成员": ";".join(str(item.mandate.number) for item in group.members),
    }


def home_tables(world: World) -> Tables:
    """The sheets of the homes' system. Days are serial numbers."""
    stations = world.places_of("STATION", CODE)
    return {
        "代表之家": [place_row(item) for item in world.places_of("HOME", CODE)],
        "联络站": [
            place_row(item)
            | {"所属家": item.home.number if item.home else None, "所在村": item.village}
            for item in stations
        ],
        "进站代表": [
            posted(item.mandate, station)
            for station in stations
            for item in station.members
            if item.mandate.level == "COUNTY" and has_id_number(world, item.mandate.person)
        ],
    }


def place_row(place: Place) -> Row:
    """A home or station."""
    return {
        "序号": place.number,
        "名称": place.name,
        "区划代码": int(place.code),
        "地址": place.address,
        "负责人": place.holder("站长"),
        "联络员": place.holder("联络员"),
        "接待时间": place.hours,
        "面积": place.area,
        "星级": place.rating,
        "设立日期": serial(place.since),
        "电话": place.phone,
    }


def posted(item: Mandate, station: Place) -> Row:
    """A deputy of the county at a station."""
    person = item.person
    return {
        "序号": item.number + FIRST_POSTED,
        "姓名": person.name,
        "身份证": person.id_number,
        "出生日期": serial(person.birth),
        "层级": LEVEL_WORDS[item.level],
        "届次": item.congress.term,
        "站点": station.number,
        "代表之家": station.home.number if station.home else None,
    }
