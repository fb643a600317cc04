"""Jintang: themed activities at homes and stations, as JSON Lines.

Activities and who took part are two files; one themed activity has lost its theme.
"""

from __future__ import annotations

from demo.duties import THEMED, Activity, make_activities
from demo.filings import filed
from demo.systems.jintang import CODE
from demo.tables import Row, Tables
from demo.words import iso
from demo.world import World

PLACE = "金堂县"
ACTIVITIES = 120


def tables(world: World) -> Tables:
    """The files of activities, and those of livelihood projects."""
    deputies = [item for item in world.held("COUNTY", CODE) if item.status == "ACTIVE"]
    stations = world.places_of("STATION", CODE)
    made = make_activities(PLACE, deputies, stations, ACTIVITIES)
    themed = [item for item in made if item.kind == THEMED]
    themed[0].theme = ""
    return {
        "activities": [activity(item) for item in made],
        "participations": [
            {"id": f"{item.number}-{mandate.number}", "activity": item.number,
             "deputy": mandate.number, "hours": 3, "selfReported": mandate.number % 2 == 0,
             "note": "参加活动并提出意见"}
            for item in made
            for mandate in item.people
        ],
        **filed(world, CODE),
    }  # fmt: skip


def activity(item: Activity) -> Row:
    """One activity with its place inside."""
    return {
        "id": item.number,
        "type": item.kind,
        "theme": item.theme or None,
        "title": item.title,
        "date": iso(item.day),
        "where": {"station": item.station.number, "address": item.station.address},
        "state": "已总结",
    }
