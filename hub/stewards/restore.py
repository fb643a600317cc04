"""Bring records and the quarantine to what they would be without some of their system's runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from hub.intake import (
    ARCHIVE,
    Issue,
    Record,
    Scope,
    Stated,
    resolve_congresses,
    seat_of,
    store_batch,
)
from hub.stewards.timeline import (
    ALWAYS,
    RecordSighting,
    RefusalState,
    RestoredState,
    State,
    Timeline,
    refusal_without,
)
from hub.store import Driver, Pipeline, open_pipeline
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind
from hub.subjects.source_records import Sight

SAID = (
    "run_id::text, fields, checksum, stream, resolved, id_token, id_parts, warnings, person_key, "
    "division_id::text"
)

VERSIONS = f"""
SELECT record_id::text AS id, step, deleted_at IS NULL AS is_live, refs, {SAID}
FROM record_version WHERE record_id = ANY($1::uuid[]) ORDER BY step
"""

PRESENT = f"""
SELECT id::text, deleted_at IS NULL AS is_live, missing_since IS NOT NULL AS is_missing,
       kind, external_id, system_id::text, entity_id::text, person_id::text, {SAID}
FROM source_record WHERE id = ANY($1::uuid[])
"""

SIGHTINGS = """
SELECT s.step, s.run_id::text, s.sight, x.id::text
FROM source_record x JOIN run r ON r.system_id = x.system_id
JOIN sighting s ON s.run_id = r.id AND s.kind = x.kind
JOIN LATERAL unnest(s.external_ids) AS found(external_id) ON found.external_id = x.external_id
WHERE r.system_id = $1 AND x.id = ANY($2::uuid[]) ORDER BY s.step
"""


@dataclass(slots=True)
class RecordHistory:
    """A record as it is now, and how it became so."""

    now: asyncpg.Record
    timeline: Timeline

    @property
    def present(self) -> State:
        """The state that it is in."""
        return self.timeline.states[-1]


async def read_histories(driver: Driver, scope: Scope, ids: Collection[str]) -> list[RecordHistory]:
    """The histories of these records."""
    wanted = list(ids)
    states: defaultdict[str, list[State]] = defaultdict(list)
    since: dict[str, int] = {}
    for row in await driver.fetch(VERSIONS, wanted):
        start = since.get(row["id"], ALWAYS)
        states[row["id"]].append(State(start, row["run_id"], row["is_live"], dict(row)))
        since[row["id"]] = row["step"]
    seen: defaultdict[str, list[RecordSighting]] = defaultdict(list)
    for row in await driver.fetch(SIGHTINGS, scope.system.id, wanted):
        seen[row["id"]].append(RecordSighting(row["step"], row["run_id"], Sight[row["sight"]]))
    found = []
    for row in await driver.fetch(PRESENT, wanted):
        start = since.get(row["id"], ALWAYS)
        present = State(start, row["run_id"], row["is_live"], dict(row))
        found.append(RecordHistory(row, Timeline([*states[row["id"]], present], seen[row["id"]])))
    return found


# --- Records --------------------------------------------------------------------------------------


async def restore_records(
    driver: Driver, scope: Scope, ids: Collection[str], undone: Collection[str]
) -> set[str]:
    """Bring records to what they are without the runs `undone`; golden rows follow.

    Gives the congresses that those runs had named.
    """
    histories = await read_histories(driver, scope, ids)
    outcomes = {item.now["id"]: item.timeline.without(undone) for item in histories}
    async with open_pipeline(driver) as pipeline:
        await _store(pipeline, scope, histories, outcomes)
        await _stamp(pipeline, histories, outcomes)
    return {
        str(state.said["resolved"]["congress_id"])
        for item in histories
        for state in item.timeline.states
        if state.run_id in undone and "congress_id" in (state.said["resolved"] or {})
    }


async def _store(
    pipeline: Pipeline,
    scope: Scope,
    histories: list[RecordHistory],
    outcomes: Mapping[str, RestoredState | None],
) -> None:
    """Store what records said before, and bury those that were not there."""
    stored, buried = _sorted(scope, histories, outcomes)
    for kind in KINDS:
        for of_kind, stream in [key for key in stored if key[0] is kind]:
            records = stored[of_kind, stream]
            await resolve_congresses(pipeline, scope, records, {})
            await store_batch(pipeline, scope, KINDS[kind], stream, records, [])
        if buried[kind]:
            await store_batch(pipeline, scope, KINDS[kind], "", [], buried[kind])


def _sorted(
    scope: Scope,
    histories: Iterable[RecordHistory],
    outcomes: Mapping[str, RestoredState | None],
) -> tuple[dict[tuple[RecordKind, str], list[Record]], dict[RecordKind, list[Record]]]:
    """The records that say something else again, by kind and stream; those that go, by kind."""
    stored: defaultdict[tuple[RecordKind, str], list[Record]] = defaultdict(list)
    buried: defaultdict[RecordKind, list[Record]] = defaultdict(list)
    for item in histories:
        outcome, kind = outcomes[item.now["id"]], RecordKind[item.now["kind"]]
        if outcome is not None and outcome.is_live:
            if outcome.said is not item.present.said:
                stored[kind, outcome.said["stream"]].append(_record(scope, item, outcome.said))
        elif item.now["is_live"]:
            buried[kind].append(_record(scope, item, item.present.said))
    return stored, buried


def _record(scope: Scope, item: RecordHistory, said: Mapping[str, Any]) -> Record:
    """A record that says what it said in an earlier state."""
    now = item.now
    division = scope.divisions.by_id[UUID(said["division_id"])]
    term = said["fields"].get("term")
    seat = seat_of(scope.divisions, division, term if isinstance(term, int) else None)
    return Record(
        now["id"],
        now["system_id"],
        now["external_id"],
        said["fields"],
        dict(said["resolved"]),
        said["division_id"],
        now["person_id"],
        checksum=said["checksum"],
        references=[Stated(**stated) for stated in said.get("refs") or ()],
        congress=seat if "congress_id" in said["resolved"] else None,
        id_token=said["id_token"],
        id_parts=said["id_parts"],
        warnings=[Issue(**each) for each in said["warnings"] or ()],
        person_key=said["person_key"],
        entity_id=now["entity_id"],
        former_id=now["entity_id"] if now["is_live"] else "",
        is_new=False,
    )


STAMP = """
UPDATE source_record s SET run_id = m.run_id,
    missing_since = CASE WHEN m.is_missing THEN coalesce(s.missing_since, now()) END
