"""Legal clocks"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "legal_clock",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id",
            sa.Uuid(),
            nullable=False,
            comment="Division where the rule holds, and below 适用行政区划",
        ),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="First day it holds 生效日期"),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="Last day it holds 失效日期"),
        sa.Column(
            "months",
            sa.Integer(),
            nullable=False,
            comment="Months from the hand-over to the reply 答复期限（月）",
        ),
        sa.Column(
            "months_difficult",
            sa.Integer(),
            nullable=False,
            comment="Months for what is wide or difficult 涉及面广、难度大的答复期限（月）",
        ),
        sa.Column(
            "months_again",
            sa.Integer(),
            nullable=False,
            comment="Months when handled again 重新办理期限（月）",
        ),
        sa.Column(
            "months_joint",
            sa.Integer(),
            nullable=True,
            comment="Months for a joint handler's opinion 会办意见期限（月）",
        ),
        sa.Column("basis", sa.Text(), nullable=False, comment="The rule it comes from 依据"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_clock")),
    )
    op.create_index("ix_legal_clock_division_id", "legal_clock", ["division_id"], unique=False)
    op.add_column(
        "assignment",
        sa.Column(
            "legal_due_date",
            sa.Date(),
            nullable=True,
            comment="Day the reply is due by law 法定办理期限",
        ),
    )
    op.add_column(
        "assignment",
        sa.Column(
            "due_date_explanation",
            sa.Text(),
            nullable=True,
            comment="How the day by law is counted, and why the source's differs 期限说明",
        ),
    )
    op.add_column(
        "assignment",
        sa.Column(
            "rehandled_from",
            sa.Date(),
            nullable=True,
            comment="Day it was handed over again 重新交办日期",
        ),
    )
    op.create_index(
        "ix_assignment_legal_due_date",
        "assignment",
        ["legal_due_date"],
        unique=False,
        postgresql_where=sa.text("replied_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_assignment_legal_due_date",
        table_name="assignment",
        postgresql_where=sa.text("replied_at IS NULL"),
    )
    op.drop_column("assignment", "rehandled_from")
    op.drop_column("assignment", "due_date_explanation")
    op.drop_column("assignment", "legal_due_date")
    op.drop_index("ix_legal_clock_division_id", table_name="legal_clock")
    op.drop_table("legal_clock")
