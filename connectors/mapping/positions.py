"""The highest cursor value that a pass has met, and where the next pass starts."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from connectors.manifest import StreamManifest
from connectors.mapping.getters import getter
from connectors.reading import BadRow, Batch, Row
from hub.errors import Code, Refusal, StopRun
from hub.values import SHANGHAI, holds_id_number

Cursor: TypeAlias = str | int | float

FAR_AHEAD = dt.timedelta(hours=12)
"""Beyond the clock by so much a time is a mistake, and not the clock of another zone."""
SECONDS, MILLISECONDS = range(10**9, 10**10), range(10**12, 10**13)
"""Numbers that are Unix times, from 2001 to 2286; any other number counts something."""
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.,]+ ?(?:Z|[+-][0-9:]+)?)?")


class Met(NamedTuple):
    """A cursor value as it is handed on, and as values of its column compare."""

    value: Cursor
    order: dt.datetime | int | float | str


class Positions:
    """Cursors by stream. Their values are JSON: text or a number."""

    def __init__(self) -> None:
        self._highest: dict[str, Met | None] = {}
        self._clock = dt.datetime.now(dt.UTC)

    def start(
        self, stream: StreamManifest, since: object | None, clock: dt.datetime | None = None
    ) -> None:
        """A new pass begins at `since`; `clock` is the source's own, where it tells it.

        The cursor never runs ahead of the clock: a row from the future would hide all news until
        then.
        """
        self._highest[stream.name] = None if since is None else _met(since)
        self._clock = (clock or dt.datetime.now(SHANGHAI)).replace(microsecond=0)

    def overlapped(self, stream: StreamManifest, since: object | None) -> object | None:
        """Where to read from: before `since` by the stream's overlap, where it is a time.

        A row may be committed after others that bear a later time.
        """
        met = None if since is None else _met(since)
        if met is None:
            return since
        span = dt.timedelta(seconds=stream.overlap)
        if isinstance(met.order, dt.datetime):
            return _written_like(str(met.value), span)
        if isinstance(met.value, int | float) and int(met.value) in SECONDS:
            return met.value - stream.overlap
        if isinstance(met.value, int | float) and int(met.value) in MILLISECONDS:
            return met.value - 1000 * stream.overlap
        return met.value

    def follow(self, stream: StreamManifest, rows: Batch) -> Batch:
        """Take note of `rows`; give them, with a warning at those from the future.

        Raises StopRun(SOURCE_CHANGED) for cursors that do not compare or hold an ID number.
        """
        if stream.cursor is None:
            return rows
        get = getter(stream, stream.cursor)
        followed: Batch = []
        for row in rows:
            if isinstance(row, BadRow) or (met := _met(get(row.values, ""))) is None:
                followed.append(row)
                continue
            if holds_id_number(str(met.value)):
                raise _no_cursor(stream)
            ahead = self._ahead(met)
            if ahead is None or ahead <= dt.timedelta():
                self._raise(stream, met)
            is_mistake = ahead is not None and ahead > FAR_AHEAD
            followed.append(_warned(row, stream.cursor, met) if is_mistake else row)
        return followed

    def of(self, stream: StreamManifest) -> Cursor | None:
        """Where the next incremental read of `stream` starts."""
        met = self._highest.get(stream.name)
        return met.value if met else None

    def _raise(self, stream: StreamManifest, met: Met) -> None:
        highest = self._highest[stream.name]
        if highest is None:
            self._highest[stream.name] = met
            return
        if isinstance(met.order, str) is not isinstance(highest.order, str) or (
            isinstance(met.order, dt.datetime) is not isinstance(highest.order, dt.datetime)
        ):
            raise _not_comparable(stream, "holds text and numbers, or times beside them")
        if _are_uneven(met.value, highest.value):
            raise _not_comparable(stream, "holds numbers of different lengths as text")
        if _order(met, highest) > 0:
            self._highest[stream.name] = met

    def _ahead(self, met: Met) -> dt.timedelta | None:
        """How far a value lies ahead of the clock; None where it is no time."""
        moment = met.order
        if isinstance(moment, int | float):
            seconds = int(moment) if int(moment) in SECONDS else int(moment) // 1000
            if seconds not in SECONDS:
                return None
            moment = dt.datetime.fromtimestamp(seconds, dt.UTC)
        if not isinstance(moment, dt.datetime):
            return None
        return moment - self._clock_like(moment)

    def _clock_like(self, moment: dt.datetime) -> dt.datetime:
        """The clock with or without a zone, as `moment` has one."""
        if moment.tzinfo is None:
            return self._clock.replace(tzinfo=None)
        return self._clock if self._clock.tzinfo else self._clock.replace(tzinfo=SHANGHAI)


NO_TIME = re.compile(r"|0000-00-00.*|.*(infinity| BC)", re.DOTALL)
"""What databases write where there is no time."""


def _met(value: object) -> Met | None:
    """A cursor value as JSON, and how it compares; None for none."""
    if value is None or isinstance(value, Refusal):
        return None
    if isinstance(value, dt.date):
        return _met_day(value)
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, int | float):
        return Met(value, value)
    text = str(value)
    return None if NO_TIME.fullmatch(text) else Met(text, _moment(text) or text)


def _met_day(value: dt.date) -> Met:
    """A day or a moment of a database."""
    if not isinstance(value, dt.datetime):
        start = dt.datetime.combine(value, dt.time())
        return Met(value.isoformat(), start)
    moment = value.astimezone(dt.UTC) if value.tzinfo else value
    return Met(moment.isoformat(sep=" ", timespec="microseconds"), moment)


def _moment(text: str) -> dt.datetime | None:
    """The moment that a text writes in ISO 8601, None for any other text."""
    if MOMENT.fullmatch(text) is None:
        return None
    try:
        return dt.datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-"))
    except ValueError:
        return None


def _written_like(text: str, span: dt.timedelta) -> str:
    """The moment `span` before the one that `text` writes, written in the same way."""
    moment = _moment(text)
    assert moment is not None
    earlier = moment - span
    if len(text) == len("2026-01-01"):
        return earlier.date().isoformat()
    separator = text[10]
    precision = "microseconds" if len(text.partition(".")[2]) > 5 else "auto"
    shown = earlier.isoformat(sep=separator, timespec=precision)
    return shown.replace("+00:00", "Z") if text.endswith("Z") else shown


def _order(one: Met, other: Met) -> int:
    first, second = one.order, other.order
    if isinstance(first, dt.datetime) and isinstance(second, dt.datetime):
        if (first.tzinfo is None) is not (second.tzinfo is None):
            first, second = _in_zone(first), _in_zone(second)
        return (first > second) - (first < second)
    if isinstance(first, str) and isinstance(second, str):
        return (first > second) - (first < second)
    assert isinstance(first, int | float)
    assert isinstance(second, int | float)
    return (first > second) - (first < second)


def _in_zone(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _are_uneven(one: Cursor, other: Cursor) -> bool:
    """Whether both are numbers written as text, of different lengths: "9" and "10"."""
    if not isinstance(one, str) or not isinstance(other, str):
        return False
    return one.isdecimal() and other.isdecimal() and len(one) != len(other)


def _warned(row: Row, column: str, met: Met) -> Row:
    message = (
        f"{row.place}: column {column} is {met.value}, which lies in the future. The row is read "
        "with every run, and the cursor waits before it. Correct the time at the source."
    )
    return row._replace(warnings=(*row.warnings, Refusal(Code.INVALID_DATE, message)))


def _no_cursor(stream: StreamManifest) -> StopRun:
    return _not_comparable(stream, "holds ID numbers, which the hub keeps nowhere")


def _not_comparable(stream: StreamManifest, problem: str) -> StopRun:
    return StopRun(
        Code.SOURCE_CHANGED,
        f"Stream {stream.name}: column {stream.cursor} {problem}, "
        "so that it cannot serve as a cursor. Take another column, or none.",
    )
