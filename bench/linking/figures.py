"""How well records were linked, counted in pairs of records."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hub.linking.scores.cluster import components
from hub.linking.scores.link import Linked, Scored

People = NDArray[np.int64] | NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision and recall of pairs; false merges and doubtful pairs per 10,000 people.

    A false merge is a person of the hub that holds records of one more person than it should.
    `recall_decided` is the recall once every doubtful pair is decided by the truth. Both are 0
    for what leaves no pair to a steward.
    """

    precision: float
    recall: float
    false_merges: float
    doubtful: float = 0.0
    recall_decided: float = 0.0


def measure(linked: Linked, pairs: Scored, truth: NDArray[np.int64]) -> Figures:
    """The figures of an outcome against the truth."""
    precision, recall, merges = compare(linked.person, truth)
    people = len(np.unique(truth))
    decided = decide(linked, pairs, truth)
    return Figures(
        precision,
        recall,
        merges / people * 10_000,
        len(linked.doubtful) / people * 10_000,
        compare(decided, truth)[1],
    )


def compare(found: People, truth: NDArray[np.int64]) -> tuple[float, float, int]:
    """Precision, recall and false merges of one grouping of records."""
    both = np.unique(np.stack([found, truth], axis=1), axis=0, return_counts=True)[1]
    right, claimed, wanted = pairs(both), pairs(sizes(found)), pairs(sizes(truth))
    merges = len(both) - len(np.unique(found))
    return right / max(claimed, 1), right / max(wanted, 1), merges


def sizes(groups: People) -> NDArray[np.int64]:
    return np.unique(groups, return_counts=True)[1].astype(np.int64)


def pairs(counts: NDArray[np.int64]) -> int:
    return int((counts * (counts - 1) // 2).sum())


def decide(linked: Linked, found: Scored, truth: NDArray[np.int64]) -> NDArray[np.intp]:
    """The persons after a steward who knows the truth has decided every doubtful pair."""
    left = found.left[linked.doubtful]
    right = found.right[linked.doubtful]
    same = truth[left] == truth[right]
    rows = np.arange(len(truth))
    return components(
        len(truth),
        np.concatenate([rows, left[same]]),
        np.concatenate([linked.person, right[same]]),
    )
