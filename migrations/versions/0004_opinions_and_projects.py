"""Opinions of the public and livelihood projects"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "ballot_line",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of the ballot 行政区划"
        ),
        sa.Column("ballot_id", sa.Uuid(), nullable=True, comment="Ballot 票决"),
        sa.Column("project_id", sa.Uuid(), nullable=True, comment="Candidate voted on 候选项目"),
        sa.Column("votes_for", sa.Integer(), nullable=True, comment="Votes for it 赞成票"),
        sa.Column("votes_against", sa.Integer(), nullable=True, comment="Votes against it 反对票"),
        sa.Column("abstentions", sa.Integer(), nullable=True, comment="Abstentions 弃权票"),
        sa.Column(
            "rank", sa.Integer(), nullable=True, comment="Place by votes for, 1 is the first 名次"
        ),
        sa.Column(
            "is_selected", sa.Boolean(), nullable=True, comment="Whether it was chosen 是否入选"
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_line")),
    )
    op.create_index("ix_ballot_line_ballot_id", "ballot_line", ["ballot_id"], unique=False)
    op.create_index("ix_ballot_line_project_id", "ballot_line", ["project_id"], unique=False)
    op.create_table(
        "livelihood_project",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id",
            sa.Uuid(),
            nullable=False,
            comment="Division whose project it is 行政区划",
        ),
        sa.Column(
            "congress_id",
            sa.Uuid(),
            nullable=True,
            comment="Congress that votes on it, where its term is known 所属人大",
        ),
        sa.Column(
            "responsible_body_id",
            sa.Uuid(),
            nullable=True,
            comment="Body that carries it out 责任单位",
        ),
        sa.Column(
            "suggestion_id", sa.Uuid(), nullable=True, comment="Suggestion that led to it 来源建议"
        ),
        sa.Column("level", sa.Text(), nullable=False, comment="Level of the division 层级"),
        sa.Column("year", sa.Integer(), nullable=False, comment="Year of the project list 年度"),
        sa.Column("number", sa.Text(), nullable=True, comment="Number in the list 项目编号"),
        sa.Column("title", sa.Text(), nullable=False, comment="Title 项目名称"),
        sa.Column(
            "category", sa.Text(), nullable=True, comment="Class, as the source names it 类别"
        ),
        sa.Column("goal", sa.Text(), nullable=True, comment="Goal that can be measured 建设目标"),
        sa.Column("state", sa.Text(), nullable=False, comment="State 状态"),
        sa.Column(
            "source_state",
            sa.Text(),
            nullable=True,
            comment="The source's own code of the state 来源状态代码",
        ),
        sa.Column(
            "responsible_unit",
            sa.Text(),
            nullable=True,
            comment="Body that carries it out, as the source writes it 责任单位名称",
        ),
        sa.Column("joint_units", sa.Text(), nullable=True, comment="Bodies that help 配合单位"),
        sa.Column(
            "place", sa.Text(), nullable=True, comment="Place, as the source writes it 实施地点"
        ),
        sa.Column(
            "budget", sa.Float(), nullable=True, comment="Planned cost in yuan 计划投资（元）"
        ),
        sa.Column(
            "planned_start", sa.Date(), nullable=True, comment="Planned first day 计划开工日期"
        ),
        sa.Column(
            "planned_finish", sa.Date(), nullable=True, comment="Planned last day 计划完工日期"
        ),
        sa.Column("started_at", sa.Date(), nullable=True, comment="First day 开工日期"),
        sa.Column("finished_at", sa.Date(), nullable=True, comment="Day it was complete 完工日期"),
        sa.Column(
            "progress",
            sa.Float(),
            nullable=True,
            comment="Share done, in percent, as last reported 进度（%）",
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_livelihood_project")),
    )
    op.create_index(
        "ix_livelihood_project_congress_id", "livelihood_project", ["congress_id"], unique=False
    )
    op.create_index(
        "ix_livelihood_project_division_id",
        "livelihood_project",
        ["division_id", "year", "state"],
        unique=False,
    )
    op.create_index(
        "ix_livelihood_project_responsible_body_id",
        "livelihood_project",
        ["responsible_body_id"],
        unique=False,
    )
    op.create_index(
        "ix_livelihood_project_suggestion_id", "livelihood_project", ["suggestion_id"], unique=False
    )
    op.create_table(
        "livelihood_project_supervisor",
        sa.Column("livelihood_project_id", sa.Uuid(), nullable=False, comment="Where"),
        sa.Column("deputy_id", sa.Uuid(), nullable=False, comment="Whose mandate 代表"),
        sa.Column("role", sa.Text(), nullable=True, comment="Role 角色"),
        sa.Column("start_date", sa.Date(), nullable=True, comment="First day 起始日期"),
        sa.Column("end_date", sa.Date(), nullable=True, comment="Last day 终止日期"),
        sa.Column("record_id", sa.Uuid(), nullable=False, comment="Record that states it"),
        sa.PrimaryKeyConstraint(
            "livelihood_project_id", "deputy_id", name=op.f("pk_livelihood_project_supervisor")
        ),
    )
    op.create_index(
        "ix_livelihood_project_supervisor_deputy_id",
        "livelihood_project_supervisor",
        ["deputy_id"],
        unique=False,
    )
    op.create_table(
        "project_ballot",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id",
            sa.Uuid(),
            nullable=False,
            comment="Division of the congress that voted 行政区划",
        ),
        sa.Column(
            "congress_id",
            sa.Uuid(),
            nullable=True,
            comment="Congress that voted, where its term is known 所属人大",
        ),
        sa.Column("level", sa.Text(), nullable=False, comment="Level of the division 层级"),
        sa.Column("year", sa.Integer(), nullable=True, comment="Year of the project list 年度"),
        sa.Column("held_at", sa.Date(), nullable=True, comment="Day of the vote 票决日期"),
        sa.Column("session", sa.Integer(), nullable=True, comment="Number of the session 会次"),
        sa.Column(
            "is_competitive",
            sa.Boolean(),
            nullable=True,
            comment="Whether there were more candidates than places 是否差额",
        ),
        sa.Column(
            "candidates", sa.Integer(), nullable=True, comment="Number of candidates 候选项目数"
        ),
        sa.Column(
            "places",
            sa.Integer(),
            nullable=True,
            comment="Number of projects to be chosen 应选项目数",
        ),
        sa.Column(
            "eligible", sa.Integer(), nullable=True, comment="Deputies who could vote 应到代表数"
        ),
        sa.Column(
            "present", sa.Integer(), nullable=True, comment="Deputies who were there 实到代表数"
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_ballot")),
    )
    op.create_index(
        "ix_project_ballot_congress_id", "project_ballot", ["congress_id"], unique=False
    )
    op.create_index(
        "ix_project_ballot_division_id", "project_ballot", ["division_id", "year"], unique=False
    )
    op.create_table(
        "project_evaluation",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id",
            sa.Uuid(),
            nullable=False,
            comment="Division whose deputies judged 行政区划",
        ),
        sa.Column(
            "project_id",
            sa.Uuid(),
            nullable=True,
            comment="Project judged; null: the whole list was 项目",
        ),
        sa.Column(
            "ballot_id",
            sa.Uuid(),
            nullable=True,
            comment="Ballot whose list was judged as a whole 票决",
        ),
        sa.Column("year", sa.Integer(), nullable=True, comment="Year of the project list 年度"),
        sa.Column(
            "evaluated_at", sa.Date(), nullable=True, comment="Day of the judgement 测评日期"
        ),
        sa.Column(
            "satisfied", sa.Integer(), nullable=True, comment="Deputies who were satisfied 满意票"
        ),
        sa.Column(
            "basically_satisfied",
            sa.Integer(),
            nullable=True,
            comment="Deputies who were basically satisfied 基本满意票",
        ),
        sa.Column(
            "not_satisfied",
            sa.Integer(),
            nullable=True,
            comment="Deputies who were not satisfied 不满意票",
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_evaluation")),
    )
    op.create_index(
        "ix_project_evaluation_ballot_id", "project_evaluation", ["ballot_id"], unique=False
    )
    op.create_index(
        "ix_project_evaluation_division_id", "project_evaluation", ["division_id"], unique=False
    )
    op.create_index(
        "ix_project_evaluation_project_id", "project_evaluation", ["project_id"], unique=False
    )
    op.create_table(
        "project_funding",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of the project 行政区划"
        ),
        sa.Column("project_id", sa.Uuid(), nullable=True, comment="Project 项目"),
        sa.Column(
            "source", sa.Text(), nullable=True, comment="Where the money comes from 资金来源"
        ),
        sa.Column(
            "planned", sa.Float(), nullable=True, comment="Amount planned, in yuan 计划金额（元）"
        ),
        sa.Column("paid", sa.Float(), nullable=True, comment="Amount paid, in yuan 到位金额（元）"),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_funding")),
    )
    op.create_index(
        "ix_project_funding_project_id", "project_funding", ["project_id"], unique=False
    )
    op.create_table(
        "project_milestone",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of the project 行政区划"
        ),
        sa.Column("project_id", sa.Uuid(), nullable=True, comment="Project 项目"),
        sa.Column("name", sa.Text(), nullable=False, comment="What is to be reached 节点名称"),
        sa.Column("planned_at", sa.Date(), nullable=True, comment="Day it is planned for 计划日期"),
        sa.Column("reached_at", sa.Date(), nullable=True, comment="Day it was reached 完成日期"),
        sa.Column("reported_at", sa.Date(), nullable=True, comment="Day of the report 填报日期"),
        sa.Column(
            "progress",
            sa.Float(),
            nullable=True,
            comment="Share of the project done by then, in percent 进度（%）",
        ),
        sa.Column("note", sa.Text(), nullable=True, comment="Remark 说明"),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_milestone")),
    )
    op.create_index(
        "ix_project_milestone_project_id", "project_milestone", ["project_id"], unique=False
    )
    op.create_table(
        "project_proposal",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division it was put to 行政区划"
        ),
        sa.Column(
            "project_id",
            sa.Uuid(),
            nullable=True,
            comment="Project that it became part of 形成的项目",
        ),
        sa.Column(
            "deputy_id",
            sa.Uuid(),
            nullable=True,
            comment="Mandate of the deputy who put it 提出代表",
        ),
        sa.Column(
            "opinion_id", sa.Uuid(), nullable=True, comment="Opinion it comes from 来源群众意见"
        ),
        sa.Column("title", sa.Text(), nullable=False, comment="What is proposed 建议项目"),
        sa.Column("proposer", sa.Text(), nullable=True, comment="Who proposed it 提出主体"),
        sa.Column("proposed_at", sa.Date(), nullable=True, comment="Day it was put 提出日期"),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_proposal")),
    )
    op.create_index(
        "ix_project_proposal_deputy_id", "project_proposal", ["deputy_id"], unique=False
    )
    op.create_index(
        "ix_project_proposal_division_id", "project_proposal", ["division_id"], unique=False
    )
    op.create_index(
        "ix_project_proposal_opinion_id", "project_proposal", ["opinion_id"], unique=False
    )
    op.create_index(
        "ix_project_proposal_project_id", "project_proposal", ["project_id"], unique=False
    )
    op.create_table(
        "public_opinion",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id",
            sa.Uuid(),
            nullable=False,
            comment="Division that the opinion concerns 行政区划",
        ),
        sa.Column(
            "station_id", sa.Uuid(), nullable=True, comment="Station where it was heard 联络站"
        ),
        sa.Column(
            "deputy_id",
            sa.Uuid(),
            nullable=True,
            comment="Mandate of the deputy who heard it 接待代表",
        ),
        sa.Column("handler_id", sa.Uuid(), nullable=True, comment="Body that handles it 承办单位"),
        sa.Column(
            "escalated_to_id",
            sa.Uuid(),
            nullable=True,
            comment="What it became at a higher level 上报后的意见",
        ),
        sa.Column(
            "converted_to_id",
            sa.Uuid(),
            nullable=True,
            comment="Suggestion it was turned into 转成的代表建议",
        ),
        sa.Column("level", sa.Text(), nullable=False, comment="Level of the division 层级"),
        sa.Column("number", sa.Text(), nullable=True, comment="Running number 编号"),
        sa.Column(
            "checked_text",
            sa.Text(),
            nullable=True,
            comment="Text that was checked and may be published 审核后的内容",
        ),
        sa.Column(
            "text", sa.Text(), nullable=True, comment="Text as the citizen put it 原文. Restricted."
        ),
        sa.Column(
            "citizen_name",
            sa.Text(),
            nullable=True,
            comment="Name of the citizen 反映人姓名. Restricted.",
        ),
        sa.Column(
            "citizen_phone",
            sa.Text(),
            nullable=True,
            comment="Phone of the citizen 反映人电话. Restricted.",
        ),
        sa.Column(
            "village",
            sa.Text(),
            nullable=True,
            comment="Village or community it is about, nothing smaller 村（社区）",
        ),
        sa.Column(
            "category", sa.Text(), nullable=True, comment="Subject, as the source names it 类别"
        ),
        sa.Column("channel", sa.Text(), nullable=True, comment="How it came 反映渠道"),
        sa.Column("state", sa.Text(), nullable=False, comment="State 状态"),
        sa.Column(
            "source_state",
            sa.Text(),
            nullable=True,
            comment="The source's own code of the state 来源状态代码",
        ),
        sa.Column("received_at", sa.Date(), nullable=True, comment="Day it was received 接收日期"),
        sa.Column(
            "handler_name",
            sa.Text(),
            nullable=True,
            comment="Name of the handling body, as the source writes it 承办单位名称",
        ),
        sa.Column(
            "source_due_date",
            sa.Date(),
            nullable=True,
            comment="Day the answer is due by the source 来源办理期限",
        ),
        sa.Column(
            "replied_at", sa.Date(), nullable=True, comment="Day of the body's reply 答复日期"
        ),
        sa.Column("reply", sa.Text(), nullable=True, comment="What was replied 答复内容"),
        sa.Column(
            "fed_back_at", sa.Date(), nullable=True, comment="Day the citizen was told 反馈日期"
        ),
        sa.Column("closed_at", sa.Date(), nullable=True, comment="Day it was closed 办结日期"),
        sa.Column(
            "rating",
            sa.Integer(),
            nullable=True,
            comment="Stars given by the citizen, 1 to 5 群众评分",
        ),
        sa.Column(
            "satisfaction", sa.Text(), nullable=True, comment="Judgement of the citizen 满意度"
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_opinion")),
    )
    op.create_index(
        "ix_public_opinion_converted_to_id", "public_opinion", ["converted_to_id"], unique=False
    )
    op.create_index("ix_public_opinion_deputy_id", "public_opinion", ["deputy_id"], unique=False)
    op.create_index(
        "ix_public_opinion_division_id", "public_opinion", ["division_id", "state"], unique=False
    )
    op.create_index(
        "ix_public_opinion_escalated_to_id", "public_opinion", ["escalated_to_id"], unique=False
    )
    op.create_index("ix_public_opinion_handler_id", "public_opinion", ["handler_id"], unique=False)
    op.create_index("ix_public_opinion_station_id", "public_opinion", ["station_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_public_opinion_station_id", table_name="public_opinion")
    op.drop_index("ix_public_opinion_handler_id", table_name="public_opinion")
    op.drop_index("ix_public_opinion_escalated_to_id", table_name="public_opinion")
    op.drop_index("ix_public_opinion_division_id", table_name="public_opinion")
    op.drop_index("ix_public_opinion_deputy_id", table_name="public_opinion")
    op.drop_index("ix_public_opinion_converted_to_id", table_name="public_opinion")
    op.drop_table("public_opinion")
    op.drop_index("ix_project_proposal_project_id", table_name="project_proposal")
    op.drop_index("ix_project_proposal_opinion_id", table_name="project_proposal")
    op.drop_index("ix_project_proposal_division_id", table_name="project_proposal")
    op.drop_index("ix_project_proposal_deputy_id", table_name="project_proposal")
    op.drop_table("project_proposal")
    op.drop_index("ix_project_milestone_project_id", table_name="project_milestone")
    op.drop_table("project_milestone")
    op.drop_index("ix_project_funding_project_id", table_name="project_funding")
    op.drop_table("project_funding")
    op.drop_index("ix_project_evaluation_project_id", table_name="project_evaluation")
    op.drop_index("ix_project_evaluation_division_id", table_name="project_evaluation")
    op.drop_index("ix_project_evaluation_ballot_id", table_name="project_evaluation")
    op.drop_table("project_evaluation")
    op.drop_index("ix_project_ballot_division_id", table_name="project_ballot")
    op.drop_index("ix_project_ballot_congress_id", table_name="project_ballot")
    op.drop_table("project_ballot")
    op.drop_index(
        "ix_livelihood_project_supervisor_deputy_id", table_name="livelihood_project_supervisor"
    )
    op.drop_table("livelihood_project_supervisor")
    op.drop_index("ix_livelihood_project_suggestion_id", table_name="livelihood_project")
    op.drop_index("ix_livelihood_project_responsible_body_id", table_name="livelihood_project")
    op.drop_index("ix_livelihood_project_division_id", table_name="livelihood_project")
    op.drop_index("ix_livelihood_project_congress_id", table_name="livelihood_project")
    op.drop_table("livelihood_project")
    op.drop_index("ix_ballot_line_project_id", table_name="ballot_line")
    op.drop_index("ix_ballot_line_ballot_id", table_name="ballot_line")
    op.drop_table("ballot_line")
