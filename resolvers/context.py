"""What every resolver of one request is given."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from strawberry.dataloader import DataLoader

from hub.ids import new_id
from hub.intake import OpenHub
from hub.runs import Live, PushQueue
from hub.store import Database
from resolvers.loaders import LiveSources, Loaders
from resolvers.price import Sizes


@dataclass(frozen=True, slots=True)
class Access:
    """Who asks and what they may do; no system for a caller without a key.

    `steward` is the name of the steward whose key it is; `address` the one that a caller without a
    key asks from.
    """

    system_code: str | None = None
    reads_restricted: bool = False
    steward: str | None = None
    address: str = ""

    @property
    def caller(self) -> str:
        """Whose turn it is."""
        return self.steward or self.system_code or self.address

    @property
    def is_analyst(self) -> bool:
        """Whether larger questions are answered: to stewards, and on this machine without a key."""
        return self.steward is not None or self.system_code is None


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a request ends, and how many seconds it has."""

    timer: asyncio.Timeout
    seconds: float

    @contextmanager
    def counting_anew(self) -> Iterator[None]:
        """A block with a time limit of its own; the request has all its seconds after it."""
        if not self.timer.expired():
            self.timer.reschedule(None)
        try:
            yield
        finally:
            if not self.timer.expired():
                self.timer.reschedule(asyncio.get_running_loop().time() + self.seconds)


@dataclass
class Context:
    """The context of one request. The loaders are fresh for each.

    `sources` asks the source systems, `queue` holds the pushes, for all requests of the process.
    `sizes` are the rows of each entity and `max_rows` the dearest operation, in rows, that is
    answered.
    """

    hub: OpenHub
    access: Access = field(default_factory=Access)
    request_id: str = field(default_factory=new_id)
    sources: LiveSources | None = None
    sizes: Sizes = field(default_factory=dict)
    max_rows: int = 100_000
    queue: PushQueue | None = None
    deadline: Deadline | None = None

    @property
    def database(self) -> Database:
        """The store."""
        return self.hub.database

    @cached_property
    def pushes(self) -> PushQueue:
        """Where pushes wait for their turn."""
        return self.queue or PushQueue(self.hub)

    @cached_property
    def loaders(self) -> Loaders:
        """Reads rows in batches, for what the executor answers."""
        return Loaders(self.database, self.access.reads_restricted)

    @cached_property
    def live(self) -> DataLoader[UUID, Live]:
        """Asks the source systems in batches."""
        sources = self.sources or LiveSources(self.hub)
        return sources.loader()
