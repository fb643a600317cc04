"""Suggestions and their handling"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of the suggestion 行政区划"
        ),
        sa.Column("suggestion_id", sa.Uuid(), nullable=True, comment="Suggestion handed over 建议"),
        sa.Column("handler_id", sa.Uuid(), nullable=True, comment="Body that handles it 承办单位"),
        sa.Column(
            "handler_name",
            sa.Text(),
            nullable=True,
            comment="Name of the body, as the source writes it 承办单位名称",
        ),
        sa.Column(
            "role", sa.Text(), nullable=True, comment="Single, leading, joint or separate 办理方式"
        ),
        sa.Column("state", sa.Text(), nullable=True, comment="State 状态"),
        sa.Column(
            "source_state",
            sa.Text(),
            nullable=True,
            comment="The source's own code of the state 来源状态代码",
        ),
        sa.Column("assigned_at", sa.Date(), nullable=True, comment="Day of the hand-over 交办日期"),
        sa.Column(
            "accepted_at", sa.Date(), nullable=True, comment="Day the handler accepted it 签收日期"
        ),
        sa.Column(
            "is_difficult",
            sa.Boolean(),
            nullable=True,
            comment="Whether it is wide or difficult: 6 months 是否涉及面广、难度大",
        ),
        sa.Column(
            "source_due_date",
            sa.Date(),
            nullable=True,
            comment="Day the reply is due by the source 来源办理期限",
        ),
        sa.Column(
            "return_requested_at",
            sa.Date(),
            nullable=True,
            comment="Day the handler asked to give it back 申请退回日期",
        ),
        sa.Column(
            "return_reason",
            sa.Text(),
            nullable=True,
            comment="Why the handler asked to give it back 退回理由",
        ),
        sa.Column(
            "extension_requested_at",
            sa.Date(),
            nullable=True,
            comment="Day the handler asked for more time 申请延期日期",
        ),
        sa.Column(
            "extended_to",
            sa.Date(),
            nullable=True,
            comment="Day up to which more time was granted 延期至",
        ),
        sa.Column("replied_at", sa.Date(), nullable=True, comment="Day of the reply 答复日期"),
        sa.Column("reply_kind", sa.Text(), nullable=True, comment="Kind of reply 答复类型"),
        sa.Column("reply", sa.Text(), nullable=True, comment="What was replied 答复内容"),
        sa.Column("result", sa.Text(), nullable=True, comment="What came of it 办理结果"),
        sa.Column(
            "source_result",
            sa.Text(),
            nullable=True,
            comment="The source's own letter of the result 来源结果代码",
        ),
        sa.Column(
            "evaluated_at",
            sa.Date(),
            nullable=True,
            comment="Day of the deputy's judgement 评价日期",
        ),
        sa.Column(
            "attitude",
            sa.Text(),
            nullable=True,
            comment="Judgement of the handler's attitude 办理态度评价",
        ),
        sa.Column(
            "satisfaction", sa.Text(), nullable=True, comment="Judgement of the result 办理结果评价"
        ),
        sa.Column(
            "evaluation_note",
            sa.Text(),
            nullable=True,
            comment="What the deputy said to it 评价意见",
        ),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(
        "ix_assignment_division_id", "assignment", ["division_id", "state"], unique=False
    )
    op.create_index("ix_assignment_handler_id", "assignment", ["handler_id"], unique=False)
    op.create_index("ix_assignment_suggestion_id", "assignment", ["suggestion_id"], unique=False)
    op.create_table(
        "handling_body",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division that it serves 行政区划"
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Name of the body 单位名称"),
        sa.Column("level", sa.Text(), nullable=False, comment="Level of the division 层级"),
        sa.Column("kind", sa.Text(), nullable=True, comment="Kind of body 单位类别"),
        sa.Column(
            "credit_code",
            sa.Text(),
            nullable=True,
            comment="Unified social credit code 统一社会信用代码",
        ),
        sa.Column(
            "phone", sa.Text(), nullable=True, comment="Phone of its contact 联系电话. Restricted."
        ),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handling_body")),
    )
    op.create_index("ix_handling_body_division_id", "handling_body", ["division_id"], unique=False)
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of its congress 行政区划"
        ),
        sa.Column(
            "congress_id",
            sa.Uuid(),
            nullable=True,
            comment="Congress it was put to, where its term is known 所属人大",
        ),
        sa.Column(
            "lead_deputy_id",
            sa.Uuid(),
            nullable=True,
            comment="Mandate that leads it; null: a delegation does 领衔代表",
        ),
        sa.Column("level", sa.Text(), nullable=False, comment="Level of the division 层级"),
        sa.Column(
            "number", sa.Text(), nullable=True, comment="Running number in its congress 建议编号"
        ),
        sa.Column("title", sa.Text(), nullable=False, comment="Title 标题"),
        sa.Column(
            "body",
            sa.Text(),
            nullable=True,
            comment="Text, public where its deputies agreed to that 正文. Restricted.",
        ),
        sa.Column("summary", sa.Text(), nullable=True, comment="Summary 摘要"),
        sa.Column("kind", sa.Text(), nullable=True, comment="Suggestion or motion 类型"),
        sa.Column(
            "category", sa.Text(), nullable=True, comment="Subject, as the source names it 类别"
        ),
        sa.Column("state", sa.Text(), nullable=False, comment="State 状态"),
        sa.Column(
            "source_state",
            sa.Text(),
            nullable=True,
            comment="The source's own code of the state 来源状态代码",
        ),
        sa.Column(
            "session",
            sa.Integer(),
            nullable=True,
            comment="Number of the session it was put to; null: between sessions 会次",
        ),
        sa.Column(
            "delegation", sa.Text(), nullable=True, comment="Delegation that leads it 领衔代表团"
        ),
        sa.Column(
            "is_key",
            sa.Boolean(),
            nullable=True,
            comment="Whether it is under priority supervision 是否重点督办",
        ),
        sa.Column(
            "consent", sa.Text(), nullable=True, comment="How much may be published 公开方式"
        ),
        sa.Column("submitted_at", sa.Date(), nullable=True, comment="Day it was put 提出日期"),
        sa.Column("accepted_at", sa.Date(), nullable=True, comment="Day it was accepted 立案日期"),
        sa.Column("closed_at", sa.Date(), nullable=True, comment="Day it was closed 办结日期"),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
    )
    op.create_index("ix_suggestion_congress_id", "suggestion", ["congress_id"], unique=False)
    op.create_index(
        "ix_suggestion_division_id", "suggestion", ["division_id", "state"], unique=False
    )
    op.create_index("ix_suggestion_lead_deputy_id", "suggestion", ["lead_deputy_id"], unique=False)
    op.create_table(
        "suggestion_co_signer",
        sa.Column("suggestion_id", sa.Uuid(), nullable=False, comment="Where"),
        sa.Column("deputy_id", sa.Uuid(), nullable=False, comment="Whose mandate 代表"),
        sa.Column("role", sa.Text(), nullable=True, comment="Role 角色"),
        sa.Column("start_date", sa.Date(), nullable=True, comment="First day 起始日期"),
        sa.Column("end_date", sa.Date(), nullable=True, comment="Last day 终止日期"),
        sa.Column("record_id", sa.Uuid(), nullable=False, comment="Record that states it"),
        sa.PrimaryKeyConstraint("suggestion_id", "deputy_id", name=op.f("pk_suggestion_co_signer")),
    )
    op.create_index(
        "ix_suggestion_co_signer_deputy_id", "suggestion_co_signer", ["deputy_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_suggestion_co_signer_deputy_id", table_name="suggestion_co_signer")
    op.drop_table("suggestion_co_signer")
    op.drop_index("ix_suggestion_lead_deputy_id", table_name="suggestion")
    op.drop_index("ix_suggestion_division_id", table_name="suggestion")
    op.drop_index("ix_suggestion_congress_id", table_name="suggestion")
    op.drop_table("suggestion")
    op.drop_index("ix_handling_body_division_id", table_name="handling_body")
    op.drop_table("handling_body")
    op.drop_index("ix_assignment_suggestion_id", table_name="assignment")
    op.drop_index("ix_assignment_handler_id", table_name="assignment")
    op.drop_index("ix_assignment_division_id", table_name="assignment")
    op.drop_table("assignment")
