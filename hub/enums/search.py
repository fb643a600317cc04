"""The closed lists of search."""

from __future__ import annotations

from enum import Enum


class SearchKind(Enum):
    """What a search finds 搜索对象, in the order of the answer where all else is equal.

    The store holds a kind's number in this list: new kinds go to its end.
    """

    PERSON = "A natural person 自然人"
    DIVISION = "An administrative division 行政区划"
    CONGRESS = "A congress in one term 人民代表大会（届）"
    HOME = "A home for deputies 代表之家"
    STATION = "A liaison station 代表联络站"
    GROUP = "A deputy group 代表小组"
