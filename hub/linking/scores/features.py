"""What a record says about its person, in numbers that can be compared.

A row holds comparison forms only: what the graph shows stays the source's value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hub.linking.scores.words import (
    SIGNATURE_WORDS,
    code,
    code_points,
    fold_work,
    signatures,
    sound,
)
from hub.values import LOST, IdParts, fold_for_linking

NAME_LENGTH = 6
"""Characters of a name that are compared."""

ROW = np.dtype(
    [
        ("name", "i8"),
        ("chars", "u4", NAME_LENGTH),
        ("sounds", "u4", NAME_LENGTH),
        ("length", "i1"),
        ("birth", "i2", 3),
        ("other_birth", "i2", 3),
        ("gender", "i1"),
        ("ethnicity", "i8"),
        ("token", "i8"),
        ("is_own", "i1"),
        ("head", "i8"),
        ("tail", "i8"),
        ("tail_end", "i8"),
        ("phones", "i8", 2),
        ("work", "i8"),
        ("words", "u8", SIGNATURE_WORDS),
        ("town", "i8"),
        ("village", "i8"),
        ("party", "i8"),
        ("education", "i1"),
        ("system", "i8"),
        ("term", "i2"),
        ("level", "i1"),
        ("division", "i8"),
        ("area", "i8", 4),
    ]
)
Table = NDArray[np.void]
"""Rows of one dtype; for deputies it is `ROW`. 0 stands for no value."""


class Said(NamedTuple):
    """What a record says of its person, as the intake has normalised it.

    `birth` is YYYY, YYYY-MM or YYYY-MM-DD. `area` are the codes of province, prefecture, county
    and township in which the mandate lies, as far as the record tells, by division or by electoral
    unit; `level` says how many of them its own congress has. `id_token` stands for a whole ID
    number; `id_parts` holds keyed tokens of what a masked one shows.
    """

    name: str
    system: str
    division: str
    level: int
    area: tuple[str, ...]
    term: int | None = None
    gender: str | None = None
    ethnicity: str | None = None
    birth: str | None = None
    id_token: bytes | None = None
    id_parts: IdParts | None = None
    phone: str | None = None
    work: str | None = None
    unit: str | None = None
    party: str | None = None
    education: str | None = None


GENDERS = {"MALE": 1, "FEMALE": 2}
EDUCATION = {
    word: rank
    for rank, line in enumerate(
        (
            "小学",
            "初中",
            "高中 中专 中等专科 职高 技校",
            "大专 大学专科",
            "大学 大学本科",
            "硕士 研究生 博士",
        ),
        start=1,
    )
    for word in line.split()
}


def table_of(records: Iterable[Said]) -> Table:
    """The rows of records, in their order."""
    told = list(records)
    works = [fold_work(it.work) if it.work else "" for it in told]
    homes = [home_names(it.unit, it.work) for it in told]
    parts = [it.id_parts or NO_PARTS for it in told]
    columns: dict[str, ArrayLike] = {
        **name_columns([it.name for it in told]),
        **birth_columns([it.birth for it in told], [part.birth for part in parts]),
        "gender": [GENDERS.get(it.gender or "", 0) for it in told],
        "ethnicity": [coded(it.ethnicity) for it in told],
        "token": [token_code(it.id_token) for it in told],
        "head": [coded(part.head) for part in parts],
        "tail": [coded(part.tail) for part in parts],
        "tail_end": [coded(part.tail_end) for part in parts],
        "phones": [phone_codes(it.phone) for it in told],
        "work": [code(work) if work else 0 for work in works],
        "words": signatures(works),
        "town": [coded(town) for town, _ in homes],
        "village": [coded(village) for _, village in homes],
        "party": [coded(it.party) for it in told],
        "education": [education_rank(it.education) for it in told],
        "system": [coded(it.system) for it in told],
        "term": [it.term or 0 for it in told],
        "level": [it.level for it in told],
        "division": [coded(it.division) for it in told],
        "area": [area_codes(it.area) for it in told],
    }
    return filled(ROW, len(told), columns)


def filled(row: np.dtype[np.void], count: int, columns: Mapping[str, ArrayLike]) -> Table:
    """A table of so many rows out of its columns."""
    table = np.zeros(count, row)
    if count:
        for name, column in columns.items():
            table[name] = column
    return table


NO_PARTS = IdParts()


@lru_cache(maxsize=65536)
def area_codes(area: tuple[str, ...]) -> tuple[int, ...]:
    """The codes of the areas, from the province down; 0 for what is not known."""
    return tuple(coded(code) for code in (*area, *("",) * 4)[:4])


@lru_cache(maxsize=400_000)
def coded(text: str | None) -> int:
    """`code` of a text that comes again and again; 0 for none."""
    return code(text) if text else 0


def token_code(token: bytes | None) -> int:
    """The number of a token of a whole ID number; 0 for none."""
    return int.from_bytes(token[:8], "big") >> 1 if token else 0


def letters_of(name: str) -> str:
    """The folded letters of a name, those that the source lost among them."""
    folded = fold_for_linking(name)
    return folded if folded.isalnum() else "".join(filter(is_letter, folded))


def is_letter(char: str) -> bool:
    return char.isalnum() or char == LOST


def name_code(name: str) -> int:
    """The number of a name, however it is spelt."""
    return code(letters_of(name))


def name_columns(names: Sequence[str]) -> dict[str, ArrayLike]:
    """Each name's code, its characters, their sounds, and their number; a lost character is 1."""
    letters = list(map(letters_of, names))
    chars = code_points(letters, NAME_LENGTH)
    met, place = np.unique(chars, return_inverse=True)
    sounds = np.array([sound_code(chr(each)) if each else 0 for each in met.tolist()], np.uint32)
    is_lost = chars == ord(LOST)
    return {
        "name": list(map(code, letters)),
        "chars": np.where(is_lost, 1, chars),
        "sounds": np.where(is_lost, 1, sounds[place].reshape(chars.shape)),
        "length": (chars != 0).sum(axis=1),
    }


