"""Keep the comparison forms of all records at once, as a pass over all of them does."""

from __future__ import annotations

import struct
from collections.abc import AsyncIterator, Iterator
from datetime import datetime

import numpy as np

from hub.intake import Forms
from hub.linking.scores import ROW, Keys, Sheet
from hub.store import BEGIN, END, Driver, moment, sized

WHOLE = ("record_id", "place", "form", "written_at", "keys")
INDEX = "CREATE INDEX ix_link_form_keys ON link_form USING gin (keys) WITH (fastupdate = off)"
SORTING = "SET LOCAL maintenance_work_mem = '256MB'"
GONE = """
DELETE FROM link_form l USING source_record s
WHERE s.id = l.record_id AND s.deleted_at IS NOT NULL
"""


async def keep_forms(driver: Driver, forms: Forms, sheet: Sheet, at: datetime) -> None:
    """Keep the forms of all records, as they were at a time, in the place of all earlier ones.

    `sheet` holds the keys of their table.

    The index is made anew over the whole: that takes a fraction of filling it row by row.
    """
    await driver.execute("DROP INDEX ix_link_form_keys")
    await driver.execute("TRUNCATE link_form, crowded_key")
    await driver.copy_to_table(
        "link_form", source=_copied(forms, sheet.keys, at), columns=WHOLE, format="binary"
    )
    await driver.execute(SORTING)
    await driver.execute(INDEX)
    await driver.copy_records_to_table(
        "crowded_key", records=((key,) for key in sheet.crowded.tolist())
    )
    await driver.execute(GONE)


async def _copied(forms: Forms, keys: Keys, at: datetime) -> AsyncIterator[bytes]:
    """All rows in COPY's binary form: several times cheaper than having the driver make it."""
    yield BEGIN
    for start in range(0, len(forms), COPIED_AT_ONCE):
        part = slice(start, start + COPIED_AT_ONCE)
        yield b"".join(_binary_rows(forms, keys, at, part))
    yield END


COPIED_AT_ONCE = 10_000
BIGINT = 20
"""The number of the type in PostgreSQL's catalogue."""


def _binary_rows(forms: Forms, keys: Keys, at: datetime, part: slice) -> Iterator[bytes]:
    """Rows of the columns `WHOLE`: the number of columns, then of each its length and bytes."""
    text, size = forms.table[part].tobytes(), ROW.itemsize
    known = keys[part]
    elements = np.zeros(known.shape, [("length", ">i4"), ("key", ">i8")])
    elements["length"], elements["key"] = 8, known
    counts = (known != 0).sum(axis=1)
    array, ends = elements[known != 0].tobytes(), (counts.cumsum() * 12).tolist()
    heads = [
        struct.pack(">6i", 20 + 12 * n, 1 if n else 0, 0, BIGINT, n, 1)
        if n
        else struct.pack(">4i", 12, 0, 0, BIGINT)
        for n in range(known.shape[1] + 1)
    ]
    when = sized(moment(at))
    begin, length = struct.pack(">hi", len(WHOLE), 16), struct.pack(">i", size)
    before = 0
    rows = zip(forms.ids[part], forms.places[part], counts.tolist(), ends, strict=True)
    for row, (key, place, count, end) in enumerate(rows):
        yield b"".join(
            (
                begin,
                bytes.fromhex(key.replace("-", "")),
                sized(place.encode()),
                length,
                text[row * size : (row + 1) * size],
                when,
                heads[count],
                array[before:end],
            )
        )
        before = end
