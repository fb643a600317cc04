"""Activities of deputies, and who took part in which mandate."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import Boolean, Date, Float, Index, Integer

from hub.errors import Code, Refusal
from hub.subjects.checks import between, not_before
from hub.subjects.columns import amount, derived, golden, link, listed, plain, restricted
from hub.subjects.divisions import Level
from hub.subjects.fields import EXTERNAL_ID, OWN_DIVISION, fields_of, other
from hub.subjects.kinds import Fields, Kind, Placing
from hub.subjects.record_kinds import RecordKind


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


activity = golden(
    "activity",
    link("division_id", "division", "Division that held it 行政区划", nullable=False),
    link("congress_id", "congress", "Congress that held it, where its term is known 所属人大"),
    link("home_id", "home", "Home where it was held 代表之家"),
    link("station_id", "station", "Station where it was held 联络站"),
    link("group_id", "deputy_group", "Group that held it 代表小组"),
    link("same_event_id", "activity", "The same event in the system that keeps it 同一活动"),
    derived(listed("level", Level, "Level of the division 层级", nullable=False)),
    listed("kind", ActivityKind, "Kind 活动类型", nullable=False),
    plain("theme", "Theme, of a themed activity: rural revitalisation 活动主题"),
    plain("title", "Title 活动名称", nullable=False),
    listed("state", ActivityState, "State 状态"),
    plain("source_state", "The source's own code of the state 来源状态代码"),
    plain("held_on", "Day, the first of several 活动日期", Date),
    plain("ended_on", "Last day 结束日期", Date),
    plain("place", "Place, as the source writes it 活动地点"),
    plain("content", "What was done 活动内容"),
    plain("summary", "What came of it 活动总结"),
    amount(plain("voters_present", "Voters who were there 到场选民人数", Integer)),
    restricted("contact", "Name and phone of the contact 联系人."),
    plain("review_state", "Result of the review, as the source writes it 审核状态"),
    plain("review_note", "Opinion of the reviewer 审核意见"),
    Index("ix_activity_division_id", "division_id", "held_on"),
    Index("ix_activity_congress_id", "congress_id"),
    Index("ix_activity_home_id", "home_id"),
    Index("ix_activity_station_id", "station_id"),
    Index("ix_activity_group_id", "group_id"),
    Index("ix_activity_same_event_id", "same_event_id"),
    Index("ix_activity_held_on", "held_on", "title"),
    orders=(
        "title",
        "held_on",
        "ended_on",
        "voters_present",
    ),
)

activity_participation = golden(
    "activity_participation",
    link("division_id", "division", "Division of the activity 行政区划", nullable=False),
    link("activity_id", "activity", "Activity 活动"),
    link("deputy_id", "deputy", "Mandate that it counts for 履职代表"),
    listed("role", ParticipationRole, "Part in it 参与方式"),
    listed("attendance", Attendance, "Whether the deputy was there 出席情况"),
    amount(plain("hours", "Hours spent 时长（小时）", Float)),
    plain("is_reported_by_deputy", "Whether the deputy reported it 是否代表自行填报", Boolean),
    plain("note", "What the deputy did or said 履职说明"),
    Index("ix_activity_participation_activity_id", "activity_id"),
    Index("ix_activity_participation_deputy_id", "deputy_id"),
    orders=("hours",),
)


def themed_has_a_theme(fields: Fields) -> None:
    """Raises Refusal REQUIRED where a themed activity has no theme."""
    if fields.get("kind") == ActivityKind.THEMED.name and "theme" not in fields:
        raise Refusal(
            Code.REQUIRED,
            "theme is missing, though kind is THEMED. Give the theme, or another kind.",
            "theme",
        )


ACTIVITY = Kind(
    RecordKind.ACTIVITY,
    "Activity",
    "Activities",
    activity,
    (*OWN_DIVISION, *fields_of(activity, required=("kind", "title"))),
    (
        other("home", RecordKind.HOME, "Home where it was held 代表之家"),
        other("station", RecordKind.STATION, "Station where it was held 联络站"),
        other("group", RecordKind.GROUP, "Group that held it 代表小组"),
        other("sameEvent", RecordKind.ACTIVITY, "The same event in another system 同一活动"),
    ),
    checks=(themed_has_a_theme, not_before("endedOn", "heldOn"), between("votersPresent", 0)),
)

PARTICIPATION = Kind(
    RecordKind.ACTIVITY_PARTICIPATION,
    "ActivityParticipation",
    "ActivityParticipations",
    activity_participation,
    (EXTERNAL_ID, *fields_of(activity_participation)),
    (
        other("activity", RecordKind.ACTIVITY, "Activity 活动", required=True),
        other("deputy", RecordKind.DEPUTY, "Mandate that it counts for 履职代表", required=True),
    ),
    placing=Placing.PARENT,
    parent="activity",
    checks=(between("hours", 0),),
)

KINDS = (ACTIVITY, PARTICIPATION)
