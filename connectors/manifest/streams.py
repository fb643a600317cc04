"""The `streams` of a manifest: what each kind of source reads, and the mapping they share."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from connectors.manifest.fields import FieldSource
from connectors.manifest.paths import steps_of
from connectors.manifest.selection import Deletes, DeletionFlag, Only, Split
from connectors.manifest.strict import Name, Strict
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


def placeholders(template: str) -> list[str]:
    """The columns of a key template: `{id}-{level}` has id and level."""
    return _PLACEHOLDER.findall(template)


def _kind(given: object) -> object:
    if isinstance(given, str) and given in RecordKind.__members__:
        return RecordKind[given]
    if isinstance(given, RecordKind):
        return given
    raise ValueError(f"no such kind; the kinds are {', '.join(RecordKind.__members__)}")


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from error
    return text


Kind = Annotated[
    RecordKind,
    BeforeValidator(_kind),
    PlainSerializer(lambda kind: kind.name),
    WithJsonSchema({"enum": list(RecordKind.__members__)}),
]
Pattern = Annotated[str, AfterValidator(_pattern)]


class StreamManifest(Strict):
    """One kind of record out of one place of the system, and how its rows become records."""

    name: Annotated[str, StringConstraints(pattern="^[a-z0-9_-]+$")]
    kind: Kind
    """Kind of record."""
    key: Name
    """Template of the external id over the columns, such as {id}-{level}."""
    cursor: Name | None = None
    """Column that grows with every change. Left out, every run reads everything."""
    overlap: int = Field(default=600, ge=0, le=31 * 86400)
    """Seconds before the cursor from which a run reads again, for rows committed late."""
    deletes: Deletes = "complete"
    """How deletions show: complete (missing from a complete pass), a flag column, or never."""
    only: Only | None = None
    split: Split | None = None
    fields: dict[str, FieldSource] = Field(min_length=1)
    """Record field: where its value comes from."""
    checks: dict[str, Pattern] = Field(default_factory=dict)
    """Column: regular expression that its whole value must match, to catch shifted columns."""

    @model_validator(mode="after")
    def _known_fields(self) -> StreamManifest:
        kind = KINDS[self.kind]
        allowed = [name for name in kind.names if name != "externalId"]
        for name in self.fields:
            if name not in allowed:
                raise ValueError(
                    f"fields.{name}: {self.kind.name} has no such field; "
                    f"its fields are {', '.join(allowed)}"
                )
        for name in kind.required:
            if name not in {"externalId", *self.fields}:
                raise ValueError(f"fields: {self.kind.name} needs {name}")
        return self

    @model_validator(mode="after")
    def _each_where_it_fits(self) -> StreamManifest:
        references = KINDS[self.kind].references
        with_role = {r.name for r in references if r.with_role}
        across = {r.name for r in references if r.across}
        for name, source in self.fields.items():
            if source.each is not None and name not in with_role:
                raise ValueError(f"fields.{name}: each is for members with roles only")
            if source.system is not None and name not in across:
                raise ValueError(f"fields.{name}: system is for references across systems only")
        return self

    @model_validator(mode="after")
    def _sound_key(self) -> StreamManifest:
        columns = placeholders(self.key)
        if not columns:
            raise ValueError("key: names no column; write it like {id}")
        if self.split and self.split.as_ not in columns:
            raise ValueError(f"key: must contain {{{self.split.as_}}}, the part of the split")
        national_id = self.fields.get("nationalId")
        if national_id and national_id.column in columns:
            raise ValueError("key: holds the id number, which the hub never stores; take another")
        return self

    @property
    def believes_absence(self) -> bool:
        """Whether a record that a complete pass lacks is deleted."""
        return self.deletes != "never"

    @property
    def nested(self) -> bool:
        """Whether rows are JSON, so that dots in a column lead inside."""
        return True

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of the source that records are made of, in order."""
        part = {self.split.as_} if self.split else set()
        tops = (self._top(column) for column in self._named_columns())
        return tuple(sorted({column for column in tops if column not in part}))

    @cached_property
    def required(self) -> frozenset[str]:
        """The columns that the source must have, the cursor among them."""
        optional = {
            self._top(source.column)
            for source in self.fields.values()
            if source.column and source.optional
        }
        cursor = {self._top(self.cursor)} if self.cursor else set()
        return frozenset(self.columns) - optional | cursor

    @cached_property
    def digest(self) -> str:
        """Digest of key and mapping: where it changes, everything has to be read again."""
        parts = {"kind", "key", "deletes", "only", "split", "fields", "checks"}
        text = self.model_dump_json(include=parts, by_alias=True, exclude_defaults=True)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()

    def _top(self, column: str) -> str:
        return steps_of(column)[0] if self.nested else column

    def _named_columns(self) -> Iterator[str]:
        yield from placeholders(self.key)
        yield from self.checks
        for part in (self.only, self.split, self.deletes):
            if isinstance(part, Only | Split | DeletionFlag):
                yield part.column
        for source in self.fields.values():
            if source.column:
                yield source.column
