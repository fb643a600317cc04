"""Link deputies' records to persons by score: what a sync brought, or the whole store.

What the model takes for one person is kept as pairs of records; the intake follows them as it
follows what stewards decided, whose word outranks them. A pass over all records learns the model
anew and settles everything; what few records a sync brings is linked against the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import numpy as np

from hub.database import WRITE_LOCK, Database, Driver
from hub.divisions import DivisionIndex
from hub.enums import RecordKind
from hub.form_readers import read_forms
from hub.intake import Scope, link_again, open_scope
from hub.intake.forms import Forms, columns_of
from hub.intake.scope import Cause
from hub.intake.scoring import Pair, judged_of, linked_of, probability
from hub.judgements import STEWARDS, Decided
from hub.link_model import save_model
from hub.linking.blocks import crowded
from hub.linking.default import default_model
from hub.linking.deputies import DEPUTIES
from hub.linking.link import find_pairs, group, learn
from hub.linking.model import Model
from hub.records import KINDS

CHUNK = 1000
"""Records that one transaction links by score."""

PAIRS = 10_000
"""Pairs of a pass that one transaction brings the golden rows to."""

LEARNS_FROM = 5000
"""Records from which the model learns from the store; below it is the one out of the box."""

MANY = 0.1
"""Share of all records from which a pass over all is made instead of linking the new ones."""


class Pass(NamedTuple):
    """What a pass found: pairs of one person, and doubtful ones, with their probabilities."""

    records: int
    linked: dict[Pair, float]
    doubtful: dict[Pair, float]
    weight: dict[str, int]
    """How many records the person of each record has."""


async def link_new(database: Database, divisions: DivisionIndex, secret: bytes) -> Pass | None:
    """Link the records that wait for it; in a pass over all records where they are many.

    Gives what such a pass found, None where the new records alone were linked.
    """
    async with database.driver() as driver:
        waiting = [row[0] for row in await driver.fetch(WAITING)]
        known = await driver.fetchval("SELECT count(*) FROM link_form")
    if len(waiting) > MANY * known:
        return await link_people(database, divisions, secret)
    await _link_some(database, divisions, secret, waiting)
    return None


WAITING = "SELECT DISTINCT record_id::text FROM link_waiting"
DONE = "DELETE FROM link_waiting WHERE record_id = ANY($1::uuid[])"


async def _link_some(
    database: Database, divisions: DivisionIndex, secret: bytes, records: Sequence[str]
) -> None:
    for start in range(0, len(records), CHUNK):
        part = records[start : start + CHUNK]
        async with database.transaction() as driver:
            await driver.execute("SELECT pg_advisory_xact_lock($1)", WRITE_LOCK)
            scope = await _scope(driver, divisions, secret)
            await link_again(driver, scope, KINDS[RecordKind.DEPUTY], part)
            await driver.execute(DONE, part)


async def _scope(driver: Driver, divisions: DivisionIndex, secret: bytes) -> Scope:
    system = await driver.fetchval("SELECT min(code) FROM source_system")
    return await open_scope(driver, system, Cause(None), divisions, secret)


# --- All records ----------------------------------------------------------------------------------


async def link_people(database: Database, divisions: DivisionIndex, secret: bytes) -> Pass:
    """Link all deputies' records and bring the golden rows to it; give what was found."""
    async with database.transaction() as driver:
        await driver.execute("SELECT pg_advisory_xact_lock($1)", WRITE_LOCK)
        since = await driver.fetchval("SELECT clock_timestamp()")
        forms = await read_forms(database, driver, divisions)
        decided = [Decided(*row) for row in await driver.fetch(STEWARDS)]
    model = default_model()
    if len(forms) >= LEARNS_FROM:
        model = learn(DEPUTIES, model, forms.table)
    found = find_people(forms, model, decided)
    async with database.transaction() as driver:
        await driver.execute("SELECT pg_advisory_xact_lock($1)", WRITE_LOCK)
        fresh = [row[0] for row in await driver.fetch(FRESH, since)]
        await _keep(driver, forms, model, since)
        known = {Pair(*row) for row in await driver.fetch(KNOWN)}
    changed = [*(known - found.linked.keys()), *(it for it in found.linked if it not in known)]
    for start in range(0, len(changed), PAIRS):
        await _write(database, divisions, secret, changed[start : start + PAIRS], found)
    await _link_some(database, divisions, secret, fresh)
    return found


