"""What Splink is given of a record, and how its clusters are measured."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.linking.__main__ import Measured
from bench.linking.report import line
from bench.linking.splink_peer import COLUMNS, f1, figures_at_thresholds, row_of
from hub.linking.scores.features import Said


def test_splink_gets_the_forms_that_the_hub_compares() -> None:
    said = Said(
        "萧·麗",
        "county",
        "510811",
        3,
        ("51", "5108", "510811"),
        birth="1964-10",
        work="元坝镇红岩村党支部书记",
        id_token=bytes(32),
    )
    row = dict(zip(COLUMNS, row_of(7, said), strict=True))
    told = {name: value for name, value in row.items() if value is not None}
    assert told == {
        "unique_id": 7,
        "name": "肖丽",
        "sound": "xiaoni",
        "year": 1964,
        "month": 10,
        "token": "00" * 32,
        "work": "元坝镇红岩村书记",
        "prefecture": "5108",
        "county": "510811",
        "town": "510811元坝",
        "village": "红岩",
    }


def test_the_clusters_of_each_threshold_are_measured(tmp_path: Path) -> None:
    answer = tmp_path / "clusters.csv"
    rows = ["6.0,0,0", "6.0,1,0", "6.0,2,0", "8.0,0,0", "8.0,1,0", "8.0,2,1"]
    answer.write_text("\n".join(rows), encoding="utf-8")
    loose, strict = figures_at_thresholds(answer, np.array([0, 0, 1]))
    assert loose.precision == pytest.approx(1 / 3)
    assert (loose.recall, loose.false_merges) == (1.0, 5_000)
    assert (strict.precision, strict.recall, f1(strict)) == (1.0, 1.0, 1.0)
    row = line(Measured("a set, Splink", 3, 2, strict, 1.0, 300))
    assert row == "| a set, Splink | 3 | 1.00000 | 1.0000 | 0.00 |  |  | 1 | 300 |\n"
