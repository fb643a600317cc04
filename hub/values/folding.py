"""One form for all ways to write a character, and what follows from it for search and for linking.

Full-width and compatibility forms become plain ones, traditional, Japanese and variant characters
simplified ones, capitals small ones. What else is left out or joined is a second step: search
drops what is no letter, linking joins characters that registers mix up.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from opencc import OpenCC

LOST = "□"
"""Stands for a character that a source lost; it stays, so that all others keep their places."""

DOT_LETTER = "\u119e"
"""A Korean letter in the compatibility form of which some write the middle dot."""

VARIANTS = Path(__file__).parents[2] / "data" / "codes" / "name_variants.csv"
"""Variants that the tables of OpenCC leave apart, and characters that registers mix up."""

REGIONS = ("jp2t", "hk2t", "tw2t")
"""The tables that make traditional characters of those of a region."""


@lru_cache
def variants(joined_in: str) -> Mapping[str, str]:
    """The form of each variant character: `all` texts, or `registers` for those mixed up there."""
    with VARIANTS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {row["variant"]: row["form"] for row in rows if row["joined_in"] == joined_in}


class Remembered(dict[int, str]):
    """What a function makes of each character, by the character's number; asked for once."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, number: int) -> str:
        self[number] = made = self._make(chr(number))
        return made


@lru_cache
def _converter(table: str) -> OpenCC:
    return OpenCC(table)


def _simplify(char: str) -> str:
    simple: str = _converter("t2s").convert(char)
    if simple == char and not _is_standard(char):
        for table in REGIONS:
            simple = _converter(table).convert(simple)
        simple = _converter("t2s").convert(simple)
    return simple


def _is_standard(char: str) -> bool:
    """Whether a character is one of GB 2312: the Japanese table would take 芸 for 藝."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _fold(char: str) -> str:
    simple = _simplify(unicodedata.normalize("NFKC", char))
    return variants("all").get(simple, simple).casefold()


# --- For search -----------------------------------------------------------------------------------


def _letters(char: str) -> str:
    return "".join(map(_letter, _fold(char).replace("ü", "v")))


def _letter(char: str) -> str:
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


_LETTERS = Remembered(_letters)


def fold_for_search(text: str) -> str:
    """The folded letters of a text, as search compares them; empty where only signs are in it.

    Blanks, middle dots and all other signs go. Latin letters lose their marks; ü becomes v, as on
    a keyboard.

    >>> fold_for_search("王 小明"), fold_for_search("阿依·古丽"), fold_for_search("Ｗáng")
    ('王小明', '阿依古丽', 'wang')
    """
    return unicodedata.normalize("NFKC", text).translate(_LETTERS)


# --- For linking ----------------------------------------------------------------------------------


def _mixed(char: str) -> str:
    folded = _fold(char)
    return variants("registers").get(folded, folded)


_MIXED = Remembered(_mixed)


def fold_for_linking(text: str) -> str:
    """A text in folded characters, those that registers mix up as one.

    >>> fold_for_linking("陳曉東"), fold_for_linking("髙橋"), fold_for_linking("傅·Ｗáng")
    ('陈晓东', '高桥', '付·wáng')
    """
    return unicodedata.normalize("NFKC", text).translate(_MIXED)
