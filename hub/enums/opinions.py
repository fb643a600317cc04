"""The closed lists of public opinions."""

from __future__ import annotations

from enum import Enum


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
