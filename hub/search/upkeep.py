"""Keep the search index with the golden rows, in the transaction that writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol, TypeAlias

from hub.search.entries import Entry, Fact, make_entries
from hub.search.sources import BY_TABLE, OF_MANDATES, Source

if TYPE_CHECKING:
    from hub.intake.pipeline import Pipeline

Touched: TypeAlias = tuple[str, str]
"""A table and the id of one of its rows."""


class Changed(Protocol):
    """A change of a golden row, as the change log has it."""

    @property
    def entity_id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def before(self) -> Mapping[str, object]: ...
    @property
    def after(self) -> Mapping[str, object]: ...


def follow(pipeline: Pipeline, table: str, changes: Iterable[Changed]) -> None:
    """Have the entries of changed rows renewed once the batch is written."""
    if table == "deputy":
        pipeline.follow(refresh, _people(changes))
    elif table in BY_TABLE:
        watched = BY_TABLE[table].watched
        touched = (change.entity_id for change in changes if _shows(change, watched))
        pipeline.follow(refresh, ((table, entity) for entity in touched))


def _shows(change: Changed, watched: frozenset[str]) -> bool:
    return not watched.isdisjoint(change.before) or not watched.isdisjoint(change.after)


def _people(changes: Iterable[Changed]) -> Iterable[Touched]:
    """The persons of changed mandates; the mandate itself where its person stays the same."""
    for change in changes:
        if _shows(change, OF_MANDATES):
            people = {change.before.get("person_id"), change.after.get("person_id")} - {None}
            yield from (("person", str(person)) for person in people)
            if not people:
                yield "deputy", change.entity_id


async def refresh(pipeline: Pipeline, touched: set[Touched]) -> None:
    """Renew the entries of rows: those that are gone have none."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for table, entity in touched:
        ids[table].add(entity)
    mandates = ids.pop("deputy", None)
    if mandates:
        ids["person"] |= await _persons_of(pipeline, mandates)
    for table, some in ids.items():
        await _renew(pipeline, BY_TABLE[table], list(some))


PERSONS = "SELECT DISTINCT person_id::text FROM deputy WHERE id = ANY($1::uuid[])"


async def _persons_of(pipeline: Pipeline, mandates: set[str]) -> set[str]:
    return {row[0] for row in await pipeline.fetch(PERSONS, list(mandates))}


REMOVE = "DELETE FROM search_entry WHERE entity_id = ANY($1::uuid[])"


async def _renew(pipeline: Pipeline, source: Source, ids: list[str]) -> None:
    facts = await pipeline.fetch(source.some(), ids)
    await pipeline.execute(REMOVE, ids)
    entries: list[tuple[object, ...]] = list(
        make_entries(source.kind, (Fact(*fact) for fact in facts))
    )
    await pipeline.copy("search_entry", Entry._fields, entries)
