"""One record field out of a row: constants, codes, dates, lists and members."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from connectors.manifest import (
    FieldSource,
    Member,
    Source,
    StreamManifest,
    as_text,
    follow,
    steps_of,
)
from connectors.mapping.formats import date_reader
from connectors.mapping.getters import Getter, getter
from connectors.reading import exact_json
from hub.errors import Code, Refusal
from hub.subjects import KINDS
from hub.subjects.kinds import Reference
from hub.values import scrub

Convert: TypeAlias = Callable[[object], object]


def is_plain(stream: StreamManifest, name: str) -> bool:
    """Whether the field is the column's value as it is."""
    source = stream.fields[name]
    bare = FieldSource(column=source.column, optional=source.optional)
    return _reference(stream, name) is None and source == bare


def transform(stream: StreamManifest, name: str) -> Getter:
    """The value of field `name` from a row of `stream`.

    Lists of references come as lists of external ids, or of `{id, role, startDate, endDate}` where
    the reference carries roles. What it gives raises Refusal(UNKNOWN_CODE, INVALID_DATE).
    """
    source = stream.fields[name]
    if source.column is None:
        return _constant(source.value)
    get = getter(stream, source.column)
    convert = _converter(source, name)
    reference = _reference(stream, name)
    if reference is None:
        return lambda values, part: convert(get(values, part))
    if reference.many:
        return _listed(get, _item(source, reference, name), source.separator)
    return _named(get, convert, source.system)


def _reference(stream: StreamManifest, name: str) -> Reference | None:
    return next((r for r in KINDS[stream.kind].references if r.name == name), None)


def _constant(value: object) -> Getter:
    return lambda values, part: value


def _item(source: FieldSource, reference: Reference, name: str) -> Convert:
    if source.each is not None:
        return _of_system(_member(source.each, name), source.system)
    convert = _one(source, name)
    if not reference.with_role and source.system is None:
        return convert
    return _of_system(lambda value: {"id": convert(value)}, source.system)


def _of_system(convert: Callable[[object], dict[str, object]], system: str | None) -> Convert:
    """The members of a list with the system that they are of, where it is another."""
    if system is None:
        return convert
    return lambda value: convert(value) | {"system": system}


def _named(get: Getter, convert: Convert, system: str | None) -> Getter:
    """The one record meant, with its system where that is another."""
    if system is None:
        return lambda values, part: convert(get(values, part))

    def read(values: Mapping[str, object], part: str) -> object:
        found = convert(get(values, part))
        return None if found is None else {"id": found, "system": system}

    return read


def _listed(get: Getter, convert: Convert, separator: str | None) -> Getter:
    def read(values: Mapping[str, object], part: str) -> list[object]:
        return [convert(item) for item in _items(get(values, part), separator)]

    return read


def _items(value: object, separator: str | None) -> list[object]:
    """The non-empty parts of a list, of JSON that a column holds as text, or of separated text."""
    if isinstance(value, str):
        value = _json_in(value) or (list(value.split(separator)) if separator else value)
    given = value if isinstance(value, list) else [value]
    return [item for item in given if as_text(item)]


def _json_in(text: str) -> object:
    """The list or object that a text holds as JSON, None for any other text."""
    if not text.lstrip().startswith(("[", "{")):
        return None
    try:
        return exact_json(text.encode())
    except ValueError:
        return None


def _member(each: Member, name: str) -> Callable[[object], dict[str, object]]:
    sources = {"id": each.id, "role": each.role} | {
        "startDate": each.startDate,
        "endDate": each.endDate,
    }
    parts = [
        (part, steps_of(source.column or ""), _converter(source, f"{name}.{part}"))
        for part, source in sources.items()
        if source is not None
    ]
    return lambda value: {part: convert(follow(value, path)) for part, path, convert in parts}


def _converter(source: Source, name: str) -> Convert:
    """The conversion of one field; of each part where the value is a list."""
    convert = _one(source, name)
    separator = source.separator

    def convert_any(value: object) -> object:
        if separator and isinstance(value, str):
            value = _items(value, separator)
        if isinstance(value, list):
            return [convert(item) for item in value if as_text(item)]
        return convert(value)

    return convert_any


def _one(source: Source, name: str) -> Convert:
    """The conversion of one value: default for absent, then format, codes and prefix."""
    convert = _known(source, name)
    default = source.default

    def read(value: object) -> object:
        if value is None or (isinstance(value, str) and not value.strip()):
            return default
        return convert(value)

    return read


def _known(source: Source, name: str) -> Convert:
    if source.codes is not None:
        return _decoder(source.column or "", source.codes, name)
    if source.format is not None:
        return date_reader(source.format)
    if source.prefix:
        prefix = source.prefix
        return lambda value: prefix + as_text(value)
    return lambda value: value


def _decoder(column: str, codes: Mapping[str, str | int | None], name: str) -> Convert:
    def decode(value: object) -> object:
        code = as_text(value)
        try:
            return codes[code]
        except KeyError:
            raise _unknown_code(column, code, codes, name) from None

    return decode


def _unknown_code(
    column: str, code: str, codes: Mapping[str, str | int | None], name: str
) -> Refusal:
    return Refusal(
        Code.UNKNOWN_CODE,
        f"column {column}: code {scrub(code)[:40]!r} is not among {', '.join(codes)}. "
        f"Add it to the codes of {name} in the manifest, or correct the source.",
        name,
    )
