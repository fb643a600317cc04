"""Link the rows of a table into persons: pairs, scores, groups, and what is left to a steward."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hub.linking.scores.blocks import (
    BlockingRule,
    Keys,
    bound_of,
    crowded,
    keys_of,
    pair_parts,
    pairs_in,
    without,
)
from hub.linking.scores.cluster import components, members, partition
from hub.linking.scores.compare import Comparison, Rows, Shares
from hub.linking.scores.features import Table
from hub.linking.scores.model import LevelCounts, Model, add_up, score, sums
from hub.linking.scores.train import Session, train

Scores = NDArray[np.float64]
Limit = Callable[[Table, Rows, Rows, Scores, float], Scores]
Apart = Callable[[Table, Rows, Rows], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How one kind of record is linked: a list of fields, and what goes with it.

    `limit` lowers the scores of pairs that no score may join without a steward; `apart` marks
    pairs that a rule keeps apart.
    """

    comparisons: Sequence[Comparison]
    rules: Sequence[BlockingRule]
    sessions: Sequence[Session]
    count: Callable[[Table], dict[str, LevelCounts]]
    share: Callable[[Table, Mapping[str, LevelCounts]], Shares]
    limit: Limit
    apart: Apart


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs that stewards have judged: `same` says which way."""

    left: Rows
    right: Rows
    same: NDArray[np.bool_]


NOT_JUDGED = Judged(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0, bool))


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs with their scores; `apart` marks those that a rule keeps apart."""

    left: Rows
    right: Rows
    scores: Scores
    apart: NDArray[np.bool_]

    def where(self, kept: NDArray[np.bool_]) -> Scored:
        """Some of the pairs."""
        return Scored(self.left[kept], self.right[kept], self.scores[kept], self.apart[kept])


@dataclass(frozen=True, slots=True)
class Linked:
    """`person` gives for each row the lowest row of the same person.

    `doubtful` are the places, in the pairs given, of those that a steward should decide: the best
    one of each two persons that may be one.
    """

    person: NDArray[np.intp]
    doubtful: Rows


class Sheet:
    """A table with the keys and shares of its rows, each made once: of a million it takes long."""

    def __init__(self, plan: Plan, table: Table) -> None:
        self.plan = plan
        self.table = table
        self._counts: Mapping[str, LevelCounts] | None = None
        self._shares: Shares = {}

    def __len__(self) -> int:
        return len(self.table)

    @property
    def crowded(self) -> NDArray[np.int64]:
        """The keys that too many rows share to be compared by them."""
        return self._keyed[1]

    @property
    def keys(self) -> Keys:
        """The keys of each row, one column for each rule, 0 for none and for crowded ones."""
        return self._keyed[0]

    @cached_property
    def _keyed(self) -> tuple[Keys, NDArray[np.int64]]:
        every = keys_of(self.table, self.plan.rules)
        many = crowded(every, self.plan.rules)
        return without(every, many), many

    def shares(self, counts: Mapping[str, LevelCounts]) -> Shares:
        """How common each value of each row is by these frequencies."""
        if self._counts is not counts:
            self._counts, self._shares = counts, self.plan.share(self.table, counts)
        return self._shares

    def score(self, model: Model, left: Rows, right: Rows) -> Scored:
        """Pairs with scores and rules."""
        return score_pairs(self.plan, model, self.table, self.shares(model.counts), left, right)


