"""Read the plain fields of many records at once, field by field.

The records of a page state the same fields, and many of them the same value: of each field every
value is read once a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import NoneType
from typing import NamedTuple

from hub.errors import Refusal
from hub.intake.batch import Issue, RawRecord
from hub.subjects import KINDS
from hub.subjects.kinds import Kind, Reader
from hub.subjects.record_kinds import RecordKind
from hub.values import Raw


class FieldsRead(NamedTuple):
    """The canonical values of the plain fields of a record, and which cannot be read."""

    values: dict[str, object]
    issues: list[Issue]


def read_fields(kind: Kind, raws: Sequence[RawRecord]) -> list[FieldsRead]:
    """The fields of each record, in the order of `raws`."""
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, raw in enumerate(raws):
        alike[tuple(raw)].append(place)
    found: dict[int, FieldsRead] = {}
    for names, places in alike.items():
        columns = zip(*[raws[place].values() for place in places], strict=True)
        found.update(zip(places, _read_rows(kind, names, columns, len(places)), strict=True))
    return [found[place] for place in range(len(raws))]


@lru_cache
def readers(kind: RecordKind) -> Mapping[str, Reader]:
    """The reader of each field of a kind."""
    return {field.name: field.read for field in KINDS[kind].fields}


def _read_rows(
    kind: Kind, names: Sequence[str], columns: Iterator[Sequence[Raw]], count: int
) -> Iterator[FieldsRead]:
    """The fields of `count` records that state the same ones, given field by field."""
    known = readers(kind.kind)
    given = zip(names, columns, strict=True)
    read = {name: read_column(known[name], each) for name, each in given if name in known}
    types = {name: set(map(type, each)) for name, each in read.items()}
    lacking = [name for name in read if NoneType in types[name]]
    refusing = [name for name in read if Refusal in types[name]]
    rows = zip(*read.values(), strict=True) if read else [()] * count
    for row in rows:
        fields = dict(zip(read, row, strict=True))
        for name in lacking:
            if fields[name] is None:
                del fields[name]
        yield FieldsRead(fields, _take_refused(fields, refusing) if refusing else [])


def _take_refused(fields: dict[str, object], names: Sequence[str]) -> list[Issue]:
    """Take the refusals out of fields, as issues."""
    issues: list[Issue] = []
    for name in names:
        if isinstance(refusal := fields.get(name), Refusal):
            issues.append(Issue(refusal.code, refusal.message, name))
            del fields[name]
    return issues


PLAIN = (frozenset((str,)), frozenset((int,)), frozenset((bool,)))
"""The types of values that are the same where they are equal, if all are of one type."""


def read_column(read: Reader, column: Sequence[Raw]) -> list[object]:
    """The canonical values of one field, None for no value and a Refusal for an unreadable one."""
    if frozenset(map(type, column)) - {NoneType} in PLAIN:
        found = {value: _read(read, value) for value in set(column)}
        return list(map(found.__getitem__, column))
    return [_read(read, value) for value in column]


def _read(read: Reader, value: Raw | Refusal) -> object:
    if value is None or isinstance(value, Refusal):
        return value
    try:
        return read(value)
    except Refusal as refusal:
        return refusal
