"""Deyang's duties: activities that Guanghan has too, and points without a ceiling."""

from __future__ import annotations

from demo.duties import UNCAPPED, make_scores
from demo.facts import Mandate
from demo.systems import guanghan, guanghan_duties
from demo.systems.deyang import CODE
from demo.tables import Row, Tables
from demo.words import iso
from demo.world import World

SHARED = 12
"""How many activities the city has of those that Guanghan has."""
NAMED = 2
"""How many of them say themselves that they are the same event."""
PERIOD = "2025"


def tables(world: World) -> Tables:
    """Records by the part of the mutation's name."""
    activities, parts = shared_activities(world)
    return {
        "Activities": activities,
        "ActivityParticipations": parts,
        "Opinions": opinions(world),
        "ScoreRuleSets": [rules(world)],
        **scores(world),
    }


def opinions(world: World) -> list[Row]:
    """What Guanghan passed up to the city, with the city's answer."""
    rows = guanghan_duties.tables(world)["lz_yijian"]
    return [
        {
            "externalId": row["sjyj_id"],
            "divisionCode": CODE,
            "term": world.congress(CODE).term,
            "checkedText": f"广汉市上报：{row['shnr']}",
            "channel": "走访",
            "state": "已办结",
            "receivedAt": "2025-12-08",
            "repliedAt": "2025-12-22",
            "reply": "已列入市级年度计划。",
            "closedAt": "2025-12-29",
        }
        for row in rows
        if row["sjyj_id"]
    ]


def shared_activities(world: World) -> tuple[list[Row], list[Row]]:
    """The activities that Guanghan has too, and who of the city's deputies took part."""
    by_person = {item.person.number: item.number for item in in_office(world)}
    activities: list[Row] = []
    parts: list[Row] = []
    for item in guanghan_duties.activities(world)[:SHARED]:
        people = [each.person.number for each in item.people]
        both = [by_person[number] for number in people if number in by_person]
        named = {"sameEvent": {"id": str(item.number), "system": "guanghan-duties"}}
        activities.append(
            {
                "externalId": f"HD{item.number}",
                "title": item.title,
                "kind": item.kind,
                "theme": item.theme or None,
                "heldOn": iso(item.day),
                "divisionCode": CODE,
                "term": world.congress(CODE).term,
                **(named if item.number <= NAMED else {}),
            }
        )
        parts.extend(
            {
                "externalId": f"HD{item.number}-{number}",
                "activity": {"id": f"HD{item.number}"},
                "deputy": {"id": f"DY{number}"},
                "attendance": "出席",
            }
            for number in both
        )
    return activities, parts


def scores(world: World) -> Tables:
    """The items of the rule set, and the points of deputies who are Guanghan's too."""
    local = {item.person.number for item in world.held("COUNTY", guanghan.CODE)}
    scored = [item for item in in_office(world) if item.person.number in local]
    return {
        "ScoreRules": [
            {
                "externalId": f"XM{item.number}",
                "ruleSet": {"id": "BF1"},
                "name": item.name,
                "part": item.part,
                "unit": item.unit,
                "pointsEach": item.each,
            }
            for item in UNCAPPED
        ],
        "DutyScores": [
            {
                "externalId": f"JF{number}",
                "ruleSet": {"id": "BF1"},
                "rule": {"id": f"XM{score.item.number}"},
                "deputy": {"id": f"DY{score.mandate.number}"},
                "period": PERIOD,
                "quantity": score.quantity,
                "points": score.points,
                "scorer": "系统计分",
            }
            for number, score in enumerate(make_scores(CODE, scored, UNCAPPED), 1)
        ],
    }


def in_office(world: World) -> list[Mandate]:
    """The city's deputies in office."""
    return [item for item in world.held("PREFECTURE", CODE) if item.status == "ACTIVE"]


def rules(world: World) -> Row:
    """The rule set, which has no most points."""
    return {
        "externalId": "BF1",
        "name": "德阳市人大代表履职积分办法",
        "version": "2024版",
        "divisionCode": CODE,
        "term": world.congress(CODE).term,
    }
