"""Opinions of the public heard at stations."""

from __future__ import annotations

import re
from enum import Enum

from sqlalchemy import Date, Index, Integer

from hub import values
from hub.errors import Code, Refusal
from hub.subjects.checks import between, not_before
from hub.subjects.columns import degree, derived, golden, link, listed, plain, restricted
from hub.subjects.divisions import Level
from hub.subjects.fields import OWN_DIVISION, VILLAGE_CODE, fields_of, other
from hub.subjects.kinds import Check, Fields, Kind
from hub.subjects.record_kinds import RecordKind
from hub.subjects.suggestions import Satisfaction
from hub.values import Raw


class OpinionState(Enum):
    """State of a public opinion 群众意见状态 (local rules of stations)."""

    RECEIVED = "Received 已接收、接收、待登记"
    REGISTERED = "Registered 已登记、登记"
    REJECTED = "Not taken: a lawsuit, a petition, a private matter 不予受理、未受理"
    ANSWERED_ON_SPOT = "Answered on the spot 当场答复、现场答复"
    ASSIGNED = "Handed to a body 已交办、交办、转办"
    HANDLING = "Being handled 办理中"
    REPLIED = "Replied by the body 已答复、答复"
    FED_BACK = "The citizen was told 已反馈、反馈"
    CLOSED = "Closed 已办结、办结"
    ESCALATED = "Passed up to a higher level 上报、已上报、提级办理"
    CONVERTED = "Turned into a suggestion 转为建议、转建议"


class OpinionChannel(Enum):
    """How an opinion came 反映渠道."""

    RECEPTION = "At a reception of deputies 接待、代表接待、接待选民"
    QR_CODE = "By the QR code of a station or deputy 扫码"
    ONLINE = "By a website or an app 网络、小程序"
    PHONE = "By phone 电话"
    VISIT = "When deputies visited 走访"
    LETTER = "By letter 来信"


public_opinion = golden(
    "public_opinion",
    link("division_id", "division", "Division that the opinion concerns 行政区划", nullable=False),
    link("village_id", "division", "Village or community it is about 所在村（社区）"),
    link("station_id", "station", "Station where it was heard 联络站"),
    link("deputy_id", "deputy", "Mandate of the deputy who heard it 接待代表"),
    link("handler_id", "handling_body", "Body that handles it 承办单位"),
    link("escalated_to_id", "public_opinion", "What it became at a higher level 上报后的意见"),
    link("converted_to_id", "suggestion", "Suggestion it was turned into 转成的代表建议"),
    derived(listed("level", Level, "Level of the division 层级", nullable=False)),
    plain("number", "Running number 编号"),
    plain("checked_text", "Text that was checked and may be published 审核后的内容"),
    restricted("text", "Text as the citizen put it 原文."),
    restricted("citizen_name", "Name of the citizen 反映人姓名."),
    restricted("citizen_phone", "Phone of the citizen 反映人电话."),
    plain("village", "Village or community it is about, nothing smaller 村（社区）"),
    plain("category", "Subject, as the source names it 类别"),
    listed("channel", OpinionChannel, "How it came 反映渠道"),
    listed("state", OpinionState, "State 状态", nullable=False),
    plain("source_state", "The source's own code of the state 来源状态代码"),
    plain("received_at", "Day it was received 接收日期", Date),
    plain("handler_name", "Name of the handling body, as the source writes it 承办单位名称"),
    plain("source_due_date", "Day the answer is due by the source 来源办理期限", Date),
    plain("replied_at", "Day of the body's reply 答复日期", Date),
    plain("reply", "What was replied 答复内容"),
    plain("fed_back_at", "Day the citizen was told 反馈日期", Date),
    plain("closed_at", "Day it was closed 办结日期", Date),
    degree(plain("rating", "Stars given by the citizen, 1 to 5 群众评分", Integer)),
    listed("satisfaction", Satisfaction, "Judgement of the citizen 满意度"),
    Index("ix_public_opinion_division_id", "division_id", "state"),
    Index("ix_public_opinion_village_id", "village_id"),
    Index("ix_public_opinion_station_id", "station_id"),
    Index("ix_public_opinion_deputy_id", "deputy_id"),
    Index("ix_public_opinion_handler_id", "handler_id"),
    Index("ix_public_opinion_escalated_to_id", "escalated_to_id"),
    Index("ix_public_opinion_converted_to_id", "converted_to_id"),
    orders=(
        "number",
        "received_at",
        "source_due_date",
        "replied_at",
        "closed_at",
        "rating",
    ),
)

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
        VILLAGE_CODE,
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
    village="village",
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

KINDS = (PUBLIC_OPINION,)
