"""Duty scoring: rule sets of one congress each, their items, and the points of mandates."""

from __future__ import annotations

from hub.enums import RecordKind
from hub.errors import Code, Refusal
from hub.records.checks import not_before
from hub.records.declare import Against, Fields, Kind, Placing
from hub.records.fields import EXTERNAL_ID, OWN_DIVISION, fields_of, other
from hub.subjects import scores as tables

RULE_SET = Kind(
    RecordKind.SCORE_RULE_SET,
    "ScoreRuleSet",
    "ScoreRuleSets",
    tables.score_rule_set,
    (*OWN_DIVISION, *fields_of(tables.score_rule_set, required=("name", "version"))),
    placing=Placing.CONGRESS,
    checks=(not_before("validTo", "validFrom"),),
)

RULE = Kind(
    RecordKind.SCORE_RULE,
    "ScoreRule",
    "ScoreRules",
    tables.score_rule,
    (EXTERNAL_ID, *fields_of(tables.score_rule, required=("name",))),
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
    tables.duty_score,
    (EXTERNAL_ID, *fields_of(tables.duty_score, required=("period", "points"))),
    (
        other("ruleSet", RecordKind.SCORE_RULE_SET, "Rule set 评分办法", required=True),
        other("rule", RecordKind.SCORE_RULE, "Item 评分项目", required=True),
        other("deputy", RecordKind.DEPUTY, "Mandate scored 被评代表", required=True),
    ),
    placing=Placing.PARENT,
    parent="ruleSet",
    against=(Against("rule", no_more_points_than_its_item_gives),),
)

KINDS = (RULE_SET, RULE, DUTY_SCORE)
