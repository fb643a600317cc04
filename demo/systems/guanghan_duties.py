"""Guanghan: the duty system's four modules: duties, public opinion, learning, scoring.

The tables have the product's shape: flags and states as numbers, days as time stamps, everybody
who took part in one column, in which empty parts are left by those who signed off again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from demo.chance import chance
from demo.duties import CAPPED, KINDS, RECEPTION, Activity, make_activities, numbered
from demo.facts import Mandate
from demo.names import make_name
from demo.numbers import make_phone
from demo.systems.guanghan import CODE
from demo.tables import Row, Tables
from demo.words import stamp
from demo.world import World

PLACE = "广汉市"
ACTIVITIES, OPINIONS = 160, 420
PERIOD = "2025"
KIND_NUMBERS = numbered(KINDS)
MATTERS = (
    "村口路灯不亮", "农贸市场周边停车难", "社区健身器材损坏", "村道破损积水", "公交班次太少",
    "污水管网堵塞", "小学门口没有人行横道", "灌溉渠道淤塞",
)  # fmt: skip
COURSES = (
    ("代表法解读", 1, 90, "王教授"), ("怎样提出高质量的代表建议", 2, 60, "李主任"),
    ("预算审查监督实务", 2, 120, "赵处长"), ("乡村振兴促进法", 3, 45, ""),
    ("联络站接待案例", 4, 30, ""), ("宪法宣誓制度", 3, 40, ""),
)  # fmt: skip
CLOSED, ESCALATED = 4, 5
IN_SESSION, PROPOSED, LEARNED = 1, 2, 7
"""Items of scoring by their numbers."""
COUNTS_AS = {
    "视察": 3, "专题调研": 3, "执法检查": 3, "小组活动": 4, "接待选民": 5, "述职": 6,
}  # fmt: skip
"""The item that taking part in a kind of activity counts for."""
COMPLETE, HOURS = 100, 2
"""Percent of a course that is learned, and the hours that it gives."""
LETTERS_OF_PARTS = ("{}", ",{},", "{},,")
SESSION, OPEN = date(2025, 12, 30), 2
"""The day on which suggestions were put, and how many of them are still open."""
TOO_FAR = 7
"""The learning record whose progress is 120 percent."""


def tables(world: World) -> Tables:
    """The tables of the four modules."""
    deputies = [item for item in world.held("COUNTY", CODE) if item.status == "ACTIVE"]
    return {
        "lz_huodong": [activity(item) for item in activities(world)],
        "lz_yijian": opinions(world, deputies),
        "lz_jianyi": suggestions(deputies),
        "lz_kecheng": [
            {
                "id": number,
                "bt": title,
                "lx": kind,
                "sc": minutes,
                "jsr": teacher,
                "xs": 2,
                "fbrq": stamp(date(2025, 1, number)),
                "bx": "县级" if number == 1 else None,
            }
            for number, (title, kind, minutes, teacher) in enumerate(COURSES, 1)
        ],
        "lz_xuexi": learned(deputies),
        **scoring(world, deputies),
    }


def scoring(world: World, deputies: Sequence[Mandate]) -> Tables:
    """The rules with their items, and what deputies won by them."""
    return {
        "lz_banfa": [rule_set()],
        "lz_xiangmu": [
            {
                "id": item.number,
                "banfa_id": 1,
                "mc": item.name,
                "bf": item.part,
                "dw": item.unit,
                "mxfz": f"{item.each:g}",
                "zgf": f"{item.most:g}",
            }
            for item in CAPPED
        ],
        "lz_jifen": ledger(activities(world), deputies),
    }


def ledger(held: Sequence[Activity], deputies: Sequence[Mandate]) -> list[Row]:
    """Every entry of points with what it stands on, up to the most that an item gives."""
    rows: list[Row] = []
    won: Counter[tuple[object, int]] = Counter()
    for deputy, number, quantity, evidence in units(held, deputies):
        item = CAPPED[number - 1]
        most = (item.most or 0) - won[deputy, number]
        points = min(quantity * item.each, most)
        if points > 0:
            won[deputy, number] += int(points)
            rows.append(
                {
                    "id": len(rows) + 1,
                    "xm_id": number,
                    "db_id": deputy,
                    "nd": PERIOD,
                    "sl": quantity,
                    "df": f"{points:g}",
                    "jfrq": stamp(date(2026, 1, 10)),
                    "bz": "按平台记录自动计分",
                    "hd_id": evidence.get("hd_id"),
                    "jy_id": evidence.get("jy_id"),
                    "xx_id": evidence.get("xx_id"),
                }
            )
    return rows


def units(
    held: Sequence[Activity], deputies: Sequence[Mandate]
) -> Iterator[tuple[object, int, int, Row]]:
    """What counts: who, for which item, how many units, and the record of it where there is one."""
    for mandate in deputies:
        yield mandate.number, IN_SESSION, 4 + mandate.number % 5, {}
    for proposal in suggestions(deputies):
        yield proposal["db_id"], PROPOSED, 1, {"jy_id": proposal["id"]}
    for done in held:
        if done.kind in COUNTS_AS:
            for mandate in done.people:
                yield mandate.number, COUNTS_AS[done.kind], 1, {"hd_id": done.number}
    for learning in learned(deputies):
        if learning["jd"] == COMPLETE:
            yield learning["db_id"], LEARNED, HOURS, {"xx_id": learning["id"]}


def rule_set() -> Row:
    """The rules of one year."""
    return {
        "id": 1,
        "mc": "广汉市人大代表履职积分办法",
        "bb": "2025版",
        "mf": 100,
        "sxrq": stamp(date(2025, 1, 1)),
        "jsrq": stamp(date(2025, 12, 31)),
        "yj": "市人大常委会主任会议通过",
    }


def activities(world: World) -> list[Activity]:
    """The city's activities."""
    deputies = [item for item in world.held("COUNTY", CODE) if item.status == "ACTIVE"]
    return make_activities(PLACE, deputies, world.places_of("STATION", CODE), ACTIVITIES)


