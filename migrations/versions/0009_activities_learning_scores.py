"""The tables of activities, learning and scores"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division that held it 行政区划"
        ),
        sa.Column(
            "congress_id",
            sa.Uuid(),
            nullable=True,
            comment="Congress that held it, where its term is known 所属人大",
        ),
        sa.Column("home_id", sa.Uuid(), nullable=True, comment="Home where it was held 代表之家"),
        sa.Column(
            "station_id", sa.Uuid(), nullable=True, comment="Station where it was held 联络站"
        ),
        sa.Column("group_id", sa.Uuid(), nullable=True, comment="Group that held it 代表小组"),
        sa.Column(
            "same_event_id",
            sa.Uuid(),
            nullable=True,
            comment="The same event in the system that keeps it 同一活动",
        ),
        sa.Column("level", sa.Text(), nullable=False, comment="Level of the division 层级"),
        sa.Column("kind", sa.Text(), nullable=False, comment="Kind 活动类型"),
        sa.Column(
            "theme",
            sa.Text(),
            nullable=True,
            comment="Theme, of a themed activity: rural revitalisation 活动主题",
        ),
        sa.Column("title", sa.Text(), nullable=False, comment="Title 活动名称"),
        sa.Column("state", sa.Text(), nullable=True, comment="State 状态"),
        sa.Column(
            "source_state",
            sa.Text(),
            nullable=True,
            comment="The source's own code of the state 来源状态代码",
        ),
        sa.Column(
            "held_on", sa.Date(), nullable=True, comment="Day, the first of several 活动日期"
        ),
        sa.Column("ended_on", sa.Date(), nullable=True, comment="Last day 结束日期"),
        sa.Column(
            "place", sa.Text(), nullable=True, comment="Place, as the source writes it 活动地点"
        ),
        sa.Column("content", sa.Text(), nullable=True, comment="What was done 活动内容"),
        sa.Column("summary", sa.Text(), nullable=True, comment="What came of it 活动总结"),
        sa.Column(
            "voters_present",
            sa.Integer(),
            nullable=True,
            comment="Voters who were there 到场选民人数",
        ),
        sa.Column(
            "contact",
            sa.Text(),
            nullable=True,
            comment="Name and phone of the contact 联系人. Restricted.",
        ),
        sa.Column(
            "review_state",
            sa.Text(),
            nullable=True,
            comment="Result of the review, as the source writes it 审核状态",
        ),
        sa.Column(
            "review_note", sa.Text(), nullable=True, comment="Opinion of the reviewer 审核意见"
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    op.create_index("ix_activity_congress_id", "activity", ["congress_id"], unique=False)
    op.create_index("ix_activity_division_id", "activity", ["division_id", "held_on"], unique=False)
    op.create_index("ix_activity_group_id", "activity", ["group_id"], unique=False)
    op.create_index("ix_activity_held_on", "activity", ["held_on", "title"], unique=False)
    op.create_index("ix_activity_home_id", "activity", ["home_id"], unique=False)
    op.create_index("ix_activity_same_event_id", "activity", ["same_event_id"], unique=False)
    op.create_index("ix_activity_station_id", "activity", ["station_id"], unique=False)
    op.create_table(
        "activity_participation",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of the activity 行政区划"
        ),
        sa.Column("activity_id", sa.Uuid(), nullable=True, comment="Activity 活动"),
        sa.Column(
            "deputy_id", sa.Uuid(), nullable=True, comment="Mandate that it counts for 履职代表"
        ),
        sa.Column("role", sa.Text(), nullable=True, comment="Part in it 参与方式"),
        sa.Column(
            "attendance", sa.Text(), nullable=True, comment="Whether the deputy was there 出席情况"
        ),
        sa.Column("hours", sa.Float(), nullable=True, comment="Hours spent 时长（小时）"),
        sa.Column(
            "is_reported_by_deputy",
            sa.Boolean(),
            nullable=True,
            comment="Whether the deputy reported it 是否代表自行填报",
        ),
        sa.Column("note", sa.Text(), nullable=True, comment="What the deputy did or said 履职说明"),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_participation")),
    )
    op.create_index(
        "ix_activity_participation_activity_id",
        "activity_participation",
        ["activity_id"],
        unique=False,
    )
    op.create_index(
        "ix_activity_participation_deputy_id", "activity_participation", ["deputy_id"], unique=False
    )
    op.create_table(
        "course",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division that offers it 行政区划"
        ),
        sa.Column("title", sa.Text(), nullable=False, comment="Title 课程名称"),
        sa.Column("kind", sa.Text(), nullable=True, comment="Kind of material 资料类型"),
        sa.Column("minutes", sa.Integer(), nullable=True, comment="Length in minutes 时长（分钟）"),
        sa.Column("teacher", sa.Text(), nullable=True, comment="Teacher 授课人"),
        sa.Column(
            "required_for",
            sa.Text(),
            nullable=True,
            comment="Level whose deputies must take it 必修层级",
        ),
        sa.Column(
            "credit_hours", sa.Float(), nullable=True, comment="Credit hours that it gives 学时"
        ),
        sa.Column("published_on", sa.Date(), nullable=True, comment="Day it was put up 发布日期"),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
    )
    op.create_index("ix_course_division_id", "course", ["division_id"], unique=False)
    op.create_table(
        "duty_score",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of the rule set 行政区划"
        ),
        sa.Column(
            "rule_set_id", sa.Uuid(), nullable=True, comment="Rule set it was given by 评分办法"
        ),
        sa.Column("rule_id", sa.Uuid(), nullable=True, comment="Item 评分项目"),
        sa.Column("deputy_id", sa.Uuid(), nullable=True, comment="Mandate scored 被评代表"),
        sa.Column(
            "period", sa.Text(), nullable=False, comment="Period: 2025, 2025-H1, 2025-Q3 评分周期"
        ),
        sa.Column("quantity", sa.Float(), nullable=True, comment="How many units 数量"),
        sa.Column("points", sa.Float(), nullable=False, comment="Points 得分"),
        sa.Column("scorer", sa.Text(), nullable=True, comment="Who gave them 评分主体"),
        sa.Column("scored_on", sa.Date(), nullable=True, comment="Day they were given 评分日期"),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_score")),
    )
    op.create_index("ix_duty_score_deputy_id", "duty_score", ["deputy_id"], unique=False)
    op.create_index("ix_duty_score_rule_id", "duty_score", ["rule_id"], unique=False)
    op.create_index(
        "ix_duty_score_rule_set_id", "duty_score", ["rule_set_id", "period"], unique=False
    )
    op.create_table(
        "learning_record",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id",
            sa.Uuid(),
            nullable=False,
            comment="Division of the deputy's congress 行政区划",
        ),
        sa.Column("course_id", sa.Uuid(), nullable=True, comment="Course 课程"),
        sa.Column(
            "deputy_id",
            sa.Uuid(),
            nullable=True,
            comment="Mandate of the deputy who learns 学习代表",
        ),
        sa.Column(
            "progress", sa.Float(), nullable=True, comment="Share done, in percent 学习进度（%）"
        ),
        sa.Column("started_at", sa.Date(), nullable=True, comment="First day 开始日期"),
        sa.Column("finished_at", sa.Date(), nullable=True, comment="Day it was complete 完成日期"),
        sa.Column(
            "quiz_score", sa.Float(), nullable=True, comment="Score in the quiz, 0 to 100 测验成绩"
        ),
        sa.Column(
            "is_passed", sa.Boolean(), nullable=True, comment="Whether the quiz was passed 是否合格"
        ),
        sa.Column("credit_hours", sa.Float(), nullable=True, comment="Credit hours won 获得学时"),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_record")),
    )
    op.create_index("ix_learning_record_course_id", "learning_record", ["course_id"], unique=False)
    op.create_index("ix_learning_record_deputy_id", "learning_record", ["deputy_id"], unique=False)
    op.create_table(
        "score_rule",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of the rule set 行政区划"
        ),
        sa.Column(
            "rule_set_id",
            sa.Uuid(),
            nullable=True,
            comment="Rule set that the item belongs to 评分办法",
        ),
        sa.Column("number", sa.Text(), nullable=True, comment="Number in its rule set 序号"),
        sa.Column("name", sa.Text(), nullable=False, comment="What is scored 评分项目"),
        sa.Column("part", sa.Text(), nullable=True, comment="Part of the duties 评分部分"),
        sa.Column(
            "unit",
            sa.Text(),
            nullable=True,
            comment="What the quantity counts: suggestions, half days 计量单位",
        ),
        sa.Column(
            "points_each",
            sa.Float(),
            nullable=True,
            comment="Points for each unit; below zero where it costs 每项分值",
        ),
        sa.Column(
            "maximum",
            sa.Float(),
            nullable=True,
            comment="Most points of a period; null: there is no ceiling 单项满分",
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_rule")),
    )
    op.create_index("ix_score_rule_rule_set_id", "score_rule", ["rule_set_id"], unique=False)
    op.create_table(
        "score_rule_set",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of the congress 行政区划"
        ),
        sa.Column(
            "congress_id",
            sa.Uuid(),
            nullable=False,
            comment="Congress whose deputies it scores 所属人大",
        ),
        sa.Column("level", sa.Text(), nullable=False, comment="Level of the congress 层级"),
        sa.Column("name", sa.Text(), nullable=False, comment="Name 评分办法名称"),
        sa.Column(
            "version",
            sa.Text(),
            nullable=False,
            comment="Version; a change of the rules is a new one 版本",
        ),
        sa.Column(
            "maximum",
            sa.Float(),
            nullable=True,
            comment="Most points of a period; null: there is no ceiling 满分",
        ),
        sa.Column("valid_from", sa.Date(), nullable=True, comment="First day it holds 生效日期"),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="Last day it holds 失效日期"),
        sa.Column("basis", sa.Text(), nullable=True, comment="Document it rests on 依据文件"),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_rule_set")),
    )
    op.create_index(
        "ix_score_rule_set_congress_id", "score_rule_set", ["congress_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_score_rule_set_congress_id", table_name="score_rule_set")
    op.drop_table("score_rule_set")
    op.drop_index("ix_score_rule_rule_set_id", table_name="score_rule")
    op.drop_table("score_rule")
    op.drop_index("ix_learning_record_deputy_id", table_name="learning_record")
    op.drop_index("ix_learning_record_course_id", table_name="learning_record")
    op.drop_table("learning_record")
    op.drop_index("ix_duty_score_rule_set_id", table_name="duty_score")
    op.drop_index("ix_duty_score_rule_id", table_name="duty_score")
    op.drop_index("ix_duty_score_deputy_id", table_name="duty_score")
    op.drop_table("duty_score")
    op.drop_index("ix_course_division_id", table_name="course")
    op.drop_table("course")
    op.drop_index("ix_activity_participation_deputy_id", table_name="activity_participation")
    op.drop_index("ix_activity_participation_activity_id", table_name="activity_participation")
    op.drop_table("activity_participation")
    op.drop_index("ix_activity_station_id", table_name="activity")
    op.drop_index("ix_activity_same_event_id", table_name="activity")
    op.drop_index("ix_activity_home_id", table_name="activity")
    op.drop_index("ix_activity_held_on", table_name="activity")
    op.drop_index("ix_activity_group_id", table_name="activity")
    op.drop_index("ix_activity_division_id", table_name="activity")
    op.drop_index("ix_activity_congress_id", table_name="activity")
    op.drop_table("activity")
