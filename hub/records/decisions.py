"""Meetings of congresses and their bodies, and what they decided."""

from __future__ import annotations

from hub.enums import RecordKind
from hub.records.checks import VOTES, between, no_more_votes_than_voters, not_before
from hub.records.declare import Against, Kind
from hub.records.fields import OWN_DIVISION, fields_of, other
from hub.subjects import decisions as tables

NO_VOTES_BELOW_ZERO = tuple(between(name, 0) for name in VOTES)

MEETING = Kind(
    RecordKind.MEETING,
    "Meeting",
    "Meetings",
    tables.meeting,
    (*OWN_DIVISION, *fields_of(tables.meeting, required=("name",))),
    checks=(not_before("closedOn", "openedOn"), between("eligible", 0), between("present", 0)),
)


WITHIN_MEETING = (Against("meeting", no_more_votes_than_voters),)
OF_MEETING = other("meeting", RecordKind.MEETING, "Meeting that decided 会议")

APPOINTMENT = Kind(
    RecordKind.APPOINTMENT,
    "Appointment",
    "Appointments",
    tables.appointment,
    (*OWN_DIVISION, *fields_of(tables.appointment, required=("name", "kind", "post"))),
    (OF_MEETING, other("deputy", RecordKind.DEPUTY, "Mandate of the person 代表职务")),
    checks=NO_VOTES_BELOW_ZERO,
    against=WITHIN_MEETING,
)

MAJOR_DECISION = Kind(
    RecordKind.MAJOR_DECISION,
    "MajorDecision",
    "MajorDecisions",
    tables.major_decision,
    (*OWN_DIVISION, *fields_of(tables.major_decision, required=("title",))),
    (OF_MEETING,),
    checks=(*NO_VOTES_BELOW_ZERO, not_before("reportedOn", "decidedOn")),
    against=WITHIN_MEETING,
)

KINDS = (MEETING, APPOINTMENT, MAJOR_DECISION)
