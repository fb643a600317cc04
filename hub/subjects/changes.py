"""What changed in golden rows, and where merged ids lead."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Identity, Index, Table, Uuid, func
from sqlalchemy.dialects.postgresql import JSONB

from hub.subjects.columns import listed, metadata, plain


class ChangeKind(Enum):
    """What happened to a golden row 变更类型."""

    CREATED = "Created 新增"
    UPDATED = "Updated 修改"
    DELETED = "Deleted 删除"


change = Table(
    "change",
    metadata,
    Column("sequence", BigInteger, Identity(), primary_key=True, comment="Order of the changes"),
    Column(
        "at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="Time"
    ),
    plain("entity_type", "Table of the golden row", nullable=False),
    Column("entity_id", Uuid, nullable=False, comment="Golden row that changed"),
    listed("kind", ChangeKind, "Created, updated or deleted", nullable=False),
    Column("before", JSONB, comment="Changed fields before"),
    Column("after", JSONB, comment="Changed fields after"),
    Column("run_id", Uuid, comment="Run that caused it"),
    plain(
        "is_substantive", "False where only the form of a value changed", Boolean, nullable=False
    ),
    plain("actor", "Steward who caused it; null: a run did 操作人"),
    Column("undoes", Uuid, comment="Run that it takes back"),
)

redirect = Table(
    "redirect",
    metadata,
    Column("old_id", Uuid, primary_key=True, comment="Id of a golden row merged away"),
    Column("new_id", Uuid, nullable=False, comment="Id of the row that took its records over"),
    Column(
        "at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="Time"
    ),
    Index("ix_redirect_new_id", "new_id"),
)
