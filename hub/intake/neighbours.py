"""Find the records that a batch may join or part, wherever they came from.

Those are the ones under the same ids and keys, those of the same golden rows, and those that a
steward has decided about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg

from hub.divisions import regions_of
from hub.intake.alike import SCORED, Node
from hub.intake.batch import Record
from hub.intake.scope import Scope
from hub.linking import Changing, Decided, RowReader
from hub.linking.places import place_said
from hub.subjects.kinds import Kind
from hub.subjects.record_kinds import RecordKind
from hub.values import IdParts


def to_node(scope: Scope, kind: Kind, record: Record) -> Node:
    """A record of a batch as the linking sees it."""
    if kind.kind is RecordKind.DEPUTY:
        golden = record.person_id
        key = (record.system_id, record.person_key) if record.person_key else None
        parts = IdParts.of_text(record.id_parts) if record.id_parts else IdParts()
        birth = record.fields.get("birth")
        return Node(
            record.id,
            record.system_id,
            record.external_id,
            golden,
            record.id_token,
            key,
            str(record.fields.get("name", "")),
            str(birth) if birth else None,
            parts.birth,
        )
    said = None
    if kind.kind in SCORED and record.division_id:
        said = place_said(
            scope.divisions,
            kind.kind,
            scope.systems[record.system_id].code,
            record.division_id,
            record.fields,
            record.resolved.get("congress_id"),
        )
    golden = record.entity_id or None
    return Node(record.id, record.system_id, record.external_id, golden, said=said)


@dataclass(slots=True)
class Seeds:
    """What leads to the records that a batch may join or part."""

    tokens: list[bytes] = field(default_factory=list)
    keys: list[tuple[str, str]] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    golden: list[str] = field(default_factory=list)
    records: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, nodes: Sequence[Node], records: Sequence[str] = ()) -> Seeds:
        """The ids, keys and golden rows of some records, and other records by id."""
        return cls(
            [node.token for node in nodes if node.token],
            [node.key for node in nodes if node.key],
            list({node.said.region for node in nodes if node.said}),
            [node.golden_id for node in nodes if node.golden_id],
            list(records),
        )

    def __bool__(self) -> bool:
        return bool(self.tokens or self.keys or self.regions or self.golden or self.records)


PEOPLE = """
WITH seed AS (
    SELECT person_id FROM source_record WHERE id_token = ANY($1)
    UNION
    SELECT s.person_id FROM unnest($2::uuid[], $3::text[]) AS k(system_id, key)
    JOIN source_record s ON s.system_id = k.system_id AND s.person_key = k.key
    UNION
    SELECT unnest($4::uuid[])
    UNION
    SELECT person_id FROM source_record WHERE id = ANY($5::uuid[])
)
SELECT r.id::text, system_id::text, external_id, fields, resolved, division_id::text,
       r.person_id::text, entity_id::text, id_token, id_parts, person_key
FROM seed CROSS JOIN LATERAL (
    SELECT * FROM source_record s
    WHERE s.person_id = seed.person_id AND s.deleted_at IS NULL OFFSET 0
) r
WHERE NOT id = ANY($6::uuid[])
"""
"""OFFSET 0 has each person looked up by the index: else all records are read for a large batch."""

OTHERS = """
WITH seed AS (
    SELECT entity_id FROM source_record
    WHERE division_id = ANY($1::uuid[]) AND kind = $4 AND kind <> 'DEPUTY'
    UNION
    SELECT unnest($2::uuid[])
    UNION
    SELECT entity_id FROM source_record WHERE id = ANY($3::uuid[])
)
SELECT id::text, system_id::text, external_id, fields, resolved, division_id::text,
       person_id::text, entity_id::text, id_token, id_parts, person_key
FROM source_record
WHERE entity_id IN (SELECT entity_id FROM seed) AND kind = $4
  AND deleted_at IS NULL AND NOT id = ANY($5::uuid[])
"""


@dataclass(slots=True)
class Gathered:
    """The records that may belong together, and the decisions among them, as far as known.

    `records` are those of earlier batches.
    """

    nodes: dict[str, Node]
    records: dict[str, Record] = field(default_factory=dict)
    decided: dict[tuple[str, str, bool], Decided] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    expanded: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)

    def add(self, fresh: Sequence[Decided]) -> Seeds:
        """Take decisions in; give where to look further.

        That is the other sides of the decisions. Where records are kept apart, which of them a
        third one joins may hang on anything that is linked to them, so all of that is looked at.
        So is the region of each place.
        """
        self.decided.update(((it.left, it.right, it.is_steward), it) for it in fresh)
        sides = {side for it in fresh for side in (it.left, it.right)}
        records = sorted(sides - self.nodes.keys() - self.asked)
        self.asked.update(records)
        nodes: list[Node] = []
        if not all(it.is_same for it in self.decided.values()):
            nodes = [node for node in self.nodes.values() if node.id not in self.expanded]
            self.expanded.update(self.nodes)
        seeds = Seeds.of(nodes, records)
        told = {node.said.region for node in self.nodes.values() if node.said}
        seeds.regions = sorted(told - self.regions)
        self.regions |= told
        return seeds


async def gather(
    reader: RowReader,
    scope: Scope,
    kind: Kind,
    nodes: Sequence[Node],
    leaving: Sequence[Node],
    again: Sequence[str],
    changing: Changing,
) -> Gathered:
    """All records that may belong with `nodes`, and the decisions that hold among them."""
    gathered = Gathered({node.id: node for node in nodes}, asked=set(again))
    out = [node.id for node in leaving]
    seeds = Seeds.of([*nodes, *leaving], again)
    gathered.regions.update(seeds.regions)
    unasked = [node.id for node in nodes if node.golden_id or scope.scores_people]
    while seeds or unasked:
        if seeds:
            found = await _neighbours(reader, scope, kind, seeds, [*gathered.nodes, *out])
            for record in found:
                gathered.nodes[record.id] = to_node(scope, kind, record)
                gathered.records[record.id] = record
                unasked.append(record.id)
        seeds = gathered.add(await changing.standing(reader, unasked))
        unasked = []
    return gathered


async def _neighbours(
    reader: RowReader, scope: Scope, kind: Kind, seeds: Seeds, known: list[str]
) -> list[Record]:
    if kind.kind is RecordKind.DEPUTY:
        rows = await reader.fetch(
            PEOPLE,
            seeds.tokens,
            [key[0] for key in seeds.keys],
            [key[1] for key in seeds.keys],
            seeds.golden,
            seeds.records,
            known,
        )
        return list(map(_stored, rows))
    regions = regions_of(scope.divisions)
    rows = await reader.fetch(
        OTHERS,
        [str(key) for region in seeds.regions for key in regions.versions(UUID(region))],
        seeds.golden,
        seeds.records,
        kind.kind.name,
        known,
    )
    return list(map(_stored, rows))


def _stored(row: asyncpg.Record) -> Record:
    """A record of an earlier batch."""
    entity = row["entity_id"]
    return Record(
        row["id"],
        row["system_id"],
        row["external_id"],
        row["fields"],
        row["resolved"],
        row["division_id"],
        row["person_id"],
        entity_id=entity,
        former_id=entity,
        id_token=row["id_token"],
        id_parts=row["id_parts"],
        person_key=row["person_key"],
        is_new=False,
    )
