"""What travels between the process that reads and the one that stores: how it is packed.

Things go by pickle, but a kind of record by its name, since it holds functions, and a record's
fields as the JSON that is stored of them, which is read several times faster.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable
from dataclasses import fields
from multiprocessing.connection import Connection
from operator import attrgetter
from typing import Any

import orjson

from hub.intake import Record
from hub.subjects import KINDS
from hub.subjects.kinds import Kind
from hub.subjects.record_kinds import RecordKind

NAMES = tuple(each.name for each in fields(Record))
SAID, FIELDS = NAMES.index("said"), NAMES.index("fields")
_values = attrgetter(*NAMES)


def _pack_kind(kind: Kind) -> tuple[object, ...]:
    return _kind, (kind.kind,)


def _kind(kind: RecordKind) -> Kind:
    return KINDS[kind]


def _pack_record(record: Record) -> tuple[object, ...]:
    values = list(_values(record))
    values[SAID] = record.said or orjson.dumps(record.fields)
    values[FIELDS] = None
    return _record, tuple(values)


def _record(*values: Any) -> Record:
    record = Record(*values)
    record.fields = orjson.loads(record.said)
    return record


PACKED: dict[type, Callable[[Any], Any]] = {
    **copyreg.dispatch_table,
    Kind: _pack_kind,
    Record: _pack_record,
}


def pack(thing: object) -> bytes:
    """A thing as it travels; `pickle.loads`, as a connection's `recv`, unpacks it."""
    packed = io.BytesIO()
    packer = pickle.Pickler(packed, pickle.HIGHEST_PROTOCOL)
    packer.dispatch_table = PACKED
    packer.dump(thing)
    return packed.getvalue()


def send(connection: Connection, thing: object) -> None:
    """Send a thing to the process at the other end, which gets it by `recv`."""
    connection.send_bytes(pack(thing))
