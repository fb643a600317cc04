"""What scores stand on, what decisions oblige to, and state assets"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "state_asset",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division that owns it 行政区划"
        ),
        sa.Column(
            "item_id", sa.Uuid(), nullable=True, comment="Item that deliberated the report 监督事项"
        ),
        sa.Column("level", sa.Text(), nullable=False, comment="Level of the division 层级"),
        sa.Column("year", sa.Integer(), nullable=False, comment="Year of the report 年度"),
        sa.Column("asset_class", sa.Text(), nullable=False, comment="Class 资产类别"),
        sa.Column(
            "value_before",
            sa.Float(),
            nullable=True,
            comment="Value at the end of the year before, in yuan 上年末价值（元）",
        ),
        sa.Column(
            "value",
            sa.Float(),
            nullable=True,
            comment="Value at the end of the year, in yuan 年末价值（元）",
        ),
        sa.Column("report", sa.Text(), nullable=True, comment="Report that tells of it 报告名称"),
        sa.Column("reported_on", sa.Date(), nullable=True, comment="Day of the report 报告日期"),
        sa.Column(
            "main_record_id",
            sa.Uuid(),
            nullable=True,
            comment="Record that wins unless other_winners says else",
        ),
        sa.Column(
            "other_winners",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="{field: id of the record that won it}",
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="Time of the last change of the row",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_asset")),
    )
    op.create_index(
        "ix_state_asset_by_reported_on", "state_asset", ["reported_on", "id"], unique=False
    )
    op.create_index("ix_state_asset_by_value", "state_asset", ["value", "id"], unique=False)
    op.create_index("ix_state_asset_by_year", "state_asset", ["year", "id"], unique=False)
    op.create_index(
        "ix_state_asset_division_id", "state_asset", ["division_id", "year"], unique=False
    )
    op.create_index("ix_state_asset_item_id", "state_asset", ["item_id"], unique=False)
    op.add_column(
        "duty_score",
        sa.Column(
            "activity_id",
            sa.Uuid(),
            nullable=True,
            comment="Activity that it stands on 得分依据：代表活动",
        ),
    )
    op.add_column(
        "duty_score",
        sa.Column(
            "suggestion_id",
            sa.Uuid(),
            nullable=True,
            comment="Suggestion that it stands on 得分依据：代表建议",
        ),
    )
    op.add_column(
        "duty_score",
        sa.Column(
            "learning_id",
            sa.Uuid(),
            nullable=True,
            comment="Learning that it stands on 得分依据：学习记录",
        ),
    )
    op.create_index("ix_duty_score_activity_id", "duty_score", ["activity_id"], unique=False)
    op.create_index("ix_duty_score_learning_id", "duty_score", ["learning_id"], unique=False)
    op.create_index("ix_duty_score_suggestion_id", "duty_score", ["suggestion_id"], unique=False)
    op.add_column(
        "major_decision",
        sa.Column("body_id", sa.Uuid(), nullable=True, comment="Body that it obliges 责任单位"),
    )
    op.add_column(
        "major_decision",
        sa.Column(
            "body_name",
            sa.Text(),
            nullable=True,
            comment="Body that it obliges, as the source writes it 责任单位名称",
        ),
    )
    op.add_column(
        "major_decision",
        sa.Column(
            "obligation",
            sa.Text(),
            nullable=True,
            comment="What it obliges that body to do 责任事项",
        ),
    )
    op.add_column(
        "major_decision",
        sa.Column(
            "report",
            sa.Text(),
            nullable=True,
            comment="What was reported on its execution 执行情况报告",
        ),
    )
    op.create_index("ix_major_decision_body_id", "major_decision", ["body_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_major_decision_body_id", table_name="major_decision")
    op.drop_column("major_decision", "report")
    op.drop_column("major_decision", "obligation")
    op.drop_column("major_decision", "body_name")
    op.drop_column("major_decision", "body_id")
    op.drop_index("ix_duty_score_suggestion_id", table_name="duty_score")
    op.drop_index("ix_duty_score_learning_id", table_name="duty_score")
    op.drop_index("ix_duty_score_activity_id", table_name="duty_score")
    op.drop_column("duty_score", "learning_id")
    op.drop_column("duty_score", "suggestion_id")
    op.drop_column("duty_score", "activity_id")
    op.drop_index("ix_state_asset_item_id", table_name="state_asset")
    op.drop_index("ix_state_asset_division_id", table_name="state_asset")
    op.drop_index("ix_state_asset_by_year", table_name="state_asset")
    op.drop_index("ix_state_asset_by_value", table_name="state_asset")
    op.drop_index("ix_state_asset_by_reported_on", table_name="state_asset")
    op.drop_table("state_asset")
