"""Divisions, and what followed what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Date, Select, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import array

from hub.divisions import read_code
from hub.errors import Code, HubError
from hub.subjects.divisions import Level, division_succession
from hub.subjects.divisions import division as division_table
from schema.columns import among, columns, first, listed, many, one
from schema.declare import (
    Argument,
    Entity,
    Expression,
    Filter,
    Lookup,
    Period,
    Row,
    Scalar,
    node_id,
)

division, succession = division_table, division_succession


def ids_inside(own: Row) -> Select[Any]:
    """The ids of a division and of everything below it."""
    inner = division.alias()
    inside = inner.c.path.contains(array([own.c.id]))
    return select(inner.c.id).where(inside).correlate_except(inner)


def by_code(row: Row) -> tuple[Expression, ...]:
    return row.c.code.asc(), row.c.valid_from.asc().nulls_first()


def is_above(own: Row, row: Row) -> Expression:
    self_row = division.alias()
    path = select(func.unnest(self_row.c.path)).where(self_row.c.id == own.c.id)
    return among(row.c.id, path.correlate_except(self_row)) & (row.c.id != own.c.id)


def of_level(level: Level) -> Callable[[Row, Row], Expression]:
    """The division of a level that a division lies in, itself included."""

    def match(own: Row, row: Row) -> Expression:
        self_row = division.alias()
        path = select(func.unnest(self_row.c.path)).where(self_row.c.id == own.c.id)
        return among(row.c.id, path.correlate_except(self_row)) & (row.c.level == level.name)

    return match


def from_the_root(row: Row) -> tuple[Expression, ...]:
    return (func.cardinality(row.c.path),)


def precedes(own: Row, row: Row) -> Expression:
    link = succession.alias()
    before = select(link.c.predecessor_id).where(link.c.successor_id == own.c.id)
    return among(row.c.id, before.correlate_except(link))


def succeeds(own: Row, row: Row) -> Expression:
    link = succession.alias()
    after = select(link.c.successor_id).where(link.c.predecessor_id == own.c.id)
    return among(row.c.id, after.correlate_except(link))


def stands_today(own: Row, row: Row) -> Expression:
    """Reached over any number of successions from `own`, and still listed."""
    start = division.alias()
    reached = (
        select(start.c.id)
        .where(start.c.id == own.c.id)
        .correlate_except(start)
        .cte("reached", recursive=True, nesting=True)
    )
    link = succession.alias()
    step = select(link.c.successor_id).join(reached, reached.c.id == link.c.predecessor_id)
    reached = reached.union(step)
    return among(row.c.id, select(reached.c.id)) & row.c.valid_to.is_(None)


def below(upper: Row, condition: Expression) -> Select[Any]:
    """The ids of the divisions that lie in such a one, itself among them."""
    inner = division.alias()
    source = upper.join(inner, inner.c.path.contains(array([upper.c.id])))
    return select(inner.c.id).select_from(source).where(condition).correlate_except(upper, inner)


def below_level(level: Level) -> Callable[[Row, Expression], Select[Any]]:
    """The ids of the divisions that lie in such a one of a level, itself among them."""
    return lambda upper, condition: below(upper, condition & (upper.c.level == level.name))


def came_to(last: Row, condition: Expression) -> Select[Any]:
    """The ids of the divisions where such a one stands today."""
    start = select(last.c.id).where(condition, last.c.valid_to.is_(None)).correlate_except(last)
    reached = start.cte("came_to", recursive=True, nesting=True)
    link = succession.alias()
    step = select(link.c.predecessor_id).join(reached, reached.c.id == link.c.successor_id)
    reached = reached.union(step)
    return select(reached.c.id)


def is_within(row: Row, code: Expression) -> Expression:
    versions = division.alias()
    ids = select(func.array_agg(versions.c.id)).where(versions.c.code == code)
    found: Expression = row.c.path.overlap(ids.correlate_except(versions).scalar_subquery())
    return found


def ids_within(code: Expression) -> Select[Any]:
    """The ids of every division that had the code, and of everything below them."""
    inner = division.alias()
    return select(inner.c.id).where(is_within(inner, code)).correlate_except(inner)


DIVISION = Entity(
    "Division",
    division,
    "An administrative division in one period: a code with a name 行政区划",
    (
        node_id("Division"),
        *columns(division, "code", "name", "level", "valid_from", "valid_to", "has_congress"),
    ),
    (
        one("parent", "Division", division.c.parent_id),
        many("children", "Division", "parent_id", "Divisions right below it, also ended ones 下级"),
        listed(
            "ancestors",
            "Division",
            "Divisions above it, from the nation down, without itself 各上级行政区划",
            is_above,
            from_the_root,
        ),
        first(
            "province",
            "Division",
            "Province it lies in, or itself 所在省级",
            of_level(Level.PROVINCE),
            leading_to=below_level(Level.PROVINCE),
        ),
        first(
            "prefecture",
            "Division",
            "Prefecture it lies in, or itself 所在市级",
            of_level(Level.PREFECTURE),
            leading_to=below_level(Level.PREFECTURE),
        ),
        first(
            "county",
            "Division",
            "County it lies in, or itself 所在县级",
            of_level(Level.COUNTY),
            leading_to=below_level(Level.COUNTY),
        ),
        listed("predecessors", "Division", "Divisions it came from 变更前区划", precedes, by_code),
        listed("successors", "Division", "Divisions that followed 变更后区划", succeeds, by_code),
        listed(
            "successions",
            "DivisionSuccession",
            "Changes that began or ended it 区划变更",
            lambda own, row: or_(row.c.predecessor_id == own.c.id, row.c.successor_id == own.c.id),
            lambda row: (row.c.effective.asc().nulls_first(),),
        ),
        listed(
            "current",
            "Division",
            "What stands there today: itself while it is listed, else what followed 现行区划",
            stands_today,
            by_code,
            leading_to=came_to,
        ),
        first(
            "congress",
            "Congress",
            "Congress of the latest term known 本级人民代表大会（最近一届）",
            lambda own, row: row.c.division_id == own.c.id,
            lambda row: (row.c.term.desc().nulls_last(),),
        ),
        many("congresses", "Congress", "division_id", "Congresses of all terms 历届人民代表大会"),
        many(
            "deputies",
            "Deputy",
            "division_id",
            "Mandates in its own congress; of a subdistrict those that it elects 本级人大代表",
        ),
        many("homes", "DeputyHome", "division_id", "Homes it set up 所设代表之家"),
        many("stations", "LiaisonStation", "division_id", "Stations it set up 所设代表联络站"),
        many("groups", "DeputyGroup", "division_id", "Its deputy groups 代表小组"),
    ),
    plural="divisions",
    order=("code",),
    period=Period(
        lambda row: func.coalesce(row.c.valid_from, cast(literal("-infinity"), Date)),
        lambda row: row.c.valid_to,
    ),
    filters=(
        Filter(
            "within",
            "Code of a division: it and everything below it 某行政区划及其下级",
            is_within,
        ),
    ),
)

DIVISION_SUCCESSION = Entity(
    "DivisionSuccession",
    succession,
    "One division followed another 区划变更",
    columns(
        succession,
        "kind",
        "effective",
        "source",
        effective="First day of the successor, as far as the lists tell 生效日期",
    ),
    (
        one(
            "predecessor",
            "Division",
            succession.c.predecessor_id,
            "Division that ended 变更前区划",
        ),
        one(
            "successor",
            "Division",
            succession.c.successor_id,
            "Division that followed 变更后区划",
        ),
    ),
)


def had_code(row: Row, given: Mapping[str, Expression]) -> Expression:
    """The version of a code that held on a day; without a day every version."""
    day = cast(given["asOf"], Date)
    has_begun = or_(row.c.valid_from.is_(None), row.c.valid_from <= day)
    has_not_ended = or_(row.c.valid_to.is_(None), row.c.valid_to >= day)
    return (row.c.code == given["code"]) & or_(day.is_(None), has_begun & has_not_ended)


OF_DIVISION = Argument(
    "division",
    Scalar.STRING,
    "Code of a division, of any year: it and everything below it 行政区划代码",
    read=read_code,
)
"""The argument of listings that are of one division."""

TOWNSHIP_DIGITS = 9


def is_village(code: str) -> bool:
    """Whether a code is that of a village: longer than that of a town."""
    return len(read_code(code)) > TOWNSHIP_DIGITS


def refuse_village(given: Mapping[str, Any]) -> None:
    """Raises HubError(UNKNOWN_DIVISION) for the code of a village, which nobody has named then."""
    if is_village(given["code"]):
        raise HubError(
            Code.UNKNOWN_DIVISION,
            f"No source names a village of the code {given['code'][:40]!r}. Ask for its town by "
            "the first 9 digits, or list `villages` of the town.",
        )


BY_CODE = Lookup(
    "division",
    "Division",
    "The division that had a code on a day; without a day the latest version. The code of a "
    "village that no source names is an error 行政区划",
    (
        Argument(
            "code",
            Scalar.STRING,
            "Code of any year: 6 digits down to counties, 9 of a town, 12 of a village; of one "
            "that sources name without a code, its `code` 行政区划代码",
            read=read_code,
        ),
        Argument("asOf", Scalar.DATE, "Day on which the code held 时点", is_nullable=True),
    ),
    had_code,
    lambda row: (row.c.valid_from.desc().nulls_last(),),
    lambda given: func.length(given["code"]) > TOWNSHIP_DIGITS,
    refuse_village,
)

ENTITIES = (DIVISION, DIVISION_SUCCESSION)
LOOKUPS = (BY_CODE,)
