"""febrl4, a public data set of 2 times 5,000 records, linked by the same code with other fields."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bench.linking.figures import compare
from hub.linking.scores.blocks import BlockingRule, mixed
from hub.linking.scores.compare import Comparison, Levels, Rows, Shares, choose
from hub.linking.scores.features import Table, filled
from hub.linking.scores.link import Plan, Sheet, find_pairs, group, learn
from hub.linking.scores.model import LevelCounts, Model
from hub.linking.scores.train import Session
from hub.linking.scores.words import SIGNATURE_WORDS, code, overlap, signatures

TEXTS = ("given_name", "surname", "address_1", "suburb")
CODES = ("street_number", "postcode", "state", "date_of_birth", "soc_sec_id")
COLUMNS = (*TEXTS, *CODES)
ROW = np.dtype(
    [
        *((name, "i8") for name in COLUMNS),
        *((f"{name}_words", "u8", SIGNATURE_WORDS) for name in COLUMNS),
    ]
)
NAMES = ("differs", "half in common", "mostly equal", "equal")


def read_febrl(folder: Path) -> tuple[Table, NDArray[np.int64]]:
    """The records of both files, and the number of each one's person."""
    rows = [row for name in ("dataset4a", "dataset4b") for row in read(folder / f"{name}.csv")]
    return table_of(rows), np.array([int(row["rec_id"].split("-")[1]) for row in rows])


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, skipinitialspace=True))


def table_of(rows: Sequence[Mapping[str, str]]) -> Table:
    values = {name: [row[name].strip() for row in rows] for name in COLUMNS}
    columns: dict[str, ArrayLike] = {}
    for name, said in values.items():
        columns[name] = [code(value) if value else 0 for value in said]
        columns[f"{name}_words"] = signatures([f"^{value}$" if value else "" for value in said])
    return filled(ROW, len(rows), columns)


def nearness(name: str) -> Callable[[Table, Rows, Rows], Levels]:
    """A comparison of texts by the pairs of characters that they share."""

    def levels(table: Table, left: Rows, right: Rows) -> Levels:
        one, other = table[name][left], table[name][right]
        alike = overlap(table[f"{name}_words"][left], table[f"{name}_words"][right])
        return choose(
            ((one == 0) | (other == 0), -1),
            (one == other, 3),
            (alike >= 0.65, 2),
            (alike >= 0.4, 1),
            (one != other, 0),
        )

    return levels


def count_values(table: Table) -> dict[str, LevelCounts]:
    """How often each value occurs."""
    found = {}
    for name in COLUMNS:
        codes, counts = np.unique(table[name][table[name] != 0], return_counts=True)
        found[name] = LevelCounts(codes, counts, len(table))
    return found


def shares_of(table: Table, counts: Mapping[str, LevelCounts]) -> Shares:
    return {name: np.maximum(counts[name].shares(table[name]), 1 / len(table)) for name in COLUMNS}


def keys(*names: str) -> Callable[[Table], NDArray[np.int64]]:
    def of(table: Table) -> NDArray[np.int64]:
        return mixed(*(table[name] for name in names))

    return of


def unlimited(
    table: Table, left: Rows, right: Rows, scores: NDArray[np.float64], accept: float
) -> NDArray[np.float64]:
    return scores


def never(table: Table, left: Rows, right: Rows) -> NDArray[np.bool_]:
    return np.zeros(len(left), bool)


def but(*names: str) -> tuple[str, ...]:
    return tuple(name for name in COLUMNS if name not in names)


def rules(keyed: Iterable[tuple[str, ...]]) -> tuple[BlockingRule, ...]:
    return tuple(BlockingRule(" and ".join(names), keys(*names), 200) for names in keyed)


FEBRL = Plan(
    tuple(Comparison(name, NAMES, nearness(name), name, (3,)) for name in COLUMNS),
    rules(
        (
            ("soc_sec_id",),
            ("date_of_birth",),
            ("given_name", "surname"),
            ("surname", "postcode"),
            ("given_name", "postcode"),
            ("surname", "suburb"),
            ("given_name", "suburb"),
            ("address_1",),
            ("street_number", "postcode"),
        )
    ),
    (
        Session(BlockingRule("number", keys("soc_sec_id"), 20), but("soc_sec_id")),
        Session(BlockingRule("birth", keys("date_of_birth"), 20), ("soc_sec_id",)),
    ),
    count_values,
    shares_of,
    unlimited,
    never,
)


def f1_of_febrl(folder: Path) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs. `folder` holds dataset4a.csv and dataset4b.csv."""
    table, truth = read_febrl(folder)
    start = Model.even(FEBRL.comparisons, accept=3.0, doubt=0.0)
    sheet = Sheet(FEBRL, table)
    model = learn(sheet, start)
    found = group(sheet, model, find_pairs(sheet, model)).person
    precision, recall, _ = compare(found, truth)
    return precision, recall, 2 * precision * recall / (precision + recall)
