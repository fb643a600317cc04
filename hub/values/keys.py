"""Keys of records, and what PostgreSQL can keep of a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hub.errors import Code, Refusal
from hub.values.planted_ids import holds_id_number
from hub.values.raw import MISSING, Raw, quoted, tidy, too_long, written

MAX_KEY = 500
"""Longest key that is taken, in characters: what an index takes with its system and kind."""

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
"""The character 0 and halves of characters, which no text of PostgreSQL can hold."""


def external_id(value: Raw) -> str | None:
    """Id of a record in its own system, as the source writes it but for what nobody sees.

    Blanks around it and zero-width characters are dropped, full-width digits made half-width.

    None for no value. Raises Refusal as `checked_key`.
    """
    shown = tidy(written(value) or "")
    return None if shown in MISSING else checked_key(shown)


def person_key(value: Raw) -> str | None:
    """As `external_id`, of a person: it may be an ID number, since the hub keeps an HMAC of it."""
    shown = tidy(written(value) or "")
    return None if shown in MISSING else keepable_key(shown)


def checked_key(key: str) -> str:
    """The key of a record, if it can be kept and shown.

    Raises Refusal as `keepable_key`, ID_NUMBER_IN_TEXT where an ID number stands in it.
    """
    if holds_id_number(key):
        raise Refusal(
            Code.ID_NUMBER_IN_TEXT,
            "The id of a record is shown to everyone, and an ID number stands in this one. Use "
            "another column of the source as its id.",
        )
    return keepable_key(key)


def keepable_key(key: str) -> str:
    """A key, if it can be kept.

    Raises Refusal VALUE_TOO_LONG above 500 characters, UNREADABLE_VALUE for control characters and
    halves of characters.
    """
    if len(key) > MAX_KEY:
        raise too_long(len(key), MAX_KEY)
    if not key.isprintable() and (found := CONTROL.search(key)):
        raise Refusal(
            Code.UNREADABLE_VALUE,
            f"{quoted(key)} holds the control character U+{ord(found[0]):04X}, which no key may "
            "hold. Take it out at the source.",
        )
    return key


def check_shown(name: str, text: str | None) -> None:
    """Raises Refusal ID_NUMBER_IN_TEXT for what a person writes with an ID number in it."""
    if text is not None and holds_id_number(text):
        raise Refusal(
            Code.ID_NUMBER_IN_TEXT,
            f"An ID number stands in {name}, which others read. Take it out and send the rest.",
            name,
        )


def is_keepable(text: str) -> bool:
    """Whether PostgreSQL can keep a text as it is."""
    return text.isprintable() or UNKEEPABLE.search(text) is None


def keepable(value: object) -> object:
    """A JSON value with U+FFFD in place of what PostgreSQL cannot keep in its texts."""
    if isinstance(value, str):
        return UNKEEPABLE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {keepable(name): keepable(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [keepable(part) for part in value]
    return value
