"""Give each deputy record its mandate: one per person, congress and term."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from hub.ids import new_id
from hub.intake.batch import Record
from hub.intake.golden_writing import Change, log_changes
from hub.intake.moves import fetch_former
from hub.intake.naming import Former
from hub.intake.scope import Cause
from hub.linking import RowReader
from hub.store import Pipeline


async def link_mandates(
    reader: RowReader,
    records: Sequence[Record],
    holding: Iterable[Record],
    shifted: set[str],
    parting: set[str],
) -> tuple[set[str], set[str]]:
    """Give records their mandates; give the new ids, and those that some record left earlier.

    `holding` are the other records of their persons; `shifted` the records that come to another
    person, `parting` those of a mandate that some of them leave. A record brings its mandate's id
    along where no one else holds it. A guest in a mandate takes back the first that it had when it
    comes home, or when others leave. Of several mandates that become one the oldest stays.
    """
    known = {_mandate(record): record.entity_id for record in holding}
    taken, created = set(known.values()), set[str]()
    former = await fetch_former(reader, "entity_id", list(parting))
    persons = await fetch_former(reader, "person_id", list(shifted))
    shifting = [it for it in records if it.id in shifted]
    going = {it.id for it in shifting if not _comes_home(it, persons)}
    back = parting - going
    for record in sorted(records, key=lambda it: _claim(it, former, shifted, going)):
        key = _mandate(record)
        if key not in known:
            free = _free(_had(record, former, record.id in back), taken)
            known[key] = free or new_id()
            created |= set() if free else {known[key]}
            taken.add(known[key])
        record.entity_id = known[key]
    return created, former.rows


def _claim(
    record: Record, former: Former, shifted: set[str], going: set[str]
) -> tuple[bool, bool, bool, str]:
    """Sort key: who was there, who comes home, who is no guest, the oldest mandate."""
    is_guest = _is_guest(record, former)
    return record.id in shifted, record.id in going, is_guest, record.entity_id or "~"


def _is_guest(record: Record, former: Former) -> bool:
    """Whether a record came to its mandate from another one."""
    return (record.id, str(record.entity_id)) in former.went


def _comes_home(record: Record, persons: Former) -> bool:
    """Whether the person to whom a record comes is the first that it had."""
    return persons.left.get(record.id, [""])[-1] == record.person_id


def _had(record: Record, former: Former, is_back: bool) -> list[str | None]:
    """The mandates that a record has and had, those first that it should take."""
    first = former.left.get(record.id, [])[::-1]
    if is_back and _is_guest(record, former):
        return [*first, record.entity_id]
    return [record.entity_id, *first]


def _free(mandates: Iterable[str | None], taken: Collection[str]) -> str | None:
    """The first of these mandates that no other record has taken."""
    return next((it for it in mandates if it and it not in taken), None)


def _mandate(record: Record) -> tuple[str, str]:
    """One person has one mandate in one congress and term."""
    return str(record.person_id), str(record.resolved["congress_id"])


TAKE_ALONG = """
UPDATE deputy d SET person_id = m.person_id, updated_at = now()
FROM unnest($1::uuid[], $2::uuid[]) AS m(id, person_id) WHERE d.id = m.id
"""


async def take_along(pipeline: Pipeline, mandates: Mapping[str, tuple[str, str]]) -> None:
    """Let mandates that keep their records follow them: {mandate: (old person, new person)}."""
    if mandates:
        await pipeline.execute(TAKE_ALONG, list(mandates), [new for _, new in mandates.values()])


async def log_taken_along(
    pipeline: Pipeline, cause: Cause, mandates: Mapping[str, tuple[str, str]]
) -> None:
    """Log the mandates that were taken along."""
    changes = [
        Change(key, {"person_id": old}, {"person_id": new}, is_substantive=True)
        for key, (old, new) in mandates.items()
    ]
    await log_changes(pipeline, "deputy", cause, changes)
