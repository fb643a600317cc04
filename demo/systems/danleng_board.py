"""Danleng's platform: its budget, and the problems found in three of the five aspects."""

from __future__ import annotations

from datetime import date, timedelta

from demo.chance import chance
from demo.tables import Row, Tables
from demo.words import iso
from demo.world import World

CODE, YEAR = "511424", 2025
ASPECTS = {"预算执行": 5, "国资管理": 4, "审计整改": 12}
"""How many problems were found in each aspect."""
NUMBERS = {"预算执行": 1, "国资管理": 2, "审计整改": 3}
"""The numbers that the platform gives to the aspects."""
PROBLEMS = {
    "预算执行": ("专项资金支出进度偏慢", "年初预留项目未细化", "结转资金未及时清理"),
    "国资管理": ("闲置房产未盘活", "国企应收账款清收不力", "公物仓资产账实不符"),
    "审计整改": ("项目超概算", "往来款长期挂账", "政府采购程序不规范", "专项债资金闲置"),
}
CLASSES = (
    ("205", "教育支出", 31_200, 29_840),
    ("208", "社会保障和就业支出", 27_600, 26_950),
    ("210", "卫生健康支出", 18_400, 16_100),
    ("213", "农林水支出", 36_900, 30_260),
    ("214", "交通运输支出", 12_700, 9_810),
)
"""Code, name, budget and execution in units of 10,000 yuan."""
STRUCK_OFF, RECTIFYING = 5, 3
ODDS = 0.62


def tables(world: World) -> Tables:
    """The budget's lines, the items under supervision, and the list of problems."""
    return {"budget": budget(), "supervision": items(world), "problems": problems()}


def budget() -> list[Row]:
    """The total and its classes, in yuan."""
    total = (sum(each[2] for each in CLASSES), sum(each[3] for each in CLASSES))
    return [
        line("0", None, "一般公共预算支出合计", *total),
        *(line(code, "0", name, planned, spent) for code, name, planned, spent in CLASSES),
    ]


def line(code: str, parent: str | None, name: str, planned: int, spent: int) -> Row:
    """One line of the budget."""
    return {
        "id": code,
        "parentId": parent,
        "year": YEAR,
        "name": name,
        "budget": planned * 10_000,
        "done": spent * 10_000,
        "until": f"{YEAR}-12-31",
    }


def items(world: World) -> list[Row]:
    """One item for each aspect."""
    return [
        {
            "id": number,
            "title": f"{YEAR}年{aspect}全过程网上监督",
            "aspect": number,
            "term": world.congress(CODE).term,
            "year": YEAR,
            "begin": f"{YEAR}-01-20",
        }
        for aspect, number in NUMBERS.items()
    ]


def problems() -> list[Row]:
    """The list of problems, most of them struck off."""
    rng = chance("problems-511424")
    rows: list[Row] = []
    for aspect, count in ASPECTS.items():
        for _ in range(count):
            assigned = date(YEAR, 3, 10) + timedelta(days=rng.randrange(100))
            days = rng.randrange(20, 100) if rng.random() < ODDS else None
            rows.append(
                {
                    "id": len(rows) + 1,
                    "itemId": NUMBERS[aspect],
                    "aspect": NUMBERS[aspect],
                    "title": rng.choice(PROBLEMS[aspect]),
                    "year": YEAR,
                    "unit": rng.choice(("县财政局", "县国资局", "县审计局", "县住房和城乡建设局")),
                    "money": rng.randrange(2, 80) * 10_000,
                    "status": RECTIFYING if days is None else STRUCK_OFF,
                    "assignTime": iso(assigned),
                    "deadline": iso(assigned + timedelta(days=110)),
                    "strikeTime": iso(assigned + timedelta(days=days) if days else None),
                }
            )
    return rows
