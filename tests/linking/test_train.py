"""The weights, learned without labels."""

from __future__ import annotations

import numpy as np
import pytest

from hub.linking.scores.blocks import BlockingRule
from hub.linking.scores.compare import Comparison, equal_column
from hub.linking.scores.features import Table
from hub.linking.scores.model import LevelCounts, Model, score
from hub.linking.scores.train import Session, train

PEOPLE, SIDES = 20_000, 500
PLANTED = {"height": 0.9, "colour": 0.7, "town": 0.97}
SIZES = {"height": 40, "colour": 8, "town": 200}
ROW = np.dtype([("key", "i8"), *((name, "i8") for name in PLANTED)])
FIELDS = tuple(Comparison(name, ("differs", "equal"), equal_column(name)) for name in PLANTED)


def planted(seed: int) -> Table:
    """Two records of each person, whose fields agree with the chances of `PLANTED`.

    A tenth of the keys is shared by two persons.
    """
    random = np.random.default_rng(seed)
    table = np.zeros(2 * PEOPLE, ROW)
    key = np.arange(1, PEOPLE + 1)
    key[: PEOPLE // 10] = key[PEOPLE // 10 : 2 * (PEOPLE // 10)]
    table["key"] = np.r_[key, key]
    for name, chance in PLANTED.items():
        truth = random.integers(1, SIZES[name] + 1, PEOPLE)
        other = np.where(
            random.random(PEOPLE) < chance, truth, random.integers(1, SIZES[name] + 1, PEOPLE)
        )
        table[name] = np.r_[truth, other]
    return table


def start() -> Model:
    return Model.even(FIELDS)


def test_em_recovers_planted_chances() -> None:
    session = Session(BlockingRule("key", lambda table: table["key"], 10), tuple(PLANTED))
    model = train(start(), FIELDS, [session], planted(1), {}, {})
    for name, chance in PLANTED.items():
        by_luck = 1 / SIZES[name]
        assert model.m[name][1] == pytest.approx(chance + (1 - chance) * by_luck, abs=0.02)
        assert model.u[name][1] == pytest.approx(by_luck, rel=0.1)


def test_training_twice_gives_the_same() -> None:
    session = Session(BlockingRule("key", lambda table: table["key"], 10), tuple(PLANTED))
    one, other = (train(start(), FIELDS, [session], planted(2), {}, {}) for _ in range(2))
    assert all((one.m[name] == other.m[name]).all() for name in PLANTED)


def test_too_few_pairs_teach_nothing() -> None:
    session = Session(
        BlockingRule("none", lambda table: np.zeros(len(table), np.int64), 10), ("height",)
    )
    assert list(train(start(), FIELDS, [session], planted(3), {}, {}).m["height"]) == [0.5, 0.5]


def test_a_rare_value_weighs_more_than_a_common_one() -> None:
    field = Comparison("height", ("differs", "equal"), equal_column("height"), "height", (1,))
    model = Model({"height": np.array([0.1, 0.9])}, {"height": np.array([0.9, 0.1])}, 0.0)
    table = np.array([(0, 1, 0, 0)] * 2 + [(0, 2, 0, 0)] * 2, ROW)
    shares = {"height": np.array([0.5, 0.5, 0.001, 0.001])}
    common, rare = score(model, [field], table, shares, np.array([0, 2]), np.array([1, 3]))
    assert rare - common == pytest.approx(np.log2(500))


def test_unlisted_values_have_no_share() -> None:
    counts = LevelCounts(np.array([3, 7]), np.array([10, 30]), 100)
    assert list(counts.shares(np.array([3, 5, 7, 9]))) == [0.1, 0.0, 0.3, 0.0]
