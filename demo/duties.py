"""What deputies of the invented world do: activities, learning and points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from demo.chance import chance
from demo.facts import Mandate, Place

FIRST_DAY = date(2025, 1, 6)
DAYS = 350
THEMES = ("绿色低碳监督", "公共服务体验", "乡村振兴")
TITLES = {
    "视察": "{}重点项目建设视察",
    "专题调研": "{}养老服务专题调研",
    "执法检查": "{}安全生产法执法检查",
    "小组活动": "{}代表小组学习交流",
    "接待选民": "{}代表接待选民日",
    "述职": "{}代表述职评议会",
    "列席": "列席{}政府常务会议",
    "培训": "{}代表履职培训",
    "主题活动": "{}人大代表主题活动",
}
KINDS = tuple(TITLES)
RECEPTION = "接待选民"
THEMED = "主题活动"


@dataclass(slots=True)
class Activity:
    """One activity with everybody who took part."""

    number: int
    kind: str
    theme: str
    title: str
    day: date
    station: Place
    people: list[Mandate]


def make_activities(
    place: str, deputies: Sequence[Mandate], stations: Sequence[Place], count: int
) -> list[Activity]:
    """`count` activities of a congress over one year, the same in every run."""
    rng = chance(f"activities-{place}")
    made = []
    for number in range(1, count + 1):
        kind, station = rng.choice(KINDS), rng.choice(stations)
        theme = rng.choice(THEMES) if kind == THEMED else ""
        day = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
        where = station.name.removesuffix("代表联络站") if kind == RECEPTION else place
        title = TITLES[kind].format(where) + (f"（{theme}）" if theme else "")
        people = rng.sample(deputies, rng.randrange(4, 40) if kind != RECEPTION else 3)
        made.append(Activity(number, kind, theme, title, day, station, people))
    return made


@dataclass(frozen=True, slots=True)
class Item:
    """An item of scoring: what a unit gives, and the most of a year; none: no ceiling."""

    number: int
    name: str
    part: str
    unit: str
    each: float
    most: float | None


CAPPED = (
    Item(1, "出席人代会会议", "会议期间", "半天", 2, 20),
    Item(2, "提出议案建议", "会议期间", "件", 3, 15),
    Item(3, "参加视察调研执法检查", "闭会期间", "次", 3, 15),
    Item(4, "参加小组活动", "闭会期间", "次", 2, 10),
    Item(5, "接待选民", "闭会期间", "次", 2, 15),
    Item(6, "向选民述职", "闭会期间", "次", 10, 10),
    Item(7, "学习培训", "自身建设", "学时", 1, 15),
)
"""Guanghan's items: 100 points at most."""
UNCAPPED = (
    Item(1, "参加代表活动", "闭会期间", "次", 2.5, None),
    Item(2, "提出议案建议", "会议期间", "件", 5, None),
    Item(3, "请假", "会议期间", "半天", -1, None),
)
"""Deyang's items: points are added without a ceiling."""


@dataclass(frozen=True, slots=True)
class Score:
    """Points of one mandate for one item in a year."""

    mandate: Mandate
    item: Item
    quantity: int
    points: float


def make_scores(subject: str, deputies: Sequence[Mandate], items: Sequence[Item]) -> list[Score]:
    """The points of every deputy for every item of a year."""
    rng = chance(f"scores-{subject}")
    made = []
    for mandate in deputies:
        for item in items:
            quantity = rng.randrange(0, 9)
            points = quantity * item.each
            most = points if item.most is None else item.most
            made.append(Score(mandate, item, quantity, min(points, most)))
    return made


def numbered(kinds: Sequence[str]) -> Mapping[str, int]:
    """The numbers that a product gives to a list of words."""
    return {word: number for number, word in enumerate(kinds, 1)}
