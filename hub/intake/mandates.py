"""Give each deputy record its mandate: one per person, congress and term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hub.enums import ChangeKind
from hub.ids import new_id
from hub.intake.batch import Record
from hub.intake.moves import fetch_former
from hub.intake.pipeline import Pipeline
from hub.intake.rows import Change, log_changes
from hub.intake.scope import Cause
from hub.judgements import Reader


async def link_mandates(
    reader: Reader, records: Sequence[Record], holding: Iterable[Record], shifted: set[str]
) -> tuple[set[str], set[str]]:
    """Give records their mandates; give the new ids, and those that some record left earlier.

    `holding` are the other records of their persons; `shifted` the records that come to another
    person. Such a one brings its mandate's id along where no one else holds it, or takes back an
    earlier one. Of several mandates that become one the oldest stays.
    """
    known = {_mandate(record): record.entity_id for record in holding}
    taken, created = set(known.values()), set[str]()
    former = await fetch_former(reader, "entity_id", list(shifted))
    for record in sorted(records, key=lambda it: (it.id in shifted, it.entity_id or "~")):
        key = _mandate(record)
        if key not in known:
            had = [record.entity_id, *former.left.get(record.id, ())]
            free = [deputy for deputy in had if deputy and deputy not in taken]
            known[key] = free[0] if free else new_id()
            if not free:
                created.add(known[key])
            taken.add(known[key])
        record.entity_id = known[key]
    return created, former.rows


def _mandate(record: Record) -> tuple[str, str]:
    """One person has one mandate in one congress and term."""
    return str(record.person_id), str(record.resolved["congress_id"])


TAKE_ALONG = """
UPDATE deputy d SET person_id = m.person_id, updated_at = now()
FROM unnest($1::uuid[], $2::uuid[]) AS m(id, person_id) WHERE d.id = m.id
"""


UPDATED = ChangeKind.UPDATED.name


async def take_along(
    pipeline: Pipeline, cause: Cause, mandates: Mapping[str, tuple[str, str]]
) -> None:
    """Let mandates that keep their records follow them: {mandate: (old person, new person)}."""
    if mandates:
        await pipeline.execute(TAKE_ALONG, list(mandates), [new for _, new in mandates.values()])
        changes = (
            Change(key, UPDATED, {"person_id": old}, {"person_id": new}, is_substantive=True)
            for key, (old, new) in mandates.items()
        )
        await log_changes(pipeline, "deputy", cause, changes)
