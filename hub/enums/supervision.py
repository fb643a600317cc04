"""The closed lists of supervision by congresses (Supervision Law of the Standing Committees)."""

from __future__ import annotations

from enum import Enum


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
