"""The source systems that the hub knows, and the keys with which they push."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from hub.divisions import DivisionIndex
from hub.errors import Code, StopRun
from hub.ids import new_id
from hub.store import Driver, writing
from hub.subjects.systems import ConnectorKind
from hub.values import check_shown

UPSERT = """
INSERT INTO source_system (id, code, name, division_id, level, connector, manifest, status)
VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, 'NEW')
ON CONFLICT (code) DO UPDATE SET name = excluded.name, division_id = excluded.division_id,
    level = excluded.level, connector = excluded.connector, manifest = excluded.manifest
"""

NO_LONGER_AWAITED = """
UPDATE reference SET system_id = s.id, awaits = NULL FROM source_system s
WHERE s.code = $1 AND awaits = $1
"""
AWAITED = "SELECT awaits, count(*) FROM reference WHERE awaits IS NOT NULL GROUP BY 1 ORDER BY 1"


async def fetch_awaited(driver: Driver) -> dict[str, int]:
    """How many references wait for each system that is not known yet."""
    return {row[0]: row[1] for row in await driver.fetch(AWAITED)}


async def add_system(
    driver: Driver,
    divisions: DivisionIndex,
    *,
    code: str,
    name: str,
    division_code: str,
    connector: ConnectorKind,
    manifest: Mapping[str, object],
) -> None:
    """Make a system known, or bring what is known of it up to date.

    `manifest` is kept as it is written, secrets as `${NAMES}`. What records of other systems name
    of it waits for its records from now on. Raises StopRun(UNKNOWN_DIVISION),
    Refusal(ID_NUMBER_IN_TEXT).
    """
    written = orjson.dumps(manifest).decode()
    check_shown("the manifest", f"{code} {name} {written}")
    division = divisions.resolve(division_code)
    if division is None:
        raise StopRun(
            Code.UNKNOWN_DIVISION,
            f"The manifest of {code} names division {division_code}, which has never been listed "
            "since 2017. Correct `division`.",
        )
    place = (division.id, division.level.name, connector.name)
    async with writing(driver):
        await driver.execute(UPSERT, new_id(), code, name, *place, written)
        await driver.execute(NO_LONGER_AWAITED, code)


async def system_id(driver: Driver, code: str) -> str:
    """The id of a system. Raises StopRun(UNKNOWN_SYSTEM) naming those that there are."""
    rows = await driver.fetch("SELECT code, id::text FROM source_system ORDER BY code")
    known = {row[0]: str(row[1]) for row in rows}
    if code not in known:
        raise StopRun(
            Code.UNKNOWN_SYSTEM,
            f"The hub knows no system {code}. It knows: {', '.join(known) or 'none yet'}. "
            "Add one with `hub system add MANIFEST`.",
        )
    return known[code]


async def fetch_manifests(driver: Driver) -> dict[str, dict[str, object]]:
    """The manifests of all systems by code, in the order in which the systems were added."""
    rows = await driver.fetch("SELECT code, manifest FROM source_system ORDER BY id")
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Who a key belongs to and what it may do."""

    system_code: str
    reads_restricted: bool
    steward: str | None


def digest_key(key: str) -> bytes:
    """What is kept of a key: its SHA-256, since the key itself is 256 random bits."""
    return hashlib.sha256(key.encode()).digest()


async def create_key(
    driver: Driver, code: str, *, reads_restricted: bool = False, steward: str | None = None
) -> str:
    """Make an API key for a system; the key is returned once and kept only as a digest.

    With the name of a `steward` the key also decides, pins and undoes, for any system. Raises
    StopRun(UNKNOWN_SYSTEM), Refusal(ID_NUMBER_IN_TEXT).
    """
    check_shown("the name of the steward", steward)
    owner = await system_id(driver, code)
    key = f"hub_{secrets.token_urlsafe(32)}"
    await driver.execute(
        "INSERT INTO api_key (id, system_id, digest, hint, reads_restricted, steward) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        new_id(),
        owner,
        digest_key(key),
        key[-4:],
        reads_restricted,
        steward,
    )
    return key


async def find_key(driver: Driver, key: str) -> KeyHolder | None:
    """Whose key this is; None for an unknown or revoked one."""
    row = await driver.fetchrow(
        "SELECT s.code, k.reads_restricted, k.steward FROM api_key k "
        "JOIN source_system s ON s.id = k.system_id "
        "WHERE k.digest = $1 AND k.revoked_at IS NULL",
        digest_key(key),
    )
    return None if row is None else KeyHolder(*row.values())
