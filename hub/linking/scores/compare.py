"""How far the two records of a pair agree: one level per field, -1 where one says nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hub.linking.scores.features import Table
from hub.linking.scores.words import overlap

Rows = NDArray[np.intp]
Levels = NDArray[np.int8]
Frequency = Callable[["Shares", Rows, Rows], NDArray[np.float64]]
Shares = dict[str, NDArray[np.float64]]
"""Per row of a table, how common its value is: the share of all records that carry it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field of the comparison.

    `levels` gives a level per pair, 0 the least alike, up to `len(names) - 1`. `shared` names the
    share of `Shares` that replaces the chance of agreement, for the levels `exact`.
    """

    name: str
    names: tuple[str, ...]
    levels: Callable[[Table, Rows, Rows], Levels]
    shared: str | None = None
    exact: tuple[int, ...] = ()


AT_ONCE = 20_000
"""Pairs that are compared at once: so many as the caches of a processor hold."""


def beside(table: Table, left: Rows, right: Rows) -> tuple[Table, Rows, Rows]:
    """The rows of some pairs alone, and the pairs by their places among those.

    To gather whole rows once takes less time than to gather field after field all over a table.
    """
    one = np.arange(len(left))
    plain = table.view(f"V{table.dtype.itemsize}")
    rows = np.take(plain, np.concatenate([left, right])).view(table.dtype)
    return rows, one, one + len(left)


def choose(*cases: tuple[NDArray[np.bool_], int]) -> Levels:
    """The level of the first case that holds for each pair; the last one must hold for the rest."""
    return np.select([case for case, _ in cases], [level for _, level in cases], -1).astype(np.int8)


def equality(table: Table, left: Rows, right: Rows, column: str) -> Levels:
    """1 where a column agrees, 0 where it differs."""
    one, other = table[column][left], table[column][right]
    return choose(((one == 0) | (other == 0), -1), (one == other, 1), (one != other, 0))


# --- Fields of deputies ---------------------------------------------------------------------------

NAME = (
    "differs",
    "half of the characters",
    "one character, of another sound",
    "one character, of the same sound",
    "a lost character",
    "equal",
)


def compare_names(table: Table, left: Rows, right: Rows) -> Levels:
    """Characters place by place; one that the source lost fits every character."""
    a, b = table["chars"][left], table["chars"][right]
    said = (a > 0) | (b > 0)
    lost = (a == 1) | (b == 1)
    off = said & (a != b) & ~lost
    unheard = off & (table["sounds"][left] != table["sounds"][right])
    length = said.sum(axis=1)
    same_length = table["length"][left] == table["length"][right]
    wrong, misheard = off.sum(axis=1), unheard.sum(axis=1)
    has_lost = (lost & said).any(axis=1)
    return choose(
        ((wrong == 0) & same_length & ~has_lost, 5),
        ((wrong == 0) & same_length & (length - lost.sum(axis=1) >= 1), 4),
        ((misheard == 0) & same_length & (wrong < length), 3),
        ((wrong == 1) & same_length & (length > 2), 2),
        ((misheard <= 1) & same_length & (wrong < length) & (length > 2), 1),
        ((wrong * 2 <= length), 1),
        (np.ones(len(left), bool), 0),
    )


BIRTH = (
    "differs",
    "year differs, the rest is equal",
    "year equal, month differs",
    "year equal, next month",
    "year and month equal, day differs",
    "year equal, month not known",
    "year and month equal, day not known",
    "equal to the day",
)


def compare_births(table: Table, left: Rows, right: Rows) -> Levels:
    """The stated births, or the one in an ID number where that agrees better."""
    own = birth_levels(table["birth"][left], table["birth"][right])
    for one, other in (("other_birth", "birth"), ("birth", "other_birth")):
        own = np.maximum(own, birth_levels(table[one][left], table[other][right]))
    return own


def birth_levels(a: NDArray[np.int16], b: NDArray[np.int16]) -> Levels:
    known = (a > 0) & (b > 0)
    year, month, day = (a == b).T & known.T
    no_month, no_day = ~known[:, 1], ~known[:, 2]
    apart = np.abs(a[:, 1] - b[:, 1])
    return choose(
        (~known[:, 0], -1),
        (year & month & day, 7),
        (year & month & no_day, 6),
        (year & no_month, 5),
        (year & month, 4),
        (year & ((apart == 1) | (apart == 11)), 3),
        (year, 2),
        (month & (day | no_day) & typed_over(a[:, 0], b[:, 0]), 1),
        (np.ones(len(a), bool), 0),
    )


def typed_over(a: NDArray[np.int16], b: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Whether two years are close, or differ in one digit."""
    apart = np.abs(a - b)
    tens = (a % 10 == b % 10) & (a // 100 == b // 100)
    return np.asarray((apart <= 3) | tens | (a // 10 == b // 10))


ID_NUMBER = (
    "another number",
    "other last digits",
    "other first digits",
    "first digits equal",
    "last three equal",
    "last four equal",
    "equal",
)


def compare_id_numbers(table: Table, left: Rows, right: Rows) -> Levels:
    """Whole numbers by their token, else whatever parts both records show."""
    both = {
        name: (table[name][left], table[name][right])
        for name in ("token", "head", "tail", "tail_end")
    }
    known = {name: (a != 0) & (b != 0) for name, (a, b) in both.items()}
    same = {name: known[name] & (a == b) for name, (a, b) in both.items()}
    other_head = known["head"] & ~same["head"]
    return choose(
        (same["token"], 6),
        (known["token"], 0),
        ((same["tail"] | same["tail_end"]) & other_head, 2),
        (same["tail"], 5),
        (known["tail"], 1),
        (same["tail_end"], 4),
        (known["tail_end"], 1),
        (same["head"], 3),
        (other_head, 2),
        (np.ones(len(left), bool), -1),
    )


PHONE = ("differs", "equal")


def compare_phones(table: Table, left: Rows, right: Rows) -> Levels:
    """Whether the records share a number."""
    a, b = table["phones"][left], table["phones"][right]
    shared = ((a[:, :, None] == b[:, None, :]) & (a[:, :, None] != 0)).any(axis=(1, 2))
    missing = (a[:, 0] == 0) | (b[:, 0] == 0)
    return choose((missing, -1), (shared, 1), (~shared, 0))


WORK = ("differs", "little in common", "half in common", "mostly equal", "equal")


def compare_work(table: Table, left: Rows, right: Rows) -> Levels:
    """Employer and post, by how much of the shorter text is in the longer one."""
    a, b = table["work"][left], table["work"][right]
    alike = overlap(table["words"][left], table["words"][right])
    return choose(
        ((a == 0) | (b == 0), -1),
        (a == b, 4),
        (alike >= 0.8, 3),
        (alike >= 0.5, 2),
        (alike >= 0.2, 1),
        (np.ones(len(left), bool), 0),
    )


PLACE = (
    "other province",
    "other prefecture",
    "other county",
    "other township of the county",
    "same province, no more known",
    "same prefecture, no more known",
    "same county, no more known",
    "same township",
    "same congress, another term",
    "same congress and term",
    "other congress of the level in the county",
    "other congress of the level in the prefecture",
    "other congress of the level",
)


def compare_places(table: Table, left: Rows, right: Rows) -> Levels:
    """How the congresses of the two mandates lie to each other."""
    a, b = table["area"][left], table["area"][right]
    known = (a != 0) & (b != 0)
    same = known & (a == b)
    depth = known.sum(axis=1)
    agreed = np.cumprod(same, axis=1).sum(axis=1)
    level = (table["level"][left] == table["level"][right]) & (
        table["system"][left] == table["system"][right]
    )
    congress = table["division"][left] == table["division"][right]
    term = table["term"][left] == table["term"][right]
    return choose(
        (level & congress & term, 9),
        (level & congress, 8),
        (level & (agreed == 3) & (depth > 3), 10),
        (level & (agreed == 2), 11),
        (level, 12),
        (agreed == 4, 7),
        ((agreed == 3) & (depth == 3), 6),
        (agreed == 3, 3),
        ((agreed == 2) & (depth == 2), 5),
        (agreed == 2, 2),
        ((agreed == 1) & (depth == 1), 4),
        (agreed == 1, 1),
        (np.ones(len(left), bool), 0),
    )


def compare_towns(table: Table, left: Rows, right: Rows) -> Levels:
    """Towns by their names, inside one county, where the divisions do not tell them."""
    county, _ = (table["area"][left] == table["area"][right]).T[2:]
    known = (table["area"][left] != 0).T & (table["area"][right] != 0).T
    open_ = known[2] & county & ~known[3]
    return np.where(open_, equality(table, left, right, "town"), -1).astype(np.int8)


def compare_villages(table: Table, left: Rows, right: Rows) -> Levels:
    """Villages by their names, inside one town."""
    area = table["area"][left], table["area"][right]
    same_county = (area[0][:, 2] == area[1][:, 2]) & (area[0][:, 2] != 0)
    by_code = (area[0][:, 3] == area[1][:, 3]) & (area[0][:, 3] != 0)
    by_name = same_county & (equality(table, left, right, "town") == 1)
    levels = equality(table, left, right, "village")
    return np.where(by_code | by_name, levels, -1).astype(np.int8)


EDUCATION = ("far apart", "one step apart", "equal")


def compare_education(table: Table, left: Rows, right: Rows) -> Levels:
    a, b = table["education"][left], table["education"][right]
    return choose(((a == 0) | (b == 0), -1), (a == b, 2), (np.abs(a - b) == 1, 1), (a != b, 0))


def equal_column(column: str) -> Callable[[Table, Rows, Rows], Levels]:
    """A comparison of one column by equality."""

    def levels(table: Table, left: Rows, right: Rows) -> Levels:
        return equality(table, left, right, column)

    return levels


SAME = ("differs", "equal")
DEPUTY_FIELDS = (
    Comparison("name", NAME, compare_names, "name", (5,)),
    Comparison("birth", BIRTH, compare_births),
    Comparison("gender", SAME, equal_column("gender")),
    Comparison("ethnicity", SAME, equal_column("ethnicity"), "ethnicity", (1,)),
    Comparison("idNumber", ID_NUMBER, compare_id_numbers),
    Comparison("phone", PHONE, compare_phones, "phone", (1,)),
    Comparison("work", WORK, compare_work, "work", (4,)),
    Comparison("place", PLACE, compare_places),
    Comparison("town", SAME, compare_towns),
    Comparison("village", SAME, compare_villages),
    Comparison("party", SAME, equal_column("party"), "party", (1,)),
    Comparison("education", EDUCATION, compare_education),
)
