"""The closed lists of meetings and of what they decide."""

from __future__ import annotations

from enum import Enum


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
