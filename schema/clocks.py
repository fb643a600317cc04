"""Clocks: what is due, and what is overdue, on the day of the question."""

from __future__ import annotations

from sqlalchemy import (
    Date,
    Integer,
    Table,
    Text,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    literal_column,
    select,
)

from hub.subjects.columns import Quantity
from hub.subjects.suggestions import suggestion as suggestions
from schema.declare import Expression, Row, Scalar, Value

TODAY = literal_column(
    "coalesce(nullif(current_setting('hub.today', true), '')::date, "
    "(now() AT TIME ZONE 'Asia/Shanghai')::date)",
    Date,
)
"""Today in China; `ALTER DATABASE ... SET hub.today` sets another day, for demonstrations."""

OWED, GIVEN, NONE = "OWED", "GIVEN", "NONE"


def reply_state(row: Row, suggestion: Row) -> Expression:
    """OWED, GIVEN or NONE for a hand-over and its suggestion (docs/clocks.md, `reply_state` of the
    store): the clock runs while a reply is owed."""
    stated = ("role", "state", "reply_kind", "replied_at", "rehandled_from")
    return func.reply_state(
        *(row.c[name] for name in stated), suggestion.c.state, suggestion.c.closed_at, type_=Text
    )


def is_owed(row: Row) -> Expression:
    """Whether a hand-over owes a reply."""
    about, one = suggestions.alias(), select(literal(1)).subquery()
    state = (
        select(reply_state(row, about))
        .select_from(one.outerjoin(about, about.c.id == row.c.suggestion_id))
        .correlate_except(one, about)
    )
    return state.scalar_subquery() == OWED


def is_overdue(row: Row) -> Expression:
    """Whether a reply is owed and its day by law has passed."""
    return case((row.c.legal_due_date < TODAY, is_owed(row)), else_=false())


def due_in(row: Row) -> Expression:
    """Days left by law while a reply is owed."""
    return case((is_owed(row), cast(row.c.legal_due_date - TODAY, Integer)))


CLOCK = (
    Value(
        "owesReply",
        Scalar.BOOLEAN,
        "Whether it owes a reply: a joint handler owes none, nor does who has replied, or whose "
        "suggestion was withdrawn or closed 是否应答复",
        is_owed,
        is_nullable=False,
    ),
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
        "Days until the reply is due by law, negative once overdue; null where none is owed "
        "剩余天数",
        due_in,
        quantity=Quantity.DEGREE,
    ),
    Value(
        "dueDateDifference",
        Scalar.INT,
        "Days by which the source's own day lies after the day by law 期限差异（天）",
        lambda row: cast(row.c.source_due_date - row.c.legal_due_date, Integer),
        quantity=Quantity.DEGREE,
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
