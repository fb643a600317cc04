"""JSON whose numbers stay as they are written."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import orjson

INEXACT = re.compile(
    rb"[:\[,]\s*-?(?:[0-9]{19}|(?=[0-9]+[.eE])[0-9.]{17}|[0-9.]+[eE][+-]?[0-9]{2})"
)
"""A number that a float may not hold: a whole one of 19 digits or more, a fraction of 16."""


def exact_json(raw: bytes) -> object:
    """The value of a JSON text. Raises orjson.JSONDecodeError, a ValueError.

    Whole numbers beyond 64 bits are int and long fractions Decimal, where a float would make
    another number of them, and one key of two.
    """
    value = orjson.loads(raw)
    if not _may_hold_float(value) or INEXACT.search(raw) is None:
        return value
    try:
        return json.loads(raw, parse_float=Decimal)
    except ValueError:  # a number of thousands of digits, which is no key and no value
        return value


def _may_hold_float(value: object) -> bool:
    """Whether a float may be among the values, as which inexact numbers come; quick, not exact."""
    if type(value) is not dict:
        return True
    types = set(map(type, value.values()))
    return not types.isdisjoint((float, dict, list))
