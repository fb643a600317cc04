"""Opinions of the public heard at stations."""

from __future__ import annotations

from hub import values
from hub.enums import RecordKind
from hub.records.checks import between, not_before
from hub.records.declare import Kind
from hub.records.fields import OWN_DIVISION, fields_of, other
from hub.tables.opinions import public_opinion

PUBLIC_OPINION = Kind(
    RecordKind.PUBLIC_OPINION,
    "Opinion",
    "Opinions",
    public_opinion,
    (
        *OWN_DIVISION,
        *fields_of(
            public_opinion,
            required=("state",),
            readers={"citizen_name": values.name, "citizen_phone": values.phone},
        ),
    ),
    (
        other("station", RecordKind.STATION, "Station where it was heard 联络站"),
        other("deputy", RecordKind.DEPUTY, "Mandate of the deputy who heard it 接待代表"),
        other("handler", RecordKind.HANDLING_BODY, "Body that handles it 承办单位"),
        other("escalatedTo", RecordKind.PUBLIC_OPINION, "What it became higher up 上报后的意见"),
        other("convertedTo", RecordKind.SUGGESTION, "Suggestion made of it 转成的代表建议"),
    ),
    checks=(
        not_before("repliedAt", "receivedAt"),
        not_before("sourceDueDate", "receivedAt"),
        not_before("fedBackAt", "receivedAt"),
        not_before("closedAt", "receivedAt"),
        between("rating", 1, 5),
    ),
)
