"""Budgets from the total down to the single project and its payments."""

from __future__ import annotations

from sqlalchemy import Integer, cast, func, select

from hub.subjects.budget import budget_line as line
from hub.subjects.budget import payment
from hub.subjects.record_kinds import RecordKind
from schema.budget_rates import budget_of, is_top, is_waiting
from schema.columns import many, one, own
from schema.declare import Edge, Entity, Expression, Row, Scalar, Value, node_id
from schema.provenance import origin
from schema.shares import percent


def paid(row: Row) -> Expression:
    payments = payment.alias()
    found = select(func.sum(payments.c.amount)).where(payments.c.line_id == row.c.id)
    return found.correlate_except(payments).scalar_subquery()


def parts(row: Row) -> Expression:
    below = line.alias()
    found = select(func.count()).select_from(below).where(below.c.parent_id == row.c.id)
    return cast(found.correlate_except(below).scalar_subquery(), Integer)


LINE = Entity(
    "BudgetLine",
    line,
    "A line of a budget, from the total to a single project 预算科目、项目",
    (
        node_id("BudgetLine"),
        *own(line),
        Value(
            "isTotal",
            Scalar.BOOLEAN,
            "Whether it is part of no other line 是否总计",
            is_top,
            is_nullable=False,
        ),
        Value(
            "isWaiting",
            Scalar.BOOLEAN,
            "Whether it names a line that it is part of and that has not come 是否待关联上级",
            is_waiting,
            is_nullable=False,
        ),
        Value(
            "budget",
            Scalar.FLOAT,
            "The amount that the rate is of, in yuan: the adjusted budget, else the first one "
            "执行率分母（元）",
            budget_of,
        ),
        Value(
            "executionRate",
            Scalar.FLOAT,
            "Executed in percent of `budget`; null where either is not known 执行率（%）",
            lambda row: percent(row.c.executed, budget_of(row)),
        ),
        Value("paid", Scalar.FLOAT, "Sum of its own payments, in yuan 已支付（元）", paid),
        Value("parts", Scalar.INT, "How many lines it is made of 下级科目数", parts, False),
    ),
    (
        one("division", "Division", line.c.division_id),
        one("parent", "BudgetLine", line.c.parent_id),
        many("children", "BudgetLine", "parent_id", "Lines it is made of 下级科目"),
        one("project", "LivelihoodProject", line.c.project_id),
        one("body", "HandlingBody", line.c.body_id),
        many("payments", "Payment", "line_id", "Its payments 支付明细"),
        *origin(line, RecordKind.BUDGET_LINE),
    ),
    plural="budgetLines",
    singular="budgetLine",
)

PAYMENT = Entity(
    "Payment",
    payment,
    "A payment from a line of a budget 支付明细",
    (node_id("Payment"), *own(payment)),
    (
        one("division", "Division", payment.c.division_id),
        one("line", "BudgetLine", payment.c.line_id),
        *origin(payment, RecordKind.PAYMENT),
    ),
    plural="payments",
    singular="payment",
)

ENTITIES = (LINE, PAYMENT)

REVERSE: dict[str, tuple[Edge, ...]] = {
    "Division": (many("budgetLines", "BudgetLine", "division_id", "Lines of its budget 预算"),),
    "LivelihoodProject": (
        many("budgetLines", "BudgetLine", "project_id", "Lines that pay for it 项目预算"),
    ),
    "HandlingBody": (many("budgetLines", "BudgetLine", "body_id", "What it spends 部门预算"),),
}
"""The edges that lead here from other types."""
