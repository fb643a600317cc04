"""Dates and parts of dates, in the many ways that sources write them."""

from __future__ import annotations

import datetime
import math
import re
from functools import lru_cache
from zoneinfo import ZoneInfo

from hub.errors import Code, Refusal
from hub.values.raw import Raw, compact, quoted, text, written

SHANGHAI = ZoneInfo("Asia/Shanghai")
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
SERIAL_ZERO = datetime.date(1899, 12, 30)
"""Day 0 of Excel's serial numbers, counted so that days after February 1900 come out right."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
NO_BIRTH = "1900-01-01"
NO_DATES = "至今 长期 永久 0000-00-00 00000000 0001-01-01 9999-12-31 99991231 infinity -infinity"
MISSING_DATES = frozenset(NO_DATES.split())
"""What stands for no date: words, the zeros of MySQL, the first and last days that systems know."""
DATE = re.compile(
    r"(?:出?生于)?([0-9]{4})(?:[-./年]([0-9]{1,2})(?:[-./月]([0-9]{1,2})[日号]?|月)?|年)?(?:出?生)?[.]?"
)
SPELT = str.maketrans("〇零○O一二三四五六七八九元–—−～~_、，。", "00001234567891------...")
"""Numerals as digits, and what is written for a hyphen or a point."""
TENS = re.compile("([2-9]?)十([1-9]?)")
TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?")
DAY_AND_TIME = re.compile(
    r"([0-9年月日号./-]{8,11})[T ]([0-9:.]{4,}) ?(Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)

started = datetime.datetime.now(SHANGHAI).date().isoformat()
"""Day on which this process started: a date up to it needs no look at the clock."""


def partial_date(value: Raw) -> str | None:
    """A date as "YYYY", "YYYY-MM" or "YYYY-MM-DD", as exact as the source states it.

    Reads 1964-10, 19641003, 1964.10, 1964/10/3, 1970年5月, 一九七〇年五月, 1970-05-00 (a month),
    serial numbers of Excel (5 digits), Unix time stamps (9 or 10 digits or negative: seconds, 12
    or 13: milliseconds) and ISO 8601 times, both in the time of Asia/Shanghai. None for no value.
    Raises Refusal INVALID_DATE for days that do not exist and years outside 1900 to 2100.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return read_text(value)
    if isinstance(value, datetime.date) and value.isoformat()[:10] in MISSING_DATES:
        return None
    if isinstance(value, datetime.datetime):
        return from_moment(value)
    if isinstance(value, float):
        return read_float(value)
    shown = written(value)
    return None if shown is None else read_text(shown)


def birth(value: Raw) -> str | None:
    """A date of birth, like `partial_date`; raises Refusal INVALID_DATE for the future.

    None too for the first day of 1900, which databases put where no date was given.
    """
    born = partial_date(value)
    if born == NO_BIRTH:
        return None
    if born is None or born <= started[: len(born)]:
        return born
    if born > datetime.datetime.now(SHANGHAI).date().isoformat()[: len(born)]:
        raise Refusal(
            Code.INVALID_DATE,
            f"{quoted(value)} is a date of birth in the future: correct it in the source.",
        )
    return born


def date(value: Raw) -> datetime.date | None:
    """A full day, read like `partial_date`; raises Refusal INVALID_DATE without a day."""
    day = iso_day(value)
    return None if day is None else day_of(day)


def iso_day(value: Raw) -> str | None:
    """A full day as "YYYY-MM-DD", as `date` reads it."""
    day = partial_date(value)
    if day is not None and len(day) < 10:
        raise Refusal(
            Code.INVALID_DATE,
            f"{quoted(value)} is not a full day: write year, month and day, such as 2021-03-15.",
        )
    return day


@lru_cache(maxsize=65536)
def day_of(iso: str) -> datetime.date:
    """The day that an ISO text "YYYY-MM-DD" names. Raises ValueError for any other text."""
    return datetime.date.fromisoformat(iso)


