"""Which pairs are worth a comparison: those that share a key of some rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hub.linking.scores.features import Table

Keys = NDArray[np.int64]
Pairs = tuple[NDArray[np.intp], NDArray[np.intp]]
PART = 50_000
"""Pairs that are looked at together."""
MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9))


@dataclass(frozen=True, slots=True)
class BlockingRule:
    """Records that share a key are compared, unless more than `most` records share it."""

    name: str
    keys: Callable[[Table], Keys]
    most: int


def mixed(*columns: NDArray[np.generic], needs: Sequence[NDArray[np.generic]] = ()) -> Keys:
    """One key per row out of columns; 0 where a column, or one of `needs`, is 0."""
    total = np.zeros(len(columns[0]), np.uint64)
    present = np.ones(len(total), bool)
    for column in columns:
        total = (total ^ column.astype(np.int64).view(np.uint64)) * MIX[0]
        total ^= total >> np.uint64(29)
        total *= MIX[1]
    for column in (*columns, *needs):
        present &= column != 0
    return np.where(present, (total >> np.uint64(1)).view(np.int64) | 1, 0)


def tagged(rule: int, keys: Keys) -> Keys:
    """Keys that cannot meet those of another rule."""
    return np.where(keys == 0, 0, mixed(keys | 1, np.full(len(keys), rule + 1)))


def keys_of(table: Table, rules: Sequence[BlockingRule]) -> Keys:
    """The keys of each row: one column per rule, 0 for none."""
    keys = np.zeros((len(table), len(rules)), np.int64)
    for start in range(0, len(table), ROWS):
        part = slice(start, start + ROWS)
        for number, rule in enumerate(rules):
            keys[part, number] = tagged(number, rule.keys(table[part]))
    return keys


ROWS = 20_000
"""Rows whose keys are made together: what they take stays near the processor."""


def usable(keys: Keys, rules: Sequence[BlockingRule]) -> Keys:
    """The keys without those that more rows share than their rule compares."""
    return without(keys, crowded(keys, rules))


def without(keys: Keys, many: NDArray[np.int64]) -> Keys:
    """The keys with 0 in the place of the crowded ones, which are in ascending order."""
    if not len(many):
        return keys
    place = np.minimum(np.searchsorted(many, keys), len(many) - 1)
    return np.where(many[place] == keys, 0, keys)


def crowded(keys: Keys, rules: Sequence[BlockingRule]) -> NDArray[np.int64]:
    """The keys that more rows share than their rule compares, in ascending order."""
    columns = enumerate(rules)
    found = [crowded_in(keys[:, number], rule.most) for number, rule in columns]
    return np.sort(np.concatenate([np.zeros(0, np.int64), *found]))


def crowded_in(column: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """The keys, 0 left out, that more than `most` rows share."""
    values = np.sort(column)
    many = values[most:][values[most:] == values[:-most]]
    return np.unique(many[many != 0])


def pair_parts(kept: Keys, portion: int = 1) -> Iterator[Pairs]:
    """The pairs of rows that share a usable key, each once, the lower row first, some at a time.

    All of them at once would take more room than the rows. Of a sample only one in `portion` is
    given.
    """
    for number in range(kept.shape[1]):
        for left, right in one_in(portion, pairs_of_rule(kept[:, number])):
            for start in range(0, len(left), PART):
                one, other = left[start : start + PART], right[start : start + PART]
                known, same = kept[one, :number], kept[other, :number]
                fresh = ~((known == same) & (known != 0)).any(axis=1)
                yield one[fresh], other[fresh]


def one_in(portion: int, parts: Iterable[Pairs]) -> Iterator[Pairs]:
    """One in `portion` of the pairs of all parts."""
    skipped = 0
    for left, right in parts:
        yield left[skipped::portion], right[skipped::portion]
        skipped = (skipped - len(left)) % portion


def pairs_of(keys: Keys, rules: Sequence[BlockingRule]) -> Pairs:
    """All pairs of rows that share a key."""
    return pairs_in(pair_parts(usable(keys, rules)))


def pairs_in(parts: Iterable[Pairs]) -> Pairs:
    """The pairs of all parts."""
    none = np.zeros(0, np.intp)
    every = [(none, none), *parts]
    return np.concatenate([part[0] for part in every]), np.concatenate([part[1] for part in every])


def pairs_with(keys: Keys, rules: Sequence[BlockingRule], chosen: NDArray[np.bool_]) -> Pairs:
    """The pairs of `pairs_of` that have a chosen row on a side.

    `keys` must hold every row that shares a key with a chosen one.
    """
    asked = keys[chosen]
    shared = np.where(np.isin(keys, asked[asked != 0]), keys, 0)
    left, right = pairs_of(shared, rules)
    kept = chosen[left] | chosen[right]
    return left[kept], right[kept]


def pairs_of_rule(keys: NDArray[np.int64]) -> Iterator[Pairs]:
    """Pairs of rows with one key, those of neighbours first."""
    rows = np.flatnonzero(keys)
    rows = rows[np.argsort(keys[rows], kind="stable")]
    values = keys[rows]
    alike = np.arange(len(rows))
    for step in range(1, len(rows)):
        alike = alike[: np.searchsorted(alike, len(rows) - step)]
        alike = alike[values[alike] == values[alike + step]]
        if not len(alike):
            break
        one, other = rows[alike], rows[alike + step]
        yield np.minimum(one, other), np.maximum(one, other)


def bound_of(kept: Keys) -> int:
    """How many pairs share a usable key, at most: those that share several count several times."""
    total = 0
    for column in kept.T:
        _, counts = np.unique(column[column != 0], return_counts=True)
        total += int((counts * (counts - 1) // 2).sum())
    return total


# --- Rules of deputies ----------------------------------------------------------------------------


def born(table: Table) -> NDArray[np.int64]:
    """Year and month of birth in one number, 0 without the month."""
    year, month = table["birth"].astype(np.int64).T[:2]
    return np.where(month > 0, year * 100 + month, 0)


def year(table: Table) -> NDArray[np.int64]:
    return table["birth"][:, 0].astype(np.int64)


def heard(table: Table) -> NDArray[np.int64]:
    """The sounds of the whole name in one number."""
    sounds = table["sounds"].astype(np.int64)
    return mixed(*(sounds[:, place] + 1 for place in range(sounds.shape[1])))


def heard_without(table: Table, place: int) -> NDArray[np.int64]:
    """The sounds of the name without those at one place, for names of two characters and more."""
    sounds = table["sounds"].astype(np.int64)
    left = [sounds[:, other] + 1 for other in range(sounds.shape[1]) if other != place]
    keys = mixed(*left, np.full(len(table), place + 1))
    return np.where(table["length"] > max(place, 1), keys, 0)


DEPUTY_RULES = (
    BlockingRule("ID number", lambda t: t["token"], 200),
    BlockingRule("phone", lambda t: t["phones"][:, 0], 60),
    BlockingRule("second phone", lambda t: t["phones"][:, 1], 60),
    BlockingRule("ID tail and birth", lambda t: mixed(t["tail"], born(t)), 60),
    BlockingRule("ID ending and birth", lambda t: mixed(t["tail_end"], born(t)), 60),
    BlockingRule("name and year", lambda t: mixed(t["name"], year(t)), 150),
    BlockingRule("sound and month", lambda t: mixed(heard(t), born(t)), 150),
    BlockingRule("sound and county", lambda t: mixed(heard(t), t["area"][:, 2]), 60),
    BlockingRule("name and county", lambda t: mixed(t["name"], t["area"][:, 2]), 100),
    BlockingRule("name and prefecture", lambda t: mixed(t["name"], t["area"][:, 1]), 40),
    BlockingRule("name", lambda t: t["name"], 25),
    BlockingRule(
        "first and third and month",
        lambda t: mixed(heard_without(t, 1), born(t), t["area"][:, 1]),
        60,
    ),
    BlockingRule(
        "first and second and month",
        lambda t: mixed(heard_without(t, 2), born(t), t["area"][:, 1]),
        60,
    ),
    BlockingRule(
        "without first and month",
        lambda t: mixed(heard_without(t, 0), born(t), t["area"][:, 1]),
        60,
    ),
    BlockingRule("work and year", lambda t: mixed(t["work"], year(t)), 40),
)
