"""The learning centre: courses, and what deputies learned."""

from __future__ import annotations

from sqlalchemy import Boolean, Date, Float, Index, Integer

from hub import enums
from hub.enums import learning as lists
from hub.subjects.columns import golden, link, listed, plain

course = golden(
    "course",
    link("division_id", "division", "Division that offers it 行政区划", nullable=False),
    plain("title", "Title 课程名称", nullable=False),
    listed("kind", lists.CourseKind, "Kind of material 资料类型"),
    plain("minutes", "Length in minutes 时长（分钟）", Integer),
    plain("teacher", "Teacher 授课人"),
    listed("required_for", enums.Level, "Level whose deputies must take it 必修层级"),
    plain("credit_hours", "Credit hours that it gives 学时", Float),
    plain("published_on", "Day it was put up 发布日期", Date),
    Index("ix_course_division_id", "division_id"),
)

learning_record = golden(
    "learning_record",
    link("division_id", "division", "Division of the deputy's congress 行政区划", nullable=False),
    link("course_id", "course", "Course 课程"),
    link("deputy_id", "deputy", "Mandate of the deputy who learns 学习代表"),
    plain("progress", "Share done, in percent 学习进度（%）", Float),
    plain("started_at", "First day 开始日期", Date),
    plain("finished_at", "Day it was complete 完成日期", Date),
    plain("quiz_score", "Score in the quiz, 0 to 100 测验成绩", Float),
    plain("is_passed", "Whether the quiz was passed 是否合格", Boolean),
    plain("credit_hours", "Credit hours won 获得学时", Float),
    Index("ix_learning_record_course_id", "course_id"),
    Index("ix_learning_record_deputy_id", "deputy_id"),
)
