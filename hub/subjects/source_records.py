"""What the sources said, and what was refused of it."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Identity,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from hub.subjects.columns import STEP, key, link, listed, metadata, plain
from hub.subjects.record_kinds import RecordKind


class Sight(Enum):
    """What a run found of a record without storing it anew."""

    SEEN = "There and unchanged 未变"
    GONE = "Still gone 仍缺失"
    MISSING = "Missing, its deletion withheld 暂缓删除"


class LiveState(Enum):
    """How a record stands at its source, asked now 实时状态."""

    CURRENT = "The source states what the hub has stored 一致"
    CHANGED = "The source states something else by now 已变更"
    GONE = "The source does not have the record any more 已不存在"
    REFUSED = "The source has it in a form that the hub cannot read 无法读取"
    UNAVAILABLE = "The source cannot be asked now; the stored record stands 暂不可用"


source_record = Table(
    "source_record",
    metadata,
    key(),
    link("system_id", "source_system", "System that said it 来源系统", nullable=False),
    listed("kind", RecordKind, "Kind of record 记录类型", nullable=False),
    plain("external_id", "Id of the record in its system 外部标识", nullable=False),
    plain("stream", "Stream of the manifest it came by, or push", nullable=False),
    Column("fields", JSONB, nullable=False, comment="The fields it stated, normalised 字段"),
    Column("resolved", JSONB, nullable=False, comment="Golden columns found from its codes"),
    Column("checksum", LargeBinary, nullable=False, comment="Digest of the row as it was read"),
    Column("id_token", LargeBinary, comment="Keyed HMAC of the national id; never shown"),
    Column("id_parts", Text, comment="Birth in the national id, keyed parts; never shown"),
    Column("warnings", JSONB, comment="What of it could not be used, with code and sentence 警告"),
    plain("person_key", "Key of the person inside its system"),
    link("division_id", "division", "Division of the record", nullable=False),
    Column("entity_id", Uuid, nullable=False, comment="Golden row it is linked to"),
    Column("person_id", Uuid, comment="Person it is linked to, for mandates"),
    link("run_id", "run", "Run that stored it", nullable=False),
    plain(
        "first_seen_at", "Time it was first read 首次读取", DateTime(timezone=True), nullable=False
    ),
    plain(
        "last_seen_at", "Time it was last stored 最近存储", DateTime(timezone=True), nullable=False
    ),
    plain("deleted_at", "Time its deletion was believed 删除时间", DateTime(timezone=True)),
    plain(
        "missing_since",
        "Since when it is missing, its deletion withheld 缺失起始",
        DateTime(timezone=True),
    ),
    UniqueConstraint("system_id", "kind", "external_id"),
    Index("ix_source_record_entity_id", "entity_id"),
    Index(
        "ix_source_record_person_id", "person_id", postgresql_where=text("person_id IS NOT NULL")
    ),
    Index("ix_source_record_id_token", "id_token", postgresql_where=text("id_token IS NOT NULL")),
    Index(
        "ix_source_record_person_key",
        "system_id",
        "person_key",
        postgresql_where=text("person_key IS NOT NULL"),
    ),
    Index(
        "ix_source_record_name",
        "division_id",
        text("(fields ->> 'name')"),
        postgresql_where=text("kind <> 'DEPUTY'"),
    ),
)

record_version = Table(
    "record_version",
    metadata,
    Column(
        "record_id",
        Uuid,
        nullable=False,
        comment="Record whose earlier state this is",
    ),
    Column("run_id", Uuid, nullable=False, comment="Run that had stored this state"),
    Column("fields", JSONB, nullable=False, comment="What the source said then"),
    Column("checksum", LargeBinary, nullable=False, comment="Digest of the row then"),
    Column("deleted_at", DateTime(timezone=True), comment="Set where that state was a deletion"),
    Column("stored_at", DateTime(timezone=True), nullable=False, comment="Since when it held"),
    Column(
        "superseded_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="Until when it held",
    ),
    Column(
        "step",
        BigInteger,
        STEP,
        nullable=False,
        server_default=STEP.next_value(),
        comment="Order of what happened to records: when it ended",
    ),
    Column("stream", Text, comment="Stream it had come by"),
    Column("resolved", JSONB, comment="Golden columns found from its codes then"),
    Column("id_token", LargeBinary, comment="Keyed HMAC of the national id then; never shown"),
    Column("id_parts", Text, comment="Parts of the national id then; never shown"),
    Column("warnings", JSONB, comment="What of it could not be used then"),
    Column("person_key", Text, comment="Key of the person inside its system then"),
    Column("division_id", Uuid, comment="Division of the record then"),
    Column("missing_since", DateTime(timezone=True), comment="Since when it was missing then"),
    Column("refs", JSONB, comment="References it stated then"),
    Index("ix_record_version_record_id", "record_id", "superseded_at"),
    Index("ix_record_version_run_id", "run_id"),
)

reference = Table(
    "reference",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True, comment="Id of the row"),
    Column(
        "record_id",
        Uuid,
        nullable=False,
        comment="Record that states the link",
    ),
    plain("name", "Field that states it: homes, members, leader", nullable=False),
    Column("system_id", Uuid, comment="System inside which the id holds"),
    plain("awaits", "Code of that system while it is not known yet"),
    plain("target_kind", "Kind of the record meant", nullable=False),
    plain("target_external_id", "External id of the record meant", nullable=False),
    plain("role", "Role stated with it"),
    plain("start_date", "First day stated with it", Date),
    plain("end_date", "Last day stated with it", Date),
    Index("ix_reference_record_id", "record_id"),
    Index("ix_reference_awaits", "awaits", postgresql_where=text("awaits IS NOT NULL")),
    Index("ix_reference_target", "system_id", "target_kind", "target_external_id"),
)

quarantine = Table(
    "quarantine",
    metadata,
    key(),
    link("system_id", "source_system", "System 来源系统", nullable=False),
    link("run_id", "run", "Latest run that met it", nullable=False),
    listed("kind", RecordKind, "Kind of record", nullable=False),
    plain("row_key", "External id, or the place where there is none", nullable=False),
    plain("place", "Where it stands: file, row, column"),
    Column("errors", JSONB, nullable=False, comment="[{field, code, message}]"),
    Column("row", JSONB, nullable=False, comment="The row as read, without id numbers"),
    Column("checksum", LargeBinary, comment="Digest of the row as it was read"),
    Column(
        "first_seen_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="Time it was first refused",
    ),
    plain("resolved_at", "Time the record was stored after all", DateTime(timezone=True)),
    UniqueConstraint("system_id", "kind", "row_key"),
    info={
        "orders": (
            "first_seen_at",
            "resolved_at",
        )
    },
)
