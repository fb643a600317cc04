"""Invented numbers: id numbers with a valid check character, and phones that nobody has."""

from __future__ import annotations

from datetime import date

from hub.values import check_character


def make_id_number(area: str, birth: date, order: int) -> str:
    """An id number of 18 characters that fits GB 11643 but for its area.

    It begins with 99, which no province has, so that it is nobody's. `order` has three digits,
    odd for men.
    """
    body = f"99{area[2:6]}{birth:%Y%m%d}{order:03}"
    return body + check_character(body)


def short_id_number(number: str) -> str:
    """The form of 15 digits that was given out until 1999: no century, no check character."""
    return number[:6] + number[8:17]


CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def make_credit_code(order: int) -> str:
    """A credit code of 18 characters with the check character of GB 32100.

    Its division begins with 99, which no province has, so that it is nobody's.
    """
    body = f"1199{order:013}"
    total = sum(CREDIT_SIGNS.index(sign) * 3**place % 31 for place, sign in enumerate(body))
    return body + CREDIT_SIGNS[-total % 31]


def make_phone(order: int) -> str:
    """A mobile number of 11 digits. Those that begin with 125 are given to no network."""
    return f"125{order:08}"
