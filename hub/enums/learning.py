"""The closed lists of the learning centre."""

from __future__ import annotations

from enum import Enum


class CourseKind(Enum):
    """Kind of learning material 学习资料类型."""

    COURSEWARE = "Course 课件、网络课程、课程"
    LECTURE = "Lecture 讲座、专题讲座"
    LAW = "Law or regulation 法律法规"
    REFERENCE = "Reference or case 参考资料、典型案例"
