"""Names of persons."""

from __future__ import annotations

import re
import unicodedata

from hub.errors import Code, Refusal
from hub.values.raw import BREAKS, MISSING, Raw, quoted, text, too_long

MAX_NAME = 60
HAN = "[□\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
DOTS = ".·•∙⋅・･‧․﹒．⸱ㆍ⦁ꞏ᛫◦▪˙｡。"
DOT_IN_NAME = re.compile(f"(?<={HAN})(?: ?[{re.escape(DOTS)}])+ ?(?={HAN})")
BLANK_IN_NAME = re.compile(f"(?<={HAN}) (?={HAN})")
PRIVATE = range(0xE000, 0xF900)
"""Characters of a vendor's own, which no other system can read."""
LOST = dict.fromkeys((*map(ord, "?？\ufffd■█〓▯☐◯*○●×※"), *PRIVATE), "□")
"""What stands where an encoding lost a rare character, or where a mask hides one."""
OPENING, CLOSING = "(（[［【〔〈《{｛", ")）]］】〕〉》}｝"
SEX_BEHIND = re.compile(f"(?<={HAN}{HAN}) [男女]$")
FULL_NAME = f"{HAN}{{2,4}}"
TWO_NAMES = re.compile(f"({FULL_NAME})(?: {FULL_NAME})+")
COMPOUND_WORDS = (
    "欧阳 司马 上官 诸葛 司徒 东方 夏侯 皇甫 尉迟 公孙 长孙 慕容 宇文 令狐 端木 独孤 南宫 "
    "西门 轩辕 百里 呼延 第五 申屠 闻人 澹台 公冶 宗政 濮阳 淳于 单于 太叔 仲孙 钟离 鲜于 "
    "闾丘 司空 亓官 司寇 子车 颛孙 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷 宰父 谷梁 段干 "
    "东郭 南门 微生 梁丘 左丘 东门 纳兰"
)
COMPOUND_SURNAMES = frozenset(COMPOUND_WORDS.split())
"""Surnames 复姓 of two characters, which may stand apart from the given name."""
BREAK = re.compile(f"[{BREAKS}]+")
ALLOWED_SIGNS = frozenset(" ·-'’.〇□")


def name(value: Raw) -> str | None:
    """A personal name: blanks inside Chinese names removed, any middle dot written as ·.

    Notes in brackets before it or behind it, such as （女）, and the sex behind a blank are cut
    off; a character that is lost or hidden is written as □. None for no value. Raises Refusal
    UNREADABLE_VALUE where all characters are lost, some cannot belong to a name, or it is the
    names of two persons: on two lines, or two of two to four characters with a blank between
    them. VALUE_TOO_LONG above 60 characters.
    """
    if value is None or value == "":
        return None
    if type(value) is str and is_plain_name(value):
        return None if value in MISSING else value
    cleaned = text(value)
    if cleaned is None:
        return None
    bare = without_notes(cleaned)
    check_one_person(value, bare)
    whole = bare.translate(LOST)
    joined = BLANK_IN_NAME.sub("", DOT_IN_NAME.sub("·", whole))
    check_name(joined)
    return None if joined in MISSING else joined


def is_plain_name(value: str) -> bool:
    """Whether the name is letters only and needs no cleaning."""
    return value.isalpha() and len(value) <= MAX_NAME and unicodedata.is_normalized("NFKC", value)


def without_notes(value: str) -> str:
    """The name without notes in brackets before it and behind it, and without its sex."""
    while value.endswith(tuple(CLOSING)):
        start = max(map(value.rfind, OPENING))
        if start <= 0:
            raise unreadable(value, "is not a name")
        value = value[:start].rstrip()
    while value.startswith(tuple(OPENING)):
        end = min((at for at in map(value.find, CLOSING) if at > 0), default=0)
        if not end:
            raise unreadable(value, "is not a name")
        value = value[end + 1 :].lstrip()
    return SEX_BEHIND.sub("", value)


def check_one_person(value: Raw, bare: str) -> None:
    """Raises the Refusal of two persons in one cell; `bare` is the value without notes."""
    two = TWO_NAMES.fullmatch(bare)
    lines = [text(line) for line in BREAK.split(value)] if isinstance(value, str) else []
    broken = sum(line is not None and line[0] not in OPENING for line in lines) > 1
    if broken or (two and two[1] not in COMPOUND_SURNAMES):
        raise Refusal(
            Code.UNREADABLE_VALUE,
            f"{quoted(value)} looks like the names of two persons: give each a row of its own. "
            "Of one person write the name without a break or blank, or with · between its parts.",
        )


def check_name(value: str) -> None:
    """Raises the Refusal of a name that cannot be read."""
    if len(value) > MAX_NAME:
        raise too_long(len(value), MAX_NAME)
    if any(char.isdigit() for char in value):
        raise Refusal(
            Code.UNREADABLE_VALUE,
            "The name holds digits: check whether the columns of the row are shifted.",
        )
    if "□" in value and not any(map(str.isalpha, value)):
        raise unreadable(value, "has lost all its characters")
    if not all(map(may_stand_in_name, value)) or not may_begin_and_end(value):
        raise unreadable(value, "is not a name")


def may_stand_in_name(char: str) -> bool:
    # Planes 2 and 3 hold rare characters, newer ones than this Python's Unicode tables know.
    return (
        char.isalpha()
        or char in ALLOWED_SIGNS
        or "\U00020000" <= char < "\U00040000"
        or unicodedata.category(char).startswith("M")
    )


def may_begin_and_end(value: str) -> bool:
    return bool(value) and value[0] not in " ·-'’." and value[-1] not in " ·-"


def unreadable(value: str, what: str) -> Refusal:
    return Refusal(
        Code.UNREADABLE_VALUE,
        f"{quoted(value)} {what}: write the full name in letters or Chinese characters, "
        "and export the source in UTF-8 or GB 18030.",
    )
