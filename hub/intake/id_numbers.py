"""ID numbers in a record: their token is kept, and none stays in any text."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from hub import values
from hub.errors import Code, Refusal
from hub.intake.batch import Issue, RawRecord, Record
from hub.intake.scope import Scope
from hub.subjects.kinds import Kind
from hub.values import Raw

KEYED = frozenset(("nationalId", "personKey"))
"""Fields that are kept as an HMAC, as the steps make it."""


def mask_id_numbers(record: Record) -> None:
    """Take the ID numbers out of texts, with a warning that says of which."""
    for name, value in record.fields.items():
        if not isinstance(value, str | list | tuple) or name in KEYED:
            continue
        shown = values.masked(value)
        if shown != value:
            record.fields[name] = shown
            record.warnings.append(Issue(Code.ID_NUMBER_IN_TEXT, ID_TAKEN_OUT.format(name), name))


ID_TAKEN_OUT = (
    "An ID number stands in {}, which others read. It was taken out and the rest is kept. "
    "Take it out at the source; nationalId is the field for it."
)


def scrub(value: object) -> object:
    """A value without anything that looks like an id number, also inside lists and objects."""
    if isinstance(value, Mapping):
        return {str(name): scrub(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [scrub(part) for part in value]
    if value is None or isinstance(value, bool):
        return value
    return values.scrub(str(value))[:1000]


def token_of_national_id(scope: Scope, kind: Kind, raw: RawRecord, record: Record) -> None:
    record.fields.pop("nationalId", None)
    if (given := raw.get("nationalId")) is not None:
        try:
            read_national_id(scope, given, record)
        except Refusal as refusal:
            record.warnings.append(Issue(refusal.code, refusal.message, "nationalId"))
    if (person_key := record.fields.pop("personKey", None)) is not None:
        record.person_key = person_key_kept(scope, str(person_key))


def person_key_kept(scope: Scope, key: str) -> str:
    """The key of a person; of one that holds an ID number its HMAC, other in each system."""
    if not values.holds_id_number(key):
        return key
    told = f"{scope.system.code} {key}".encode()
    return hmac.digest(scope.identity_secret, told, "sha256").hex()


def read_national_id(scope: Scope, given: Raw, record: Record) -> None:
    """Take the token and the parts; of a mistyped number the parts, with a warning.

    Raises Refusal for what is no number at all.
    """
    if isinstance(given, Refusal):
        raise given
    if whole := values.whole_national_id(given, scope.identity_secret):
        record.id_parts, record.id_token = whole
        return
    parts = values.national_id_parts(given, scope.identity_secret)
    record.id_parts = parts.text() if parts else None
    try:
        record.id_token = values.national_id(given, scope.identity_secret)
    except Refusal as refusal:
        if parts is None:
            raise
        record.warnings.append(Issue(refusal.code, refusal.message, "nationalId"))
