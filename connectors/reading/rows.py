"""Items of JSON lists as rows, in batches."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from connectors.manifest import StreamManifest
from connectors.reading.protocol import BATCH, BadRow, Batch, Row, bad_row, check_columns
from hub.errors import Code

T = TypeVar("T")


def in_batches(rows: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """`rows` in lists of at most `size`."""
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch


def json_row(item: object, place: str) -> Row | BadRow:
    """One item of a JSON list; what is no object is a BadRow."""
    if isinstance(item, dict):
        return Row(item, place)
    raw = json.dumps(item, ensure_ascii=False, default=str)
    return bad_row(place, Code.MALFORMED_ROW, "is no JSON object", raw)


def page_rows(items: list[object], page: int) -> Batch:
    """The items of page number `page`, counted from 1."""
    return [json_row(item, f"page {page} item {n}") for n, item in enumerate(items, 1)]


def check_keys(stream: StreamManifest, batch: Batch, place: str) -> None:
    """Raise StopRun(SOURCE_CHANGED) where no row of `batch` has a key that `stream` needs."""
    rows = [row for row in batch if isinstance(row, Row)]
    if rows:
        check_columns(stream, {key for row in rows for key in row.values}, place)
