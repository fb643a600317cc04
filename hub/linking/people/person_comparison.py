"""Deputies: which fields are compared, how common their values are, how the weights are learned."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from hub.linking.scores import (
    DEPUTY_FIELDS,
    DEPUTY_RULES,
    PLACE,
    BlockingRule,
    LevelCounts,
    Plan,
    Rows,
    Session,
    Shares,
    Table,
    compare_births,
    compare_id_numbers,
    compare_names,
    compare_phones,
    compare_places,
    mixed,
)

LISTED = 3
"""Values that fewer records carry are not listed among the frequencies."""
RARE_NAME = 1e-7
LEAST = {"character": 2e-3, "ethnicity": 0.05, "party": 0.02}
"""Shares below which a value is not taken for rare.

The members of a minority live together, so that where one is, many are; and what a model has not
met may be common in another place.
"""
SAME_MANDATE = PLACE.index("same congress and term")
PLACES = 6


def count(values: NDArray[np.int64], total: int, least: int = LISTED) -> LevelCounts:
    """The frequencies of the values that at least `least` records carry."""
    codes, counts = np.unique(values[values != 0], return_counts=True)
    listed = counts >= least
    return LevelCounts(codes[listed], counts[listed], total)


def characters(table: Table) -> NDArray[np.int64]:
    """The characters of each name, each together with its place in the name."""
    chars = table["chars"].astype(np.int64)
    return np.where(chars > 1, chars + (np.arange(chars.shape[1]) << 32), 0)


def holders(table: Table) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each phone number once for every name that holds it."""
    phones = np.concatenate([table["phones"][:, 0], table["phones"][:, 1]])
    names = np.concatenate([table["name"], table["name"]])
    held = phones != 0
    once = np.unique(np.stack([phones[held], names[held]], axis=1), axis=0)
    return once[:, 0], once[:, 1]


def count_values(table: Table) -> dict[str, LevelCounts]:
    """The frequencies that the shares are made of."""
    total = len(table)
    return {
        "name": count(table["name"], total),
        "character": count(characters(table).ravel(), total, 1),
        "phone": count(holders(table)[0], total, 2),
        "work": count(table["work"], total),
        "ethnicity": count(table["ethnicity"], total, 1),
        "party": count(table["party"], total, 1),
    }


def shares_of(table: Table, counts: Mapping[str, LevelCounts]) -> Shares:
    """How common each value of each row is, never 0."""
    chars = characters(table)
    one = counts["character"].shares(chars.ravel()).reshape(chars.shape)
    by_character = np.where(chars > 0, np.maximum(one, LEAST["character"]), 1.0).prod(axis=1)
    phones = np.stack([counts["phone"].shares(table["phones"][:, n]) for n in (0, 1)])
    return {
        "name": np.maximum.reduce(
            [counts["name"].shares(table["name"]), by_character, np.full(len(table), RARE_NAME)]
        ),
        "phone": np.maximum(phones.max(axis=0), 1 / counts["phone"].total),
        "work": np.maximum(counts["work"].shares(table["work"]), 2 / counts["work"].total),
        **{
            name: np.maximum(counts[name].shares(table[name]), LEAST[name])
            for name in ("ethnicity", "party")
        },
    }


SESSIONS = (
    Session(
        BlockingRule("ID number", lambda t: t["token"], 30),
        (
            "name",
            "gender",
            "ethnicity",
            "phone",
            "work",
            "place",
            "town",
            "village",
            "party",
            "education",
        ),
    ),
    Session(
        BlockingRule("name and county", lambda t: mixed(t["name"], t["area"][:, 2]), 30),
        (
            "birth",
            "idNumber",
            "phone",
            "work",
            "town",
            "village",
            "gender",
            "ethnicity",
            "party",
            "education",
        ),
    ),
)


def limit(
    table: Table, left: Rows, right: Rows, scores: NDArray[np.float64], accept: float
) -> NDArray[np.float64]:
    """Scores below `accept` where name and birth do not bear a link out, whatever else agrees.

    That is a shared ID number with another name and birth (copied down, as a rule), names that
    differ with nothing exact beside them, another birth that neither ID number nor phone
    outweighs, and two records of one system in one congress and term that share neither: one
    person has one mandate there.
    """
    names = compare_names(table, left, right)
    births = compare_births(table, left, right)
    numbers = compare_id_numbers(table, left, right)
    phones = compare_phones(table, left, right)
    doubtful = (names <= 1) & (births <= 1)
    doubtful |= (births == 0) & (numbers < 4) & (phones < 1)
    twice = compare_places(table, left, right) == SAME_MANDATE
    doubtful |= twice & (numbers < 4) & (phones < 1)
    doubtful |= (names <= 2) & (births < 0) & (numbers < 5)
    doubtful |= (names <= 1) & (numbers < 5)
    return np.where(doubtful, np.minimum(scores, accept - 0.01), scores)


def apart(table: Table, left: Rows, right: Rows) -> NDArray[np.bool_]:
    """Two valid ID numbers are two persons, unless one does not fit its own record's birth."""
    one, other = table["token"][left], table["token"][right]
    both = (one != 0) & (other != 0) & (one != other)
    own = (table["is_own"][left] > 0) & (table["is_own"][right] > 0)
    return np.asarray(both & own)


DEPUTIES = Plan(DEPUTY_FIELDS, DEPUTY_RULES, SESSIONS, count_values, shares_of, limit, apart)
