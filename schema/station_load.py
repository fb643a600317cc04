"""The load of stations: deputies, receptions, opinions, and how fast these are closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Date, Float, ScalarSelect, Select, cast, func, literal, or_, select

from hub import tables
from hub.enums import Level
from hub.enums.activities import ActivityKind
from hub.enums.opinions import OpinionState
from hub.tables.activities import activity
from hub.tables.opinions import public_opinion
from schema.columns import column, led_by
from schema.declare import Argument, Entity, Expression, Listing, Row, Scalar, Value
from schema.divisions import OF_DIVISION, ids_within
from schema.years import read_year

MOST_STATIONS = 1000
LEVELS = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY, Level.TOWNSHIP)
CLOSED = (
    OpinionState.ANSWERED_ON_SPOT.name,
    OpinionState.FED_BACK.name,
    OpinionState.CLOSED.name,
)


def number(name: str, description: str) -> Value:
    return Value(name, Scalar.INT, description, lambda row: row.c[name], is_nullable=False)


def closing_rate(row: Row) -> Expression:
    share = func.round(cast(row.c.closed * 1000, Float) / func.nullif(row.c.opinions, 0))
    return share / literal(10.0)


STATION_LOAD = Entity(
    "StationLoad",
    None,
    "What one station has to do 联络站工作量",
    (
        column(tables.station.c.is_off_site),
        *(
            number(f"deputies{level.name.capitalize()}", f"Deputies of {level.name} level 代表人数")
            for level in LEVELS
        ),
        number("receptions", "Receptions of voters held there 接待选民次数"),
        number("opinions", "Opinions heard there 群众意见数"),
        number("closed", "Opinions answered, fed back or closed 办结意见数"),
        Value("closingRate", Scalar.FLOAT, "Closed in percent 办结率（%）", closing_rate),
        Value(
            "medianDays",
            Scalar.FLOAT,
            "Median of the days from an opinion to its closing 办理天数中位数",
            lambda row: row.c.median_days,
        ),
    ),
    (
        led_by("station", "LiaisonStation", "station_id", "The station 代表联络站"),
        led_by(
            "division",
            "Division",
            "division_id",
            "Division that owns it; `current` is what it was merged into 设立单位",
        ),
    ),
)


def posted(station: Row, level: Level) -> ScalarSelect[Any]:
    """How many deputies of a level are posted to a station."""
    member, mandate = tables.station_member.alias(), tables.deputy.alias()
    return (
        select(func.count())
        .select_from(member.join(mandate, mandate.c.id == member.c.deputy_id))
        .where(member.c.station_id == station.c.id, mandate.c.level == level.name)
        .correlate(station)
        .scalar_subquery()
    )


def is_in_year(day: Expression, year: Expression) -> Expression:
    """Whether a day lies in a year; every day where no year is asked for."""
    return or_(
        year.is_(None),
        day.between(func.make_date(year, 1, 1, type_=Date), func.make_date(year, 12, 31)),
    )


def station_load(given: Mapping[str, Expression]) -> Select[Any]:
    """The busiest stations that the division or one below it has set up."""
    station, held, year = tables.station.alias(), activity.alias(), given["year"]
    receptions = (
        select(func.count())
        .select_from(held)
        .where(
            held.c.station_id == station.c.id,
            held.c.kind == ActivityKind.VOTER_RECEPTION.name,
            is_in_year(held.c.held_on, year),
        )
        .correlate(station)
        .scalar_subquery()
    )
    heard = handled(station, year)
    columns = {f"deputies{level.name.capitalize()}": posted(station, level) for level in LEVELS} | {
        "receptions": receptions
    }
    return (
        select(
            station.c.id.label("station_id"),
            station.c.division_id,
            station.c.is_off_site,
            heard.c.opinions,
            heard.c.closed,
            heard.c.median_days,
            *(value.label(name) for name, value in columns.items()),
        )
        .select_from(station.join(heard, literal(True)))
        .where(station.c.division_id.in_(ids_within(given["division"])))
        .order_by(heard.c.opinions.desc(), station.c.id)
        .limit(MOST_STATIONS)
    )


def handled(station: Row, year: Expression) -> Any:
    """How many opinions a station heard and closed, and how long that took."""
    opinion = public_opinion.alias()
    days = cast(opinion.c.closed_at - opinion.c.received_at, Float)
    return (
        select(
            func.count().label("opinions"),
            func.count().filter(opinion.c.state.in_(CLOSED)).label("closed"),
            func.percentile_cont(0.5).within_group(days).label("median_days"),
        )
        .where(opinion.c.station_id == station.c.id, is_in_year(opinion.c.received_at, year))
        .correlate(station)
        .lateral("heard")
    )


LISTING = Listing(
    "stationLoad",
    "StationLoad",
    f"The load of the stations of a division, the busiest {MOST_STATIONS}; off-site stations stand "
    "apart at the end 联络站工作量",
    (
        OF_DIVISION,
        Argument(
            "year",
            Scalar.INT,
            "Only what happened in this year 年度",
            is_nullable=True,
            read=read_year,
        ),
    ),
    station_load,
    lambda row: (row.c.is_off_site, row.c.opinions.desc(), row.c.station_id),
)

ENTITIES = (STATION_LOAD,)
LISTINGS = (LISTING,)
