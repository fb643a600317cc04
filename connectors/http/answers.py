"""What the answer of an HTTP source means for the run."""

from __future__ import annotations

import datetime as dt
import math
from email.utils import parsedate_to_datetime

import httpx2

from connectors.reading import Throttled, TooSlow
from hub.errors import Code, HubError, StopRun, TryLater
from hub.values import scrub

AGAIN_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})


class NotFound(StopRun):
    """There is nothing at this address (status 404)."""


def excerpt(raw: bytes, length: int = 80) -> str:
    """The first characters of an answer, without id numbers."""
    text = raw[: 4 * length].decode("utf-8", errors="replace")
    shown = "".join(char if char.isprintable() else " " for char in text)
    return scrub(" ".join(shown.split()))[:length]


def refused(where: str, problem: str) -> StopRun:
    """The error for an answer that no later try will better."""
    return StopRun(Code.SOURCE_REFUSED, f"{where} {problem}")


def silent(where: str, error: Exception) -> TryLater:
    """The error for a source that does not answer at all."""
    reason = str(error) or type(error).__name__
    return TryLater(
        Code.SOURCE_UNAVAILABLE,
        f"{where} does not answer: {reason}. Check the address and the network.",
    )


def too_slow(where: str, seconds: float) -> TooSlow:
    """The error for an answer that drips."""
    return TooSlow(
        Code.SOURCE_UNAVAILABLE,
        f"{where} has not finished its answer after {seconds:g} s. Ask for smaller pages, or set "
        "connector.timeout higher.",
    )


OKAY = frozenset(
    [
        "0",
        "00",
        "000",
        "0000",
        "00000",
        "000000",
        "1",
        "200",
        "10000",
        "20000",
        "ok",
        "success",
        "true",
        "succeed",
    ]
)
CODES = ("code", "errcode", "errCode", "error_code", "errorCode", "resultCode", "ret", "status")
MESSAGES = ("msg", "message", "errmsg", "errMsg", "errorMsg", "error_msg", "error")


def complaint(body: object) -> str | None:
    """What an answer without records complains of, as most frameworks write it with status 200.

    That is `success: false`, or a code that means no success beside a message. None for none.
    """
    if not isinstance(body, dict):
        return None
    code = next((body[name] for name in CODES if body.get(name) is not None), None)
    message = said(body)
    if body.get("success") is False:
        return message or "success: false"
    is_code = isinstance(code, str | int) and str(code).lower() not in OKAY
    return f"{code}: {message}" if is_code and message else None


def said(body: object) -> str:
    """The message of an answer, "" for none; without id numbers."""
    if not isinstance(body, dict):
        return ""
    found = next((body[name] for name in MESSAGES if isinstance(body.get(name), str)), "")
    return excerpt(found.encode(errors="replace"), 200)


def failure(where: str, response: httpx2.Response, raw: bytes) -> HubError | None:
    """The error that a status means, None for success."""
    status = response.status_code
    if response.is_success:
        return None
    if status in AGAIN_LATER:
        return _later(where, response)
    if status in (401, 403):
        problem = f"refuses the hub's key (status {status}). Check the password or key of the"
        return refused(where, f"{problem} connector in the environment.")
    if status == 404:
        problem = "does not exist (status 404). Check url and path in the manifest."
        return NotFound(Code.SOURCE_REFUSED, f"{where} {problem}")
    if response.is_redirect:
        return refused(where, f"redirects (status {status}). Write the final url in the manifest.")
    return refused(where, f"answered status {status}: {excerpt(raw, 200)}")


def _later(where: str, response: httpx2.Response) -> TryLater:
    message = f"{where} answered status {response.status_code}. It is tried again later."
    seconds = _seconds(response.headers.get("Retry-After"))
    if seconds is None:
        return TryLater(Code.SOURCE_UNAVAILABLE, message)
    return Throttled(Code.SOURCE_UNAVAILABLE, message, seconds)


def _seconds(header: str | None) -> float | None:
    """Seconds of a Retry-After header: a number, or a date in any of its forms; else None.

    A date without a zone, as asctime and -0000 write it, is in UTC (RFC 9110 section 5.6.7).
    """
    if header is None:
        return None
    for read in (float, _seconds_until):
        try:
            seconds = read(header.strip())
        except (ValueError, OverflowError):
            continue
        if math.isfinite(seconds):
            return max(0.0, seconds)
    return None


def _seconds_until(date: str) -> float:
    """Seconds from now to a date of HTTP, or of ISO 8601. Raises ValueError."""
    try:
        until = parsedate_to_datetime(date)
    except ValueError:
        until = dt.datetime.fromisoformat(date)
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return (until - dt.datetime.now(dt.UTC)).total_seconds()
