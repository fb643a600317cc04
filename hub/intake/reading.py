"""Read the raw values of a record into canonical form, or refuse it with every reason found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias
from uuid import UUID

import orjson

from hub import values
from hub.divisions import Division
from hub.errors import Code, Refusal
from hub.ids import id_text
from hub.intake.batch import Candidate, Issue, RawRecord, Record, Refused, Stated
from hub.intake.division_lookup import (
    find_division,
    find_division_at_level,
    find_division_of_congress,
    find_division_of_mandate,
    seat_of,
)
from hub.intake.field_reading import read_fields
from hub.intake.id_numbers import mask_id_numbers, scrub, token_of_national_id
from hub.intake.scope import Scope
from hub.intake.villages import village_of
from hub.subjects import KINDS
from hub.subjects.kinds import Check, Kind, Placing, Reference
from hub.subjects.record_kinds import RecordKind
from hub.values import Raw

Step: TypeAlias = Callable[[Scope, Kind, RawRecord, Record], None]
"""What a kind needs beyond its plain fields. Raises Refusal."""


@lru_cache
def required(kind: RecordKind) -> tuple[str, ...]:
    """The names of the plain fields that every record of a kind states, but for its id."""
    fields = KINDS[kind].fields
    return tuple(it.name for it in fields if it.required and it.name != "externalId")


PLACING_FIELDS = "divisionCode divisionName level term locatedInCode locatedInName kind"
PLACING = frozenset(PLACING_FIELDS.split())
"""Fields by which a record finds its place: without one of them it would be put elsewhere."""


@lru_cache
def needed(kind: RecordKind) -> frozenset[str]:
    """The fields of a kind without which no record is stored. Any other costs itself alone."""
    return frozenset(KINDS[kind].required) | PLACING


SYSTEM_CODE = re.compile("[a-z0-9-]{1,64}")

AT_ONCE = 1000
"""Records whose fields are read at once: enough to share values, few enough for the processor's
own memory."""


def read_records(
    scope: Scope, kind: Kind, mapped: Sequence[tuple[Candidate, RawRecord]]
) -> Iterator[Record | Refused]:
    """The records in canonical form one by one, or their refusals with all reasons."""
    for start in range(0, len(mapped), AT_ONCE):
        some = mapped[start : start + AT_ONCE]
        read = read_fields(kind, [raw for _, raw in some])
        for (candidate, raw), (fields, issues) in zip(some, read, strict=True):
            yield _read_record(scope, kind, candidate, raw, fields, issues)


def _read_record(
    scope: Scope,
    kind: Kind,
    candidate: Candidate,
    raw: RawRecord,
    fields: dict[str, object],
    issues: list[Issue],
) -> Record | Refused:
    record = Record("", "", candidate.external_id, fields, {}, "", None)
    record.checksum, record.place = candidate.checksum, candidate.place
    record.warnings.extend(candidate.warnings)
    mask_id_numbers(record)
    if issues:
        issues = _warn(kind, record, issues)
    issues += missing_fields(kind, raw, record)
    for step in steps(kind.kind):
        try:
            step(scope, kind, raw, record)
        except Refusal as refusal:
            issues.append(Issue(refusal.code, refusal.message, refusal.field))
    if issues:
        return refuse(candidate, issues, raw)
    if record.warnings:
        record.warnings = [_placed(issue, candidate.place) for issue in record.warnings]
    record.said = orjson.dumps(fields)
    return record


def _warn(kind: Kind, record: Record, issues: list[Issue]) -> list[Issue]:
    """Make warnings of issues that cost one field alone; give those that cost the record."""
    costly = [issue for issue in issues if issue.field in needed(kind.kind)]
    record.warnings.extend(issue for issue in issues if issue not in costly)
    return costly


def _placed(issue: Issue, place: str) -> Issue:
    """A warning that begins with the place of its row, where it has one."""
    if issue.message.startswith(place):
        return issue
    return Issue(issue.code, f"{place}: {issue.message}", issue.field)


def refuse(candidate: Candidate, issues: list[Issue], raw: RawRecord) -> Refused:
    """The refusal of a candidate. ID numbers are taken out of what is kept of its row."""
    kept = {
        name: "[removed]" if name == "nationalId" else scrub(value) for name, value in raw.items()
    }
    return Refused(candidate.external_id, issues, kept, candidate.place, candidate.checksum)


# --- Steps: what a kind needs beyond its plain fields ---------------------------------------------


def missing_fields(kind: Kind, raw: RawRecord, record: Record) -> list[Issue]:
    """An issue for each required field that is not given; unreadable ones have theirs already."""
    return [
        Issue(Code.REQUIRED, f"{name} is missing. Every record of this kind has one.", name)
        for name in required(kind.kind)
        if name not in record.fields and raw.get(name) in (None, "")
    ]


def order_dates(scope: Scope, kind: Kind, raw: RawRecord, record: Record) -> None:
    start, end = record.fields.get("startDate"), record.fields.get("endDate")
    if start is not None and end is not None and str(end) < str(start):
        raise Refusal(
            Code.DATES_REVERSED,
            f"endDate {end} lies before startDate {start}. Correct one of them at the source.",
            "endDate",
        )


def join_employer_and_post(scope: Scope, kind: Kind, raw: RawRecord, record: Record) -> None:
    fields = record.fields
    if "employerAndPost" in fields:
        return
    employer, post = str(fields.get("employer", "")), str(fields.get("post", ""))
    joined = employer if post and employer.endswith(post) else employer + post
    if joined:
        fields["employerAndPost"] = joined


def place_in_congress(scope: Scope, kind: Kind, raw: RawRecord, record: Record) -> None:
    division = find_division_of_congress(scope, record.fields)
    settle(record, division)
    record.congress = seat_of(scope.divisions, division, term_of(record))


def place_mandate(scope: Scope, kind: Kind, raw: RawRecord, record: Record) -> None:
    division = find_division_of_mandate(scope, record.fields)
    settle(record, division)
    record.congress = seat = seat_of(scope.divisions, division, term_of(record))
    if seat and not division.has_congress:
        record.resolved["level"] = seat[1]
        county = scope.divisions.by_id[UUID(seat[0])]
        message = IN_SUBDISTRICT.format(division.name, division.code, county.name, county.code)
        record.warnings.append(Issue(Code.NO_CONGRESS, message, "divisionCode"))


IN_SUBDISTRICT = (
    "{} ({}) has no congress: a subdistrict elects deputies of the county's. The mandate is kept "
    "in the congress of {} ({}), without a term. Give the division whose congress it is; of a town "
    "that became the subdistrict give its code, or the day on which the mandate began."
)


def term_of(record: Record) -> int | None:
    term = record.fields.get("term")
    return term if isinstance(term, int) else None


def place_in_division(scope: Scope, kind: Kind, raw: RawRecord, record: Record) -> None:
    division = find_division_at_level(scope, record.fields)
    settle(record, division)
    if (term := term_of(record)) is not None and division.has_congress:
        record.congress = seat_of(scope.divisions, division, term)


def settle(record: Record, division: Division) -> None:
    record.division_id = id_text(division.id)
    record.resolved["level"] = division.level.name
    if division.is_unlisted:
        record.warnings.append(Issue(Code.UNKNOWN_DIVISION, UNLISTED, "divisionCode"))


UNLISTED = (
    "No list since 2017 names this township or subdistrict; the record is kept under its code, in "
    "the county that the code begins with. Correct the code at the source if it is wrong."
)


def place_under_parent(scope: Scope, kind: Kind, raw: RawRecord, record: Record) -> None:
    if "divisionCode" in record.fields or "divisionName" in record.fields:
        place_in_division(scope, kind, raw, record)
    else:
        settle(record, scope.divisions.by_id[scope.system.division_id])


def place(scope: Scope, kind: Kind, raw: RawRecord, record: Record) -> None:
    PLACES[kind.placing](scope, kind, raw, record)


def locate(scope: Scope, kind: Kind, raw: RawRecord, record: Record) -> None:
    place_in_division(scope, kind, raw, record)
    own = scope.divisions.by_id[UUID(record.division_id)]
    located = _located_in(scope, record.fields) or own
    record.resolved["located_in_id"] = str(located.id)
    record.fields.setdefault("kind", kind.kind.name)
    if kind.kind is RecordKind.STATION:
        record.resolved["is_off_site"] = not scope.divisions.is_within(located, own)


def settle_in_village(scope: Scope, kind: Kind, raw: RawRecord, record: Record) -> None:
    village = village_of(scope, kind, record)
    if village is not None:
        record.resolved["village_id"] = str(village.id)


def _located_in(scope: Scope, fields: Mapping[str, object]) -> Division | None:
    if "locatedInCode" not in fields and "locatedInName" not in fields:
        return None
    return find_division(scope, fields, "locatedInCode", "locatedInName")


def state_references(scope: Scope, kind: Kind, raw: RawRecord, record: Record) -> None:
    for reference in kind.references:
        value = raw.get(reference.name)
        if value in (None, "", []):
            require_reference(reference)
            continue
        items = value if isinstance(value, list | tuple) and reference.many else [value]
        found = _state_all(scope, reference, items, record)
        stated = {_shown(item): item for item in found}
        record.references.extend(stated.values())
        record.fields[reference.name] = sorted(stated)


def _state_all(
    scope: Scope, reference: Reference, items: Sequence[Any], record: Record
) -> list[Stated]:
    """What a field refers to, with a warning for each part that cannot be read.

    Raises Refusal where the kind requires the reference.
    """
    found: list[Stated] = []
    for item in items:
        try:
            stated = _state(scope, reference, item)
        except Refusal as refusal:
            if reference.required:
                raise Refusal(refusal.code, refusal.message, reference.name) from refusal
            record.warnings.append(Issue(refusal.code, refusal.message, reference.name))
        else:
            found += [stated] if stated else []
    return found


def require_reference(reference: Reference) -> None:
    if reference.required:
        raise Refusal(
            Code.REQUIRED,
            f"{reference.name} is missing. Every record of this kind names one.",
            reference.name,
        )


def _shown(stated: Stated) -> str:
    """The record meant as text: its external id, after the system's code where it is another's."""
    return stated.external_id if stated.system is None else f"{stated.system}:{stated.external_id}"


def _state(scope: Scope, reference: Reference, item: Any) -> Stated | None:
    if isinstance(item, Refusal):
        raise item
    given = item if isinstance(item, Mapping) else {"id": item}
    external_id = values.external_id(given.get("id"))
    if external_id is None:
        return None
    return Stated(
        reference.name,
        reference.target.name,
        external_id,
        _other_system(scope, reference, given.get("system")),
        as_text(reference.read_role(given.get("role"))),
        _day(given.get("startDate")),
        _day(given.get("endDate")),
    )


def _other_system(scope: Scope, reference: Reference, given: Raw) -> str | None:
    """The code of another system, which may become known later. Raises Refusal."""
    code = values.text(given)
    if code is None or code == scope.system.code:
        return None
    if SYSTEM_CODE.fullmatch(code):
        return code
    raise Refusal(
        Code.UNKNOWN_SYSTEM,
        f"No system can have the code {code[:64]}: one has small letters, digits and hyphens. "
        "Correct the reference.",
        reference.name,
    )


def as_text(value: object) -> str | None:
    return None if value is None else str(value)


def _day(value: Raw) -> str | None:
    day = values.date(value)
    return None if day is None else day.isoformat()


PLACES = {
    Placing.CONGRESS: place_in_congress,
    Placing.MANDATE: place_mandate,
    Placing.DIVISION: place_in_division,
    Placing.PARENT: place_under_parent,
}
STEPS = {
    RecordKind.DEPUTY: (
        order_dates,
        join_employer_and_post,
        token_of_national_id,
        place,
    ),
    RecordKind.HOME: (locate,),
    RecordKind.STATION: (locate,),
}
"""What some kinds need besides; `DEFAULT` is for all others."""
DEFAULT = (order_dates, place)


@lru_cache
def steps(kind: RecordKind) -> tuple[Step, ...]:
    """The steps of a kind in their order, its checks last."""
    checks = (_checking(check) for check in KINDS[kind].checks)
    in_village = () if KINDS[kind].village is None else (settle_in_village,)
    return (*STEPS.get(kind, DEFAULT), *in_village, state_references, *checks)


def _checking(check: Check) -> Step:
    return lambda scope, kind, raw, record: check(record.fields)
