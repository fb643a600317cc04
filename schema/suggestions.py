"""Suggestions, the bodies that handle them, and their hand-overs."""

from __future__ import annotations

from sqlalchemy import case

from hub.subjects import suggestions as tables
from hub.subjects.record_kinds import RecordKind
from hub.subjects.suggestions import PublishConsent
from schema.clocks import CLOCK, any_overdue
from schema.columns import columns, many, members, one, own
from schema.declare import Edge, Entity, Scalar, Value, node_id
from schema.provenance import origin

body, suggestion, assignment = tables.handling_body, tables.suggestion, tables.assignment

HANDLING_BODY = Entity(
    "HandlingBody",
    body,
    "A body that handles suggestions and opinions 承办单位",
    (node_id("HandlingBody"), *own(body)),
    (
        one("division", "Division", body.c.division_id),
        many("assignments", "Assignment", "handler_id", "What was handed over to it 承办的交办"),
        *origin(body, RecordKind.HANDLING_BODY),
    ),
    plural="handlingBodies",
    singular="handlingBody",
)

BODY = Value(
    "body",
    Scalar.STRING,
    "Text; null unless its deputies agreed to publish it or the caller's key may read restricted "
    "fields 正文",
    lambda row: row.c.body,
    masked=lambda row: case((row.c.consent == PublishConsent.FULL.name, row.c.body)),
)

SUGGESTION = Entity(
    "Suggestion",
    suggestion,
    "A deputies' suggestion, criticism or opinion 代表建议、批评和意见",
    (node_id("Suggestion"), *own(suggestion, "body"), BODY, any_overdue(assignment)),
    (
        one("division", "Division", suggestion.c.division_id),
        one("congress", "Congress", suggestion.c.congress_id),
        one("leadDeputy", "Deputy", suggestion.c.lead_deputy_id),
        members(
            "coSigners",
            "Deputy",
            tables.suggestion_co_signer,
            "suggestion_id",
            "deputy_id",
            "Mandates that signed it too 联名代表",
            stated=(),
        ),
        many("assignments", "Assignment", "suggestion_id", "Its hand-overs to handlers 交办"),
        *origin(suggestion, RecordKind.SUGGESTION),
    ),
    plural="suggestions",
    singular="suggestion",
)

LEGAL_CLOCK = Entity(
    "LegalClock",
    tables.legal_clock,
    "A local rule on how long handlers have; without any the Deputies Law holds 法定办理期限规则",
    (
        node_id("LegalClock"),
        *columns(
            tables.legal_clock,
            "valid_from",
            "valid_to",
            "months",
            "months_difficult",
            "months_again",
            "months_joint",
            "basis",
        ),
    ),
    (one("division", "Division", tables.legal_clock.c.division_id),),
    plural="legalClocks",
    singular="legalClock",
)

ASSIGNMENT = Entity(
    "Assignment",
    assignment,
    "A suggestion handed over to one handler, with its reply and its evaluation 交办",
    (node_id("Assignment"), *own(assignment), *CLOCK),
    (
        one("division", "Division", assignment.c.division_id),
        one("suggestion", "Suggestion", assignment.c.suggestion_id),
        one("handler", "HandlingBody", assignment.c.handler_id),
        *origin(assignment, RecordKind.ASSIGNMENT),
    ),
    plural="assignments",
    singular="assignment",
)

REVERSE: dict[str, tuple[Edge, ...]] = {
    "Division": (
        many("suggestions", "Suggestion", "division_id", "Suggestions to its congress 代表建议"),
        many("handlingBodies", "HandlingBody", "division_id", "Its handling bodies 承办单位"),
    ),
    "Congress": (
        many("suggestions", "Suggestion", "congress_id", "Suggestions put to it 代表建议"),
    ),
    "Deputy": (
        many("ledSuggestions", "Suggestion", "lead_deputy_id", "Suggestions led 领衔的建议"),
        members(
            "coSignedSuggestions",
            "Suggestion",
            tables.suggestion_co_signer,
            "deputy_id",
            "suggestion_id",
            "Suggestions signed besides 联名的建议",
            stated=(),
        ),
    ),
}
"""The edges that lead here from other types."""

ENTITIES = (HANDLING_BODY, SUGGESTION, ASSIGNMENT, LEGAL_CLOCK)
