"""The tables of stewardship: judgements, pins, conflicts, and what undoing needs to know."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from hub.subjects.columns import STEP, key, link, listed, metadata, plain
from hub.subjects.record_kinds import RecordKind
from hub.subjects.source_records import Sight


class Verdict(Enum):
    """What a judgement says of two records 判定."""

    SAME = "They are of one person or place 同一"
    DIFFERENT = "They are of two 不同"
    UNSURE = "Left open for later 待定"


class Judge(Enum):
    """What a judgement rests on 判定依据."""

    RULE = "A rule of the hub 规则"
    SCORE = "The score of a comparison 评分"
    STEWARD = "The word of a steward, which outranks rules and scores 数据管理员"


class Agreement(Enum):
    """How the values of two records agree 比对结果."""

    EQUAL = "The same, but for form 一致"
    CLOSE = "Nearly the same 相近"
    DIFFERENT = "Different 不同"
    MISSING = "One of the two states none 缺失"


TIME = DateTime(timezone=True)


def made_at(name: str, comment: str) -> Column[object]:
    """A time that the store sets."""
    return Column(name, TIME, nullable=False, server_default=func.now(), comment=comment)


STANDS = text("superseded_at IS NULL AND withdrawn_at IS NULL")

judgement = Table(
    "judgement",
    metadata,
    key(),
    listed("kind", RecordKind, "Kind of both records 记录类型", nullable=False),
    link("left_id", "source_record", "Record with the smaller id 记录一", nullable=False),
    link("right_id", "source_record", "Record with the larger id 记录二", nullable=False),
    listed("verdict", Verdict, "What it says 判定", nullable=False),
    listed("made_by", Judge, "What it rests on 判定依据", nullable=False),
    plain("score", "Probability that they are the same, as computed then 评分", Float),
    Column("evidence", JSONB, comment="What was compared, as it was then 证据"),
    plain("steward", "Steward who decided 数据管理员"),
    plain("note", "What the steward noted 备注"),
    made_at("made_at", "Time it was made 判定时间"),
    plain("superseded_at", "Time another took its place 被取代时间", TIME),
    plain("withdrawn_at", "Time it was withdrawn 撤回时间", TIME),
    plain("withdrawn_by", "Steward who withdrew it 撤回人"),
    Index("uq_judgement_standing", "left_id", "right_id", unique=True, postgresql_where=STANDS),
    Index("ix_judgement_left_id", "left_id", "right_id"),
    Index("ix_judgement_right_id", "right_id"),
    info={
        "orders": (
            "score",
            "made_at",
        )
    },
)

link_candidate = Table(
    "link_candidate",
    metadata,
    key(),
    listed("kind", RecordKind, "Kind of both records 记录类型", nullable=False),
    link("left_id", "source_record", "Record with the smaller id 记录一", nullable=False),
    link("right_id", "source_record", "Record with the larger id 记录二", nullable=False),
    plain("score", "Probability that they are the same 评分", Float, nullable=False),
    plain("rank", "Place in the queue: the smaller, the sooner 排序值", Float, nullable=False),
    link("division_id", "division", "Division of the left record 行政区划", nullable=False),
    made_at("found_at", "Time it was found 发现时间"),
    UniqueConstraint("left_id", "right_id"),
    Index("ix_link_candidate_right_id", "right_id"),
    info={
        "orders": (
            "rank",
            "score",
            "found_at",
        )
    },
)

pin = Table(
    "pin",
    metadata,
    key(),
    plain("entity_type", "Table of the golden row", nullable=False),
    Column("entity_id", Uuid, nullable=False, comment="Golden row when it was pinned"),
    link("record_id", "source_record", "Record whose golden row it holds for", nullable=False),
    plain("column_name", "Column that is pinned", nullable=False),
    Column("value", JSONB, nullable=False, comment="Value that wins; JSON null: none 固定值"),
    plain("steward", "Steward who pinned it 数据管理员", nullable=False),
    plain("note", "What the steward noted 备注"),
    made_at("made_at", "Time it was pinned 固定时间"),
    plain("released_at", "Time it was released 解除时间", TIME),
    plain("released_by", "Steward who released it 解除人"),
    Index("ix_pin_record_id", "record_id", postgresql_where=text("released_at IS NULL")),
    info={
        "orders": (
            "made_at",
            "released_at",
        )
    },
)

conflict = Table(
    "conflict",
    metadata,
    key(),
    plain("entity_type", "Table of the golden row", nullable=False),
    Column("entity_id", Uuid, nullable=False, comment="Golden row"),
    plain("column_name", "Column for which its records state several values", nullable=False),
    link("division_id", "division", "Division of the golden row 行政区划", nullable=False),
    made_at("found_at", "Time it was found 发现时间"),
    UniqueConstraint("entity_id", "column_name"),
    Index("ix_conflict_division_id", "division_id"),
    info={"orders": ("found_at",)},
)

former_link = Table(
    "former_link",
    metadata,
    Column("record_id", Uuid, primary_key=True, comment="Record that moved"),
    Column("old_id", Uuid, primary_key=True, comment="Golden row that it left"),
    Column("new_id", Uuid, nullable=False, comment="Golden row that it went to"),
    plain("is_person", "Whether they are persons", Boolean, nullable=False),
    made_at("at", "Time it moved"),
    Column(
        "is_past",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="Whether it came back from there: then only the id leads on",
    ),
    Index("ix_former_link_old_id", "old_id"),
)

sighting = Table(
    "sighting",
    metadata,
    Column(
        "step",
        BigInteger,
        STEP,
        primary_key=True,
        server_default=STEP.next_value(),
        comment="Order of what happened to records",
    ),
    Column("run_id", Uuid, nullable=False, comment="Run that found it so"),
    listed("kind", RecordKind, "Kind of the records", nullable=False),
    listed("sight", Sight, "What it found", nullable=False),
    Column("external_ids", ARRAY(Text), nullable=False, comment="Records that it holds for"),
    Index("ix_sighting_run_id", "run_id"),
)

quarantine_version = Table(
    "quarantine_version",
    metadata,
    Column(
        "step",
        BigInteger,
        STEP,
        primary_key=True,
        server_default=STEP.next_value(),
        comment="Order of what happened to records: when it ended",
    ),
    Column("quarantine_id", Uuid, nullable=False, comment="Row whose earlier state this is"),
    Column("run_id", Uuid, nullable=False, comment="Run that had left it so"),
    Column("place", Text, comment="Where it stood"),
    Column("errors", JSONB, nullable=False, comment="Why it was refused then"),
    Column("row", JSONB, nullable=False, comment="The row as read then"),
    Column("checksum", LargeBinary, comment="Digest of the row then"),
    Column("resolved_at", TIME, comment="Set where that state was a release"),
    Index("ix_quarantine_version_quarantine_id", "quarantine_id"),
    Index("ix_quarantine_version_run_id", "run_id"),
)

priority_rule = Table(
    "priority_rule",
    metadata,
    key(),
    listed("kind", RecordKind, "Kind of record 记录类型", nullable=False),
    plain("field", "Field the rule is for; null: every field of the kind 字段"),
    Column("system_codes", ARRAY(Text), nullable=False, comment="Systems, the first wins 优先顺序"),
    UniqueConstraint("kind", "field", postgresql_nulls_not_distinct=True),
)
