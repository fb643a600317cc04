"""The village in which homes and stations lie, and that opinions are about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
COMMENTS = {
    "home": "Village or community it lies in 所在村（社区）",
    "station": "Village or community it lies in 所在村（社区）",
    "public_opinion": "Village or community it is about 所在村（社区）",
}


def upgrade() -> None:
    for table, comment in COMMENTS.items():
        op.add_column(table, sa.Column("village_id", sa.Uuid(), nullable=True, comment=comment))
        op.create_index(f"ix_{table}_village_id", table, ["village_id"], unique=False)


def downgrade() -> None:
    for table in COMMENTS:
        op.drop_index(f"ix_{table}_village_id", table_name=table)
        op.drop_column(table, "village_id")
