"""A year as an argument."""

from __future__ import annotations

from hub.errors import Code, HubError
from schema.declare import Argument, Scalar

FIRST, LAST = 1949, 2200


def read_year(year: int | None) -> int | None:
    """A year that dates can be made of. Raises HubError(BAD_INPUT)."""
    if year is not None and not FIRST <= year <= LAST:
        raise HubError(
            Code.BAD_INPUT, f"year is {year}. Give a year from {FIRST} to {LAST}, such as 2026."
        )
    return year


OF_YEAR = Argument("year", Scalar.INT, "Year 年度", read=read_year)
"""The year that a board or a list is about."""
