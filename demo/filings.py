"""A product for livelihood projects that three counties use: from filing to who keeps the works.

Guanghan reads its tables, Jintang puts them down as files, Youxian serves them.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain

from demo.facts import Mandate
from demo.tables import Row, Tables
from demo.words import iso
from demo.works import MONTHS, STEPS, Vote, Work, make_votes
from demo.world import World

FIRST_YEAR = 2025
SESSIONS = {2025: 4, 2026: 5}
HANDED_OVER = "移交管护"
FILED_BY = ("群众", "代表", "部门", "乡镇")
KEEPERS = ("属地镇人民政府", "县级行业主管部门", "村民委员会")
NOT_CHOSEN, UNDER_WAY, COMPLETE = "未入选", "实施中", "已完成"
AFTER = timedelta(days=20)
"""Days from the acceptance of the works to who keeps them."""


def filed(world: World, code: str) -> Tables:
    """The product's tables for the county's congress `code`."""
    votes = make_votes(code, [world.congress(code)])
    deputies = [item for item in world.held("COUNTY", code) if item.status == "ACTIVE"]
    works = list(chain.from_iterable(vote.works for vote in votes))
    chosen = [work for work in works if work.is_chosen]
    judged = [vote for vote in votes if vote.year == FIRST_YEAR]
    return {
        "ms_filings": [filing(item, deputies) for item in works],
        "ms_projects": [project(item, deputies) for item in works],
        "ms_ballots": list(map(ballot, votes)),
        "ms_votes": list(chain.from_iterable(map(lines, votes))),
        "ms_steps": list(chain.from_iterable(map(steps, chosen))),
        "ms_money": list(chain.from_iterable(map(money, chosen))),
        "ms_judgements": list(chain.from_iterable(map(judgements, judged))),
    }


def lines(vote: Vote) -> list[Row]:
    """What each project of a vote got."""
    return [line(vote, item) for item in vote.works]


def filing(item: Work, deputies: list[Mandate]) -> Row:
    """What was filed in the autumn before the vote, and by whom."""
    by = FILED_BY[item.number % len(FILED_BY)]
    return {
        "id": f"SB{item.number}",
        "project": f"P{item.number}",
        "title": item.title,
        "filed_by": by,
        "deputy": deputies[item.number].number if by == "代表" else None,
        "filed_on": iso(date(item.year - 1, 9, item.number % 28 + 1)),
    }


def project(item: Work, deputies: list[Mandate]) -> Row:
    """One candidate; two deputies watch over each that was chosen."""
    is_done = len(item.steps) == len(STEPS)
    watching = [each.number for each in deputies[2 * item.number : 2 * item.number + 2]]
    return {
        "id": f"P{item.number}",
        "year": item.year,
        "title": item.title,
        "class": item.subject,
        "goal": f"{item.year}年11月底前完成并验收",
        "yuan": item.yuan,
        "state": COMPLETE if is_done else UNDER_WAY if item.is_chosen else NOT_CHOSEN,
        "progress": 100 * len(item.steps) // len(STEPS) if item.is_chosen else None,
        "plan_from": f"{item.year}-02-01",
        "plan_to": f"{item.year}-11-30",
        "started": iso(item.steps[0]) if item.steps else None,
        "finished": iso(item.steps[-1]) if is_done else None,
        "watching": ",".join(map(str, watching)) if item.is_chosen else None,
    }


def ballot(item: Vote) -> Row:
    """The deputies' vote at the session in January."""
    return {
        "id": f"B{item.year}",
        "year": item.year,
        "held_on": iso(item.held),
        "session": SESSIONS[item.year],
        "candidates": len(item.works),
        "places": item.places,
        "eligible": item.congress.seats,
        "present": item.present,
    }


def line(vote: Vote, item: Work) -> Row:
    """The votes on one candidate."""
    return {
        "id": f"V{item.number}",
        "ballot": f"B{vote.year}",
        "project": f"P{item.number}",
        "votes_for": item.votes[0],
        "votes_against": item.votes[1],
        "abstained": item.votes[2],
        "rank": item.rank,
        "chosen": "是" if item.is_chosen else "否",
    }


def steps(item: Work) -> list[Row]:
    """The steps of the works, and of those that are complete who keeps them."""
    keeper = KEEPERS[item.number % len(KEEPERS)]
    rows = [
        step(item, place + 1, STEPS[place], date(item.year, MONTHS[place], 28), day)
        for place, day in enumerate(item.steps)
    ]
    if len(item.steps) == len(STEPS):
        done = item.steps[-1] + AFTER
        rows.append(step(item, len(STEPS) + 1, HANDED_OVER, date(item.year, 12, 20), done))
        rows[-1]["note"] = f"移交{keeper}管护"
    return rows


def step(item: Work, number: int, name: str, planned: date, reached: date) -> Row:
    """One step."""
    return {
        "id": f"{item.number}-{number}",
        "project": f"P{item.number}",
        "name": name,
        "planned_on": iso(planned),
        "reached_on": iso(reached),
        "reported_on": iso(reached + timedelta(days=2)),
        "progress": min(100, 100 * number // len(STEPS)),
        "note": "资料齐全",
    }


def money(item: Work) -> list[Row]:
    """A third from the province, the rest the county's own; paid as the works go on."""
    upper = item.yuan // 3
    return [
        {
            "id": f"{item.number}-{place}",
            "project": f"P{item.number}",
            "source": source,
            "planned": yuan,
            "paid": yuan * len(item.steps) // len(STEPS),
        }
        for place, source, yuan in ((1, "省级资金", upper), (2, "县级资金", item.yuan - upper))
    ]


def judgements(vote: Vote) -> list[Row]:
    """The deputies judge each project that is complete."""
    return [
        {
            "id": f"J{item.number}",
            "project": f"P{item.number}",
            "year": vote.year,
            "judged_on": iso(date(vote.year + 1, 1, 15)),
            "satisfied": vote.present - 5 - item.number % 4,
            "fair": 5,
            "unsatisfied": item.number % 4,
        }
        for item in vote.works
        if len(item.steps) == len(STEPS)
    ]
