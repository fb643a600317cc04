"""The closed lists of budgets."""

from __future__ import annotations

from enum import Enum


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
