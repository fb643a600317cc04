"""The learning centre: courses, and what deputies learned."""

from __future__ import annotations

from hub import values
from hub.enums import RecordKind
from hub.records.checks import between, not_before
from hub.records.declare import Kind, Placing
from hub.records.fields import DIVISION_FIELDS, EXTERNAL_ID, fields_of, other
from hub.subjects import learning as tables

COURSE = Kind(
    RecordKind.COURSE,
    "Course",
    "Courses",
    tables.course,
    (
        EXTERNAL_ID,
        *DIVISION_FIELDS,
        *fields_of(tables.course, required=("title",), readers={"required_for": values.level}),
    ),
    checks=(between("minutes", 0), between("creditHours", 0)),
)

LEARNING_RECORD = Kind(
    RecordKind.LEARNING_RECORD,
    "LearningRecord",
    "LearningRecords",
    tables.learning_record,
    (EXTERNAL_ID, *fields_of(tables.learning_record)),
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
