"""Give each deputy record its mandate: one per person, congress and term."""

from __future__ import annotations

from collections.abc import Mapping

from hub.enums import ChangeKind
from hub.ids import new_id
from hub.intake.batch import Record
from hub.intake.moves import fetch_former
from hub.intake.pipeline import Pipeline
from hub.intake.rows import Change, log_changes
from hub.intake.scope import Cause

HELD = """
SELECT DISTINCT person_id::text, resolved ->> 'congress_id', entity_id::text FROM source_record
WHERE person_id = ANY($1::uuid[]) AND deleted_at IS NULL AND NOT id = ANY($2::uuid[])
"""


async def link_mandates(
    pipeline: Pipeline, records: list[Record], shifted: set[str], people: set[str]
) -> set[str]:
    """Give records their mandates; give the new ids.

    `people` are the persons, known before, who keep their records; `shifted` the records that
    come to another person. Such a one brings its mandate's id along where no one else holds it,
    or takes back an earlier one. Of several mandates that become one the oldest stays.
    """
    ids = [record.id for record in records]
    rows = await pipeline.fetch(HELD, list(people), ids) if people else []
    known = {(person, congress): deputy for person, congress, deputy in rows}
    taken, created = set(known.values()), set[str]()
    former = await fetch_former(pipeline, "entity_id", list(shifted))
    for record in sorted(records, key=lambda it: (it.id in shifted, it.entity_id or "~")):
        key = (str(record.person_id), str(record.resolved["congress_id"]))
        if key not in known:
            had = [record.entity_id, *former.left.get(record.id, ())]
            free = [deputy for deputy in had if deputy and deputy not in taken]
            known[key] = free[0] if free else new_id()
            if not free:
                created.add(known[key])
            taken.add(known[key])
        record.entity_id = known[key]
    return created


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
