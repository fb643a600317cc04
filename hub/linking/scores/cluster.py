"""Persons out of scored pairs: constrained clustering of one component at a time.

A component holds records that scored pairs join. Its outcome depends on the scores, rules and
judgements inside it alone, never on the order in which records came. Groups are joined best first;
two groups are joined only while their records agree on the whole, so that one wrong pair cannot
chain two families together, and never against a rule or a judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from hub.linking.scores.compare import Rows

Matrix = NDArray[np.float64]
Marks = NDArray[np.bool_]
BEST, WHOLE = 0.5, 0.5
"""What the best pair and the mean of all pairs between two groups count for."""


def components(size: int, left: Rows, right: Rows) -> NDArray[np.intp]:
    """For each of `size` rows the lowest row that pairs lead to."""
    root = np.arange(size)
    while True:
        low = np.minimum(root[left], root[right])
        before = root.copy()
        np.minimum.at(root, root[left], low)
        np.minimum.at(root, root[right], low)
        root = root[root]
        if (root == before).all():
            return root


def members(root: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """The rows of the components of two and more: a table of those of each size, a row for each."""
    order = np.argsort(root, kind="stable")
    starts = np.flatnonzero(np.diff(root[order], prepend=-1))
    sizes = np.diff(starts, append=len(order))
    for size in np.unique(sizes[sizes > 1]):
        yield order[starts[sizes == size][:, None] + np.arange(size)]


def partition(scores: Matrix, accept: float, apart: Marks, together: Marks) -> list[int]:
    """The group of each record of a component, by the lowest record in it.

    `scores` is symmetric. Marks `together` join before any score; marks `apart` keep two records
    in different groups, unless they are also together. Records must come in a fixed order.
    """
    groups = {item: [item] for item in range(len(scores))}
    linkage = np.where(apart, -np.inf, scores)
    np.fill_diagonal(linkage, -np.inf)
    best, whole = linkage.copy(), linkage.copy()
    forced = np.where(together, np.inf, -np.inf)
    np.fill_diagonal(forced, -np.inf)
    while len(groups) > 1:
        joined = np.where(forced == np.inf, np.inf, BEST * best + WHOLE * whole)
        place = int(np.argmax(joined))
        one, other = sorted(divmod(place, len(scores)))
        if joined[one, other] < accept:
            break
        _join(groups, best, whole, forced, one, other)
    label = {item: first for first, items in groups.items() for item in items}
    return [label[item] for item in range(len(scores))]


def _join(
    groups: dict[int, list[int]], best: Matrix, whole: Matrix, forced: Matrix, one: int, other: int
) -> None:
    """Let group `one` take over group `other` in all three matrices."""
    sizes = len(groups[one]), len(groups[other])
    groups[one] += groups.pop(other)
    mean = (whole[one] * sizes[0] + whole[other] * sizes[1]) / sum(sizes)
    top = np.where(np.isneginf(mean), -np.inf, np.maximum(best[one], best[other]))
    force = np.maximum(forced[one], forced[other])
    for matrix, row in ((best, top), (whole, mean), (forced, force)):
        matrix[one, :], matrix[:, one] = row, row
        matrix[other, :], matrix[:, other] = -np.inf, -np.inf
        matrix[one, one] = -np.inf
