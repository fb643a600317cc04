"""Rows of a source into records, by the manifest: compiled once per stream, run once per row."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NamedTuple, cast

import orjson

from connectors.manifest import DeletionFlag, StreamManifest, as_text
from connectors.mapping.getters import (
    Getter,
    Values,
    deletion_test,
    getter,
    key_getter,
    row_test,
    split_parts,
)
from connectors.mapping.transforms import is_plain, transform
from connectors.reading import Row
from hub.errors import Code, Refusal

WHOLE_ROW = ("",)
SORTED = orjson.OPT_SORT_KEYS


class Keyed(NamedTuple):
    """One record of a row, before its fields are looked at.

    `checksum` is 16 bytes over the mapped columns, the part and the mapping itself; `part` is the
    part of the split, "" where there is none.
    """

    external_id: str
    checksum: bytes
    deleted: bool
    row: Row
    part: str


class Mapping_:
    """The mapping of one stream. Make it with `compile_mapping`."""

    def __init__(self, stream: StreamManifest, secret: bytes) -> None:
        self.digest = stream.digest
        self._cells = cells_of(tuple(stream.columns))
        self._hash = _keyed_hash(stream.digest, secret)
        self._key = key_getter(stream)
        self._only = row_test(stream, stream.only) if stream.only else None
        self._deleted = (
            deletion_test(stream, stream.deletes)
            if isinstance(stream.deletes, DeletionFlag)
            else None
        )
        self._parts = split_parts(stream, stream.split) if stream.split else None
        plain = _plain_columns(stream)
        self._names, self._plain = tuple(plain), cells_of(tuple(plain.values()))
        self._computed = _computed_fields(stream)
        self._checks = [_check(stream, *check) for check in stream.checks.items()]

    def expand(self, row: Row, *, since_before: bool = False) -> list[Keyed]:
        """The records of `row` by key: none, one, or one for each part of the split.

        A row outside of `only` is no record; where it is read because it has changed
        (`since_before`), it may have been one before, and is given as deleted.

        Raises Refusal for a key that is empty or cannot be kept, Refusal(MALFORMED_ROW) for a row
        that is no JSON.
        """
        values = row.values
        hasher, is_outside = self._hash.copy(), False
        try:
            is_outside = self._only is not None and not self._only(values)
            if is_outside and not since_before:
                return []
            deleted = is_outside or (self._deleted is not None and self._deleted(values))
            parts = WHOLE_ROW if self._parts is None else self._parts(values)
            hasher.update(_serialised(self._cells(values)))
            return [
                Keyed(self._key(values, part), _digest(hasher, part), deleted, row, part)
                for part in parts
            ]
        except Refusal as refusal:
            if is_outside:
                return []
            raise _placed(refusal, row) from refusal

    def expand_readable(self, row: Row) -> list[Keyed]:
        """As `expand`; none where the row is refused."""
        try:
            return self.expand(row)
        except Refusal:
            return []

    def record(self, keyed: Keyed) -> dict[str, object]:
        """Record field: raw value, of every mapped field and of `externalId`.

        The value of a field that cannot be read is its Refusal, naming place and column
        (UNKNOWN_CODE, INVALID_DATE). Raises Refusal(SHIFTED_COLUMNS) for a row that is none.
        """
        values, part = keyed.row.values, keyed.part
        try:
            for check in self._checks:
                check(values)
        except Refusal as refusal:
            raise _placed(refusal, keyed.row) from refusal
        record = dict(zip(self._names, self._plain(values), strict=True))
        for name, get in self._computed:
            try:
                record[name] = get(values, part)
            except Refusal as refusal:
                record[name] = _placed(refusal, keyed.row)
        record["externalId"] = keyed.external_id
        return record


def cells_of(columns: tuple[str, ...]) -> Callable[[Values], Sequence[object]]:
    """The values of some columns of a row, None for one that the row lacks.

    Most rows have all of them, which are then taken at once.
    """
    if len(columns) < 2:
        return lambda values: tuple(map(values.get, columns))
    take = itemgetter(*columns)

    def cells(values: Values) -> Sequence[object]:
        try:
            return cast(tuple[object, ...], take(values))
        except KeyError:
            return tuple(map(values.get, columns))

    return cells


def compile_mapping(stream: StreamManifest, secret: bytes = b"") -> Mapping_:
    """The mapping of `stream`, compiled.

    Checksums are keyed with `secret`: an id number that a row holds could otherwise be found from
    the row's checksum by trying.
    """
    return Mapping_(stream, secret)


def _keyed_hash(digest: str, secret: bytes) -> hashlib.blake2b:
    key = hashlib.blake2b(secret + digest.encode(), digest_size=32).digest()
    return hashlib.blake2b(key=key, digest_size=16)


def _digest(hasher: hashlib.blake2b, part: str) -> bytes:
    if not part:
        return hasher.digest()
    own = hasher.copy()
    own.update(part.encode())
    return own.digest()


def _serialised(values: Sequence[object]) -> bytes:
    try:
        return orjson.dumps(values, default=str, option=SORTED)
    except orjson.JSONEncodeError:
        pass  # it may be a number beyond 64 bits
    try:
        return orjson.dumps(_short_numbers(values), default=str, option=SORTED)
    except (orjson.JSONEncodeError, RecursionError) as error:
        raise Refusal(Code.MALFORMED_ROW, NO_JSON) from error


def _short_numbers(value: object) -> object:
    """A value with its numbers beyond 64 bits as text."""
    if isinstance(value, dict):
        return {name: _short_numbers(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_short_numbers(part) for part in value]
    return str(value) if type(value) is int and value.bit_length() > 63 else value


NO_JSON = (
    "the row holds half of a character (a lone surrogate), or values inside values over 250 levels "
    "deep. Correct it at the source."
)


def _placed(refusal: Refusal, row: Row) -> Refusal:
    if refusal.message.startswith(row.place):
        return refusal
    return Refusal(refusal.code, f"{row.place}: {refusal.message}", refusal.field)


def _is_column(stream: StreamManifest, column: str) -> bool:
    """Whether `column` is read by its name alone."""
    part = stream.split.as_ if stream.split else None
    return column != part and not (stream.nested and "." in column)


def _plain_columns(stream: StreamManifest) -> dict[str, str]:
    """The fields that are a column's value as it is, with the column."""
    return {
        name: source.column
        for name, source in stream.fields.items()
        if source.column and is_plain(stream, name) and _is_column(stream, source.column)
    }


def _computed_fields(stream: StreamManifest) -> list[tuple[str, Getter]]:
    plain = _plain_columns(stream)
    return [(name, transform(stream, name)) for name in stream.fields if name not in plain]


def _check(stream: StreamManifest, column: str, pattern: str) -> Callable[[Values], None]:
    get = getter(stream, column)
    matches = re.compile(pattern).fullmatch

    def check(values: Values) -> None:
        if not matches(as_text(get(values, ""))):
            raise Refusal(
                Code.SHIFTED_COLUMNS,
                f"column {column} does not match {pattern}; the cells of the row seem to stand "
                "under the wrong headers. Correct the row at the source.",
            )

    return check
