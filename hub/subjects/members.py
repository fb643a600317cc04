"""Roles in homes, stations and groups."""

from __future__ import annotations

from enum import Enum

from hub.values import Raw, enum_vocabulary, read_word


class MemberRole(Enum):
    """Role in a home, station or group 成员角色."""

    LEADER = "Leader or head 组长、站长"
    DEPUTY_LEADER = "Deputy leader 副组长、副站长"
    LIAISON_OFFICER = "Liaison officer 联络员"
    MEMBER = "Member 成员"


MEMBER_ROLE = enum_vocabulary(
    "role",
    "组长, 副组长, 站长, 副站长, 联络员 or 成员",
    MemberRole,
    {
        "LEADER": "组长 站长 小组长 召集人 负责人",
        "DEPUTY_LEADER": "副组长 副站长 副召集人 副负责人",
        "LIAISON_OFFICER": "联络员 专职联络员",
        "MEMBER": "成员 组员 小组成员 驻站代表 进站代表",
    },
)


def member_role(value: Raw) -> str | None:
    """Role in a home, station or group 成员角色, as a member's name of MemberRole.

    None for no value. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, MEMBER_ROLE)
