"""What every resolver of one request is given."""

from __future__ import annotations

from dataclasses import dataclass, field

from hub.database import Database
from hub.division_history import History
from hub.divisions import DivisionIndex
from hub.ids import new_id
from resolvers.loaders import Loaders


@dataclass(frozen=True, slots=True)
class Access:
    """Who asks and what they may do; no system for a caller without a key."""

    system_code: str | None = None
    reads_restricted: bool = False


@dataclass(slots=True)
class Context:
    """The context of one request. The loaders are fresh for each.

    `divisions` and `secret`, the key of the national-id HMAC, are for what writes.
    """

    database: Database
    access: Access = field(default_factory=Access)
    request_id: str = field(default_factory=new_id)
    divisions: DivisionIndex = field(default_factory=lambda: DivisionIndex(History((), ())))
    secret: bytes = b""
    loaders: Loaders = field(init=False)

    def __post_init__(self) -> None:
        self.loaders = Loaders(self.database, self.access.reads_restricted)