@lru_cache(maxsize=65536)
def read_text(value: str) -> str | None:
    """A date written as text."""
    cleaned = text(value)
    if cleaned is None:
        return None
    if moment := DAY_AND_TIME.fullmatch(cleaned):
        day, time, zone = moment.groups()
        return None if day in MISSING_DATES else from_day_and_time(value, day, time, zone)
    code = compact(cleaned)
    if code is None or code in MISSING_DATES:
        return None
    if code.removeprefix("-").isdecimal() and code.isascii():
        return read_digits(code)
    if parts := DATE.fullmatch(code) or DATE.fullmatch(in_digits(code)):
        return iso_date(value, *parts.groups())
    raise invalid(value)


def in_digits(code: str) -> str:
    """A date whose numerals are spelt out, in digits: 一九七〇年十二月 is 1970年12月."""
    spelt = code.translate(SPELT)
    return TENS.sub(lambda ten: f"{ten[1] or 1}{ten[2] or 0}", spelt)


def from_day_and_time(value: str, day: str, time: str, zone: str | None) -> str:
    """The day of a time; with a zone it is the day that it was in Shanghai."""
    parts = DATE.fullmatch(day)
    if parts is None or TIME.fullmatch(time) is None or parts[3] is None:
        raise invalid(value)
    iso = iso_date(value, *parts.groups())
    if zone is None:
        return iso
    zone = "Z" if zone in ("UTC", "GMT") else zone
    try:
        return from_moment(datetime.datetime.fromisoformat(f"{iso}T{time}{zone}"))
    except ValueError:
        raise invalid(value) from None


def from_moment(moment: datetime.datetime) -> str:
    """The day of a moment in Shanghai; without a zone it is taken as local already."""
    try:
        local = moment if moment.tzinfo is None else moment.astimezone(SHANGHAI)
    except OverflowError:
        raise invalid(moment) from None
    return checked(moment, local.date())


def iso_date(value: object, year: str, month: str | None = None, day: str | None = None) -> str:
    """The parts in ISO 8601, checked to exist; a day of zeros is not known, nor a month beside."""
    if month and day and not int(day):
        month, day = month if int(month) else None, None
    try:
        checked(value, datetime.date(int(year), int(month or 1), int(day or 1)))
    except ValueError:
        raise invalid(value) from None
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def read_digits(value: str) -> str:
    """A date written in digits only: which form it is follows from their number."""
    match len(value), value[0]:
        case (7 | 8 | 9 | 10 | 11, "-"):
            return from_stamp(value, int(value))
        case (12 | 13 | 14, "-") | (12 | 13, _):
            return from_stamp(value, int(value) // 1000)
        case 4 | 6 | 8 | 14 as size, _:
            return iso_date(value, value[:4], value[4:6] or None, value[6:8] if size > 6 else None)
        case 5, _:
            return from_serial(int(value))
        case (9 | 10, _):
            return from_stamp(value, int(value))
    raise invalid(value)


def from_stamp(value: object, seconds: int) -> str:
    """The day in Shanghai, `seconds` after the start of 1970 UTC."""
    try:
        return from_moment(EPOCH + datetime.timedelta(seconds=seconds))
    except OverflowError:
        raise invalid(value) from None


def from_serial(days: int) -> str:
    """The day of a serial number of Excel."""
    return checked(days, SERIAL_ZERO + datetime.timedelta(days=days))


def read_float(value: float) -> str | None:
    """A date that came as a number with a point: a serial number, a stamp, or 1964.05."""
    if math.isnan(value):
        return None
    if value.is_integer() or 10_000 <= value < 80_000 or 1e8 <= abs(value) < 1e13:
        return read_text(str(math.floor(value)))
    if FIRST_YEAR <= value <= LAST_YEAR and str(value).endswith(".1"):
        raise Refusal(
            Code.INVALID_DATE,
            f"{quoted(value)} came as a number and may be January or October: "
            "send the column as text.",
        )
    return read_text(str(value))


def checked(value: object, day: datetime.date) -> str:
    """The day in ISO 8601, its year checked."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise invalid(value)
    return day.isoformat()


def invalid(value: object) -> Refusal:
    return Refusal(
        Code.INVALID_DATE,
        f"{quoted(value)} is not a date between 1900 and 2100: write it as 1964, 1964-10 or "
        "1964-10-03 (19641003, 1964.10, 1964年10月 are read too), or correct the source.",
    )
