"""The model out of the box, for a hub that holds too little to learn from.

It was learned from 100,000 invented people (`python -m bench.linking --default`), so it
holds nothing of anyone: chances of agreement, and how common the characters of names, ethnic groups
and parties are. `common_names.txt` lists names that more than a hundred thousand people in China
bear: how many of them a small hub's people bear is not known, so they weigh little.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from hub.linking.scores import LevelCounts, Model, load, name_code

DATA = Path(__file__).parents[3] / "data" / "linking"
COMMON = 2e-3
"""The share of people that a common name is taken to have: one in 500."""


@lru_cache
def default_model() -> Model:
    """The model out of the box."""
    model = load((DATA / "default_model.json").read_bytes())
    return replace(model, counts={**model.counts, "name": with_common_names(model.counts["name"])})


def with_common_names(known: LevelCounts) -> LevelCounts:
    """The frequencies of names, those of the common ones no less than `COMMON`."""
    names = (DATA / "common_names.txt").read_text(encoding="utf-8").split()
    common = np.array([name_code(name) for name in names], np.int64)
    found = dict(zip(known.codes.tolist(), known.counts.tolist(), strict=True))
    least = round(COMMON * known.total)
    found.update((code, max(found.get(code, 0), least)) for code in common.tolist())
    codes = np.array(sorted(found), np.int64)
    return LevelCounts(codes, np.array([found[code] for code in codes.tolist()]), known.total)
