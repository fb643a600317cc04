"""Take records that a system pushes: whole or undone, an answer per record, once per key."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast

import orjson

from hub import values
from hub.errors import Code, HubError, Refusal
from hub.intake import (
    Batch,
    Candidate,
    Issue,
    OpenHub,
    RawRecord,
    Refused,
    Scope,
    Scopes,
    Taken,
    open_scopes,
    prepare,
    store,
)
from hub.runs.registered_systems import system_id
from hub.runs.runs import Counts, finish_run, save_counts, start_run
from hub.store import Driver
from hub.subjects.kinds import Kind
from hub.subjects.systems import Outcome, RunKind

MAX_RECORDS = 1000
"""Records that one push may hold."""

MAX_KEY = 200
"""Characters of an idempotency key."""

CHECK_NOW = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
"""Tells a fault of a push in its own part of the transaction and not when all commit."""


@dataclass(slots=True)
class PushedError:
    """Why a record, or one field of it, is refused."""

    field: str | None
    code: str
    message: str


@dataclass(slots=True)
class PushResult:
    """What became of the record at `index`; `entity_id` is its golden row.

    `errors` tell why it is refused, or what of a stored record could not be used.
    """

    index: int
    external_id: str
    outcome: str
    errors: list[PushedError]
    entity_id: str | None = None


@dataclass(slots=True)
class PushAnswer:
    """The answer to a push."""

    run_id: str
    read: int
    stored: int
    unchanged: int
    quarantined: int
    results: list[PushResult]


@dataclass(frozen=True, slots=True)
class Push:
    """One push as it came."""

    system: str
    kind: Kind
    key: str
    records: Sequence[RawRecord]
    is_dry_run: bool = False


class DryRun(Exception):
    """Rolls a dry run back; carries its answer."""

    def __init__(self, answer: PushAnswer) -> None:
        super().__init__()
        self.answer = answer


async def push(hub: OpenHub, pushed: Push) -> PushAnswer:
    """Store the records of one push in a transaction of its own.

    Raises as `check_push` and `store_push`.
    """
    check_push(pushed)
    async with hub.database.writing() as driver:
        return await store_push(driver, await open_scopes(driver, hub), hub.secret, pushed)


async def store_push(driver: Driver, scopes: Scopes, secret: bytes, pushed: Push) -> PushAnswer:
    """Store the records of a push as a part of the caller's `Database.writing`, whole or undone.

    The same key and payload get the stored answer. A dry run does everything and is rolled back; of
    nodes it tells those alone that records led to before: which ID number beside a name links is
    nothing that a system may try out.
    Raises HubError IDEMPOTENCY_KEY_REUSED, StopRun(UNKNOWN_SYSTEM).
    """
    try:
        async with driver.transaction():
            answer = await _answered(driver, secret, pushed)
            answer = answer or await _take(driver, scopes, secret, pushed)
            await driver.execute(CHECK_NOW)
            if pushed.is_dry_run:
                raise DryRun(answer)
            return answer
    except DryRun as done:
        return done.answer


def check_push(pushed: Push) -> None:
    """Refuse what is no push. Raises HubError BAD_INPUT or TOO_MANY_RECORDS."""
    count = len(pushed.records)
    if count == 0:
        raise HubError(Code.BAD_INPUT, "records is empty. Send 1 to 1000 records.")
    if count > MAX_RECORDS:
        raise HubError(
            Code.TOO_MANY_RECORDS,
            f"records holds {count} records. Send at most {MAX_RECORDS} in one push.",
        )
    if not 0 < len(pushed.key.strip()) <= MAX_KEY or not pushed.key.isprintable():
        raise HubError(
            Code.BAD_INPUT,
            f"idempotencyKey must have 1 to {MAX_KEY} characters, none of them a control "
            "character. Use a new UUID for each push.",
        )
    values.check_shown("idempotencyKey", pushed.key)


def _digest(secret: bytes, pushed: Push) -> bytes:
    payload = [pushed.kind.kind.name, [dict(record) for record in pushed.records]]
    return hashlib.blake2b(
        orjson.dumps(payload, option=orjson.OPT_SORT_KEYS), key=secret[:64], digest_size=32
    ).digest()


async def _answered(driver: Driver, secret: bytes, pushed: Push) -> PushAnswer | None:
    owner = await system_id(driver, pushed.system)
    row = await driver.fetchrow(
        "SELECT payload_digest, answer FROM idempotency WHERE system_id = $1 AND key = $2",
        owner,
        pushed.key,
    )
    if row is None:
        return None
    if row["payload_digest"] != _digest(secret, pushed):
        raise HubError(
            Code.IDEMPOTENCY_KEY_REUSED,
            "This idempotencyKey came before with other records. Use a new key for new records; "
            "repeat a key only to send the same push again.",
        )
    return _restore(row["answer"])


def _restore(answer: dict[str, Any]) -> PushAnswer:
    results = [
        PushResult(**item | {"errors": [PushedError(**error) for error in item["errors"]]})
        for item in answer["results"]
    ]
    return PushAnswer(**answer | {"results": results})


async def _take(driver: Driver, scopes: Scopes, secret: bytes, pushed: Push) -> PushAnswer:
    owner = await system_id(driver, pushed.system)
    run_id = await start_run(driver, owner, RunKind.PUSH)
    scope = scopes(pushed.system, run_id)
    batch = _batch(secret, pushed)
    known = await _nodes(driver, scope, batch)
    taken = await store(driver, scope, await prepare(driver, scope, batch))
    counts = Counts()
    counts.add(taken)
    await save_counts(driver, run_id, counts)
    await finish_run(driver, owner, run_id)
    answer = PushAnswer(
        run_id,
        counts.read,
        counts.stored,
        counts.unchanged,
        counts.quarantined,
        _results(
            pushed,
            batch,
            taken,
            known if pushed.is_dry_run else await _nodes(driver, scope, batch),
        ),
    )
    await _remember(driver, owner, secret, pushed, answer)
    return answer


def _batch(secret: bytes, pushed: Push) -> Batch:
    """The records as candidates; an id that is missing or comes twice is refused."""
    batch = Batch(pushed.kind, "push", [], _as_given)
    seen: set[str] = set()
    for index, record in enumerate(pushed.records):
        place = f"record {index}"
        try:
            external_id = values.external_id(record["externalId"])
        except Refusal as refusal:
            batch.refused.append(_refused(place, refusal.code, refusal.message))
            continue
        if external_id is None:
            batch.refused.append(_refused(place, Code.REQUIRED, "externalId is empty."))
        elif external_id in seen:
            batch.refused.append(
                _refused(
                    place,
                    Code.DUPLICATE_KEY,
                    f"{external_id} came before in this push. Send it once.",
                )
            )
        else:
            seen.add(external_id)
            batch.candidates.append(
                Candidate(external_id, _checksum(secret, record), record, place)
            )
    return batch


def _as_given(row: object) -> RawRecord:
    return cast(RawRecord, row)


def _refused(place: str, code: Code, message: str) -> Refused:
    return Refused(place, [Issue(code, message, "externalId")], {}, place)


def _checksum(secret: bytes, record: RawRecord) -> bytes:
    row = orjson.dumps(dict(record), option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(row, key=secret[:64], digest_size=16).digest()


async def _nodes(driver: Driver, scope: Scope, batch: Batch) -> dict[str, str | None]:
    """The nodes that the records of a batch lead to, by external id, as far as they are stored."""
    rows = await driver.fetch(
        "SELECT external_id, entity_id::text FROM source_record "
        "WHERE system_id = $1 AND kind = $2 AND external_id = ANY($3)",
        scope.system.id,
        batch.kind.kind.name,
        [item.external_id for item in batch.candidates],
    )
    return {row[0]: row[1] for row in rows}


def _results(
    pushed: Push, batch: Batch, taken: Taken, nodes: Mapping[str, str | None]
) -> list[PushResult]:
    refused = {item.place: item for item in taken.refused}
    ids = {item.place: item.external_id for item in batch.candidates}
    return [
        _result(
            index,
            values.without_id_numbers(str(values.keepable(str(record["externalId"])))),
            refused.get(f"record {index}"),
            ids.get(f"record {index}", ""),
            taken,
            nodes,
        )
        for index, record in enumerate(pushed.records)
    ]


def _result(
    index: int,
    given_id: str,
    refused: Refused | None,
    external_id: str,
    taken: Taken,
    nodes: Mapping[str, str | None],
) -> PushResult:
    if refused is not None:
        return PushResult(index, given_id, Outcome.QUARANTINED.name, _errors(refused.issues))
    stored = external_id in taken.entities
    outcome = Outcome.STORED if stored else Outcome.UNCHANGED
    warnings = _errors(taken.warnings.get(external_id, []))
    return PushResult(index, given_id, outcome.name, warnings, nodes.get(external_id))


def _errors(issues: Sequence[Issue]) -> list[PushedError]:
    return [PushedError(each.field, str(each.code), each.message) for each in issues]


async def _remember(
    driver: Driver, owner: str, secret: bytes, pushed: Push, answer: PushAnswer
) -> None:
    await driver.execute(
        "INSERT INTO idempotency (system_id, key, payload_digest, run_id, answer) "
        "VALUES ($1, $2, $3, $4, $5::jsonb)",
        owner,
        pushed.key,
        _digest(secret, pushed),
        answer.run_id,
        orjson.dumps(asdict(answer)).decode(),
    )
