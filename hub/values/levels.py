"""Levels of divisions and congresses."""

from __future__ import annotations

from hub import enums
from hub.errors import Code, Refusal
from hub.values.codes import enum_vocabulary, keyed, read_word
from hub.values.raw import Raw, compact, quoted

STEMS = {
    "NATIONAL": "全国 国家 国家级 全国级",
    "PROVINCE": "省 省级 自治区 自治区级 直辖市 直辖市级",
    "PREFECTURE": "设区的市 设区市 设区的市级 地级 地级市 地市级 州 州级 自治州 市州 市(州)",
    "COUNTY": "县 县级 区县 县区 区县级 县区级 县级市 市辖区 自治县 县(市、区) 县(区) 旗",
    "TOWNSHIP": "乡 镇 乡级 镇级 乡镇 乡镇级 乡(镇) 民族乡 街道 街道级 乡镇街道 镇街",
    "VILLAGE": "村 村级 社区 社区级 村社区 村(社区)",
}
ENDINGS = ("", "人大", "人大代表", "代表")
LEVEL = enum_vocabulary(
    "level",
    "省级, 设区的市级, 县级 or 乡级, or PROVINCE, PREFECTURE, COUNTY or TOWNSHIP",
    enums.Level,
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
    """Level 层级 of a division or congress as a member's name of enums.Level. None for no value.

    Raises Refusal UNKNOWN_CODE for unknown words and for those that mean different levels in
    different places: 市, 区, and bare numbers.
    """
    try:
        return read_word(value, LEVEL)
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
