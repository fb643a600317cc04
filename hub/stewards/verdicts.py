"""What stewards decide of pairs of records, and how they take it back.

A decision is stored and the golden rows follow in one transaction. A steward says which judgement
of the pair he saw: where another steward was faster nothing changes and the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

import asyncpg
import orjson

from hub.errors import Code, HubError
from hub.ids import new_id
from hub.intake import LINKED, link_again
from hub.linking import Decided, Pair, Union
from hub.stewards.desk import Desk, check_note
from hub.store import Driver
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind
from hub.subjects.stewardship import Verdict


def two_records(one: str, other: str) -> Pair:
    """The pair of two records. Raises HubError(BAD_INPUT) for a record and itself."""
    if one == other:
        raise HubError(
            Code.BAD_INPUT, "left and right are the same record. Name two different records."
        )
    return Pair.of(one, other)


async def decide(
    desk: Desk,
    pair: Pair,
    verdict: Verdict,
    *,
    seen: str | None = None,
    note: str | None = None,
    score: float | None = None,
    evidence: object = None,
) -> str:
    """Judge a pair; give the id of the judgement.

    `seen` is the steward's judgement of the pair that stood when the page was read. The same
    verdict again changes nothing. Raises HubError NOT_FOUND, BAD_INPUT, ALREADY_DECIDED,
    NOT_STANDING where `seen` was taken back meanwhile, or CONTRADICTION.
    """
    check_note(note)
    async with desk.open() as driver:
        records = await _records(driver, pair)
        before = await _standing(driver, pair)
        if before and before["id"] != seen:
            raise _already_decided(before)
        if seen and not before:
            raise HubError(
                Code.NOT_STANDING,
                "The judgement that you saw was taken back meanwhile. Look at the pair again; to "
                "decide it, leave `judgement` out.",
            )
        if before and before["verdict"] == verdict.name:
            return str(before["id"])
        if before:
            await driver.execute(
                "UPDATE judgement SET superseded_at = now() WHERE id = $1", before["id"]
            )
        await _check_contradiction(driver, pair, verdict)
        kind = RecordKind[records[0]["kind"]]
        made = await _insert(driver, pair, kind, desk.steward, verdict, note, score, evidence)
        await _follow(desk, driver, records, kind)
    return made


async def withdraw(desk: Desk, judgement: str) -> None:
    """Take a judgement back: the golden rows become what they would be without it.

    Raises HubError NOT_FOUND, or NOT_STANDING for one that was superseded or withdrawn.
    """
    async with desk.open() as driver:
        row = await driver.fetchrow(
            "SELECT left_id::text, right_id::text, superseded_at, withdrawn_at, withdrawn_by "
            "FROM judgement WHERE id = $1",
            judgement,
        )
        if row is None:
            raise HubError(Code.NOT_FOUND, "No judgement has this id. Copy it from `judgements`.")
        if row["superseded_at"] or row["withdrawn_at"]:
            raise _not_standing(row)
        await _withdraw(desk, driver, Pair(row["left_id"], row["right_id"]))


async def unmerge(desk: Desk, pair: Pair) -> str:
    """Take back the decision that two records are the same; give its id.

    Raises HubError NOT_FOUND, or NOT_MERGED where no steward had merged them.
    """
    async with desk.open() as driver:
        await _records(driver, pair)
        before = await _standing(driver, pair)
        if before is None or before["verdict"] != Verdict.SAME.name:
            raise HubError(
                Code.NOT_MERGED,
                "No steward has merged these two records, so there is nothing to take back. "
                "Where the hub itself links them, decide DIFFERENT with decideLink.",
            )
        await _withdraw(desk, driver, pair)
        return str(before["id"])


async def _withdraw(desk: Desk, driver: Driver, pair: Pair) -> None:
    records = await _records(driver, pair)
    await driver.execute(
        "UPDATE judgement SET withdrawn_at = now(), withdrawn_by = $3 "
        "WHERE left_id = $1 AND right_id = $2 AND superseded_at IS NULL AND withdrawn_at IS NULL",
        pair.left,
        pair.right,
        desk.steward,
    )
    await _follow(desk, driver, records, RecordKind[records[0]["kind"]])


async def _follow(
    desk: Desk, driver: Driver, records: list[asyncpg.Record], kind: RecordKind
) -> None:
    """Bring the golden rows to what the judgements say now."""
    scope = await desk.scope(driver, records[0]["code"])
    await link_again(driver, scope, KINDS[kind], [str(record["id"]) for record in records])


# --- What there is --------------------------------------------------------------------------------

RECORDS = """
SELECT r.id::text, r.kind, s.code FROM source_record r JOIN source_system s ON s.id = r.system_id
WHERE r.id = ANY($1::uuid[]) ORDER BY r.id
"""


async def _records(driver: Driver, pair: Pair) -> list[asyncpg.Record]:
    """The two records. Raises HubError NOT_FOUND or BAD_INPUT."""
    rows = await driver.fetch(RECORDS, [pair.left, pair.right])
    if len(rows) < 2:
        known = {row["id"] for row in rows}
        lacking = next(key for key in (pair.left, pair.right) if key not in known)
        raise HubError(
            Code.NOT_FOUND, f"No source record has the id SourceRecord:{lacking}. Copy it anew."
        )
    kinds = [RecordKind[row["kind"]] for row in rows]
    if kinds[0] is not kinds[1] or kinds[0] not in LINKED:
        raise HubError(
            Code.BAD_INPUT,
            f"One record is a {kinds[0].name}, the other a {kinds[1].name}. Records of one kind "
            f"are judged, out of {', '.join(sorted(kind.name for kind in LINKED))}.",
        )
    return rows


STANDING = """
SELECT id::text, verdict, steward, made_at FROM judgement
WHERE left_id = $1 AND right_id = $2 AND superseded_at IS NULL AND withdrawn_at IS NULL
  AND made_by = 'STEWARD'
