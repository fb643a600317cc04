"""What the supervision board counts, kept up to date by triggers (migrations, `owed_replies`)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, Table

from hub.subjects.columns import link, listed, metadata, plain
from hub.subjects.supervision import SupervisionAspect

board_tally = Table(
    "board_tally",
    metadata,
    link("division_id", "division", "Division 行政区划", nullable=False),
    listed("aspect", SupervisionAspect, "Aspect 监督方面", nullable=False),
    plain("year", "Year 年度", Integer, nullable=False),
    plain("is_done", "Whether it is done 是否完成", Boolean, nullable=False),
    plain("due_on", "Day it is due, of what is not done 期限", Date),
    Column("items", BigInteger, nullable=False, comment="How many there are 数量"),
    Index(
        "uq_board_tally",
        "division_id",
        "aspect",
        "year",
        "is_done",
        "due_on",
        unique=True,
        postgresql_nulls_not_distinct=True,
    ),
)
