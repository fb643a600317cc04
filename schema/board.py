"""The five-aspect board: counts, what is overdue, rates, and the way down to the single problem."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Date,
    Float,
    Integer,
    Select,
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
    tuple_,
    union_all,
    values,
)

from hub.subjects.board import board_tally
from hub.subjects.budget import BudgetBook, BudgetSide
from hub.subjects.projects import ProjectState, livelihood_project
from hub.subjects.suggestions import assignment, suggestion
from hub.subjects.supervision import FindingState, SupervisionAspect, supervision_finding
from schema.budget_rates import main_rate
from schema.clocks import GIVEN, NONE, TODAY, reply_state
from schema.columns import any_node, led_by
from schema.declare import Argument, Entity, Expression, Listing, Row, Scalar, Value
from schema.divisions import OF_DIVISION, ids_within
from schema.ids import split_id
from schema.shares import percent
from schema.years import OF_YEAR

MOST_PROBLEMS = 200
NOT_VOTED_IN = ("COLLECTING", "SHORTLISTED", "ON_BALLOT", "NOT_SELECTED")
ASPECT = Value(
    "aspect",
    SupervisionAspect,
    "Aspect 监督方面",
    lambda row: row.c.aspect,
    is_nullable=False,
)


def count(name: str, description: str) -> Value:
    return Value(name, Scalar.INT, description, lambda row: row.c[name], is_nullable=False)


def part_of_rate(name: str, description: str) -> Value:
    return Value(name, Scalar.FLOAT, description, lambda row: row.c[name], is_nullable=False)


BOARD_ASPECT = Entity(
    "BoardAspect",
    None,
    "One of the five aspects of a division in a year. Each count opens to its rows in "
    "`boardProblems`, money to its lines in `budgetExecution` 五大监督板块",
    (
        ASPECT,
        count("total", "Problems, projects and hand-overs that owe or gave a reply 总数"),
        count("done", "Of these done 已完成"),
        count("overdue", "Of these neither done nor within their time 超期"),
        count("undated", "Of those not done, how many have no known day they are due 期限不明"),
        part_of_rate("numerator", "What is counted: done, or yuan executed of the budget 分子"),
        part_of_rate("denominator", "What it is counted of: the total, or yuan budgeted 分母"),
        Value(
            "rate",
            Scalar.FLOAT,
            "Numerator in percent of the denominator; null where there is nothing 比率（%）",
            lambda row: percent(row.c.numerator, row.c.denominator),
        ),
        count("unknown", "Budget lines left out of the rate: an amount is not stated 金额不明"),
        count("waiting", "Budget lines left out of the rate: they wait for their parent 待关联"),
        Value(
            "book",
            BudgetBook,
            "The one budget that the rate is of; null where its lines state none 预算类别",
            lambda row: row.c.book,
        ),
        Value(
            "side",
            BudgetSide,
            "The one side that the rate is of; null where its lines state none 收支",
            lambda row: row.c.side,
        ),
    ),
)


def board(given: Mapping[str, Expression]) -> Select[Any]:
    """A row for each aspect, out of the counts that triggers keep."""
    aspects = values(column("place", Integer), column("aspect", Text), name="aspects").data(
        [(place, aspect.name) for place, aspect in enumerate(SupervisionAspect)]
    )
    counted, money = counts(given).subquery(), main_rate(given).subquery()
    numbers = {
        name: cast(func.coalesce(counted.c[name], 0), Integer).label(name)
        for name in ("total", "done", "overdue", "undated")
    }
    is_money = aspects.c.aspect == SupervisionAspect.BUDGET_EXECUTION.name
    done, total = (cast(numbers[name], Float) for name in ("done", "total"))
    return select(
        aspects.c.place,
        aspects.c.aspect,
        *numbers.values(),
        case((is_money, func.coalesce(money.c.numerator, 0.0)), else_=done).label("numerator"),
        case((is_money, func.coalesce(money.c.denominator, 0.0)), else_=total).label("denominator"),
        func.coalesce(money.c.unknown, 0).label("unknown"),
        func.coalesce(money.c.waiting, 0).label("waiting"),
        money.c.book,
        money.c.side,
    ).select_from(
        aspects.outerjoin(counted, counted.c.aspect == aspects.c.aspect).outerjoin(money, is_money)
    )


def counts(given: Mapping[str, Expression]) -> Select[Any]:
    """What there is, what is done, overdue and of no known day in each aspect."""
    row = board_tally.alias()
    items, is_open = func.sum(row.c["items"]), row.c.is_done == false()
    return (
        select(
            row.c.aspect,
            items.label("total"),
            items.filter(row.c.is_done).label("done"),
            items.filter(and_(is_open, row.c.due_on < TODAY)).label("overdue"),
            items.filter(and_(is_open, row.c.due_on.is_(None))).label("undated"),
        )
        .where(row.c.division_id.in_(ids_within(given["division"])), row.c.year == given["year"])
        .group_by(row.c.aspect)
    )


BOARD = Listing(
    "supervisionBoard",
    "BoardAspect",
    "The five-aspect board of a division and what lies below it 五大监督板块看板",
    (OF_DIVISION, OF_YEAR),
    board,
    lambda row: (row.c.place,),
)

# --- Down to the single problem ------------------------------------------------------------------


def handovers() -> Select[Any]:
    """Hand-overs of suggestions that owe or gave a reply, as the board counts them."""
    row, about = assignment.alias(), suggestion.alias()
    state = reply_state(row, about)
    return (
        select(
            row.c.id,
            literal("Assignment").label("type"),
            row.c.division_id,
            literal(SupervisionAspect.SUGGESTION_HANDLING.name).label("aspect"),
            cast(func.extract("year", row.c.assigned_at), Integer).label("year"),
            about.c.title,
            state == GIVEN,
            row.c.legal_due_date,
        )
        .select_from(row.outerjoin(about, about.c.id == row.c.suggestion_id))
        .where(row.c.assigned_at.is_not(None), state != NONE)
    )


def projects() -> Select[Any]:
    """Livelihood projects as the board counts them."""
    row = livelihood_project.alias()
    done = (ProjectState.COMPLETED.name, ProjectState.EVALUATED.name)
    return select(
        row.c.id,
        literal("LivelihoodProject"),
        row.c.division_id,
        literal(SupervisionAspect.LIVELIHOOD_PROJECT.name),
        row.c.year,
        row.c.title,
        row.c.state.in_(done),
        row.c.planned_finish,
    ).where(row.c.state.not_in(NOT_VOTED_IN))


def findings() -> Select[Any]:
    """Problems found, of all aspects, as the board counts them."""
    row = supervision_finding.alias()
    gone = (FindingState.STRUCK_OFF.name, FindingState.EVALUATED.name)
    return select(
        row.c.id,
        literal("SupervisionFinding"),
        row.c.division_id,
        row.c.aspect,
        row.c.year,
        row.c.title,
        or_(row.c.struck_off_at.is_not(None), row.c.state.in_(gone)),
        row.c.due_date,
    )


COLUMNS = ("id", "type", "division_id", "aspect", "year", "title", "is_done", "due_on")


def counted() -> Row:
    """Everything that the board counts, one row each."""
    rows = union_all(*(each.with_only_columns(*named(each)) for each in PARTS)).subquery()
    return rows


def named(part: Select[Any]) -> list[Expression]:
    """The columns of a part under the names that all parts share."""
    return [found.label(name) for name, found in zip(COLUMNS, part.selected_columns, strict=True)]


PARTS = (handovers(), projects(), findings())


def late(row: Row) -> Expression:
    """Whether it is neither done nor within its time."""
    is_late: Expression = func.coalesce(and_(~row.c.is_done, row.c.due_on < TODAY), false())
    return is_late


PROBLEM = Entity(
    "BoardProblem",
    None,
    "One problem, project or hand-over that the board counts 看板明细",
    (
        ASPECT,
        Value("title", Scalar.STRING, "What it is about 标题", lambda row: row.c.title),
        Value("dueOn", Scalar.DATE, "Day it is due, by law or plan 期限", lambda row: row.c.due_on),
        Value(
            "isDone", Scalar.BOOLEAN, "Whether it is done 是否完成", lambda r: r.c.is_done, False
        ),
        Value("isOverdue", Scalar.BOOLEAN, "Whether it is late 是否超期", late, False),
    ),
    (
        led_by("division", "Division", "division_id", "Division 行政区划"),
        any_node("node", "type", "id", "The hand-over, project or problem itself 明细"),
    ),
)


def problems(given: Mapping[str, Expression]) -> Select[Any]:
    """The rows behind the numbers of the board, the longest due first."""
    row = counted()
    tests = {"isDone": row.c.is_done, "isOverdue": late(row), "isDated": row.c.due_on.is_not(None)}
    return (
        select(row)
        .where(
            row.c.division_id.in_(ids_within(given["division"])),
            row.c.year == given["year"],
            or_(given["aspect"].is_(None), row.c.aspect == given["aspect"]),
            *(or_(given[name].is_(None), test == given[name]) for name, test in tests.items()),
            or_(given["after"].is_(None), follows(row, given["after"])),
        )
        .order_by(*by_day(row))
        .limit(MOST_PROBLEMS)
    )


def by_day(row: Row) -> tuple[Expression, ...]:
    return row.c.due_on.asc().nulls_last(), row.c.id


def follows(row: Row, key: Expression) -> Expression:
    """Whether a row comes after the one of the id, in the order of the list."""
    last = counted()
    never = cast(literal("infinity"), Date)
    day = select(func.coalesce(last.c.due_on, never)).where(last.c.id == key).scalar_subquery()
    here: Expression = tuple_(func.coalesce(row.c.due_on, never), row.c.id)
    return here > tuple_(day, key)


def read_after(text: str | None) -> UUID | None:
    """The row of an id of any type. Raises HubError(BAD_ID)."""
    return None if text is None else split_id(text)[1]


def whether(name: str, description: str) -> Argument:
    return Argument(name, Scalar.BOOLEAN, description, is_nullable=True)


PROBLEMS = Listing(
    "boardProblems",
    "BoardProblem",
    "What the board counts, of all aspects or of one, the longest due first, at most "
    f"{MOST_PROBLEMS} at once 看板明细",
    (
        OF_DIVISION,
        OF_YEAR,
        Argument(
            "aspect", SupervisionAspect, "Aspect; left out: all five 监督方面", is_nullable=True
        ),
        whether("isDone", "Only what is done, or only what is not 是否完成"),
        whether("isOverdue", "Only what is overdue, or only what is not 是否超期"),
        whether("isDated", "Only what has a known day it is due, or only what has none 有无期限"),
        Argument(
            "after",
            Scalar.ID,
            "Only what follows this one, the id of a `node` of this list 起始明细",
            is_nullable=True,
            read=read_after,
        ),
    ),
    problems,
    by_day,
)

ENTITIES = (BOARD_ASPECT, PROBLEM)
LISTINGS = (BOARD, PROBLEMS)
