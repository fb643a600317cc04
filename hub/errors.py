"""The documented errors. Everything that a person may be shown is one of these.

`Code` is the list; `docs/errors.md` says what to do about each. Any other exception is an
internal error: it is logged with the request id and never shown.
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """What went wrong, as a client may switch on it (`extensions.reason`)."""

    # one value of a record
    REQUIRED = "REQUIRED"
    UNREADABLE_VALUE = "UNREADABLE_VALUE"
    UNKNOWN_CODE = "UNKNOWN_CODE"
    INVALID_DATE = "INVALID_DATE"
    INVALID_NATIONAL_ID = "INVALID_NATIONAL_ID"
    VALUE_TOO_LONG = "VALUE_TOO_LONG"
    UNKNOWN_DIVISION = "UNKNOWN_DIVISION"
    AMBIGUOUS_DIVISION = "AMBIGUOUS_DIVISION"
    LEVEL_MISMATCH = "LEVEL_MISMATCH"
    NO_CONGRESS = "NO_CONGRESS"
    DATES_REVERSED = "DATES_REVERSED"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    PERSONAL_DATA = "PERSONAL_DATA"
    ID_NUMBER_IN_TEXT = "ID_NUMBER_IN_TEXT"
    # one record
    DUPLICATE_KEY = "DUPLICATE_KEY"
    MALFORMED_ROW = "MALFORMED_ROW"
    SHIFTED_COLUMNS = "SHIFTED_COLUMNS"
    HIDDEN_ROW = "HIDDEN_ROW"
    # a request
    BAD_INPUT = "BAD_INPUT"
    BAD_CURSOR = "BAD_CURSOR"
    BAD_ID = "BAD_ID"
    NOT_FOUND = "NOT_FOUND"
    TOO_MANY_RECORDS = "TOO_MANY_RECORDS"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    TOO_MANY_WRONG_KEYS = "TOO_MANY_WRONG_KEYS"
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
    TOO_BUSY = "TOO_BUSY"
    TOO_COSTLY = "TOO_COSTLY"
    OPERATION_TOO_LARGE = "OPERATION_TOO_LARGE"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    OPERATION_RESOLUTION_FAILURE = "OPERATION_RESOLUTION_FAILURE"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    PERSISTED_QUERY_NOT_SUPPORTED = "PERSISTED_QUERY_NOT_SUPPORTED"
    BAD_REQUEST = "BAD_REQUEST"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    REQUEST_TOO_LARGE = "REQUEST_TOO_LARGE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    INTERNAL = "INTERNAL"
    # a steward's word
    ALREADY_DECIDED = "ALREADY_DECIDED"
    CONTRADICTION = "CONTRADICTION"
    NOT_STANDING = "NOT_STANDING"
    NOT_MERGED = "NOT_MERGED"
    NOT_PINNED = "NOT_PINNED"
    UNKNOWN_FIELD = "UNKNOWN_FIELD"
    ALREADY_UNDONE = "ALREADY_UNDONE"
    # a run or a command
    BAD_MANIFEST = "BAD_MANIFEST"
    BAD_SETTING = "BAD_SETTING"
    UNKNOWN_SYSTEM = "UNKNOWN_SYSTEM"
    SOURCE_UNAVAILABLE = "SOURCE_UNAVAILABLE"
    SOURCE_REFUSED = "SOURCE_REFUSED"
    SOURCE_CHANGED = "SOURCE_CHANGED"
    ALREADY_RUNNING = "ALREADY_RUNNING"
    DATABASE_UNAVAILABLE = "DATABASE_UNAVAILABLE"
    STORE_FULL = "STORE_FULL"


class HubError(Exception):
    """An error that may be shown: a code, and a sentence saying what, where and what to do."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Refusal(HubError):
    """Refuse this record: it is quarantined with its reason, the run goes on."""

    def __init__(self, code: Code, message: str, field: str | None = None) -> None:
        super().__init__(code, message)
        self.field = field


class TryLater(HubError):
    """The source does not answer now: the read is tried again, then the run stops as failed."""


class TooBusy(HubError):
    """The hub could not begin with a request; `seconds` later it likely can."""

    def __init__(self, code: Code, message: str, seconds: int) -> None:
        super().__init__(code, message)
        self.seconds = seconds


class StopRun(HubError):
    """Stop this run: it cannot go right until a person acts. What was stored before stays."""
