"""Readings in pinyin: one syllable for each character of a folded text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, product
from typing import Any, TypeAlias

from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

from hub.settings import ROOT

Syllables: TypeAlias = tuple[str, ...]

ONE_BY_ONE: Any = list
"""What pypinyin does with characters that have no reading; its types know no lists."""

VOWELS = frozenset("aeiouv")
MAX_READINGS = 4
"""Readings kept of one name: more would help nobody find it."""


@cache
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
    tones = {reading for readings in PINYIN_DICT.values() for reading in readings.split(",")}
    plain = {to_normal(reading) for reading in tones}
    return frozenset(s for s in plain if s.isascii() and not VOWELS.isdisjoint(s))


@lru_cache(maxsize=100_000)
def read(text: str) -> Syllables:
    """The syllables of a folded text that is no person's name, a character each."""
    return tuple(lazy_pinyin(text, errors=ONE_BY_ONE))


@lru_cache(maxsize=50_000)
def read_name(name: str) -> tuple[Syllables, ...]:
    """The readings of a folded personal name, the likeliest first.

    >>> read_name("单雄信")
    (('shan', 'xiong', 'xin'), ('dan', 'xiong', 'xin'))
    """
    surname = name[:2] if name[:2] in _listed("surname") else name[:1]
    heads = [tuple(reading.split()) for reading in _listed("surname").get(surname, ())]
    tails = product(*_given(name[len(surname) :]))
    pairs = product(heads or [read(surname)], tails)
    return tuple(head + tail for head, tail in islice(pairs, MAX_READINGS))


def _given(name: str) -> Iterator[list[str]]:
    """For each character its readings, the one that fits the whole first."""
    for char, usual in zip(name, read(name), strict=True):
        others = _listed("given").get(char, ())
        yield [usual, *(reading for reading in others if reading != usual)]


def names_of(char: str) -> tuple[Syllables, ...]:
    """The readings that a character has in names, as a surname, as a given name and elsewhere."""
    given = tuple((reading,) for reading in _listed("given").get(char, ()))
    return (*read_name(char), *given, read(char))
