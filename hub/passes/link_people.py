"""Link deputies' records to persons by score: what a sync brought, or the whole store.

What the model takes for one person is kept as pairs of records; the intake follows them as it
follows what stewards decided, whose word outranks them. A pass over all records learns the model
anew and settles everything; what few records a sync brings is linked against the rest.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from multiprocessing.connection import Connection
from typing import NamedTuple

import numpy as np

from hub.intake import Forms, OpenHub, judged_of, link_again, linked_of, probabilities
from hub.linking import STEWARDS, Decided, Pair, fetch_links
from hub.linking.people import DEPUTIES, default_model, save_model
from hub.linking.scores import Model, Sheet, find_pairs, group, learn
from hub.passes.form_readers import read_forms
from hub.passes.kept_forms import keep_forms
from hub.passes.writing import scope_of_linking, write_pass
from hub.store import PASS_LOCK, Database, Driver, answering, forked, holding, receive
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind

CHUNK = 1000
"""Records that one transaction links by score."""

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
    fresh: frozenset[str] = frozenset()
    """Records that others wrote meanwhile: of those the pass found nothing out."""


async def link_new(hub: OpenHub) -> Pass | None:
    """Link the records that wait for it; in a pass over all records where they are many.

    Gives what such a pass found, None where the new records alone were linked.
    """
    async with _alone(hub.database) as driver:
        if await driver.fetchval(ARE_MANY, MANY):
            return await _link_all(hub)
        waiting = [row[0] for row in await driver.fetch(WAITING)]
        await _link_some(hub, waiting)
    return None


@asynccontextmanager
async def _alone(database: Database) -> AsyncIterator[Driver]:
    """Let whoever links records that wait follow one another: what one has linked waits no more."""
    async with database.driver() as driver, holding(driver, PASS_LOCK):
        yield driver


ARE_MANY = """
SELECT (SELECT count(DISTINCT record_id) FROM link_waiting)
       > $1::float * (SELECT count(*) FROM link_form)
"""
WAITING = "SELECT DISTINCT record_id::text FROM link_waiting"
DONE = "DELETE FROM link_waiting WHERE record_id = ANY($1::uuid[])"


async def _link_some(hub: OpenHub, records: Sequence[str]) -> None:
    for start in range(0, len(records), CHUNK):
        part = records[start : start + CHUNK]
        async with hub.database.writing() as driver:
            scope = await scope_of_linking(driver, hub)
            await link_again(driver, scope, KINDS[RecordKind.DEPUTY], part)
            await driver.execute(DONE, part)


async def much_was_pushed(database: Database) -> bool:
    """Whether a store that is large enough to learn from got many of its records by push since."""
    async with database.driver() as driver:
        return bool(await driver.fetchval(PUSHED, MANY, LEARNS_FROM))


PUSHED = """
WITH known AS (SELECT count(*) AS records FROM link_form)
SELECT known.records >= $2 AND pushed.records > $1::float * known.records
FROM known, (
    SELECT coalesce(sum(stored), 0) AS records FROM run
    WHERE kind = 'PUSH' AND started_at > coalesce((SELECT max(written_at) FROM link_model),
                                                  '-infinity')
) pushed
"""


# --- All records ----------------------------------------------------------------------------------


async def link_people(hub: OpenHub) -> Pass:
    """Link all deputies' records and bring the golden rows to it; give what was found."""
    async with _alone(hub.database):
        return await _link_all(hub)


async def _link_all(hub: OpenHub) -> Pass:
    since, found, fresh, model = await _find_all(hub)
    async with hub.database.writing() as driver:
        fresh |= {row[0] for row in await driver.fetch(FRESH, since)}
        await save_model(driver, model)
        known = await fetch_links(driver)
    changed = [*(known - found.linked.keys()), *(it for it in found.linked if it not in known)]
    await write_pass(hub, changed, found.linked)
    await _link_some(hub, sorted(fresh))
    async with hub.database.transaction() as driver:
        await driver.execute("DELETE FROM link_waiting WHERE written_at <= $1", since)
    return found._replace(fresh=frozenset(fresh))


async def _find_all(hub: OpenHub) -> tuple[datetime, Pass, set[str], Model]:
    """What the model learned from all records makes of them.

    Gives since when others may have written, what was found, the records that others had written
    by the time the forms were kept, and the model. The forms are kept while the model is learned.
    """
    async with hub.database.writing() as driver:
        since = await driver.fetchval("SELECT clock_timestamp()")
        forms = await read_forms(hub.database, driver, hub.divisions)
        decided = [Decided(*row) for row in await driver.fetch(STEWARDS)]
    sheet = Sheet(DEPUTIES, forms.table)
    await asyncio.to_thread(lambda: sheet.keys)  # once, before there are two processes
    async with forked(_keep, hub.database, forms, sheet, since) as keeping:
        model, found = await asyncio.to_thread(learn_and_find, forms, sheet, decided)
        fresh = await receive(keeping, KEEPER_GONE)
    assert isinstance(fresh, set)
    return since, found, fresh, model


KEEPER_GONE = (
    "The process that keeps the comparison forms was ended from outside. Nothing was linked; run "
    "`hub link`."
)


def learn_and_find(forms: Forms, sheet: Sheet, decided: Sequence[Decided]) -> tuple[Model, Pass]:
    """A model learned from the records, where they are enough, and what it makes of them."""
    model = default_model()
    if len(forms) >= LEARNS_FROM:
        model = learn(sheet, model)
    return model, find_people(forms, sheet, model, decided)


def find_people(forms: Forms, sheet: Sheet, model: Model, decided: Sequence[Decided]) -> Pass:
    """What the model makes of records and decisions."""
    pairs = find_pairs(sheet, model)
    row = {key: at for at, key in enumerate(forms.ids)}
    found = group(sheet, model, pairs, judged_of(row, decided))
    sizes = np.bincount(found.person, minlength=len(forms))[found.person].tolist()
    doubtful = {
        Pair.of(forms.ids[left], forms.ids[right]): chance
        for left, right, chance in zip(
            pairs.left[found.doubtful].tolist(),
            pairs.right[found.doubtful].tolist(),
            probabilities(pairs.scores[found.doubtful]).tolist(),
            strict=True,
        )
    }
    ends = {key for pair in doubtful for key in pair}
    weight = {key: sizes[row[key]] for key in ends}
    return Pass(len(forms), dict(linked_of(forms.ids, pairs, found)), doubtful, weight)


# --- What is kept ---------------------------------------------------------------------------------

FRESH = """
SELECT record_id::text FROM link_form WHERE written_at > $1
UNION
SELECT record_id::text FROM link_waiting WHERE written_at > $1
"""


async def _keep(
    ours: Connection, database: Database, forms: Forms, sheet: Sheet, since: datetime
) -> None:
    """Keep the forms for the batches to come; send the records that were written `since`.

    In a process of its own: to pack a million forms takes Python as long as to compare them.
    """
    async with answering(ours, database) as own:
        async with own.writing() as driver:
            fresh = {row[0] for row in await driver.fetch(FRESH, since)}
            await keep_forms(driver, forms, sheet, since)
            if ours.poll():
                raise ConnectionResetError("whoever asked for it is gone")
        ours.send(fresh)
