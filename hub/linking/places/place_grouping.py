"""Which records of homes, stations, groups and bodies are of one: by score, as people are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hub.linking.places.place_comparison import PLACE_MODEL, PLACES, PlaceSaid, table_of_places
from hub.linking.scores import Scored, Sheet, Table, find_pairs, group

CLEAR = 2.0
"""Bits by which a record has to be likelier than its rival in the same system."""


def group_places(said: Sequence[PlaceSaid]) -> list[list[int]]:
    """The numbers of the records of each home, station, group or body, in their order."""
    sheet = Sheet(PLACES, table_of_places(said))
    linked = group(sheet, PLACE_MODEL, pairs_of_places(sheet))
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for row, first in enumerate(linked.person.tolist()):
        groups[first].append(row)
    return list(groups.values())


def pairs_of_places(sheet: Sheet) -> Scored:
    """The doubtful and better pairs; those of rivals are doubtful."""
    return without_rivals(find_pairs(sheet, PLACE_MODEL), sheet.table)


def without_rivals(pairs: Scored, table: Table) -> Scored:
    """Pairs no better than doubtful where another record of the same system fits as well.

    Two of one system are two things to it: which of them another system means, nobody can tell.
    """
    joining = np.flatnonzero((pairs.scores >= PLACE_MODEL.accept) & ~pairs.apart)
    sides: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for pair in joining.tolist():
        left, right = int(pairs.left[pair]), int(pairs.right[pair])
        for row, other in ((left, right), (right, left)):
            sides[row, int(table["system"][other])].append(pair)
    scores = pairs.scores.copy()
    for rivals in sides.values():
        best, *others = sorted(rivals, key=lambda pair: -pairs.scores[pair])
        if others:
            is_clear = pairs.scores[best] - pairs.scores[others[0]] >= CLEAR
            lower = others if is_clear else rivals
            scores[lower] = np.minimum(scores[lower], PLACE_MODEL.accept - 0.01)
    return replace(pairs, scores=scores)
