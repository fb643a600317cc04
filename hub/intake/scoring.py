"""Link deputies' records by score as they come: a batch against all records, at its own cost.

The keys of a batch lead to the records that it may be alike, those that score high enough to
theirs, until nothing more is joined. What is reached so is grouped as a pass over all records
would group it, since groups depend on the records joined to them alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hub.ids import new_id
from hub.intake.batch import Record
from hub.intake.link_forms import (
    Forms,
    drop_forms,
    find_by_id,
    find_by_key,
    forms_of_records,
    forms_of_stored,
    joined,
    note_crowded,
    write_forms,
)
from hub.intake.scope import Scope
from hub.linking import Decided, Pair, replace_links, standing
from hub.linking.people import DEPUTIES, current_model
from hub.linking.scores import Judged, Linked, Model, Scored, Sheet, group, pairs_with
from hub.store import Pipeline, packed


@dataclass(slots=True)
class Reached:
    """What was reached so far: `known` records, those `inside`, of which all pairs are scored."""

    known: Forms
    inside: set[str] = field(default_factory=set)
    asked: set[int] = field(default_factory=set)
    pairs: dict[Pair, tuple[float, bool]] = field(default_factory=dict)
    decided: dict[Pair, bool] = field(default_factory=dict)


async def score_or_wait(
    pipeline: Pipeline,
    scope: Scope,
    records: Sequence[Record],
    gone: Sequence[Record],
    again: Collection[str],
) -> None:
    """Score the people of a batch, or note them for the end of the sync."""
    if scope.scores_people:
        await score_people(pipeline, scope, records, gone, again)
    else:
        await wait(pipeline, records, gone)


LEFT = """
INSERT INTO link_waiting (record_id)
SELECT id FROM source_record WHERE person_id = ANY($1::uuid[]) AND deleted_at IS NULL
  AND NOT id = ANY($2::uuid[])
"""


async def wait(pipeline: Pipeline, records: Sequence[Record], gone: Sequence[Record]) -> None:
    """Note records, and those that were linked to ones that go, to be scored later."""
    if records:
        await pipeline.copy(packed("link_waiting", {"record_id": [it.id for it in records]}))
    if gone:
        ids = [record.id for record in gone]
        await drop_forms(pipeline, ids)
        await pipeline.execute(LEFT, [record.person_id for record in gone], ids)


async def score_people(
    pipeline: Pipeline,
    scope: Scope,
    records: Sequence[Record],
    gone: Sequence[Record],
    again: Collection[str],
) -> None:
    """Bring what the model takes for one person to what the records say now.

    `records` are those of a batch, `gone` those about to be deleted, `again` ids of stored ones.
    """
    model = await current_model(pipeline)
    stored = await forms_of_stored(pipeline, scope.divisions, list(again))
    fresh = joined([forms_of_records(scope, records), stored])
    await drop_forms(pipeline, [record.id for record in gone])
    await write_forms(pipeline, fresh)
    people = [record.person_id for record in (*records, *gone) if record.person_id]
    seeds = await _of_people(pipeline, people, again)
    out = {record.id for record in gone}
    reached = Reached(fresh)
    waiting = {*fresh.ids, *seeds} - out
    while waiting:
        waiting = await _reach(pipeline, model, reached, waiting) - out
    await _write(pipeline, model, reached)


OF_PEOPLE = """
SELECT id::text FROM source_record WHERE deleted_at IS NULL AND person_id IN (
    SELECT unnest($1::uuid[]) UNION SELECT person_id FROM source_record WHERE id = ANY($2::uuid[]))
