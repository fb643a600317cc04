"""Keep the search index with the golden rows, in the transaction that writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from hub.enums.search import SearchKind
from hub.search.entries import Entry, Fact, make_entries
from hub.search.noted import Changed, Noted, new_mandates, new_people, note
from hub.search.sources import BY_TABLE, ENDED_MANDATES, Source

if TYPE_CHECKING:
    from hub.intake.pipeline import Pipeline


def follow(pipeline: Pipeline, table: str, changes: Iterable[Changed]) -> None:
    """Have the entries of changed rows renewed once the batch is written."""
    pipeline.follow(refresh, note(table, changes))


async def refresh(pipeline: Pipeline, noted: list[Noted]) -> None:
    """Bring the entries of rows to what the rows are now: those that are gone have none."""
    people = new_people(noted)
    touched = await _touched(pipeline, noted, set(people))
    new = {key: name for key, name in people.items() if key not in touched["person"]}
    if new:
        await _add_people(pipeline, new, list(new_mandates(noted)))
    for table, ids in touched.items():
        if ids:
            await _renew(pipeline, BY_TABLE[table], list(ids))


async def _touched(
    pipeline: Pipeline, noted: Iterable[Noted], new: set[str]
) -> dict[str, set[str]]:
    """By table the rows to be read: all but new persons who have new mandates only."""
    ids: defaultdict[str, set[str]] = defaultdict(set, {"person": set()})
    mandates = set[str]()
    for each in noted:
        if each.table == "deputy":
            ids["person"] |= each.persons - (new if each.is_new else set())
            mandates |= set() if each.persons else {each.id}
        elif not (each.table == "person" and each.is_new):
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
    pipeline: Pipeline, names: Mapping[str, str], mandates: list[Mapping[str, object]]
) -> None:
    divisions = {str(mandate["division_id"]) for mandate in mandates}
    paths = {row[0]: row[1] for row in await pipeline.fetch(PATHS, list(divisions))}
    await _add(pipeline, SearchKind.PERSON, _facts(names, mandates, paths))


def _facts(
    names: Mapping[str, str],
    mandates: list[Mapping[str, object]],
    paths: Mapping[str, list[UUID]],
) -> Iterator[Fact]:
    held: defaultdict[str, list[Mapping[str, object]]] = defaultdict(list)
    for mandate in mandates:
        held[str(mandate["person_id"])].append(mandate)
    for key, name in names.items():
        for mandate in held[key]:
            has_ended = mandate.get("status") in ENDED_MANDATES
            yield Fact(UUID(key), name, None, paths[str(mandate["division_id"])], has_ended, 0)
