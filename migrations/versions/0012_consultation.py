"""How often a suggestion was put before, and how its handler consulted the deputy"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

COLUMNS = (
    (
        "suggestion",
        "raised_before",
        sa.Integer(),
        "For how many years it was put before this one 此前提出年数",
    ),
    ("suggestion", "arose_from", sa.Text(), "How it arose 建议形成方式"),
    (
        "assignment",
        "contacted_at",
        sa.Date(),
        "Day the handler first contacted the deputy 首次联系代表日期",
    ),
    (
        "assignment",
        "consulted_at",
        sa.Date(),
        "Day of the face-to-face consultation with the deputy 面商日期",
    ),
    ("assignment", "consultation", sa.Text(), "What was consulted about and agreed 面商情况"),
)


def upgrade() -> None:
    for table, name, kind, comment in COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=True, comment=comment))


def downgrade() -> None:
    for table, name, *_ in COLUMNS:
        op.drop_column(table, name)
