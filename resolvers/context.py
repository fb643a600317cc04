"""What every resolver of one request is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from strawberry.dataloader import DataLoader

from hub.ids import new_id
from hub.intake import OpenHub
from hub.runs import Live
from hub.store import Database
from resolvers.loaders import LiveSources, Loaders


@dataclass(frozen=True, slots=True)
class Access:
    """Who asks and what they may do; no system for a caller without a key.

    `steward` is the name of the steward whose key it is.
    """

    system_code: str | None = None
    reads_restricted: bool = False
    steward: str | None = None


@dataclass
class Context:
    """The context of one request. The loaders are fresh for each.

    `sources` asks the source systems, for all requests of the process.
    """

    hub: OpenHub
    access: Access = field(default_factory=Access)
    request_id: str = field(default_factory=new_id)
    sources: LiveSources | None = None

    @property
    def database(self) -> Database:
        """The store."""
        return self.hub.database

    @cached_property
    def loaders(self) -> Loaders:
        """Reads rows in batches, for what the executor answers."""
        return Loaders(self.database, self.access.reads_restricted)

    @cached_property
    def live(self) -> DataLoader[UUID, Live]:
        """Asks the source systems in batches."""
        sources = self.sources or LiveSources(self.hub)
        return sources.loader()
