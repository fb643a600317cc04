"""Links of records that came back, which only lead ids on"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column(
        "former_link",
        sa.Column(
            "is_past",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="Whether it came back from there: then only the id leads on",
        ),
    )


def downgrade() -> None:
    op.execute("DELETE FROM former_link WHERE is_past")
    op.drop_column("former_link", "is_past")
