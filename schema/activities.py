"""Activities of deputies, who took part, and what two congresses may have counted twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, exists, func, not_, or_, select, tuple_

from hub.subjects.activities import activity, activity_participation
from hub.subjects.deputies import deputy
from hub.subjects.record_kinds import RecordKind
from hub.subjects.source_records import source_record
from hub.subjects.stewardship import Verdict
from hub.subjects.stewardship import judgement as judgement_table
from schema.columns import among, column, led_by, many, matching, one, own
from schema.declare import Edge, Entity, Expression, Listing, Row, node_id
from schema.divisions import OF_DIVISION, ids_within
from schema.provenance import origin

MOST_ENTRIES = 200


def is_of_the_same_event(own: Row, participation: Row) -> Expression:
    """A participation in the activity, or in one that is the same event in another system."""
    itself, same = activity.alias(), activity.alias()
    event = (
        select(func.coalesce(itself.c.same_event_id, itself.c.id))
        .where(itself.c.id == own.c.id)
        .correlate_except(itself)
        .scalar_subquery()
    )
    ids = select(same.c.id).where(or_(same.c.id == event, same.c.same_event_id == event))
    return among(participation.c.activity_id, ids.correlate_except(same))


ACTIVITY = Entity(
    "Activity",
    activity,
    "An activity of deputies 代表活动",
    (node_id("Activity"), *own(activity)),
    (
        one("division", "Division", activity.c.division_id),
        one("congress", "Congress", activity.c.congress_id),
        one("home", "DeputyHome", activity.c.home_id),
        one("station", "LiaisonStation", activity.c.station_id),
        one("group", "DeputyGroup", activity.c.group_id),
        one("sameEvent", "Activity", activity.c.same_event_id),
        many("sameEventIn", "Activity", "same_event_id", "The same event elsewhere 同一活动"),
        many("participations", "ActivityParticipation", "activity_id", "Who took part 参与情况"),
        matching(
            "credits",
            "ActivityParticipation",
            "All mandates that the one event counts for, whichever system says so 履职计入",
            is_of_the_same_event,
        ),
        *origin(activity, RecordKind.ACTIVITY),
    ),
    plural="activities",
    singular="activity",
)

PARTICIPATION = Entity(
    "ActivityParticipation",
    activity_participation,
    "A part of a deputy in an activity, counted for one mandate 代表履职记录",
    (node_id("ActivityParticipation"), *own(activity_participation)),
    (
        one("division", "Division", activity_participation.c.division_id),
        one("activity", "Activity", activity_participation.c.activity_id),
        one("deputy", "Deputy", activity_participation.c.deputy_id),
        *origin(activity_participation, RecordKind.ACTIVITY_PARTICIPATION),
    ),
    plural="participations",
    singular="participation",
)

DOUBLE_ENTRY = Entity(
    "DoubleEntry",
    None,
    "Duty records of one person, day and title from two congresses: proposed as one event with "
    "two credits 疑似重复的履职记录",
    (column(activity.c.held_on), column(activity.c.title)),
    (
        led_by("person", "Person", "person_id", "Whose records they are 代表本人"),
        led_by("first", "ActivityParticipation", "first_id", "The one record 其一"),
        led_by("second", "ActivityParticipation", "second_id", "The other record 其二"),
    ),
)


def is_decided(one: Row, other: Row) -> Expression:
    """Whether a steward has said that records of the two activities are of two events."""
    judgement = judgement_table.alias()
    left, right = source_record.alias(), source_record.alias()
    found: Expression = exists(
        select(judgement.c.id)
        .join(left, left.c.id == judgement.c.left_id)
        .join(right, right.c.id == judgement.c.right_id)
        .where(
            judgement.c.kind == RecordKind.ACTIVITY.name,
            judgement.c.verdict == Verdict.DIFFERENT.name,
            judgement.c.superseded_at.is_(None),
            judgement.c.withdrawn_at.is_(None),
            tuple_(left.c.entity_id, right.c.entity_id).in_(
                [tuple_(one.c.id, other.c.id), tuple_(other.c.id, one.c.id)]
            ),
        )
    )
    return found


def double_entries(given: Mapping[str, Expression]) -> Select[Any]:
    """Each pair once; its first activity is of the division or below it.

    Activities that a source has named one event are none, nor are those that a steward has told
    apart; those that a steward has joined are one activity.
    """
    act, part, mandate = activity.alias(), activity_participation.alias(), deputy.alias()
    act2, part2, mandate2 = activity.alias(), activity_participation.alias(), deputy.alias()
    inside = ids_within(given["division"])
    return (
        select(
            act.c.held_on,
            act.c.title,
            mandate.c.person_id,
            part.c.id.label("first_id"),
            part2.c.id.label("second_id"),
        )
        .select_from(act)
        .join(act2, (act2.c.held_on == act.c.held_on) & (act2.c.title == act.c.title))
        .join(part, part.c.activity_id == act.c.id)
        .join(part2, part2.c.activity_id == act2.c.id)
        .join(mandate, mandate.c.id == part.c.deputy_id)
        .join(mandate2, mandate2.c.id == part2.c.deputy_id)
        .where(
            act.c.division_id.in_(inside),
            or_(act.c.id < act2.c.id, act2.c.division_id.not_in(inside)),
            func.coalesce(act.c.same_event_id, act.c.id)
            != func.coalesce(act2.c.same_event_id, act2.c.id),
            mandate.c.person_id == mandate2.c.person_id,
            mandate.c.congress_id != mandate2.c.congress_id,
            not_(is_decided(act, act2)),
        )
        .order_by(act.c.held_on.desc(), part.c.id, part2.c.id)
        .limit(MOST_ENTRIES)
    )


DOUBLE_ENTRIES = Listing(
    "doubleEntries",
    "DoubleEntry",
    "Duty records that two congresses may both have counted, the newest first, at most "
    f"{MOST_ENTRIES} 疑似重复的履职记录",
    (OF_DIVISION,),
    double_entries,
    lambda row: (row.c.held_on.desc(), row.c.first_id, row.c.second_id),
)

ENTITIES = (ACTIVITY, PARTICIPATION, DOUBLE_ENTRY)
LISTINGS = (DOUBLE_ENTRIES,)

REVERSE: dict[str, tuple[Edge, ...]] = {
    "Division": (many("activities", "Activity", "division_id", "Its activities 代表活动"),),
    "Congress": (many("activities", "Activity", "congress_id", "Its activities 代表活动"),),
    "DeputyHome": (many("activities", "Activity", "home_id", "Held there 开展的代表活动"),),
    "LiaisonStation": (many("activities", "Activity", "station_id", "Held there 代表活动"),),
    "DeputyGroup": (many("activities", "Activity", "group_id", "Its activities 小组活动"),),
    "Deputy": (
        many("participations", "ActivityParticipation", "deputy_id", "Duties done 履职记录"),
    ),
}
"""The edges that lead here from other types."""
