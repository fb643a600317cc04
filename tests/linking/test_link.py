"""Records of generated people, linked and compared with the truth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.linking.figures import measure
from bench.linking.sets import Known
from hub.linking.people.default import default_model
from hub.linking.people.person_comparison import DEPUTIES
from hub.linking.scores.blocks import BlockingRule, bound_of, keys_of, pairs_of, pairs_with, usable
from hub.linking.scores.link import Judged, Sheet, find_pairs, group, learn
from hub.linking.scores.model import Model


@pytest.fixture(scope="session")
def model() -> Model:
    return default_model()


@pytest.fixture
def sheet(known: Known) -> Sheet:
    return Sheet(DEPUTIES, known.table)


def test_the_model_out_of_the_box_links_generated_people(
    known: Known, sheet: Sheet, model: Model
) -> None:
    pairs = find_pairs(sheet, model)
    figures = measure(group(sheet, model, pairs), pairs, known.person)
    assert figures.precision >= 0.999
    assert figures.recall >= 0.98
    assert figures.recall_decided >= 0.995
    assert figures.doubtful <= 170


def test_a_model_learned_from_the_records_links_as_well(
    known: Known, sheet: Sheet, model: Model
) -> None:
    learned = learn(sheet, model)
    pairs = find_pairs(sheet, learned)
    figures = measure(group(sheet, learned, pairs), pairs, known.person)
    assert figures.precision >= 0.999
    assert figures.recall >= 0.98


def test_the_order_of_records_changes_no_person(known: Known, sheet: Sheet, model: Model) -> None:
    straight = group(sheet, model, find_pairs(sheet, model))
    order = np.random.default_rng(5).permutation(len(known.table))
    turned_table = known.table[order]
    turned = group(
        Sheet(DEPUTIES, turned_table), model, find_pairs(Sheet(DEPUTIES, turned_table), model)
    )
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    assert (same(straight.person) == same(order[turned.person][back])).all()


def same(person: NDArray[np.intp]) -> NDArray[np.intp]:
    """The lowest row of each row's group."""
    lowest = np.full(person.max() + 1, len(person))
    np.minimum.at(lowest, person, np.arange(len(person)))
    return np.asarray(lowest[person])


def test_a_stewards_word_outranks_any_score(known: Known, sheet: Sheet, model: Model) -> None:
    pairs = find_pairs(sheet, model)
    best = int(np.argmax(pairs.scores))
    one, other = pairs.left[[best]], pairs.right[[best]]
    parted = group(sheet, model, pairs, Judged(one, other, np.array([False])))
    assert parted.person[one[0]] != parted.person[other[0]]
    strangers = np.array([0]), np.array([len(known.table) - 1])
    joined = group(sheet, model, pairs, Judged(*strangers, np.array([True])))
    assert joined.person[0] == joined.person[-1]


def test_two_valid_numbers_are_two_persons(known: Known, sheet: Sheet, model: Model) -> None:
    pairs = find_pairs(sheet, model)
    best = int(np.argmax(pairs.scores))
    table = known.table.copy()
    for token, row in enumerate((pairs.left[best], pairs.right[best]), start=1):
        table["token"][row], table["is_own"][row] = token, 1
    marked = Sheet(DEPUTIES, table)
    person = group(marked, model, find_pairs(marked, model)).person
    assert person[pairs.left[best]] != person[pairs.right[best]]


def test_large_blocks_are_left_out() -> None:
    keys = np.array([5] * 4 + [7] * 2 + [0] * 3)[:, None]

    def found(most: int) -> list[list[int]]:
        return [
            list(side) for side in pairs_of(keys, [BlockingRule("", lambda t: t["name"], most)])
        ]

    assert found(3) == [[4], [5]]
    assert len(found(4)[0]) == 7


def test_a_pair_that_shares_several_keys_comes_once(known: Known) -> None:
    keys = keys_of(known.table, DEPUTIES.rules)
    left, right = pairs_of(keys, DEPUTIES.rules)
    assert (left < right).all()
    assert len(np.unique(np.stack([left, right]), axis=1).T) == len(left)
    assert len(left) < bound_of(usable(keys, DEPUTIES.rules))
    chosen = np.arange(len(keys)) % 7 == 0
    some = set(
        zip(*(side.tolist() for side in pairs_with(keys, DEPUTIES.rules, chosen)), strict=True)
    )
    both = zip(left.tolist(), right.tolist(), strict=True)
    assert some == {pair for pair in both if chosen[pair[0]] or chosen[pair[1]]}


def test_almost_all_true_pairs_share_a_key(known: Known) -> None:
    left, right = pairs_of(keys_of(known.table, DEPUTIES.rules), DEPUTIES.rules)
    found = (known.person[left] == known.person[right]).sum()
    counts = np.bincount(known.person)
    assert found / (counts * (counts - 1) // 2).sum() >= 0.995


def test_a_pair_below_the_doubtful_band_is_not_kept(sheet: Sheet, model: Model) -> None:
    strict = replace(model, doubt=20.0)
    assert (find_pairs(sheet, strict).scores >= 20).all()
