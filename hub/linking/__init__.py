"""Who is who: find the records of one natural person, without a common key.

The steps, each pure and on arrays of numbers: `features` (what a record says, in forms that can be
compared), `blocks` (which pairs are worth a comparison), `compare` (how far a pair agrees),
`model` (what that agreement weighs), `train` (the weights, learned without labels) and `cluster`
(persons out of pairs). `docs/linking.md` explains them to stewards.
"""

from hub.linking.evidence import (
    ONE,
    OTHER,
    Explanation,
    FieldEvidence,
    Side,
    Weighed,
    person_rules,
    weigh_pair,
)
from hub.linking.judgements import STEWARDS, Changing, Decided, Pair, RowReader, Union, standing
from hub.linking.score_links import (
    add_links,
    add_settled_links,
    fetch_links,
    remove_links,
    replace_links,
)

__all__ = [
    "ONE",
    "OTHER",
    "STEWARDS",
    "Changing",
    "Decided",
    "Explanation",
    "FieldEvidence",
    "Pair",
    "RowReader",
    "Side",
    "Union",
    "Weighed",
    "add_links",
    "add_settled_links",
    "fetch_links",
    "person_rules",
    "remove_links",
    "replace_links",
    "standing",
    "weigh_pair",
]