FROM unnest($1::uuid[], $2::uuid[], $3::bool[]) AS m(id, run_id, is_missing)
WHERE s.id = m.id
"""


async def _stamp(
    pipeline: Pipeline, histories: list[RecordHistory], outcomes: Mapping[str, RestoredState | None]
) -> None:
    """Write which run vouches for each record now, and whether it is missing."""
    kept = [(item, outcome) for item in histories if (outcome := outcomes[item.now["id"]])]
    same = [item.now["id"] for item, outcome in kept if _only_vouched_anew(item, outcome)]
    if same:
        await pipeline.execute(ARCHIVE, same)
    if kept:
        await pipeline.execute(
            STAMP,
            [item.now["id"] for item, _ in kept],
            [outcome.run_id for _, outcome in kept],
            [outcome.is_missing for _, outcome in kept],
        )


def _only_vouched_anew(item: RecordHistory, outcome: RestoredState) -> bool:
    """Whether the record stays as it is, known from another run."""
    stays = outcome.said is item.present.said if outcome.is_live else not item.now["is_live"]
    return stays and outcome.run_id != item.now["run_id"]


# --- Quarantine -----------------------------------------------------------------------------------

REFUSED = 'run_id::text, resolved_at IS NULL AS is_open, place, errors, "row", checksum'

ROWS = f"SELECT id::text, kind, row_key, {REFUSED} FROM quarantine WHERE system_id = $1"
"""All of the system: a later run that found the record in order left no mark on them."""

ROW_VERSIONS = f"""
SELECT quarantine_id::text AS id, step, {REFUSED} FROM quarantine_version
WHERE quarantine_id = ANY($1::uuid[]) ORDER BY step
"""
OF_ROWS = """
SELECT s.id::text, q.id::text FROM quarantine q JOIN source_record s
    ON s.system_id = q.system_id AND s.kind = q.kind AND s.external_id = q.row_key
WHERE q.id = ANY($1::uuid[])
"""
ARCHIVE_ROWS = """
INSERT INTO quarantine_version (quarantine_id, run_id, place, errors, "row", checksum, resolved_at)
SELECT id, run_id, place, errors, "row", checksum, resolved_at FROM quarantine
WHERE id = ANY($1::uuid[])
"""
REOPEN = """
UPDATE quarantine SET run_id = $2, place = $3, errors = $4::jsonb, "row" = $5::jsonb,
    checksum = $6, resolved_at = NULL
WHERE id = $1
"""


async def restore_quarantine(driver: Driver, scope: Scope, undone: Collection[str]) -> None:
    """Bring the refused rows of the system to what they are without the runs `undone`."""
    rows = await driver.fetch(ROWS, scope.system.id)
    ids = [row["id"] for row in rows]
    histories = await _refusals(driver, rows)
    good = await _good_steps(driver, scope, ids, undone)
    wanted = {key: refusal_without(histories[key], undone, good[key]) for key in ids}
    now = {key: histories[key][-1] for key in ids}
    closed = [key for key in ids if wanted[key] is None and now[key].is_open]
    opened = {key: it for key, it in wanted.items() if it is not None and it is not now[key]}
    await driver.execute(ARCHIVE_ROWS, [*closed, *opened])
    await driver.execute(
        "UPDATE quarantine SET resolved_at = now() WHERE id = ANY($1::uuid[])", closed
    )
    await _reopen(driver, opened)


async def _reopen(driver: Driver, refusals: Mapping[str, RefusalState]) -> None:
    for key, refusal in refusals.items():
        said = refusal.said
        texts = [orjson.dumps(said[name]).decode() for name in ("errors", "row")]
        await driver.execute(REOPEN, key, refusal.run_id, said["place"], *texts, said["checksum"])


async def _refusals(driver: Driver, rows: list[asyncpg.Record]) -> dict[str, list[RefusalState]]:
    histories: defaultdict[str, list[RefusalState]] = defaultdict(list)
    since: dict[str, int] = {}
    for row in await driver.fetch(ROW_VERSIONS, [row["id"] for row in rows]):
        start = since.get(row["id"], ALWAYS)
        histories[row["id"]].append(RefusalState(start, row["run_id"], row["is_open"], dict(row)))
        since[row["id"]] = row["step"]
    for row in rows:
        start = since.get(row["id"], ALWAYS)
        histories[row["id"]].append(RefusalState(start, row["run_id"], row["is_open"], dict(row)))
    return histories


async def _good_steps(
    driver: Driver, scope: Scope, rows: list[str], undone: Collection[str]
) -> dict[str, list[int]]:
    """When the records of refused rows were in order, by row."""
    row_of = {pair[0]: pair[1] for pair in await driver.fetch(OF_ROWS, rows)}
    good: defaultdict[str, list[int]] = defaultdict(list)
    for item in await read_histories(driver, scope, row_of.keys()):
        good[row_of[item.now["id"]]] += item.timeline.good_steps(undone)
    return good
