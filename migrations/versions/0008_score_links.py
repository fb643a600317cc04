"""Score links"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "score_link",
        sa.Column("left_id", sa.Uuid(), nullable=False, comment="Record with the smaller id"),
        sa.Column("right_id", sa.Uuid(), nullable=False, comment="Record with the larger id"),
        sa.Column(
            "score",
            sa.Float(),
            nullable=False,
            comment="Probability that they are of one person 评分",
        ),
        sa.PrimaryKeyConstraint("left_id", "right_id", name=op.f("pk_score_link")),
    )
    op.create_index("ix_score_link_right_id", "score_link", ["right_id"])


def downgrade() -> None:
    op.drop_table("score_link")
