"""Runs over the systems whose manifests the store holds."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from typing import Any

from connectors.source import ConnectorSource
from connectors.systems import parse_manifest
from hub.errors import Code, HubError, StopRun
from hub.intake import OpenHub
from hub.passes import refresh
from hub.runs import FAULT, Counts, Report, fetch_manifests, sync_system
from hub.settings import Settings

log = logging.getLogger(__name__)


async def sync_one(
    hub: OpenHub,
    settings: Settings,
    stored: Mapping[str, object],
    **how: Any,
) -> Report:
    """One run over the system of a stored manifest; `how` goes to `sync_system`.

    Whatever stops it is an error of this run alone, and stands in the report.
    """
    try:
        manifest = parse_manifest(stored, str(stored["system"]))
        source = ConnectorSource(manifest, os.environ, hub.secret)
        try:
            return await sync_system(hub, settings, manifest.system, source, **how)
        finally:
            await source.close()
    except HubError as error:
        return Report("", Counts(), error)
    except Exception:
        log.exception("System %s cannot be read by a fault of the hub", stored.get("system"))
        return Report("", Counts(), FAULT)


def choose(manifests: Mapping[str, Mapping[str, object]], code: str | None) -> list[str]:
    """The systems to read: the one named, or all that can be read.

    Raises StopRun(UNKNOWN_SYSTEM).
    """
    if code is None:
        return [each for each, manifest in manifests.items() if not _pushes(manifest)]
    if code not in manifests:
        raise StopRun(
            Code.UNKNOWN_SYSTEM,
            f"The hub knows no system {code}. It knows: {', '.join(manifests) or 'none yet'}.",
        )
    return [code]


def _pushes(manifest: Mapping[str, object]) -> bool:
    """Whether there is nothing to read; a manifest that does not hold is told when it is read."""
    connector = manifest.get("connector")
    return not isinstance(connector, Mapping) or connector.get("kind") == "push"


async def sync_code(hub: OpenHub, settings: Settings, code: str) -> HubError | None:
    """One run over the system `code`, by its manifest as it is now; give what stopped it.

    People are linked anew where it brought anything.
    """
    async with hub.database.driver() as driver:
        manifests = await fetch_manifests(driver)
    (chosen,) = choose(manifests, code)
    report = await sync_one(hub, settings, manifests[chosen])
    if report.counts.stored or report.counts.deleted:
        await refresh(hub)
    return report.error
