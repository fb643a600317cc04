"""Keep the search index with the golden rows, in the transaction that writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from hub.search.entries import Entry, Fact, make_entries, ranks
from hub.search.noted import (
    Changed,
    Created,
    Following,
    Gone,
    Noted,
    Row,
    created_in,
    note,
    note_created,
    note_gone,
)
from hub.search.sources import BY_TABLE, ENDED_MANDATES, SearchSource
from hub.store import packed_rows
from hub.subjects.search import SearchKind

if TYPE_CHECKING:
    from hub.store import Pipeline


def follow(pipeline: Pipeline, table: str, changes: Iterable[Changed]) -> None:
    """Have the entries of changed rows renewed once the batch is written."""
    pipeline.follow(refresh, note(table, changes))


def follow_created(
    pipeline: Pipeline, table: str, ids: Sequence[str], columns: Mapping[str, Sequence[object]]
) -> None:
    """Have the entries of new rows made once the batch is written; `columns` are theirs."""
    pipeline.follow(refresh, note_created(table, ids, columns))


def follow_gone(pipeline: Pipeline, table: str, rows: Mapping[str, str | None]) -> None:
    """Have the entries of deleted rows, by id, go once the batch is written."""
    pipeline.follow(refresh, note_gone(table, rows))


async def refresh(pipeline: Pipeline, noted: list[Following]) -> None:
    """Bring the entries of rows to what the rows are now: those that are gone have none."""
    people, mandates = created_in(noted, "person"), created_in(noted, "deputy")
    touched = _touched(noted)
    moved = await _with_other_mandates(pipeline, noted)
    moved |= {str(it["person_id"]) for it in mandates.values()} - people.keys()
    touched["person"] |= moved & people.keys()
    new = {key: row for key, row in people.items() if key not in touched["person"]}
    if new:
        await _add_people(pipeline, new, mandates.values())
    for table, ids in touched.items():
        if ids:
            await _renew(pipeline, BY_TABLE[table], list(ids))
    if moved := moved - touched["person"]:
        await pipeline.execute(MOVE, list(moved))


def _touched(noted: Iterable[Following]) -> defaultdict[str, set[str]]:
    """By table the rows to be read anew; new persons and what mandates tell is not among them."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for each in noted:
        if each.table == "deputy" or (isinstance(each, Created) and each.table == "person"):
            continue
        ids[each.table] |= {each.id} if isinstance(each, Noted) else each.rows.keys()
    return ids


async def _with_other_mandates(pipeline: Pipeline, noted: list[Following]) -> set[str]:
    """The persons whose mandates changed, came or went."""
    persons, same = set[str](), set[str]()
    for each in noted:
        if isinstance(each, Gone) and each.table == "deputy":
            persons.update(map(str, each.rows.values()))
        elif isinstance(each, Noted) and each.table == "deputy":
            persons |= each.persons
            same |= set() if each.persons else {each.id}
    return persons | (await _persons_of(pipeline, same) if same else set())


PERSONS = "SELECT DISTINCT person_id::text FROM deputy WHERE id = ANY($1::uuid[])"


async def _persons_of(pipeline: Pipeline, mandates: set[str]) -> set[str]:
    return {row[0] for row in await pipeline.fetch(PERSONS, list(mandates))}


RUNNING, ENDED = ranks(SearchKind.PERSON)
MOVE = f"""
UPDATE search_entry e SET rank = p.rank, division_ids = p.divisions
FROM (
    SELECT t.id, array_remove(array_agg(DISTINCT m.division), NULL) AS divisions,
           CASE WHEN bool_and(m.has_ended) THEN {ENDED} ELSE {RUNNING} END AS rank
    FROM unnest($1::uuid[]) AS t(id) LEFT JOIN LATERAL (
        SELECT unnest(v.path) AS division,
               coalesce(d.status IN {ENDED_MANDATES}, FALSE) AS has_ended
        FROM deputy d JOIN division v ON v.id = d.division_id WHERE d.person_id = t.id OFFSET 0
    ) m ON TRUE GROUP BY t.id
) p
WHERE e.entity_id = p.id AND (e.rank, e.division_ids) IS DISTINCT FROM (p.rank, p.divisions)
"""
"""Persons whose name stays: where they belong follows from their mandates alone."""


REMOVE = "DELETE FROM search_entry WHERE entity_id = ANY($1::uuid[])"


async def _renew(pipeline: Pipeline, source: SearchSource, ids: list[str]) -> None:
    facts = await pipeline.fetch(source.some(), ids)
    await pipeline.execute(REMOVE, ids)
    await _add(pipeline, source.kind, (Fact(*fact) for fact in facts))


async def _add(pipeline: Pipeline, kind: SearchKind, facts: Iterable[Fact]) -> None:
    await pipeline.copy(packed_rows("search_entry", Entry._fields, make_entries(kind, facts)))


# --- New persons: what was just written of them is at hand, a load need not read it back ----------

PATHS = "SELECT id::text, path FROM division WHERE id = ANY($1::uuid[])"


async def _add_people(
    pipeline: Pipeline, people: Mapping[str, Row], mandates: Collection[Row]
) -> None:
    divisions = {str(mandate["division_id"]) for mandate in mandates}
    paths = {row[0]: row[1] for row in await pipeline.fetch(PATHS, list(divisions))}
    await _add(pipeline, SearchKind.PERSON, _facts(people, mandates, paths))


def _facts(
    people: Mapping[str, Row], mandates: Iterable[Row], paths: Mapping[str, list[UUID]]
) -> Iterator[Fact]:
    held: defaultdict[object, list[Row]] = defaultdict(list)
    for mandate in mandates:
        held[mandate["person_id"]].append(mandate)
    for key, person in people.items():
        name = str(person["name"])
        for mandate in held[key]:
            has_ended = mandate.get("status") in ENDED_MANDATES
            yield Fact(key, name, None, paths[str(mandate["division_id"])], has_ended, 0)