def learn(sheet: Sheet, start: Model, seed: int = 0) -> Model:
    """A model for the records of a table. Deterministic for the same rows in the same order."""
    plan, table = sheet.plan, sheet.table
    counts = plan.count(table)
    shares = sheet.shares(counts)
    model = train(start, plan.comparisons, plan.sessions, table, shares, counts, seed)
    portion = max(1, bound_of(sheet.keys) // SAMPLE)
    left, right = pairs_in(pair_parts(sheet.keys, portion))
    weights = sums(model, plan.comparisons, table, left, right, shares)
    for _ in range(ROUNDS):
        scores = add_up(model, *weights)
        matches = portion * (1 / (1 + np.exp2(-np.clip(scores, -60, 60)))).sum()
        model = replace(model, odds=prior(float(matches), len(table)))
    return with_care(model)


SAMPLE, ROUNDS = 500_000, 4
"""Pairs from which the prior odds are found, about, and how often they are found anew."""
SMALL = 8_000
"""Records up to which the thresholds are the lowest."""


def with_care(model: Model) -> Model:
    """Thresholds that rise with the number of records.

    The more people there are, the more of them agree by chance in ways that the weights, learned
    field by field, do not foresee. Measured on sets of 8,000 to 1,700,000 records.
    """
    doublings = float(np.log2(max(model.records, SMALL) / SMALL))
    return replace(model, accept=7.5 + 0.35 * doublings, doubt=0.25 * doublings)


def prior(matches: float, records: int) -> float:
    """log2 of the odds that two records out of all are of one person."""
    return float(np.log2(max(matches, 1.0) / max(records * (records - 1) / 2, 1.0)))


def find_pairs(sheet: Sheet, model: Model) -> Scored:
    """The pairs of a table whose score reaches the doubtful band."""
    plan, table, shares = sheet.plan, sheet.table, sheet.shares(model.counts)
    parts = []
    for left, right in pair_parts(sheet.keys):
        kept = score(model, plan.comparisons, table, shares, left, right) >= model.doubt
        scored = sheet.score(model, left[kept], right[kept])
        parts.append(scored.where(scored.scores >= model.doubt))
    return joined(parts)


def joined(parts: Sequence[Scored]) -> Scored:
    """The pairs of all parts."""
    none = np.zeros(0, np.intp)
    return Scored(
        np.concatenate([none, *(part.left for part in parts)]),
        np.concatenate([none, *(part.right for part in parts)]),
        np.concatenate([np.zeros(0), *(part.scores for part in parts)]),
        np.concatenate([np.zeros(0, bool), *(part.apart for part in parts)]),
    )


def score_pairs(
    plan: Plan, model: Model, table: Table, shares: Shares, left: Rows, right: Rows
) -> Scored:
    """Pairs with scores and rules."""
    scores = score(model, plan.comparisons, table, shares, left, right)
    limited = plan.limit(table, left, right, scores, model.accept)
    return Scored(left, right, limited, plan.apart(table, left, right))


def group(sheet: Sheet, model: Model, pairs: Scored, judged: Judged = NOT_JUDGED) -> Linked:
    """Persons out of pairs and judgements. Rows must come in an order of their own, such as by id.

    A judgement outranks rules and scores. Every component depends on its own rows alone.
    """
    joining = pairs.where((pairs.scores >= model.accept) & ~pairs.apart)
    left = np.concatenate([joining.left, judged.left[judged.same]])
    right = np.concatenate([joining.right, judged.right[judged.same]])
    verdicts = {
        (min(one, other), max(one, other)): bool(same)
        for one, other, same in zip(judged.left, judged.right, judged.same, strict=True)
    }
    is_judged = np.zeros(len(sheet), bool)
    is_judged[judged.left] = is_judged[judged.right] = True
    person = np.arange(len(sheet))
    for rows in members(components(len(sheet), left, right)):
        _name_persons(person, sheet, model, rows, is_judged, verdicts)
    return Linked(person, doubtful_pairs(person, pairs, verdicts))


Verdicts = Mapping[tuple[int, int], bool]


def _name_persons(
    person: NDArray[np.intp],
    sheet: Sheet,
    model: Model,
    rows: NDArray[np.intp],
    is_judged: NDArray[np.bool_],
    verdicts: Verdicts,
) -> None:
    """Name the person of each row of components of one size.

    One whose pairs all bear out needs no clustering; two records that do not stay two persons.
    """
    corner = np.triu_indices(rows.shape[1], 1)
    inside = sheet.score(model, rows[:, corner[0]].ravel(), rows[:, corner[1]].ravel())
    shape = len(rows), len(corner[0])
    scores, apart = inside.scores.reshape(shape), inside.apart.reshape(shape)
    judged = is_judged[rows].any(axis=1)
    whole = ((scores >= model.accept) & ~apart).all(axis=1)
    agreed = rows[whole & ~judged]
    person[agreed] = agreed[:, :1]
    for at in np.flatnonzero(judged | (~whole & (rows.shape[1] > 2))):
        some = rows[at]
        person[some] = some[_groups(some, scores[at], apart[at], verdicts, model.accept)]


def _groups(
    rows: Rows, scores: Scores, apart: NDArray[np.bool_], verdicts: Verdicts, accept: float
) -> list[int]:
    """The group of each record of one component, by the place of its lowest record.

    `scores` and `apart` are those of its pairs, in the order of `triu`.
    """
    size = len(rows)
    corner = np.triu_indices(size, 1)
    apart, together = apart.copy(), np.zeros(len(scores), bool)
    for place, pair in enumerate(zip(rows[corner[0]], rows[corner[1]], strict=True)):
        if pair in verdicts:
            together[place] = verdicts[pair]
            apart[place] = not verdicts[pair]
    matrix = np.full((size, size), -np.inf)
    matrix[corner] = scores
    marks = np.zeros((2, size, size), bool)
    marks[0][corner], marks[1][corner] = apart, together
    marks |= marks.transpose(0, 2, 1)
    return partition(np.maximum(matrix, matrix.T), accept, marks[0], marks[1])


def doubtful_pairs(person: NDArray[np.intp], pairs: Scored, verdicts: Verdicts) -> Rows:
    """Places of the best pair of each two persons that may be one and that nobody has judged."""
    one, other = person[pairs.left], person[pairs.right]
    places = np.flatnonzero((one != other) & ~pairs.apart)
    if verdicts:
        ends = zip(pairs.left[places], pairs.right[places], strict=True)
        places = places[[pair not in verdicts for pair in ends]]
    order = np.lexsort((pairs.right[places], pairs.left[places], -pairs.scores[places]))
    places = places[order]
    ends_of = np.sort(np.stack([one[places], other[places]], axis=1), axis=1)
    _, first = np.unique(ends_of, axis=0, return_index=True)
    return np.sort(places[first])
