"""Who is who: find the records of one natural person, without a common key.

The steps, each pure and on arrays of numbers: `features` (what a record says, in forms that can be
compared), `blocks` (which pairs are worth a comparison), `compare` (how far a pair agrees),
`model` (what that agreement weighs), `train` (the weights, learned without labels) and `cluster`
(persons out of pairs). `docs/linking.md` explains them to stewards.
"""

from hub.linking.evidence import (
    ONE,
    OTHER,
    Compared,
    Explanation,
    Side,
    Weighed,
    person_rules,
    weigh_pair,
)
from hub.linking.judgements import STEWARDS, Changing, Decided, Reader, Union, standing

__all__ = [
    "ONE",
    "OTHER",
    "STEWARDS",
    "Changing",
    "Compared",
    "Decided",
    "Explanation",
    "Reader",
    "Side",
    "Union",
    "Weighed",
    "person_rules",
    "standing",
    "weigh_pair",
]
