"""Homes and stations."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Table

from hub import subjects as tables
from hub import values
from hub.enums import RecordKind
from hub.records.checks import not_before
from hub.records.declare import Field, Kind, Membership, Reference
from hub.records.fields import DIVISION_FIELDS, EXTERNAL_ID, feeding


def place_fields(table: Table) -> tuple[Field, ...]:
    """The fields that homes and stations share."""
    place = feeding(table)
    return (
        EXTERNAL_ID,
        place("name", values.short_text, required=True),
        *DIVISION_FIELDS,
        Field(
            "locatedInCode",
            values.division_code,
            "Code of the division it lies in; by default the owner's 所在地行政区划代码",
        ),
        Field("locatedInName", values.text, "Name of the division it lies in 所在地名称"),
        place("localName", values.text),
        place("kind", values.place_kind),
        place("address", values.text),
        place("longitude", values.number, float),
        place("latitude", values.number, float),
        place("head", values.text),
        place("deputyHeads", values.text),
        place("liaisonOfficer", values.text),
        place("openingHours", values.text),
        place("areaSqm", values.number, float),
        place("rooms", values.text),
        place("qrCode", values.text),
        place("rating", values.integer, int),
        place("isDemonstration", values.boolean, bool),
        place("status", values.place_status),
        place("establishedOn", values.iso_day, date),
        place("closedOn", values.iso_day, date),
        place("phone", values.phone),
    )


MEMBERS = Reference(
    "members",
    RecordKind.DEPUTY,
    "Deputies there, with role and dates 成员",
    with_role=True,
    across=True,
)

HOME = Kind(
    RecordKind.HOME,
    "Home",
    "Homes",
    tables.home,
    place_fields(tables.home),
    (MEMBERS,),
    (Membership(tables.home_member, RecordKind.DEPUTY, "members", "homes"),),
    checks=(not_before("closedOn", "establishedOn"),),
)

STATION = Kind(
    RecordKind.STATION,
    "Station",
    "Stations",
    tables.station,
    place_fields(tables.station),
    (MEMBERS, Reference("home", RecordKind.HOME, "Home it belongs to 所属代表之家", many=False)),
    (Membership(tables.station_member, RecordKind.DEPUTY, "members", "stations"),),
    checks=(not_before("closedOn", "establishedOn"),),
)
