"""Homes and liaison stations, where deputies meet people."""

from __future__ import annotations

from sqlalchemy import func

from hub.subjects.places import PlaceStatus, home_member, station_member
from hub.subjects.places import home as home_table
from hub.subjects.places import station as station_table
from hub.subjects.record_kinds import RecordKind
from schema.columns import columns, many, members, one
from schema.declare import Entity, Period, node_id
from schema.provenance import origin
from schema.reception import NEXT_RECEPTION

home, station = home_table, station_table
GONE = (PlaceStatus.MERGED.name, PlaceStatus.CLOSED.name)

PLACE = (
    "name",
    "local_name",
    "kind",
    "level",
    "address",
    "longitude",
    "latitude",
    "head",
    "deputy_heads",
    "liaison_officer",
    "opening_hours",
    "area_sqm",
    "rooms",
    "qr_code",
    "rating",
    "is_demonstration",
    "status",
    "established_on",
    "closed_on",
    "phone",
)

EXISTENCE = Period(
    lambda row: row.c.established_on,
    lambda row: row.c.closed_on,
    lambda row: func.coalesce(row.c.status, "").in_(GONE),
)
"""From the day it was set up to the day it was closed."""

HOME = Entity(
    "DeputyHome",
    home,
    "A home for deputies 代表之家",
    (node_id("DeputyHome"), *columns(home, *PLACE), NEXT_RECEPTION),
    (
        one("division", "Division", home.c.division_id),
        one("locatedIn", "Division", home.c.located_in_id),
        one("village", "Division", home.c.village_id),
        members(
            "deputies",
            "Deputy",
            home_member,
            "home_id",
            "deputy_id",
            "Deputies who belong to it 进驻代表",
        ),
        many("stations", "LiaisonStation", "home_id", "Stations that belong to it 所属联络站"),
        *origin(home, RecordKind.HOME),
    ),
    plural="homes",
    singular="home",
    period=EXISTENCE,
)

STATION = Entity(
    "LiaisonStation",
    station,
    "A deputy liaison station or contact point 代表联络站",
    (node_id("LiaisonStation"), *columns(station, *PLACE, "is_off_site"), NEXT_RECEPTION),
    (
        one("division", "Division", station.c.division_id),
        one("locatedIn", "Division", station.c.located_in_id),
        one("village", "Division", station.c.village_id),
        one("home", "DeputyHome", station.c.home_id),
        members(
            "deputies",
            "Deputy",
            station_member,
            "station_id",
            "deputy_id",
            "Deputies posted to it 进驻代表",
        ),
        *origin(station, RecordKind.STATION),
    ),
    plural="stations",
    singular="station",
    period=EXISTENCE,
)

ENTITIES = (HOME, STATION)
