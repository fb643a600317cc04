"""Deputies: one mandate each."""

from __future__ import annotations

from hub.subjects.deputies import deputy as deputy_table
from hub.subjects.groups import deputy_group_member
from hub.subjects.places import home_member, station_member
from hub.subjects.record_kinds import RecordKind
from schema.columns import columns, members, one
from schema.declare import Entity, node_id
from schema.provenance import origin

deputy = deputy_table

DEPUTY = Entity(
    "Deputy",
    deputy,
    "One mandate: a person in one congress for one term 人大代表（代表职务）",
    (
        node_id("Deputy"),
        *columns(
            deputy,
            "level",
            "term",
            "status",
            "status_reason",
            "resignation_ordered",
            "entry_mode",
            "delegation",
            "electoral_unit",
            "certificate_number",
            "congress_post",
            "composition_type",
            "is_reelected",
            "can_receive_opinions",
            "commitment",
            "start_date",
            "end_date",
        ),
    ),
    (
        one("person", "Person", deputy.c.person_id),
        one("congress", "Congress", deputy.c.congress_id),
        one(
            "division",
            "Division",
            deputy.c.division_id,
            "Division of the congress, or the subdistrict that elects to the county's 所属行政区划",
        ),
        members(
            "homes",
            "DeputyHome",
            home_member,
            "deputy_id",
            "home_id",
            "Homes the deputy belongs to 进驻的代表之家",
        ),
        members(
            "stations",
            "LiaisonStation",
            station_member,
            "deputy_id",
            "station_id",
            "Stations the deputy is posted to 进驻的代表联络站",
        ),
        members(
            "groups",
            "DeputyGroup",
            deputy_group_member,
            "deputy_id",
            "deputy_group_id",
            "Groups the deputy belongs to 所在代表小组",
        ),
        *origin(deputy, RecordKind.DEPUTY),
    ),
    plural="deputies",
    singular="deputy",
)

ENTITIES = (DEPUTY,)
