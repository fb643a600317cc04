"""Opinions of the public heard at stations."""

from __future__ import annotations

import re

from hub import values
from hub.enums import RecordKind
from hub.errors import Code, Refusal
from hub.records.checks import between, not_before
from hub.records.declare import Check, Fields, Kind
from hub.records.fields import OWN_DIVISION, fields_of, other
from hub.subjects.opinions import public_opinion
from hub.values import Raw

VILLAGE = re.compile(r"\D*?(?:村|社区|嘎查)(?:民?委员?会)?(?![村社]|路|街|巷)")
FINER = re.compile(r"[0-9０-９]|[组号栋幢室户]$")
NOBODY = frozenset(("群众", "匿名", "村民", "居民", "市民", "网友", "选民"))
"""What stations write where the citizen gave no name."""


def village(value: Raw) -> str | None:
    """A village or community; what is finer than that is cut off, for it leads to a person's door.

    Raises Refusal OUT_OF_RANGE for a place that is finer and names no village.
    """
    text = values.text(value)
    if text is None or (found := VILLAGE.match(text)) is None:
        if text is not None and FINER.search(text):
            raise Refusal(
                Code.OUT_OF_RANGE,
                "The place is finer than a village and names none. Give the village or community.",
            )
        return text
    return found[0]


def names_nobody(text: str) -> Check:
    """A public text does not hold the citizen's name or phone. Raises Refusal PERSONAL_DATA."""

    def check(fields: Fields) -> None:
        words = {str(fields[it]) for it in ("citizenName", "citizenPhone") if it in fields}
        if any(word in str(fields.get(text, "")) for word in words - NOBODY):
            raise Refusal(
                Code.PERSONAL_DATA,
                f"{text} is public and holds the citizen's name or phone. Take it out at the "
                "source.",
                text,
            )

    return check


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
            readers={
                "citizen_name": values.name,
                "citizen_phone": values.phone,
                "village": village,
            },
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
        names_nobody("checkedText"),
        names_nobody("reply"),
    ),
)
