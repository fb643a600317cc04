"""The tables of meetings, supervision and budgets"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of the congress 行政区划"
        ),
        sa.Column("meeting_id", sa.Uuid(), nullable=True, comment="Meeting that decided 会议"),
        sa.Column(
            "deputy_id",
            sa.Uuid(),
            nullable=True,
            comment="Mandate of the person, of those who have one 代表职务",
        ),
        sa.Column("level", sa.Text(), nullable=False, comment="Level of the division 层级"),
        sa.Column("number", sa.Text(), nullable=True, comment="Number of the document 文号"),
        sa.Column("name", sa.Text(), nullable=False, comment="Name of the person 姓名"),
        sa.Column(
            "kind", sa.Text(), nullable=False, comment="Appointed, removed or other 任免类型"
        ),
        sa.Column("organ", sa.Text(), nullable=True, comment="Organ of the post 任职机关"),
        sa.Column("post", sa.Text(), nullable=False, comment="Post 职务"),
        sa.Column("proposed_by", sa.Text(), nullable=True, comment="Who proposed it 提名人"),
        sa.Column("decided_on", sa.Date(), nullable=True, comment="Day of the vote 任免日期"),
        sa.Column("result", sa.Text(), nullable=True, comment="What came of the vote 表决结果"),
        sa.Column("votes_for", sa.Integer(), nullable=True, comment="Votes for it 赞成票"),
        sa.Column("votes_against", sa.Integer(), nullable=True, comment="Votes against it 反对票"),
        sa.Column("abstentions", sa.Integer(), nullable=True, comment="Abstentions 弃权票"),
        sa.Column(
            "has_taken_oath",
            sa.Boolean(),
            nullable=True,
            comment="Whether the oath to the constitution was taken 是否宪法宣誓",
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    op.create_index("ix_appointment_deputy_id", "appointment", ["deputy_id"], unique=False)
    op.create_index(
        "ix_appointment_division_id", "appointment", ["division_id", "decided_on"], unique=False
    )
    op.create_index("ix_appointment_meeting_id", "appointment", ["meeting_id"], unique=False)
    op.create_table(
        "budget_line",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division whose budget it is 行政区划"
        ),
        sa.Column(
            "parent_id",
            sa.Uuid(),
            nullable=True,
            comment="Line that it is part of; null: a total 上级科目",
        ),
        sa.Column(
            "project_id",
            sa.Uuid(),
            nullable=True,
            comment="Livelihood project it pays for 民生实事项目",
        ),
        sa.Column("body_id", sa.Uuid(), nullable=True, comment="Body that spends it 预算单位"),
        sa.Column("level", sa.Text(), nullable=False, comment="Level of the division 层级"),
        sa.Column("year", sa.Integer(), nullable=False, comment="Year of the budget 年度"),
        sa.Column(
            "code",
            sa.Text(),
            nullable=True,
            comment="Code of the functional class or of the project 科目编码",
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Name 科目、项目名称"),
        sa.Column("book", sa.Text(), nullable=True, comment="Which of the four budgets 预算类别"),
        sa.Column("side", sa.Text(), nullable=True, comment="Revenue or expenditure 收支"),
        sa.Column(
            "body_name",
            sa.Text(),
            nullable=True,
            comment="Body that spends it, as the source writes it 预算单位名称",
        ),
        sa.Column(
            "budgeted",
            sa.Float(),
            nullable=True,
            comment="Amount of the budget, in yuan 年初预算数（元）",
        ),
        sa.Column(
            "adjusted",
            sa.Float(),
            nullable=True,
            comment="Amount after adjustments, in yuan 调整预算数（元）",
        ),
        sa.Column(
            "executed", sa.Float(), nullable=True, comment="Amount executed, in yuan 执行数（元）"
        ),
        sa.Column(
            "as_of", sa.Date(), nullable=True, comment="Day of the amount executed 执行数截止日期"
        ),
        sa.Column(
            "alert",
            sa.Text(),
            nullable=True,
            comment="Alert of the source: slow, over, unapproved 预警信息",
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_line")),
    )
    op.create_index("ix_budget_line_body_id", "budget_line", ["body_id"], unique=False)
    op.create_index(
        "ix_budget_line_division_id", "budget_line", ["division_id", "year"], unique=False
    )
    op.create_index("ix_budget_line_parent_id", "budget_line", ["parent_id"], unique=False)
    op.create_index("ix_budget_line_project_id", "budget_line", ["project_id"], unique=False)
    op.create_table(
        "major_decision",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of the congress 行政区划"
        ),
        sa.Column("meeting_id", sa.Uuid(), nullable=True, comment="Meeting that decided 会议"),
        sa.Column("level", sa.Text(), nullable=False, comment="Level of the division 层级"),
        sa.Column("number", sa.Text(), nullable=True, comment="Number of the document 文号"),
        sa.Column("title", sa.Text(), nullable=False, comment="Title 决定事项"),
        sa.Column("category", sa.Text(), nullable=True, comment="Subject 类别"),
        sa.Column("state", sa.Text(), nullable=True, comment="State 状态"),
        sa.Column(
            "source_state",
            sa.Text(),
            nullable=True,
            comment="The source's own code of the state 来源状态代码",
        ),
        sa.Column("proposed_by", sa.Text(), nullable=True, comment="Who proposed it 提请单位"),
        sa.Column("decided_on", sa.Date(), nullable=True, comment="Day of the vote 决定日期"),
        sa.Column("effective_on", sa.Date(), nullable=True, comment="Day it took effect 生效日期"),
        sa.Column(
            "report_due",
            sa.Date(),
            nullable=True,
            comment="Day by which its execution is to be reported 报告期限",
        ),
        sa.Column(
            "reported_on",
            sa.Date(),
            nullable=True,
            comment="Day its execution was reported 报告日期",
        ),
        sa.Column("text", sa.Text(), nullable=True, comment="What was decided 决定内容"),
        sa.Column("votes_for", sa.Integer(), nullable=True, comment="Votes for it 赞成票"),
        sa.Column("votes_against", sa.Integer(), nullable=True, comment="Votes against it 反对票"),
        sa.Column("abstentions", sa.Integer(), nullable=True, comment="Abstentions 弃权票"),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_major_decision")),
    )
    op.create_index(
        "ix_major_decision_division_id",
        "major_decision",
        ["division_id", "decided_on"],
        unique=False,
    )
    op.create_index("ix_major_decision_meeting_id", "major_decision", ["meeting_id"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of its congress 行政区划"
        ),
        sa.Column(
            "congress_id",
            sa.Uuid(),
            nullable=True,
            comment="Congress, where its term is known 所属人大",
        ),
        sa.Column("level", sa.Text(), nullable=False, comment="Level of the division 层级"),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=True,
            comment="Session, standing committee or other 会议类型",
        ),
        sa.Column(
            "number", sa.Integer(), nullable=True, comment="Number of the meeting in its term 次数"
        ),
        sa.Column("name", sa.Text(), nullable=False, comment="Name 会议名称"),
        sa.Column("opened_on", sa.Date(), nullable=True, comment="First day 开始日期"),
        sa.Column("closed_on", sa.Date(), nullable=True, comment="Last day 结束日期"),
        sa.Column("agenda", sa.Text(), nullable=True, comment="Agenda 议程"),
        sa.Column(
            "eligible", sa.Integer(), nullable=True, comment="Members who could take part 应到人数"
        ),
        sa.Column(
            "present", sa.Integer(), nullable=True, comment="Members who were there 实到人数"
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_congress_id", "meeting", ["congress_id"], unique=False)
    op.create_index("ix_meeting_division_id", "meeting", ["division_id", "opened_on"], unique=False)
    op.create_table(
        "payment",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of the line 行政区划"
        ),
        sa.Column("line_id", sa.Uuid(), nullable=True, comment="Line it is paid from 预算科目"),
        sa.Column("number", sa.Text(), nullable=True, comment="Number of the voucher 凭证号"),
        sa.Column(
            "amount",
            sa.Float(),
            nullable=True,
            comment="Amount in yuan; below zero where money came back 金额（元）",
        ),
        sa.Column("paid_on", sa.Date(), nullable=True, comment="Day 支付日期"),
        sa.Column("purpose", sa.Text(), nullable=True, comment="Purpose 用途"),
        sa.Column(
            "payee",
            sa.Text(),
            nullable=True,
            comment="Name of the payee, who may be a person 收款人. Restricted.",
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    op.create_index("ix_payment_line_id", "payment", ["line_id"], unique=False)
    op.create_table(
        "supervision_finding",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of the item 行政区划"
        ),
        sa.Column("item_id", sa.Uuid(), nullable=True, comment="Item that found it 监督事项"),
        sa.Column(
            "body_id", sa.Uuid(), nullable=True, comment="Body that must put it right 整改责任单位"
        ),
        sa.Column(
            "project_id",
            sa.Uuid(),
            nullable=True,
            comment="Livelihood project it is about 民生实事项目",
        ),
        sa.Column(
            "suggestion_id", sa.Uuid(), nullable=True, comment="Suggestion it is about 代表建议"
        ),
        sa.Column(
            "number", sa.Text(), nullable=True, comment="Number in the list of problems 问题编号"
        ),
        sa.Column("title", sa.Text(), nullable=False, comment="Problem 问题"),
        sa.Column("year", sa.Integer(), nullable=False, comment="Year 年度"),
        sa.Column("aspect", sa.Text(), nullable=False, comment="Aspect 监督方面"),
        sa.Column(
            "asset_class",
            sa.Text(),
            nullable=True,
            comment="Class of assets: enterprise, financial, natural 资产类别",
        ),
        sa.Column(
            "body_name",
            sa.Text(),
            nullable=True,
            comment="Body that must put it right, as the source writes it 责任单位名称",
        ),
        sa.Column(
            "amount", sa.Float(), nullable=True, comment="Amount concerned, in yuan 涉及金额（元）"
        ),
        sa.Column(
            "rectified_amount",
            sa.Float(),
            nullable=True,
            comment="Amount put right, in yuan 已整改金额（元）",
        ),
        sa.Column(
            "deadline_kind", sa.Text(), nullable=True, comment="Kind of deadline 整改时限类型"
        ),
        sa.Column("state", sa.Text(), nullable=False, comment="State 状态"),
        sa.Column(
            "source_state",
            sa.Text(),
            nullable=True,
            comment="The source's own code of the state 来源状态代码",
        ),
        sa.Column("found_at", sa.Date(), nullable=True, comment="Day it was found 发现日期"),
        sa.Column(
            "assigned_at", sa.Date(), nullable=True, comment="Day it was handed over 交办日期"
        ),
        sa.Column(
            "due_date", sa.Date(), nullable=True, comment="Day by which it must be right 整改期限"
        ),
        sa.Column(
            "submitted_at", sa.Date(), nullable=True, comment="Day it was said to be right 提交日期"
        ),
        sa.Column(
            "struck_off_at",
            sa.Date(),
            nullable=True,
            comment="Day it was struck off the list 销号日期",
        ),
        sa.Column(
            "evidence", sa.Text(), nullable=True, comment="What shows that it is right 整改佐证"
        ),
        sa.Column(
            "satisfaction", sa.Text(), nullable=True, comment="Judgement of the committee 测评结果"
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_finding")),
    )
    op.create_index(
        "ix_supervision_finding_body_id", "supervision_finding", ["body_id"], unique=False
    )
    op.create_index(
        "ix_supervision_finding_division_id",
        "supervision_finding",
        ["division_id", "year", "aspect"],
        unique=False,
    )
    op.create_index(
        "ix_supervision_finding_item_id", "supervision_finding", ["item_id"], unique=False
    )
    op.create_index(
        "ix_supervision_finding_project_id", "supervision_finding", ["project_id"], unique=False
    )
    op.create_index(
        "ix_supervision_finding_suggestion_id",
        "supervision_finding",
        ["suggestion_id"],
        unique=False,
    )
    op.create_table(
        "supervision_item",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id",
            sa.Uuid(),
            nullable=False,
            comment="Division whose congress supervises 行政区划",
        ),
        sa.Column(
            "congress_id",
            sa.Uuid(),
            nullable=True,
            comment="Congress, where its term is known 所属人大",
        ),
        sa.Column(
            "project_id",
            sa.Uuid(),
            nullable=True,
            comment="Livelihood project supervised 民生实事项目",
        ),
        sa.Column(
            "suggestion_id",
            sa.Uuid(),
            nullable=True,
            comment="Suggestion whose handling is supervised 代表建议",
        ),
        sa.Column(
            "meeting_id", sa.Uuid(), nullable=True, comment="Meeting that deliberated it 审议会议"
        ),
        sa.Column("body_id", sa.Uuid(), nullable=True, comment="Body that is supervised 监督对象"),
        sa.Column("level", sa.Text(), nullable=False, comment="Level of the division 层级"),
        sa.Column("number", sa.Text(), nullable=True, comment="Running number 编号"),
        sa.Column("title", sa.Text(), nullable=False, comment="Title 监督事项"),
        sa.Column("year", sa.Integer(), nullable=False, comment="Year of the plan 年度"),
        sa.Column("form", sa.Text(), nullable=True, comment="Form 监督形式"),
        sa.Column("aspect", sa.Text(), nullable=True, comment="One of the five aspects 监督方面"),
        sa.Column("state", sa.Text(), nullable=False, comment="State 状态"),
        sa.Column(
            "source_state",
            sa.Text(),
            nullable=True,
            comment="The source's own code of the state 来源状态代码",
        ),
        sa.Column(
            "body_name",
            sa.Text(),
            nullable=True,
            comment="Body that is supervised, as the source writes it 监督对象名称",
        ),
        sa.Column("started_at", sa.Date(), nullable=True, comment="First day 开始日期"),
        sa.Column("closed_at", sa.Date(), nullable=True, comment="Last day 结束日期"),
        sa.Column("opinions", sa.Text(), nullable=True, comment="Deliberation opinions 审议意见"),
        sa.Column(
            "follow_up", sa.Text(), nullable=True, comment="What was done about them 跟踪落实情况"
        ),
        sa.Column(
            "satisfaction", sa.Text(), nullable=True, comment="Judgement of the committee 测评结果"
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_item")),
    )
    op.create_index("ix_supervision_item_body_id", "supervision_item", ["body_id"], unique=False)
    op.create_index(
        "ix_supervision_item_congress_id", "supervision_item", ["congress_id"], unique=False
    )
    op.create_index(
        "ix_supervision_item_division_id",
        "supervision_item",
        ["division_id", "year", "aspect"],
        unique=False,
    )
    op.create_index(
        "ix_supervision_item_meeting_id", "supervision_item", ["meeting_id"], unique=False
    )
    op.create_index(
        "ix_supervision_item_project_id", "supervision_item", ["project_id"], unique=False
    )
    op.create_index(
        "ix_supervision_item_suggestion_id", "supervision_item", ["suggestion_id"], unique=False
    )
    op.create_table(
        "supervision_item_member",
        sa.Column("supervision_item_id", sa.Uuid(), nullable=False, comment="Where"),
        sa.Column("deputy_id", sa.Uuid(), nullable=False, comment="Whose mandate 代表"),
        sa.Column("role", sa.Text(), nullable=True, comment="Role 角色"),
        sa.Column("start_date", sa.Date(), nullable=True, comment="First day 起始日期"),
        sa.Column("end_date", sa.Date(), nullable=True, comment="Last day 终止日期"),
        sa.Column("record_id", sa.Uuid(), nullable=False, comment="Record that states it"),
        sa.PrimaryKeyConstraint(
            "supervision_item_id", "deputy_id", name=op.f("pk_supervision_item_member")
        ),
    )
    op.create_index(
        "ix_supervision_item_member_deputy_id",
        "supervision_item_member",
        ["deputy_id"],
        unique=False,
    )
    op.create_table(
        "supervision_stage",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of the item 行政区划"
        ),
        sa.Column("item_id", sa.Uuid(), nullable=True, comment="Item 监督事项"),
        sa.Column("kind", sa.Text(), nullable=True, comment="Kind 环节类型"),
        sa.Column(
            "name", sa.Text(), nullable=False, comment="Name, as the source writes it 环节名称"
        ),
        sa.Column("planned_on", sa.Date(), nullable=True, comment="Day it is planned for 计划日期"),
        sa.Column("reached_on", sa.Date(), nullable=True, comment="Day it was done 完成日期"),
        sa.Column("note", sa.Text(), nullable=True, comment="What was found 情况说明"),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_stage")),
    )
    op.create_index("ix_supervision_stage_item_id", "supervision_stage", ["item_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_supervision_stage_item_id", table_name="supervision_stage")
    op.drop_table("supervision_stage")
    op.drop_index("ix_supervision_item_member_deputy_id", table_name="supervision_item_member")
    op.drop_table("supervision_item_member")
    op.drop_index("ix_supervision_item_suggestion_id", table_name="supervision_item")
    op.drop_index("ix_supervision_item_project_id", table_name="supervision_item")
    op.drop_index("ix_supervision_item_meeting_id", table_name="supervision_item")
    op.drop_index("ix_supervision_item_division_id", table_name="supervision_item")
    op.drop_index("ix_supervision_item_congress_id", table_name="supervision_item")
    op.drop_index("ix_supervision_item_body_id", table_name="supervision_item")
    op.drop_table("supervision_item")
    op.drop_index("ix_supervision_finding_suggestion_id", table_name="supervision_finding")
    op.drop_index("ix_supervision_finding_project_id", table_name="supervision_finding")
    op.drop_index("ix_supervision_finding_item_id", table_name="supervision_finding")
    op.drop_index("ix_supervision_finding_division_id", table_name="supervision_finding")
    op.drop_index("ix_supervision_finding_body_id", table_name="supervision_finding")
    op.drop_table("supervision_finding")
    op.drop_index("ix_payment_line_id", table_name="payment")
    op.drop_table("payment")
    op.drop_index("ix_meeting_division_id", table_name="meeting")
    op.drop_index("ix_meeting_congress_id", table_name="meeting")
    op.drop_table("meeting")
    op.drop_index("ix_major_decision_meeting_id", table_name="major_decision")
    op.drop_index("ix_major_decision_division_id", table_name="major_decision")
    op.drop_table("major_decision")
    op.drop_index("ix_budget_line_project_id", table_name="budget_line")
    op.drop_index("ix_budget_line_parent_id", table_name="budget_line")
    op.drop_index("ix_budget_line_division_id", table_name="budget_line")
    op.drop_index("ix_budget_line_body_id", table_name="budget_line")
    op.drop_table("budget_line")
    op.drop_index("ix_appointment_meeting_id", table_name="appointment")
    op.drop_index("ix_appointment_division_id", table_name="appointment")
    op.drop_index("ix_appointment_deputy_id", table_name="appointment")
    op.drop_table("appointment")
