"""Deputy groups, which may mix deputies of several levels."""

from __future__ import annotations

from hub.subjects.groups import deputy_group, deputy_group_member
from hub.subjects.record_kinds import RecordKind
from schema.columns import columns, members, one
from schema.declare import Entity, node_id
from schema.provenance import origin

group = deputy_group

GROUP = Entity(
    "DeputyGroup",
    group,
    "A deputy group, territorial or professional 代表小组",
    (
        node_id("DeputyGroup"),
        *columns(group, "name", "level", "kind", "field", "contact", "introduction"),
    ),
    (
        one("division", "Division", group.c.division_id),
        one("congress", "Congress", group.c.congress_id),
        one("leader", "Deputy", group.c.leader_id),
        members(
            "deputies",
            "Deputy",
            deputy_group_member,
            "deputy_group_id",
            "deputy_id",
            "Members of the group 小组成员",
        ),
        *origin(group, RecordKind.GROUP),
    ),
    plural="groups",
    singular="group",
)

ENTITIES = (GROUP,)
