"""Ids of nodes as the graph shows them: `Deputy:` and a UUID."""

from __future__ import annotations

from uuid import UUID

from hub.errors import Code, HubError

EXAMPLE = "0193a5c2-7d3e-7b0a-9c41-5e8f2a6d1b37"


def make_id(name: str, key: UUID | str) -> str:
    """The id of the row `key` of the type `name`."""
    return f"{name}:{key}"


def split_id(text: str) -> tuple[str, UUID]:
    """The type and the row of an id. Raises HubError(BAD_ID)."""
    name, _, key = text.partition(":")
    try:
        return name, UUID(key)
    except ValueError as error:
        raise HubError(
            Code.BAD_ID,
            f"{text[:80]!r} is no id. An id is a type and a UUID, such as Deputy:{EXAMPLE}; "
            "copy it from a field id.",
        ) from error


def parse_id(text: str, name: str) -> UUID:
    """The row of an id of the type `name`. Raises HubError(BAD_ID) for any other."""
    found, key = split_id(text)
    if found != name:
        raise HubError(
            Code.BAD_ID,
            f"{text[:80]!r} is the id of a {found[:40]}, expected that of a {name}: {name}:UUID.",
        )
    return key
