"""Supervision by congresses: items, their stages, and the problems found until they are gone."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import Date, Float, Index, Integer

from hub.subjects.checks import between, needs, not_before
from hub.subjects.columns import amount, derived, golden, link, listed, membership, plain
from hub.subjects.divisions import Level
from hub.subjects.fields import EXTERNAL_ID, OWN_DIVISION, fields_of, other
from hub.subjects.kinds import Kind, Membership, Placing, Reference
from hub.subjects.record_kinds import RecordKind
from hub.subjects.suggestions import Satisfaction


class SupervisionAspect(Enum):
    """Aspect of the online supervision of the whole process 监督方面."""

    BUDGET_EXECUTION = "Execution of the budget 预算执行"
    STATE_ASSETS = "Management of state-owned assets 国资管理、国有资产管理"
    AUDIT_RECTIFICATION = "Rectification of problems found in audits 审计查出问题整改、审计整改"
    LIVELIHOOD_PROJECT = "Livelihood projects chosen by vote 民生实事票决项目建设、民生实事项目"
    SUGGESTION_HANDLING = "Handling of deputies' suggestions 代表建议办理、建议办理"


class SupervisionForm(Enum):
    """Form of supervision 监督形式."""

    GROUP_INSPECTION = "Inspection by a group of deputies 集体视察、视察"
    SPECIAL_DELIBERATION = "Special deliberation 专项审议"
    SPECIAL_WORK_REPORT = "Hearing of a special work report 专项工作报告、听取专项工作报告"
    SPECIAL_RESEARCH = "Research on a special topic 专题调研"
    LAW_ENFORCEMENT_INSPECTION = "Inspection of law enforcement 执法检查"
    SPECIAL_SUPERVISION = "Special supervision of one matter from link to link 专项监督、跟踪监督"
    SPECIAL_INQUIRY = "Special inquiry 专题询问"
    INTERPELLATION = "Interpellation 质询"
    INVESTIGATION = "Investigation of a specific question 特定问题调查"
    FILING_REVIEW = "Review of filed documents 备案审查"
    NETWORKED = "Networked supervision 联网监督、预算联网监督"


class SupervisionState(Enum):
    """State of a supervision item 监督事项状态."""

    PLANNED = "In the yearly plan 列入计划、已列入计划"
    PREPARING = "Being prepared 准备中、筹备"
    RUNNING = "Under way 实施中、进行中"
    DELIBERATED = "Deliberated at a meeting 已审议、审议"
    FOLLOW_UP = "Findings are followed up 跟踪督办、整改中"
    CLOSED = "Closed 已办结、办结"


class StageKind(Enum):
    """Stage of a supervision item 监督环节."""

    PLAN = "Plan 计划、方案"
    NOTICE = "Notice to who is supervised 通知、监督通知"
    SITE_VISIT = "Visit to the place 实地查看、现场督查"
    REPORT = "Report to the committee 报告、听取报告"
    DELIBERATION = "Deliberation 审议"
    OPINIONS_SENT = "Deliberation opinions sent out 审议意见交办、交办审议意见"
    RECTIFICATION = "Rectification 整改、整改落实"
    FEEDBACK = "Report on the rectification 整改反馈、反馈"
    EVALUATION = "Evaluation by vote 满意度测评、测评"
    ACCEPTANCE = "Acceptance of the works 验收、竣工验收"


class FindingState(Enum):
    """State of a problem until it is struck off 问题整改状态（对账销号）."""

    LISTED = "In the list of problems 已列入清单、列入清单"
    ASSIGNED = "Handed to the body that must act 已交办、交办"
    RECTIFYING = "Being rectified 整改中"
    SUBMITTED = "Said to be done, waits for the check 已提交、待销号"
    STRUCK_OFF = "Struck off the list 已销号、销号"
    CONTINUING = "Rectification goes on 持续整改"
    EVALUATED = "Judged by the committee 已测评、测评"


class DeadlineKind(Enum):
    """Kind of deadline of a rectification 整改时限类型."""

    BY_DATE = "Within a time limit 限期整改、限期"
    CONTINUING = "Continuing 持续整改、持续"
    AT_ONCE = "At once 立行立改、立即整改"


supervision_item = golden(
    "supervision_item",
    link("division_id", "division", "Division whose congress supervises 行政区划", nullable=False),
    link("congress_id", "congress", "Congress, where its term is known 所属人大"),
    link("project_id", "livelihood_project", "Livelihood project supervised 民生实事项目"),
    link("suggestion_id", "suggestion", "Suggestion whose handling is supervised 代表建议"),
    link("meeting_id", "meeting", "Meeting that deliberated it 审议会议"),
    link("body_id", "handling_body", "Body that is supervised 监督对象"),
    derived(listed("level", Level, "Level of the division 层级", nullable=False)),
    plain("number", "Running number 编号"),
    plain("title", "Title 监督事项", nullable=False),
    plain("year", "Year of the plan 年度", Integer, nullable=False),
    listed("form", SupervisionForm, "Form 监督形式"),
    listed("aspect", SupervisionAspect, "One of the five aspects 监督方面"),
    listed("state", SupervisionState, "State 状态", nullable=False),
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
    orders=(
        "number",
        "title",
        "year",
        "started_at",
        "closed_at",
    ),
)

supervision_item_member = membership("supervision_item_member", "supervision_item")

supervision_stage = golden(
    "supervision_stage",
    link("division_id", "division", "Division of the item 行政区划", nullable=False),
    link("item_id", "supervision_item", "Item 监督事项"),
    listed("kind", StageKind, "Kind 环节类型"),
    plain("name", "Name, as the source writes it 环节名称", nullable=False),
    plain("planned_on", "Day it is planned for 计划日期", Date),
    plain("reached_on", "Day it was done 完成日期", Date),
    plain("note", "What was found 情况说明"),
    Index("ix_supervision_stage_item_id", "item_id"),
    orders=(
        "name",
        "planned_on",
        "reached_on",
    ),
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
    listed("aspect", SupervisionAspect, "Aspect 监督方面", nullable=False),
    plain("asset_class", "Class of assets: enterprise, financial, natural 资产类别"),
    plain("body_name", "Body that must put it right, as the source writes it 责任单位名称"),
    amount(plain("amount", "Amount concerned, in yuan 涉及金额（元）", Float)),
    amount(plain("rectified_amount", "Amount put right, in yuan 已整改金额（元）", Float)),
    listed("deadline_kind", DeadlineKind, "Kind of deadline 整改时限类型"),
    listed("state", FindingState, "State 状态", nullable=False),
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
    orders=(
        "number",
        "title",
        "year",
        "amount",
        "rectified_amount",
        "found_at",
        "assigned_at",
        "due_date",
        "submitted_at",
        "struck_off_at",
    ),
)

ABOUT = (
    other("project", RecordKind.LIVELIHOOD_PROJECT, "Livelihood project 民生实事项目"),
    other("suggestion", RecordKind.SUGGESTION, "Suggestion 代表建议"),
)

ITEM = Kind(
    RecordKind.SUPERVISION_ITEM,
    "SupervisionItem",
    "SupervisionItems",
    supervision_item,
    (*OWN_DIVISION, *fields_of(supervision_item, required=("title", "year", "state"))),
    (
        *ABOUT,
        other("meeting", RecordKind.MEETING, "Meeting that deliberated it 审议会议"),
        other("body", RecordKind.HANDLING_BODY, "Body that is supervised 监督对象"),
        Reference(
            "members",
            RecordKind.DEPUTY,
            "Mandates that take part, with role and dates 参加代表",
            with_role=True,
            across=True,
        ),
    ),
    (Membership(supervision_item_member, RecordKind.DEPUTY, "members"),),
    checks=(not_before("closedAt", "startedAt"),),
)

STAGE = Kind(
    RecordKind.SUPERVISION_STAGE,
    "SupervisionStage",
    "SupervisionStages",
    supervision_stage,
    (EXTERNAL_ID, *fields_of(supervision_stage, required=("name",))),
    (other("item", RecordKind.SUPERVISION_ITEM, "Item 监督事项", required=True),),
    placing=Placing.PARENT,
    parent="item",
)

FINDING = Kind(
    RecordKind.SUPERVISION_FINDING,
    "SupervisionFinding",
    "SupervisionFindings",
    supervision_finding,
    (
        EXTERNAL_ID,
        *fields_of(supervision_finding, required=("title", "year", "aspect", "state")),
    ),
    (
        other("item", RecordKind.SUPERVISION_ITEM, "Item that found it 监督事项", required=True),
        other("body", RecordKind.HANDLING_BODY, "Body that must put it right 整改责任单位"),
        *ABOUT,
    ),
    placing=Placing.PARENT,
    parent="item",
    checks=(
        needs("submittedAt", "assignedAt"),
        not_before("dueDate", "assignedAt"),
        not_before("submittedAt", "assignedAt"),
        not_before("struckOffAt", "assignedAt"),
        between("amount", 0),
        between("rectifiedAmount", 0),
    ),
)

KINDS = (ITEM, STAGE, FINDING)
