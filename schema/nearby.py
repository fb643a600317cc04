"""Stations near a division, whoever set them up."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Float, Select, cast, func, literal, select, union_all

from hub.subjects.places import home
from hub.subjects.places import station as station_table
from schema.columns import led_by, listed
from schema.declare import Edge, Entity, Expression, Row, Scalar, Value

KILOMETRES = 3
EARTH_RADIUS = 6371.0
DEGREE = 111.0
"""Kilometres of one degree of latitude, a little too few."""

NEARBY_STATION = Entity(
    "NearbyStation",
    None,
    "A station near a division 附近的联络站",
    (
        Value(
            "kilometres",
            Scalar.FLOAT,
            "Distance from the middle of the division's homes and stations 距离（公里）",
            lambda row: cast(func.round(row.c.kilometres * 10), Float) / literal(10.0),
            is_nullable=False,
        ),
    ),
    (led_by("station", "LiaisonStation", "station_id", "The station 代表联络站"),),
)


def middles() -> Select[Any]:
    """The middle of the homes and stations that lie in each division."""
    places = union_all(
        *(
            select(place.c.located_in_id, place.c.longitude, place.c.latitude)
            for place in (home, station_table)
        )
    ).subquery()
    return (
        select(
            places.c.located_in_id.label("division_id"),
            func.avg(places.c.longitude).label("longitude"),
            func.avg(places.c.latitude).label("latitude"),
        )
        .where(places.c.longitude.is_not(None), places.c.latitude.is_not(None))
        .group_by(places.c.located_in_id)
    )


def kilometres(one: Row, other: Row) -> Expression:
    """The distance of two points on the globe, by the haversine formula."""
    north, north_too = func.radians(one.c.latitude), func.radians(other.c.latitude)
    east = func.radians(other.c.longitude - one.c.longitude)
    chord = func.power(func.sin((north_too - north) / 2), 2) + func.cos(north) * func.cos(
        north_too
    ) * func.power(func.sin(east / 2), 2)
    return 2 * EARTH_RADIUS * func.asin(func.sqrt(func.least(chord, 1.0)), type_=Float)


def nearby() -> Select[Any]:
    """The stations near each division, with their distance."""
    middle, station = middles().subquery(), station_table.alias()
    distance = kilometres(middle, station)
    is_about_there = func.abs(station.c.latitude - middle.c.latitude) <= KILOMETRES / DEGREE
    return (
        select(middle.c.division_id, station.c.id.label("station_id"), distance.label("kilometres"))
        .select_from(middle.join(station, is_about_there))
        .where(distance <= KILOMETRES)
    )


REVERSE: dict[str, tuple[Edge, ...]] = {
    "Division": (
        listed(
            "stationsNear",
            "NearbyStation",
            f"Stations within {KILOMETRES} km of the middle of its homes and stations, whoever set "
            "them up, the nearest first 附近联络站",
            lambda own, row: row.c.division_id == own.c.id,
            lambda row: (row.c.kilometres, row.c.station_id),
            rows=nearby(),
        ),
    ),
}
"""The edges that lead here from other types."""

ENTITIES = (NEARBY_STATION,)
