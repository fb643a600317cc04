"""Learn the weights from the records themselves, without labels.

u comes from pairs drawn at random, which are of two persons almost always. m comes from EM
(expectation maximisation) over pairs that share one strong key: a session leaves out the fields of
its own key, since those agree by choice; what one session leaves out another one learns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hub.linking.scores.blocks import BlockingRule, Keys, pairs_of, tagged
from hub.linking.scores.compare import AT_ONCE, Comparison, Levels, Rows, Shares, beside
from hub.linking.scores.features import Table
from hub.linking.scores.model import Chances, LevelCounts, Model, show, weigh

RANDOM_PAIRS = 2_000_000
SESSION_PAIRS = 400_000
FEWEST = 300
"""Pairs of one person that a session needs to teach anything."""
STEPS = 60
TRUST = 4.0
"""Pairs that the chances held before the training are worth."""
UNSEEN = 1e-4
"""A level rarer than this on both sides has taught nothing: it keeps its chances."""
CLOSE = 1e-5


@dataclass(frozen=True, slots=True)
class Session:
    """One run of EM over the pairs of a blocking rule; `teaches` are the fields that it learns."""

    rule: BlockingRule
    teaches: tuple[str, ...]


def chances_of(levels: Levels, before: Chances, weights: Chances | None = None) -> Chances:
    """The share of each level among the pairs that have one.

    `before` are the chances held so far; they count as much as `TRUST` pairs, so that a level
    that no pair shows keeps a likely chance.
    """
    known = levels >= 0
    found = np.bincount(levels[known], None if weights is None else weights[known], len(before))
    return np.asarray((found + TRUST * before) / (found.sum() + TRUST), np.float64)


def random_chances(
    start: Model, comparisons: Sequence[Comparison], table: Table, random: np.random.Generator
) -> dict[str, Chances]:
    """u of each comparison, from pairs drawn at random."""
    left, right = random.integers(0, len(table), (2, RANDOM_PAIRS))
    left, right = left[left != right], right[left != right]
    levels: dict[str, list[Levels]] = {each.name: [] for each in comparisons}
    for begin in range(0, len(left), AT_ONCE):
        part = slice(begin, begin + AT_ONCE)
        rows, one, other = beside(table, left[part], right[part])
        for each in comparisons:
            levels[each.name].append(each.levels(rows, one, other))
    return {
        name: chances_of(np.concatenate(parts), start.u[name]) for name, parts in levels.items()
    }


def session_pairs(table: Table, session: Session, random: np.random.Generator) -> tuple[Rows, Rows]:
    """Some pairs that share the key of a session."""
    keys: Keys = tagged(0, session.rule.keys(table))[:, None]
    left, right = pairs_of(keys, [session.rule])
    if len(left) > SESSION_PAIRS:
        chosen = random.choice(len(left), SESSION_PAIRS, replace=False)
        left, right = left[chosen], right[chosen]
    return left, right


def learn(
    model: Model,
    comparisons: Sequence[Comparison],
    table: Table,
    shares: Shares,
    session: Session,
    random: np.random.Generator,
) -> dict[str, Chances]:
    """m of the fields that a session teaches; nothing where it has too few pairs of one person."""
    left, right = session_pairs(table, session, random)
    taught = [each for each in comparisons if each.name in session.teaches]
    shown = {each.name: show(each, table, shares, left, right) for each in taught}
    m, odds = dict(model.m), 0.0
    matching = np.zeros(len(left))
    for _ in range(STEPS):
        current = Model(m, model.u, odds, model.counts)
        total = np.full(len(left), odds)
        for each in taught:
            total += weigh(current, each, shown[each.name])
        before, matching = matching, 1 / (1 + np.exp2(-np.clip(total, -60, 60)))
        if matching.sum() < FEWEST:
            return {}
        for each in taught:
            m[each.name] = chances_of(shown[each.name].levels, model.m[each.name], matching)
        share = np.clip(matching.mean(), 1e-6, 1 - 1e-6)
        odds = float(np.log2(share / (1 - share)))
        if np.abs(matching - before).max() < CLOSE:
            break
    return {name: m[name] for name in session.teaches}


def train(
    start: Model,
    comparisons: Sequence[Comparison],
    sessions: Sequence[Session],
    table: Table,
    shares: Shares,
    counts: Mapping[str, LevelCounts],
    seed: int = 0,
) -> Model:
    """A model for `table`: what no session teaches keeps the chances of `start`."""
    random = np.random.default_rng(seed)
    u = random_chances(start, comparisons, table, random)
    m = dict(start.m)
    for session in sessions:
        model = Model(m, u, start.odds, counts)
        m |= learn(model, comparisons, table, shares, session, random)
    for name in m:
        unseen = (m[name] < UNSEEN) & (u[name] < UNSEEN)
        m[name] = np.where(unseen, start.m[name], m[name])
        u[name] = np.where(unseen, start.u[name], u[name])
    return replace(start, m=m, u=u, counts=counts, records=len(table))
