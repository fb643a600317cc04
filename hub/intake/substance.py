"""What of a value is substance and what is only form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache


def is_substantive(before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    """Whether more than blanks, punctuation or letter case changed."""
    return any(core(before.get(name)) != core(value) for name, value in after.items())


def core(value: object) -> object:
    """A value without what is only form: blanks, punctuation, letter case."""
    return _letters(value) if isinstance(value, str) else value


@lru_cache(maxsize=65536)
def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
