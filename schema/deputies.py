"""Deputies: one mandate each."""

from __future__ import annotations

from sqlalchemy import case, func, select

from hub.subjects.congresses import congress as congress_table
from hub.subjects.deputies import MandateStatus
from hub.subjects.deputies import deputy as deputy_table
from hub.subjects.groups import deputy_group_member
from hub.subjects.places import home_member, station_member
from hub.subjects.record_kinds import RecordKind
from schema.columns import columns, members, one
from schema.declare import Entity, Expression, Period, Row, node_id
from schema.provenance import origin

deputy = deputy_table

GOING_ON = tuple(
    status.name
    for status in (
        MandateStatus.ELECTED_PENDING_REVIEW,
        MandateStatus.ACTIVE,
        MandateStatus.SUSPENDED,
    )
)


def term_of(row: Row, name: str) -> Expression:
    """A day of the term of the congress that a mandate is in."""
    congress = congress_table.alias()
    found = select(congress.c[name]).where(congress.c.id == row.c.congress_id)
    return found.correlate_except(congress).scalar_subquery()


def last_day(row: Row) -> Expression:
    """The last day of a mandate; it ends with the term, but where it ended before on a day that
    nobody states."""
    ended_early = func.coalesce(row.c.status, "") == MandateStatus.TERMINATED.name
    return func.coalesce(row.c.end_date, case((~ended_early, term_of(row, "end_date"))))


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
    period=Period(
        lambda row: func.coalesce(row.c.start_date, term_of(row, "start_date")),
        last_day,
        lambda row: func.coalesce(row.c.status, "").not_in(GOING_ON),
    ),
)

ENTITIES = (DEPUTY,)
