"""Suggestions, the bodies that handle them, and their hand-overs."""

from __future__ import annotations

from hub.enums import RecordKind
from hub.records.checks import between, needs, not_before
from hub.records.declare import Kind, Membership, Placing, Reference
from hub.records.fields import EXTERNAL_ID, OWN_DIVISION, fields_of, other
from hub.subjects import suggestions as tables

HANDLING_BODY = Kind(
    RecordKind.HANDLING_BODY,
    "HandlingBody",
    "HandlingBodies",
    tables.handling_body,
    (*OWN_DIVISION, *fields_of(tables.handling_body, required=("name",))),
)

SUGGESTION = Kind(
    RecordKind.SUGGESTION,
    "Suggestion",
    "Suggestions",
    tables.suggestion,
    (*OWN_DIVISION, *fields_of(tables.suggestion, required=("title", "state"))),
    (
        other(
            "leadDeputy",
            RecordKind.DEPUTY,
            "Mandate that leads it; left out where a delegation does 领衔代表",
        ),
        Reference(
            "coSigners", RecordKind.DEPUTY, "Mandates that sign it too 联名代表", across=True
        ),
    ),
    (Membership(tables.suggestion_co_signer, RecordKind.DEPUTY, "coSigners"),),
    checks=(
        not_before("acceptedAt", "submittedAt"),
        not_before("closedAt", "submittedAt"),
        between("raisedBefore", 0),
    ),
)

ASSIGNMENT = Kind(
    RecordKind.ASSIGNMENT,
    "Assignment",
    "Assignments",
    tables.assignment,
    (EXTERNAL_ID, *fields_of(tables.assignment)),
    (
        other(
            "suggestion",
            RecordKind.SUGGESTION,
            "Suggestion that is handed over 建议",
            required=True,
        ),
        other("handler", RecordKind.HANDLING_BODY, "Body that handles it 承办单位"),
    ),
    placing=Placing.PARENT,
    parent="suggestion",
    checks=(
        needs("repliedAt", "assignedAt"),
        needs("consultation", "consultedAt"),
        not_before("acceptedAt", "assignedAt"),
        not_before("sourceDueDate", "assignedAt"),
        not_before("rehandledFrom", "assignedAt"),
        not_before("contactedAt", "assignedAt"),
        not_before("consultedAt", "assignedAt"),
        not_before("returnRequestedAt", "assignedAt"),
        not_before("extendedTo", "assignedAt"),
        not_before("repliedAt", "assignedAt"),
        not_before("evaluatedAt", "repliedAt"),
    ),
)
