"""When a place next receives people, read from the days and hours that it states."""

from __future__ import annotations

from sqlalchemy import (
    Date,
    Integer,
    Text,
    and_,
    case,
    cast,
    column,
    false,
    func,
    literal,
    or_,
    select,
)

from hub.subjects.places import PlaceStatus
from schema.clocks import TODAY
from schema.declare import Expression, Row, Scalar, Value

DAYS_AHEAD = 190
"""The 31st of odd months comes twice in half a year at least."""
WEEKDAYS, COUNTED = "日一二三四五六", "一二三四五"
WEEKDAY = f"(?:星期|周)([{WEEKDAYS}天])"
NTH = f"每月第([{COUNTED}1-5])个?(?:星期|周)"
DAY_OF_MONTH = "[每单双]月([0-9]{1,2})[日号]"
ODD_OR_EVEN = "([单双])月"
WEEKLY = "每(?:周|星期)"


def stated(hours: Expression, pattern: str) -> Expression:
    """What the first group of a pattern finds."""
    return func.substring(hours, pattern, type_=Text)


def number_of(character: Expression, row: str, others: str, first: int) -> Expression:
    """The place of a character in a row of characters; `others` are other ways to write them."""
    written = func.translate(character, others, row[: len(others)])
    return func.strpos(literal(row), written) - 1 + first


def part(day: Expression, name: str) -> Expression:
    return cast(func.extract(name, day), Integer)


def next_reception(row: Row) -> Expression:
    """The first day from today on that the opening hours name; null where they name none."""
    hours = row.c.opening_hours
    said = (
        select(
            stated(hours, WEEKDAY).label("weekday"),
            stated(hours, NTH).label("nth"),
            cast(stated(hours, DAY_OF_MONTH), Integer).label("monthday"),
            stated(hours, ODD_OR_EVEN).label("months"),
            hours.regexp_match(WEEKLY).label("is_weekly"),
        )
        .offset(0)
        .correlate(row)
        .subquery()
    )
    days = (
        func.generate_series(0, DAYS_AHEAD).table_valued(column("ahead", Integer)).render_derived()
    )
    day = cast(TODAY + days.c.ahead, Date)
    is_weekday = part(day, "dow") == number_of(said.c.weekday, WEEKDAYS, "天", 0)
    week = (part(day, "day") + 6) // 7
    parity = case((said.c.months == "单", 1), (said.c.months == "双", 0))
    is_month = or_(parity.is_(None), part(day, "month") % 2 == parity)
    is_day = case(
        (
            said.c.nth.is_not(None),
            and_(is_weekday, week == number_of(said.c.nth, COUNTED, "12345", 1)),
        ),
        (said.c.monthday.is_not(None), and_(is_month, part(day, "day") == said.c.monthday)),
        (said.c.is_weekly, is_weekday),
        else_=false(),
    )
    found = select(func.min(day)).select_from(said.join(days, is_day)).correlate(row)
    is_open = func.coalesce(row.c.status, PlaceStatus.ACTIVE.name) == PlaceStatus.ACTIVE.name
    return case((is_open, found.scalar_subquery()))


NEXT_RECEPTION = Value(
    "nextReception",
    Scalar.DATE,
    "The next day of reception from today on, where the opening hours name weekdays or days of the "
    "month 下次接待日",
    next_reception,
)
