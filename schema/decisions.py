"""Meetings of congresses and their bodies, and what they decided."""

from __future__ import annotations

from hub.subjects.decisions import appointment, major_decision, meeting
from hub.subjects.record_kinds import RecordKind
from schema.columns import many, one, own
from schema.declare import Edge, Entity, node_id
from schema.provenance import origin

MEETING = Entity(
    "Meeting",
    meeting,
    "A session of a congress, or a meeting of its standing committee or presidium 会议",
    (node_id("Meeting"), *own(meeting)),
    (
        one("division", "Division", meeting.c.division_id),
        one("congress", "Congress", meeting.c.congress_id),
        many("appointments", "Appointment", "meeting_id", "Appointments decided 人事任免"),
        many("decisions", "MajorDecision", "meeting_id", "Decisions taken 重大事项决定"),
        many("supervisionItems", "SupervisionItem", "meeting_id", "Deliberated there 审议的监督"),
        *origin(meeting, RecordKind.MEETING),
    ),
    plural="meetings",
    singular="meeting",
)

APPOINTMENT = Entity(
    "Appointment",
    appointment,
    "An appointment to a post or a removal from it 人事任免",
    (node_id("Appointment"), *own(appointment)),
    (
        one("division", "Division", appointment.c.division_id),
        one("meeting", "Meeting", appointment.c.meeting_id),
        one("deputy", "Deputy", appointment.c.deputy_id),
        *origin(appointment, RecordKind.APPOINTMENT),
    ),
    plural="appointments",
    singular="appointment",
)

MAJOR_DECISION = Entity(
    "MajorDecision",
    major_decision,
    "A decision on a major matter 重大事项决定",
    (node_id("MajorDecision"), *own(major_decision)),
    (
        one("division", "Division", major_decision.c.division_id),
        one("meeting", "Meeting", major_decision.c.meeting_id),
        one("body", "HandlingBody", major_decision.c.body_id),
        *origin(major_decision, RecordKind.MAJOR_DECISION),
    ),
    plural="majorDecisions",
    singular="majorDecision",
)

ENTITIES = (MEETING, APPOINTMENT, MAJOR_DECISION)

REVERSE: dict[str, tuple[Edge, ...]] = {
    "Division": (
        many("meetings", "Meeting", "division_id", "Meetings of its congress 会议"),
        many("appointments", "Appointment", "division_id", "Appointments 人事任免"),
        many("majorDecisions", "MajorDecision", "division_id", "Decisions 重大事项决定"),
    ),
    "Congress": (many("meetings", "Meeting", "congress_id", "Its meetings 会议"),),
    "Deputy": (many("appointments", "Appointment", "deputy_id", "Appointments 人事任免"),),
}
"""The edges that lead here from other types."""
