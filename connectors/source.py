"""A system behind its connector, in the form in which `hub.runs.pages` reads it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import cast

from connectors.manifest import StreamManifest, SystemManifest
from connectors.mapping import Keyed, compile_mapping
from connectors.reading import BadRow, Connector, Row
from connectors.registry import open_connector
from hub.errors import Refusal
from hub.intake import Candidate, Issue, Refused
from hub.runs import Limits, Page


class ConnectorStream:
    """One stream of a manifest (see `hub.runs.pages.StreamSource`)."""

    def __init__(self, connector: Connector, manifest: StreamManifest, secret: bytes) -> None:
        self._connector = connector
        self._manifest = manifest
        self._mapping = compile_mapping(manifest, secret)
        self.name = manifest.name
        self.kind = manifest.kind
        self.digest = manifest.digest
        self.believes_absence = manifest.believes_absence
        self.shifts = connector.shifts
        self._has_cursor = manifest.cursor is not None or manifest.deletes != "complete"

    async def pages(self, since: object | None) -> AsyncGenerator[Page]:
        """The rows since `since`; the cursor comes with an empty last page.

        Files whose absence means deletion are read whole each time, so they have no cursor. Of
        rows that have changed since, those that are no records of the stream any more are deleted.
        """
        is_since = since is not None and self.believes_absence
        async with aclosing(self._connector.read(self._manifest, since)) as batches:
            async for batch in batches:
                page = Page()
                for row in batch:
                    self._add(page, row, is_since)
                yield page
        cursor = self._connector.position(self._manifest) if self._has_cursor else None
        yield Page(cursor=cursor, doubt=self._connector.doubt(self._manifest))

    def read(self, row: object) -> Mapping[str, object]:
        """Raw values by record field. Raises Refusal."""
        return self._mapping.record(cast(Keyed, row))

    async def look_up(self, external_ids: list[str]) -> dict[str, Candidate]:
        """The records with these ids that the source has now and does not mark as deleted."""
        rows = await self._connector.fetch(self._manifest, external_ids)
        return {
            key: Candidate(key, record.checksum, record, row.place)
            for key, row in rows.items()
            for record in self._mapping.expand_readable(row)
            if record.external_id == key and not record.deleted
        }

    def _add(self, page: Page, row: Row | BadRow, is_since: bool) -> None:
        if isinstance(row, BadRow):
            page.refused.append(refuse(row.place, row.refusal, {"raw": row.raw}))
            return
        try:
            keyed = self._mapping.expand(row, since_before=is_since)
        except Refusal as refusal:
            page.refused.append(refuse(row.place, refusal, {}))
            return
        for record in keyed:
            if record.deleted:
                page.deleted.append(record.external_id)
            else:
                issues = tuple(Issue(each.code, each.message) for each in row.warnings)
                page.candidates.append(
                    Candidate(record.external_id, record.checksum, record, row.place, issues)
                )


def refuse(place: str, refusal: Refusal, row: Mapping[str, object]) -> Refused:
    """The refusal of a row that has no key of its own: its place stands for the key."""
    issue = Issue(refusal.code, refusal.message, refusal.field)
    return Refused(place, [issue], row, place)


class ConnectorSource:
    """A system of a manifest, opened (see `hub.runs.pages.Source`)."""

    def __init__(self, system: SystemManifest, environ: Mapping[str, str], secret: bytes) -> None:
        self.connector = open_connector(system, environ)
        self.limits = Limits(system.limits.rows, system.limits.minutes)
        self.streams = [
            ConnectorStream(self.connector, stream, secret) for stream in system.streams
        ]

    async def stored(self) -> None:
        """Tell the connector that everything read is stored."""
        await self.connector.stored()

    async def close(self) -> None:
        """Close the connector."""
        await self.connector.close()
