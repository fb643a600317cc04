"""Deputy groups."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import Index

from hub import values
from hub.subjects.columns import golden, link, listed, membership, plain
from hub.subjects.divisions import Level
from hub.subjects.fields import DIVISION_FIELDS, EXTERNAL_ID, TERM, feeding
from hub.subjects.kinds import Kind, Membership, Reference
from hub.subjects.places import MEMBERS
from hub.subjects.record_kinds import RecordKind
from hub.values import Raw, enum_vocabulary, read_word


class GroupKind(Enum):
    """Kind of a deputy group 代表小组类型 (Deputies Law 2025, art. 27)."""

    TERRITORIAL = "By territory 地域小组"
    PROFESSIONAL = "By field of work 专业小组"


GROUP_KIND = enum_vocabulary(
    "kind of group",
    "专业 or 地域",
    GroupKind,
    {
        "TERRITORIAL": "地域 区域 地域小组 区域小组 地域代表小组 区域代表小组",
        "PROFESSIONAL": "专业 领域 专业小组 领域小组 专业代表小组 领域代表小组",
    },
)


def group_kind(value: Raw) -> str | None:
    """Kind of a deputy group (Deputies Law 2025, art. 27), as a name of GroupKind.

    None for no value. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, GROUP_KIND)


deputy_group = golden(
    "deputy_group",
    link("division_id", "division", "Division of the group 行政区划", nullable=False),
    link("congress_id", "congress", "Congress that the group belongs to 所属人大"),
    plain("name", "Name 名称", nullable=False),
    listed("level", Level, "Level of the division 层级", nullable=False),
    listed("kind", GroupKind, "Territorial or professional 类型"),
    plain("field", "Field of work: education, health 领域"),
    link("leader_id", "deputy", "Leader 组长"),
    plain("contact", "Name of the contact person 联系人"),
    plain("introduction", "What the group does 简介"),
    Index("ix_deputy_group_division_id", "division_id"),
    Index("ix_deputy_group_congress_id", "congress_id"),
    Index("ix_deputy_group_leader_id", "leader_id"),
    orders=("name",),
)

deputy_group_member = membership("deputy_group_member", "deputy_group")

_group = feeding(deputy_group)

GROUP = Kind(
    RecordKind.GROUP,
    "Group",
    "Groups",
    deputy_group,
    (
        EXTERNAL_ID,
        _group("name", values.short_text, required=True),
        *DIVISION_FIELDS,
        TERM,
        _group("kind", group_kind),
        _group("field", values.text),
        _group("contact", values.text),
        _group("introduction", values.text),
    ),
    (MEMBERS, Reference("leader", RecordKind.DEPUTY, "Leader of the group 组长", many=False)),
    (Membership(deputy_group_member, RecordKind.DEPUTY, "members", "groups"),),
)

KINDS = (GROUP,)
