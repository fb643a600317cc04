"""A hub at work: what everyone needs who reads for it, writes to it or links in it."""

from __future__ import annotations

from dataclasses import dataclass

from hub.divisions import DivisionIndex
from hub.store import Database


@dataclass(frozen=True)
class OpenHub:
    """The store, the divisions that it holds, and the key of the national-id HMAC."""

    database: Database
    divisions: DivisionIndex
    secret: bytes
