"""The composition of congresses: shares of women, minorities and the grassroots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Float, Select, case, cast, func, literal, or_, select, tuple_

from hub.subjects.deputies import MandateStatus, deputy
from hub.subjects.divisions import Level, division
from hub.subjects.people import Gender
from hub.subjects.people import person as person_table
from schema.columns import led_by
from schema.declare import Entity, Expression, Listing, Row, Scalar, Value
from schema.divisions import OF_DIVISION

SMALLEST = 5
"""Groups of fewer people are not shown: they could be recognised."""
HAN = "汉族"
GRASSROOTS = ("农民", "工人", "专业技术人员", "其他劳动者")
GROUPS = {
    "women": "Women 妇女代表",
    "minorities": "Members of ethnic minorities 少数民族代表",
    "grassroots": "Workers, farmers, technicians and others of the grassroots 基层代表",
}


def shown(count: Expression) -> Expression:
    """A number of people; null where they are so few that they could be recognised."""
    return case((or_(count == 0, count >= SMALLEST), count))


def number_of(name: str, description: str) -> Value:
    return Value(
        name,
        Scalar.INT,
        f"{description}, persons; null where fewer than {SMALLEST} 人数",
        lambda row: shown(row.c[name]),
    )


def share_of(name: str, description: str) -> Value:
    def percent(row: Row) -> Expression:
        share = func.round(cast(row.c[name] * 1000, Float) / func.nullif(row.c.people, 0))
        return case((shown(row.c[name]).is_not(None), share / literal(10.0)))

    return Value(
        f"{name}Share", Scalar.FLOAT, f"{description}, in percent of the persons 比例（%）", percent
    )


COMPOSITION = Entity(
    "Composition",
    None,
    "Who sits in the congresses of one level, or of all, in one part of a division 代表结构",
    (
        Value(
            "level",
            Level,
            "Level of the congresses; null: all levels together 层级",
            lambda row: row.c.level,
        ),
        Value("mandates", Scalar.INT, "Mandates 代表职务数", lambda row: row.c.mandates, False),
        Value("people", Scalar.INT, "Persons who hold them 人数", lambda row: row.c.people, False),
        *(number_of(name, text) for name, text in GROUPS.items()),
        *(share_of(name, text) for name, text in GROUPS.items()),
    ),
    (led_by("division", "Division", "division_id", "The part of the division 行政区划"),),
)


def part_of(given: Mapping[str, Expression], path: Expression) -> Expression:
    """The division below the one asked for on a path, or the one asked for itself."""
    asked = division.alias()
    depth = (
        select(func.cardinality(asked.c.path))
        .where(asked.c.code == given["division"])
        .order_by(asked.c.valid_to.desc().nulls_first())
        .limit(1)
        .scalar_subquery()
    )
    found: Expression = func.coalesce(path[depth + 1], path[depth])
    return found


def mandates_in_office(given: Mapping[str, Expression]) -> Select[Any]:
    """The mandates of the division asked for, each with the part that it lies in."""
    mandate, person, place, asked = (
        deputy.alias(),
        person_table.alias(),
        division.alias(),
        division.alias(),
    )
    versions = select(func.array_agg(asked.c.id)).where(asked.c.code == given["division"])
    return (
        select(
            part_of(given, place.c.path).label("division_id"),
            mandate.c.level,
            mandate.c.person_id,
            (person.c.gender == Gender.FEMALE.name).label("women"),
            (person.c.ethnicity != HAN).label("minorities"),
            mandate.c.composition_type.in_(GRASSROOTS).label("grassroots"),
        )
        .select_from(mandate)
        .join(person, person.c.id == mandate.c.person_id)
        .join(place, place.c.id == mandate.c.division_id)
        .where(
            place.c.path.overlap(versions.scalar_subquery()),
            mandate.c.status == MandateStatus.ACTIVE.name,
        )
    )


def composition(given: Mapping[str, Expression]) -> Select[Any]:
    """Who holds the mandates of each part, by level and of all levels together."""
    held = mandates_in_office(given).subquery()
    part, level = held.c.division_id, held.c.level
    people = func.count(held.c.person_id.distinct())
    return select(
        part,
        level,
        func.count().label("mandates"),
        people.label("people"),
        *(people.filter(held.c[name]).label(name) for name in GROUPS),
    ).group_by(func.grouping_sets(tuple_(part, level), tuple_(part)))


RANKS = {level.name: rank for rank, level in enumerate(Level)}
"""Levels from the nation down."""

LISTING = Listing(
    "composition",
    "Composition",
    "Composition of the congresses of a division by level and by the divisions right below it; "
    "persons and mandates are counted apart 代表结构",
    (OF_DIVISION,),
    composition,
    lambda row: (case(RANKS, value=row.c.level).asc().nulls_first(), row.c.division_id),
)

ENTITIES = (COMPOSITION,)
LISTINGS = (LISTING,)