"""


async def _standing(driver: Driver, pair: Pair) -> asyncpg.Record | None:
    return await driver.fetchrow(STANDING, pair.left, pair.right)


CHAINED = """
WITH RECURSIVE chained(id) AS (
    SELECT unnest($1::uuid[])
    UNION
    SELECT CASE WHEN j.left_id = c.id THEN j.right_id ELSE j.left_id END
    FROM chained c JOIN judgement j ON c.id IN (j.left_id, j.right_id)
    WHERE j.verdict = 'SAME' AND j.made_by = 'STEWARD'
      AND j.superseded_at IS NULL AND j.withdrawn_at IS NULL
)
SELECT j.left_id::text, j.right_id::text, j.verdict = 'SAME', j.id::text
FROM judgement j
WHERE j.left_id IN (SELECT id FROM chained) AND j.right_id IN (SELECT id FROM chained)
  AND j.verdict <> 'UNSURE' AND j.made_by = 'STEWARD'
  AND j.superseded_at IS NULL AND j.withdrawn_at IS NULL
"""


async def _check_contradiction(driver: Driver, pair: Pair, verdict: Verdict) -> None:
    """Raise HubError(CONTRADICTION) where what stands already says the opposite by a detour."""
    if verdict is Verdict.UNSURE:
        return
    rows = await driver.fetch(CHAINED, [pair.left, pair.right])
    decided = {key: Decided(left, right, is_same) for left, right, is_same, key in rows}
    same = {key: it for key, it in decided.items() if it.is_same}
    records = {*pair, *chain.from_iterable(it[:2] for it in decided.values())}
    union = Union(records, same.values())
    ends = set(map(union.root, pair))
    if verdict is Verdict.SAME:
        _check_apart(union, ends, {key: decided[key] for key in decided.keys() - same.keys()})
    elif len(ends) == 1:
        raise _contradiction("say that they are the same", same)


def _check_apart(union: Union, ends: set[str], different: Mapping[str, Decided]) -> None:
    apart = [key for key, it in different.items() if set(map(union.root, it[:2])) == ends]
    if apart:
        raise _contradiction("keep records of the two apart", apart)


def _contradiction(what: str, judgements: Iterable[str]) -> HubError:
    named = ", ".join(f"Judgement:{key}" for key in sorted(judgements)[:5])
    return HubError(
        Code.CONTRADICTION,
        f"Decisions that stand {what}: {named}. Withdraw one of them first.",
    )


def _already_decided(before: asyncpg.Record) -> HubError:
    return HubError(
        Code.ALREADY_DECIDED,
        f"{before['steward']} has decided this pair {before['verdict']} at "
        f"{before['made_at']:%Y-%m-%d %H:%M}. Look at it again; to change it, send "
        f"judgement: Judgement:{before['id']}.",
    )


def _not_standing(row: asyncpg.Record) -> HubError:
    how = f"withdrawn by {row['withdrawn_by']}" if row["withdrawn_at"] else "superseded"
    return HubError(Code.NOT_STANDING, f"This judgement was {how}. There is nothing to take back.")


# --- Writing --------------------------------------------------------------------------------------

INSERT = """
INSERT INTO judgement
    (id, kind, left_id, right_id, verdict, made_by, steward, note, score, evidence)
VALUES ($1, $2, $3, $4, $5, 'STEWARD', $6, $7, $8, $9::jsonb)
"""


async def _insert(
    driver: Driver,
    pair: Pair,
    kind: RecordKind,
    steward: str,
    verdict: Verdict,
    note: str | None,
    score: float | None,
    evidence: object,
) -> str:
    made = new_id()
    told = None if evidence is None else orjson.dumps(evidence).decode()
    values = (made, kind.name, pair.left, pair.right, verdict.name, steward, note, score, told)
    await driver.execute(INSERT, *values)
    return made
