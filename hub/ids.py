"""Ids of rows: UUIDv7 made in Python, so that they sort by time and need no round trip."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

import uuid_utils


def new_id() -> str:
    """A new id in text form."""
    return str(uuid_utils.uuid7())


@lru_cache(maxsize=65536)
def id_text(key: UUID) -> str:
    """An id in text form, remembered: divisions are asked for theirs again and again."""
    return str(key)
