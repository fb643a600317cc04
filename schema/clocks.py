"""Clocks: what is due, and what is overdue, on the day of the question."""

from __future__ import annotations

from sqlalchemy import (
    Date,
    Integer,
    Table,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal_column,
    select,
)

from hub.subjects.suggestions import AssignmentState
from schema.declare import Expression, Row, Scalar, Value

TODAY = literal_column(
    "coalesce(nullif(current_setting('hub.today', true), '')::date, "
    "(now() AT TIME ZONE 'Asia/Shanghai')::date)",
    Date,
)
"""Today in China; `ALTER DATABASE ... SET hub.today` sets another day, for demonstrations."""

ENDED = (AssignmentState.RETURNED.name, AssignmentState.CLOSED.name)


def is_open(row: Row) -> Expression:
    """Whether a reply is still owed."""
    return and_(row.c.replied_at.is_(None), func.coalesce(row.c.state, "").not_in(ENDED))


def is_overdue(row: Row) -> Expression:
    """Whether a reply is owed and its day by law has passed."""
    found: Expression = func.coalesce(and_(is_open(row), row.c.legal_due_date < TODAY), false())
    return found


def due_in(row: Row) -> Expression:
    """Days left by law while a reply is owed."""
    return case((is_open(row), cast(row.c.legal_due_date - TODAY, Integer)))


CLOCK = (
    Value(
        "isOverdue",
        Scalar.BOOLEAN,
        "Whether the reply is still owed after its day by law 是否超期",
        is_overdue,
        is_nullable=False,
    ),
    Value(
        "dueIn",
        Scalar.INT,
        "Days until the reply is due by law, negative once overdue; null once replied 剩余天数",
        due_in,
    ),
    Value(
        "dueDateDifference",
        Scalar.INT,
        "Days by which the source's own day lies after the day by law 期限差异（天）",
        lambda row: cast(row.c.source_due_date - row.c.legal_due_date, Integer),
    ),
)
"""The clock of a hand-over."""


def any_overdue(assignments: Table) -> Value:
    """Whether some hand-over of a suggestion is overdue."""

    def expression(row: Row) -> Expression:
        own = assignments.alias()
        found: Expression = exists(
            select(own.c.id).where(own.c.suggestion_id == row.c.id, is_overdue(own))
        )
        return found

    return Value(
        "isOverdue",
        Scalar.BOOLEAN,
        "Whether the reply of some handler is overdue by law 是否超期",
        expression,
        is_nullable=False,
    )
