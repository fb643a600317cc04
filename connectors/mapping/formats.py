"""Ways to write a date that the hub cannot tell from other values, so the manifest names them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache

from connectors.manifest import as_text
from hub.errors import Code, Refusal
from hub.values import SHANGHAI, scrub

EXCEL_DAY_0 = dt.date(1899, 12, 30)
_DAY = ("%d", "%j", "%x", "%D", "%F", "%c")
_MONTH = ("%m", "%b", "%B")


def date_reader(form: str) -> Callable[[object], object]:
    """A reader of dates written in `form`: unix, unix_ms, excel or a pattern of strptime.

    It gives ISO text no finer than what was written (1970-05 where there is no day), and raises
    Refusal(INVALID_DATE).
    """
    convert = _CONVERTERS.get(form) or _by_pattern(form)

    @lru_cache(maxsize=4096)
    def read(text: str) -> str:
        try:
            return convert(text)
        except (ValueError, OverflowError, OSError) as error:
            raise _unreadable(text, form) from error

    def read_any(value: object) -> object:
        if isinstance(value, dt.date):
            return value
        return read(as_text(value))

    return read_any


def _by_pattern(form: str) -> Callable[[str], str]:
    precision = 10 if any(d in form for d in _DAY) else 7 if any(m in form for m in _MONTH) else 4

    def convert(text: str) -> str:
        moment = dt.datetime.strptime(text, form)  # noqa: DTZ007
        if moment.tzinfo is not None:
            moment = moment.astimezone(SHANGHAI)
        return moment.date().isoformat()[:precision]

    return convert


def _from_seconds(text: str) -> str:
    return dt.datetime.fromtimestamp(float(text), SHANGHAI).date().isoformat()


def _from_milliseconds(text: str) -> str:
    return dt.datetime.fromtimestamp(float(text) / 1000, SHANGHAI).date().isoformat()


def _from_serial(text: str) -> str:
    return (EXCEL_DAY_0 + dt.timedelta(days=int(float(text)))).isoformat()


_CONVERTERS: dict[str, Callable[[str], str]] = {
    "unix": _from_seconds,
    "unix_ms": _from_milliseconds,
    "excel": _from_serial,
}


def _unreadable(text: str, form: str) -> Refusal:
    return Refusal(
        Code.INVALID_DATE,
        f"{scrub(text)[:40]!r} is no date written as {form}. "
        "Correct the source, or the format in the manifest.",
    )