def find_people(forms: Forms, model: Model, decided: Sequence[Decided]) -> Pass:
    """What the model makes of records and decisions."""
    pairs = find_pairs(DEPUTIES, model, forms.table)
    row = {key: at for at, key in enumerate(forms.ids)}
    found = group(DEPUTIES, model, forms.table, pairs, judged_of(row, decided))
    sizes = np.bincount(found.person, minlength=len(forms))[found.person].tolist()
    doubtful = {
        Pair.of(forms.ids[left], forms.ids[right]): probability(score)
        for left, right, score in zip(
            pairs.left[found.doubtful].tolist(),
            pairs.right[found.doubtful].tolist(),
            pairs.scores[found.doubtful].tolist(),
            strict=True,
        )
    }
    ends = {key for pair in doubtful for key in pair}
    weight = {key: sizes[row[key]] for key in ends}
    return Pass(len(forms), dict(linked_of(forms.ids, pairs, found)), doubtful, weight)


# --- What is kept ---------------------------------------------------------------------------------

KNOWN = "SELECT left_id::text, right_id::text FROM score_link"
FRESH = """
SELECT record_id::text FROM link_form WHERE written_at >= $1
UNION
SELECT record_id::text FROM link_waiting WHERE written_at >= $1
"""
GONE = """
DELETE FROM link_form l USING source_record s
WHERE s.id = l.record_id AND s.deleted_at IS NOT NULL
"""


async def _keep(driver: Driver, forms: Forms, model: Model, since: datetime) -> None:
    """Keep forms and model for the batches to come.

    The index is made anew over the whole: that takes a fraction of filling it row by row.
    """
    keys = forms.keys()
    many = crowded(keys, DEPUTIES.rules)
    keys = np.where(np.isin(keys, many), 0, keys)
    await driver.execute("DROP INDEX ix_link_form_keys")
    await driver.execute("TRUNCATE link_form, crowded_key")
    await driver.copy_records_to_table(
        "link_form", records=columns_of(forms, keys), columns=["record_id", "place", "form", "keys"]
    )
    await driver.execute(INDEX)
    await driver.copy_records_to_table("crowded_key", records=((key,) for key in many.tolist()))
    await driver.execute(GONE)
    await driver.execute("DELETE FROM link_waiting WHERE written_at < $1", since)
    await save_model(driver, model)


INDEX = "CREATE INDEX ix_link_form_keys ON link_form USING gin (keys) WITH (fastupdate = off)"

ADD = """
INSERT INTO score_link (left_id, right_id, score)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::float[])
ON CONFLICT (left_id, right_id) DO UPDATE SET score = excluded.score
"""

TAKE_BACK = """
DELETE FROM score_link l USING unnest($1::uuid[], $2::uuid[]) AS t(left_id, right_id)
WHERE l.left_id = t.left_id AND l.right_id = t.right_id
"""


async def _write(
    database: Database,
    divisions: DivisionIndex,
    secret: bytes,
    changed: Sequence[Pair],
    found: Pass,
) -> None:
    """Write some pairs that the pass found or no longer finds; the golden rows follow."""
    added = [pair for pair in changed if pair in found.linked]
    gone = [pair for pair in changed if pair not in found.linked]
    scores = [found.linked[pair] for pair in added]
    async with database.transaction() as driver:
        await driver.execute("SELECT pg_advisory_xact_lock($1)", WRITE_LOCK)
        await driver.execute(ADD, [it.left for it in added], [it.right for it in added], scores)
        await driver.execute(TAKE_BACK, [it.left for it in gone], [it.right for it in gone])
        scope = replace(await _scope(driver, divisions, secret), scores_people=False)
        records = sorted({record for pair in changed for record in pair})
        await link_again(driver, scope, KINDS[RecordKind.DEPUTY], records)
