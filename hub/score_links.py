"""Link deputies' records to persons by score, over the whole store.

What the model takes for one person is kept as pairs of records; the intake follows them as it
follows what stewards decided, whose word outranks them. A pass reads every live record, so that
its outcome depends on the records and the decisions alone, never on the order in which they came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

import asyncpg
import numpy as np

from hub.database import WRITE_LOCK, Database, Driver
from hub.divisions import Division, DivisionIndex
from hub.enums import Level, RecordKind
from hub.intake import link_again, open_scope
from hub.intake.scope import Cause
from hub.judgements import STEWARDS
from hub.linking.default import default_model
from hub.linking.deputies import DEPUTIES
from hub.linking.features import Said, table_of
from hub.linking.link import Judged, Linked, Scored, find_pairs, group, learn
from hub.records import KINDS

CHUNK = 1000
"""Pairs that one transaction adds or takes back."""

LEARNS_FROM = 5000
"""Records from which the model learns from the store; below it is the one out of the box."""

LEVELS = {level.name: place for place, level in enumerate(Level)}

SAID = """
SELECT r.id::text, r.fields, r.id_token, s.code AS system, r.division_id, r.resolved ->> 'level'
FROM source_record r JOIN source_system s ON s.id = r.system_id
WHERE r.kind = 'DEPUTY' AND r.deleted_at IS NULL
ORDER BY s.code, r.external_id
"""


class Pair(NamedTuple):
    """Two records that are, or may be, of one person; the smaller id first."""

    left: str
    right: str


class Pass(NamedTuple):
    """What a pass found: pairs of one person, and doubtful ones, with their probabilities."""

    records: int
    linked: dict[Pair, float]
    doubtful: dict[Pair, float]
    weight: dict[str, int]
    """How many records the person of each record has."""


async def link_people(database: Database, divisions: DivisionIndex, secret: bytes) -> Pass:
    """Link all deputies' records and bring the golden rows to it; give what was found."""
    async with database.driver() as driver:
        found = await find_people(driver, divisions)
        known = {Pair(*row[:2]) for row in await driver.fetch(KNOWN)}
        system = await driver.fetchval("SELECT min(code) FROM source_system")
    changed = sorted(known ^ found.linked.keys())
    for start in range(0, len(changed), CHUNK):
        async with database.transaction() as driver:
            await driver.execute("SELECT pg_advisory_xact_lock($1)", WRITE_LOCK)
            part = changed[start : start + CHUNK]
            await _write(driver, part, found.linked)
            scope = await open_scope(driver, system, Cause(None), divisions, secret)
            records = sorted({record for pair in part for record in pair})
            await link_again(driver, scope, KINDS[RecordKind.DEPUTY], records)
    return found


async def find_people(driver: Driver, divisions: DivisionIndex) -> Pass:
    """What the model makes of all live records. Writes nothing."""
    rows = await driver.fetch(SAID)
    ids = [row["id"] for row in rows]
    if len(ids) < 2:
        return Pass(len(ids), {}, {}, {})
    table = table_of(_said(row, divisions) for row in rows)
    model = default_model()
    if len(ids) >= LEARNS_FROM:
        model = learn(DEPUTIES, model, table)
    pairs = find_pairs(DEPUTIES, model, table)
    judged = _judged(ids, await driver.fetch(STEWARDS))
    found = group(DEPUTIES, model, table, pairs, judged)
    sizes = dict(zip(*np.unique(found.person, return_counts=True), strict=True))
    weight = {key: int(sizes[person]) for key, person in zip(ids, found.person, strict=True)}
    doubtful = dict(_doubtful(ids, pairs, found))
    return Pass(len(ids), dict(_linked(ids, pairs, found)), doubtful, weight)


def _judged(ids: Sequence[str], decided: Sequence[asyncpg.Record]) -> Judged:
    place = {key: at for at, key in enumerate(ids)}
    kept = [
        (*sorted((place[row[0]], place[row[1]])), row[2])
        for row in decided
        if row[0] in place and row[1] in place
    ]
    columns = np.array(kept, dtype=np.intp).reshape(-1, 3)
    return Judged(columns[:, 0], columns[:, 1], columns[:, 2].astype(bool))


def _linked(ids: Sequence[str], pairs: Scored, found: Linked) -> Iterator[tuple[Pair, float]]:
    """Each record with the first record of its person."""
    best: dict[tuple[int, int], float] = {}
    for left, right, score in zip(pairs.left, pairs.right, pairs.scores, strict=True):
        best[min(left, right), max(left, right)] = float(score)
    for row, first in enumerate(found.person):
        if row != first:
            score = best.get((int(first), row), 0.0)
            yield _pair(ids[first], ids[row]), probability(score)


def _doubtful(ids: Sequence[str], pairs: Scored, found: Linked) -> Iterator[tuple[Pair, float]]:
    for place in found.doubtful:
        left, right = ids[pairs.left[place]], ids[pairs.right[place]]
        yield _pair(left, right), probability(float(pairs.scores[place]))


def _pair(one: str, other: str) -> Pair:
    return Pair(*sorted((one, other)))


def probability(score: float) -> float:
    """The probability of log2 odds."""
    return float(1 / (1 + np.exp2(-np.clip(score, -60, 60))))


# --- What records say -----------------------------------------------------------------------------


def _said(row: asyncpg.Record, divisions: DivisionIndex) -> Said:
    fields = row["fields"]
    division = divisions.by_id[row["division_id"]]
    unit = fields.get("electoralUnit")
    employer = fields.get("employer", "") + fields.get("post", "")
    return Said(
        name=fields["name"],
        system=row["system"],
        division=division.code,
        level=LEVELS[row[5]],
        area=_area(divisions, division, unit),
        term=fields.get("term"),
        gender=fields.get("gender"),
        ethnicity=fields.get("ethnicity"),
        birth=fields.get("birth"),
        id_token=row["id_token"],
        phone=fields.get("phone"),
        work=employer or fields.get("employerAndPost"),
        unit=unit,
        party=fields.get("politicalAffiliation"),
        education=fields.get("education"),
    )


def _area(divisions: DivisionIndex, division: Division, unit: str | None) -> tuple[str, ...]:
    """Codes from the province down, as far as division and electoral unit tell."""
    if unit and division.level in (Level.PROVINCE, Level.PREFECTURE):
        meant = divisions.resolve_name(re.sub("代表团$", "", unit), division.id)
        division = meant[0] if len(meant) == 1 else division
    above = [divisions.by_id[UUID(str(key))] for key in division.path]
    return tuple(it.code for it in above if it.level is not Level.NATIONAL)


# --- What is kept ---------------------------------------------------------------------------------

KNOWN = "SELECT left_id::text, right_id::text FROM score_link"

ADD = """
INSERT INTO score_link (left_id, right_id, score)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::float[])
"""

TAKE_BACK = """
DELETE FROM score_link l USING unnest($1::uuid[], $2::uuid[]) AS t(left_id, right_id)
WHERE l.left_id = t.left_id AND l.right_id = t.right_id
"""


async def _write(driver: Driver, changed: Sequence[Pair], linked: dict[Pair, float]) -> None:
    added = [pair for pair in changed if pair in linked]
    gone = [pair for pair in changed if pair not in linked]
    scores = [linked[pair] for pair in added]
    await driver.execute(ADD, [it.left for it in added], [it.right for it in added], scores)
    await driver.execute(TAKE_BACK, [it.left for it in gone], [it.right for it in gone])
