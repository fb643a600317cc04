"""Compiled access to the values of a row: built once per stream, called once per row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from connectors.manifest import (
    DeletionFlag,
    Only,
    Split,
    StreamManifest,
    as_text,
    follow,
    is_among,
    placeholders,
    steps_of,
)
from hub.errors import Code, Refusal
from hub.values import checked_key

Values: TypeAlias = Mapping[str, object]
Getter: TypeAlias = Callable[[Values, str], object]
"""Takes the values of a row and the part of the split ("" where there is none)."""


def getter(stream: StreamManifest, column: str) -> Getter:
    """Access to `column` of a row of `stream`."""
    if stream.split and column == stream.split.as_:
        return lambda values, part: part
    steps = steps_of(column) if stream.nested else (column,)
    if len(steps) == 1:
        return lambda values, part: values.get(column)
    return lambda values, part: follow(values, steps)


def key_getter(stream: StreamManifest) -> Callable[[Values, str], str]:
    """The external id of a row.

    What it gives raises Refusal for a key that cannot be kept, Refusal(REQUIRED) for an empty part.
    """
    columns = placeholders(stream.key)
    getters = [getter(stream, column) for column in columns]
    template = re.sub(r"\{[^{}]+\}", "%s", stream.key.replace("%", "%%"))

    def external_id(values: Values, part: str) -> str:
        texts = [as_text(get(values, part)) for get in getters]
        if not all(texts):
            raise _no_key(columns[texts.index("")])
        try:
            return checked_key(template % tuple(texts))
        except Refusal as refusal:
            raise _bad_key(columns, refusal) from refusal

    return external_id


def _no_key(column: str) -> Refusal:
    return Refusal(
        Code.REQUIRED,
        f"column {column} is empty, so that the record has no key. Fill it in at the source.",
        "externalId",
    )


def _bad_key(columns: list[str], refusal: Refusal) -> Refusal:
    message = f"the key of the record, column {', '.join(columns)}: {refusal.message}"
    return Refusal(refusal.code, message, "externalId")


def row_test(stream: StreamManifest, only: Only) -> Callable[[Values], bool]:
    """Whether a row is a record of the stream."""
    get = getter(stream, only.column)
    if only.among is None:
        wanted = only.present
        return lambda values: bool(as_text(get(values, ""))) is wanted
    among = frozenset(map(as_text, only.among))
    return lambda values: is_among(get(values, ""), among)


def deletion_test(stream: StreamManifest, flag: DeletionFlag) -> Callable[[Values], bool]:
    """Whether a row says that it is deleted."""
    get = getter(stream, flag.column)
    deleted = frozenset(map(as_text, flag.values))
    return lambda values: is_among(get(values, ""), deleted)


def split_parts(stream: StreamManifest, split: Split) -> Callable[[Values], list[str]]:
    """The non-empty parts of a column, each once."""
    get = getter(stream, split.column)

    def parts(values: Values) -> list[str]:
        given = get(values, "")
        raw = given if isinstance(given, list) else as_text(given).split(split.separator)
        return list(dict.fromkeys(filter(None, map(as_text, raw))))

    return parts
