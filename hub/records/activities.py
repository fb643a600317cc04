"""Activities of deputies, and who took part in which mandate."""

from __future__ import annotations

from hub.enums import RecordKind
from hub.enums.activities import ActivityKind
from hub.errors import Code, Refusal
from hub.records.checks import between, not_before
from hub.records.declare import Fields, Kind, Placing
from hub.records.fields import EXTERNAL_ID, OWN_DIVISION, fields_of, other
from hub.subjects import activities as tables


def themed_has_a_theme(fields: Fields) -> None:
    """Raises Refusal REQUIRED where a themed activity has no theme."""
    if fields.get("kind") == ActivityKind.THEMED.name and "theme" not in fields:
        raise Refusal(
            Code.REQUIRED,
            "theme is missing, though kind is THEMED. Give the theme, or another kind.",
            "theme",
        )


ACTIVITY = Kind(
    RecordKind.ACTIVITY,
    "Activity",
    "Activities",
    tables.activity,
    (*OWN_DIVISION, *fields_of(tables.activity, required=("kind", "title"))),
    (
        other("home", RecordKind.HOME, "Home where it was held 代表之家"),
        other("station", RecordKind.STATION, "Station where it was held 联络站"),
        other("group", RecordKind.GROUP, "Group that held it 代表小组"),
        other("sameEvent", RecordKind.ACTIVITY, "The same event in another system 同一活动"),
    ),
    checks=(themed_has_a_theme, not_before("endedOn", "heldOn"), between("votersPresent", 0)),
)

PARTICIPATION = Kind(
    RecordKind.ACTIVITY_PARTICIPATION,
    "ActivityParticipation",
    "ActivityParticipations",
    tables.activity_participation,
    (EXTERNAL_ID, *fields_of(tables.activity_participation)),
    (
        other("activity", RecordKind.ACTIVITY, "Activity 活动", required=True),
        other("deputy", RecordKind.DEPUTY, "Mandate that it counts for 履职代表", required=True),
    ),
    placing=Placing.PARENT,
    parent="activity",
    checks=(between("hours", 0),),
)

KINDS = (ACTIVITY, PARTICIPATION)
