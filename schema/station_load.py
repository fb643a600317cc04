"""The load of stations: deputies, receptions, opinions, and how fast these are closed.

Station by station, and summed up by the divisions that stand today: what a merged township set up
counts for its successor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from sqlalchemy import (
    Date,
    Float,
    Integer,
    ScalarSelect,
    Select,
    Uuid,
    and_,
    any_,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on

from hub.subjects.activities import ActivityKind, activity
from hub.subjects.deputies import deputy
from hub.subjects.divisions import Level, division, division_succession
from hub.subjects.opinions import OpinionState, public_opinion
from hub.subjects.places import station as station_table
from hub.subjects.places import station_member
from schema.columns import column, led_by
from schema.declare import Argument, Entity, Expression, Listing, Row, Scalar, Value
from schema.divisions import OF_DIVISION, ids_within
from schema.shares import percent
from schema.years import read_year

MOST_STATIONS = 1000
There: TypeAlias = Callable[[Row], Expression]
"""Whether a row with a station_id is of the stations that are counted."""
LEVELS = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY, Level.TOWNSHIP)
CLOSED = (
    OpinionState.ANSWERED_ON_SPOT.name,
    OpinionState.FED_BACK.name,
    OpinionState.CLOSED.name,
)


def number(name: str, description: str) -> Value:
    return Value(name, Scalar.INT, description, lambda row: row.c[name], is_nullable=False)


NUMBERS = (
    *(
        number(f"deputies{level.name.capitalize()}", f"Deputies of {level.name} level 代表人数")
        for level in LEVELS
    ),
    number("receptions", "Receptions of voters held there 接待选民次数"),
    number("opinions", "Opinions heard there 群众意见数"),
    number("closed", "Opinions answered, fed back or closed 办结意见数"),
    Value(
        "closingRate",
        Scalar.FLOAT,
        "`closed` in percent of `opinions`; null where none was heard 办结率（%）",
        lambda row: percent(row.c.closed, row.c.opinions),
    ),
    Value(
        "medianDays",
        Scalar.FLOAT,
        "Median of the days from an opinion to its closing, of those whose both days are known; "
        "null where there are none 办理天数中位数",
        lambda row: row.c.median_days,
    ),
    number("timed", "Closed opinions whose both days are known: `medianDays` is of them 已知天数"),
    number("untimed", "Closed opinions of which a day is not stated 天数不明的办结意见数"),
    number(
        "undated",
        "Opinions and receptions of no stated day; where a year is asked for, they are not in the "
        "other numbers 日期不明数",
    ),
)

STATION_LOAD = Entity(
    "StationLoad",
    None,
    "What one station has to do 联络站工作量",
    (column(station_table.c.is_off_site), *NUMBERS),
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

DIVISION_LOAD = Entity(
    "DivisionLoad",
    None,
    "What the stations of one division have to do, with those of the divisions merged into it; "
    "off-site stations apart 各地联络站工作量",
    (
        column(station_table.c.is_off_site),
        number("stations", "Stations, each counted once 联络站数"),
        *NUMBERS,
    ),
    (led_by("division", "Division", "division_id", "Division that stands today 现行行政区划"),),
)

# --- What is counted ------------------------------------------------------------------------------


def is_in_year(day: Expression, year: Expression) -> Expression:
    """Whether a day lies in a year; every day where no year is asked for."""
    return or_(
        year.is_(None),
        day.between(func.make_date(year, 1, 1, type_=Date), func.make_date(year, 12, 31)),
    )


def posted(own: Row, is_there: There, level: Level) -> ScalarSelect[Any]:
    """How many deputies of a level are posted to the stations."""
    member, mandate = station_member.alias(), deputy.alias()
    return (
        select(func.count(mandate.c.id.distinct()))
        .select_from(member.join(mandate, mandate.c.id == member.c.deputy_id))
        .where(is_there(member), mandate.c.level == level.name)
        .correlate(own)
        .scalar_subquery()
    )


def received(own: Row, is_there: There, condition: Callable[[Row], Expression]) -> Any:
    """How many receptions of voters were held at the stations, of those that meet a condition."""
    held = activity.alias()
    return (
        select(func.count())
        .select_from(held)
        .where(
            is_there(held),
            held.c.kind == ActivityKind.VOTER_RECEPTION.name,
            condition(held),
        )
        .correlate(own)
        .scalar_subquery()
    )


def handled(own: Row, is_there: There, year: Expression) -> Any:
    """How many opinions the stations heard and closed, and how long that took."""
    opinion = public_opinion.alias()
    days = cast(opinion.c.closed_at - opinion.c.received_at, Float)
    is_there_then = is_in_year(opinion.c.received_at, year)
    closed = and_(is_there_then, opinion.c.state.in_(CLOSED))
    timed = and_(closed, days.is_not(None))
    return (
        select(
            func.count().filter(is_there_then).label("opinions"),
            func.count().filter(closed).label("closed"),
            func.count().filter(timed).label("timed"),
            func.count().filter(and_(closed, days.is_(None))).label("untimed"),
            func.count().filter(opinion.c.received_at.is_(None)).label("undated"),
            func.percentile_cont(0.5).within_group(days).filter(timed).label("median_days"),
        )
        .where(is_there(opinion))
        .correlate(own)
        .lateral("heard")
    )


def load(own: Row, is_there: There, year: Expression) -> Select[Any]:
    """The columns of `own` with the numbers of its stations."""
    heard = handled(own, is_there, year)
    undated = received(own, is_there, lambda held: held.c.held_on.is_(None))
    return select(
        *own.c,
        *(heard.c[name] for name in ("opinions", "closed", "timed", "untimed", "median_days")),
        (heard.c.undated + undated).label("undated"),
        received(own, is_there, lambda held: is_in_year(held.c.held_on, year)).label("receptions"),
        *(
            posted(own, is_there, level).label(f"deputies{level.name.capitalize()}")
            for level in LEVELS
        ),
    ).select_from(own.join(heard, literal(True)))


# --- Station by station ---------------------------------------------------------------------------


def station_load(given: Mapping[str, Expression]) -> Select[Any]:
    """The busiest stations that the division or one below it has set up."""
    one = station_table.alias()
    station = (
        select(one.c.id.label("station_id"), one.c.division_id, one.c.is_off_site)
        .where(one.c.division_id.in_(ids_within(given["division"])))
        .subquery()
    )
    counted = load(station, lambda row: row.c.station_id == station.c.station_id, given["year"])
    return counted.order_by(counted.selected_columns.opinions.desc(), station.c.station_id).limit(
        MOST_STATIONS
    )


# --- By the divisions of today --------------------------------------------------------------------


def standing_today() -> Select[Any]:
    """Each division that ended with what stands there today; of several the first by code."""
    link, place = division_succession.alias(), division.alias()
    reached = select(link.c.predecessor_id.label("former_id"), link.c.successor_id.label("id")).cte(
        "reached", recursive=True, nesting=True
    )
    step = select(reached.c.former_id, link.c.successor_id).join(
        link, link.c.predecessor_id == reached.c.id
    )
    reached = reached.union(step)
    return (
        select(reached.c.former_id, place.c.id)
        .join(place, place.c.id == reached.c.id)
        .where(place.c.valid_to.is_(None))
        .ext(distinct_on(reached.c.former_id))
        .order_by(reached.c.former_id, place.c.code)
    )


def division_load(given: Mapping[str, Expression]) -> Select[Any]:
    """A row for each division of today, and one more for its off-site stations."""
    station, today = station_table.alias(), standing_today().subquery()
    standing = func.coalesce(today.c.id, station.c.division_id)
    group = (
        select(
            standing.label("division_id"),
            station.c.is_off_site,
            func.count(type_=Integer).label("stations"),
            func.array_agg(station.c.id, type_=ARRAY(Uuid)).label("ids"),
        )
        .select_from(station.outerjoin(today, today.c.former_id == station.c.division_id))
        .where(station.c.division_id.in_(ids_within(given["division"])))
        .group_by(standing, station.c.is_off_site)
        .subquery()
    )
    return load(group, lambda row: row.c.station_id == any_(group.c.ids), given["year"])


OF_ANY_YEAR = Argument(
    "year",
    Scalar.INT,
    "Only what happened in this year 年度",
    is_nullable=True,
    read=read_year,
)
BY_STATION = Listing(
    "stationLoad",
    "StationLoad",
    f"The load of the stations of a division, the busiest {MOST_STATIONS}; off-site stations stand "
    "apart at the end 联络站工作量",
    (OF_DIVISION, OF_ANY_YEAR),
    station_load,
    lambda row: (row.c.is_off_site, row.c.opinions.desc(), row.c.station_id),
)
BY_DIVISION = Listing(
    "divisionLoad",
    "DivisionLoad",
    "The load of the stations below a division by the divisions of today, with what was merged "
    "into them; off-site stations stand apart at the end 各地联络站工作量",
    (OF_DIVISION, OF_ANY_YEAR),
    division_load,
    lambda row: (row.c.is_off_site, row.c.opinions.desc(), row.c.division_id),
)

ENTITIES = (STATION_LOAD, DIVISION_LOAD)
LISTINGS = (BY_STATION, BY_DIVISION)
