"""How far budgets are executed: one division, year, book and side, at the top of the tree.

Lines that wait for their parent stand apart: their amounts are in the parent's too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Float, Integer, Select, Text, and_, case, cast, exists, func, select

from hub.subjects.budget import BudgetBook, BudgetSide, budget_line
from hub.subjects.source_records import reference
from schema.columns import column, led_by, listed
from schema.declare import Entity, Expression, Listing, Row, Scalar, Value
from schema.divisions import OF_DIVISION, ids_within
from schema.shares import percent
from schema.years import OF_YEAR


def budget_of(row: Row) -> Expression:
    """The amount that an execution is of: after adjustments, else the first one."""
    found: Expression = func.coalesce(row.c.adjusted, row.c.budgeted)
    return found


def is_waiting(row: Row) -> Expression:
    """Whether a line names a parent that has not come."""
    stated = reference.alias()
    names = exists(
        select(stated.c.id).where(
            stated.c.record_id == row.c.main_record_id, stated.c.name == "parent"
        )
    )
    return and_(row.c.parent_id.is_(None), names)


def is_top(row: Row) -> Expression:
    """Whether a line is part of no other."""
    return and_(row.c.parent_id.is_(None), ~is_waiting(row))


GROUP = ("division_id", "year", "book", "side")


def group_of(row: Row) -> Expression:
    """Year, book and side as one text, empty for what is not stated."""
    book, side = (func.coalesce(row.c[name], "") for name in ("book", "side"))
    found: Expression = func.concat_ws("/", row.c.year, book, side, type_=Text)
    return found


def executed(given: Mapping[str, Expression]) -> Select[Any]:
    """The lines at the top and those that wait, summed up by division, year, book and side."""
    line = budget_line.alias()
    budget = budget_of(line)
    waits, top = is_waiting(line), is_top(line)
    is_known = and_(top, line.c.executed.is_not(None), budget.is_not(None))
    return (
        select(
            *(line.c[name] for name in GROUP),
            group_of(line).label("group"),
            cast(func.count().filter(top), Integer).label("lines"),
            cast(func.count().filter(is_known), Integer).label("known"),
            func.sum(line.c.executed).filter(is_known).label("numerator"),
            func.sum(budget).filter(is_known).label("denominator"),
            cast(func.count().filter(waits), Integer).label("waiting"),
            func.sum(budget).filter(waits).label("waiting_budget"),
        )
        .where(
            line.c.division_id.in_(ids_within(given["division"])),
            line.c.year == given["year"],
            line.c.parent_id.is_(None),
        )
        .group_by(*(line.c[name] for name in GROUP), group_of(line))
    )


def place_of(row: Row) -> tuple[Expression, ...]:
    """General public budget and spending first, what is not stated last."""
    books = {book.name: place for place, book in enumerate(BudgetBook)}
    sides = {BudgetSide.EXPENDITURE.name: 0, BudgetSide.REVENUE.name: 1}
    return (
        case(books, value=row.c.book, else_=len(books)),
        case(sides, value=row.c.side, else_=len(sides)),
    )


def main_rate(given: Mapping[str, Expression]) -> Select[Any]:
    """The rate that the board shows: of the general public budget's spending, where it is known.

    One row, or none where there is no line; over all divisions inside the one asked for.
    """
    part = executed(given).subquery()
    return (
        select(
            part.c.book,
            part.c.side,
            func.sum(part.c.numerator).label("numerator"),
            func.sum(part.c.denominator).label("denominator"),
            cast(func.sum(part.c.lines - part.c.known), Integer).label("unknown"),
            cast(func.sum(part.c.waiting), Integer).label("waiting"),
        )
        .group_by(part.c.book, part.c.side)
        .order_by(*place_of(part))
        .limit(1)
    )


def number(name: str, description: str) -> Value:
    return Value(name, Scalar.INT, description, lambda row: row.c[name], is_nullable=False)


def amount(name: str, key: str, description: str) -> Value:
    return Value(name, Scalar.FLOAT, description, lambda row: cast(row.c[key], Float))


def of_group(own: Row, line: Row) -> Expression:
    """Whether a line belongs to a division's book and side of a year."""
    return and_(line.c.division_id == own.c.division_id, group_of(line) == own.c.group)


BUDGET_EXECUTION = Entity(
    "BudgetExecution",
    None,
    "How far one side of one budget of one division was executed in a year, over the lines at the "
    "top of its tree 预算执行率",
    (
        column(budget_line.c.year),
        column(budget_line.c.book),
        column(budget_line.c.side),
        number("lines", "Lines at the top of the tree 顶层科目数"),
        amount("numerator", "numerator", "Executed, in yuan 执行数（元）"),
        amount(
            "denominator",
            "denominator",
            "Budget of these lines after adjustments, in yuan 预算数（元）",
        ),
        Value(
            "rate",
            Scalar.FLOAT,
            "Executed in percent; null where no amount is known 执行率（%）",
            lambda row: percent(row.c.numerator, row.c.denominator),
        ),
        Value(
            "unknown",
            Scalar.INT,
            "Lines at the top that state no amount, left out of the rate 金额不明科目数",
            lambda row: row.c.lines - row.c.known,
            is_nullable=False,
        ),
        number("waiting", "Lines that wait for their parent, left out of the rate 待关联科目数"),
        amount(
            "waitingBudget", "waiting_budget", "Budget of those that wait, in yuan 待关联金额（元）"
        ),
    ),
    (
        led_by("division", "Division", "division_id", "Whose budget it is 行政区划"),
        listed(
            "topLines",
            "BudgetLine",
            "The lines that the rate is of 顶层科目",
            lambda own, line: and_(of_group(own, line), is_top(line)),
            lambda line: (line.c.code.asc().nulls_last(), line.c.id),
            keys=("division_id", "group"),
        ),
        listed(
            "waitingLines",
            "BudgetLine",
            "Lines that wait for their parent 待关联科目",
            lambda own, line: and_(of_group(own, line), is_waiting(line)),
            lambda line: (line.c.code.asc().nulls_last(), line.c.id),
            keys=("division_id", "group"),
        ),
    ),
)

LISTING = Listing(
    "budgetExecution",
    "BudgetExecution",
    "Rates of execution of a division and those below it, by division, book and side; lines that "
    "wait for their parent stand apart 预算执行率",
    (OF_DIVISION, OF_YEAR),
    executed,
    lambda row: (row.c.division_id, *place_of(row)),
)

ENTITIES = (BUDGET_EXECUTION,)
LISTINGS = (LISTING,)
