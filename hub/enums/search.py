"""The closed lists of search."""

from __future__ import annotations

from enum import Enum


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
