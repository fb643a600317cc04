"""How systems write what the invented world holds: words, codes and dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone

from demo.facts import Mandate

CHINA = timezone(timedelta(hours=8))
EXCEL_DAY_0 = date(1899, 12, 30)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")

STATUSES = {
    "ACTIVE": "在任",
    "SUSPENDED": "暂停执行代表职务",
    "TERMINATED": "代表资格终止",
    "EXPIRED": "任期届满",
    "ELECTED_PENDING_REVIEW": "当选待审查",
}
REASONS = {
    "": "",
    "IN_CUSTODY": "被羁押",
    "MOVED_AWAY": "调离",
    "RESIGNED": "辞职",
    "DIED": "去世",
    "ABSENT_TWICE": "两次缺席",
    "RECALLED": "罢免",
    "DIVISION_ABOLISHED": "行政区划撤销",
}
POSTS = {
    "": "",
    "CHAIR": "常委会主任",
    "VICE_CHAIR": "常委会副主任",
    "SECRETARY_GENERAL": "秘书长",
    "MEMBER": "常委会委员",
    "PRESIDIUM_CHAIR": "主席",
    "PRESIDIUM_VICE_CHAIR": "副主席",
    "PRESIDIUM_MEMBER": "主席团成员",
}
ENTRIES = {"GENERAL_ELECTION": "换届选举", "BY_ELECTION": "补选"}
STATUS_NUMBERS = {
    "TERMINATED": 0,
    "ACTIVE": 1,
    "SUSPENDED": 2,
    "ELECTED_PENDING_REVIEW": 3,
    "EXPIRED": 4,
}
ETHNICITY_CODES = {
    "汉族": "01", "回族": "03", "藏族": "04", "苗族": "06", "彝族": "07", "土家族": "15",
    "羌族": "33",
}  # fmt: skip
AFFILIATION_CODES = {
    "中共党员": "01", "民革党员": "04", "民盟盟员": "05", "民建会员": "06", "农工党党员": "08",
    "九三学社社员": "10", "无党派人士": "12", "群众": "13",
}  # fmt: skip
EDUCATION_CODES = {
    "博士研究生": "11", "硕士研究生": "14", "大学本科": "21", "大学专科": "31", "高中": "61",
    "初中": "71",
}  # fmt: skip


def status_word(mandate: Mandate) -> str:
    """State of a mandate in the words of the Deputies Law."""
    return STATUSES[mandate.status]


def iso(day: date | None) -> str:
    """2021-11-16, or nothing."""
    return day.isoformat() if day else ""


def stamp(day: date | None) -> int | None:
    """Seconds since 1970 at the beginning of the day in China."""
    if day is None:
        return None
    return int(datetime(day.year, day.month, day.day, tzinfo=CHINA).timestamp())


def serial(day: date | None) -> int | None:
    """The number under which Excel keeps a day."""
    return (day - EXCEL_DAY_0).days if day else None


def spaced(name: str) -> str:
    """A name of two characters with a wide blank between, as lists align them."""
    return "\u3000".join(name) if len(name) == 2 else name


def chosen(row: Mapping[str, object], names: str) -> dict[str, object]:
    """The columns `names` of a row, in that order."""
    return {name: row[name] for name in names.split()}
