"""The five-aspect board: counts, what is overdue, rates, and the way down to the single problem."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
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
    null,
    or_,
    select,
    union_all,
    values,
)

from hub.subjects.board import board_count
from hub.subjects.budget import budget_line
from hub.subjects.projects import ProjectState, livelihood_project
from hub.subjects.suggestions import AssignmentState, assignment, suggestion
from hub.subjects.supervision import FindingState, SupervisionAspect, supervision_finding
from schema.clocks import TODAY, is_open
from schema.columns import any_node, led_by
from schema.declare import Argument, Entity, Expression, Listing, Row, Scalar, Value
from schema.divisions import OF_DIVISION, ids_within
from schema.years import OF_YEAR

MOST_PROBLEMS = 200
NOT_VOTED_IN = ("COLLECTING", "SHORTLISTED", "ON_BALLOT", "NOT_SELECTED")
ASPECTS_OF_FINDINGS = ("BUDGET_EXECUTION", "STATE_ASSETS", "AUDIT_RECTIFICATION")
ASPECT = Value(
    "aspect",
    SupervisionAspect,
    "Aspect 监督方面",
    lambda row: row.c.aspect,
    is_nullable=False,
)


def rate(row: Row) -> Expression:
    share = func.round(cast(row.c.numerator * 1000, Float) / func.nullif(row.c.denominator, 0))
    return share / literal(10.0)


def count(name: str, description: str) -> Value:
    return Value(name, Scalar.INT, description, lambda row: row.c[name], is_nullable=False)


def part_of_rate(name: str, description: str) -> Value:
    return Value(name, Scalar.FLOAT, description, lambda row: row.c[name], is_nullable=False)


BOARD_ASPECT = Entity(
    "BoardAspect",
    None,
    "One of the five aspects of a division in a year 五大监督板块",
    (
        ASPECT,
        count("total", "Problems, projects or hand-overs 总数"),
        count("done", "Of these done 已完成"),
        count("overdue", "Of these neither done nor within their time 超期"),
        part_of_rate("numerator", "What is counted: done, or yuan executed of the budget 分子"),
        part_of_rate("denominator", "What it is counted of: the total, or yuan budgeted 分母"),
        Value("rate", Scalar.FLOAT, "Rate in percent; null where there is nothing 比率（%）", rate),
    ),
)


def board(given: Mapping[str, Expression]) -> Select[Any]:
    """A row for each aspect, out of the counts that triggers keep."""
    aspects = values(column("place", Integer), column("aspect", Text), name="aspects").data(
        [(place, aspect.name) for place, aspect in enumerate(SupervisionAspect)]
    )
    counted, money = counts(given).subquery(), amounts(given).subquery()
    is_budget = aspects.c.aspect == SupervisionAspect.BUDGET_EXECUTION.name
    total, done, overdue = (
        cast(func.coalesce(counted.c[name], 0), Integer) for name in ("total", "done", "overdue")
    )
    return select(
        aspects.c.place,
        aspects.c.aspect,
        total.label("total"),
        done.label("done"),
        overdue.label("overdue"),
        case((is_budget, money.c.executed), else_=cast(done, Float)).label("numerator"),
        case((is_budget, money.c.budgeted), else_=cast(total, Float)).label("denominator"),
    ).select_from(
        aspects.outerjoin(counted, counted.c.aspect == aspects.c.aspect).join(
            money, literal(value=True)
        )
    )


def counts(given: Mapping[str, Expression]) -> Select[Any]:
    """What there is, what is done and what is overdue in each aspect."""
    row = board_count.alias()
    is_late = and_(row.c.is_done == false(), row.c.due_on < TODAY)
    return (
        select(
            row.c.aspect,
            func.sum(row.c["items"]).label("total"),
            func.sum(row.c["items"]).filter(row.c.is_done).label("done"),
            func.sum(row.c["items"]).filter(is_late).label("overdue"),
        )
        .where(row.c.division_id.in_(ids_within(given["division"])), row.c.year == given["year"])
        .group_by(row.c.aspect)
    )


def amounts(given: Mapping[str, Expression]) -> Select[Any]:
    """The totals of the budgets: yuan executed, and yuan budgeted after adjustments."""
    line = budget_line.alias()
    budget = func.coalesce(line.c.adjusted, line.c.budgeted)
    return select(
        func.coalesce(func.sum(line.c.executed), 0.0).label("executed"),
        func.coalesce(func.sum(budget), 0.0).label("budgeted"),
    ).where(
        line.c.division_id.in_(ids_within(given["division"])),
        line.c.year == given["year"],
        line.c.parent_id.is_(None),
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
    """Hand-overs of suggestions as the board counts them."""
    row, about = assignment.alias(), suggestion.alias()
    title = select(about.c.title).where(about.c.id == row.c.suggestion_id).scalar_subquery()
    return select(
        row.c.id,
        literal("Assignment").label("type"),
        row.c.division_id,
        literal(SupervisionAspect.SUGGESTION_HANDLING.name).label("aspect"),
        cast(func.extract("year", row.c.assigned_at), Integer).label("year"),
        title.label("title"),
        ~is_open(row),
        row.c.legal_due_date.label("due_on"),
    ).where(
        row.c.assigned_at.is_not(None),
        func.coalesce(row.c.state, "") != AssignmentState.RETURNED.name,
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
    """Problems found, of the aspects that have no records of their own, as the board counts."""
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
    ).where(row.c.aspect.in_(ASPECTS_OF_FINDINGS))


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
    """The rows behind one number of the board, the longest due first."""
    row, wanted = counted(), given["isOverdue"]
    return (
        select(row)
        .where(
            row.c.division_id.in_(ids_within(given["division"])),
            row.c.year == given["year"],
            row.c.aspect == given["aspect"],
            or_(wanted.is_(null()), late(row) == wanted),
        )
        .order_by(row.c.due_on.asc().nulls_last(), row.c.id)
        .limit(MOST_PROBLEMS)
    )


PROBLEMS = Listing(
    "boardProblems",
    "BoardProblem",
    f"What the board counts in one aspect, the longest due first, at most {MOST_PROBLEMS} 看板明细",
    (
        OF_DIVISION,
        OF_YEAR,
        Argument("aspect", SupervisionAspect, "Aspect 监督方面"),
        Argument(
            "isOverdue",
            Scalar.BOOLEAN,
            "Only what is overdue, or only what is not 是否超期",
            is_nullable=True,
        ),
    ),
    problems,
    lambda row: (row.c.due_on.asc().nulls_last(), row.c.id),
)

ENTITIES = (BOARD_ASPECT, PROBLEM)
LISTINGS = (BOARD, PROBLEMS)
