"""References into systems that are not known yet"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column(
        "reference",
        sa.Column("awaits", sa.Text(), comment="Code of that system while it is not known yet"),
    )
    op.alter_column("reference", "system_id", nullable=True)
    op.create_index(
        "ix_reference_awaits",
        "reference",
        ["awaits"],
        postgresql_where=sa.text("awaits IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_reference_awaits")
    op.execute("DELETE FROM reference WHERE system_id IS NULL")
    op.alter_column("reference", "system_id", nullable=False)
    op.drop_column("reference", "awaits")
