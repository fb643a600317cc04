"""The words in which kinds of records are declared."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

from sqlalchemy import Table

from hub.subjects.members import member_role
from hub.subjects.record_kinds import RecordKind
from hub.values import Raw

Reader: TypeAlias = Callable[[Raw], object]
Fields: TypeAlias = Mapping[str, object]
"""The canonical fields of a record: days as ISO text, lists as names of members."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record.

    `takes` is the type of the push input (str, int, float, bool, date or an Enum); `table` and
    `column` name the golden column that the field feeds, if any.
    """

    name: str
    read: Reader
    description: str
    takes: type = str
    table: Table | None = None
    column: str = ""
    required: bool = False
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names other records by their external ids.

    A reference to one record feeds the golden column `{name}_id`; `many` takes a list and feeds a
    `Membership`. `with_role` takes `{id, role, startDate, endDate}` instead of bare ids; `across`
    takes the `system` too, because the record meant may be of another system. The record meant may
    come before or after the one that names it.
    """

    name: str
    target: RecordKind
    description: str
    many: bool = True
    with_role: bool = False
    across: bool = False
    required: bool = False
    read_role: Reader = member_role

    @property
    def column(self) -> str:
        """The golden column that a reference to one record feeds."""
        return f"{snake(self.name)}_id"


@dataclass(frozen=True, slots=True)
class Membership:
    """Pairs of golden rows, stated by either side; the container's statement wins.

    `by_container` is the container's field that lists its members, `by_member` the member's field
    that lists its containers.
    """

    table: Table
    member: RecordKind
    by_container: str = ""
    by_member: str = ""

    @property
    def columns(self) -> tuple[str, str]:
        """The columns of the container and of the member."""
        container, member = self.table.primary_key.columns
        return container.name, member.name


class Placing(Enum):
    """How a record finds the division that it belongs to."""

    CONGRESS = auto()
    """It states a division that has a congress, and belongs to that congress in a term."""
    MANDATE = auto()
    """As CONGRESS; of a subdistrict, which has none, it belongs to the county's congress."""
    DIVISION = auto()
    """It states a division; where it states a term too, it belongs to that congress."""
    PARENT = auto()
    """It takes the division of the record that its `parent` means; until then the one it states,
    or its system's."""


Check: TypeAlias = Callable[[Fields], None]
"""A rule over the fields of one record. Raises Refusal with the field, a code and a sentence."""


@dataclass(frozen=True, slots=True)
class Against:
    """A rule between a record and the one that its field `reference` means.

    `check` takes the fields of both and raises Refusal. It runs as soon as both are known, in
    whichever order they come.
    """

    reference: str
    check: Callable[[Fields, Fields], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its golden table, its fields and references, its place and its rules.

    `one` and `many` are its names in the inputs: DeputyRecordInput, pushDeputies.

    `village` names the field with the name of the village that a record lies in or is about; its
    code is in `villageCode`, and both feed the golden column `village_id`.
    """

    kind: RecordKind
    one: str
    many: str
    table: Table
    fields: tuple[Field, ...]
    references: tuple[Reference, ...] = ()
    memberships: tuple[Membership, ...] = ()
    placing: Placing = Placing.DIVISION
    parent: str | None = None
    village: str | None = None
    checks: tuple[Check, ...] = ()
    against: tuple[Against, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All field names that a mapping or a push may give, references included."""
        return (*(f.name for f in self.fields), *(r.name for r in self.references))

    @property
    def required(self) -> tuple[str, ...]:
        """The names of what every record of the kind states."""
        fields = (field.name for field in self.fields if field.required)
        return (*fields, *(item.name for item in self.references if item.required))


def snake(name: str) -> str:
    """`employerAndPost` as `employer_and_post`."""
    return re.sub(r"([A-Z])", r"_\1", name).lower()


def camel(name: str) -> str:
    """`employer_and_post` as `employerAndPost`."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def is_enum(takes: type) -> bool:
    """Whether the push input of a field is a closed list."""
    return issubclass(takes, Enum)
