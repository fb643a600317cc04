"""The day on which a home or a station was closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    for table in ("home", "station"):
        op.add_column(
            table,
            sa.Column(
                "closed_on",
                sa.Date(),
                nullable=True,
                comment="Day it was closed or merged into another 撤销日期",
            ),
        )


def downgrade() -> None:
    for table in ("home", "station"):
        op.drop_column(table, "closed_on")
