"""The learning centre: courses, and what deputies learned."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import Boolean, Date, Float, Index, Integer

from hub.subjects.checks import between, not_before
from hub.subjects.columns import amount, degree, golden, link, listed, plain
from hub.subjects.divisions import Level, level
from hub.subjects.fields import DIVISION_FIELDS, EXTERNAL_ID, fields_of, other
from hub.subjects.kinds import Kind, Placing
from hub.subjects.record_kinds import RecordKind


class CourseKind(Enum):
    """Kind of learning material 学习资料类型."""

    COURSEWARE = "Course 课件、网络课程、课程"
    LECTURE = "Lecture 讲座、专题讲座"
    LAW = "Law or regulation 法律法规"
    REFERENCE = "Reference or case 参考资料、典型案例"


course = golden(
    "course",
    link("division_id", "division", "Division that offers it 行政区划", nullable=False),
    plain("title", "Title 课程名称", nullable=False),
    listed("kind", CourseKind, "Kind of material 资料类型"),
    amount(plain("minutes", "Length in minutes 时长（分钟）", Integer)),
    plain("teacher", "Teacher 授课人"),
    listed("required_for", Level, "Level whose deputies must take it 必修层级"),
    amount(plain("credit_hours", "Credit hours that it gives 学时", Float)),
    plain("published_on", "Day it was put up 发布日期", Date),
    Index("ix_course_division_id", "division_id"),
    orders=(
        "title",
        "minutes",
        "credit_hours",
        "published_on",
    ),
)

learning_record = golden(
    "learning_record",
    link("division_id", "division", "Division of the deputy's congress 行政区划", nullable=False),
    link("course_id", "course", "Course 课程"),
    link("deputy_id", "deputy", "Mandate of the deputy who learns 学习代表"),
    degree(plain("progress", "Share done, in percent 学习进度（%）", Float)),
    plain("started_at", "First day 开始日期", Date),
    plain("finished_at", "Day it was complete 完成日期", Date),
    degree(plain("quiz_score", "Score in the quiz, 0 to 100 测验成绩", Float)),
    plain("is_passed", "Whether the quiz was passed 是否合格", Boolean),
    amount(plain("credit_hours", "Credit hours won 获得学时", Float)),
    Index("ix_learning_record_course_id", "course_id"),
    Index("ix_learning_record_deputy_id", "deputy_id"),
    orders=(
        "progress",
        "started_at",
        "finished_at",
        "quiz_score",
        "credit_hours",
    ),
)

COURSE = Kind(
    RecordKind.COURSE,
    "Course",
    "Courses",
    course,
    (
        EXTERNAL_ID,
        *DIVISION_FIELDS,
        *fields_of(course, required=("title",), readers={"required_for": level}),
    ),
    checks=(between("minutes", 0), between("creditHours", 0)),
)

LEARNING_RECORD = Kind(
    RecordKind.LEARNING_RECORD,
    "LearningRecord",
    "LearningRecords",
    learning_record,
    (EXTERNAL_ID, *fields_of(learning_record)),
    (
        other("course", RecordKind.COURSE, "Course 课程", required=True),
        other("deputy", RecordKind.DEPUTY, "Mandate of who learns 学习代表", required=True),
    ),
    placing=Placing.PARENT,
    parent="deputy",
    checks=(
        between("progress", 0, 100),
        between("quizScore", 0, 100),
        between("creditHours", 0),
        not_before("finishedAt", "startedAt"),
    ),
)

KINDS = (COURSE, LEARNING_RECORD)