"""


async def _of_people(
    pipeline: Pipeline, people: Sequence[str], records: Collection[str]
) -> list[str]:
    """The records of these persons, and of those of these records."""
    if not people and not records:
        return []
    return [row[0] for row in await pipeline.fetch(OF_PEOPLE, people, list(records))]


async def _reach(pipeline: Pipeline, model: Model, reached: Reached, waiting: set[str]) -> set[str]:
    """Score all pairs of the records `waiting`; give the records that are joined to them."""
    lacking = waiting.difference(reached.known.ids)
    if lacking:
        reached.known = joined([reached.known, await find_by_id(pipeline, lacking)])
    chosen = waiting.intersection(reached.known.ids)
    await _look_around(pipeline, reached, chosen)
    found = _score(model, reached, chosen)
    reached.inside |= chosen
    for it in await standing(pipeline, chosen):
        found |= _note(reached, it)
    return found - reached.inside


async def _look_around(pipeline: Pipeline, reached: Reached, chosen: set[str]) -> None:
    """Get all records that share a key with a chosen one."""
    keys = reached.known.keys()[_marks(reached.known, chosen)]
    fresh = set(keys[keys != 0].tolist()) - reached.asked
    reached.asked |= fresh
    reached.known = joined([reached.known, await find_by_key(pipeline, fresh)])


def _score(model: Model, reached: Reached, chosen: set[str]) -> set[str]:
    """Keep the doubtful and better pairs of the chosen records; give the ends of joined ones."""
    known = reached.known
    left, right = pairs_with(known.keys(), DEPUTIES.rules, _marks(known, chosen))
    scored = Sheet(DEPUTIES, known.table).score(model, left, right)
    scored = scored.where(scored.scores >= model.doubt)
    found: set[str] = set()
    for pair, score, apart in _named(known.ids, scored):
        reached.pairs[pair] = score, apart
        if score >= model.accept and not apart:
            found.update(pair)
    return found


def _marks(forms: Forms, chosen: Collection[str]) -> NDArray[np.bool_]:
    return np.array([key in chosen for key in forms.ids], bool)


def _named(ids: Sequence[str], pairs: Scored) -> Iterator[tuple[Pair, float, bool]]:
    for left, right, score, apart in zip(
        pairs.left.tolist(),
        pairs.right.tolist(),
        pairs.scores.tolist(),
        pairs.apart.tolist(),
        strict=True,
    ):
        yield Pair.of(ids[left], ids[right]), score, apart


def _note(reached: Reached, it: Decided) -> set[str]:
    """Take a decision in; give the records that have to be looked at with it."""
    if it.is_steward:
        reached.decided[Pair(it.left, it.right)] = it.is_same
    return {it.left, it.right} if it.is_same else set()


# --- What comes of it -----------------------------------------------------------------------------


async def _write(pipeline: Pipeline, model: Model, reached: Reached) -> None:
    known = reached.known.ordered()
    await note_crowded(pipeline, known.keys())
    row = {key: at for at, key in enumerate(known.ids)}
    pairs = scored_of(row, reached.pairs)
    judged = judged_of(row, [Decided(*pair, same) for pair, same in reached.decided.items()])
    found = group(Sheet(DEPUTIES, known.table), model, pairs, judged)
    linked = dict(linked_of(known.ids, pairs, found))
    inside = list(reached.inside)
    await replace_links(pipeline, inside, linked)
    open_ = {
        pair: probability(score)
        for pair, (score, apart) in reached.pairs.items()
        if not apart and pair not in reached.decided
    }
    pipeline.follow(write_doubts, [Doubts(inside, open_)])


def scored_of(row: Mapping[str, int], pairs: Mapping[Pair, tuple[float, bool]]) -> Scored:
    """Pairs of ids as pairs of rows."""
    ends = np.array(
        [sorted((row[one], row[other])) for one, other in pairs], dtype=np.intp
    ).reshape(-1, 2)
    scores = np.array([score for score, _ in pairs.values()], float)
    apart = np.array([apart for _, apart in pairs.values()], bool)
    return Scored(ends[:, 0], ends[:, 1], scores, apart)


def judged_of(row: Mapping[str, int], decided: Sequence[Decided]) -> Judged:
    """What stewards decided, as pairs of rows; of pairs that are among the rows."""
    kept = [
        (*sorted((row[it.left], row[it.right])), it.is_same)
        for it in decided
        if it.left in row and it.right in row
    ]
    columns = np.array(kept, dtype=np.intp).reshape(-1, 3)
    return Judged(columns[:, 0], columns[:, 1], columns[:, 2].astype(bool))


def linked_of(ids: Sequence[str], pairs: Scored, found: Linked) -> Iterator[tuple[Pair, float]]:
    """Each record with the first record of its person, and the probability of the pair.

    Person by person.
    """
    rows = np.flatnonzero(found.person != np.arange(len(ids)))
    rows = rows[np.argsort(found.person[rows], kind="stable")]
    joining = found.person[pairs.left] == found.person[pairs.right]
    inner = pairs.where(joining)
    ends = zip(inner.left.tolist(), inner.right.tolist(), strict=True)
    best = dict(zip(ends, probabilities(inner.scores).tolist(), strict=True))
    for row, first in zip(rows.tolist(), found.person[rows].tolist(), strict=True):
        yield Pair.of(ids[first], ids[row]), best.get((first, row), EVEN)


def probability(score: float) -> float:
    """The probability of log2 odds."""
    return float(probabilities(np.array([score]))[0])


def probabilities(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probabilities of log2 odds."""
    return np.asarray(1 / (1 + np.exp2(-np.clip(scores, -60, 60))))


