"""The kinds of records that systems deliver, and the subject that declares each.

A new kind is a line here, besides its subject, its module in `schema/` and its tests.
"""

from __future__ import annotations

from enum import Enum


class RecordKind(Enum):
    """Kind of a source record 记录类型."""

    # In the order in which streams are read: what is referred to comes first.

    subject: str
    """The module of `hub.subjects` and of `schema` that declares the kind."""

    def __new__(cls, description: str, subject: str) -> RecordKind:
        member = object.__new__(cls)
        member._value_ = description
        member.subject = subject
        return member

    __hash__ = object.__hash__  # much is looked up by kind, and a hash in Python is slow

    CONGRESS = "A congress in one term 人民代表大会（届）", "congresses"
    HOME = "A home for deputies 代表之家", "places"
    STATION = "A liaison station 代表联络站", "places"
    GROUP = "A deputy group 代表小组", "groups"
    DEPUTY = "A deputy's mandate 代表职务", "deputies"
    HANDLING_BODY = "A body that handles suggestions 承办单位", "suggestions"
    SUGGESTION = "A deputies' suggestion 代表建议", "suggestions"
    ASSIGNMENT = "A hand-over of a suggestion to a handler 交办", "suggestions"
    PUBLIC_OPINION = "An opinion of the public 群众意见", "opinions"
    LIVELIHOOD_PROJECT = "A livelihood project chosen by deputies' vote 民生实事项目", "projects"
    PROJECT_PROPOSAL = "A proposal for a livelihood project 征集建议项目", "projects"
    PROJECT_BALLOT = "A vote of deputies on livelihood projects 票决", "projects"
    BALLOT_LINE = "The votes on one candidate of a ballot 候选项目得票", "projects"
    PROJECT_MILESTONE = "A milestone of a livelihood project 项目节点", "projects"
    PROJECT_FUNDING = "Money for a livelihood project 项目资金", "projects"
    PROJECT_EVALUATION = "A judgement of deputies on livelihood projects 项目测评", "projects"
    ACTIVITY = "An activity of deputies 代表活动", "activities"
    ACTIVITY_PARTICIPATION = "A part of a deputy in an activity 履职记录", "activities"
    COURSE = "A course of the learning centre 学习课程", "learning"
    LEARNING_RECORD = "What a deputy learned of a course 学习记录", "learning"
    SCORE_RULE_SET = "A version of a congress's rules of scoring 评分办法", "scores"
    SCORE_RULE = "An item of a rule set 评分项目", "scores"
    DUTY_SCORE = "Points of a mandate for an item 履职得分", "scores"
    MEETING = "A session or another meeting 会议", "decisions"
    APPOINTMENT = "An appointment or removal 人事任免", "decisions"
    MAJOR_DECISION = "A decision on a major matter 重大事项决定", "decisions"
    MOTION = "A motion put to a session of a congress 议案", "motions"
    SUPERVISION_ITEM = "A matter under supervision 监督事项", "supervision"
    SUPERVISION_STAGE = "A stage of a supervision item 监督环节", "supervision"
    SUPERVISION_FINDING = "A problem found by supervision 监督发现的问题", "supervision"
    BUDGET_LINE = "A line of a budget 预算科目", "budget"
    PAYMENT = "A payment from a line of a budget 支付明细", "budget"
    STATE_ASSET = "State-owned assets of a class in a year 国有资产", "assets"
