"""Duty scoring: rule sets of one congress each, their items, and the points of mandates."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import Date, Float, Index

from hub.errors import Code, Refusal
from hub.subjects.checks import not_before
from hub.subjects.columns import amount, derived, golden, link, listed, plain
from hub.subjects.divisions import Level
from hub.subjects.fields import EXTERNAL_ID, OWN_DIVISION, fields_of, other
from hub.subjects.kinds import Against, Fields, Kind, Placing
from hub.subjects.record_kinds import RecordKind


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


score_rule_set = golden(
    "score_rule_set",
    link("division_id", "division", "Division of the congress 行政区划", nullable=False),
    link("congress_id", "congress", "Congress whose deputies it scores 所属人大", nullable=False),
    derived(listed("level", Level, "Level of the congress 层级", nullable=False)),
    plain("name", "Name 评分办法名称", nullable=False),
    plain("version", "Version; a change of the rules is a new one 版本", nullable=False),
    plain("maximum", "Most points of a period; null: there is no ceiling 满分", Float),
    plain("valid_from", "First day it holds 生效日期", Date),
    plain("valid_to", "Last day it holds 失效日期", Date),
    plain("basis", "Document it rests on 依据文件"),
    Index("ix_score_rule_set_congress_id", "congress_id"),
    orders=(
        "name",
        "valid_from",
        "valid_to",
    ),
)

score_rule = golden(
    "score_rule",
    link("division_id", "division", "Division of the rule set 行政区划", nullable=False),
    link("rule_set_id", "score_rule_set", "Rule set that the item belongs to 评分办法"),
    plain("number", "Number in its rule set 序号"),
    plain("name", "What is scored 评分项目", nullable=False),
    listed("part", ScorePart, "Part of the duties 评分部分"),
    plain("unit", "What the quantity counts: suggestions, half days 计量单位"),
    plain("points_each", "Points for each unit; below zero where it costs 每项分值", Float),
    plain("maximum", "Most points of a period; null: there is no ceiling 单项满分", Float),
    Index("ix_score_rule_rule_set_id", "rule_set_id"),
    orders=(
        "number",
        "name",
    ),
)

duty_score = golden(
    "duty_score",
    link("division_id", "division", "Division of the rule set 行政区划", nullable=False),
    link("rule_set_id", "score_rule_set", "Rule set it was given by 评分办法"),
    link("rule_id", "score_rule", "Item 评分项目"),
    link("deputy_id", "deputy", "Mandate scored 被评代表"),
    link("activity_id", "activity", "Activity that it stands on 得分依据：代表活动"),
    link("suggestion_id", "suggestion", "Suggestion that it stands on 得分依据：代表建议"),
    link("learning_id", "learning_record", "Learning that it stands on 得分依据：学习记录"),
    plain("period", "Period: 2025, 2025-H1, 2025-Q3 评分周期", nullable=False),
    plain("quantity", "How many units 数量", Float),
    amount(plain("points", "Points 得分", Float, nullable=False), within="rule_set_id"),
    listed("scorer", Scorer, "Who gave them 评分主体"),
    plain("scored_on", "Day they were given 评分日期", Date),
    plain("note", "Remark 说明"),
    Index("ix_duty_score_rule_set_id", "rule_set_id", "period"),
    Index("ix_duty_score_rule_id", "rule_id"),
    Index("ix_duty_score_deputy_id", "deputy_id"),
    Index("ix_duty_score_activity_id", "activity_id"),
    Index("ix_duty_score_suggestion_id", "suggestion_id"),
    Index("ix_duty_score_learning_id", "learning_id"),
    orders=(
        "period",
        "points",
        "scored_on",
    ),
)

RULE_SET = Kind(
    RecordKind.SCORE_RULE_SET,
    "ScoreRuleSet",
    "ScoreRuleSets",
    score_rule_set,
    (*OWN_DIVISION, *fields_of(score_rule_set, required=("name", "version"))),
    placing=Placing.CONGRESS,
    checks=(not_before("validTo", "validFrom"),),
)

RULE = Kind(
    RecordKind.SCORE_RULE,
    "ScoreRule",
    "ScoreRules",
    score_rule,
    (EXTERNAL_ID, *fields_of(score_rule, required=("name",))),
    (other("ruleSet", RecordKind.SCORE_RULE_SET, "Rule set 评分办法", required=True),),
    placing=Placing.PARENT,
    parent="ruleSet",
)


def no_more_points_than_its_item_gives(score: Fields, rule: Fields) -> None:
    """Raises Refusal OUT_OF_RANGE where the points are over the maximum of the item."""
    points, most = score.get("points"), rule.get("maximum")
    if points is not None and most is not None and float(str(points)) > float(str(most)):
        raise Refusal(
            Code.OUT_OF_RANGE,
            f"points are {points}, but {rule.get('name')} gives {most} at most. Correct the points "
            "at the source, or name the version of the rules that they were given by.",
            "points",
        )


DUTY_SCORE = Kind(
    RecordKind.DUTY_SCORE,
    "DutyScore",
    "DutyScores",
    duty_score,
    (EXTERNAL_ID, *fields_of(duty_score, required=("period", "points"))),
    (
        other("ruleSet", RecordKind.SCORE_RULE_SET, "Rule set 评分办法", required=True),
        other("rule", RecordKind.SCORE_RULE, "Item 评分项目", required=True),
        other("deputy", RecordKind.DEPUTY, "Mandate scored 被评代表", required=True),
        other("activity", RecordKind.ACTIVITY, "Activity that it stands on 得分依据：代表活动"),
        other(
            "suggestion", RecordKind.SUGGESTION, "Suggestion that it stands on 得分依据：代表建议"
        ),
        other(
            "learning",
            RecordKind.LEARNING_RECORD,
            "Learning that it stands on 得分依据：学习记录",
        ),
    ),
    placing=Placing.PARENT,
    parent="ruleSet",
    against=(Against("rule", no_more_points_than_its_item_gives),),
)

KINDS = (RULE_SET, RULE, DUTY_SCORE)
