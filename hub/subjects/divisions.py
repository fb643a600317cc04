"""Divisions: their levels, their periods of validity, and what followed each."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import Boolean, Column, Date, Index, Table, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY

from hub.errors import Code, Refusal
from hub.subjects.columns import key, link, listed, metadata, plain
from hub.values import Raw, compact, enum_vocabulary, keyed, quoted, read_word


class Level(Enum):
    """Level of a division or of its congress 层级 (Constitution, art. 30 and 95)."""

    NATIONAL = "The nation 全国"
    PROVINCE = "Province, autonomous region or municipality under the central government 省级"
    PREFECTURE = "Prefecture-level city or autonomous prefecture 设区的市、自治州"
    COUNTY = "County, county-level city or district 县级"
    TOWNSHIP = "Township, town or subdistrict 乡级"
    VILLAGE = "Village or residential community 村级"


class SuccessionKind(Enum):
    """How one division followed another 区划变更类型."""

    RENAMED = "Same code, new name 更名"
    RECODED = "Same name, new code 代码变更"
    UPGRADED = "Same name stem, new kind and code 改设"
    MERGED = "Merged into another 并入"


STEMS = {
    "NATIONAL": "全国 国家 国家级 全国级",
    "PROVINCE": "省 省级 自治区 自治区级 直辖市 直辖市级",
    "PREFECTURE": "设区的市 设区市 设区的市级 地级 地级市 地市级 州 州级 自治州 市州 市(州)",
    "COUNTY": "县 县级 区县 县区 区县级 县区级 县级市 市辖区 自治县 县(市、区) 县(区) 旗",
    "TOWNSHIP": "乡 镇 乡级 镇级 乡镇 乡镇级 乡(镇) 民族乡 街道 街道级 乡镇街道 镇街",
    "VILLAGE": "村 村级 社区 社区级 村社区 村(社区)",
}

ENDINGS = ("", "人大", "人大代表", "代表")

LEVEL_WORDS = enum_vocabulary(
    "level",
    "省级, 设区的市级, 县级 or 乡级, or PROVINCE, PREFECTURE, COUNTY or TOWNSHIP",
    Level,
    {
        name: " ".join(stem + ending for stem in stems.split() for ending in ENDINGS)
        for name, stems in STEMS.items()
    },
)

AMBIGUOUS = {
    keyed(stem + ending): meanings
    for stems, meanings in (
        ("市 市级", "市 may be a prefecture or a county"),
        ("区 区级", "区 may be a district or an autonomous region"),
    )
    for stem in stems.split()
    for ending in ENDINGS
}


def level(value: Raw) -> str | None:
    """Level 层级 of a division or congress as a member's name of Level. None for no value.

    Raises Refusal UNKNOWN_CODE for unknown words and for those that mean different levels in
    different places: 市, 区, and bare numbers.
    """
    try:
        return read_word(value, LEVEL_WORDS)
    except Refusal as refusal:
        code = keyed(compact(value) or "")
        meanings = "a number means another level in each system" if code.isdecimal() else None
        meanings = AMBIGUOUS.get(code, meanings)
        if meanings is None:
            raise
        raise Refusal(
            Code.UNKNOWN_CODE,
            f"{quoted(value)} does not tell the level, {meanings}: give the division code, "
            "or map the words of the source in its manifest.",
        ) from refusal


division = Table(
    "division",
    metadata,
    key(),
    plain(
        "code",
        "Administrative division code, 6 digits to county, 9 for townships 行政区划代码",
        nullable=False,
    ),
    plain("name", "Name of the division 名称", nullable=False),
    listed("level", Level, "Level by the code, never by the word 市 层级", nullable=False),
    link("parent_id", "division", "Division above it 上级行政区划"),
    plain("valid_from", "First day it is listed; null: before the first list 生效日期", Date),
    plain("valid_to", "Last day it is listed; null: still listed 失效日期", Date),
    plain(
        "has_congress",
        "Whether it has a people's congress of its own; a subdistrict has none 是否设人民代表大会",
        Boolean,
        nullable=False,
    ),
    Column("path", ARRAY(Uuid), nullable=False, comment="Ids from the root down to itself"),
    UniqueConstraint("code", "valid_from", postgresql_nulls_not_distinct=True),
    Index("ix_division_parent_id", "parent_id", "code"),
    Index("ix_division_path", "path", postgresql_using="gin"),
    Index("ix_division_unlisted", "code", postgresql_where=text("name = code")),
    info={
        "orders": (
            "code",
            "name",
        )
    },
)

division_succession = Table(
    "division_succession",
    metadata,
    key(),
    link("predecessor_id", "division", "Division that ended", nullable=False),
    link("successor_id", "division", "Division that followed", nullable=False),
    listed("kind", SuccessionKind, "Kind of change 变更类型", nullable=False),
    plain("effective", "First day of the successor, as far as the lists tell", Date),
    plain("source", "Where it is known from 依据", nullable=False),
    UniqueConstraint("predecessor_id", "successor_id"),
    Index("ix_division_succession_successor_id", "successor_id"),
)
