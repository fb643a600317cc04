"""A hub into which a source is synced, and what it holds afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, text

from connectors.source import ConnectorSource
from connectors.systems import parse_manifest
from hub.errors import HubError
from hub.intake import OpenHub
from hub.runs import Report, sync_system
from hub.settings import Settings
from tests.hub.pushing import Hub

FIELDS: dict[str, Any] = {"name": "name", "divisionCode": {"value": "510811"}}
STATES = """
SELECT external_id, CASE WHEN deleted_at IS NOT NULL THEN 'deleted'
                         WHEN missing_since IS NOT NULL THEN 'missing' ELSE 'live' END
FROM source_record ORDER BY external_id
"""
NAMES = """
SELECT external_id, fields->>'name' FROM source_record WHERE deleted_at IS NULL ORDER BY external_id
"""
REFUSED = """
SELECT q.row_key, e->>'field', e->>'code', e->>'message'
FROM quarantine q, jsonb_array_elements(q.errors) AS e WHERE q.resolved_at IS NULL
ORDER BY q.row_key, e->>'field'
"""
WARNED = """
SELECT r.external_id, w->>'field', w->>'code', w->>'message'
FROM source_record r, jsonb_array_elements(r.warnings) AS w
ORDER BY r.external_id, w->>'field'
"""


def stream(**changes: object) -> dict[str, object]:
    """A stream of deputies under the key {id}."""
    return {"name": "deputies", "kind": "DEPUTY", "key": "{id}", "fields": FIELDS} | changes


class Synced:
    """A hub that knows the system `county`, and syncs of it."""

    def __init__(self, hub: Hub, settings: Settings, environ: Mapping[str, str]) -> None:
        self.hub, self.settings, self.environ = hub, settings, environ

    async def sync(
        self,
        connector: Mapping[str, object],
        *streams: Mapping[str, object],
        system: Mapping[str, object] | None = None,
        **how: Any,
    ) -> Report:
        """One run over a manifest of these streams."""
        described = {"system": "county", "name": "county", "division": "510811"}
        given = {**described, "connector": connector, "streams": list(streams), **(system or {})}
        manifest = parse_manifest(given, "county")
        source = ConnectorSource(manifest, self.environ, self.settings.identity_secret)
        hub = OpenHub(self.hub.database, self.hub.divisions, self.settings.identity_secret)
        try:
            return await sync_system(hub, self.settings, "county", source, **how)
        finally:
            await source.close()

    async def look_up(
        self, connector: Mapping[str, object], looked: Mapping[str, object], keys: list[str]
    ) -> list[str] | str:
        """The ids of `keys` that the source has now, or why it cannot be asked."""
        described = {"system": "county", "name": "county", "division": "510811"}
        given = {**described, "connector": connector, "streams": [looked]}
        source = ConnectorSource(parse_manifest(given, "county"), self.environ, b"secret")
        try:
            return list(await source.streams[0].look_up(keys))
        except HubError as error:
            return error.message
        finally:
            await source.close()

    async def states(self) -> dict[str, str]:
        """Of each record whether it is live, missing (withheld) or deleted."""
        return dict(await self.hub.rows(STATES))

    async def names(self) -> dict[str, str]:
        """The names of the live records."""
        return dict(await self.hub.rows(NAMES))

    async def refused(self) -> list[tuple[str, str | None, str]]:
        """Key, field and code of each reason in the quarantine."""
        return [(key, field, code) for key, field, code, _ in await self.hub.rows(REFUSED)]

    async def reasons(self) -> list[str]:
        """The sentences in the quarantine, and those of warnings."""
        rows = [*await self.hub.rows(REFUSED), *await self.hub.rows(WARNED)]
        return [message for *_, message in rows]

    async def warned(self) -> list[tuple[str, str | None, str]]:
        """Record, field and code of each warning."""
        return [(key, field, code) for key, field, code, _ in await self.hub.rows(WARNED)]


def run(engine: Engine, *statements: str) -> None:
    """Execute statements in one transaction."""
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def sql(engine: Engine) -> dict[str, str]:
    """The connector of a manifest that reads this database."""
    return {"kind": "sql", "url": engine.url.render_as_string(hide_password=False)}
