"""The real divisions of the demonstration, and how big its invented congresses are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from hub.divisions import DATA, Listed, has_congress, level_of, read_lists
from hub.subjects.divisions import Level


@dataclass(frozen=True, slots=True)
class Town:
    """A township or subdistrict of today. `is_new` where it was made by the mergers of 2020."""

    code: str
    name: str
    has_congress: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class County:
    """A county of the demonstration.

    `deputies` sit in its congress, `town_size` in that of each of its townships; `shared` of them
    sit in both, `in_prefecture` and `in_province` of them in those above as well.
    """

    code: str
    name: str
    term: int
    opened: date
    deputies: int
    town_size: int
    shared: int
    in_prefecture: int
    in_province: int
    town_term: int = 20

    @property
    def prefecture(self) -> str:
        """Code of the prefecture it belongs to."""
        return f"{self.code[:4]}00"


COUNTIES = (
    County("510121", "金堂县", 19, date(2021, 11, 22), 330, 92, 74, 0, 6),
    County("510681", "广汉市", 19, date(2021, 11, 24), 280, 92, 72, 45, 0),
    County("510704", "游仙区", 8, date(2021, 11, 18), 262, 82, 64, 15, 4),
    County("510811", "昭化区", 8, date(2021, 11, 16), 208, 66, 78, 45, 0, town_term=2),
    County("511025", "资中县", 19, date(2021, 11, 25), 345, 84, 110, 15, 4),
    County("511424", "丹棱县", 19, date(2021, 11, 19), 165, 72, 44, 8, 2),
)
"""The counties of the article. Zhaohua counts its townships' terms anew since the mergers."""

PREFECTURES = {
    "510100": ("成都市", 18, date(2022, 1, 10), 600),
    "510600": ("德阳市", 9, date(2022, 1, 12), 410),
    "510700": ("绵阳市", 8, date(2022, 1, 13), 480),
    "510800": ("广元市", 8, date(2022, 1, 11), 345),
    "511000": ("内江市", 8, date(2022, 1, 14), 400),
    "511400": ("眉山市", 5, date(2022, 1, 15), 350),
}
"""Code: name, term, opening day, seats. Of 510600 and 510800 all deputies are there."""

PROVINCE = ("510000", "四川省", 14, date(2023, 1, 11), 760)
NATION = ("000000", "中华人民共和国", 14, date(2023, 3, 5), 2980)

TOWN_OPENED = date(2021, 10, 20)
NEW_TOWN_TERM = 2

COUNTIES_OF = {
    "510600": ("旌阳区", "罗江区", "中江县", "什邡市", "绵竹市"),
    "510800": ("利州区", "朝天区", "旺苍县", "青川县", "剑阁县", "苍溪县"),
}
"""The other counties that elect the deputies of the two prefectures."""


@cache
def listed() -> tuple[Listed, ...]:
    """The rows of `data/divisions.csv` inside Sichuan."""
    return tuple(row for row in read_lists(DATA) if row.code.startswith("51"))


@cache
def towns(county: str) -> tuple[Town, ...]:
    """The townships and subdistricts of a county today, by code."""
    today = max(row.last_listed for row in listed())
    first = min(row.first_listed for row in listed())
    known = {row.code for row in listed() if row.first_listed == first}
    return tuple(
        Town(row.code, row.name, has_congress(row.code, row.name, Level.TOWNSHIP),
             row.code not in known)
        for row in sorted(listed(), key=lambda row: row.code)
        if row.parent_code == county and row.last_listed == today and row.code[6:] < "400"
    )  # fmt: skip


@cache
def prefectures() -> tuple[tuple[str, str], ...]:
    """Code and name of the prefectures of the province today."""
    today = max(row.last_listed for row in listed())
    found = (row for row in listed() if level_of(row.code) is Level.PREFECTURE)
    return tuple(sorted((row.code, row.name) for row in found if row.last_listed == today))
