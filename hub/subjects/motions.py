"""Motions: what deputies and organs put to a session of their congress, and what became of it.

Who may propose, and how many deputies it takes: Organic Law of Local People's Congresses and Local
People's Governments (2022), art. 22; for the nation, Rules of Procedure of the National People's
Congress (2021), art. 23.
"""

from __future__ import annotations

from enum import Enum

from sqlalchemy import Date, Index, Integer

from hub.subjects.checks import between, not_before
from hub.subjects.columns import (
    amount,
    derived,
    golden,
    link,
    listed,
    membership,
    plain,
    restricted,
)
from hub.subjects.divisions import Level
from hub.subjects.fields import OWN_DIVISION, fields_of, other
from hub.subjects.kinds import Kind, Membership, Reference
from hub.subjects.record_kinds import RecordKind


class MotionProposer(Enum):
    """Who puts a motion 提案人 (Organic Law of Local Congresses 2022, art. 22)."""

    DEPUTIES = "Deputies jointly 代表联名、代表"
    DELEGATION = "A delegation, to the National People's Congress 代表团"
    PRESIDIUM = "The presidium of the session 主席团"
    STANDING_COMMITTEE = "The standing committee 常务委员会、常委会、人大常委会"
    SPECIAL_COMMITTEE = "A special committee 专门委员会、专委会"
    GOVERNMENT = "The people's government of the same level 本级人民政府、人民政府、政府"
    CENTRAL_ORGAN = (
        "Another organ that may propose to the National People's Congress "
        "中央军事委员会、国家监察委员会、最高人民法院、最高人民检察院"
    )


class MotionState(Enum):
    """State of a motion 议案状态 (Organic Law of Local Congresses 2022, art. 22)."""

    SUBMITTED = "Handed in; the presidium has not decided on it 已提交、提交、已提出"
    WITHDRAWN = "Taken back by its proposers before the vote 撤回、已撤回"
    REFERRED = "Referred to a committee 交专门委员会审议、交委员会审议、审议中"
    ON_AGENDA = "Placed on the agenda 列入会议议程、列入议程"
    PASSED = "Put to the vote and passed 表决通过、通过"
    NOT_PASSED = "Put to the vote and not passed 表决未通过、未通过"
    AS_SUGGESTION = "Turned into a suggestion 转为建议、转建议、作为建议办理"
    CLOSED = "Closed 办结、已办结"


REQUIRED_PROPOSERS = {
    Level.NATIONAL: 30,
    Level.PROVINCE: 10,
    Level.PREFECTURE: 10,
    Level.COUNTY: 10,
    Level.TOWNSHIP: 5,
}
"""How many deputies at the least put a motion jointly, by the level of their congress."""

motion = golden(
    "motion",
    link("division_id", "division", "Division of its congress 行政区划", nullable=False),
    link("congress_id", "congress", "Congress it was put to, where its term is known 所属人大"),
    link("meeting_id", "meeting", "Session it was put to 会议"),
    link("lead_deputy_id", "deputy", "Mandate that proposes it first 领衔代表"),
    link("handler_id", "handling_body", "Body that deals with it 承办单位"),
    link("suggestion_id", "suggestion", "Suggestion that it was turned into 转为的建议"),
    derived(listed("level", Level, "Level of the division 层级", nullable=False)),
    plain("number", "Number of the motion 议案编号"),
    plain("title", "Title 案由、标题", nullable=False),
    plain("summary", "Summary 摘要"),
    restricted("body", "Text: its grounds and what it proposes 案据与方案."),
    plain("category", "Subject, as the source names it 类别"),
    listed("proposer", MotionProposer, "Who proposes it 提案人"),
    plain("proposer_name", "Who proposes it, as the source writes it 提案人名称"),
    amount(
        plain("stated_proposers", "How many deputies propose it, by the source 联名人数", Integer)
    ),
    listed("state", MotionState, "State 议案状态", nullable=False),
    plain("source_state", "The source's own code of the state 来源状态代码"),
    plain("session", "Number of the session it was put to 会次", Integer),
    plain("submitted_at", "Day it was handed in 提出日期", Date),
    plain("submission_deadline", "Last day for motions to the session 议案截止时间", Date),
    plain("decided_at", "Day the presidium decided what to do with it 主席团决定日期", Date),
    plain("handler_name", "Body that deals with it, as the source writes it 承办单位名称"),
    plain("referred_at", "Day it was referred to the body 交付日期", Date),
    plain("report_by", "Committee whose report on it there is 审议结果报告单位"),
    plain("reported_at", "Day of the committee's report 审议结果报告日期", Date),
    plain("closed_at", "Day it was closed 办结日期", Date),
    Index("ix_motion_division_id", "division_id", "state"),
    Index("ix_motion_congress_id", "congress_id"),
    Index("ix_motion_meeting_id", "meeting_id"),
    Index("ix_motion_lead_deputy_id", "lead_deputy_id"),
    Index("ix_motion_handler_id", "handler_id"),
    Index("ix_motion_suggestion_id", "suggestion_id"),
    orders=(
        "level",
        "number",
        "title",
        "session",
        "submitted_at",
        "decided_at",
        "report_by",
        "reported_at",
        "closed_at",
    ),
)

motion_co_signer = membership("motion_co_signer", "motion")

MOTION = Kind(
    RecordKind.MOTION,
    "Motion",
    "Motions",
    motion,
    (*OWN_DIVISION, *fields_of(motion, required=("title", "state"))),
    (
        other("meeting", RecordKind.MEETING, "Session it was put to 会议"),
        other("leadDeputy", RecordKind.DEPUTY, "Mandate that proposes it first 领衔代表"),
        Reference(
            "coSigners", RecordKind.DEPUTY, "Mandates that propose it too 联名代表", across=True
        ),
        other("handler", RecordKind.HANDLING_BODY, "Body that deals with it 承办单位"),
        other("suggestion", RecordKind.SUGGESTION, "Suggestion it was turned into 转为的建议"),
    ),
    (Membership(motion_co_signer, RecordKind.DEPUTY, "coSigners"),),
    checks=(
        between("statedProposers", 1),
        between("session", 1),
        not_before("decidedAt", "submittedAt"),
        not_before("referredAt", "submittedAt"),
        not_before("reportedAt", "referredAt"),
        not_before("closedAt", "submittedAt"),
    ),
)

KINDS = (MOTION,)
