"""Count the days by law of hand-overs anew, after the local rules on deadlines changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from hub.divisions import DivisionIndex, LegalClock, fetch_clocks
from hub.intake.derived import due_date
from hub.intake.golden_writing import update_rows
from hub.intake.scope import Cause
from hub.store import Driver, open_pipeline

PAGE = 5000
"""Rows that are worked out anew at once."""

NEXT = "SELECT to_jsonb(t) FROM assignment t WHERE id > $1 ORDER BY id LIMIT $2"


async def reckon_again(driver: Driver, divisions: DivisionIndex) -> int:
    """Bring the days by law of all hand-overs to the rules of today; give how many there are."""
    clocks, last, count = await fetch_clocks(driver), UUID(int=0), 0
    while rows := await driver.fetch(NEXT, last, PAGE):
        before = {row[0]["id"]: row[0] for row in rows}
        after = {key: _reckoned(divisions, clocks, row) for key, row in before.items()}
        async with open_pipeline(driver) as pipeline:
            await update_rows(pipeline, "assignment", Cause(None), before, after)
        last, count = UUID(rows[-1][0]["id"]), count + len(rows)
    return count


def _reckoned(
    divisions: DivisionIndex, clocks: Sequence[LegalClock], row: Mapping[str, object]
) -> dict[str, object]:
    stated = {name: value for name, value in row.items() if value is not None}
    return stated | due_date(divisions, clocks, stated)
