"""Supervision by congresses: items, their stages, and the problems found until they are gone."""

from __future__ import annotations

from sqlalchemy import Date, Float, Index, Integer

from hub import enums
from hub.enums import supervision as lists
from hub.enums.suggestions import Satisfaction
from hub.subjects.columns import derived, golden, link, listed, membership, plain

supervision_item = golden(
    "supervision_item",
    link("division_id", "division", "Division whose congress supervises 行政区划", nullable=False),
    link("congress_id", "congress", "Congress, where its term is known 所属人大"),
    link("project_id", "livelihood_project", "Livelihood project supervised 民生实事项目"),
    link("suggestion_id", "suggestion", "Suggestion whose handling is supervised 代表建议"),
    link("meeting_id", "meeting", "Meeting that deliberated it 审议会议"),
    link("body_id", "handling_body", "Body that is supervised 监督对象"),
    derived(listed("level", enums.Level, "Level of the division 层级", nullable=False)),
    plain("number", "Running number 编号"),
    plain("title", "Title 监督事项", nullable=False),
    plain("year", "Year of the plan 年度", Integer, nullable=False),
    listed("form", lists.SupervisionForm, "Form 监督形式"),
    listed("aspect", lists.SupervisionAspect, "One of the five aspects 监督方面"),
    listed("state", lists.SupervisionState, "State 状态", nullable=False),
    plain("source_state", "The source's own code of the state 来源状态代码"),
    plain("body_name", "Body that is supervised, as the source writes it 监督对象名称"),
    plain("started_at", "First day 开始日期", Date),
    plain("closed_at", "Last day 结束日期", Date),
    plain("opinions", "Deliberation opinions 审议意见"),
    plain("follow_up", "What was done about them 跟踪落实情况"),
    listed("satisfaction", Satisfaction, "Judgement of the committee 测评结果"),
    Index("ix_supervision_item_division_id", "division_id", "year", "aspect"),
    Index("ix_supervision_item_congress_id", "congress_id"),
    Index("ix_supervision_item_project_id", "project_id"),
    Index("ix_supervision_item_suggestion_id", "suggestion_id"),
    Index("ix_supervision_item_meeting_id", "meeting_id"),
    Index("ix_supervision_item_body_id", "body_id"),
)

supervision_item_member = membership("supervision_item_member", "supervision_item")

supervision_stage = golden(
    "supervision_stage",
    link("division_id", "division", "Division of the item 行政区划", nullable=False),
    link("item_id", "supervision_item", "Item 监督事项"),
    listed("kind", lists.StageKind, "Kind 环节类型"),
    plain("name", "Name, as the source writes it 环节名称", nullable=False),
    plain("planned_on", "Day it is planned for 计划日期", Date),
    plain("reached_on", "Day it was done 完成日期", Date),
    plain("note", "What was found 情况说明"),
    Index("ix_supervision_stage_item_id", "item_id"),
)

supervision_finding = golden(
    "supervision_finding",
    link("division_id", "division", "Division of the item 行政区划", nullable=False),
    link("item_id", "supervision_item", "Item that found it 监督事项"),
    link("body_id", "handling_body", "Body that must put it right 整改责任单位"),
    link("project_id", "livelihood_project", "Livelihood project it is about 民生实事项目"),
    link("suggestion_id", "suggestion", "Suggestion it is about 代表建议"),
    plain("number", "Number in the list of problems 问题编号"),
    plain("title", "Problem 问题", nullable=False),
    plain("year", "Year 年度", Integer, nullable=False),
    listed("aspect", lists.SupervisionAspect, "Aspect 监督方面", nullable=False),
    plain("asset_class", "Class of assets: enterprise, financial, natural 资产类别"),
    plain("body_name", "Body that must put it right, as the source writes it 责任单位名称"),
    plain("amount", "Amount concerned, in yuan 涉及金额（元）", Float),
    plain("rectified_amount", "Amount put right, in yuan 已整改金额（元）", Float),
    listed("deadline_kind", lists.DeadlineKind, "Kind of deadline 整改时限类型"),
    listed("state", lists.FindingState, "State 状态", nullable=False),
    plain("source_state", "The source's own code of the state 来源状态代码"),
    plain("found_at", "Day it was found 发现日期", Date),
    plain("assigned_at", "Day it was handed over 交办日期", Date),
    plain("due_date", "Day by which it must be right 整改期限", Date),
    plain("submitted_at", "Day it was said to be right 提交日期", Date),
    plain("struck_off_at", "Day it was struck off the list 销号日期", Date),
    plain("evidence", "What shows that it is right 整改佐证"),
    listed("satisfaction", Satisfaction, "Judgement of the committee 测评结果"),
    Index("ix_supervision_finding_division_id", "division_id", "year", "aspect"),
    Index("ix_supervision_finding_item_id", "item_id"),
    Index("ix_supervision_finding_body_id", "body_id"),
    Index("ix_supervision_finding_project_id", "project_id"),
    Index("ix_supervision_finding_suggestion_id", "suggestion_id"),
)
