"""References that wait for the record they name."""

from __future__ import annotations

from sqlalchemy import Select, exists, select

from hub.subjects.source_records import reference as reference_table
from hub.subjects.source_records import source_record
from schema.columns import columns, listed, matching, one
from schema.declare import Edge, Entity, Expression, Row

reference, record = reference_table, source_record


def waiting(own: Row) -> Expression:
    """Whether a reference names a record that has not come, or is gone."""
    meant = record.alias()
    found: Expression = ~exists(
        select(meant.c.id).where(
            meant.c.system_id == own.c.system_id,
            meant.c.kind == own.c.target_kind,
            meant.c.external_id == own.c.target_external_id,
            meant.c.deleted_at.is_(None),
        )
    )
    return found


def waiting_references() -> Select[tuple[object, ...]]:
    """The references that wait."""
    return select(reference).where(waiting(reference))


def has_waiting(row: Row) -> Expression:
    """Whether a live record names one that has not come."""
    stated = reference.alias()
    found: Expression = exists(
        select(stated.c.id).where(stated.c.record_id == row.c.id, waiting(stated))
    )
    return found & row.c.deleted_at.is_(None)


PENDING_REFERENCE = Entity(
    "PendingReference",
    None,
    "A record that is named but has not come: the link is made when it comes 待关联引用",
    columns(
        reference,
        "name",
        "target_kind",
        "target_external_id",
        name="Field that names it 字段",
        target_kind="Kind of the record named 记录类型",
        target_external_id="External id of the record named 外部标识",
    ),
    (one("system", "SourceSystem", reference.c.system_id, "System it is awaited from 来源系统"),),
)

REVERSE: dict[str, tuple[Edge, ...]] = {
    "SourceRecord": (
        listed(
            "pendingReferences",
            "PendingReference",
            "Records that it names and that have not come 待关联引用",
            lambda own, row: row.c.record_id == own.c.id,
            lambda row: (row.c.id,),
            rows=waiting_references(),
        ),
    ),
    "SourceSystem": (
        matching(
            "waitingRecords",
            "SourceRecord",
            "Its live records that name one that has not come 待关联记录",
            lambda own, row: (row.c.system_id == own.c.id) & has_waiting(row),
        ),
    ),
}
"""The edges that lead here from other types."""

ENTITIES = (PENDING_REFERENCE,)
