"""Guanghan: special supervision of one building, the new hall of the Sanxingdui museum.

From link to link: plan, notice, visits, report, deliberation, opinions, rectification, acceptance.
"""

from __future__ import annotations

from datetime import date

from demo.filings import COMPLETE, filed
from demo.systems.guanghan import CODE
from demo.tables import Row, Tables
from demo.words import iso, stamp
from demo.world import World

PROJECT = "三星堆博物馆新馆建设"
ITEM = 1
STAGES = (
    ("方案", "制定专项监督方案", date(2022, 3, 10), date(2022, 3, 11)),
    ("监督通知", "通知市文化旅游局和建设单位", date(2022, 3, 18), date(2022, 3, 18)),
    ("现场督查", "查看基础和主体结构", date(2022, 5, 20), date(2022, 5, 24)),
    ("现场督查", "查看展陈和文物库房", date(2022, 11, 15), date(2022, 11, 22)),
    ("听取报告", "听取建设进展专项报告", date(2023, 1, 12), date(2023, 1, 12)),
    ("审议", "常委会会议审议", date(2023, 1, 13), date(2023, 1, 13)),
    ("审议意见交办", "审议意见交市人民政府", date(2023, 1, 20), date(2023, 1, 20)),
    ("整改落实", "逐项整改", date(2023, 5, 31), date(2023, 6, 15)),
    ("竣工验收", "工程竣工验收", date(2023, 6, 30), date(2023, 7, 12)),
    ("满意度测评", "常委会满意度测评", date(2023, 9, 20), None),
)
PROBLEMS = (
    ("库房恒温恒湿设备到货滞后", date(2022, 5, 24), date(2022, 8, 31), date(2022, 8, 12)),
    ("施工扬尘控制不到位", date(2022, 5, 24), date(2022, 6, 10), date(2022, 6, 8)),
    ("游客停车场与公交接驳不足", date(2022, 11, 22), date(2023, 6, 30), date(2023, 6, 15)),
    ("周边道路指示标志不全", date(2022, 11, 22), date(2023, 3, 31), None),
)
MEMBERS = 6
BODIES = ("文化广播电视和旅游局", "住房和城乡建设局", "交通运输局", "综合行政执法局")
MUSEUM = "museum"
"""The key of the building among the city's livelihood projects."""
RESPONSIBLE = (1, 4, 3, 3)
"""Which body has to put each problem right."""


def tables(world: World) -> Tables:
    """The item with its members in one column, its links, and its problems."""
    deputies = [item for item in world.held("COUNTY", CODE) if item.status == "ACTIVE"]
    return {
        "lz_danwei": [
            {"id": number, "mc": f"广汉市{name}"} for number, name in enumerate(BODIES, 1)
        ],
        "lz_jiandu": [
            {
                "id": ITEM,
                "bt": f"{PROJECT}专项监督",
                "xs": "专项监督",
                "nd": 2022,
                "zt": "跟踪督办",
                "dx": f"广汉市{BODIES[0]}",
                "dw_id": 1,
                "xm_id": MUSEUM,
                "kssj": stamp(STAGES[0][2]),
                "yj": "加快配套设施建设，确保文物安全和如期开馆",
                "gz": "四个问题已整改三个，其余纳入跟踪督办",
                "cyry": ",".join(str(item.number) for item in deputies[:MEMBERS]),
            }
        ],
        **projects(world),
        "lz_huanjie": [stage(number) for number in range(len(STAGES))],
        "lz_wenti": [problem(number) for number in range(len(PROBLEMS))],
    }


def projects(world: World) -> Tables:
    """The city's livelihood projects, and the building among them."""
    made = filed(world, CODE)
    building: Row = {
        "id": MUSEUM,
        "year": 2022,
        "title": PROJECT,
        "class": "文化",
        "state": COMPLETE,
        "progress": 100,
        "started": iso(date(2022, 3, 29)),
        "finished": iso(STAGES[-2][3]),
    }
    return {**made, "ms_projects": [*made["ms_projects"], building]}


def stage(number: int) -> Row:
    """One link."""
    kind, name, planned, reached = STAGES[number]
    return {
        "id": number + 1,
        "jd_id": ITEM,
        "lx": kind,
        "mc": name,
        "jhsj": stamp(planned),
        "wcsj": stamp(reached),
        "qk": f"{name}：已完成" if reached else "尚未进行",
    }


def problem(number: int) -> Row:
    """One problem that a visit found."""
    title, found, due, gone = PROBLEMS[number]
    return {
        "id": number + 1,
        "jd_id": ITEM,
        "wt": title,
        "dw_id": RESPONSIBLE[number],
        "xm_id": MUSEUM,
        "nd": found.year,
        "zt": "已销号" if gone else "整改中",
        "fxsj": stamp(found),
        "qx": stamp(due),
        "xhsj": stamp(gone),
    }
