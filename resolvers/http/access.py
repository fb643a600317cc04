"""Who asks."""

from __future__ import annotations

import ipaddress
from functools import lru_cache

from starlette.requests import Request

from hub.errors import Code, HubError
from hub.runs import find_key
from hub.store import Database
from resolvers.context import Access

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


async def read_access(database: Database, request: Request) -> Access:
    """Who asks. Without a key only this machine may read. Raises HubError UNAUTHENTICATED."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if not scheme:
        check_local(request)
        return Access()
    async with database.driver() as driver:
        holder = await find_key(driver, key.strip()) if scheme.lower() == "bearer" else None
    if holder is None:
        raise HubError(
            Code.UNAUTHENTICATED,
            "This API key is unknown or revoked. Send `Authorization: Bearer KEY` with a key of "
            "`hub key create SYSTEM`.",
        )
    return Access(holder.system_code, holder.reads_restricted, holder.steward)


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
