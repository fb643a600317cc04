"""Keep the comparison forms of all records at once, as a pass over all of them does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hub.intake import Forms
from hub.linking.scores import ROW, Keys, Sheet
from hub.store import Driver, Packed, copy_rows, packed

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
    for start in range(0, len(forms), COPIED_AT_ONCE):
        await copy_rows(
            driver, _packed(forms, sheet.keys, at, slice(start, start + COPIED_AT_ONCE))
        )
    await driver.execute(SORTING)
    await driver.execute(INDEX)
    await copy_rows(driver, packed("crowded_key", {"key": sheet.crowded.tolist()}))
    await driver.execute(GONE)


COPIED_AT_ONCE = 10_000


def _packed(forms: Forms, keys: Keys, at: datetime, part: slice) -> Packed:
    """The rows of a part of the forms."""
    text, size = forms.table[part].tobytes(), ROW.itemsize
    columns: dict[str, Sequence[object]] = {
        "record_id": forms.ids[part],
        "place": forms.places[part],
        "form": [text[start : start + size] for start in range(0, len(text), size)],
        "keys": [[key for key in row if key] for row in keys[part].tolist()],
    }
    return packed("link_form", columns, {"written_at": at})
