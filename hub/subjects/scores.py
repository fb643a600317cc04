"""Duty scoring: rule sets of one congress each, their items, and the points of mandates."""

from __future__ import annotations

from sqlalchemy import Date, Float, Index

from hub import enums
from hub.enums import scores as lists
from hub.subjects.columns import derived, golden, link, listed, plain

score_rule_set = golden(
    "score_rule_set",
    link("division_id", "division", "Division of the congress 行政区划", nullable=False),
    link("congress_id", "congress", "Congress whose deputies it scores 所属人大", nullable=False),
    derived(listed("level", enums.Level, "Level of the congress 层级", nullable=False)),
    plain("name", "Name 评分办法名称", nullable=False),
    plain("version", "Version; a change of the rules is a new one 版本", nullable=False),
    plain("maximum", "Most points of a period; null: there is no ceiling 满分", Float),
    plain("valid_from", "First day it holds 生效日期", Date),
    plain("valid_to", "Last day it holds 失效日期", Date),
    plain("basis", "Document it rests on 依据文件"),
    Index("ix_score_rule_set_congress_id", "congress_id"),
)

score_rule = golden(
    "score_rule",
    link("division_id", "division", "Division of the rule set 行政区划", nullable=False),
    link("rule_set_id", "score_rule_set", "Rule set that the item belongs to 评分办法"),
    plain("number", "Number in its rule set 序号"),
    plain("name", "What is scored 评分项目", nullable=False),
    listed("part", lists.ScorePart, "Part of the duties 评分部分"),
    plain("unit", "What the quantity counts: suggestions, half days 计量单位"),
    plain("points_each", "Points for each unit; below zero where it costs 每项分值", Float),
    plain("maximum", "Most points of a period; null: there is no ceiling 单项满分", Float),
    Index("ix_score_rule_rule_set_id", "rule_set_id"),
)

duty_score = golden(
    "duty_score",
    link("division_id", "division", "Division of the rule set 行政区划", nullable=False),
    link("rule_set_id", "score_rule_set", "Rule set it was given by 评分办法"),
    link("rule_id", "score_rule", "Item 评分项目"),
    link("deputy_id", "deputy", "Mandate scored 被评代表"),
    plain("period", "Period: 2025, 2025-H1, 2025-Q3 评分周期", nullable=False),
    plain("quantity", "How many units 数量", Float),
    plain("points", "Points 得分", Float, nullable=False),
    listed("scorer", lists.Scorer, "Who gave them 评分主体"),
    plain("scored_on", "Day they were given 评分日期", Date),
    plain("note", "Remark 说明"),
    Index("ix_duty_score_rule_set_id", "rule_set_id", "period"),
    Index("ix_duty_score_rule_id", "rule_id"),
    Index("ix_duty_score_deputy_id", "deputy_id"),
)
