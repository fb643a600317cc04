"""Changes of golden rows that show in search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from hub.search.sources import BY_TABLE, OF_MANDATES

CREATED = "CREATED"


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


class Noted(NamedTuple):
    """A change and the table of its row."""

    table: str
    change: Changed

    @property
    def id(self) -> str:
        """The id of the row."""
        return self.change.entity_id

    @property
    def is_new(self) -> bool:
        """Whether the row is new."""
        return self.change.kind == CREATED

    @property
    def persons(self) -> set[str]:
        """Of a mandate: the person before and after; empty where it stays the same."""
        named = (self.change.before.get("person_id"), self.change.after.get("person_id"))
        return {str(person) for person in named if person is not None}


def note(table: str, changes: Iterable[Changed]) -> Iterator[Noted]:
    """The changes of rows of a table that show in search."""
    watched = OF_MANDATES if table == "deputy" else None
    if table in BY_TABLE:
        watched = BY_TABLE[table].watched
    if watched is not None:
        for change in changes:
            if not (watched.isdisjoint(change.before) and watched.isdisjoint(change.after)):
                yield Noted(table, change)


def new_people(noted: Iterable[Noted]) -> dict[str, str]:
    """The names of the persons who are new, by id."""
    return {
        each.id: str(each.change.after["name"])
        for each in noted
        if each.table == "person" and each.is_new
    }


def new_mandates(noted: Iterable[Noted]) -> Iterator[Mapping[str, object]]:
    """The columns of the mandates that are new."""
    return (each.change.after for each in noted if each.table == "deputy" and each.is_new)
