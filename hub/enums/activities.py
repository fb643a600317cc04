"""The closed lists of deputies' activities."""

from __future__ import annotations

from enum import Enum


class ActivityKind(Enum):
    """Kind of an activity of deputies 代表活动类型 (Deputies Law 2025)."""

    INSPECTION = "Inspection 视察、集中视察"
    SPECIAL_RESEARCH = "Research on a special topic 专题调研、调研"
    LAW_ENFORCEMENT_INSPECTION = "Inspection of law enforcement 执法检查"
    GROUP_ACTIVITY = "Activity of a deputy group 小组活动、代表小组活动"
    VOTER_RECEPTION = "Reception of voters 接待选民、接待群众"
    REPORT_TO_VOTERS = "Report to voters on performance 述职、代表述职"
    SIT_IN = "Sitting in at a meeting 列席、列席会议"
    TRAINING = "Training 培训、学习培训"
    HEARING = "Hearing 听证会、听证"
    INQUIRY = "Special inquiry 专题询问"
    THEMED = "Activity on a theme of the congress 主题活动"


class ActivityState(Enum):
    """State of an activity 代表活动状态."""

    PLANNED = "Planned 计划、已计划"
    SIGN_UP = "Deputies sign up 报名、报名中"
    RUNNING = "Under way 进行中"
    HELD = "Held, summary to come 已开展、已举行"
    SUMMARISED = "Summary written 已总结、总结"
    CHECKED = "Checked by the deputies affairs commission 已审核"
    CANCELLED = "Called off 已取消、取消"


class ParticipationRole(Enum):
    """Part of a deputy in an activity 参与方式."""

    ORGANISER = "Organised or led it 组织、组织者、带队"
    SPEAKER = "Spoke or reported 发言、发言人、述职人"
    PARTICIPANT = "Took part 参加、参与"


class Attendance(Enum):
    """Whether a deputy was there 出席情况."""

    SIGNED_UP = "Signed up 已报名"
    ATTENDED = "Was there 出席、已参加"
    ON_LEAVE = "Excused 请假"
    ABSENT = "Absent without leave 缺席"
