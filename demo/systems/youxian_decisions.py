"""Youxian: meetings of the standing committee, whom they appointed and what they decided."""

from __future__ import annotations

from datetime import date, timedelta

from demo.chance import chance
from demo.filings import filed
from demo.names import make_name
from demo.systems.youxian import CODE
from demo.tables import Row, Tables
from demo.words import iso
from demo.world import World

MEETINGS, APPOINTED, DECIDED = 24, 6, 3
FIRST = date(2022, 2, 24)
PRESENT = (26, 27, 28, 29)
POSTS = (
    ("区人民政府", "副区长", "任命"),
    ("区监察委员会", "委员", "任命"),
    ("区人民法院", "审判员", "任命"),
    ("区人民检察院", "检察员", "任命"),
    ("区发展和改革局", "局长", "决定任命"),
    ("区人民法院", "陪审员", "免去"),
    ("区财政局", "局长", "免去"),
    ("区人民政府", "副区长", "接受辞职"),
)
MATTERS = (
    ("关于批准{}年财政预算调整方案的决定", "预算调整", "区财政局"),
    ("关于批准{}年财政决算的决定", "决算", "区财政局"),
    ("关于{}年政府债务限额的决定", "政府债务", "区财政局"),
    ("关于加强饮用水水源地保护的决定（{}）", "生态环境", "游仙生态环境局"),
    ("关于开展{}年法治宣传教育的决定", "法治建设", "区司法局"),
    ("关于批准{}年重大建设项目计划的决定", "重大项目", "区发展和改革局"),
)
"""What is decided, its subject, and who has to carry it out."""
SUPERVISED = (
    ("专项工作报告", "区人民政府"),
    ("执法检查", "游仙生态环境局"),
    ("专题询问", "区教育和体育局"),
    ("专题调研", "区农业农村局"),
)
"""The forms of supervision, and who was supervised."""
BODIES = (*dict.fromkeys([*(body for *_, body in MATTERS), *(body for _, body in SUPERVISED)]),)
APPOINTING = ("任命", "决定任命")
PROPOSERS = {
    "区人民政府": "区长",
    "区监察委员会": "区监察委员会主任",
    "区人民法院": "区人民法院院长",
    "区人民检察院": "区人民检察院检察长",
}
EVERY_SO_MANY = 9
"""Of so many who are appointed or removed one is a deputy."""
REPORT_AFTER = 180
"""Days after which the execution of a decision is to be reported."""
LAST_REPORT = date(2025, 9, 30)


def tables(world: World) -> Tables:
    """The lists of the committee, and those of the livelihood projects."""
    rng = chance("decisions-510704")
    term = world.congress(CODE).term
    meetings: list[Row] = []
    appointments: list[Row] = []
    decisions: list[Row] = []
    deputies = [item for item in world.held("COUNTY", CODE) if item.status == "ACTIVE"]
    for number in range(1, MEETINGS + 1):
        day, present = FIRST + timedelta(days=56 * number), rng.choice(PRESENT)
        meetings.append(meeting(number, term, day, present))
        for _ in range(APPOINTED):
            organ, post, kind = rng.choice(POSTS)
            at = len(appointments) + 1
            name = make_name(rng, "汉族", rng.random() < 0.4)
            deputy = None if at % EVERY_SO_MANY else deputies[at]
            appointments.append(
                {"id": at, "meeting": number, "organ": organ, "post": post, "kind": kind,
                 "name": deputy.person.name if deputy else name,
                 "deputy": deputy.number if deputy else None,
                 "proposer": PROPOSERS.get(organ, "区长"),
                 "result": "通过", "oath": int(kind in APPOINTING),
                 "no": f"游人常发〔{day.year}〕{at}号",
                 "day": iso(day), **votes(present, rng.randrange(3))}
            )  # fmt: skip
        for title, category, body in rng.sample(MATTERS, DECIDED):
            decisions.append(
                decision(len(decisions) + 1, number, day, title.format(day.year), category, body)
                | votes(present, rng.randrange(2))
            )
    appointments[-1]["for"] = PRESENT[-1] + 1
    return {
        "meetings": meetings,
        "appointments": appointments,
        "decisions": decisions,
        "supervision": supervision(term),
        "bodies": [{"id": number, "name": name} for number, name in enumerate(BODIES, 1)],
        **filed(world, CODE),
    }


def meeting(number: int, term: int, day: date, present: int) -> Row:
    """One meeting of the standing committee."""
    return {
        "id": number,
        "title": f"游仙区第{term}届人大常委会第{number}次会议",
        "number": number,
        "session": term,
        "from": iso(day),
        "to": iso(day + timedelta(days=1)),
        "members": PRESENT[-1],
        "agenda": "听取专项工作报告；审议决定事项；人事任免",
        "present": present,
    }


def supervision(term: int) -> list[Row]:
    """What the standing committee supervised: one matter at each of its first meetings."""
    return [
        {
            "id": number,
            "title": f"{body}{form}",
            "form": form,
            "year": day.year,
            "session": term,
            "meeting": number,
            "unit": body,
            "unitId": BODIES.index(body) + 1,
            "begin": iso(day - timedelta(days=60)),
            "end": iso(day + timedelta(days=120)),
            "opinions": "完善制度，按期整改并报告落实情况",
            "followUp": "整改情况已向常委会报告",
            "judgement": ("满意", "基本满意")[number % 2],
            "status": "已办结",
        }
        for number, (form, body) in enumerate(SUPERVISED, 1)
        for day in [FIRST + timedelta(days=56 * number)]
    ]


def decision(number: int, at: int, day: date, title: str, category: str, body: str) -> Row:
    """One decision: what it obliges whom to, by when, and the report on it where that came."""
    due = day + timedelta(days=REPORT_AFTER)
    reported = due - timedelta(days=number % 20) if due < LAST_REPORT and number % 7 else None
    return {
        "id": number,
        "meeting": at,
        "title": title,
        "category": category,
        "day": iso(day),
        "no": f"游人常决〔{day.year}〕{number}号",
        "proposer": "区人民政府",
        "status": "已报告" if reported else "执行中",
        "effective": iso(day),
        "text": f"会议决定：{title}。由{body}组织实施，于{due}前向区人大常委会报告执行情况。",
        "due": iso(due),
        "unit": body,
        "unitId": BODIES.index(body) + 1,
        "task": f"组织实施{category}事项并报告执行情况",
        "report": f"{body}已按期组织实施，各项任务完成" if reported else None,
        "reported": iso(reported),
    }


def votes(present: int, against: int) -> Row:
    """The votes of those who were there."""
    return {"for": present - against, "against": against, "abstained": 0}
