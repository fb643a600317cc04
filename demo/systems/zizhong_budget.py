"""Zizhong: the county's budget down to single projects with their payments, and its supervision.

CSV lists in GBK, as the finance bureau's program puts them down. One amount has its unit in it.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from demo.chance import chance
from demo.systems.zizhong import CODE
from demo.tables import Row, Tables
from demo.words import iso
from demo.world import World

YEAR = 2025
CLASSES = (
    ("205", "教育支出", "县教育和体育局"),
    ("208", "社会保障和就业支出", "县人力资源和社会保障局"),
    ("210", "卫生健康支出", "县卫生健康局"),
    ("211", "节能环保支出", "资中生态环境局"),
    ("212", "城乡社区支出", "县住房和城乡建设局"),
    ("213", "农林水支出", "县农业农村局"),
    ("214", "交通运输支出", "县交通运输局"),
    ("207", "文化旅游体育与传媒支出", "县文化广播电视和旅游局"),
)
PROJECTS = ("改扩建工程", "维修改造", "设备购置", "能力提升", "专项补助", "信息化建设")
PAYMENTS = 18
LIVELIHOOD = "01"
"""The first project of each class is a livelihood project."""
ADJUSTED, SLOW = 104, 50
"""The adjusted amount in percent of the first; below how many percent a line is slow."""
FIRST_ASSETS, GROWTH = YEAR - 1, 3
"""The first year that is told of, and by how many percent of it assets grow in a year."""
VALUES = (4_200_000, 2_950_000, 6_100_000, 380_000)
"""What each class was worth before, in units of 10,000 yuan."""
SPECIAL_DELIBERATION = 2
"""The item that deliberated the report."""
ASSETS = ("企业国有资产", "行政事业性国有资产", "国有自然资源", "国有金融资本")
FORMS = (
    ("集体视察", "预算执行"),
    ("专项审议", "国资管理"),
    ("专题调研", "民生实事项目"),
    ("执法检查", ""),
    ("专项工作报告", "审计整改"),
    ("联网监督", "预算执行"),
    ("专题询问", "建议办理"),
)
PROBLEMS = ("进度滞后", "手续不全", "资金闲置")
ASPECTS = {"预算执行": 8, "国资管理": 6, "审计整改": 27}
"""How many problems were found in each aspect."""


def tables(world: World) -> Tables:
    """The lists, by the names of their files."""
    rng = chance("budget-511025")
    lines, payments = budget(rng)
    lines[-1]["预算数"] = "1,200万元"
    return {
        "单位": [{"编号": number, "名称": each[2]} for number, each in enumerate(CLASSES, 1)],
        "民生实事项目": projects(lines),
        "预算": lines,
        "支付": [row for row in payments if row["科目编号"] != lines[-1]["编号"]],
        "国有资产": state_assets(),
        "监督事项": [item(world, number) for number in range(len(FORMS))],
        "问题清单": findings(rng),
    }


def budget(rng: Random) -> tuple[list[Row], list[Row]]:
    """The lines from the total down, in amounts that add up, and the payments of projects."""
    lines: list[Row] = [line("0", "", "一般公共预算支出合计", "", 0, 0)]
    payments: list[Row] = []
    for code, name, body in CLASSES:
        lines.append(line(code, "0", name, body, 0, 0))
        for number, project in enumerate(PROJECTS, 1):
            key, amounts = f"{code}{number:02}", [rng.randrange(5, 60) * 10_000 for _ in range(18)]
            paid = amounts[: rng.randrange(4, PAYMENTS)]
            lines.append(line(key, code, f"{name[:2]}{project}", body, sum(amounts), sum(paid)))
            payments.extend(payment(rng, key, at, amount) for at, amount in enumerate(paid, 1))
    add_up(lines)
    for row in lines:
        watch(row)
    return lines, payments


def spender(body: str) -> int | str:
    """The number of the body that spends, in the list of bodies; nothing for a total."""
    return next((at for at, each in enumerate(CLASSES, 1) if each[2] == body), "")


def line(key: str, parent: str, name: str, body: str, budgeted: int, executed: int) -> Row:
    """One line of the list."""
    return {
        "编号": key,
        "上级": parent,
        "科目或项目": name,
        "单位": body,
        "单位编号": spender(body),
        "民生项目": f"MS{key}" if key[-2:] == LIVELIHOOD else "",
        "预算数": budgeted,
        "执行数": executed,
        "截止日期": iso(date(YEAR, 12, 31)),
    }


def watch(row: Row) -> None:
    """The adjusted amount, and the alert of a line that is spent slowly."""
    budgeted, executed = int(str(row["预算数"])), int(str(row["执行数"]))
    row["调整预算数"] = budgeted * ADJUSTED // 100
    row["预警"] = "执行进度偏慢" if executed * 100 < budgeted * SLOW else ""


def projects(lines: list[Row]) -> list[Row]:
    """The livelihood projects that some lines pay for."""
    return [
        {
            "编号": row["民生项目"],
            "名称": f"资中县{row['科目或项目']}",
            "年度": YEAR,
            "投资": row["预算数"],
            "状态": "实施中",
            "责任单位编号": row["单位编号"],
        }
        for row in lines
        if row["民生项目"]
    ]


def add_up(lines: list[Row]) -> None:
    """The amounts of classes and of the total are the sums of their projects'."""
    by_key = {row["编号"]: row for row in lines}
    for row in lines:
        parent = by_key.get(row["上级"])
        if parent is not None and parent["编号"] != "0":
            add(parent, row)
            add(by_key["0"], row)


