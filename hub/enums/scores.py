"""The closed lists of duty scoring."""

from __future__ import annotations

from enum import Enum


class ScorePart(Enum):
    """Part of the duties that an item scores 评分部分."""

    IN_SESSION = "During the session 会议期间、会中履职"
    BETWEEN_SESSIONS = "Between sessions 闭会期间、闭会履职"
    OWN_CONDUCT = "Own conduct and learning 自身建设、学习"


class Scorer(Enum):
    """Who gave the points 评分主体."""

    SELF = "The deputy 自评、代表自评"
    GROUP = "The deputy group 小组评、代表小组评"
    TOWNSHIP = "The township or subdistrict 乡镇评、乡镇街道评"
    COMMISSION = "The deputies affairs commission 代工委评、代表工委评"
    SYSTEM = "The system, by its rules 系统计分"
