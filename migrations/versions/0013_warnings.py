"""Warnings, parts of ID numbers, townships that no list names"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    parts, warnings = "Parts of the national id then; never shown", "What of it could not be used"
    op.add_column(
        "source_record",
        sa.Column(
            "id_parts",
            sa.Text(),
            nullable=True,
            comment="Birth in the national id, keyed parts; never shown",
        ),
    )
    op.add_column(
        "source_record",
        sa.Column(
            "warnings",
            postgresql.JSONB(),
            nullable=True,
            comment=f"{warnings}, with code and sentence 警告",
        ),
    )
    op.add_column("record_version", sa.Column("id_parts", sa.Text(), nullable=True, comment=parts))
    op.add_column(
        "record_version",
        sa.Column("warnings", postgresql.JSONB(), nullable=True, comment=f"{warnings} then"),
    )
    op.add_column(
        "run",
        sa.Column(
            "warned",
            sa.Integer(),
            nullable=False,
            server_default=sa.text("0"),
            comment="Records stored although something of them could not be used 有警告",
        ),
    )
    op.create_index(
        "ix_division_unlisted", "division", ["code"], postgresql_where=sa.text("name = code")
    )


def downgrade() -> None:
    op.drop_index("ix_division_unlisted", table_name="division")
    op.drop_column("run", "warned")
    for table in ("record_version", "source_record"):
        op.drop_column(table, "warnings")
        op.drop_column(table, "id_parts")
