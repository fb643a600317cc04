"""Meetings of congresses and their bodies, and what they decided."""

from __future__ import annotations

from enum import Enum
from typing import Any

from sqlalchemy import Boolean, Date, Index, Integer

from hub.subjects.checks import VOTES, between, no_more_votes_than_voters, not_before
from hub.subjects.columns import amount, derived, golden, link, listed, plain
from hub.subjects.divisions import Level
from hub.subjects.fields import OWN_DIVISION, fields_of, other
from hub.subjects.kinds import Against, Kind
from hub.subjects.record_kinds import RecordKind


class MeetingKind(Enum):
    """Kind of a meeting 会议类型 (Organic Law of Local Congresses)."""

    SESSION = "Session of the congress 人民代表大会会议、代表大会"
    STANDING_COMMITTEE = "Meeting of the standing committee 常委会会议、人大常委会会议"
    CHAIRPERSONS = "Meeting of the council of chairpersons 主任会议"
    PRESIDIUM = "Meeting of the presidium 主席团会议"


class AppointmentKind(Enum):
    """What was decided of a person 任免类型."""

    ELECTED = "Elected 选举、当选"
    APPOINTED = "Appointed 任命"
    DECIDED = "Appointment decided 决定任命"
    ACTING = "Made to act 代理、决定代理"
    REMOVED = "Removed 免去、免职"
    RESIGNATION_ACCEPTED = "Resignation accepted 接受辞职"
    DISMISSED = "Dismissed for fault 撤职、撤销职务"


class AppointmentResult(Enum):
    """What came of the vote 表决结果."""

    PASSED = "Passed 通过"
    NOT_PASSED = "Not passed 未通过"
    WITHDRAWN = "Taken back before the vote 撤回"


class DecisionCategory(Enum):
    """Subject of a decision on a major matter 重大事项类别."""

    PLAN = "Plan of economy and society 国民经济和社会发展计划、规划"
    BUDGET = "Budget, its adjustment or final accounts 财政预算、预算调整、决算"
    DEBT = "Government debt 政府债务"
    PROJECT = "Large construction project 重大建设项目、重大项目"
    LIVELIHOOD = "Education, health and other matters of life 民生事项、民生"
    ENVIRONMENT = "Environment and resources 生态环境、环境资源"
    RULE_OF_LAW = "Rule of law 法治建设、法治"
    HONOUR = "Title of honour 荣誉称号"
    OTHER = "Other 其他"


class DecisionState(Enum):
    """State of a decision 决定状态."""

    PROPOSED = "Proposed 已提请、提请"
    PASSED = "Passed 通过、已通过"
    REJECTED = "Rejected 否决、未通过"
    IN_EXECUTION = "Being carried out 执行中"
    REPORTED = "Carried out and reported 已报告、已落实"


meeting = golden(
    "meeting",
    link("division_id", "division", "Division of its congress 行政区划", nullable=False),
    link("congress_id", "congress", "Congress, where its term is known 所属人大"),
    derived(listed("level", Level, "Level of the division 层级", nullable=False)),
    listed("kind", MeetingKind, "Session, standing committee or other 会议类型"),
    plain("number", "Number of the meeting in its term 次数", Integer),
    plain("name", "Name 会议名称", nullable=False),
    plain("opened_on", "First day 开始日期", Date),
    plain("closed_on", "Last day 结束日期", Date),
    plain("agenda", "Agenda 议程"),
    amount(plain("eligible", "Members who could take part 应到人数", Integer)),
    amount(plain("present", "Members who were there 实到人数", Integer)),
    Index("ix_meeting_division_id", "division_id", "opened_on"),
    Index("ix_meeting_congress_id", "congress_id"),
    orders=(
        "number",
        "name",
        "opened_on",
        "closed_on",
    ),
)


def vote_columns() -> tuple[Any, ...]:
    """The votes on what a meeting decided."""
    return (
        amount(plain("votes_for", "Votes for it 赞成票", Integer)),
        amount(plain("votes_against", "Votes against it 反对票", Integer)),
        amount(plain("abstentions", "Abstentions 弃权票", Integer)),
    )


