"""Who asks."""

from __future__ import annotations

import ipaddress
import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from cachetools import TTLCache
from starlette.requests import Request

from hub.errors import Code, HubError, TooBusy
from hub.runs import find_key
from hub.settings import Network, Settings, networks
from hub.store import Database
from resolvers.context import Access

log = logging.getLogger(__name__)

KEY_SECONDS = 5.0
"""Seconds after which a key that was revoked is refused at the latest."""

MAX_KEYS = 10_000

CALLER = "keys"
"""Who looks up keys, among those who wait for a connection."""

LOOPBACK = networks("127.0.0.0/8, ::1")

FORWARDING = frozenset(
    (
        "forwarded",
        "via",
        "x-real-ip",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-original-forwarded-for",
        "x-original-host",
        "true-client-ip",
        "cf-connecting-ip",
    )
)
"""Headers that proxies add, besides those that begin with X-Forwarded."""

WRONG_KEYS = 10
"""Wrong keys that an address may send in WRONG_SECONDS."""

WRONG_SECONDS = 60.0

MAX_ADDRESSES = 100_000

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(slots=True)
class Wrong:
    """How many wrong keys an address sent since the first of them."""

    began: float = field(default_factory=time.monotonic)
    count: int = 0


class Keys:
    """The keys of a store. A key that was looked up is known for KEY_SECONDS."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._known: TTLCache[str, Access] = TTLCache(MAX_KEYS, KEY_SECONDS)
        self._wrong: TTLCache[str, Wrong] = TTLCache(MAX_ADDRESSES, WRONG_SECONDS)

    async def access(self, request: Request) -> Access:
        """Who asks. Without a key only this machine may read, where the settings say so.

        Raises HubError UNAUTHENTICATED; TooBusy where the address sent too many wrong keys;
        TooBusy, StopRun(DATABASE_UNAVAILABLE).
        """
        address = caller_address(request, self._settings.proxies)
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if not scheme:
            check_local(request, self._settings)
            return Access(address=address)
        key = key.strip()
        known = self._known.get(key)
        if known is None:
            self._check_wrong(address)
            known = await self._find(key) if scheme.lower() == "bearer" else None
        if known is None:
            self._count_wrong(address)
            raise HubError(
                Code.UNAUTHENTICATED,
                "This API key is unknown, expired or revoked. Send `Authorization: Bearer KEY` "
                "with a key of `hub key create SYSTEM`.",
            )
        return known

    def _check_wrong(self, address: str) -> None:
        """Raise TooBusy for an address that sent too many wrong keys."""
        wrong = self._wrong.get(address)
        if wrong is not None and wrong.count >= WRONG_KEYS:
            seconds = max(1, math.ceil(wrong.began + WRONG_SECONDS - time.monotonic()))
            raise TooBusy(
                Code.TOO_MANY_WRONG_KEYS,
                f"{WRONG_KEYS} wrong keys came from this address within a minute. Correct the key "
                f"and send it again in {seconds} s.",
                seconds,
            )

    def _count_wrong(self, address: str) -> None:
        wrong = self._wrong.get(address)
        if wrong is None:
            wrong = self._wrong[address] = Wrong()
        wrong.count += 1
        log.warning("a wrong key from %s, the %d. within a minute", address, wrong.count)

    async def _find(self, key: str) -> Access | None:
        async with self._database.reader(CALLER) as driver:
            holder = await find_key(driver, key)
        if holder is None:
            return None
        access = Access(holder.system_code, holder.reads_restricted, holder.steward)
        self._known[key] = access
        return access


def caller_address(request: Request, proxies: Sequence[Network]) -> str:
    """The address that a request comes from.

    Of what a trusted proxy hands on, the last address of X-Forwarded-For that is no proxy's.
    """
    address = request.client.host if request.client else ""
    named = request.headers.getlist("x-forwarded-for")
    for before in reversed([each.strip() for each in ",".join(named).split(",")]):
        if not before or not is_inside(address, tuple(proxies)):
            break
        address = before
    return address


def check_local(request: Request, settings: Settings) -> None:
    """Raise HubError(UNAUTHENTICATED) unless the caller may read without a key.

    The setting allows it, the caller is on this machine and calls it by a local name, which keeps
    out pages of other sites that point their own name here, and nothing tells of a proxy. nginx as
    it comes names nobody, but speaks HTTP/1.0.
    """
    host = request.client.host if request.client else ""
    name = request.headers.get("host", "").rsplit(":", 1)[0]
    is_allowed = settings.local_reading and settings.public_url is None
    is_direct = request.scope.get("http_version") != "1.0" and not is_forwarded(request)
    if is_allowed and is_direct and is_loopback(host) and name in LOCAL_NAMES:
        return
    raise HubError(
        Code.UNAUTHENTICATED,
        "Reading needs an API key. Send it as `Authorization: Bearer KEY`. On this machine, "
        "without a proxy, HUB_LOCAL_READING=1 lets callers read without one.",
    )


def is_forwarded(request: Request) -> bool:
    """Whether a header tells that the request came through a proxy."""
    return any(name in FORWARDING or name.startswith("x-forwarded") for name in request.headers)


@lru_cache(maxsize=1024)
def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own."""
    return is_inside(host, LOOPBACK)


@lru_cache(maxsize=1024)
def is_inside(host: str, inside: tuple[Network, ...]) -> bool:
    """Whether an address lies in one of the networks; what is none lies in none."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in inside)
