"""What there is: a module for each subject, with its closed lists, its tables, its kinds of record.

A column's comment is its description, in PostgreSQL and in the graph. One declaration of a kind
serves the push inputs of the graph, the mappings of the connectors and the intake: a field's name
as systems write it, its reader, and the golden column that it feeds. docs/kinds.md tells how to add
a kind. The room lends each of its modules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from hub.subjects import (
    board,
    changes,
    divisions,
    linking,
    people,
    search,
    source_records,
    stewardship,
    systems,
)
from hub.subjects.columns import metadata
from hub.subjects.kinds import Kind
from hub.subjects.orders import index_orders
from hub.subjects.record_kinds import RecordKind

__all__ = [
    "KINDS",
    "SUBJECTS",
    "board",
    "changes",
    "divisions",
    "linking",
    "metadata",
    "people",
    "search",
    "source_records",
    "stewardship",
    "systems",
]

SUBJECTS = tuple(dict.fromkeys(kind.subject for kind in RecordKind))
"""The modules that declare kinds of record, in the order in which streams are read."""


def _declared() -> Iterator[Kind]:
    for subject in SUBJECTS:
        yield from import_module(f"hub.subjects.{subject}").KINDS


_KINDS = {kind.kind: kind for kind in _declared()}
KINDS: Mapping[RecordKind, Kind] = {kind: _KINDS[kind] for kind in RecordKind}
"""Every kind, in the order in which streams are read: what is referred to comes first."""

index_orders(metadata)
