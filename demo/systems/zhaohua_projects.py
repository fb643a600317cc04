"""Zhaohua: its thirty livelihood projects of three levels, as an Excel workbook.

A sheet of its own keeps suggestions of a town that was merged and of the one that followed.
The province's and the city's carry the district as their place. The city's are judged as a whole
list only, the district's one by one, the province's not here.
"""

from __future__ import annotations

from datetime import date
from random import Random

from demo.chance import chance
from demo.systems.zhaohua import CODE, mandate_key
from demo.tables import Row, Tables
from demo.words import serial
from demo.world import World

YEAR = 2025
PROVINCE, CITY = "510000", "510800"
TITLES = (
    "农村饮水安全巩固提升",
    "学校食堂改造",
    "卫生院标准化建设",
    "农村公路安全生命防护",
    "养老服务站建设",
    "老旧小区改造",
    "公共停车位建设",
    "中心镇污水管网",
    "应急避难场所",
    "就业技能培训",
    "全民健身设施",
    "智慧路灯安装",
    "留守儿童之家",
    "农产品冷链仓储",
)
OF_PROVINCE, OF_CITY, OF_DISTRICT, LOST = 8, 10, 12, 2
FORMER, FOLLOWED = "510811205", "510811106"
"""青牛乡, and 虎跳镇, one of the two that followed in 2019."""
OLD, NEW = 5, 3
MATTERS = (
    "关于硬化通村公路的建议",
    "关于维修山坪塘的建议",
    "关于增设垃圾收集点的建议",
    "关于改善村卫生室条件的建议",
    "关于加强嘉陵江渡口安全管理的建议",
)
QUARTERS = (3, 6, 9, 12)
DISTRICT_VOTERS = 196
STATES = ("已完成", "已完成", "实施中", "滞后")


def tables(world: World) -> Tables:
    """The sheets. Days are serial numbers."""
    rng = chance("projects-510811")
    projects = [
        *(project(rng, f"P{at}", PROVINCE, "昭化区", TITLES[-1 - at]) for at in range(OF_PROVINCE)),
        *(project(rng, f"C{at}", CITY, "昭化区", TITLES[at]) for at in range(OF_CITY)),
        *district_projects(rng),
    ]
    lines = [line for row in projects for line in voted(rng, row)]
    chosen = [row for row in projects if row["状态"] != "未入选"]
    watch_over(world, chosen)
    return {
        "项目": projects,
        "票决": [ballot("C", CITY, OF_CITY, 320), ballot("D", CODE, OF_DISTRICT, DISTRICT_VOTERS)],
        "得票": lines,
        "节点": [milestone(row, month) for row in chosen for month in QUARTERS],
        "资金": [funding(row, source) for row in chosen for source in ("省级资金", "县级资金")],
        "测评": evaluations(projects),
        "建议": suggestions(world),
    }


def watch_over(world: World, projects: list[Row]) -> None:
    """Two deputies of the district watch over each project, named as the register keeps them."""
    deputies = [item for item in world.held("COUNTY", CODE) if item.status == "ACTIVE"]
    for place, row in enumerate(projects):
        watching = deputies[2 * place : 2 * place + 2]
        row["监督代表"] = "、".join(mandate_key(item) for item in watching)


def suggestions(world: World) -> list[Row]:
    """What deputies of a town put before it was merged, and those of its successor since."""
    old, new = world.former(FORMER), world.held("TOWNSHIP", FOLLOWED)
    return [
        *(suggested(f"Q{at}", FORMER, 2018, f"old-{old[at].number}", at) for at in range(OLD)),
        *(suggested(f"H{at}", FOLLOWED, 2024, mandate_key(new[at]), at) for at in range(NEW)),
    ]


def suggested(key: str, code: str, year: int, leader: str, place: int) -> Row:
    """One suggestion to a town's congress, closed long ago."""
    return {
        "编号": key,
        "区划代码": code,
        "标题": MATTERS[place],
        "领衔代表": leader,
        "提出": serial(date(year, 3, 6 + place)),
        "办结": serial(date(year, 6, 6 + place)),
        "状态": "办结",
    }


def district_projects(rng: Random) -> list[Row]:
    """The district's candidates: two more than there are places."""
    made = [project(rng, f"D{at}", CODE, "昭化区", TITLES[at]) for at in range(OF_DISTRICT + LOST)]
    for row in made[OF_DISTRICT:]:
        row.update({"状态": "未入选", "进度": None})
    return made


def project(rng: Random, key: str, code: str, place: str, title: str) -> Row:
    """One project."""
    state = rng.choice(STATES)
    return {
        "编号": key,
        "区划代码": code,
        "年度": YEAR,
        "名称": f"{place}{title}",
        "地点": place,
        "状态": state,
        "责任单位": "区住房和城乡建设局",
        "投资": rng.randrange(30, 900) * 10_000,
        "开工": serial(date(YEAR, 3, 1)),
        "计划完工": serial(date(YEAR, 11, 30)),
        "进度": 100 if state == "已完成" else rng.randrange(40, 95),
        "监督代表": "",
    }


def ballot(key: str, code: str, places: int, voters: int) -> Row:
    """The vote of one congress; the district's had more candidates than places."""
    is_district = code == CODE
    return {
        "编号": key,
        "区划代码": code,
        "年度": YEAR,
        "日期": serial(date(YEAR, 1, 9)),
        "差额": "是" if is_district else "否",
        "候选": places + LOST if is_district else places,
        "应选": places,
        "实到": voters,
    }


def voted(rng: Random, row: Row) -> list[Row]:
    """The votes on a candidate of the city or the district."""
    key = str(row["编号"])
    if key[0] not in "CD":
        return []
    voters = 320 if key[0] == "C" else DISTRICT_VOTERS
    lost = row["状态"] == "未入选"
    against, abstained = rng.randrange(60, 90) if lost else rng.randrange(9), rng.randrange(5)
    return [
        {
            "编号": f"V{key}",
            "票决": key[0],
            "项目": key,
            "赞成": voters - against - abstained,
            "反对": against,
            "弃权": abstained,
            "入选": "否" if lost else "是",
        }
    ]


def milestone(row: Row, month: int) -> Row:
    """What is to be reached in a quarter."""
    done = int(str(row["进度"])) * month // 12
    return {
        "编号": f"{row['编号']}-{month}",
        "项目": row["编号"],
        "节点": f"第{month // 3}季度目标",
        "计划": serial(date(YEAR, month, 28)),
        "进度": done,
    }


def funding(row: Row, source: str) -> Row:
    """Half of the cost from one source."""
    return {
        "编号": f"{row['编号']}-{source}",
        "项目": row["编号"],
        "来源": source,
        "金额": int(str(row["投资"])) // 2,
    }


def evaluations(projects: list[Row]) -> list[Row]:
    """One for each finished project of the district, one for the whole list of the city."""
    return [
        *(
            evaluation(f"E{row['编号']}", CODE, row["编号"], None, (120, 4, 2))
            for row in projects
            if str(row["编号"]).startswith("D") and row["状态"] == "已完成"
        ),
        evaluation("EC", CITY, None, "C", (300, 15, 1)),
    ]


def evaluation(
    key: str, code: str, project: object, ballot: str | None, votes: tuple[int, int, int]
) -> Row:
    """One judgement, of a project or of the list of a ballot."""
    return {
        "编号": key,
        "区划代码": code,
        "年度": YEAR,
        "项目": project,
        "票决": ballot,
        "满意": votes[0],
        "基本": votes[1],
        "不满": votes[2],
    }
