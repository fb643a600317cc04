"""What speaks for two deputies' records being of one person: the weights that linked them, or not.

The bars are those of the model (`hub.linking.scores.model`), field by field, and what limits
their sum.
"""

from __future__ import annotations

import numpy as np

from hub.intake import Forms
from hub.linking import (
    ONE,
    OTHER,
    Explanation,
    FieldEvidence,
    Side,
    Weighed,
    person_rules,
    weigh_pair,
)
from hub.linking.people import DEPUTIES
from hub.linking.scores import Model, home_names
from hub.subjects.stewardship import Agreement

FIELDS = {
    "idNumber": "nationalId",
    "work": "employerAndPost",
    "place": "division",
    "party": "politicalAffiliation",
}
"""The record field of a comparison, where it has another name."""

EQUAL = {"birth": (6, 7), "place": (7, 8, 9)}
"""The levels that count as equal; of other comparisons the highest."""

DIFFERENT = {"idNumber": (0, 1, 2), "place": (0, 1, 2, 3)}
"""The levels that count as different; of other comparisons the lowest."""

TOGETHER = "employer, phone and place together bring the odds to 8 to 1 at most"
LIMIT = "name, birth or a second mandate in one congress do not bear it out: a steward decides"
LIMITED = f"No score joins these: {LIMIT} 姓名、出生或同届重复职务不支持自动合并"


def explain_people(model: Model, forms: Forms, left: Side, right: Side) -> Explanation:
    """The weights of two records; `forms` holds theirs, the left one first."""
    weighed = weigh_pair(DEPUTIES, model, forms.table)
    compared = [_compared(it, left, right) for it in weighed]
    joint = sum(item.weight for item in compared if _is_joint(model, item))
    over = min(joint, model.most - model.odds) - joint
    if over < 0:
        compared.append(
            FieldEvidence("together", None, None, Agreement.CLOSE, round(over, 2), TOGETHER)
        )
    rules = person_rules(left, right)
    score = np.array([model.odds + sum(item.weight for item in compared)])
    limited = DEPUTIES.limit(forms.table, ONE, OTHER, score, model.accept)
    if limited[0] < score[0]:
        lowered = round(float(limited[0] - score[0]), 2)
        compared.append(FieldEvidence("limit", None, None, Agreement.DIFFERENT, lowered, LIMIT))
        rules.append(LIMITED)
    return Explanation(round(model.odds, 2), compared, rules)


def _is_joint(model: Model, item: FieldEvidence) -> bool:
    return item.field in {FIELDS.get(name, name) for name in model.together}


def _compared(it: Weighed, left: Side, right: Side) -> FieldEvidence:
    shown = _shown(it.name, left), _shown(it.name, right)
    agreement = it.agreement(EQUAL, DIFFERENT)
    return FieldEvidence(FIELDS.get(it.name, it.name), *shown, agreement, it.weight, it.detail)


def _shown(name: str, side: Side) -> object:
    """What a record states; of an ID number nothing."""
    if name == "idNumber":
        return None
    if name == "place":
        return side.place
    if name in ("town", "village"):
        unit, work = (side.fields.get(key) for key in ("electoralUnit", "employerAndPost"))
        town, village = home_names(str(unit or ""), str(work or ""))
        return (town if name == "town" else village) or None
    return side.fields.get(FIELDS.get(name, name))
