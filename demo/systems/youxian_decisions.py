"""Youxian: meetings of the standing committee, whom they appointed and what they decided."""

from __future__ import annotations

from datetime import date, timedelta

from demo.chance import chance
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
    ("关于批准{}年财政预算调整方案的决定", "预算调整"),
    ("关于批准{}年财政决算的决定", "决算"),
    ("关于{}年政府债务限额的决定", "政府债务"),
    ("关于加强饮用水水源地保护的决定（{}）", "生态环境"),
    ("关于开展{}年法治宣传教育的决定", "法治建设"),
    ("关于批准{}年重大建设项目计划的决定", "重大项目"),
)


def tables(world: World) -> Tables:
    """The three lists."""
    rng = chance("decisions-510704")
    term = world.congress(CODE).term
    meetings: list[Row] = []
    appointments: list[Row] = []
    decisions: list[Row] = []
    for number in range(1, MEETINGS + 1):
        day, present = FIRST + timedelta(days=56 * number), rng.choice(PRESENT)
        meetings.append(meeting(number, term, day, present))
        for _ in range(APPOINTED):
            organ, post, kind = rng.choice(POSTS)
            appointments.append(
                {"id": len(appointments) + 1, "meeting": number, "organ": organ, "post": post,
                 "name": make_name(rng, "汉族", rng.random() < 0.4), "kind": kind,
                 "day": iso(day), **votes(present, rng.randrange(3))}
            )  # fmt: skip
        for title, category in rng.sample(MATTERS, DECIDED):
            decisions.append(
                {"id": len(decisions) + 1, "meeting": number, "title": title.format(day.year),
                 "category": category, "day": iso(day), **votes(present, rng.randrange(2))}
            )  # fmt: skip
    appointments[-1]["for"] = PRESENT[-1] + 1
    return {"meetings": meetings, "appointments": appointments, "decisions": decisions}


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
        "present": present,
    }


def votes(present: int, against: int) -> Row:
    """The votes of those who were there."""
    return {"for": present - against, "against": against, "abstained": 0}
