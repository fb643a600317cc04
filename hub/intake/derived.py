"""Golden columns that the hub works out from the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from hub.divisions import DivisionIndex, LegalClock, explain, find_due
from hub.subjects.record_kinds import RecordKind

Derive: TypeAlias = Callable[
    [DivisionIndex, Sequence[LegalClock], Mapping[str, object]], dict[str, object]
]


def due_date(
    divisions: DivisionIndex, clocks: Sequence[LegalClock], row: Mapping[str, object]
) -> dict[str, object]:
    """The day by which the handler has to reply by law, and how the source's differs."""
    due = find_due(clocks, divisions.by_id[UUID(str(row["division_id"]))].path, row)
    if due is None:
        return {}
    return {"legal_due_date": due.day.isoformat(), "due_date_explanation": explain(due, row)}


DERIVED: dict[RecordKind, Derive] = {RecordKind.ASSIGNMENT: due_date}
"""What is worked out, by kind."""


def derive(
    divisions: DivisionIndex,
    clocks: Sequence[LegalClock],
    kind: RecordKind,
    row: Mapping[str, object],
) -> dict[str, object]:
    """The columns of a row that no record states."""
    return DERIVED[kind](divisions, clocks, row) if kind in DERIVED else {}
