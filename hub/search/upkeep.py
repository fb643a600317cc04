"""Keep the search index with the golden rows, in the transaction that writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from hub.enums.search import SearchKind
from hub.search.entries import Entry, Fact, make_entries
from hub.search.noted import Changed, Created, Noted, Row, created_in, note, note_created
from hub.search.sources import BY_TABLE, ENDED_MANDATES, Source

if TYPE_CHECKING:
    from hub.intake.pipeline import Pipeline


def follow(pipeline: Pipeline, table: str, changes: Iterable[Changed]) -> None:
    """Have the entries of changed rows renewed once the batch is written."""
    pipeline.follow(refresh, note(table, changes))


def follow_created(pipeline: Pipeline, table: str, rows: Mapping[str, Row]) -> None:
    """Have the entries of new rows, by id, made once the batch is written."""
    pipeline.follow(refresh, note_created(table, rows))


async def refresh(pipeline: Pipeline, noted: list[Noted | Created]) -> None:
    """Bring the entries of rows to what the rows are now: those that are gone have none."""
    people, mandates = created_in(noted, "person"), created_in(noted, "deputy")
    touched = await _touched(pipeline, noted)
    touched["person"] |= {str(it["person_id"]) for it in mandates.values()} - people.keys()
    new = {key: row for key, row in people.items() if key not in touched["person"]}
    if new:
        await _add_people(pipeline, new, mandates.values())
    for table, ids in touched.items():
        if ids:
            await _renew(pipeline, BY_TABLE[table], list(ids))


async def _touched(pipeline: Pipeline, noted: Iterable[Noted | Created]) -> dict[str, set[str]]:
    """By table the rows to be read; new persons and their new mandates are not among them."""
    ids: defaultdict[str, set[str]] = defaultdict(set, {"person": set()})
    mandates = set[str]()
    for each in noted:
        if isinstance(each, Created):
            if each.table not in ("person", "deputy"):
                ids[each.table] |= each.rows.keys()
        elif each.table == "deputy":
            ids["person"] |= each.persons
            mandates |= set() if each.persons else {each.id}
        else:
            ids[each.table].add(each.id)
    if mandates:
        ids["person"] |= await _persons_of(pipeline, mandates)
    return ids


PERSONS = "SELECT DISTINCT person_id::text FROM deputy WHERE id = ANY($1::uuid[])"


async def _persons_of(pipeline: Pipeline, mandates: set[str]) -> set[str]:
    return {row[0] for row in await pipeline.fetch(PERSONS, list(mandates))}


REMOVE = "DELETE FROM search_entry WHERE entity_id = ANY($1::uuid[])"


async def _renew(pipeline: Pipeline, source: Source, ids: list[str]) -> None:
    facts = await pipeline.fetch(source.some(), ids)
    await pipeline.execute(REMOVE, ids)
    await _add(pipeline, source.kind, (Fact(*fact) for fact in facts))


async def _add(pipeline: Pipeline, kind: SearchKind, facts: Iterable[Fact]) -> None:
    entries: list[tuple[object, ...]] = list(make_entries(kind, facts))
    await pipeline.copy("search_entry", Entry._fields, entries)


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
