"""Shares: how many of those that are known, and how many are not. Unknown is not zero."""

from __future__ import annotations

from sqlalchemy import Float, cast, func, literal

from schema.declare import Expression


def percent(numerator: Expression, denominator: Expression) -> Expression:
    """The share in percent, to one digit; null where there is nothing to divide by."""
    share = func.round(cast(numerator * 1000, Float) / func.nullif(denominator, 0))
    return share / literal(10.0)
