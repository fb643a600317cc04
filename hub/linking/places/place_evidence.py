"""What speaks for two records being of one home, station, group or body: their weights.

The bars are those of the scores (`hub.linking.places.place_comparison`), field by field, and what
limits their sum.
"""

from __future__ import annotations

from collections.abc import Sequence

from hub.linking.evidence import ONE, OTHER, Explanation, FieldEvidence, Side, Weighed, weigh_pair
from hub.linking.places.place_comparison import PLACE_MODEL, PLACES, PlaceSaid, table_of_places
from hub.linking.scores import Sheet
from hub.subjects.stewardship import Agreement

FIELDS = {"name": ("name",), "numbers": ("name",), "code": ("creditCode", "qrCode")}
"""The record fields of a comparison, where it has another name."""

DIFFERENT = {"address": (0, 1), "division": (0,)}
"""The levels that count as different; of other comparisons the lowest."""

LIMIT = "name, number or division do not bear it out: a steward decides"
LIMITED = f"No score joins these: {LIMIT} 名称、序号或区划不支持自动合并"
APART = "Two of one system, or of two codes or congresses, are two 同一系统或代码、届次不同即为两个"


def explain_places(said: Sequence[PlaceSaid], left: Side, right: Side) -> Explanation:
    """The weights of two records; `said` holds what they say, the left one first."""
    table = table_of_places(said)
    weighed = weigh_pair(PLACES, PLACE_MODEL, table)
    compared = [_compared(it, left, right) for it in weighed]
    score = PLACE_MODEL.odds + sum(item.weight for item in compared)
    scored = Sheet(PLACES, table).score(PLACE_MODEL, ONE, OTHER)
    rules = [APART] if scored.apart[0] else []
    lowered = round(float(scored.scores[0]) - score, 2)
    if lowered < -0.1:
        compared.append(FieldEvidence("limit", None, None, Agreement.DIFFERENT, lowered, LIMIT))
        rules.append(LIMITED)
    return Explanation(PLACE_MODEL.odds, compared, rules)


def _compared(it: Weighed, left: Side, right: Side) -> FieldEvidence:
    shown = _shown(it.name, left), _shown(it.name, right)
    return FieldEvidence(it.name, *shown, it.agreement({}, DIFFERENT), it.weight, it.detail)


def _shown(name: str, side: Side) -> object:
    if name == "division":
        return side.place
    return next((side.fields[it] for it in FIELDS.get(name, (name,)) if it in side.fields), None)
