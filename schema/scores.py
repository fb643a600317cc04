"""Duty scoring. Points are summed and ranked inside one rule set of one congress only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import FromClause, Select, func, select

from hub.subjects.record_kinds import RecordKind
from hub.subjects.scores import duty_score, score_rule, score_rule_set
from schema.columns import column, led_by, listed, many, one, own
from schema.declare import Argument, Edge, Entity, Expression, Listing, Row, Scalar, Value, node_id
from schema.ids import parse_id
from schema.provenance import origin
from schema.shares import percent


def maximum_of(row: Row) -> Expression:
    """The most points of the item that a score is for."""
    rule = score_rule.alias()
    maximum = select(rule.c.maximum).where(rule.c.id == row.c.rule_id).correlate_except(rule)
    return maximum.scalar_subquery()


OF_MAXIMUM = "`points` in percent of `maximum`; null where there is no ceiling 得分率（%）"

RULE_SET = Entity(
    "ScoreRuleSet",
    score_rule_set,
    "A version of the rules by which one congress scores its deputies 履职评分办法",
    (node_id("ScoreRuleSet"), *own(score_rule_set)),
    (
        one("division", "Division", score_rule_set.c.division_id),
        one("congress", "Congress", score_rule_set.c.congress_id),
        many("rules", "ScoreRule", "rule_set_id", "Its items 评分项目"),
        many("scores", "DutyScore", "rule_set_id", "Points given by it 履职得分"),
        *origin(score_rule_set, RecordKind.SCORE_RULE_SET),
    ),
    plural="scoreRuleSets",
    singular="scoreRuleSet",
)

RULE = Entity(
    "ScoreRule",
    score_rule,
    "An item of a rule set 评分项目",
    (node_id("ScoreRule"), *own(score_rule)),
    (
        one("division", "Division", score_rule.c.division_id),
        one("ruleSet", "ScoreRuleSet", score_rule.c.rule_set_id),
        many("scores", "DutyScore", "rule_id", "Points given for it 履职得分"),
        *origin(score_rule, RecordKind.SCORE_RULE),
    ),
    plural="scoreRules",
    singular="scoreRule",
)

SCORE = Entity(
    "DutyScore",
    duty_score,
    "Points of one mandate for one item in one period; they compare with others of their rule set "
    "only 履职得分",
    (
        node_id("DutyScore"),
        *own(duty_score),
        Value(
            "maximum",
            Scalar.FLOAT,
            "Most points of its item in a period; null: there is no ceiling 单项满分",
            maximum_of,
        ),
        Value(
            "pointsOfMaximum",
            Scalar.FLOAT,
            OF_MAXIMUM,
            lambda row: percent(row.c.points, maximum_of(row)),
        ),
    ),
    (
        one("division", "Division", duty_score.c.division_id),
        one("ruleSet", "ScoreRuleSet", duty_score.c.rule_set_id),
        one("rule", "ScoreRule", duty_score.c.rule_id),
        one("deputy", "Deputy", duty_score.c.deputy_id),
        one("activity", "Activity", duty_score.c.activity_id),
        one("suggestion", "Suggestion", duty_score.c.suggestion_id),
        one("learning", "LearningRecord", duty_score.c.learning_id),
        *origin(duty_score, RecordKind.DUTY_SCORE),
    ),
    plural="dutyScores",
    singular="dutyScore",
)


def totals() -> Select[Any]:
    """The points of each mandate by rule set, period and scorer."""
    score = duty_score.alias()
    group = (score.c.rule_set_id, score.c.deputy_id, score.c.period, score.c.scorer)
    return (
        select(*group, func.sum(score.c.points).label("points"), func.count().label("scored"))
        .where(score.c.rule_set_id.is_not(None), score.c.deputy_id.is_not(None))
        .group_by(*group)
    )


def is_rival(own: FromClause, row: FromClause) -> Expression:
    """Scored by the same rule set, in the same period, by the same scorer."""
    return (
        (row.c.rule_set_id == own.c.rule_set_id)
        & (row.c.period == own.c.period)
        & row.c.scorer.is_not_distinct_from(own.c.scorer)
    )


def cards() -> Select[Any]:
    """Totals with the maximum of their rule set and their rank among those of the same rules."""
    own, rival, rules = totals().subquery(), totals().subquery(), score_rule_set.alias()
    better = (
        select(func.count() + 1)
        .select_from(rival)
        .where(is_rival(own, rival), rival.c.points > own.c.points)
        .correlate(own)
        .scalar_subquery()
    )
    return select(own, rules.c.maximum, better.label("rank")).join(
        rules, rules.c.id == own.c.rule_set_id
    )


CARD = Entity(
    "ScoreCard",
    None,
    "Points of one mandate by one rule set in one period; never summed over congresses 履职积分",
    (
        column(duty_score.c.period),
        column(duty_score.c.scorer),
        Value("points", Scalar.FLOAT, "Points of all items 总分", lambda row: row.c.points, False),
        Value("items", Scalar.INT, "How many scores 得分条数", lambda row: row.c.scored, False),
        column(score_rule_set.c.maximum),
        Value(
            "pointsOfMaximum",
            Scalar.FLOAT,
            OF_MAXIMUM,
            lambda row: percent(row.c.points, row.c.maximum),
        ),
        Value(
            "rank",
            Scalar.INT,
            "Place among the mandates that the same rules score, 1 is the first 名次",
            lambda row: row.c.rank,
            is_nullable=False,
        ),
    ),
    (
        led_by("ruleSet", "ScoreRuleSet", "rule_set_id", "Rule set 评分办法"),
        led_by("deputy", "Deputy", "deputy_id", "Mandate scored 被评代表"),
    ),
)


def board(given: Mapping[str, Expression]) -> Select[Any]:
    """The cards of one rule set and period, ranked at one go."""
    own, rules = totals().subquery(), score_rule_set.alias()
    place = func.rank().over(partition_by=own.c.scorer, order_by=own.c.points.desc())
    return (
        select(own, rules.c.maximum, place.label("rank"))
        .join(rules, rules.c.id == own.c.rule_set_id)
        .where(own.c.rule_set_id == given["ruleSet"], own.c.period == given["period"])
    )


SCORE_BOARD = Listing(
    "scoreBoard",
    "ScoreCard",
    "The mandates that one rule set scored in one period, ranked 履职积分榜",
    (
        Argument(
            "ruleSet",
            Scalar.ID,
            "Id of a ScoreRuleSet 评分办法",
            read=lambda text: parse_id(text, "ScoreRuleSet"),
        ),
        Argument("period", Scalar.STRING, "Period, as the scores state it 评分周期"),
    ),
    board,
    lambda row: (row.c.scorer.asc().nulls_first(), row.c.rank, row.c.deputy_id),
)

ENTITIES = (RULE_SET, RULE, SCORE, CARD)
LISTINGS = (SCORE_BOARD,)

REVERSE: dict[str, tuple[Edge, ...]] = {
    "Congress": (many("scoreRuleSets", "ScoreRuleSet", "congress_id", "Its rules 评分办法"),),
    "Deputy": (
        many("dutyScores", "DutyScore", "deputy_id", "Points by item 履职得分"),
        listed(
            "scoreCards",
            "ScoreCard",
            "Points by rule set and period, with the rank in this congress 履职积分",
            lambda own, row: row.c.deputy_id == own.c.id,
            lambda row: (row.c.period.desc(), row.c.rule_set_id, row.c.scorer),
            rows=cards(),
        ),
    ),
}
"""The edges that lead here from other types."""