EVEN = 0.5
"""The probability of what was not scored: a steward's word."""


# --- Doubtful pairs -------------------------------------------------------------------------------


class Doubts(NamedTuple):
    """Pairs that nobody has judged, with their probabilities: all those of the records `inside`."""

    inside: list[str]
    pairs: dict[Pair, float]


PEOPLE_OF = """
SELECT s.id::text, s.person_id::text,
       (SELECT count(*) FROM source_record o
        WHERE o.person_id = s.person_id AND o.deleted_at IS NULL)
FROM source_record s WHERE s.id = ANY($1::uuid[])
"""
DROP_DOUBTS = """
DELETE FROM link_candidate c
WHERE c.kind = 'DEPUTY' AND (left_id = ANY($1::uuid[]) OR right_id = ANY($1::uuid[]))
  AND NOT EXISTS (SELECT FROM unnest($2::uuid[], $3::uuid[]) AS kept(one, other)
                  WHERE kept.one = c.left_id AND kept.other = c.right_id)
"""
ADD_DOUBTS = """
INSERT INTO link_candidate (id, kind, left_id, right_id, score, rank, division_id)
SELECT d.id, 'DEPUTY', d.one, d.other, d.score, d.rank, s.division_id
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::float[], $5::float[])
     AS d(id, one, other, score, rank)
JOIN source_record s ON s.id = d.one
ON CONFLICT (left_id, right_id) DO UPDATE SET score = excluded.score, rank = excluded.rank
"""


async def write_doubts(pipeline: Pipeline, all_doubts: list[Doubts]) -> None:
    """Bring the queue to the best pair of each two persons, once the persons are known."""
    for doubts in all_doubts:
        ends = set(chain.from_iterable(doubts.pairs))
        rows = await pipeline.fetch(PEOPLE_OF, list(ends)) if ends else []
        people = {row[0]: (row[1], row[2]) for row in rows}
        best = best_of_people(doubts.pairs, {key: person for key, (person, _) in people.items()})
        sides = [pair.left for pair in best], [pair.right for pair in best]
        ranks = [
            worth(score, people[one][1] + people[other][1]) for (one, other), score in best.items()
        ]
        await pipeline.execute(DROP_DOUBTS, doubts.inside, *sides)
        await pipeline.execute(
            ADD_DOUBTS, [new_id() for _ in best], *sides, list(best.values()), ranks
        )


def best_of_people(pairs: Mapping[Pair, float], person: Mapping[str, str]) -> dict[Pair, float]:
    """The surest pair of each two persons."""
    best: dict[tuple[str, ...], tuple[float, Pair]] = {}
    for pair, score in pairs.items():
        two = tuple(sorted((person[pair.left], person[pair.right])))
        if two[0] != two[1] and (score, pair) > best.get(two, (-1.0, pair)):
            best[two] = score, pair
    return {pair: score for score, pair in best.values()}


def worth(score: float, records: int) -> float:
    """The place in the queue: the less sure a pair and the more records hang on it, the sooner."""
    return -round((1 - abs(2 * score - 1)) * records, 4)