def activity(item: Activity) -> Row:
    """One activity."""
    people = ",".join(str(mandate.number) for mandate in item.people)
    return {
        "id": item.number,
        "bt": item.title,
        "lx": KIND_NUMBERS[item.kind],
        "zt": item.theme,
        "sj": stamp(item.day),
        "zhan_id": item.station.number,
        "lxr": f"联络员 {make_phone(95_000_000 + item.number)}",
        "jssj": stamp(item.day),
        "nr": f"围绕{item.title}开展活动",
        "zj": "形成意见并交有关部门",
        "xmrs": 12 + item.number % 30 if item.kind == RECEPTION else None,
        "shzt": "审核通过",
        "shyj": "内容真实，资料齐全",
        "cyry": LETTERS_OF_PARTS[item.number % 3].format(people),
    }


def opinions(world: World, deputies: Sequence[Mandate]) -> list[Row]:
    """What the people of the city told their deputies."""
    rng = chance("opinions-510681")
    stations = world.places_of("STATION", CODE)
    rows: list[Row] = []
    for number in range(1, OPINIONS + 1):
        station, state = rng.choice(stations), rng.choice((1, 2, 3, 3, 4, 4, 4, 4, 5))
        day = world.congress(CODE).start.replace(year=2025, month=1) + timedelta(
            days=rng.randrange(330)
        )
        at = rng.randrange(len(MATTERS))
        matter = MATTERS[at]
        closed = day + timedelta(days=rng.randrange(3, 60)) if state == CLOSED else None
        rows.append(
            {
                "id": number,
                "nr": f"{matter}，请尽快解决",
                "shnr": matter,
                "xm": make_name(rng, "汉族", rng.random() < 0.5),
                "dh": make_phone(96_000_000 + number),
                "qd": rng.choice((1, 1, 2)),
                "zt": state,
                "sj": stamp(day),
                "bjsj": stamp(closed),
                "xj": rng.choice((3, 4, 5, 5)) if closed else None,
                **led_to(number, state, day, at),
                "zhan_id": station.number,
                "dw_code": station.code,
                "db_id": rng.choice(deputies).number,
            }
        )
    return rows


def led_to(number: int, state: int, day: date, matter: int) -> Row:
    """Where an escalated opinion went: to Deyang, into a suggestion, or to an answer from above."""
    place = number % 3 if state == ESCALATED else None
    return {
        "sjyj_id": f"YJ{number}" if place == 0 else None,
        "jy_id": matter + 1 if place == 1 else None,
        "hfsj": stamp(day + timedelta(days=25)) if place == 2 else None,
        "hfnr": "德阳市有关部门已答复：纳入年度计划。" if place == 2 else None,
    }


def suggestions(deputies: Sequence[Mandate]) -> list[Row]:
    """One suggestion for each matter that people raised; two are not done yet."""
    return [
        {
            "id": number,
            "bt": f"关于解决{matter}问题的建议",
            "db_id": deputies[number].number,
            "tcsj": stamp(SESSION),
            "bjsj": stamp(SESSION + timedelta(days=90)) if number > OPEN else None,
            "zt": "办结" if number > OPEN else "办理中",
        }
        for number, matter in enumerate(MATTERS, 1)
    ]


def learned(deputies: Sequence[Mandate]) -> list[Row]:
    """Who learned what; one row says that more was learned than there is."""
    rng = chance("learning-510681")
    rows: list[Row] = []
    for mandate in deputies:
        for course in rng.sample(range(1, len(COURSES) + 1), 4):
            progress = rng.choice((20, 60, 100, 100, 100))
            finished = mandate.congress.start.replace(year=2025, month=rng.randrange(1, 12))
            rows.append(
                {
                    "id": len(rows) + 1,
                    "kc_id": course,
                    "db_id": mandate.number,
                    "kssj": stamp(finished - timedelta(days=10)),
                    "hg": "是" if progress == 100 else "否",
                    "xs": 2 if progress == 100 else 0,
                    "jd": progress if len(rows) + 1 != TOO_FAR else 120,
                    "wcsj": stamp(finished) if progress == 100 else None,
                    "cj": rng.randrange(60, 101) if progress == 100 else None,
                }
            )
    return rows
