"""Rules between a record and the records that it names: checked as soon as both are known.

A record that contradicts one that is known is refused. One that was taken before the other came is
taken back and refused then, so that the order of arrival changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hub.errors import Refusal
from hub.intake.batch import Issue, Prepared, Record, Refused
from hub.intake.record_statements import Referrer
from hub.intake.scope import Scope
from hub.store import Pipeline
from hub.subjects import KINDS
from hub.subjects.kinds import Against, Fields
from hub.subjects.record_kinds import RecordKind

MEANT = """
SELECT w.place, t.fields
FROM unnest($1::int[], $2::text[], $3::text[], $4::text[])
  AS w(place, system, kind, external_id)
JOIN source_system s ON s.code = w.system
JOIN source_record t ON t.system_id = s.id AND t.kind = w.kind
     AND t.external_id = w.external_id AND t.deleted_at IS NULL
"""


async def refuse_contradicting(pipeline: Pipeline, scope: Scope, prepared: Prepared) -> None:
    """Move the records that contradict a known record from `records` to `refused`."""
    issues: defaultdict[int, list[Issue]] = defaultdict(list)
    for rule in prepared.kind.against:
        for place, meant in await _fetch_meant(pipeline, scope, rule, prepared.records):
            issues[place] += held_against(rule, prepared.records[place].fields, meant)
    kept: list[Record] = []
    for place, record in enumerate(prepared.records):
        if issues[place]:
            prepared.refused.append(_refused(record, issues[place]))
        else:
            kept.append(record)
    prepared.records = kept


def held_against(rule: Against, fields: Fields, meant: Fields) -> list[Issue]:
    """Why a record contradicts the one it names; nothing where it does not."""
    try:
        rule.check(fields, meant)
    except Refusal as refusal:
        return [Issue(refusal.code, refusal.message, refusal.field)]
    return []


def _refused(record: Record, issues: list[Issue]) -> Refused:
    return Refused(record.external_id, issues, record.fields, record.place, record.checksum)


async def _fetch_meant(
    pipeline: Pipeline, scope: Scope, rule: Against, records: Sequence[Record]
) -> list[tuple[int, Fields]]:
    """The fields of the records that `records` name in the rule's reference, by place."""
    wanted = [
        (place, stated.system or scope.system.code, stated.target_kind, stated.external_id)
        for place, record in enumerate(records)
        for stated in record.references
        if stated.name == rule.reference
    ]
    if not wanted:
        return []
    rows = await pipeline.fetch(MEANT, *map(list, zip(*wanted, strict=True)))
    return [(row["place"], row["fields"]) for row in rows]


class Contradiction(NamedTuple):
    """A stored record that contradicts one that has come since."""

    kind: RecordKind
    record_id: str
    system_id: str
    refused: Refused


BOTH = """
SELECT o.system_id::text, o.external_id, o.fields, o.checksum, t.fields AS meant
FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS pair(owner, meant, place)
JOIN source_record o ON o.id = pair.owner JOIN source_record t ON t.id = pair.meant
ORDER BY pair.place
"""
RULES = {(kind.kind, rule.reference): rule for kind in KINDS.values() for rule in kind.against}


async def find_contradictions(
    pipeline: Pipeline, referrers: Iterable[Referrer]
) -> list[Contradiction]:
    """The referrers that contradict the record they name."""
    ruled = [referrer for referrer in referrers if (referrer.kind, referrer.name) in RULES]
    if not ruled:
        return []
    owners = [referrer.record_id for referrer in ruled]
    meant = [referrer.meant_record_id for referrer in ruled]
    rows = await pipeline.fetch(BOTH, owners, meant)
    found: list[Contradiction] = []
    for referrer, row in zip(ruled, rows, strict=True):
        rule = RULES[referrer.kind, referrer.name]
        if issues := held_against(rule, row["fields"], row["meant"]):
            refused = Refused(row["external_id"], issues, row["fields"], "", row["checksum"])
            found.append(
                Contradiction(referrer.kind, referrer.record_id, row["system_id"], refused)
            )
    return found
