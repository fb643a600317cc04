"""The table of the search index (`hub.search`)."""

from __future__ import annotations

from sqlalchemy import Column, Index, SmallInteger, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY

from hub.subjects.columns import metadata, plain

GRAMS = "(string_to_array(folded || COALESCE(address, ''), NULL) || string_to_array(reading, ' '))"
"""The characters and syllables of a search entry."""

search_entry = Table(
    "search_entry",
    metadata,
    Column("entity_id", Uuid, primary_key=True, comment="Golden row or division found"),
    Column(
        "number", SmallInteger, primary_key=True, comment="0; from 1 on other readings of the name"
    ),
    Column("rank", SmallInteger, nullable=False, comment="Order in answers: kind, township, ended"),
    plain("name", "Name as it is written", nullable=False),
    Column("folded", Text(collation="C"), comment="Name as search compares it; null for readings"),
    plain("address", "Address as search compares it"),
    Column(
        "reading",
        Text(collation="C"),
        nullable=False,
        comment="Pinyin: first syllable, initials of the others, the others",
    ),
    Column("division_ids", ARRAY(Uuid), nullable=False, comment="Divisions it lies in, all levels"),
    Index("ix_search_entry_folded", "rank", "folded"),
    Index("ix_search_entry_reading", "rank", "reading"),
    Index(
        "ix_search_entry_grams",
        text(GRAMS),
        postgresql_using="gin",
        postgresql_with={"gin_pending_list_limit": "256"},
    ),
)
