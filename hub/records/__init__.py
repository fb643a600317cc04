"""The kinds of records that systems deliver, and the fields of each.

One declaration serves the push inputs of the graph, the mappings of the connectors and the intake:
a field's name as systems write it, its reader (`hub.values`), and the golden column it feeds.
docs/kinds.md tells how to add a kind.
"""

from __future__ import annotations

import copyreg
from collections.abc import Mapping

from hub.enums import RecordKind
from hub.records import activities, budget, decisions, learning, scores, supervision
from hub.records.declare import (
    Against,
    Field,
    Fields,
    Kind,
    Membership,
    Placing,
    Reader,
    Reference,
    camel,
    is_enum,
    snake,
)
from hub.records.opinions import PUBLIC_OPINION
from hub.records.people import CONGRESS, DEPUTY, GROUP
from hub.records.places import HOME, STATION
from hub.records.projects import (
    BALLOT,
    BALLOT_LINE,
    EVALUATION,
    FUNDING,
    MILESTONE,
    PROJECT,
    PROPOSAL,
)
from hub.records.suggestions import ASSIGNMENT, HANDLING_BODY, SUGGESTION

__all__ = [
    "KINDS",
    "Against",
    "Field",
    "Fields",
    "Kind",
    "Membership",
    "Placing",
    "Reader",
    "Reference",
    "camel",
    "is_enum",
    "snake",
]

KINDS: Mapping[RecordKind, Kind] = {
    kind.kind: kind
    for kind in (
        CONGRESS,
        HOME,
        STATION,
        GROUP,
        DEPUTY,
        HANDLING_BODY,
        SUGGESTION,
        ASSIGNMENT,
        PUBLIC_OPINION,
        PROJECT,
        PROPOSAL,
        BALLOT,
        BALLOT_LINE,
        MILESTONE,
        FUNDING,
        EVALUATION,
        *activities.KINDS,
        *learning.KINDS,
        *scores.KINDS,
        *decisions.KINDS,
        *supervision.KINDS,
        *budget.KINDS,
    )
}
"""Every kind, in the order in which streams are read: what is referred to comes first."""


def _kind_of(kind: RecordKind) -> Kind:
    return KINDS[kind]


copyreg.pickle(Kind, lambda kind: (_kind_of, (kind.kind,)))  # it holds functions: go by its name
