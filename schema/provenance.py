"""Source records, and which of them each golden value comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    FromClause,
    Integer,
    Select,
    String,
    Table,
    Text,
    Uuid,
    and_,
    case,
    cast,
    column,
    false,
    func,
    null,
    or_,
    select,
    true,
    union_all,
    values,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, array

from hub.subjects import KINDS
from hub.subjects.kinds import Field, camel
from hub.subjects.record_kinds import RecordKind
from hub.subjects.source_records import source_record
from hub.subjects.stewardship import pin as pin_table
from hub.subjects.systems import stream as stream_table
from schema.columns import columns, led_by, listed, one
from schema.declare import Edge, Entity, Expression, Row, Scalar, Value, node_id

record = source_record

RESTRICTED_FIELDS = sorted(
    {field.name for kind in KINDS.values() for field in kind.fields if field.restricted}
)
DAY_OF_BIRTH = "birth"
"""The one public field that some sources state more exactly than the graph shows it."""


def last_seen(row: Row) -> Expression:
    """A record that stands is seen again by every complete pass of its stream."""
    stream = stream_table.alias()
    passed = (
        select(stream.c.completed_at)
        .where(stream.c.system_id == row.c.system_id, stream.c.name == row.c.stream)
        .correlate_except(stream)
        .scalar_subquery()
    )
    stands = row.c.deleted_at.is_(None) & row.c.missing_since.is_(None)
    return case((stands, func.greatest(row.c.last_seen_at, passed)), else_=row.c.last_seen_at)


def public_fields(row: Row) -> Expression:
    """The fields without the restricted ones, the day of birth cut to its month."""
    kept = row.c.fields.op("-", return_type=JSONB())(cast(array(RESTRICTED_FIELDS), ARRAY(Text)))
    month = func.to_jsonb(func.left(row.c.fields[DAY_OF_BIRTH].astext, 7))
    return case(
        (
            row.c.fields.has_key(DAY_OF_BIRTH),
            func.jsonb_set(kept, cast(array([DAY_OF_BIRTH]), ARRAY(Text)), month, type_=JSONB),
        ),
        else_=kept,
    )


def without_restricted(fields: Mapping[str, object]) -> dict[str, object]:
    """Fields as `public_fields` shows them, for what is read in Python."""
    shown = {name: value for name, value in fields.items() if name not in RESTRICTED_FIELDS}
    if DAY_OF_BIRTH in shown:
        shown[DAY_OF_BIRTH] = str(shown[DAY_OF_BIRTH])[:7]
    return shown


def is_restricted(row: Row) -> Expression:
    """Whether a row is of a restricted field."""
    return row.c.record_field.in_(RESTRICTED_FIELDS)


def public_value(row: Row) -> Expression:
    """One stated value as `public_fields` shows it."""
    month = func.to_jsonb(func.left(row.c.value.op("#>>")(cast(array([]), ARRAY(Text))), 7))
    return case(
        (is_restricted(row), cast(null(), JSONB)),
        (row.c.record_field == DAY_OF_BIRTH, cast(month, JSONB)),
        else_=row.c.value,
    )


SOURCE_RECORD = Entity(
    "SourceRecord",
    record,
    "What one system said of one thing 来源记录",
    (
        node_id("SourceRecord"),
        *columns(
            record,
            "kind",
            "external_id",
            "stream",
            "first_seen_at",
            stream="Stream of the manifest it came by, or push 数据流",
        ),
        Value(
            "lastSeenAt",
            Scalar.DATE_TIME,
            "Time it was last stored, or found again by a complete pass 最近读取",
            last_seen,
            is_nullable=False,
        ),
        *columns(
            record,
            "deleted_at",
            "missing_since",
            missing_since="Since when it is missing, its deletion withheld 缺失起始",
        ),
        *columns(record, "warnings"),
        Value(
            "fields",
            Scalar.JSON,
            "The fields it stated, normalised; restricted fields are left out and the birth is "
            "cut to its month unless the caller's key may read them 字段",
            lambda row: row.c.fields,
            is_nullable=False,
            masked=public_fields,
        ),
    ),
    (
        one("system", "SourceSystem", record.c.system_id),
        one("run", "Run", record.c.run_id, "Run that stored it 存储它的运行"),
    ),
)


def spread_records() -> Select[Any]:
    """One row for every field of every live record."""
    stated = (
        func.jsonb_each(record.c.fields)
        .table_valued(column("record_field", Text), column("value", JSONB), name="stated")
        .render_derived()
    )
    return (
        select(
            record.c.id.label("record_id"),
            record.c.system_id,
            record.c.entity_id,
            record.c.person_id,
            stated.c.record_field,
            stated.c.value,
        )
        .select_from(record.join(stated, true()))
        .where(record.c.deleted_at.is_(None))
    )


def differs(own: Row, row: Row) -> Expression:
    """A record of the same node states the same field with another value than the winner's."""
    winner, pin = record.alias(), pin_table.alias()
    stated = (
        select(winner.c.fields.op("->", return_type=JSONB())(own.c.record_field))
        .where(winner.c.id == own.c.winner_id)
        .correlate_except(winner)
        .scalar_subquery()
    )
    pinned = (
        select(pin.c.value)
        .where(pin.c.id == own.c.winner_id)
        .correlate_except(pin)
        .scalar_subquery()
    )
    return and_(
        or_(row.c.entity_id == own.c.entity_id, row.c.person_id == own.c.entity_id),
        row.c.record_field == own.c.record_field,
        row.c.record_id != own.c.winner_id,
        row.c.value.is_distinct_from(func.coalesce(stated, pinned)),
    )


