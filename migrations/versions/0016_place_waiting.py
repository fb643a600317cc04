"""Divisions whose homes, stations, groups and bodies wait to be linked"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "place_waiting",
        sa.Column("kind", sa.Text(), nullable=False, comment="Kind of the records 记录类型"),
        sa.Column(
            "division_id",
            sa.Uuid(),
            nullable=False,
            comment="Division of records to be linked at the end of a sync",
        ),
    )


def downgrade() -> None:
    op.drop_table("place_waiting")
