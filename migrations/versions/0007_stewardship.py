"""Stewardship"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence("step")))
    op.create_table(
        "conflict",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column("entity_type", sa.Text(), nullable=False, comment="Table of the golden row"),
        sa.Column("entity_id", sa.Uuid(), nullable=False, comment="Golden row"),
        sa.Column(
            "column_name",
            sa.Text(),
            nullable=False,
            comment="Column for which its records state several values",
        ),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of the golden row 行政区划"
        ),
        sa.Column(
            "found_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="Time it was found 发现时间",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
        sa.UniqueConstraint(
            "entity_id", "column_name", name=op.f("uq_conflict_entity_id_column_name")
        ),
    )
    op.create_index("ix_conflict_division_id", "conflict", ["division_id"], unique=False)
    op.create_table(
        "former_link",
        sa.Column("record_id", sa.Uuid(), nullable=False, comment="Record that moved"),
        sa.Column("old_id", sa.Uuid(), nullable=False, comment="Golden row that it left"),
        sa.Column("new_id", sa.Uuid(), nullable=False, comment="Golden row that it went to"),
        sa.Column("is_person", sa.Boolean(), nullable=False, comment="Whether they are persons"),
        sa.Column(
            "at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="Time it moved",
        ),
        sa.PrimaryKeyConstraint("record_id", "old_id", name=op.f("pk_former_link")),
    )
    op.create_index("ix_former_link_old_id", "former_link", ["old_id"], unique=False)
    op.create_table(
        "judgement",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column("kind", sa.Text(), nullable=False, comment="Kind of both records 记录类型"),
        sa.Column(
            "left_id", sa.Uuid(), nullable=False, comment="Record with the smaller id 记录一"
        ),
        sa.Column(
            "right_id", sa.Uuid(), nullable=False, comment="Record with the larger id 记录二"
        ),
        sa.Column("verdict", sa.Text(), nullable=False, comment="What it says 判定"),
        sa.Column("made_by", sa.Text(), nullable=False, comment="What it rests on 判定依据"),
        sa.Column(
            "score",
            sa.Float(),
            nullable=True,
            comment="Probability that they are the same, as computed then 评分",
        ),
        sa.Column(
            "evidence",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="What was compared, as it was then 证据",
        ),
        sa.Column("steward", sa.Text(), nullable=True, comment="Steward who decided 数据管理员"),
        sa.Column("note", sa.Text(), nullable=True, comment="What the steward noted 备注"),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="Time it was made 判定时间",
        ),
        sa.Column(
            "superseded_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Time another took its place 被取代时间",
        ),
        sa.Column(
            "withdrawn_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Time it was withdrawn 撤回时间",
        ),
        sa.Column(
            "withdrawn_by", sa.Text(), nullable=True, comment="Steward who withdrew it 撤回人"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )
    op.create_index("ix_judgement_left_id", "judgement", ["left_id", "right_id"], unique=False)
    op.create_index("ix_judgement_made_at", "judgement", ["made_at"], unique=False)
    op.create_index("ix_judgement_right_id", "judgement", ["right_id"], unique=False)
    op.create_index(
        "uq_judgement_standing",
        "judgement",
        ["left_id", "right_id"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL AND withdrawn_at IS NULL"),
    )
    op.create_table(
        "pin",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column("entity_type", sa.Text(), nullable=False, comment="Table of the golden row"),
        sa.Column("entity_id", sa.Uuid(), nullable=False, comment="Golden row when it was pinned"),
        sa.Column(
            "record_id", sa.Uuid(), nullable=False, comment="Record whose golden row it holds for"
        ),
        sa.Column("column_name", sa.Text(), nullable=False, comment="Column that is pinned"),
        sa.Column(
            "value",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="Value that wins; JSON null: none 固定值",
        ),
        sa.Column("steward", sa.Text(), nullable=False, comment="Steward who pinned it 数据管理员"),
        sa.Column("note", sa.Text(), nullable=True, comment="What the steward noted 备注"),
        sa.Column(
            "made_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="Time it was pinned 固定时间",
        ),
        sa.Column(
            "released_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Time it was released 解除时间",
        ),
        sa.Column(
            "released_by", sa.Text(), nullable=True, comment="Steward who released it 解除人"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin")),
    )
    op.create_index("ix_pin_made_at", "pin", ["made_at"], unique=False)
    op.create_index(
        "ix_pin_record_id",
        "pin",
        ["record_id"],
        unique=False,
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "quarantine_version",
        sa.Column(
            "step",
            sa.BigInteger(),
            server_default=sa.text("nextval('step')"),
            nullable=False,
            comment="Order of what happened to records: when it ended",
        ),
        sa.Column(
            "quarantine_id", sa.Uuid(), nullable=False, comment="Row whose earlier state this is"
        ),
        sa.Column("run_id", sa.Uuid(), nullable=False, comment="Run that had left it so"),
        sa.Column("place", sa.Text(), nullable=True, comment="Where it stood"),
        sa.Column(
            "errors",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="Why it was refused then",
        ),
        sa.Column(
            "row",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            comment="The row as read then",
        ),
        sa.Column("checksum", sa.LargeBinary(), nullable=True, comment="Digest of the row then"),
        sa.Column(
            "resolved_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Set where that state was a release",
        ),
        sa.PrimaryKeyConstraint("step", name=op.f("pk_quarantine_version")),
    )
    op.create_index(
        "ix_quarantine_version_quarantine_id", "quarantine_version", ["quarantine_id"], unique=False
    )
    op.create_index("ix_quarantine_version_run_id", "quarantine_version", ["run_id"], unique=False)
    op.create_table(
        "sighting",
        sa.Column(
            "step",
            sa.BigInteger(),
            server_default=sa.text("nextval('step')"),
            nullable=False,
            comment="Order of what happened to records",
        ),
        sa.Column("run_id", sa.Uuid(), nullable=False, comment="Run that found it so"),
        sa.Column("kind", sa.Text(), nullable=False, comment="Kind of the records"),
        sa.Column("sight", sa.Text(), nullable=False, comment="What it found"),
        sa.Column(
            "external_ids",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="Records that it holds for",
        ),
        sa.PrimaryKeyConstraint("step", name=op.f("pk_sighting")),
    )
    op.create_index("ix_sighting_run_id", "sighting", ["run_id"], unique=False)
    op.add_column(
        "api_key",
        sa.Column(
            "steward",
            sa.Text(),
            nullable=True,
            comment="Name of the steward who decides with it; null: the key decides nothing",
        ),
    )
    op.add_column(
        "change",
        sa.Column(
            "actor",
            sa.Text(),
            nullable=True,
            comment="Steward who caused it; null: a run did 操作人",
        ),
    )
    op.add_column(
        "change", sa.Column("undoes", sa.Uuid(), nullable=True, comment="Run that it takes back")
    )
    op.add_column(
        "record_version",
        sa.Column(
            "step",
            sa.BigInteger(),
            server_default=sa.text("nextval('step')"),
            nullable=False,
            comment="Order of what happened to records: when it ended",
        ),
    )
    op.add_column(
        "record_version",
        sa.Column("stream", sa.Text(), nullable=True, comment="Stream it had come by"),
    )
    op.add_column(
        "record_version",
        sa.Column(
            "resolved",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="Golden columns found from its codes then",
        ),
    )
    op.add_column(
        "record_version",
        sa.Column(
            "id_token",
            sa.LargeBinary(),
            nullable=True,
            comment="Keyed HMAC of the national id then; never shown",
        ),
    )
    op.add_column(
        "record_version",
        sa.Column(
            "person_key",
            sa.Text(),
            nullable=True,
            comment="Key of the person inside its system then",
        ),
    )
    op.add_column(
        "record_version",
        sa.Column("division_id", sa.Uuid(), nullable=True, comment="Division of the record then"),
    )
    op.add_column(
        "record_version",
        sa.Column(
            "missing_since",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Since when it was missing then",
        ),
    )
    op.add_column(
        "record_version",
        sa.Column(
            "refs",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=True,
            comment="References it stated then",
        ),
    )
    op.create_index("ix_record_version_run_id", "record_version", ["run_id"], unique=False)
    op.alter_column(
        "redirect",
        "old_id",
        existing_type=sa.UUID(),
        comment="Id of a golden row merged away",
        existing_comment="Id of a person merged away",
        existing_nullable=False,
    )
    op.alter_column(
        "redirect",
        "new_id",
        existing_type=sa.UUID(),
        comment="Id of the row that took its records over",
        existing_comment="Id of the person who took the records over",
        existing_nullable=False,
    )
    op.add_column(
        "run",
        sa.Column(
            "undone_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="Time it was undone 撤销时间",
        ),
    )
    op.add_column(
        "run",
        sa.Column("undone_by", sa.Text(), nullable=True, comment="Steward who undid it 撤销人"),
    )
    op.create_index(
        "ix_source_record_name",
        "source_record",
        ["division_id", sa.literal_column("(fields ->> 'name')")],
        unique=False,
        postgresql_where=sa.text("kind <> 'DEPUTY'"),
    )

    op.create_table(
        "link_candidate",
        sa.Column("id", sa.Uuid(), nullable=False, comment="Id of the row (UUIDv7)"),
        sa.Column("kind", sa.Text(), nullable=False, comment="Kind of both records 记录类型"),
        sa.Column(
            "left_id", sa.Uuid(), nullable=False, comment="Record with the smaller id 记录一"
        ),
        sa.Column(
            "right_id", sa.Uuid(), nullable=False, comment="Record with the larger id 记录二"
        ),
        sa.Column(
            "score", sa.Float(), nullable=False, comment="Probability that they are the same 评分"
        ),
        sa.Column(
            "rank",
            sa.Float(),
            nullable=False,
            comment="Place in the queue: the smaller, the sooner 排序值",
        ),
        sa.Column(
            "division_id", sa.Uuid(), nullable=False, comment="Division of the left record 行政区划"
        ),
        sa.Column(
            "found_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="Time it was found 发现时间",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_candidate")),
        sa.UniqueConstraint("left_id", "right_id", name=op.f("uq_link_candidate_left_id_right_id")),
    )
    op.create_index("ix_link_candidate_rank", "link_candidate", ["rank", "id"], unique=False)
    op.create_index("ix_link_candidate_right_id", "link_candidate", ["right_id"], unique=False)
    op.create_index("ix_redirect_new_id", "redirect", ["new_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_redirect_new_id", table_name="redirect")
    op.drop_index("ix_link_candidate_right_id", table_name="link_candidate")
    op.drop_index("ix_link_candidate_rank", table_name="link_candidate")
    op.drop_table("link_candidate")
    op.drop_index(
        "ix_source_record_name",
        table_name="source_record",
        postgresql_where=sa.text("kind <> 'DEPUTY'"),
    )
    op.drop_column("run", "undone_by")
    op.drop_column("run", "undone_at")
    op.alter_column(
        "redirect",
        "new_id",
        existing_type=sa.UUID(),
        comment="Id of the person who took the records over",
        existing_comment="Id of the row that took its records over",
        existing_nullable=False,
    )
    op.alter_column(
        "redirect",
        "old_id",
        existing_type=sa.UUID(),
        comment="Id of a person merged away",
        existing_comment="Id of a golden row merged away",
        existing_nullable=False,
    )
    op.drop_index("ix_record_version_run_id", table_name="record_version")
    op.drop_column("record_version", "refs")
    op.drop_column("record_version", "missing_since")
    op.drop_column("record_version", "division_id")
    op.drop_column("record_version", "person_key")
    op.drop_column("record_version", "id_token")
    op.drop_column("record_version", "resolved")
    op.drop_column("record_version", "stream")
    op.drop_column("record_version", "step")
    op.drop_column("change", "undoes")
    op.drop_column("change", "actor")
    op.drop_column("api_key", "steward")
    op.drop_index("ix_sighting_run_id", table_name="sighting")
    op.drop_table("sighting")
    op.drop_index("ix_quarantine_version_run_id", table_name="quarantine_version")
    op.drop_index("ix_quarantine_version_quarantine_id", table_name="quarantine_version")
    op.drop_table("quarantine_version")
    op.drop_index(
        "ix_pin_record_id", table_name="pin", postgresql_where=sa.text("released_at IS NULL")
    )
    op.drop_index("ix_pin_made_at", table_name="pin")
    op.drop_table("pin")
    op.drop_index(
        "uq_judgement_standing",
        table_name="judgement",
        postgresql_where=sa.text("superseded_at IS NULL AND withdrawn_at IS NULL"),
    )
    op.drop_index("ix_judgement_right_id", table_name="judgement")
    op.drop_index("ix_judgement_made_at", table_name="judgement")
    op.drop_index("ix_judgement_left_id", table_name="judgement")
    op.drop_table("judgement")
    op.drop_index("ix_former_link_old_id", table_name="former_link")
    op.drop_table("former_link")
    op.drop_index("ix_conflict_division_id", table_name="conflict")
    op.drop_table("conflict")
    op.execute(sa.schema.DropSequence(sa.Sequence("step")))
