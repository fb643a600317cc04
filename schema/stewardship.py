"""What stewards decided and pinned, what records disagree about, and where old ids lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB

from hub.subjects import KINDS
from hub.subjects.changes import redirect as redirect_table
from hub.subjects.people import person
from hub.subjects.source_records import source_record
from hub.subjects.stewardship import conflict as conflict_table
from hub.subjects.stewardship import judgement as judgement_table
from hub.subjects.stewardship import link_candidate
from hub.subjects.stewardship import pin as pin_table
from schema.columns import any_node, columns, listed, one
from schema.declare import Edge, Entity, Expression, Row, Scalar, Value, node_id
from schema.provenance import spread_records

judgement, pin, conflict = judgement_table, pin_table, conflict_table
redirect, record = redirect_table, source_record
candidate = link_candidate

RESTRICTED = sorted(
    column.name
    for kind in KINDS.values()
    for column in kind.table.columns
    if column.info.get("restricted")
) + sorted(column.name for column in person.columns if column.info.get("restricted"))


def kept_id(given: Expression) -> Expression:
    """The id of the row that took over the records of `given`, else `given`."""
    led = redirect.alias()
    moved = select(led.c.new_id).where(led.c.old_id == given).correlate_except(led)
    return func.coalesce(moved.scalar_subquery(), given)


def camel_of(column: ColumnElement[Any]) -> Expression:
    """The name in the graph of a column: `employer_and_post` is `employerAndPost`."""
    capitals = func.replace(func.initcap(func.replace(column, "_", " ")), " ", "")
    return func.concat(func.lower(func.left(column, 1)), func.substr(capitals, 2), type_=Text)


def looked_up(
    column: ColumnElement[Any], names: Mapping[str, str], other: Expression | None = None
) -> Expression:
    """What `names` gives for the value of a column."""
    return case(*((column == key, literal(name)) for key, name in names.items()), else_=other)


def stated_name(column: ColumnElement[Any]) -> Expression:
    """The field of records that feeds a column."""
    others = {
        field.column: field.name
        for kind in KINDS.values()
        for field in kind.fields
        if field.table is not None and field.column == "birth_month"
    }
    return looked_up(column, others, camel_of(column))


FIELD = Value(
    "field",
    Scalar.STRING,
    "Field of the node 字段",
    lambda row: row.c.field,
    is_nullable=False,
)

JUDGEMENT = Entity(
    "Judgement",
    judgement,
    "What was decided of two source records; it is superseded or withdrawn, never changed 判定",
    (
        node_id("Judgement"),
        *columns(
            judgement,
            "kind",
            "verdict",
            "made_by",
            "score",
            "steward",
            "note",
            "made_at",
            "superseded_at",
            "withdrawn_at",
            "withdrawn_by",
        ),
        Value(
            "stands",
            Scalar.BOOLEAN,
            "Whether it holds now 是否有效",
            lambda row: and_(row.c.superseded_at.is_(None), row.c.withdrawn_at.is_(None)),
            is_nullable=False,
        ),
    ),
    (
        one("left", "SourceRecord", judgement.c.left_id),
        one("right", "SourceRecord", judgement.c.right_id),
    ),
    plural="judgements",
    singular="judgement",
)


def open_candidates() -> Select[Any]:
    """The doubtful pairs that nobody has judged and that are two still."""
    left, right = record.alias(), record.alias()
    judged = (
        select(judgement.c.id)
        .where(
            judgement.c.left_id == candidate.c.left_id,
            judgement.c.right_id == candidate.c.right_id,
            judgement.c.superseded_at.is_(None),
            judgement.c.withdrawn_at.is_(None),
        )
        .correlate(candidate)
    )
    return (
        select(*candidate.c)
        .join(left, left.c.id == candidate.c.left_id)
        .join(right, right.c.id == candidate.c.right_id)
        .where(
            left.c.deleted_at.is_(None),
            right.c.deleted_at.is_(None),
            or_(
                and_(left.c.person_id.is_(None), left.c.entity_id != right.c.entity_id),
                left.c.person_id != right.c.person_id,
            ),
            ~judged.exists(),
        )
    )


CANDIDATE = Entity(
    "LinkCandidate",
    open_candidates(),
    "Two records that may be of one; the most valuable to decide come first 待判定记录对",
    (
        node_id("LinkCandidate"),
        *columns(candidate, "kind", "score", "rank", "found_at"),
        Value(
            "value",
            Scalar.FLOAT,
            "How much a decision is worth: the doubt, times the records that hang on it 判定价值",
            lambda row: -row.c.rank,
            is_nullable=False,
        ),
    ),
    (
        one("left", "SourceRecord", candidate.c.left_id),
        one("right", "SourceRecord", candidate.c.right_id),
        one("division", "Division", candidate.c.division_id),
    ),
    plural="linkCandidates",
    singular="linkCandidate",
    order=("rank",),
)

REDIRECT = Entity(
    "Redirect",
    None,
    "An id that leads to the node since its records went there 重定向",
    (
        Value(
            "formerId",
            Scalar.STRING,
            "The id as it was 原标识",
            lambda row: row.c.former_id,
            is_nullable=False,
        ),
        Value("at", Scalar.DATE_TIME, "Since when 时间", lambda row: row.c.at, is_nullable=False),
    ),
)


def entities(golden: Iterable[Entity]) -> tuple[Entity, ...]:
    """The types of stewardship; `golden` are the types that are computed from records."""
    names = {
        entity.source.name: entity.name for entity in golden if isinstance(entity.source, Table)
    }
    return JUDGEMENT, CANDIDATE, REDIRECT, pins(names), conflicts(names)


def pins(names: dict[str, str]) -> Entity:
    """The type Pin; `names` gives the type of each golden table."""
    link = case((pin.c.entity_type == "person", record.c.person_id), else_=record.c.entity_id)
    source = select(
        *pin.c,
        looked_up(pin.c.entity_type, names).label("type_name"),
        func.coalesce(redirect.c.new_id, link).label("node_id"),
        camel_of(pin.c.column_name).label("field"),
    ).select_from(
        pin.join(record, record.c.id == pin.c.record_id).outerjoin(
            redirect, redirect.c.old_id == link
        )
    )
    shown = "made_at", "steward", "note", "released_at", "released_by"
    return Entity(
        "Pin",
        source,
        "A value that a steward pinned: it wins until released 固定值",
        (
            node_id("Pin"),
            FIELD,
            Value(
                "value",
                Scalar.JSON,
                "The value; null: none, or a restricted one 值",
                lambda row: row.c.value,
                masked=lambda row: case(
                    (row.c.column_name.not_in(RESTRICTED), row.c.value), else_=cast(null(), JSONB)
                ),
            ),
            *columns(pin, *shown),
        ),
        (any_node("node", "type_name", "node_id", "Node that it holds for now 节点"),),
        plural="pins",
        singular="pin",
    )


def conflicts(names: dict[str, str]) -> Entity:
    """The type Conflict; `names` gives the type of each golden table."""
    source = select(
        *conflict.c,
        looked_up(conflict.c.entity_type, names).label("type_name"),
        camel_of(conflict.c.column_name).label("field"),
        stated_name(conflict.c.column_name).label("record_field"),
    )
    return Entity(
        "Conflict",
        source,
        "A field for which the records of a node state values that differ in substance 数据冲突",
        (
            node_id("Conflict"),
            Value(
                "type",
                Scalar.STRING,
                "Type of the node 节点类型",
                lambda row: row.c.type_name,
                is_nullable=False,
            ),
            FIELD,
            *columns(conflict, "found_at"),
        ),
        (
            any_node("node", "type_name", "entity_id", "The node 节点"),
            one("division", "Division", conflict.c.division_id),
            listed(
                "values",
                "OtherValue",
                "What each record states 各来源的值",
                _stated_in,
                lambda row: (row.c.record_id,),
                keys=("entity_id", "record_field"),
                rows=spread_records(),
            ),
        ),
        plural="conflicts",
        singular="conflict",
    )


def _stated_in(own: Row, row: Row) -> Expression:
    return and_(
        or_(row.c.entity_id == own.c.entity_id, row.c.person_id == own.c.entity_id),
        row.c.record_field == own.c.record_field,
    )


def golden_edges(entity: Entity) -> tuple[Edge, ...]:
    """The edges of stewardship that every golden type has."""
    return (
        listed(
            "redirectedFrom",
            "Redirect",
            "Ids of nodes merged into this one; asked for, they lead here 合并前的标识",
            lambda own, row: row.c.new_id == own.c.id,
            lambda row: (row.c.at, row.c.former_id),
            rows=_redirects(entity.name),
        ),
    )


def _redirects(name: str) -> Select[Any]:
    former = (literal(f"{name}:") + cast(redirect.c.old_id, Text)).label("former_id")
    return select(former, redirect.c.new_id, redirect.c.at)