VALUE = Value(
    "value",
    Scalar.JSON,
    "The value as the record states it; null where it is restricted 值",
    lambda row: row.c.value,
    masked=public_value,
)
STATED_BY = (
    led_by("record", "SourceRecord", "record_id", "Record that states it 来源记录"),
    led_by("system", "SourceSystem", "system_id", "System of that record 来源系统"),
)

FIELD_PROVENANCE = Entity(
    "FieldProvenance",
    None,
    "Where the value of one field comes from 字段来源",
    (
        Value(
            "field",
            Scalar.STRING,
            "Field of the node 字段",
            lambda row: row.c.field,
            is_nullable=False,
        ),
        VALUE,
        Value(
            "isMasked",
            Scalar.BOOLEAN,
            "Whether the caller's key may not read the field; nothing tells then whether any "
            "source states it 是否受限",
            lambda _: false(),
            is_nullable=False,
            masked=is_restricted,
        ),
        Value(
            "recordedAt",
            Scalar.DATE_TIME,
            "Time the record was last stored, or the value pinned; of a masked field, of the last "
            "change of the node 记录时间",
            lambda row: row.c.recorded_at,
            is_nullable=False,
        ),
    ),
    (
        led_by(
            "record",
            "SourceRecord",
            "record_id",
            "Record that states it; null where a steward pinned it or it is masked 来源记录",
            is_nullable=True,
        ),
        led_by(
            "system",
            "SourceSystem",
            "system_id",
            "System of that record 来源系统",
            is_nullable=True,
        ),
        led_by("pin", "Pin", "pin_id", "Pin that wins over every record 固定值", is_nullable=True),
        listed(
            "others",
            "OtherValue",
            "Other values that live records state for the field 其他来源的值",
            differs,
            lambda row: (row.c.record_id,),
            keys=("entity_id", "winner_id", "record_field"),
            rows=spread_records(),
        ),
    ),
)

OTHER_VALUE = Entity(
    "OtherValue", None, "A value that another record states 其他来源的值", (VALUE,), STATED_BY
)


@lru_cache
def won_fields(table: Table, kind: RecordKind) -> Select[Any]:
    """One row for every field of every row of a golden table, with the record that won it."""
    return spread_fields(table, [field for field in KINDS[kind].fields if field.table is table])


