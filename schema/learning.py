"""The learning centre: courses, and what deputies learned."""

from __future__ import annotations

from hub.subjects.learning import course, learning_record
from hub.subjects.record_kinds import RecordKind
from schema.columns import many, one, own
from schema.declare import Edge, Entity, node_id
from schema.provenance import origin

COURSE = Entity(
    "Course",
    course,
    "A course or other material of the learning centre 学习园地课程",
    (node_id("Course"), *own(course)),
    (
        one("division", "Division", course.c.division_id),
        many("learningRecords", "LearningRecord", "course_id", "Who learned it 学习记录"),
        *origin(course, RecordKind.COURSE),
    ),
    plural="courses",
    singular="course",
)

LEARNING_RECORD = Entity(
    "LearningRecord",
    learning_record,
    "What a deputy learned of one course 学习记录",
    (node_id("LearningRecord"), *own(learning_record)),
    (
        one("division", "Division", learning_record.c.division_id),
        one("course", "Course", learning_record.c.course_id),
        one("deputy", "Deputy", learning_record.c.deputy_id),
        *origin(learning_record, RecordKind.LEARNING_RECORD),
    ),
    plural="learningRecords",
    singular="learningRecord",
)

ENTITIES = (COURSE, LEARNING_RECORD)

REVERSE: dict[str, tuple[Edge, ...]] = {
    "Division": (many("courses", "Course", "division_id", "Courses it offers 学习课程"),),
    "Deputy": (many("learningRecords", "LearningRecord", "deputy_id", "Learning 学习记录"),),
}
"""The edges that lead here from other types."""
