"""Search: what it finds, and the table of its index (`hub.search`)."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import Column, Index, SmallInteger, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY

from hub.subjects.columns import metadata, plain


class SearchKind(Enum):
    """What a search finds 搜索对象, in the order of the answer where all else is equal."""

    # The store holds a kind's number in this list: new kinds go to its end.

    PERSON = "A natural person 自然人"
    DIVISION = "An administrative division 行政区划"
    CONGRESS = "A congress in one term 人民代表大会（届）"
    HOME = "A home for deputies 代表之家"
    STATION = "A liaison station 代表联络站"
    GROUP = "A deputy group 代表小组"


class SearchMatch(Enum):
    """What of a row matches a search 匹配方式, the best first."""

    NAME = "The whole name 名称相同"
    NAME_START = "The name starts with it 名称开头"
    PINYIN = "It is the pinyin of the whole name 全名拼音"
    PINYIN_START = "The pinyin of the name starts with it 拼音开头"
    INITIALS = "Initials, or a mix with characters or pinyin, of the whole name 全名首字母"
    INITIALS_START = "The name starts with such initials 首字母开头"
    NAME_PART = "The name holds it 名称包含"
    ADDRESS = "The address holds it 地址包含"
    PINYIN_PART = "The pinyin of the name holds it 拼音包含"


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
