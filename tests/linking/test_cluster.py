"""Groups out of scored pairs."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from hub.linking.scores.cluster import components, members, partition


def square(
    size: int, pairs: dict[tuple[int, int], float], rest: float = -20.0
) -> NDArray[np.float64]:
    matrix = np.full((size, size), rest)
    for (one, other), score in pairs.items():
        matrix[one, other] = matrix[other, one] = score
    return matrix


def none(size: int) -> NDArray[np.bool_]:
    return np.zeros((size, size), bool)


def test_one_wrong_pair_does_not_chain_two_families() -> None:
    scores = square(4, {(0, 1): 15, (2, 3): 15, (1, 2): 9})
    assert partition(scores, 8, none(4), none(4)) == [0, 0, 2, 2]


def test_a_poor_record_joins_the_person_it_fits() -> None:
    scores = square(3, {(0, 1): 20, (1, 2): 14, (0, 2): 4})
    assert partition(scores, 8, none(3), none(3)) == [0, 0, 0]


def test_a_rule_keeps_apart_what_a_score_would_join() -> None:
    apart = none(3)
    apart[0, 2] = apart[2, 0] = True
    scores = square(3, {(0, 1): 20, (1, 2): 12, (0, 2): 12})
    assert partition(scores, 8, apart, none(3)) == [0, 0, 2]


def test_a_judgement_joins_whatever_the_score() -> None:
    together = none(3)
    together[0, 2] = together[2, 0] = True
    assert partition(square(3, {(0, 1): 10}), 8, none(3), together) == [0, 1, 0]


def test_components_follow_pairs() -> None:
    root = components(6, np.array([1, 2, 4]), np.array([2, 5, 3]))
    assert list(root) == [0, 1, 1, 3, 3, 1]
    assert [rows.tolist() for rows in members(root)] == [[[3, 4]], [[1, 2, 5]]]


@st.composite
def matrices(draw: st.DrawFn) -> tuple[NDArray[np.float64], NDArray[np.bool_], list[int]]:
    size = draw(st.integers(2, 7))
    values = draw(st.lists(st.integers(-1000, 1000), min_size=49, max_size=49, unique=True))
    scores = np.array(values, float)[: size * size].reshape(size, size) / 40
    apart = np.array(draw(st.lists(st.integers(0, 5), min_size=49, max_size=49)))
    marks = apart[: size * size].reshape(size, size) == 0
    order = draw(st.permutations(range(size)))
    return np.triu(scores, 1) + np.triu(scores, 1).T, np.triu(marks, 1) | np.triu(marks, 1).T, order


@given(matrices())
def test_the_order_of_records_changes_nothing(
    drawn: tuple[NDArray[np.float64], NDArray[np.bool_], list[int]],
) -> None:
    scores, apart, order = drawn
    straight = partition(scores, 4, apart, none(len(scores)))
    turned = partition(
        scores[np.ix_(order, order)], 4, apart[np.ix_(order, order)], none(len(scores))
    )
    assert as_sets(straight, list(range(len(scores)))) == as_sets(turned, order)


@given(matrices())
def test_no_group_holds_two_records_that_a_rule_keeps_apart(
    drawn: tuple[NDArray[np.float64], NDArray[np.bool_], list[int]],
) -> None:
    scores, apart, _ = drawn
    label = np.array(partition(scores, 4, apart, none(len(scores))))
    assert not (apart & (label[:, None] == label[None, :])).any()


def as_sets(labels: list[int], order: list[int]) -> set[frozenset[int]]:
    return {
        frozenset(order[place] for place, label in enumerate(labels) if label == each)
        for each in set(labels)
    }
