"""What the answer of an HTTP source means for the run."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime

import httpx2

from connectors.reading import Throttled
from hub.errors import Code, HubError, StopRun, TryLater
from hub.values import scrub

AGAIN_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})


class NotFound(StopRun):
    """There is nothing at this address (status 404)."""


def excerpt(raw: bytes, length: int = 80) -> str:
    """The first characters of an answer, without id numbers."""
    text = raw[: 4 * length].decode("utf-8", errors="replace")
    return scrub(" ".join(text.split()))[:length]


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
    """Seconds of a Retry-After header, given as a number or as a date."""
    if header is None:
        return None
    if header.isdigit():
        return float(header)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds())
