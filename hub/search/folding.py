"""Fold a text to what search compares: one form for all ways to write the same.

Full-width and compatibility forms become plain ones, traditional and variant characters
simplified ones, capitals small ones. Blanks, middle dots and all other signs go. Latin letters
lose their marks; ü becomes v, as on a keyboard.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from opencc import OpenCC

VARIANTS = dict(
    zip(
        "髙﨑靑淸彞囯𠮷邨翺翶廼峩甦畧荅恠竝冺颕裵槑珎寳尓冄覇濶皜晧亜徳歩戸沢嶋菓韮勅麹兎奬欎",
        "高崎青清彝国吉村翱翱乃峨苏略答怪并泯颖裴梅珍宝尔冉霸阔皓皓亚德步户泽岛果韭敕曲兔奖郁",
        strict=True,
    )
)
"""Variant characters of names that are no traditional ones, with the standard characters."""

LOST = "□"
"""Stands for a character that a source lost; it stays, so that all others keep their places."""

DOT_LETTER = "\u119e"
"""A Korean letter in the compatibility form of which some write the middle dot."""


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


class _Folding(dict[int, str]):
    """What each character folds to, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = "".join(map(_fold_character, _simplify(chr(code))))
        self[code] = folded
        return folded


def _simplify(char: str) -> str:
    simple: str = _converter().convert(char)
    return VARIANTS.get(simple, simple).casefold().replace("ü", "v")


def _fold_character(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0]
    if base.isascii():
        char = "v" if char in "ǖǘǚǜ" else base
    return char if _is_kept(char) and char != DOT_LETTER else ""


def _is_kept(char: str) -> bool:
    # Planes 2 and 3 hold rare characters, newer ones than this Python's Unicode tables know.
    return (
        char.isalnum()
        or char == LOST
        or "\U00020000" <= char < "\U00040000"
        or unicodedata.category(char).startswith("M")
    )


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The folded form of a text; empty where only signs are in it.

    >>> fold("王 小明"), fold("陳曉東"), fold("阿依·古丽"), fold("Ｗáng")
    ('王小明', '陈晓东', '阿依古丽', 'wang')
    """
    return unicodedata.normalize("NFKC", text).translate(_FOLDING)
