"""Budgets from the total down to the single project and its payments."""

from __future__ import annotations

from hub.enums import RecordKind
from hub.records.checks import needs
from hub.records.declare import Kind, Placing
from hub.records.fields import EXTERNAL_ID, OWN_DIVISION, fields_of, other
from hub.subjects import budget as tables

LINE = Kind(
    RecordKind.BUDGET_LINE,
    "BudgetLine",
    "BudgetLines",
    tables.budget_line,
    (*OWN_DIVISION, *fields_of(tables.budget_line, required=("year", "name"))),
    (
        other("parent", RecordKind.BUDGET_LINE, "Line that it is part of 上级科目"),
        other("project", RecordKind.LIVELIHOOD_PROJECT, "Livelihood project 民生实事项目"),
        other("body", RecordKind.HANDLING_BODY, "Body that spends it 预算单位"),
    ),
    checks=(needs("executed", "asOf"),),
)

PAYMENT = Kind(
    RecordKind.PAYMENT,
    "Payment",
    "Payments",
    tables.payment,
    (EXTERNAL_ID, *fields_of(tables.payment, required=("amount",))),
    (other("line", RecordKind.BUDGET_LINE, "Line it is paid from 预算科目", required=True),),
    placing=Placing.PARENT,
    parent="line",
)

KINDS = (LINE, PAYMENT)
