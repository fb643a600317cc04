"""Real divisions of the generated world, and invented villages."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from random import Random

DIVISIONS = Path(__file__).parents[3] / "data" / "divisions.csv"
STEMS = "清长双龙金白石永合天太青新红大柏高三月桥沙茶松梅杨柳黄平安观"
TAILS = "山河桥溪岭坪坝湾店庙堰台坡沟田林井泉峰塘"


@dataclass(frozen=True, slots=True)
class Town:
    """A township with a congress; `county` and the like are codes."""

    code: str
    name: str
    county: str
    county_name: str
    prefecture: str
    prefecture_name: str
    villages: tuple[str, ...]


def read_towns(provinces: tuple[str, ...] = ("51",)) -> list[Town]:
    """The townships of some provinces, by code."""
    with DIVISIONS.open(encoding="utf-8", newline="") as lines:
        rows = {row["code"]: row for row in csv.DictReader(lines)}
    return [
        _town(code, row["name"], rows)
        for code, row in sorted(rows.items())
        if len(code) == 9
        and code[:2] in provinces
        and 100 <= int(code[6:]) < 400
        and row["last_listed"].startswith("2023")
        and not code[4:6].startswith("7")
    ]


def _town(code: str, name: str, rows: dict[str, dict[str, str]]) -> Town:
    county, prefecture = code[:6], code[:4] + "00"
    rng = Random(code)  # noqa: S311 - invented people, no secret
    villages = {rng.choice(STEMS) + rng.choice(TAILS) + "村" for _ in range(14)}
    return Town(
        code,
        name,
        county,
        rows[county]["name"],
        prefecture,
        rows.get(prefecture, rows[county])["name"],
        tuple(sorted(villages)),
    )
