"""Values as text, and dotted paths into nested JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from hub.errors import Refusal
from hub.values import plain, tidy

LONGEST_NUMBER = 300
"""Digits of a number that is written out."""


def follow(value: object, steps: Sequence[str]) -> object:
    """The value at the end of `steps`, None where the path breaks off.

    On a list the rest of the path is followed for each item: `stations.id` gives a list of ids.
    """
    for number, step in enumerate(steps):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list):
            return [follow(item, steps[number:]) for item in value]
        else:
            return None
    return value


def steps_of(path: str) -> tuple[str, ...]:
    """`data.items` as its steps; an empty path has none and means the value itself."""
    return tuple(path.split(".")) if path else ()


def as_text(value: object) -> str:
    """A value as keys and code tables compare it: 17, 17.0, １７ and " 17 " are all "17".

    Raises the Refusal of a cell that cannot be read, which stands in place of its value.
    """
    if type(value) is str:
        return tidy(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        return _number_text(value)
    if isinstance(value, Refusal):
        raise value
    return tidy(str(plain(value)))


TRUTHS = {
    truth: frozenset(words.split())
    for truth, words in ((True, "true t 1 yes y 是 √"), (False, "false f 0 no n 否 ×"))
}


def is_among(value: object, texts: frozenset[str]) -> bool:
    """Whether a value is one of `texts`, as `as_text` compares; a truth value in any spelling."""
    if isinstance(value, bool):
        return any(text.lower() in TRUTHS[value] for text in texts)
    return as_text(value) in texts


def _number_text(value: float | Decimal) -> str:
    """A number without a point where it is whole, without zeros behind the last digit."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if not value.is_finite() or value.adjusted() > LONGEST_NUMBER:
        return str(value)
    shown = format(value, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
