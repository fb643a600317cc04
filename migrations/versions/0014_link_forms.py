"""Comparison forms with their keys, the model, records that wait to be linked"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"


def written_at() -> sa.Column[object]:
    return sa.Column(
        "written_at",
        sa.DateTime(timezone=True),
        nullable=False,
        server_default=sa.text("clock_timestamp()"),
        comment="Time it was written",
    )


def upgrade() -> None:
    op.create_table(
        "link_form",
        sa.Column("record_id", sa.Uuid(), nullable=False, comment="Record that was linked"),
        sa.Column(
            "place",
            sa.Text(),
            nullable=False,
            comment="System and external id: the order of records",
        ),
        sa.Column(
            "form",
            sa.LargeBinary(),
            nullable=False,
            comment="What it says, in forms to be compared",
        ),
        sa.Column(
            "keys",
            postgresql.ARRAY(sa.BigInteger()),
            nullable=False,
            comment="Keys that alike records share",
        ),
        written_at(),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_link_form")),
    )
    op.create_index(
        "ix_link_form_keys",
        "link_form",
        ["keys"],
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_table(
        "crowded_key",
        sa.Column(
            "key",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="Key that too many records share to be compared by it",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_crowded_key")),
    )
    op.create_table(
        "link_waiting",
        sa.Column(
            "record_id",
            sa.Uuid(),
            nullable=False,
            comment="Record to be linked at the end of a sync",
        ),
        written_at(),
    )
    op.create_table(
        "link_model",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the model (UUIDv7)"),
        sa.Column(
            "model",
            sa.LargeBinary(),
            nullable=False,
            comment="Weights learned from all records",
        ),
        written_at(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_model")),
    )
    op.execute("INSERT INTO link_waiting SELECT id FROM source_record WHERE kind = 'DEPUTY'")


def downgrade() -> None:
    for table in ("link_model", "link_waiting", "crowded_key", "link_form"):
        op.drop_table(table)
