"""The table of linking: which records the model takes for one person."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Table, Uuid

from hub.tables.columns import metadata, plain

score_link = Table(
    "score_link",
    metadata,
    Column("left_id", Uuid, primary_key=True, comment="Record with the smaller id"),
    Column("right_id", Uuid, primary_key=True, comment="Record with the larger id"),
    plain("score", "Probability that they are of one person 评分", Float, nullable=False),
    Index("ix_score_link_right_id", "right_id"),
)
