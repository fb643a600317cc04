"""The inputs of the push mutations, created from the fields that `hub.records` declares."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum

import strawberry
from strawberry.types.field import StrawberryField

from hub.subjects import KINDS
from hub.subjects.kinds import Field, Kind, Reference, is_enum
from resolvers.graph import TYPES, Worded, annotation, input_field, input_type
from schema.enums import enum_type

OTHER_SYSTEM = "Code of the system that it is of; left out, the pushing system's own 系统代码"

WORDS: dict[type, str] = {
    str: "String",
    int: "Int",
    float: "Float",
    bool: "Boolean",
    date: "Date",
}


def required_field(name: str, words: str, description: str) -> StrawberryField:
    """An input field that must be given."""
    return Worded(
        python_name=f"{name}_",
        graphql_name=name,
        type_annotation=annotation(words),
        description=description,
    )


def create_push_inputs() -> None:
    """Create the inputs of all push mutations."""
    input_type("MemberInput", "A member with its role and dates 成员", member_fields())
    words = "A record that may be another system's 记录引用"
    input_type("RecordReferenceInput", words, reference_fields())
    for kind in KINDS.values():
        text = kind.kind.value
        input_type(f"{kind.one}RecordInput", f"One record. {text}", record_fields(kind))
        input_type(f"Push{kind.many}Input", f"One push. {text}", push_fields(kind.one))


def member_fields() -> Iterator[StrawberryField]:
    """A member of a home, a station, a group or what else has members."""
    yield required_field("id", "ID", "External id of the deputy 代表外部标识")
    yield input_field("system", "String", OTHER_SYSTEM)
    yield input_field("role", "String", "Role, such as 组长 or LEADER 角色")
    yield input_field("startDate", "Date", "First day 起始日期")
    yield input_field("endDate", "Date", "Last day 终止日期")


def reference_fields() -> Iterator[StrawberryField]:
    """A record by its external id and its system."""
    yield required_field("id", "ID", "External id of the record meant 外部标识")
    yield input_field("system", "String", OTHER_SYSTEM)


def record_fields(kind: Kind) -> Iterator[StrawberryField]:
    """The fields of one record; whoever wants to may send all values as text."""
    for field in kind.fields:
        words = "ID" if field.name == "externalId" else type_words(field)
        make = required_field if field.required else input_field
        yield make(field.name, words, field.description)
    for reference in kind.references:
        make = required_field if reference.required else input_field
        yield make(reference.name, reference_words(reference), reference.description)


def type_words(field: Field) -> str:
    """The type of a field in words. A closed list becomes a type of the graph."""
    if is_enum(field.takes):
        TYPES[field.takes.__name__] = enum_type(field.takes)
        return field.takes.__name__
    return WORDS[field.takes]


def reference_words(reference: Reference) -> str:
    """The type of a reference in words."""
    one = "RecordReferenceInput" if reference.across else "ID"
    one = "MemberInput" if reference.with_role else one
    return f"list[{one}]" if reference.many else one


def push_fields(title: str) -> Iterator[StrawberryField]:
    """The fields of one push."""
    yield required_field("system", "String", "Code of the system whose key is used 系统代码")
    yield required_field(
        "idempotencyKey",
        "String",
        "A key of the caller's choice, such as a new UUID: the same key and records get the stored "
        "answer, other records with the same key are an error 幂等键",
    )
    yield Worded(
        python_name="dryRun_",
        graphql_name="dryRun",
        type_annotation=annotation("Boolean"),
        description="Do everything, answer, and take it back; of nodes it tells those of records "
        "that were stored before 试运行",
        default=False,
    )
    yield required_field("records", f"list[{title}RecordInput]", "1 to 1000 records 记录")


def as_record(given: dict[str, object]) -> dict[str, object]:
    """An input as `hub.intake` takes records: by field name, nulls left out."""
    return {
        name: plain(value)
        for name, value in given.items()
        if value is not None and value is not strawberry.UNSET
    }


def plain(value: object) -> object:
    """A value as JSON could hold it."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return as_record(value)
    if isinstance(value, Enum):
        return value.name
    return value.isoformat() if isinstance(value, date) else value
