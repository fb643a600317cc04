"""Read what a person types: characters, full pinyin, initials, and any mix of them.

Letters may be cut into syllables in several ways: `xian` is 先 or 西安, `lan` is 兰 or the initials
of 李安宁. All likely ways are searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from itertools import islice, product
from typing import TypeAlias

from hub.search.readings import syllables
from hub.values import fold_for_search


class Form(Enum):
    """How a token stands for a character."""

    CHARACTER = "the character itself, or a digit"
    SYLLABLE = "its whole syllable"
    START = "the start of its syllable"


@dataclass(frozen=True, slots=True)
class Token:
    """What was typed for one character."""

    text: str
    form: Form


Cut: TypeAlias = tuple[Token, ...]

MAX_CUTS = 6
MAX_INITIALS = 4
"""Letters that may be initials although they are whole syllables too, such as lan."""

BOUNDARY = re.compile(r"[\s'’`·•\-]+")
RUN = re.compile(r"[a-z]+|.", re.DOTALL)
SPELLINGS = {"lue": "lve", "nue": "nve", "lyu": "lv", "nyu": "nv"}
"""Other spellings of syllables: those of passports, and those without ü."""


def split_pieces(text: str) -> list[str]:
    """The folded pieces of a text between blanks, apostrophes and dots."""
    return [piece for piece in map(fold_for_search, BOUNDARY.split(text)) if piece]


def cuts(pieces: list[str]) -> list[Cut]:
    """The likely ways to take pieces as one token for each character, those of few tokens first."""
    runs = [run for piece in pieces for run in RUN.findall(piece)]
    ways = [_cut_run(run, is_last=at == len(runs) - 1) for at, run in enumerate(runs)]
    joined: Iterable[Cut] = (sum(way, ()) for way in product(*ways))
    return _likely(sorted(islice(joined, MAX_CUTS * 2), key=len))


def is_typed_out(cut: Cut) -> bool:
    """Whether every token but the last, which may be half typed, is a whole syllable."""
    return all(token.form is Form.SYLLABLE for token in cut[:-1])


def _likely(ways: list[Cut]) -> list[Cut]:
    """Where the letters are whole syllables, they are no mix; few letters may be initials yet."""
    if not any(is_typed_out(way) and way[-1].form is Form.SYLLABLE for way in ways):
        return ways
    return [way for way in ways if is_typed_out(way) or _is_short(way)]


def _is_short(way: Cut) -> bool:
    return len(way) <= MAX_INITIALS and all(len(token.text) == 1 for token in way)


def _cut_run(run: str, *, is_last: bool) -> list[Cut]:
    """The ways to cut a run of letters; another character is a token by itself."""
    if not run.isascii() or not run.isalpha():
        return [(Token(run, Form.CHARACTER),)]
    best: list[list[Cut]] = [[()], *([] for _ in run)]
    for end in range(1, len(run) + 1):
        ends_text = is_last and end == len(run)
        ways = [
            (*before, token)
            for start in range(max(0, end - 6), end)
            for token in _tokens(run[start:end], ends_text=ends_text)
            for before in best[start]
        ]
        best[end] = sorted(ways, key=len)[:MAX_CUTS]
    return _with_initials(best[-1], run)


def _with_initials(ways: list[Cut], run: str) -> list[Cut]:
    """The ways, and each letter as an initial, which would be cut off last."""
    letters = tuple(Token(letter, Form.START) for letter in run)
    if letters not in ways and all(letter in starts() for letter in run):
        return [*ways, letters]
    return ways


def _tokens(text: str, *, ends_text: bool) -> Iterator[Token]:
    whole = SPELLINGS.get(text, text)
    is_whole = whole in syllables()
    if is_whole:
        yield Token(whole, Form.SYLLABLE)
    if text in INITIALS or (ends_text and not is_whole and text in starts()):
        yield Token(text, Form.START)


INITIALS = frozenset("abcdefghjklmnopqrstwxyz") | {"zh", "ch", "sh"}


@cache
def starts() -> frozenset[str]:
    """All starts of syllables, the whole ones too."""
    return frozenset(
        syllable[:end] for syllable in syllables() for end in range(1, len(syllable) + 1)
    )
