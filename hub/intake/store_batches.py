"""Prepare a batch, store it in one transaction, delete records that are gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Iterable, Iterator, Sequence

import asyncpg
from sqlalchemy import Table

from hub.errors import Refusal
from hub.ids import new_id
from hub.intake.alike import LINKED, SCORED
from hub.intake.batch import (
    Batch,
    Candidate,
    Issue,
    Newcomers,
    Prepared,
    RawRecord,
    Record,
    Refused,
    Taken,
)
from hub.intake.links import Planned, plan_links
from hub.intake.mandates import log_taken_along, take_along
from hub.intake.memberships import Stated, concerned, rebuild_memberships
from hub.intake.moves import note_moves
from hub.intake.named_congresses import resolve_congresses
from hub.intake.newcomers import part_newcomers, write_newcomers
from hub.intake.place_waiting import wait_places
from hub.intake.quarantine import quarantine_rows, release_rows
from hub.intake.reading import read_records, refuse
from hub.intake.recompute import PlannedRows, fetch_sources, plan_people, recompute
from hub.intake.record_statements import (
    Referrer,
    are_named,
    bury_records,
    compare,
    find_referrers,
    look_up,
    move_records,
    store_unlisted,
    write_records,
)
from hub.intake.rules import Contradiction, find_contradictions, refuse_contradicting
from hub.intake.scope import Scope
from hub.intake.scoring import score_or_wait
from hub.intake.sightings import note_sighting
from hub.intake.villages import store_villages
from hub.store import Driver, Pipeline, breathing, open_pipeline
from hub.subjects import KINDS
from hub.subjects.kinds import Kind
from hub.subjects.record_kinds import RecordKind
from hub.subjects.source_records import Sight


async def prepare(driver: Driver, scope: Scope, batch: Batch) -> Prepared:
    """Compare a batch with the store, read what is new or changed, refuse what cannot be read.

    Writes nothing, so that one batch can be prepared while another is stored.
    """
    different, returned = await compare(driver, scope, batch.kind, batch.candidates)
    same = [each.external_id for each in batch.candidates if each.external_id not in different]
    prepared = Prepared(batch.kind, batch.stream, [], list(batch.refused), same, returned)
    news = [each for each in batch.candidates if each.external_id in different]
    async for read in breathing(_read(scope, batch, news)):
        if isinstance(read, Refused):
            prepared.refused.append(read)
        else:
            prepared.records.append(read)
    await part_newcomers(driver, scope, prepared, different)
    return prepared


def _read(
    scope: Scope, batch: Batch, candidates: Iterable[Candidate]
) -> Iterator[Record | Refused]:
    mapped: list[tuple[Candidate, RawRecord]] = []
    for candidate in candidates:
        try:
            mapped.append((candidate, batch.read(candidate.row)))
        except Refusal as refusal:
            issue = Issue(refusal.code, refusal.message, refusal.field)
            yield refuse(candidate, [issue], {"row": candidate.row})
    yield from read_records(scope, batch.kind, mapped)


async def store(driver: Driver, scope: Scope, prepared: Prepared) -> Taken:
    """Store a prepared batch. The caller's `Database.writing` makes it whole or undone."""
    async with open_pipeline(driver) as pipeline:
        return await _store(pipeline, scope, prepared)


async def _store(pipeline: Pipeline, scope: Scope, prepared: Prepared) -> Taken:
    await refuse_contradicting(pipeline, scope, prepared)
    kind, records, newcomers = prepared.kind, prepared.records, prepared.newcomers
    await resolve_congresses(pipeline, scope, records, newcomers.congresses)
    if newcomers.ids:
        await _store_newcomers(pipeline, scope, kind, newcomers)
    if records:
        await _identify(pipeline, scope, kind, records)
        await store_unlisted(pipeline, scope, records)
        await store_villages(pipeline, scope, kind, records)
        await store_batch(pipeline, scope, kind, prepared.stream, records, [])
    await note_sighting(pipeline, scope.run_id, kind.kind, Sight.SEEN, prepared.unchanged)
    await _keep_aside(pipeline, scope, prepared)
    stored = {record.external_id: record.entity_id for record in records}
    stored.update(zip(newcomers.external_ids, newcomers.mandates, strict=True))
    return Taken(
        len(stored),
        len(prepared.unchanged),
        prepared.refused,
        stored,
        {record.external_id: record.warnings for record in records if record.warnings},
    )


