"""Changes of golden rows that show in search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeAlias

from hub.search.sources import BY_TABLE, OF_MANDATES

Row: TypeAlias = Mapping[str, object]


class Changed(Protocol):
    """A change of a golden row, as the change log has it."""

    @property
    def entity_id(self) -> str: ...
    @property
    def before(self) -> Row: ...
    @property
    def after(self) -> Row: ...


class Noted(NamedTuple):
    """A change and the table of its row."""

    table: str
    change: Changed

    @property
    def id(self) -> str:
        """The id of the row."""
        return self.change.entity_id

    @property
    def persons(self) -> set[str]:
        """Of a mandate: the person before and after; empty where it stays the same."""
        named = (self.change.before.get("person_id"), self.change.after.get("person_id"))
        return {str(person) for person in named if person is not None}


class Created(NamedTuple):
    """New rows of a table by id."""

    table: str
    rows: Mapping[str, Row]


class Gone(NamedTuple):
    """Rows of a table that were deleted, by id; of mandates with their persons."""

    table: str
    rows: Mapping[str, str | None]


Following: TypeAlias = Noted | Created | Gone


def note_gone(table: str, rows: Mapping[str, str | None]) -> Iterator[Following]:
    """The deleted rows of a table where they showed in search."""
    if watched(table):
        yield Gone(table, rows)


def note(table: str, changes: Iterable[Changed]) -> Iterator[Following]:
    """The changes of rows of a table that show in search."""
    columns = watched(table)
    for change in changes:
        if not (columns.isdisjoint(change.before) and columns.isdisjoint(change.after)):
            yield Noted(table, change)


def note_created(
    table: str, ids: Sequence[str], columns: Mapping[str, Sequence[object]]
) -> Iterator[Following]:
    """The new rows of a table where they show in search; of their columns those that do."""
    names = watched(table)
    if names:
        shown = {name: values for name, values in columns.items() if name in names}
        rows = {key: {name: shown[name][at] for name in shown} for at, key in enumerate(ids)}
        yield Created(table, rows)


def watched(table: str) -> frozenset[str]:
    """The columns of a table whose change shows in search."""
    if table == "deputy":
        return OF_MANDATES
    return BY_TABLE[table].watched if table in BY_TABLE else frozenset()


def created_in(noted: Iterable[Following], table: str) -> dict[str, Row]:
    """The new rows of a table by id."""
    created: dict[str, Row] = {}
    for each in noted:
        if isinstance(each, Created) and each.table == table:
            created.update(each.rows)
    return created
