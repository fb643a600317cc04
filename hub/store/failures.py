"""Failures of PostgreSQL and of the disk while the hub works, as errors that may be shown."""

from __future__ import annotations

import sqlite3

import asyncpg
from sqlalchemy.exc import DBAPIError

from hub.errors import Code, HubError, StopRun

LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InterfaceError,
    ConnectionError,
)
"""The server ended, or ended the connection."""

AFTERWARDS = "What was stored before stays, nothing is half-written; run it again afterwards."


def known_failure(error: BaseException) -> HubError | None:
    """`error` as it may be shown; None for a fault of the hub itself."""
    if isinstance(error, HubError):
        return error
    cause = error.orig.__cause__ if isinstance(error, DBAPIError) and error.orig else error
    reason = str(cause).partition("\n")[0]
    if isinstance(cause, asyncpg.DiskFullError):
        return StopRun(
            Code.STORE_FULL,
            f"The disk of the store is full: {reason}. Make room where PostgreSQL keeps its data; "
            f"the embedded one does so under HUB_DATA_DIR. {AFTERWARDS}",
        )
    if isinstance(cause, sqlite3.OperationalError):
        return StopRun(
            Code.STORE_FULL,
            f"The keys that a sync has read do not fit on the disk for temporary files: {reason}. "
            f"Make room in TMPDIR; where it is not set, in /var/tmp. {AFTERWARDS}",
        )
    if isinstance(cause, LOST):
        return StopRun(
            Code.DATABASE_UNAVAILABLE,
            f"PostgreSQL ended the connection: {reason}. See in its log why, and with `hub doctor` "
            f"whether its disk has room. {AFTERWARDS}",
        )
    return None