async def _store_newcomers(
    pipeline: Pipeline, scope: Scope, kind: Kind, newcomers: Newcomers
) -> None:
    """Write newcomers; link those anew whom another writer has made known since they were read."""
    again = await write_newcomers(pipeline, scope, newcomers)
    referrers: list[Referrer] = []
    if await are_named(pipeline, scope, kind):
        referrers = await find_referrers(pipeline, newcomers.ids, [True] * len(newcomers.ids))
    stated = {(kind.kind, str(row["name"])) for row in newcomers.references}
    naming = {row["record_id"] for row in newcomers.references}
    pairs = zip(newcomers.ids, newcomers.mandates, strict=True)
    stating = {mandate for record, mandate in pairs if record in naming}
    await _follow_references(pipeline, scope, kind, referrers, stated, stating, set())
    if again:
        await store_batch(pipeline, scope, kind, "", [], [], again)


async def _identify(pipeline: Pipeline, scope: Scope, kind: Kind, records: list[Record]) -> None:
    known = await look_up(pipeline, scope, kind, [record.external_id for record in records])
    for record in records:
        record.system_id = scope.system.id
        before = known.get(record.external_id)
        record.is_new = before is None
        record.id = before.id if before else new_id()
        record.entity_id = before.entity_id if before else ""
        record.former_id = before.entity_id if before and before.is_live else ""
        record.person_id = before.person_id if before else None


async def _keep_aside(pipeline: Pipeline, scope: Scope, prepared: Prepared) -> None:
    await quarantine_rows(pipeline, scope, prepared.kind, prepared.refused)
    refused = {item.key for item in prepared.refused}
    good = {record.external_id for record in prepared.records}
    good.update(prepared.unchanged, prepared.newcomers.external_ids)
    await release_rows(pipeline, scope, prepared.kind, good - refused)
    if prepared.returned:
        await pipeline.execute(
            "UPDATE source_record SET missing_since = NULL WHERE id = ANY($1::uuid[])",
            prepared.returned,
        )


# --- Records linked to golden rows ----------------------------------------------------------------


async def store_batch(
    pipeline: Pipeline,
    scope: Scope,
    kind: Kind,
    stream: str,
    records: list[Record],
    gone: list[Record],
    again: Sequence[str] = (),
) -> None:
    """Write records, and bring all golden rows that they touch to what the records say.

    `gone` are believed to be deleted, `again` are the ids of records to be linked anew.
    """
    if kind.kind is RecordKind.DEPUTY:
        await score_or_wait(pipeline, scope, records, gone, again)
    if kind.kind in SCORED:
        await wait_places(pipeline, kind, [*records, *gone], again)
    planned = await plan_links(pipeline, scope, kind, records, gone, again)
    await write_planned(pipeline, scope, kind, stream, planned)


async def write_planned(
    pipeline: Pipeline, scope: Scope, kind: Kind, stream: str, planned: Planned
) -> None:
    """Write a batch and all golden rows that it touches."""
    people = await _write_records(pipeline, scope, kind, stream, planned)
    await _write_golden(pipeline, scope, kind, planned, people)


async def _write_records(
    pipeline: Pipeline, scope: Scope, kind: Kind, stream: str, planned: Planned
) -> PlannedRows | None:
    """Write the records of a batch, and those of others that come to other golden rows.

    Gives the persons touched, ready to be written. Nothing is logged yet, and nothing written that
    another batch could meet in which has no record and no golden row in common with this one.
    """
    await write_records(pipeline, scope, kind, stream, planned.records)
    await move_records(pipeline, planned.linked.moved)
    if planned.gone:
        await bury_records(pipeline, scope.run_id, [record.id for record in planned.gone])
    if kind.kind in LINKED:
        await note_moves(pipeline, planned.before.moves(planned.after))
    if kind.kind is not RecordKind.DEPUTY:
        return None
    await take_along(pipeline, planned.taken_along)
    linked, before, after = planned.linked, planned.before, planned.after
    fresh = _fresh(planned.records, linked.moved, linked.created, "person_id")
    sources = _by_person([*planned.records, *linked.others])
    return await plan_people(pipeline, scope, before.people | after.people, sources, fresh)


async def _write_golden(
    pipeline: Pipeline, scope: Scope, kind: Kind, planned: Planned, people: PlannedRows | None
) -> None:
    """Bring all golden rows that a batch touches to what its records say."""
    if people:
        await people.write(pipeline)
    new = _fresh(planned.records, planned.linked.moved, planned.created, "entity_id")
    await recompute(pipeline, scope, kind, planned.entities, new)
    await log_taken_along(pipeline, scope.cause, planned.taken_along)
    changing = planned.changing
    joining = [record.is_joining for record in changing]
    referrers = await find_referrers(pipeline, [record.id for record in changing], joining)
    stated = {(kind.kind, item.name) for record in changing for item in record.references}
    stating = {it.entity_id for it in changing if it.references or it.former_id}
    former = planned.before.some(changing).entities
    await _follow_references(pipeline, scope, kind, referrers, stated, stating, former)


