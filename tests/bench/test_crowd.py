"""The crowd part of the bench: it measures over a small store as it does over a large one."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import URL

from bench import crowd
from bench.crowd import Extent, Row, measure, table
from bench.hostile import HOSTILE
from tests.bench.test_reads import SMALL, reads

__all__ = ["reads"]

MOMENT = Extent(SMALL, 1, 0.4, 4)


async def test_every_figure_is_measured(
    reads: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd, "FOLDER", tmp_path)
    chosen = {name: HOSTILE[name] for name in ("tokens", "one object")}
    monkeypatch.setattr(crowd, "HOSTILE", chosen)
    rows = await measure(reads, MOMENT)
    assert len(rows) == 7
    assert all(row.alone > 0 and row.crowded > 0 for row in rows)


def test_the_table_says_what_is_met() -> None:
    lines = list(table([Row("a", 2.0, 5.0, 3), Row("b", 2.0, 7.0, 3)]))
    assert lines[2:] == [
        "| a | 2.00 | 5.00 | 2.50 | 3.0 | met |",
        "| b | 2.00 | 7.00 | 3.50 | 3.0 | missed |",
    ]
