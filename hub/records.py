"""The kinds of records that systems deliver, and the fields of each.

One declaration serves the push inputs of the graph, the mappings of the connectors and the intake:
a field's name as systems write it, its reader (`hub.values`), and the golden column it feeds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy import Table

from hub import enums, tables, values
from hub.enums import RecordKind
from hub.values import Raw

Reader = Callable[[Raw], object]


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
    """A field that names other records of the same system by their external ids.

    `many` takes a list. `with_role` takes `{id, role, startDate, endDate}` instead of bare ids.
    """

    name: str
    target: RecordKind
    description: str
    many: bool = True
    with_role: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its golden table, its fields and its references."""

    kind: RecordKind
    table: Table
    fields: tuple[Field, ...]
    references: tuple[Reference, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All field names that a mapping or a push may give, references included."""
        return (*(f.name for f in self.fields), *(r.name for r in self.references))


def snake(name: str) -> str:
    """`employerAndPost` as `employer_and_post`."""
    return re.sub(r"([A-Z])", r"_\1", name).lower()


def camel(name: str) -> str:
    """`employer_and_post` as `employerAndPost`."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def iso_date(value: Raw) -> str | None:
    """A full day as text, the form in which records keep it."""
    day = values.date(value)
    return None if day is None else day.isoformat()


def feeding(table: Table) -> Callable[..., Field]:
    """A maker of fields that feed the column of `table` with the same name in snake case."""

    def field(
        name: str, read: Reader, takes: type = str, *, column: str = "", **more: bool
    ) -> Field:
        feeds = column or snake(name)
        target = table.c[feeds]
        return Field(
            name,
            read,
            str(target.comment),
            takes,
            table,
            feeds,
            restricted=bool(target.info.get("restricted")),
            **more,
        )

    return field


EXTERNAL_ID = Field(
    "externalId", values.text, "Id of the record in its own system 外部标识", required=True
)
DIVISION_FIELDS = (
    Field(
        "divisionCode",
        values.division_code,
        "Administrative division code, of any year 行政区划代码",
    ),
    Field(
        "divisionName", values.text, "Name of the division, for sources without codes 行政区划名称"
    ),
)
LEVEL = Field(
    "level", values.level, "Level of the congress; by default the division's 层级", enums.Level
)

_person = feeding(tables.person)
_deputy = feeding(tables.deputy)
_congress = feeding(tables.congress)
_group = feeding(tables.deputy_group)

DEPUTY = Kind(
    RecordKind.DEPUTY,
    tables.deputy,
    (
        EXTERNAL_ID,
        Field(
            "personKey",
            values.text,
            "Key of the person inside the system, where one person has several records 人员编号",
        ),
        _person("name", values.name, required=True),
        _person("gender", values.gender),
        _person("ethnicity", values.ethnicity),
        _person("birth", values.birth, column="birth_month"),
        Field(
            "nationalId",
            values.text,
            "Citizen id number, or its HMAC; write-only, kept as a keyed HMAC only 身份证号",
        ),
        _person("phone", values.phone),
        _person("politicalAffiliation", values.political_affiliation),
        _person("education", values.education),
        _person("degree", values.text),
        _person("school", values.text),
        _person("major", values.text),
        _person("nativePlace", values.text),
        _person("employer", values.text),
        _person("post", values.text),
        _person("employerAndPost", values.text),
        _person("occupation", values.text),
        _person("professionalTitle", values.text),
        _person("introduction", values.text),
        _person("photoUrl", values.text),
        _person("email", values.text),
        _person("wechat", values.text),
        _person("qq", values.text),
        _person("homeAddress", values.text),
        _person("postcode", values.text),
        *DIVISION_FIELDS,
        LEVEL,
        _deputy("term", values.term, int),
        _deputy("electoralUnit", values.text),
        _deputy("delegation", values.text),
        _deputy("certificateNumber", values.text),
        _deputy("status", values.mandate_status),
        _deputy("statusReason", values.status_reason),
        _deputy("resignationOrdered", values.boolean, bool),
        _deputy("entryMode", values.entry_mode),
        _deputy("congressPost", values.congress_post),
        _deputy("compositionType", values.text),
        _deputy("isReelected", values.boolean, bool),
        _deputy("canReceiveOpinions", values.boolean, bool),
        _deputy("commitment", values.text),
        _deputy("startDate", iso_date, date),
        _deputy("endDate", iso_date, date),
    ),
    (
        Reference("homes", RecordKind.HOME, "Homes the deputy belongs to 进驻的代表之家"),
        Reference("stations", RecordKind.STATION, "Stations the deputy is posted to 进驻的联络站"),
        Reference("groups", RecordKind.GROUP, "Groups the deputy belongs to 所在代表小组"),
    ),
)

CONGRESS = Kind(
    RecordKind.CONGRESS,
    tables.congress,
    (
        EXTERNAL_ID,
        *DIVISION_FIELDS,
        LEVEL,
        _congress("term", values.term, int),
        _congress("name", values.text),
        _congress("startDate", iso_date, date),
        _congress("endDate", iso_date, date),
        _congress("seats", values.integer, int),
    ),
)


def place_fields(table: Table) -> tuple[Field, ...]:
    """The fields that homes and stations share."""
    place = feeding(table)
    return (
        EXTERNAL_ID,
        place("name", values.text, required=True),
        *DIVISION_FIELDS,
        Field(
            "locatedInCode",
            values.division_code,
            "Code of the division it lies in; by default the owner's 所在地行政区划代码",
        ),
        Field("locatedInName", values.text, "Name of the division it lies in 所在地名称"),
        place("localName", values.text),
        place("kind", values.place_kind),
        place("address", values.text),
        place("longitude", values.number, float),
        place("latitude", values.number, float),
        place("head", values.text),
        place("deputyHeads", values.text),
        place("liaisonOfficer", values.text),
        place("openingHours", values.text),
        place("areaSqm", values.number, float),
        place("rooms", values.text),
        place("qrCode", values.text),
        place("rating", values.integer, int),
        place("isDemonstration", values.boolean, bool),
        place("status", values.place_status),
        place("establishedOn", iso_date, date),
        place("phone", values.phone),
    )


MEMBERS = Reference(
    "members", RecordKind.DEPUTY, "Deputies there, with role and dates 成员", with_role=True
)

HOME = Kind(RecordKind.HOME, tables.home, place_fields(tables.home), (MEMBERS,))

STATION = Kind(
    RecordKind.STATION,
    tables.station,
    place_fields(tables.station),
    (MEMBERS, Reference("home", RecordKind.HOME, "Home it belongs to 所属代表之家", many=False)),
)

GROUP = Kind(
    RecordKind.GROUP,
    tables.deputy_group,
    (
        EXTERNAL_ID,
        _group("name", values.text, required=True),
        *DIVISION_FIELDS,
        Field("term", values.term, "Term of the congress it belongs to 届次", int),
        _group("kind", values.group_kind),
        _group("field", values.text),
        _group("contact", values.text),
        _group("introduction", values.text),
    ),
    (MEMBERS, Reference("leader", RecordKind.DEPUTY, "Leader of the group 组长", many=False)),
)

KINDS: Mapping[RecordKind, Kind] = {
    kind.kind: kind for kind in (CONGRESS, HOME, STATION, GROUP, DEPUTY)
}
"""Every kind, in the order in which streams are read: what is referred to comes first."""


def is_enum(takes: type) -> bool:
    """Whether the push input of a field is a closed list."""
    return issubclass(takes, Enum)
