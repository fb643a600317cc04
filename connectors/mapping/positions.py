"""The highest cursor value that a pass has met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from connectors.manifest import StreamManifest
from connectors.mapping.getters import getter
from connectors.reading import BadRow, Row
from hub.errors import Code, StopRun


class Positions:
    """Cursors by stream. Their values are JSON: text or a number."""

    def __init__(self) -> None:
        self._highest: dict[str, str | int | float | None] = {}

    def start(self, stream: StreamManifest, since: object | None) -> None:
        """A new pass begins at `since`."""
        self._highest[stream.name] = _comparable(since)

    def follow(self, stream: StreamManifest, rows: Iterable[Row | BadRow]) -> None:
        """Take note of `rows`. Raises StopRun(SOURCE_CHANGED) for cursors that do not compare."""
        if stream.cursor is None:
            return
        get = getter(stream, stream.cursor)
        given = (_comparable(get(row.values, "")) for row in rows if isinstance(row, Row))
        known = [value for value in (self._highest[stream.name], *given) if value is not None]
        try:
            self._highest[stream.name] = max(known, default=None)
        except TypeError as error:
            raise StopRun(
                Code.SOURCE_CHANGED,
                f"Stream {stream.name}: column {stream.cursor} holds text and numbers, "
                "so that it cannot serve as a cursor. Take another column, or none.",
            ) from error

    def of(self, stream: StreamManifest) -> str | int | float | None:
        """Where the next incremental read of `stream` starts."""
        return self._highest.get(stream.name)


def _comparable(value: object) -> str | int | float | None:
    """A cursor as JSON; times as ISO text, which compares as time does."""
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        moment = value.astimezone(dt.UTC) if value.tzinfo else value
        return moment.isoformat(sep=" ", timespec="microseconds")
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, str | int | float):
        return value
    return str(value)
