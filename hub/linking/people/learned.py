"""The model that scores pairs of records: the one learned last, else the one out of the box."""

from __future__ import annotations

from hub.ids import new_id
from hub.linking.judgements import RowReader
from hub.linking.people.default import default_model
from hub.linking.scores import Model, dump, load
from hub.store import Driver

_known: dict[str, Model] = {}
"""The model read last, by its id: it is large, and the same for months."""


async def current_model(reader: RowReader) -> Model:
    """The model that the linking uses now."""
    rows = await reader.fetch("SELECT id::text FROM link_model")
    if not rows:
        return default_model()
    key = rows[0][0]
    if key not in _known:
        stored = await reader.fetch("SELECT model FROM link_model WHERE id = $1", key)
        _known.clear()
        _known[key] = load(stored[0][0])
    return _known[key]


async def save_model(driver: Driver, model: Model) -> None:
    """Let a model take the place of the one before."""
    await driver.execute("DELETE FROM link_model")
    await driver.execute(
        "INSERT INTO link_model (id, model) VALUES ($1, $2)", new_id(), dump(model)
    )
