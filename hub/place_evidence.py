"""What speaks for two records being of one home, station, group or body: their weights.

The bars are those of the scores (`hub.linking.places`), field by field, and what limits their sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from hub.enums import Agreement
from hub.evidence import Compared, Explanation, Side, agreement_of
from hub.linking.features import Table
from hub.linking.link import score_pairs
from hub.linking.model import weigh
from hub.linking.places import PLACE_MODEL, PLACES, PlaceSaid, table_of_places

FIELDS = {"name": ("name",), "numbers": ("name",), "code": ("creditCode", "qrCode")}
"""The record fields of a comparison, where it has another name."""

DIFFERENT = {"address": (0, 1), "division": (0,)}
"""The levels that count as different; of other comparisons the lowest."""

ONE, OTHER = np.array([0]), np.array([1])
LIMIT = "name, number or division do not bear it out: a steward decides"
LIMITED = f"No score joins these: {LIMIT} 名称、序号或区划不支持自动合并"
APART = "Two of one system, or of two codes or congresses, are two 同一系统或代码、届次不同即为两个"


def explain_places(said: Sequence[PlaceSaid], left: Side, right: Side) -> Explanation:
    """The weights of two records; `said` holds what they say, the left one first."""
    table = table_of_places(said)
    compared = list(_compare(table, left, right))
    score = PLACE_MODEL.odds + sum(item.weight for item in compared)
    scored = score_pairs(PLACES, PLACE_MODEL, table, {}, ONE, OTHER)
    rules = [APART] if scored.apart[0] else []
    lowered = round(float(scored.scores[0]) - score, 2)
    if lowered < -0.1:
        compared.append(Compared("limit", None, None, Agreement.DIFFERENT, lowered, LIMIT))
        rules.append(LIMITED)
    return Explanation(PLACE_MODEL.odds, compared, rules)


def _compare(table: Table, left: Side, right: Side) -> Iterator[Compared]:
    for comparison in PLACES.comparisons:
        levels = comparison.levels(table, ONE, OTHER)
        weight = weigh(PLACE_MODEL, comparison, levels, {}, ONE, OTHER)
        level = int(levels[0])
        yield Compared(
            comparison.name,
            _shown(comparison.name, left),
            _shown(comparison.name, right),
            agreement_of(comparison, level, {}, DIFFERENT),
            round(float(weight[0]), 2),
            comparison.names[level] if level >= 0 else None,
        )


def _shown(name: str, side: Side) -> object:
    if name == "division":
        return side.place
    return next((side.fields[it] for it in FIELDS.get(name, (name,)) if it in side.fields), None)
