"""Ids of rows: UUIDv7 made in Python, so that they sort by time and need no round trip."""

from __future__ import annotations

import uuid_utils


def new_id() -> str:
    """A new id in text form."""
    return str(uuid_utils.uuid7())