def _by_person(records: Iterable[Record]) -> dict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[str(record.person_id)].append(record)
    return found


def _fresh(
    records: list[Record], moved: list[Record], created: set[str], link: str
) -> dict[str, list[Record]]:
    """New golden rows whose records are all new and in the batch, with these records."""
    older = {getattr(record, link) for record in (*records, *moved) if not record.is_new}
    fresh: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        target = getattr(record, link)
        if target in created and target not in older:
            fresh[target].append(record)
    return fresh


async def _follow_references(
    pipeline: Pipeline,
    scope: Scope,
    kind: Kind,
    referrers: Sequence[Referrer],
    stated: Stated,
    stating: set[str],
    before: set[str],
) -> None:
    """Join what records of a kind refer to and what refers to them, in whichever order they came.

    `stated` are the fields by which they refer, `stating` the golden rows of those that do,
    `before` the golden rows that the records belonged to until now.
    """
    await _take_back(pipeline, scope, await find_contradictions(pipeline, referrers))
    waiting: defaultdict[RecordKind, set[str]] = defaultdict(set)
    for referrer in referrers:
        if (referrer.kind, referrer.name) in TO_ONE:
            waiting[referrer.kind].add(referrer.entity_id)
    for each, owners in waiting.items():
        await recompute(pipeline, scope, KINDS[each], owners, {})
    naming = {(referrer.kind, referrer.name) for referrer in referrers}
    containers = concerned(kind.kind, stated | naming, all_of_kind=bool(before))
    meant = {referrer.meant for referrer in referrers}
    await rebuild_memberships(pipeline, containers, before | stating | meant, scope.cause)


async def _take_back(pipeline: Pipeline, scope: Scope, contradictions: list[Contradiction]) -> None:
    """Refuse stored records that contradict what has come since."""
    for kind_, record_id, system_id, refused in contradictions:
        kind = KINDS[kind_]
        await quarantine_rows(pipeline, scope, kind, [refused], system_id)
        gone = [_gone(row) for row in await pipeline.fetch(GONE, [record_id])]
        await store_batch(pipeline, scope, kind, "", [], gone)


async def link_again(driver: Driver, scope: Scope, kind: Kind, record_ids: Sequence[str]) -> None:
    """Link records anew after a decision about them; golden rows follow."""
    async with open_pipeline(driver) as pipeline:
        await store_batch(pipeline, scope, kind, "", [], [], record_ids)


async def write_links(
    driver: Driver, scope: Scope, planned: Planned, turn: Awaitable[None]
) -> None:
    """Write deputies' records that are linked anew as planned; golden rows follow at their turn."""
    kind = KINDS[RecordKind.DEPUTY]
    async with open_pipeline(driver) as pipeline:
        people = await _write_records(pipeline, scope, kind, "", planned)
        await turn
        await _write_golden(pipeline, scope, kind, planned, people)


async def compute_again(
    driver: Driver, scope: Scope, kind: Kind, table: Table, ids: set[str]
) -> None:
    """Compute golden rows of `table` anew after their pins changed."""
    async with open_pipeline(driver) as pipeline:
        if table is kind.table:
            await recompute(pipeline, scope, kind, ids, {})
        else:
            sources = await fetch_sources(pipeline, kind, "person_id", ids)
            people = await plan_people(pipeline, scope, ids, sources, {})
            await people.write(pipeline)


# --- Deletions ------------------------------------------------------------------------------------


GONE = """
SELECT id::text, system_id::text, external_id, division_id::text, person_id::text,
       entity_id::text, id_token, person_key, resolved
FROM source_record WHERE id = ANY($1::uuid[]) AND deleted_at IS NULL
"""


async def delete(
    driver: Driver, scope: Scope, kind: Kind, stream: str, record_ids: Iterable[str]
) -> int:
    """Believe that these records are gone from their source; give how many were live.

    What they said stays, as a tombstone; golden rows, links and memberships follow. Goes inside
    the caller's `Database.writing`.
    """
    gone = [_gone(row) for row in await driver.fetch(GONE, list(record_ids))]
    if gone:
        async with open_pipeline(driver) as pipeline:
            await store_batch(pipeline, scope, kind, stream, [], gone)
    return len(gone)


def _gone(row: asyncpg.Record) -> Record:
    return Record(
        row["id"],
        row["system_id"],
        row["external_id"],
        {},
        row["resolved"],
        row["division_id"],
        row["person_id"],
        entity_id=row["entity_id"],
        id_token=row["id_token"],
        person_key=row["person_key"],
        is_new=False,
    )


TO_ONE = {
    (kind.kind, reference.name)
    for kind in KINDS.values()
    for reference in kind.references
    if not reference.many
}
