"""The one place that turns errors into what a client sees: a sentence and documented codes.

`extensions.code` is the code of Apollo's list, which tools know, where that has one;
`extensions.reason` is the hub's own, finer one.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

import strawberry
from graphql import ExecutionResult, GraphQLError, GraphQLSyntaxError
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionContext
from strawberry.types.execution import ExecutionResult as StrawberryResult

from hub.errors import Code, HubError, TooBusy
from hub.store import known_failure
from hub.values import scrub

log = logging.getLogger(__name__)

UNAVAILABLE = "The store does not answer now. Try again in a minute; the request is {request_id}."
MAX_ERRORS = 5
"""Errors that an answer shows."""

MAX_MESSAGE = 1000
"""Characters of a message: graphql-core quotes whole inputs."""

INTERNAL = "Something went wrong inside the hub. Report it with the request id {request_id}."

SAME = (
    Code.GRAPHQL_PARSE_FAILED,
    Code.GRAPHQL_VALIDATION_FAILED,
    Code.OPERATION_RESOLUTION_FAILURE,
    Code.PERSISTED_QUERY_NOT_FOUND,
    Code.PERSISTED_QUERY_NOT_SUPPORTED,
    Code.BAD_REQUEST,
    Code.UNAUTHENTICATED,
    Code.FORBIDDEN,
    Code.DEADLINE_EXCEEDED,
    Code.TOO_BUSY,
    Code.TOO_MANY_WRONG_KEYS,
    Code.DATABASE_UNAVAILABLE,
)
"""Reasons that are codes too: those of Apollo's list, and those that it has no code for."""

CODES: Mapping[Code, str] = {
    **{reason: reason.value for reason in SAME},
    Code.OPERATION_TOO_LARGE: "GRAPHQL_VALIDATION_FAILED",
    Code.TOO_COSTLY: "GRAPHQL_VALIDATION_FAILED",
    Code.METHOD_NOT_ALLOWED: "BAD_REQUEST",
    Code.NOT_ACCEPTABLE: "BAD_REQUEST",
    Code.REQUEST_TOO_LARGE: "BAD_REQUEST",
    Code.UNSUPPORTED_MEDIA_TYPE: "BAD_REQUEST",
    Code.INTERNAL: "INTERNAL_SERVER_ERROR",
    Code.STORE_FULL: "INTERNAL_SERVER_ERROR",
    Code.BAD_SETTING: "INTERNAL_SERVER_ERROR",
}
"""The code of each reason; that of all others is BAD_USER_INPUT."""


def extensions(reason: Code, error: Exception | None = None) -> dict[str, Any]:
    """The extensions of an error for this reason; one that passes says when to come again."""
    shown = {"code": CODES.get(reason, "BAD_USER_INPUT"), "reason": reason.value}
    return shown | {"retryAfter": error.seconds} if isinstance(error, TooBusy) else shown


def show_error(error: GraphQLError, request_id: str, *, is_executed: bool) -> GraphQLError:
    """The error as a client may see it. What is internal is logged under the request id.

    `is_executed` is false for errors found before the operation ran. Id numbers are taken out,
    since graphql-core quotes whole inputs.
    """
    reason, message = _describe(error, request_id, is_executed)
    return GraphQLError(
        shorten(scrub(message)),
        error.nodes,
        error.source,
        error.positions,
        error.path,
        extensions=extensions(reason, error.original_error),
    )


def shorten(message: str) -> str:
    """A message of at most MAX_MESSAGE characters, its middle left out."""
    half = MAX_MESSAGE // 2
    return message if len(message) <= MAX_MESSAGE else f"{message[:half]} … {message[-half:]}"


def _describe(error: GraphQLError, request_id: str, is_executed: bool) -> tuple[Code, str]:
    cause = error.original_error
    if isinstance(error, GraphQLSyntaxError):
        return Code.GRAPHQL_PARSE_FAILED, error.message
    if cause is not None and not isinstance(cause, GraphQLError):
        shown = describe(cause, request_id)
        return shown.code, shown.message
    return Code.BAD_INPUT if is_executed else Code.GRAPHQL_VALIDATION_FAILED, error.message


def describe(error: Exception, request_id: str) -> HubError:
    """Any exception as it may be shown. What is internal is logged under the request id."""
    known = known_failure(error)
    if known is None:
        _log(error, request_id)
        return HubError(Code.INTERNAL, INTERNAL.format(request_id=request_id))
    if known.code is Code.DATABASE_UNAVAILABLE:
        _log(error, request_id)
        return HubError(known.code, UNAVAILABLE.format(request_id=request_id))
    known.message = scrub(known.message)
    return known


def _log(cause: Exception, request_id: str) -> None:
    log.error(
        "request %s: %s", request_id, scrub("".join(traceback.format_exception(cause, chain=False)))
    )


class ShownErrors(SchemaExtension):
    """Shows each error of an answer as `show_error` does."""

    def on_operation(self) -> Iterator[None]:
        """Replace the errors of the answer."""
        yield
        result = self.execution_context.result
        if isinstance(result, ExecutionResult | StrawberryResult) and result.errors:
            request_id = str(getattr(self.execution_context.context, "request_id", ""))
            result.errors = [
                show_error(error, request_id, is_executed=True) for error in result.errors
            ]


class HubSchema(strawberry.Schema):
    """A schema that leaves the logging of errors to `ShownErrors`."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Nothing: the default would log whole inputs."""