def add(above: Row, row: Row) -> None:
    """Add the amounts of a line to one above it."""
    for column in ("预算数", "执行数"):
        above[column] = int(str(above[column])) + int(str(row[column]))


def payment(rng: Random, key: str, number: int, amount: int) -> Row:
    """One payment of a project."""
    return {
        "凭证号": f"{key}-{number:03}",
        "科目编号": key,
        "金额": f"{amount:,}",
        "支付日期": iso(date(YEAR, 1, 15) + timedelta(days=rng.randrange(340))),
        "用途": "工程进度款" if number % 3 else "质保金",
        "收款人": f"资中某建设有限公司第{rng.randrange(1, 9)}分公司",
    }


def item(world: World, number: int) -> Row:
    """One supervision item."""
    form, aspect = FORMS[number]
    is_of_assets = aspect == "国资管理"
    subject = "国有资产" if is_of_assets else CLASSES[number][1].removesuffix("支出")
    return {
        "编号": number + 1,
        "标题": f"{YEAR}年{form}：{subject}",
        "形式": form,
        "方面": aspect,
        "状态": "跟踪督办" if aspect else "已办结",
        "年度": YEAR,
        "届次": world.congress(CODE).term,
        "对象": CLASSES[number][2],
        "对象编号": number + 1,
        "项目": f"MS{CLASSES[number][0]}{LIVELIHOOD}" if aspect == "民生实事项目" else "",
        "结束": "" if aspect else iso(date(YEAR, 11, 28)),
        "测评": "" if aspect else "满意",
        "开始": iso(date(YEAR, 2 + number, 10)),
    }


def state_assets() -> list[Row]:
    """What the county owned at the end of two years, by class, as its yearly report tells."""
    return [
        {
            "编号": f"{year}-{place}",
            "年度": year,
            "类别": name,
            "上年末": value * (100 + (year - FIRST_ASSETS) * GROWTH) * 100,
            "年末": value * (100 + (year - FIRST_ASSETS + 1) * GROWTH) * 100,
            "报告": f"资中县{year}年度国有资产管理情况的综合报告",
            "报告日期": iso(date(year + 1, 3, 28)),
            "监督事项": SPECIAL_DELIBERATION if year == YEAR else "",
        }
        for year in (FIRST_ASSETS, YEAR)
        for place, (name, value) in enumerate(zip(ASSETS, VALUES, strict=True), 1)
    ]


def findings(rng: Random) -> list[Row]:
    """The lists of problems."""
    rows: list[Row] = []
    sources = {aspect: number for number, (_, aspect) in enumerate(FORMS, 1)}
    for aspect, count in ASPECTS.items():
        for _ in range(count):
            assigned = date(YEAR, 3, 1) + timedelta(days=rng.randrange(120))
            is_done = rng.random() < 0.6
            done = assigned + timedelta(days=rng.randrange(20, 90)) if is_done else None
            rows.append(
                {
                    "问题编号": len(rows) + 1,
                    "事项": sources[aspect],
                    "方面": aspect,
                    "问题": rng.choice(CLASSES)[1] + rng.choice(PROBLEMS),
                    "年度": YEAR,
                    "责任单位": rng.choice(CLASSES)[2],
                    "金额": rng.randrange(1, 90) * 10_000,
                    "时限": rng.choice(("限期整改", "限期整改", "持续整改")),
                    "状态": "已销号" if is_done else "整改中",
                    "交办": iso(assigned),
                    "期限": iso(assigned + timedelta(days=100)),
                    "发现": iso(assigned - timedelta(days=7)),
                    "提交": iso(done),
                    "资产类别": ASSETS[len(rows) % len(ASSETS)] if aspect == "国资管理" else "",
                    "佐证": "整改报告" if done else "",
                    "测评": "满意" if done else "",
                    "销号": iso(done),
                }
            )
    return rows