@lru_cache(maxsize=65536)
def sound_code(char: str) -> int:
    return code(sound(char)) & 0xFFFFFFFF | 2


TOWN = re.compile(r"([\u4e00-\u9fff]{2,6}?)(?:镇|乡|街道)(?!村振兴)")
VILLAGE = re.compile(r"([\u4e00-\u9fff]{2})(?:村|社区)(?!振兴)")
TOWN_END = re.compile("镇|乡(?!村振兴)|街道")
NAMES_HOME = re.compile("[镇乡村街社]")
ABOVE = re.compile(r".*[省州市区县](?=.{2})")


def home_names(unit: str | None, work: str | None) -> tuple[str, str]:
    """The town and the village that electoral unit or employer name, by their bare names."""
    town, village = names_of_unit(unit) if unit else ("", "")
    if work and not (town and village) and NAMES_HOME.search(work):
        names = names_in(work)
        return town or names[0], village or names[1]
    return town, village


@lru_cache(maxsize=65536)
def names_of_unit(unit: str) -> tuple[str, str]:
    """`names_in` of an electoral unit, which many records name."""
    return names_in(unit)


def names_in(text: str) -> tuple[str, str]:
    """The first town and the first village that a text names; empty where it names none."""
    below = ABOVE.sub("", text)
    ends = [found.end() for found in TOWN_END.finditer(text)]
    towns = TOWN.findall(below) if ends else ()
    town = next((name[-2:] for name in towns if len(name) <= 4), "")
    village = VILLAGE.search(text, ends[-1]) if ends else VILLAGE.search(below)
    return town, village[1] if village else ""


@lru_cache(maxsize=65536)
def day_numbers(iso: str | None) -> tuple[int, int, int]:
    """Year, month and day; 0 for what is not known."""
    parts = [int(part) for part in iso.split("-")] if iso else []
    year, month, day = (*parts, 0, 0, 0)[:3]
    return year, month, day


Day = tuple[int, int, int]


def births(stated: Day, in_id: Day) -> tuple[Day, Day, int]:
    """The birth as exactly as known, another one that it may be, and whether the ID number fits.

    A number whose birth contradicts the stated one was likely copied down from someone else.
    """
    none = (0, 0, 0)
    if not stated[0] or not in_id[0]:
        return (stated if stated[0] else in_id), none, 1
    known = [a == b for a, b in zip(stated, in_id, strict=True) if a]
    if all(known):
        return in_id, none, 1
    equal = sum(known)
    near = abs(stated[0] - in_id[0]) <= 2 or stated[0] % 10 == in_id[0] % 10
    return (stated, in_id, 1) if equal and near else (stated, none, 0)


def birth_columns(
    stated: Iterable[str | None], in_ids: Iterable[str | None]
) -> dict[str, ArrayLike]:
    """The columns that `births` gives, from what records and their ID numbers tell."""
    both = zip(map(day_numbers, stated), map(day_numbers, in_ids), strict=True)
    found = [births(one, other) for one, other in both]
    return {
        "birth": [birth for birth, _, _ in found],
        "other_birth": [other for _, other, _ in found],
        "is_own": [is_own for _, _, is_own in found],
    }


COUNTRY = re.compile(r"^(?:\+?86|0086)(?=1\d{10}$)")


def phone_codes(phones: str | None) -> tuple[int, int]:
    """Codes of up to two numbers; the country code is left out, numbers of one digit too."""
    if not phones:
        return 0, 0
    numbers = {COUNTRY.sub("", part) for part in phones.split("/")}
    known = sorted(code(part) for part in numbers if len(set(part)) > 2)
    first, second = (*known, 0, 0)[:2]
    return first, second


@lru_cache(maxsize=4096)
def education_rank(word: str | None) -> int:
    """1 primary school to 6 graduate school; 0 for none or another word."""
    if not word:
        return 0
    return next((rank for known, rank in EDUCATION.items() if word == known), 0) or next(
        (rank for known, rank in EDUCATION.items() if word.startswith(known)), 0
    )
