"""Link mandates' records to natural persons.

Two records are of one person when their national-id tokens are equal, or when they carry the same
person key inside one system and their tokens do not differ. The result depends on the records
alone, not on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from hub.ids import new_id
from hub.intake.batch import Record
from hub.intake.pipeline import Pipeline


@dataclass(slots=True)
class Node:
    """A record as the linking sees it."""

    id: str
    system_id: str
    id_token: bytes | None
    person_key: str | None
    person_id: str | None


@dataclass(slots=True)
class Linked:
    """The outcome of linking a batch.

    `person_of` gives the person of every record seen, `created` the new persons, `moved` the
    records of earlier batches that changed their person, `merged` the persons who lost all their
    records with the person who has them now.
    """

    person_of: dict[str, str]
    created: set[str]
    moved: set[str]
    merged: dict[str, str]


NEIGHBOURS = """
WITH seed AS (
    SELECT person_id FROM source_record WHERE id_token = ANY($1)
    UNION
    SELECT person_id FROM source_record WHERE system_id = $2 AND person_key = ANY($3)
    UNION
    SELECT unnest($4::uuid[])
)
SELECT id::text, system_id::text, id_token, person_key, person_id::text
FROM source_record
WHERE person_id IN (SELECT person_id FROM seed)
  AND deleted_at IS NULL AND NOT id = ANY($5::uuid[])
"""


async def link_people(
    pipeline: Pipeline, system_id: str, records: list[Record], gone: list[Node]
) -> Linked:
    """Give every record of the batch its person; `gone` are records about to be deleted.

    Records of other batches that the new ones join or part are in `moved`.
    """
    nodes = [
        Node(record.id, system_id, record.id_token, record.person_key, record.person_id)
        for record in records
    ]
    others = await _neighbours(pipeline, system_id, nodes, gone)
    groups = group_records(nodes + others)
    person_of = _name_groups(groups)
    had = {node.person_id for node in nodes + others}
    moved = {node.id for node in others if person_of[node.id] != node.person_id}
    return Linked(person_of, set(person_of.values()) - had, moved, _merged(groups, person_of))


async def _neighbours(
    pipeline: Pipeline, system_id: str, nodes: list[Node], leaving: list[Node]
) -> list[Node]:
    tokens = [node.id_token for node in nodes if node.id_token]
    keys = [node.person_key for node in nodes if node.person_key]
    persons = [node.person_id for node in (*nodes, *leaving) if node.person_id]
    if not (tokens or keys or persons):
        return []
    known = [node.id for node in (*nodes, *leaving)]
    rows = await pipeline.fetch(NEIGHBOURS, tokens, system_id, keys, persons, known)
    return [Node(*row.values()) for row in rows]


def group_records(nodes: list[Node]) -> list[list[Node]]:
    """The records of one person each."""
    parent = {node.id: node.id for node in nodes}

    def root(item: str) -> str:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for alike in (*_by_token(nodes), *_by_person_key(nodes)):
        for node in alike[1:]:
            parent[root(node.id)] = root(alike[0].id)
    groups: defaultdict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        groups[root(node.id)].append(node)
    return list(groups.values())


def _by_token(nodes: list[Node]) -> Iterable[list[Node]]:
    found: defaultdict[bytes, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.id_token:
            found[node.id_token].append(node)
    return found.values()


def _by_person_key(nodes: list[Node]) -> Iterable[list[Node]]:
    """Records under one key; where their tokens differ, those without one join the smallest."""
    found: defaultdict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in nodes:
        if node.person_key:
            found[node.system_id, node.person_key].append(node)
    for alike in found.values():
        first = min((node.id_token for node in alike if node.id_token), default=None)
        yield [node for node in alike if node.id_token in (None, first)]


def _name_groups(groups: list[list[Node]]) -> dict[str, str]:
    """The person of each record: the oldest id that its group had and no other group took."""
    taken: set[str] = set()
    person_of: dict[str, str] = {}
    for group in sorted(groups, key=_oldest):
        had = sorted({node.person_id for node in group if node.person_id} - taken)
        person = had[0] if had else new_id()
        taken.add(person)
        person_of.update((node.id, person) for node in group)
    return person_of


def _oldest(group: list[Node]) -> tuple[str, str]:
    """Sort key: groups that hold the oldest person, then the oldest record, choose first."""
    return min(node.person_id or "~" for node in group), min(node.id for node in group)


def _merged(groups: list[list[Node]], person_of: dict[str, str]) -> dict[str, str]:
    kept = set(person_of.values())
    return {
        node.person_id: person_of[node.id]
        for group in groups
        for node in group
        if node.person_id and node.person_id not in kept
    }


MOVED = """
SELECT id::text, system_id::text, external_id, resolved, division_id::text, person_id::text,
       entity_id::text
FROM source_record WHERE id = ANY($1::uuid[])
"""


async def fetch_moved(pipeline: Pipeline, ids: set[str]) -> list[Record]:
    """Records of earlier batches whose person changes, as far as linking needs them."""
    rows = await pipeline.fetch(MOVED, list(ids)) if ids else []
    return [
        Record(
            row["id"],
            row["system_id"],
            row["external_id"],
            {},
            row["resolved"],
            row["division_id"],
            row["person_id"],
            entity_id=row["entity_id"],
            is_new=False,
        )
        for row in rows
    ]


async def write_redirects(pipeline: Pipeline, linked: Linked) -> None:
    """Let the ids of merged persons lead to the person who has their records now."""
    if not linked.merged and not linked.moved:
        return
    await pipeline.execute(
        "DELETE FROM redirect WHERE old_id = ANY($1::uuid[])", list(linked.person_of.values())
    )
    await pipeline.execute(
        "INSERT INTO redirect (old_id, new_id) SELECT * FROM unnest($1::uuid[], $2::uuid[]) "
        "ON CONFLICT (old_id) DO UPDATE SET new_id = excluded.new_id",
        list(linked.merged),
        list(linked.merged.values()),
    )
    await pipeline.execute(
        "UPDATE redirect r SET new_id = m.kept "
        "FROM unnest($1::uuid[], $2::uuid[]) AS m(gone, kept) WHERE r.new_id = m.gone",
        list(linked.merged),
        list(linked.merged.values()),
    )