appointment = golden(
    "appointment",
    link("division_id", "division", "Division of the congress 行政区划", nullable=False),
    link("meeting_id", "meeting", "Meeting that decided 会议"),
    link("deputy_id", "deputy", "Mandate of the person, of those who have one 代表职务"),
    derived(listed("level", Level, "Level of the division 层级", nullable=False)),
    plain("number", "Number of the document 文号"),
    plain("name", "Name of the person 姓名", nullable=False),
    listed("kind", AppointmentKind, "Appointed, removed or other 任免类型", nullable=False),
    plain("organ", "Organ of the post 任职机关"),
    plain("post", "Post 职务", nullable=False),
    plain("proposed_by", "Who proposed it 提名人"),
    plain("decided_on", "Day of the vote 任免日期", Date),
    listed("result", AppointmentResult, "What came of the vote 表决结果"),
    *vote_columns(),
    plain("has_taken_oath", "Whether the oath to the constitution was taken 是否宪法宣誓", Boolean),
    Index("ix_appointment_division_id", "division_id", "decided_on"),
    Index("ix_appointment_meeting_id", "meeting_id"),
    Index("ix_appointment_deputy_id", "deputy_id"),
    orders=(
        "number",
        "name",
        "decided_on",
        "votes_for",
    ),
)

major_decision = golden(
    "major_decision",
    link("division_id", "division", "Division of the congress 行政区划", nullable=False),
    link("meeting_id", "meeting", "Meeting that decided 会议"),
    link("body_id", "handling_body", "Body that it obliges 责任单位"),
    derived(listed("level", Level, "Level of the division 层级", nullable=False)),
    plain("number", "Number of the document 文号"),
    plain("title", "Title 决定事项", nullable=False),
    listed("category", DecisionCategory, "Subject 类别"),
    listed("state", DecisionState, "State 状态"),
    plain("source_state", "The source's own code of the state 来源状态代码"),
    plain("proposed_by", "Who proposed it 提请单位"),
    plain("decided_on", "Day of the vote 决定日期", Date),
    plain("effective_on", "Day it took effect 生效日期", Date),
    plain("report_due", "Day by which its execution is to be reported 报告期限", Date),
    plain("reported_on", "Day its execution was reported 报告日期", Date),
    plain("text", "What was decided 决定内容"),
    plain("body_name", "Body that it obliges, as the source writes it 责任单位名称"),
    plain("obligation", "What it obliges that body to do 责任事项"),
    plain("report", "What was reported on its execution 执行情况报告"),
    *vote_columns(),
    Index("ix_major_decision_division_id", "division_id", "decided_on"),
    Index("ix_major_decision_meeting_id", "meeting_id"),
    Index("ix_major_decision_body_id", "body_id"),
    orders=(
        "number",
        "title",
        "decided_on",
        "effective_on",
        "report_due",
        "reported_on",
    ),
)

NO_VOTES_BELOW_ZERO = tuple(between(name, 0) for name in VOTES)

MEETING = Kind(
    RecordKind.MEETING,
    "Meeting",
    "Meetings",
    meeting,
    (*OWN_DIVISION, *fields_of(meeting, required=("name",))),
    checks=(not_before("closedOn", "openedOn"), between("eligible", 0), between("present", 0)),
)

WITHIN_MEETING = (Against("meeting", no_more_votes_than_voters),)

OF_MEETING = other("meeting", RecordKind.MEETING, "Meeting that decided 会议")

APPOINTMENT = Kind(
    RecordKind.APPOINTMENT,
    "Appointment",
    "Appointments",
    appointment,
    (*OWN_DIVISION, *fields_of(appointment, required=("name", "kind", "post"))),
    (OF_MEETING, other("deputy", RecordKind.DEPUTY, "Mandate of the person 代表职务")),
    checks=NO_VOTES_BELOW_ZERO,
    against=WITHIN_MEETING,
)

MAJOR_DECISION = Kind(
    RecordKind.MAJOR_DECISION,
    "MajorDecision",
    "MajorDecisions",
    major_decision,
    (*OWN_DIVISION, *fields_of(major_decision, required=("title",))),
    (
        OF_MEETING,
        other("body", RecordKind.HANDLING_BODY, "Body that it obliges 责任单位"),
    ),
    checks=(*NO_VOTES_BELOW_ZERO, not_before("reportedOn", "decidedOn")),
    against=WITHIN_MEETING,
)

KINDS = (MEETING, APPOINTMENT, MAJOR_DECISION)
