"""The tables of linking: comparison forms with their keys, the model, what it takes for one."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Float,
    Index,
    LargeBinary,
    Table,
    Text,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY

from hub.subjects.columns import metadata, plain


def written_at() -> Column[object]:
    """When a row was written, to the moment: a pass over all records looks for what came since."""
    now = func.clock_timestamp()
    return Column(
        "written_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=now,
        comment="Time it was written",
    )


score_link = Table(
    "score_link",
    metadata,
    Column("left_id", Uuid, primary_key=True, comment="Record with the smaller id"),
    Column("right_id", Uuid, primary_key=True, comment="Record with the larger id"),
    plain("score", "Probability that they are of one person 评分", Float, nullable=False),
    Index("ix_score_link_right_id", "right_id"),
)

link_form = Table(
    "link_form",
    metadata,
    Column("record_id", Uuid, primary_key=True, comment="Record that was linked"),
    Column("place", Text, nullable=False, comment="System and external id: the order of records"),
    Column("form", LargeBinary, nullable=False, comment="What it says, in forms to be compared"),
    Column("keys", ARRAY(BigInteger), nullable=False, comment="Keys that alike records share"),
    written_at(),
    Index(
        "ix_link_form_keys", "keys", postgresql_using="gin", postgresql_with={"fastupdate": "off"}
    ),
)

crowded_key = Table(
    "crowded_key",
    metadata,
    Column(
        "key",
        BigInteger,
        primary_key=True,
        autoincrement=False,
        comment="Key that too many records share to be compared by it",
    ),
)

link_waiting = Table(
    "link_waiting",
    metadata,
    Column("record_id", Uuid, nullable=False, comment="Record to be linked at the end of a sync"),
    written_at(),
)

place_waiting = Table(
    "place_waiting",
    metadata,
    plain("kind", "Kind of the records 记录类型", nullable=False),
    Column(
        "division_id",
        Uuid,
        nullable=False,
        comment="Division of records to be linked at the end of a sync",
    ),
)

link_model = Table(
    "link_model",
    metadata,
    Column("id", Uuid, primary_key=True, comment="Id of the model (UUIDv7)"),
    Column("model", LargeBinary, nullable=False, comment="Weights learned from all records"),
    written_at(),
)
