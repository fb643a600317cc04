"""`liveRecord`: what the source of a record states now.

Each system is asked once for all records of a batch. A source that is slow, down or broken gives
`UNAVAILABLE` beside the stored record and never an error.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cachetools import TTLCache
from strawberry.dataloader import DataLoader

from connectors.source import ConnectorSource
from connectors.systems import parse_manifest
from hub.errors import Code, StopRun, TryLater
from hub.intake import OpenHub
from hub.runs import Live, StoredRecord, fetch_stored, read_live, unavailable

log = logging.getLogger(__name__)

MAX_RECORDS = 100
"""Records of one system that one batch asks for."""
REST = 10.0
"""Seconds for which a source that did not answer is left alone."""
TOO_MANY = unavailable(
    Code.TOO_MANY_RECORDS, f"At most {MAX_RECORDS} records of a system are read live at once."
)
BROKEN = unavailable(Code.INTERNAL, "The hub cannot read this source. Report the request id.")


@dataclass
class LiveSources:
    """The sources as they are asked by all requests of this process.

    One request at a time asks a system; those that wait for their turn meanwhile learn at once
    when it does not answer.
    """

    hub: OpenHub
    deadline: float = 3
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    _turns: defaultdict[str, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )
    _silent: TTLCache[str, Live] = field(default_factory=lambda: TTLCache(1000, REST))

    def loader(self) -> DataLoader[UUID, Live]:
        """A loader of records by id, for one request."""
        return DataLoader(self._load)

    async def _load(self, ids: list[UUID]) -> list[Live]:
        systems: defaultdict[str, list[StoredRecord]] = defaultdict(list)
        for record in await fetch_stored(self.hub.database, ids):
            systems[record.system].append(record)
        found: dict[UUID, Live] = {}
        for answers in await asyncio.gather(*map(self._ask, systems.values())):
            found |= answers
        return [found.get(key, TOO_MANY) for key in ids]

    async def _ask(self, records: list[StoredRecord]) -> dict[UUID, Live]:
        """What one system states, or that it is unavailable."""
        records = records[:MAX_RECORDS]
        system = records[0].system
        try:
            async with asyncio.timeout(self.deadline), self._turns[system]:
                if system in self._silent:
                    return dict.fromkeys(_ids(records), self._silent[system])
                return await self._read(records)
        except TimeoutError:
            reason = f"System {system} did not answer within {self.deadline:g} s."
            answer = self._silent[system] = unavailable(Code.SOURCE_UNAVAILABLE, reason)
        except TryLater as error:
            answer = self._silent[system] = unavailable(error.code, error.message)
        except StopRun as error:
            answer = unavailable(error.code, error.message)
        except Exception:
            log.exception("liveRecord: system %s cannot be read", system)
            answer = BROKEN
        return dict.fromkeys(_ids(records), answer)

    async def _read(self, records: list[StoredRecord]) -> dict[UUID, Live]:
        manifest = parse_manifest(records[0].manifest, records[0].system)
        source = ConnectorSource(manifest, self.environ, self.hub.secret)
        try:
            return await read_live(self.hub, source.streams, records)
        finally:
            await source.close()


def _ids(records: Sequence[StoredRecord]) -> list[UUID]:
    return [record.id for record in records]
