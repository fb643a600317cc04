"""The composition of congresses: shares of women, minorities and the grassroots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Select, and_, case, false, func, or_, select, true, tuple_

from hub.subjects.deputies import MandateStatus, deputy
from hub.subjects.divisions import Level, division
from hub.subjects.people import Gender
from hub.subjects.people import person as person_table
from schema.columns import led_by
from schema.declare import Entity, Expression, Listing, Row, Scalar, Value
from schema.divisions import OF_DIVISION
from schema.shares import percent

SMALLEST = 5
"""Groups of fewer people are not shown: they could be recognised."""
HAN = "汉族"
NO_GROUP = ("其他", "外国血统中国籍人士")
"""Codes of GB/T 3304 that name no ethnic group."""
SEXES = {Gender.FEMALE.name: true(), Gender.MALE.name: false()}
"""Whether a person is a woman; for the other codes of GB/T 2261.1 it is not known."""
GRASSROOTS = ("农民", "工人", "专业技术人员", "其他劳动者")
GROUPS = {
    "women": "Women 妇女代表",
    "minorities": "Members of ethnic minorities 少数民族代表",
    "grassroots": "Workers, farmers, technicians and others of the grassroots 基层代表",
}


def shown(row: Row, name: str) -> Expression:
    """A number of people; null where nobody is known to be in the group or not, and where they are
    so few that they could be recognised."""
    count, known = row.c[name], row.c[f"{name}_known"]
    return case((and_(known > 0, or_(count == 0, count >= SMALLEST)), count))


def numbers_of(name: str, text: str) -> Iterator[Value]:
    """A group's number, its share, what that is a share of, and of how many it is not known."""
    yield Value(
        name,
        Scalar.INT,
        f"{text}, persons; null where fewer than {SMALLEST}, or where no source states it 人数",
        lambda row: shown(row, name),
    )
    yield Value(
        f"{name}Share",
        Scalar.FLOAT,
        f"{text}, in percent of `{name}Known`; null where the number is 比例（%）",
        lambda row: percent(shown(row, name), row.c[f"{name}_known"]),
    )
    yield Value(
        f"{name}Known",
        Scalar.INT,
        f"{text}: of how many persons a source states whether they are 已知人数（分母）",
        lambda row: row.c[f"{name}_known"],
        is_nullable=False,
    )
    yield Value(
        f"{name}Unknown",
        Scalar.INT,
        f"{text}: of how many persons no source states whether they are 未知人数",
        lambda row: row.c.people - row.c[f"{name}_known"],
        is_nullable=False,
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
        Value(
            "mandates",
            Scalar.INT,
            "Mandates in office 在任代表职务数",
            lambda row: row.c.mandates,
            is_nullable=False,
        ),
        Value(
            "mandatesUnknown",
            Scalar.INT,
            "Mandates left out, since no source states whether they are in office 状态不明职务数",
            lambda row: row.c.mandates_unknown,
            is_nullable=False,
        ),
        Value("people", Scalar.INT, "Persons who hold them 人数", lambda row: row.c.people, False),
        *(value for name, text in GROUPS.items() for value in numbers_of(name, text)),
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
    """The mandates of the division asked for, each with the part that it lies in; those of no
    stated status too."""
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
            mandate.c.status.is_not(None).label("is_in_office"),
            case(SEXES, value=person.c.gender).label("women"),
            case((person.c.ethnicity.not_in(NO_GROUP), person.c.ethnicity != HAN)).label(
                "minorities"
            ),
            mandate.c.composition_type.in_(GRASSROOTS).label("grassroots"),
        )
        .select_from(mandate)
        .join(person, person.c.id == mandate.c.person_id)
        .join(place, place.c.id == mandate.c.division_id)
        .where(
            place.c.path.overlap(versions.scalar_subquery()),
            or_(mandate.c.status == MandateStatus.ACTIVE.name, mandate.c.status.is_(None)),
        )
    )


def composition(given: Mapping[str, Expression]) -> Select[Any]:
    """Who holds the mandates of each part, by level and of all levels together."""
    held = mandates_in_office(given).subquery()
    part, level = held.c.division_id, held.c.level
    sits, people = held.c.is_in_office, func.count(held.c.person_id.distinct())
    known = {name: and_(sits, held.c[name].is_not(None)) for name in GROUPS}
    return select(
        part,
        level,
        func.count().filter(sits).label("mandates"),
        func.count().filter(~sits).label("mandates_unknown"),
        people.filter(sits).label("people"),
        *(people.filter(and_(sits, held.c[name])).label(name) for name in GROUPS),
        *(people.filter(known[name]).label(f"{name}_known") for name in GROUPS),
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
