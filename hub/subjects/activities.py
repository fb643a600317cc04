"""Activities of deputies, and who took part in which mandate."""

from __future__ import annotations

from sqlalchemy import Boolean, Date, Float, Index, Integer

from hub import enums
from hub.enums import activities as lists
from hub.subjects.columns import derived, golden, link, listed, plain, restricted

activity = golden(
    "activity",
    link("division_id", "division", "Division that held it 行政区划", nullable=False),
    link("congress_id", "congress", "Congress that held it, where its term is known 所属人大"),
    link("home_id", "home", "Home where it was held 代表之家"),
    link("station_id", "station", "Station where it was held 联络站"),
    link("group_id", "deputy_group", "Group that held it 代表小组"),
    link("same_event_id", "activity", "The same event in the system that keeps it 同一活动"),
    derived(listed("level", enums.Level, "Level of the division 层级", nullable=False)),
    listed("kind", lists.ActivityKind, "Kind 活动类型", nullable=False),
    plain("theme", "Theme, of a themed activity: rural revitalisation 活动主题"),
    plain("title", "Title 活动名称", nullable=False),
    listed("state", lists.ActivityState, "State 状态"),
    plain("source_state", "The source's own code of the state 来源状态代码"),
    plain("held_on", "Day, the first of several 活动日期", Date),
    plain("ended_on", "Last day 结束日期", Date),
    plain("place", "Place, as the source writes it 活动地点"),
    plain("content", "What was done 活动内容"),
    plain("summary", "What came of it 活动总结"),
    plain("voters_present", "Voters who were there 到场选民人数", Integer),
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
)

activity_participation = golden(
    "activity_participation",
    link("division_id", "division", "Division of the activity 行政区划", nullable=False),
    link("activity_id", "activity", "Activity 活动"),
    link("deputy_id", "deputy", "Mandate that it counts for 履职代表"),
    listed("role", lists.ParticipationRole, "Part in it 参与方式"),
    listed("attendance", lists.Attendance, "Whether the deputy was there 出席情况"),
    plain("hours", "Hours spent 时长（小时）", Float),
    plain("is_reported_by_deputy", "Whether the deputy reported it 是否代表自行填报", Boolean),
    plain("note", "What the deputy did or said 履职说明"),
    Index("ix_activity_participation_activity_id", "activity_id"),
    Index("ix_activity_participation_deputy_id", "deputy_id"),
)
