"""Link the rows of a table into persons: pairs, scores, groups, and what is left to a steward."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hub.linking.blocks import Rule, bound_of, keys_of, mixed, pair_parts
from hub.linking.cluster import components, members, partition
from hub.linking.compare import Comparison, Rows, Shares
from hub.linking.features import Table
from hub.linking.model import Counts, Model, add_up, score, sums
from hub.linking.train import Session, train

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
    rules: Sequence[Rule]
    sessions: Sequence[Session]
    count: Callable[[Table], dict[str, Counts]]
    share: Callable[[Table, Mapping[str, Counts]], Shares]
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


def learn(plan: Plan, start: Model, table: Table, seed: int = 0) -> Model:
    """A model for the records of `table`. Deterministic for the same rows in the same order."""
    counts = plan.count(table)
    shares = plan.share(table, counts)
    model = train(start, plan.comparisons, plan.sessions, table, shares, counts, seed)
    left, right, portion = sample_pairs(plan, table)
    weights = sums(model, plan.comparisons, table, left, right, shares)
    for _ in range(ROUNDS):
        scores = add_up(model, *weights)
        matches = portion * (1 / (1 + np.exp2(-np.clip(scores, -60, 60)))).sum()
        model = replace(model, odds=prior(float(matches), len(table)))
    return with_care(model)


def sample_pairs(plan: Plan, table: Table) -> tuple[Rows, Rows, int]:
    """About `SAMPLE` pairs that share a key, or all; one in how many they are."""
    keys = keys_of(table, plan.rules)
    portion = max(1, bound_of(keys, plan.rules) // SAMPLE)
    none = np.zeros(0, np.intp)
    parts = [(none, none)]
    for left, right in pair_parts(keys, plan.rules):
        chosen = mixed(left + 1, right + 1) >> 8 & 0xFFFFFF
        kept = chosen % portion == 0
        parts.append((left[kept], right[kept]))
    lefts, rights = zip(*parts, strict=True)
    return np.concatenate(lefts), np.concatenate(rights), portion


SAMPLE, ROUNDS = 500_000, 4
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


def find_pairs(plan: Plan, model: Model, table: Table) -> Scored:
    """The pairs of a table whose score reaches the doubtful band."""
    shares = plan.share(table, model.counts)
    parts = []
    for left, right in pair_parts(keys_of(table, plan.rules), plan.rules):
        kept = score(model, plan.comparisons, table, shares, left, right) >= model.doubt
        scored = score_pairs(plan, model, table, shares, left[kept], right[kept])
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


def group(
    plan: Plan, model: Model, table: Table, pairs: Scored, judged: Judged = NOT_JUDGED
) -> Linked:
    """Persons out of pairs and judgements. Rows must come in an order of their own, such as by id.

    A judgement outranks rules and scores. Every component depends on its own rows alone.
    """
    joining = pairs.where((pairs.scores >= model.accept) & ~pairs.apart)
    left = np.concatenate([joining.left, judged.left[judged.same]])
    right = np.concatenate([joining.right, judged.right[judged.same]])
    found = list(members(components(len(table), left, right)))
    inside = score_inside(plan, model, table, found)
    verdicts = {
        (min(one, other), max(one, other)): bool(same)
        for one, other, same in zip(judged.left, judged.right, judged.same, strict=True)
    }
    person = np.arange(len(table))
    place = 0
    for rows in found:
        end = place + len(rows) * (len(rows) - 1) // 2
        person[rows] = rows[_groups(rows, inside, slice(place, end), verdicts, model.accept)]
        place = end
    return Linked(person, doubtful_pairs(person, pairs, verdicts))


def score_inside(plan: Plan, model: Model, table: Table, found: Sequence[Rows]) -> Scored:
    """All pairs inside each component, component by component, each in the order of `triu`."""
    none = np.zeros(0, np.intp)
    corners = {size: np.triu_indices(size, 1) for size in {len(rows) for rows in found}}
    left = np.concatenate([none, *(rows[corners[len(rows)][0]] for rows in found)])
    right = np.concatenate([none, *(rows[corners[len(rows)][1]] for rows in found)])
    shares = plan.share(table, model.counts)
    return score_pairs(plan, model, table, shares, left, right)


Verdicts = Mapping[tuple[int, int], bool]


def _groups(
    rows: Rows, inside: Scored, part: slice, verdicts: Verdicts, accept: float
) -> list[int]:
    """The group of each record of one component, by the place of its lowest record."""
    scores, apart = inside.scores[part], inside.apart[part]
    together = np.zeros(len(scores), bool)
    if verdicts:
        for place, pair in enumerate(zip(inside.left[part], inside.right[part], strict=True)):
            if pair in verdicts:
                together[place] = verdicts[pair]
                apart[place] = not verdicts[pair]
    if len(rows) == 2:
        return [0, 0] if together[0] or (scores[0] >= accept and not apart[0]) else [0, 1]
    if not apart.any() and (scores >= accept).all():
        return [0] * len(rows)
    size = len(rows)
    corner = np.triu_indices(size, 1)
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
