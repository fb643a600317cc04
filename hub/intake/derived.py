"""Golden columns that the hub works out from the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias
from uuid import UUID

from hub.divisions import DivisionIndex, LegalClock, explain, fetch_clocks, find_due
from hub.intake.golden_rows import write_rows
from hub.intake.scope import Cause
from hub.store import Driver, open_pipeline
from hub.subjects.record_kinds import RecordKind

Derive: TypeAlias = Callable[[DivisionIndex, Sequence[LegalClock], dict[str, object]], None]

PAGE = 5000
"""Rows that are worked out anew at once."""


def add_due_date(
    divisions: DivisionIndex, clocks: Sequence[LegalClock], row: dict[str, object]
) -> None:
    """The day by which the handler has to reply by law, and how the source's differs."""
    due = find_due(clocks, divisions.by_id[UUID(str(row["division_id"]))].path, row)
    if due is not None:
        row["legal_due_date"] = due.day.isoformat()
        row["due_date_explanation"] = explain(due, row)


DERIVED: dict[RecordKind, Derive] = {RecordKind.ASSIGNMENT: add_due_date}
"""What is worked out, by kind."""


def derive(
    divisions: DivisionIndex,
    clocks: Sequence[LegalClock],
    kind: RecordKind,
    row: dict[str, object],
) -> None:
    """Fill the columns of a row that no record states."""
    if kind in DERIVED:
        DERIVED[kind](divisions, clocks, row)


NEXT = "SELECT to_jsonb(t) FROM assignment t WHERE id > $1 ORDER BY id LIMIT $2"


async def reckon_again(driver: Driver, divisions: DivisionIndex) -> int:
    """Bring the days by law of all hand-overs to the rules of today; give how many there are."""
    clocks, last, count = await fetch_clocks(driver), UUID(int=0), 0
    while rows := await driver.fetch(NEXT, last, PAGE):
        stated = {row[0]["id"]: {k: v for k, v in row[0].items() if v is not None} for row in rows}
        for row in stated.values():
            add_due_date(divisions, clocks, row)
        async with open_pipeline(driver) as pipeline:
            await write_rows(pipeline, "assignment", Cause(None), stated, set())
        last, count = UUID(rows[-1][0]["id"]), count + len(rows)
    return count
