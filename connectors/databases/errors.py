"""What the error of a database means for the run. Messages hold no address and no password."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from hub.errors import Code, HubError, StopRun, TryLater
from hub.values import scrub

_REFUSED = frozenset({"1044", "1045", "1142", "1143", "1227", "1698", "42501", "28000", "28P01"})
"""Wrong password, or no right to read (MySQL error numbers, SQLSTATE of PostgreSQL)."""
_CHANGED = frozenset({"1049", "1054", "1146", "3D000", "3F000", "42P01", "42703"})
"""No such database, schema, table or column."""
_REFUSED_WORDS = ("password authentication failed", "no pg_hba.conf entry", 'role "')
"""PostgreSQL gives no SQLSTATE while connecting, only words."""
_CHANGED_WORDS = ('database "', "no such table", "no such column")


def classed(error: DBAPIError, where: str) -> HubError:
    """`error` as what the engine does next: TryLater, or StopRun."""
    reason = scrub(str(error.orig).strip().splitlines()[0])[:200]
    codes = _codes(error)
    if codes & _REFUSED or any(words in reason for words in _REFUSED_WORDS):
        return StopRun(
            Code.SOURCE_REFUSED,
            f"{where} refuses the hub: {reason}. Check user, password and rights to read.",
        )
    if codes & _CHANGED or any(words in reason for words in _CHANGED_WORDS):
        return StopRun(
            Code.SOURCE_CHANGED,
            f"{where} lacks what the manifest names: {reason}. Correct table, query or columns.",
        )
    if error.connection_invalidated or isinstance(error, OperationalError | InterfaceError):
        return TryLater(
            Code.SOURCE_UNAVAILABLE,
            f"{where} does not answer: {reason}. Check the address and the server.",
        )
    return StopRun(Code.SOURCE_REFUSED, f"{where} refuses the query: {reason}.")


def _codes(error: DBAPIError) -> set[str]:
    """SQLSTATE and the server's own number, as far as the driver tells them."""
    given = [getattr(error.orig, "sqlstate", None), *(error.orig.args if error.orig else ())]
    return {str(code) for code in given[:2]}
