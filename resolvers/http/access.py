"""Who asks."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

from cachetools import TTLCache
from starlette.requests import Request

from hub.errors import Code, HubError
from hub.runs import find_key
from hub.store import Database
from resolvers.context import Access

KEY_SECONDS = 5.0
"""Seconds after which a key that was revoked is refused at the latest."""

MAX_KEYS = 10_000

CALLER = "keys"
"""Who looks up keys, among those who wait for a connection."""

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Keys:
    """The keys of a store. A key that was looked up is known for KEY_SECONDS."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: TTLCache[str, Access] = TTLCache(MAX_KEYS, KEY_SECONDS)

    async def access(self, request: Request) -> Access:
        """Who asks. Without a key only this machine may read.

        Raises HubError UNAUTHENTICATED; TooBusy, StopRun(DATABASE_UNAVAILABLE).
        """
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if not scheme:
            check_local(request)
            return Access(address=request.client.host if request.client else "")
        key = key.strip()
        known = self._known.get(key)
        if known is None and scheme.lower() == "bearer":
            known = await self._find(key)
        if known is None:
            raise HubError(
                Code.UNAUTHENTICATED,
                "This API key is unknown or revoked. Send `Authorization: Bearer KEY` with a key "
                "of `hub key create SYSTEM`.",
            )
        return known

    async def _find(self, key: str) -> Access | None:
        async with self._database.reader(CALLER) as driver:
            holder = await find_key(driver, key)
        if holder is None:
            return None
        access = Access(holder.system_code, holder.reads_restricted, holder.steward)
        self._known[key] = access
        return access


def check_local(request: Request) -> None:
    """Without a key the caller must be on this machine and call it by a local name.

    The name keeps out pages of other sites that point their own name to this machine.
    """
    host = request.client.host if request.client else ""
    name = request.headers.get("host", "").rsplit(":", 1)[0]
    if is_loopback(host) and name in LOCAL_NAMES:
        return
    raise HubError(
        Code.UNAUTHENTICATED,
        "Reading from another machine needs an API key. Send it as `Authorization: Bearer KEY`.",
    )


@lru_cache(maxsize=1024)
def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
