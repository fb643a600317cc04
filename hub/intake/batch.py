"""What goes into the intake and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from hub import values
from hub.store import Packed
from hub.subjects.kinds import Kind

RawRecord: TypeAlias = Mapping[str, Any]
"""Values as a source writes them, by record field: anything that JSON or a database can hold."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Why a record, or one field of it, is refused. No sentence keeps an ID number."""

    code: str
    message: str
    field: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", values.scrub(self.message))


class Candidate(NamedTuple):
    """One record offered to the hub, not read yet.

    `checksum` is a keyed digest of the row as it came: a row holds an id number, which could be
    found from a plain digest by trying. `row` is whatever the batch's `read` turns into
    `{field name: raw value}`, a Refusal in place of a value that cannot be read; `place` says
    where the row stands, for people; `warnings` tell what is odd about the row as a whole.
    """

    external_id: str
    checksum: bytes
    row: object
    place: str = ""
    warnings: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not stored: it goes to the quarantine with its reasons."""

    key: str
    issues: list[Issue]
    row: object
    place: str = ""
    checksum: bytes = b""


@dataclass(slots=True)
class Batch:
    """Candidates of one kind out of one stream, and the rows that were refused before."""

    kind: Kind
    stream: str
    candidates: list[Candidate]
    read: Callable[[object], RawRecord]
    refused: list[Refused] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stated:
    """One reference that a record states: the field, the record meant, the role and the dates.

    `system` is the code of the system of the record meant; None: the record's own.
    """

    name: str
    target_kind: str
    external_id: str
    system: str | None = None
    role: str | None = None
    start_date: str | None = None
    end_date: str | None = None


@dataclass(slots=True)
class GoldenSource:
    """A record as a golden row sees it. Ids are the text form of UUIDs.

    `fields` are the canonical values, `resolved` golden columns found from codes.
    """

    id: str
    system_id: str
    external_id: str
    fields: dict[str, object]
    resolved: dict[str, object]
    division_id: str
    person_id: str | None


@dataclass(slots=True)
class Record(GoldenSource):
    """A record of a batch.

    `id_parts` is what its ID number shows, in the form of `IdParts.text`; `warnings` tell what of
    it could not be used. `congress` is (division id, level, term) for records that belong to a
    congress, and becomes `resolved["congress_id"]` when stored. `former_id` is the golden row that
    a live record had before the batch. `said` are the fields as JSON; records not read anew have
    none.
    """

    checksum: bytes = b""
    place: str = ""
    references: list[Stated] = field(default_factory=list)
    congress: tuple[str, str, int | None] | None = None
    id_token: bytes | None = None
    id_parts: str | None = None
    warnings: list[Issue] = field(default_factory=list)
    person_key: str | None = None
    entity_id: str = ""
    former_id: str = ""
    is_new: bool = True
    said: bytes = b""

    @property
    def is_joining(self) -> bool:
        """Whether records that name this one have to be joined to it anew."""
        return self.entity_id != self.former_id


@dataclass(slots=True)
class Known:
    """What the store has of a record before the batch."""

    id: str
    entity_id: str
    person_id: str | None
    is_live: bool


class SearchedPerson(NamedTuple):
    """What search tells of a new person: the name, and the divisions of the mandates."""

    person_id: str
    name: str
    has_ended: bool
    division_ids: tuple[str, ...]


@dataclass(slots=True)
class Newcomers:
    """New records that nothing is known of: each gives a mandate, and a person, of its own.

    `ids`, `external_ids` and `mandates` are parallel. `tokens` and `keys` are those of
    ID numbers and persons inside the system by which others might know them. `congresses` gives
    the level of those that they name first, by (division, term). `rows` are all rows that the
    records give, in the order of writing, `references` the rows of what they name; the
    entries of search are made of `people` while PostgreSQL takes the rows.
    """

    ids: list[str] = field(default_factory=list)
    external_ids: list[str] = field(default_factory=list)
    mandates: list[str] = field(default_factory=list)
    tokens: list[bytes] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    congresses: dict[tuple[str, int | None], str] = field(default_factory=dict)
    rows: list[Packed] = field(default_factory=list)
    references: list[dict[str, object]] = field(default_factory=list)
    people: list[SearchedPerson] = field(default_factory=list)


@dataclass(slots=True)
class Prepared:
    """A batch compared and read: ready to be stored. The newcomers are not among `records`."""

    kind: Kind
    stream: str
    records: list[Record]
    refused: list[Refused]
    unchanged: list[str]
    returned: list[str]
    newcomers: Newcomers = field(default_factory=Newcomers)


@dataclass(slots=True)
class Taken:
    """What became of a batch, by external id.

    `entities` gives the golden row of each stored record, `warnings` what of some of them could
    not be used.
    """

    stored: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    entities: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, list[Issue]] = field(default_factory=dict)
