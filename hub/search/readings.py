"""Readings in pinyin: one syllable for each character of a folded text."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from itertools import islice, product
from typing import Any, TypeAlias

from hub.settings import ROOT

Syllables: TypeAlias = tuple[str, ...]

ONE_BY_ONE: Any = list
"""What pypinyin does with characters that have no reading; its types know no lists."""

VOWELS = frozenset("aeiouv")
MAX_READINGS = 4
"""Readings kept of one name: more would help nobody find it."""


@lru_cache
def _listed(part: str) -> dict[str, list[str]]:
    """The readings of `data/name_readings.csv`, the usual one first."""
    with (ROOT / "data" / "name_readings.csv").open(encoding="utf-8") as file:
        return {
            row["text"]: row["readings"].split("|")
            for row in csv.DictReader(file)
            if row["part"] == part
        }


@cache
def syllables() -> frozenset[str]:
    """All syllables that a character can have, without tones."""
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - see `read`
    from pypinyin.contrib.tone_convert import to_normal  # noqa: PLC0415

    tones = {reading for readings in PINYIN_DICT.values() for reading in readings.split(",")}
    plain = {to_normal(reading) for reading in tones}
    return frozenset(s for s in plain if s.isascii() and not VOWELS.isdisjoint(s))


@lru_cache(maxsize=20_000)
def read(text: str) -> Syllables:
    """The syllables of a folded text that is no person's name, a character each."""
    # 0.2 s that commands need not wait which read no name
    from pypinyin import lazy_pinyin  # noqa: PLC0415
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415

    if len(text) == len("给定") and text not in phrases_dict:
        return read(text[0]) + read(text[1])  # most given names are no word
    return tuple(lazy_pinyin(text, errors=ONE_BY_ONE))


def read_name(name: str) -> tuple[Syllables, ...]:
    """The readings of a folded personal name, the likeliest first.

    >>> read_name("单雄信")
    (('shan', 'xiong', 'xin'), ('dan', 'xiong', 'xin'))
    """
    surname = name[:2] if name[:2] in _listed("surname") else name[:1]
    heads, tails = _read_surname(surname), _read_given(name[len(surname) :])
    if len(heads) == len(tails) == 1:
        return (heads[0] + tails[0],)
    return tuple(head + tail for head, tail in islice(product(heads, tails), MAX_READINGS))


@lru_cache(maxsize=20_000)
def _read_surname(surname: str) -> tuple[Syllables, ...]:
    listed = _listed("surname").get(surname)
    return tuple(tuple(reading.split()) for reading in listed) if listed else (read(surname),)


@lru_cache(maxsize=100_000)
def _read_given(name: str) -> tuple[Syllables, ...]:
    """The readings of a given name: for each character the one that fits the whole first."""
    usual, listed = read(name), _listed("given")
    ways = (
        dict.fromkeys((fitting, *listed.get(char, ())))
        for char, fitting in zip(name, usual, strict=True)
    )
    return tuple(islice(product(*ways), MAX_READINGS))


def names_of(char: str) -> tuple[Syllables, ...]:
    """The readings that a character has in names, as a surname, as a given name and elsewhere."""
    given = tuple((reading,) for reading in _listed("given").get(char, ()))
    return (*read_name(char), *given, read(char))
