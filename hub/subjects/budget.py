"""Budgets from the total down to the single project and its payments."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import Date, Float, Index, Integer

from hub.subjects.checks import needs
from hub.subjects.columns import amount, derived, golden, link, listed, plain, restricted
from hub.subjects.divisions import Level
from hub.subjects.fields import EXTERNAL_ID, OWN_DIVISION, fields_of, other
from hub.subjects.kinds import Kind, Placing
from hub.subjects.record_kinds import RecordKind


class BudgetBook(Enum):
    """Budget that a line belongs to 预算类别 (Budget Law, art. 5)."""

    GENERAL = "General public budget 一般公共预算"
    GOVERNMENT_FUNDS = "Budget of government funds 政府性基金预算"
    STATE_CAPITAL = "Budget of state capital operations 国有资本经营预算"
    SOCIAL_INSURANCE = "Budget of social insurance funds 社会保险基金预算"


class BudgetSide(Enum):
    """Side of a budget 收支."""

    REVENUE = "Revenue 收入"
    EXPENDITURE = "Expenditure 支出"


budget_line = golden(
    "budget_line",
    link("division_id", "division", "Division whose budget it is 行政区划", nullable=False),
    link("parent_id", "budget_line", "Line that it is part of; null: a total 上级科目"),
    link("project_id", "livelihood_project", "Livelihood project it pays for 民生实事项目"),
    link("body_id", "handling_body", "Body that spends it 预算单位"),
    derived(listed("level", Level, "Level of the division 层级", nullable=False)),
    plain("year", "Year of the budget 年度", Integer, nullable=False),
    plain("code", "Code of the functional class or of the project 科目编码"),
    plain("name", "Name 科目、项目名称", nullable=False),
    listed("book", BudgetBook, "Which of the four budgets 预算类别"),
    listed("side", BudgetSide, "Revenue or expenditure 收支"),
    plain("body_name", "Body that spends it, as the source writes it 预算单位名称"),
    plain("budgeted", "Amount of the budget, in yuan 年初预算数（元）", Float),
    plain("adjusted", "Amount after adjustments, in yuan 调整预算数（元）", Float),
    plain("executed", "Amount executed, in yuan 执行数（元）", Float),
    plain("as_of", "Day of the amount executed 执行数截止日期", Date),
    plain("alert", "Alert of the source: slow, over, unapproved 预警信息"),
    Index("ix_budget_line_division_id", "division_id", "year"),
    Index("ix_budget_line_parent_id", "parent_id"),
    Index("ix_budget_line_project_id", "project_id"),
    Index("ix_budget_line_body_id", "body_id"),
    orders=(
        "code",
        "name",
        "year",
        "budgeted",
        "adjusted",
        "executed",
    ),
)

payment = golden(
    "payment",
    link("division_id", "division", "Division of the line 行政区划", nullable=False),
    link("line_id", "budget_line", "Line it is paid from 预算科目"),
    plain("number", "Number of the voucher 凭证号"),
    amount(plain("amount", "Amount in yuan; below zero where money came back 金额（元）", Float)),
    plain("paid_on", "Day 支付日期", Date),
    plain("purpose", "Purpose 用途"),
    restricted("payee", "Name of the payee, who may be a person 收款人."),
    Index("ix_payment_line_id", "line_id"),
    orders=(
        "number",
        "amount",
        "paid_on",
    ),
)

LINE = Kind(
    RecordKind.BUDGET_LINE,
    "BudgetLine",
    "BudgetLines",
    budget_line,
    (*OWN_DIVISION, *fields_of(budget_line, required=("year", "name"))),
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
    payment,
    (EXTERNAL_ID, *fields_of(payment, required=("amount",))),
    (other("line", RecordKind.BUDGET_LINE, "Line it is paid from 预算科目", required=True),),
    placing=Placing.PARENT,
    parent="line",
)

KINDS = (LINE, PAYMENT)
