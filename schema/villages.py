"""Villages and communities, who covers them, and how far homes and stations cover a division."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Integer,
    Select,
    Table,
    Text,
    Uuid,
    cast,
    exists,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import array

from hub.subjects.deputies import MandateStatus
from hub.subjects.divisions import Level
from hub.subjects.divisions import division as division_table
from hub.subjects.places import home as home_table
from hub.subjects.places import home_member, station_member
from hub.subjects.places import station as station_table
from schema.columns import among, first, led_by, listed, matching
from schema.declare import Edge, Entity, Expression, Listing, Row, Scalar, Value
from schema.divisions import OF_DIVISION, by_code, ids_inside, of_level
from schema.places import GONE
from schema.shares import percent


def lies_inside(own: Row, place: Row) -> Expression:
    """Whether a home or station lies in a division, a village or what is below it."""
    inside = ids_inside(own)
    return or_(among(place.c.located_in_id, inside), among(place.c.village_id, ids_inside(own)))


def with_inside(place: Row, condition: Expression) -> CompoundSelect[Any]:
    """The ids of the divisions and villages inside which such a home or station lies."""
    lies_in = division_table.alias()
    return union_all(
        *(
            select(func.unnest(lies_in.c.path))
            .select_from(place.join(lies_in, lies_in.c.id == place.c[link]))
            .where(condition)
            .correlate_except(place, lies_in)
            for link in ("located_in_id", "village_id")
        )
    )


def posted_inside(own: Row, places: Table, members: Table, key: str) -> Select[Any]:
    """The mandates posted to homes or stations there."""
    place, member = places.alias(), members.alias()
    return (
        select(member.c.deputy_id)
        .select_from(member.join(place, place.c.id == member.c[key]))
        .where(lies_inside(own, place))
        .correlate_except(place, member)
    )


def works_inside(own: Row, row: Row) -> Expression:
    """A mandate in office that is posted to a home or station there, or elected by the village."""
    here = division_table.alias()
    elects = (
        select(here.c.id)
        .where(
            here.c.id == own.c.id,
            here.c.level == Level.VILLAGE.name,
            here.c.parent_id == row.c.division_id,
            func.strpos(row.c.electoral_unit, here.c.name) > 0,
        )
        .correlate_except(here)
    )
    return (row.c.status == MandateStatus.ACTIVE.name) & or_(
        among(row.c.id, posted_inside(own, home_table, home_member, "home_id")),
        among(row.c.id, posted_inside(own, station_table, station_member, "station_id")),
        elects.exists(),
    )


# --- Coverage -------------------------------------------------------------------------------------


def has_place(row: Row, table: Table) -> Expression:
    """Whether a home or a station that was not closed lies in a town or village."""
    place = table.alias()
    return exists(
        select(place.c.id).where(
            or_(place.c.located_in_id == row.c.id, place.c.village_id == row.c.id),
            func.coalesce(place.c.status, "").not_in(GONE),
        )
    )


def is_covered(row: Row) -> Expression:
    return or_(has_place(row, home_table), has_place(row, station_table))


LEVELS = (Level.TOWNSHIP.name, Level.VILLAGE.name)


def coverage(given: Mapping[str, Expression]) -> Select[Any]:
    """A row for towns and one for villages of the division that has the code today."""
    asked, place = division_table.alias(), division_table.alias()
    latest = (
        select(asked.c.id)
        .where(asked.c.code == given["division"])
        .order_by(asked.c.valid_to.desc().nulls_first())
        .limit(1)
        .scalar_subquery()
    )
    there = (
        select(
            cast(latest, Uuid).label("division_id"),
            place.c.level,
            has_place(place, home_table).label("has_home"),
            has_place(place, station_table).label("has_station"),
        )
        .where(
            place.c.path.contains(array([latest])),
            place.c.valid_to.is_(None),
            place.c.level.in_(LEVELS),
        )
        .subquery()
    )
    either = or_(there.c.has_home, there.c.has_station)
    return select(
        there.c.division_id,
        cast(there.c.level, Text).label("level"),
        cast(func.count(), Integer).label("total"),
        cast(func.count().filter(there.c.has_home), Integer).label("with_home"),
        cast(func.count().filter(there.c.has_station), Integer).label("with_station"),
        cast(func.count().filter(either), Integer).label("covered"),
    ).group_by(there.c.division_id, there.c.level)


def number(name: str, key: str, description: str) -> Value:
    return Value(name, Scalar.INT, description, lambda row: row.c[key], is_nullable=False)


COVERAGE = Entity(
    "PlaceCoverage",
    None,
    "How far homes and stations cover the towns, or the villages, of a division 家站覆盖情况",
    (
        Value("level", Level, "Towns or villages 层级", lambda row: row.c.level, False),
        number(
            "total", "total", "Towns that are listed, or villages that sources name 总数（分母）"
        ),
        number("withHome", "with_home", "Of these with a home that is not closed 有代表之家"),
        number(
            "withStation", "with_station", "Of these with a station that is not closed 有联络站"
        ),
        number("covered", "covered", "Of these with a home or a station 已覆盖（分子）"),
        Value(
            "share",
            Scalar.FLOAT,
            "`covered` in percent of `total` 覆盖率（%）",
            lambda row: percent(row.c.covered, row.c.total),
        ),
    ),
    (
        led_by("division", "Division", "division_id", "The division 行政区划"),
        listed(
            "missing",
            "Division",
            "Those with neither a home nor a station, by name and code 未覆盖名单",
            lambda own, row: (
                (row.c.level == own.c.level)
                & row.c.path.contains(array([own.c.division_id]))
                & row.c.valid_to.is_(None)
                & ~is_covered(row)
            ),
            by_code,
            keys=("division_id", "level"),
        ),
    ),
)

LISTING = Listing(
    "placeCoverage",
    "PlaceCoverage",
    "How far homes and stations cover the towns and villages of a division, with what is missing "
    "by name 家站覆盖情况",
    (OF_DIVISION,),
    coverage,
    lambda row: (row.c.level,),
)

ENTITIES = (COVERAGE,)
LISTINGS = (LISTING,)

REVERSE: dict[str, tuple[Edge, ...]] = {
    "Division": (
        first(
            "township",
            "Division",
            "Town, township or subdistrict it lies in, or itself 所在乡级",
            of_level(Level.TOWNSHIP),
        ),
        matching(
            "villages",
            "Division",
            "Villages and communities in it, as sources name them 村（社区）",
            lambda own, row: (row.c.level == Level.VILLAGE.name) & among(row.c.id, ids_inside(own)),
        ),
        matching(
            "homesInside",
            "DeputyHome",
            "Homes that lie in it or below it, whoever set them up 境内代表之家",
            lies_inside,
            leading_to=with_inside,
        ),
        matching(
            "stationsInside",
            "LiaisonStation",
            "Stations that lie in it or below it, whoever set them up 境内代表联络站",
            lies_inside,
            leading_to=with_inside,
        ),
        matching(
            "deputiesInside",
            "Deputy",
            "Deputies in office who are posted to homes and stations in it, and of a village "
            "those whose electoral district names it 驻点代表",
            works_inside,
            is_of_today=True,
        ),
    ),
}
"""The edges that lead here from other types."""
