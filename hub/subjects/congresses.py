"""Congresses, one term each."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, Integer, UniqueConstraint

from hub import values
from hub.subjects.columns import amount, golden, link, listed, plain
from hub.subjects.divisions import Level
from hub.subjects.fields import DIVISION_FIELDS, EXTERNAL_ID, LEVEL, feeding
from hub.subjects.kinds import Kind, Placing
from hub.subjects.record_kinds import RecordKind

congress = golden(
    "congress",
    link("division_id", "division", "Division whose congress it is 行政区划", nullable=False),
    listed("level", Level, "Level 层级", nullable=False),
    plain("term", "Number of the term, the 14th is 14 届次", Integer),
    plain("name", "Full name with the term 名称", nullable=False),
    plain("start_date", "Opening day of the term's first session 届起始日期", Date),
    plain("end_date", "Last day of the term 届终止日期", Date),
    amount(
        plain(
            "seats", "Number of seats fixed for the term (Electoral Law art. 12) 代表名额", Integer
        )
    ),
    UniqueConstraint("division_id", "term", postgresql_nulls_not_distinct=True),
    Index("ix_congress_level", "level"),
    orders=(
        "name",
        "term",
        "start_date",
        "end_date",
        "seats",
    ),
)

_congress = feeding(congress)

CONGRESS = Kind(
    RecordKind.CONGRESS,
    "Congress",
    "Congresses",
    congress,
    (
        EXTERNAL_ID,
        *DIVISION_FIELDS,
        LEVEL,
        _congress("term", values.term, int),
        _congress("name", values.short_text),
        _congress("startDate", values.iso_day, date),
        _congress("endDate", values.iso_day, date),
        _congress("seats", values.integer, int),
    ),
    placing=Placing.CONGRESS,
)

KINDS = (CONGRESS,)
