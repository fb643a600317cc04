"""What an agreement weighs: a Fellegi-Sunter model with the frequencies of values.

The weight of a level is log2(m / u): m is its chance among records of one person, u among others.
Where a value is agreed on, u is the share of all records that carry this very value, so that a rare
name weighs more than a common one. The weights of a pair add up to its score, in bits; with the
prior it is the logarithm of the odds that the two records are of one person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from hub.linking.scores.compare import AT_ONCE, Comparison, Levels, Rows, Shares, beside
from hub.linking.scores.features import Table

Chances = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LevelCounts:
    """How many of `total` records carry a value, for the values that are not rare."""

    codes: NDArray[np.int64]
    counts: NDArray[np.int64]
    total: int

    def shares(self, values: NDArray[np.int64]) -> NDArray[np.float64]:
        """The share of each value; 0 for one that is not listed."""
        if not len(self.codes):
            return np.zeros(len(values))
        place = np.minimum(np.searchsorted(self.codes, values), len(self.codes) - 1)
        known = self.codes[place] == values
        return np.asarray(np.where(known, self.counts[place] / max(self.total, 1), 0.0))


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of a list of comparisons.

    `odds` is log2 of the prior odds of a pair; `counts` the frequencies of values by column.
    `together` names comparisons that colleagues and kin agree on all at once: on their own they
    may bring the odds up to `most` bits and no further. From `accept` bits on two records are
    joined, from `doubt` bits on a steward is asked.
    """

    m: Mapping[str, Chances]
    u: Mapping[str, Chances]
    odds: float
    counts: Mapping[str, LevelCounts] = field(default_factory=dict)
    records: int = 0
    together: tuple[str, ...] = ()
    most: float = 3.0
    accept: float = 8.0
    doubt: float = -5.0

    @classmethod
    def even(cls, comparisons: Sequence[Comparison], odds: float = -12.0, **more: Any) -> Model:
        """A model that knows nothing, to start the training from."""
        flat = {each.name: np.full(len(each.names), 1 / len(each.names)) for each in comparisons}
        return cls(flat, flat, odds, **more)

    def weights(self, comparison: Comparison) -> Chances:
        """log2(m / u) of each level, then a 0 that level -1 picks."""
        m, u = self.m[comparison.name], self.u[comparison.name]
        return np.asarray(np.r_[np.log2(m / u), 0.0], np.float64)


class Shown(NamedTuple):
    """What pairs show of a comparison: their levels.

    Of the pairs `exact` both sides have a value that has a share: `rarity` is log2 of it.
    """

    levels: Levels
    exact: Rows
    rarity: NDArray[np.float64]


def show(comparison: Comparison, table: Table, shares: Shares, left: Rows, right: Rows) -> Shown:
    """Compare some pairs."""
    levels = comparison.levels(table, left, right)
    if comparison.shared is None:
        return Shown(levels, np.zeros(0, np.intp), np.zeros(0))
    is_exact = np.zeros(len(comparison.names) + 1, bool)  # the last one for level -1
    is_exact[list(comparison.exact)] = True
    exact = np.flatnonzero(is_exact[levels])
    share = shares[comparison.shared]
    return Shown(levels, exact, np.log2(np.maximum(share[left[exact]], share[right[exact]])))


def weigh(model: Model, comparison: Comparison, shown: Shown) -> NDArray[np.float64]:
    """The weight of each pair for one comparison, in bits."""
    weights = model.weights(comparison)[shown.levels]
    if len(shown.exact):
        chances = np.log2(model.m[comparison.name])
        weights[shown.exact] = chances[shown.levels[shown.exact]] - shown.rarity
    return weights


def score(
    model: Model,
    comparisons: Sequence[Comparison],
    table: Table,
    shares: Shares,
    left: Rows,
    right: Rows,
) -> NDArray[np.float64]:
    """The score of each pair: log2 of the odds that both records are of one person."""
    total = np.zeros(len(left))
    for start in range(0, len(left), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        ends = np.concatenate([left[part], right[part]])
        near = {name: share[ends] for name, share in shares.items()}
        weights = sums(model, comparisons, *beside(table, left[part], right[part]), near)
        total[part] = add_up(model, *weights)
    return total


Sums = tuple[NDArray[np.float64], NDArray[np.float64]]


def sums(
    model: Model,
    comparisons: Sequence[Comparison],
    table: Table,
    left: Rows,
    right: Rows,
    shares: Shares,
) -> Sums:
    """The weights of each pair, added up: of the fields that stand alone, and of the others."""
    alone, joint = np.zeros(len(left)), np.zeros(len(left))
    for comparison in comparisons:
        weights = weigh(model, comparison, show(comparison, table, shares, left, right))
        if comparison.name in model.together:
            joint += weights
        else:
            alone += weights
    return alone, joint


def add_up(
    model: Model, alone: NDArray[np.float64], joint: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The score of pairs out of the sums of their weights."""
    return model.odds + alone + np.minimum(joint, model.most - model.odds)


def dump(model: Model) -> bytes:
    """The model as JSON."""
    fields = {
        "odds": model.odds,
        "records": model.records,
        "together": model.together,
        "most": model.most,
        "accept": model.accept,
        "doubt": model.doubt,
        "m": dict(model.m),
        "u": dict(model.u),
        "counts": {
            name: {"total": each.total, "codes": each.codes, "counts": each.counts}
            for name, each in model.counts.items()
        },
    }
    return orjson.dumps(fields, option=orjson.OPT_SERIALIZE_NUMPY)


def load(text: bytes) -> Model:
    """The model out of its JSON."""
    said = orjson.loads(text)
    counts = {
        name: LevelCounts(
            np.array(each["codes"], np.int64), np.array(each["counts"], np.int64), each["total"]
        )
        for name, each in said["counts"].items()
    }
    m, u = (
        {name: np.array(each, np.float64) for name, each in said[side].items()} for side in "mu"
    )
    return Model(
        m,
        u,
        said["odds"],
        counts,
        said["records"],
        tuple(said["together"]),
        said["most"],
        said["accept"],
        said["doubt"],
    )
