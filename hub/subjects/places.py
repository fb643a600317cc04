"""Homes and stations, where deputies meet people."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import Boolean, Date, Float, Index, Integer, Table

from hub import values
from hub.subjects.checks import not_before
from hub.subjects.columns import amount, degree, golden, link, listed, membership, plain, restricted
from hub.subjects.divisions import Level
from hub.subjects.fields import DIVISION_FIELDS, EXTERNAL_ID, VILLAGE_FIELDS, feeding
from hub.subjects.kinds import Field, Kind, Membership, Reference
from hub.subjects.record_kinds import RecordKind
from hub.values import Raw, enum_vocabulary, read_word


class PlaceKind(Enum):
    """Kind of a place where deputies meet people 家站点类型."""

    HOME = "Home for deputies 代表之家"
    STATION = "Liaison station 代表联络站"
    POINT = "Contact point 代表联系点"


class PlaceStatus(Enum):
    """State of a home or station 家站状态."""

    ACTIVE = "Open 运行"
    SUSPENDED = "Closed for a time 暂停"
    MERGED = "Merged into another 合并"
    CLOSED = "Closed 撤销"


PLACE_KIND = enum_vocabulary(
    "kind of place",
    "代表之家, 联络站 or 联系点",
    PlaceKind,
    {
        "HOME": "家 代表之家 人大代表之家 代表家",
        "STATION": "站 室 联络站 代表联络站 人大代表联络站 工作站 代表工作站 活动站 代表活动站 "
        "活动室 代表活动室 工作室 代表工作室 代表室 社区联络站 中心站 总站",
        "POINT": "点 联系点 代表联系点 联络点 代表联络点 人大代表联系点 人大代表联络点",
    },
)

PLACE_STATUS = enum_vocabulary(
    "state of a place",
    "运行, 暂停, 合并 or 撤销",
    PlaceStatus,
    {
        "ACTIVE": "运行 正常 正常运行 运行中 在用 启用 开放",
        "SUSPENDED": "暂停 暂停运行 暂停开放",
        "MERGED": "合并 已合并 并入",
        "CLOSED": "撤销 已撤销 关闭 已关闭",
    },
)


def place_kind(value: Raw) -> str | None:
    """Kind of a place where deputies meet people 家站点, as a name of PlaceKind.

    None for no value. Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, PLACE_KIND)


def place_status(value: Raw) -> str | None:
    """State of a place, as a member's name of PlaceStatus; None for no value.

    Raises Refusal UNKNOWN_CODE.
    """
    return read_word(value, PLACE_STATUS)


def place_columns(table: str) -> tuple[Any, ...]:
    """The columns that homes and stations share."""
    return (
        link(
            "division_id",
            "division",
            "Division that set it up and owns it 设立单位",
            nullable=False,
        ),
        link("located_in_id", "division", "Division it lies in 所在地"),
        link("village_id", "division", "Village or community it lies in 所在村（社区）"),
        plain("name", "Name 名称", nullable=False),
        plain("local_name", "What such a place is called there: 家, 室, 站, 点 本地称谓"),
        listed("kind", PlaceKind, "Kind of place 类型", nullable=False),
        listed("level", Level, "Level of the owning division 层级", nullable=False),
        plain("address", "Address of the place 地址"),
        plain("longitude", "Longitude in degrees, WGS 84 经度", Float),
        plain("latitude", "Latitude in degrees, WGS 84 纬度", Float),
        plain("head", "Name of the head 站长"),
        plain("deputy_heads", "Names of the deputy heads 副站长"),
        plain("liaison_officer", "Name of the liaison officer 联络员"),
        plain("opening_hours", "Days and hours of reception, as the place states them 接待时间"),
        amount(plain("area_sqm", "Floor area in square metres 面积", Float)),
        plain("rooms", "Functional areas 功能区"),
        plain("qr_code", "Content of the place's QR code 站码"),
        degree(plain("rating", "Star rating, 1 to 5 星级", Integer)),
        plain("is_demonstration", "Whether it is a demonstration place 是否示范点", Boolean),
        listed("status", PlaceStatus, "State 状态"),
        plain("established_on", "Day it was set up 设立日期", Date),
        plain("closed_on", "Day it was closed or merged into another 撤销日期", Date),
        restricted("phone", "Phone of the place 电话."),
        Index(f"ix_{table}_division_id", "division_id"),
        Index(f"ix_{table}_located_in_id", "located_in_id"),
        Index(f"ix_{table}_village_id", "village_id"),
    )


home = golden(
    "home",
    *place_columns("home"),
    orders=(
        "name",
        "rating",
        "area_sqm",
        "established_on",
    ),
)

station = golden(
    "station",
    *place_columns("station"),
    link("home_id", "home", "Home it belongs to 所属代表之家"),
    plain(
        "is_off_site",
        "Whether it lies outside its owner's division 是否异地",
        Boolean,
        nullable=False,
    ),
    Index("ix_station_home_id", "home_id"),
    orders=(
        "name",
        "rating",
        "area_sqm",
        "established_on",
    ),
)

home_member = membership("home_member", "home")

station_member = membership("station_member", "station")


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
        *VILLAGE_FIELDS,
        place("localName", values.text),
        place("kind", place_kind),
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
        place("status", place_status),
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
    home,
    place_fields(home),
    (MEMBERS,),
    (Membership(home_member, RecordKind.DEPUTY, "members", "homes"),),
    village="villageName",
    checks=(not_before("closedOn", "establishedOn"),),
)

STATION = Kind(
    RecordKind.STATION,
    "Station",
    "Stations",
    station,
    place_fields(station),
    (MEMBERS, Reference("home", RecordKind.HOME, "Home it belongs to 所属代表之家", many=False)),
    (Membership(station_member, RecordKind.DEPUTY, "members", "stations"),),
    village="villageName",
    checks=(not_before("closedOn", "establishedOn"),),
)

KINDS = (HOME, STATION)
