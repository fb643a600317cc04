"""Danleng's platform: its budget, and the problems found in three of the five aspects."""

from __future__ import annotations

from datetime import date, timedelta

from demo.chance import chance
from demo.facts import Mandate
from demo.tables import Row, Tables
from demo.words import iso
from demo.world import World

CODE, YEAR = "511424", 2025
ASPECTS = {"预算执行": 5, "国资管理": 4, "审计整改": 12}
"""How many problems were found in each aspect."""
NUMBERS = {"预算执行": 1, "国资管理": 2, "审计整改": 3}
"""The numbers that the platform gives to the aspects."""
ABOUT = {"民生实事项目": 4, "建议办理": 5}
"""The items about one project and about one suggestion, which found one problem each."""
PROBLEMS = {
    "预算执行": ("专项资金支出进度偏慢", "年初预留项目未细化", "结转资金未及时清理"),
    "国资管理": ("闲置房产未盘活", "国企应收账款清收不力", "公物仓资产账实不符"),
    "审计整改": ("项目超概算", "往来款长期挂账", "政府采购程序不规范", "专项债资金闲置"),
}
ASSETS = ("企业国有资产", "行政事业性国有资产", "国有自然资源")
CLASSES = (
    ("205", "教育支出", 31_200, 29_840),
    ("208", "社会保障和就业支出", 27_600, 26_950),
    ("210", "卫生健康支出", 18_400, 16_100),
    ("213", "农林水支出", 36_900, 30_260),
    ("214", "交通运输支出", 12_700, 9_810),
)
"""Code, name, budget and execution in units of 10,000 yuan."""
SPENDERS = {"205": 1, "208": 3, "210": 6, "213": 4, "214": 2}
"""Which of the handling bodies spends a class."""
SLOW = 80
"""Percent of the budget below which a class is slow at the end of the year."""
MEMBERS = 3
RUNNING, DONE = 1, 2
STRUCK_OFF, RECTIFYING = 5, 3
ODDS = 0.62


def tables(world: World, project: int) -> Tables:
    """The budget's lines, the items under supervision, and the list of problems.

    `project` is the number of the project that is supervised.
    """
    return {
        "budget": budget(),
        "supervision": items(world, project),
        "problems": problems(project),
    }


def budget() -> list[Row]:
    """The total and its classes, in yuan."""
    total = (sum(each[2] for each in CLASSES), sum(each[3] for each in CLASSES))
    return [
        line("0", None, "一般公共预算支出合计", *total, None),
        *(
            line(code, "0", name, planned, spent, SPENDERS[code])
            for code, name, planned, spent in CLASSES
        ),
    ]


def line(
    code: str, parent: str | None, name: str, planned: int, spent: int, unit: int | None
) -> Row:
    """One line of the budget."""
    return {
        "id": code,
        "parentId": parent,
        "year": YEAR,
        "name": name,
        "budget": planned * 10_000,
        "done": spent * 10_000,
        "adjusted": (planned + spent) // 2 * 10_000,
        "alert": "执行进度偏慢" if spent * 100 < planned * SLOW else None,
        "unitId": unit,
        "until": f"{YEAR}-12-31",
    }


ROLES = ("组长", "成员", "成员")


def items(world: World, project: int) -> list[Row]:
    """One item for each aspect."""
    deputies = [each for each in world.held("COUNTY", CODE) if each.status == "ACTIVE"]
    numbers = {**NUMBERS, **ABOUT}
    return [
        {
            "id": number,
            "title": f"{YEAR}年{aspect}全过程网上监督",
            "aspect": number,
            "term": world.congress(CODE).term,
            "year": YEAR,
            "begin": f"{YEAR}-01-20",
            "end": f"{YEAR}-12-20" if aspect in ABOUT else None,
            "status": DONE if aspect in ABOUT else RUNNING,
            "unitId": 1 + number,
            "projectId": project if number == ABOUT["民生实事项目"] else None,
            "suggestionId": 1 if number == ABOUT["建议办理"] else None,
            "meeting": f"S{CODE}",
            "satisfied": 1 if aspect in ABOUT else None,
            "members": [
                member(each, role, ended=aspect in ABOUT)
                for each, role in zip(deputies[number * MEMBERS :], ROLES, strict=False)
            ],
        }
        for aspect, number in numbers.items()
    ]


def member(deputy: Mandate, role: str, *, ended: bool) -> Row:
    """A member of the group that watches over an item."""
    to = f"{YEAR}-12-20" if ended else None
    return {"deputy": deputy.number, "role": role, "from": f"{YEAR}-01-20", "to": to}


def problems(project: int) -> list[Row]:
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
                    "findTime": iso(assigned - timedelta(days=5)),
                    "unitId": None,
                    "projectId": None,
                    "suggestionId": None,
                    "assets": ASSETS[len(rows) % 3] if aspect == "国资管理" else None,
                }
            )
    return [corrected(row) for row in [*rows, *found_in_one(len(rows), project)]]


def found_in_one(count: int, project: int) -> list[Row]:
    """A problem of the project, and one of the suggestion, that are supervised."""
    return [
        {
            "id": count + place,
            "itemId": number,
            "aspect": number,
            "title": title,
            "year": YEAR,
            "unit": "县交通运输局",
            "unitId": 2,
            "projectId": project if number == ABOUT["民生实事项目"] else None,
            "suggestionId": 1 if number == ABOUT["建议办理"] else None,
            "assets": None,
            "money": None,
            "status": STRUCK_OFF,
            "findTime": f"{YEAR}-05-12",
            "assignTime": f"{YEAR}-05-20",
            "deadline": f"{YEAR}-08-31",
            "strikeTime": f"{YEAR}-08-20",
        }
        for place, (number, title) in enumerate(
            ((4, "路面养护期不足"), (5, "答复前未与代表沟通")), 1
        )
    ]


def corrected(row: Row) -> Row:
    """The problem with what shows that it is right: half of the money is back before that."""
    gone = row["strikeTime"]
    money = row["money"]
    share = None if money is None else int(str(money)) // (1 if gone else 2)
    return row | {
        "submitTime": gone,
        "done": share,
        "proof": "整改报告及佐证材料已核验" if gone else None,
        "satisfied": 1 if gone else None,
    }