@lru_cache
def masked_fields(table: Table, kind: RecordKind) -> Select[Any] | None:
    """As `won_fields` for who may not read restricted fields: these have a row whether or not any
    source states them, with nothing in it. None where no field is restricted."""
    fields = [field for field in KINDS[kind].fields if field.table is table]
    restricted = [field for field in fields if field.restricted]
    if not restricted:
        return None
    golden = table.alias()
    hidden = fields_fed(fields, restricted)
    nothing = cast(null(), Uuid)
    rows = select(
        golden.c.id.label("entity_id"),
        hidden.c.place,
        hidden.c.field,
        cast(hidden.c.record_field, Text).label("record_field"),
        *(nothing.label(name) for name in ("winner_id", "record_id", "pin_id", "system_id")),
        golden.c.updated_at.label("recorded_at"),
        cast(null(), JSONB).label("value"),
    ).select_from(golden.join(hidden, true()))
    public = spread_fields(table, fields, [field for field in fields if not field.restricted])
    both = union_all(public, rows).subquery()
    return select(both)


def fields_fed(fields: Sequence[Field], some: Sequence[Field]) -> FromClause:
    """Some of the fields of a table, each with its place among all of them."""
    return values(
        column("place", Integer),
        column("field", String),
        column("column_name", String),
        column("record_field", String),
        name="fed",
    ).data([(fields.index(field), camel(field.column), field.column, field.name) for field in some])


def spread_fields(
    table: Table, fields: Sequence[Field], some: Sequence[Field] | None = None
) -> Select[Any]:
    """A row for every one of some fields of every row of a golden table that a record states."""
    fed = fields_fed(fields, fields if some is None else some)
    golden, main, other = table.alias(), record.alias(), record.alias()
    pin = pin_table.alias()
    field = cast(fed.c.record_field, Text)
    other_id = cast(golden.c.other_winners.op("->>")(fed.c.column_name), Uuid)
    is_main = func.coalesce(and_(other_id.is_(None), main.c.fields.has_key(field)), false())
    joined = (
        golden.outerjoin(main, main.c.id == golden.c.main_record_id)
        .join(fed, true())
        .outerjoin(other, and_(other.c.id == other_id, other.c.fields.has_key(field)))
        .outerjoin(pin, pin.c.id == other_id)
    )

    def won(name: str) -> Expression:
        """A column of the record that won: nearly always the main one, read once for the row."""
        return case((is_main, main.c[name]), else_=other.c[name])

    stated = won("fields").op("->", return_type=JSONB())(fed.c.record_field)
    return (
        select(
            golden.c.id.label("entity_id"),
            fed.c.place,
            fed.c.field,
            field.label("record_field"),
            func.coalesce(won("id"), pin.c.id).label("winner_id"),
            won("id").label("record_id"),
            pin.c.id.label("pin_id"),
            won("system_id").label("system_id"),
            func.coalesce(won("last_seen_at"), pin.c.made_at).label("recorded_at"),
            func.coalesce(stated, pin.c.value).label("value"),
        )
        .select_from(joined)
        .where(or_(is_main, other.c.id.is_not(None), pin.c.id.is_not(None)))
    )


def origin(table: Table, kind: RecordKind, link: str = "entity_id") -> tuple[Edge, Edge]:
    """The edges of a golden type to its records; `link` is the record's column for its row."""
    return (
        listed(
            "sourceRecords",
            "SourceRecord",
            "Live records that it is computed from 来源记录",
            lambda own, row: and_(row.c[link] == own.c.id, row.c.deleted_at.is_(None)),
            lambda row: (row.c.first_seen_at,),
        ),
        listed(
            "provenance",
            "FieldProvenance",
            "Which record each value comes from, and who says otherwise 数据来源",
            lambda own, row: row.c.entity_id == own.c.id,
            lambda row: (row.c.place,),
            rows=won_fields(table, kind),
            masked_rows=masked_fields(table, kind),
        ),
    )


ENTITIES = (SOURCE_RECORD, FIELD_PROVENANCE, OTHER_VALUE)
