"""Meetings of congresses and their bodies, and what they decided."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Date, Index, Integer

from hub import enums
from hub.enums import decisions as lists
from hub.subjects.columns import derived, golden, link, listed, plain

meeting = golden(
    "meeting",
    link("division_id", "division", "Division of its congress 行政区划", nullable=False),
    link("congress_id", "congress", "Congress, where its term is known 所属人大"),
    derived(listed("level", enums.Level, "Level of the division 层级", nullable=False)),
    listed("kind", lists.MeetingKind, "Session, standing committee or other 会议类型"),
    plain("number", "Number of the meeting in its term 次数", Integer),
    plain("name", "Name 会议名称", nullable=False),
    plain("opened_on", "First day 开始日期", Date),
    plain("closed_on", "Last day 结束日期", Date),
    plain("agenda", "Agenda 议程"),
    plain("eligible", "Members who could take part 应到人数", Integer),
    plain("present", "Members who were there 实到人数", Integer),
    Index("ix_meeting_division_id", "division_id", "opened_on"),
    Index("ix_meeting_congress_id", "congress_id"),
)


def vote_columns() -> tuple[Any, ...]:
    """The votes on what a meeting decided."""
    return (
        plain("votes_for", "Votes for it 赞成票", Integer),
        plain("votes_against", "Votes against it 反对票", Integer),
        plain("abstentions", "Abstentions 弃权票", Integer),
    )


appointment = golden(
    "appointment",
    link("division_id", "division", "Division of the congress 行政区划", nullable=False),
    link("meeting_id", "meeting", "Meeting that decided 会议"),
    link("deputy_id", "deputy", "Mandate of the person, of those who have one 代表职务"),
    derived(listed("level", enums.Level, "Level of the division 层级", nullable=False)),
    plain("number", "Number of the document 文号"),
    plain("name", "Name of the person 姓名", nullable=False),
    listed("kind", lists.AppointmentKind, "Appointed, removed or other 任免类型", nullable=False),
    plain("organ", "Organ of the post 任职机关"),
    plain("post", "Post 职务", nullable=False),
    plain("proposed_by", "Who proposed it 提名人"),
    plain("decided_on", "Day of the vote 任免日期", Date),
    listed("result", lists.AppointmentResult, "What came of the vote 表决结果"),
    *vote_columns(),
    plain("has_taken_oath", "Whether the oath to the constitution was taken 是否宪法宣誓", Boolean),
    Index("ix_appointment_division_id", "division_id", "decided_on"),
    Index("ix_appointment_meeting_id", "meeting_id"),
    Index("ix_appointment_deputy_id", "deputy_id"),
)

major_decision = golden(
    "major_decision",
    link("division_id", "division", "Division of the congress 行政区划", nullable=False),
    link("meeting_id", "meeting", "Meeting that decided 会议"),
    derived(listed("level", enums.Level, "Level of the division 层级", nullable=False)),
    plain("number", "Number of the document 文号"),
    plain("title", "Title 决定事项", nullable=False),
    listed("category", lists.DecisionCategory, "Subject 类别"),
    listed("state", lists.DecisionState, "State 状态"),
    plain("source_state", "The source's own code of the state 来源状态代码"),
    plain("proposed_by", "Who proposed it 提请单位"),
    plain("decided_on", "Day of the vote 决定日期", Date),
    plain("effective_on", "Day it took effect 生效日期", Date),
    plain("report_due", "Day by which its execution is to be reported 报告期限", Date),
    plain("reported_on", "Day its execution was reported 报告日期", Date),
    plain("text", "What was decided 决定内容"),
    *vote_columns(),
    Index("ix_major_decision_division_id", "division_id", "decided_on"),
    Index("ix_major_decision_meeting_id", "meeting_id"),
)
