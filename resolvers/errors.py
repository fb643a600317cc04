"""The one place that turns errors into what a client sees: a sentence and a documented code."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator

import strawberry
from graphql import ExecutionResult, GraphQLError, GraphQLSyntaxError
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionContext
from strawberry.types.execution import ExecutionResult as StrawberryResult

from hub.errors import Code, HubError
from hub.values import scrub

log = logging.getLogger(__name__)

UNAVAILABLE = "The store does not answer now. Try again in a minute; the request is {request_id}."
INTERNAL = "Something went wrong inside the hub. Report it with the request id {request_id}."


def show_error(error: GraphQLError, request_id: str, *, is_executed: bool) -> GraphQLError:
    """The error as a client may see it. What is internal is logged under the request id.

    `is_executed` is false for errors found before the operation ran. Id numbers are taken out,
    since graphql-core quotes whole inputs.
    """
    code, message = _describe(error, request_id, is_executed)
    return GraphQLError(
        scrub(message),
        error.nodes,
        error.source,
        error.positions,
        error.path,
        extensions={"code": code.value},
    )


def _describe(error: GraphQLError, request_id: str, is_executed: bool) -> tuple[Code, str]:
    cause = error.original_error
    if isinstance(cause, HubError):
        return _describe_ours(cause, request_id)
    if isinstance(error, GraphQLSyntaxError):
        return Code.GRAPHQL_PARSE_FAILED, error.message
    if not is_executed:
        return Code.GRAPHQL_VALIDATION_FAILED, error.message
    if cause is None or isinstance(cause, GraphQLError):
        return Code.BAD_INPUT, error.message
    _log(cause, request_id)
    return Code.INTERNAL, INTERNAL.format(request_id=request_id)


def _describe_ours(cause: HubError, request_id: str) -> tuple[Code, str]:
    if cause.code is not Code.DATABASE_UNAVAILABLE:
        return cause.code, cause.message
    _log(cause, request_id)
    return cause.code, UNAVAILABLE.format(request_id=request_id)


def _log(cause: Exception, request_id: str) -> None:
    log.error(
        "request %s: %s", request_id, scrub("".join(traceback.format_exception(cause, chain=False)))
    )


class ShownErrors(SchemaExtension):
    """Shows each error of an answer as `show_error` does."""

    is_executed = False

    def on_execute(self) -> Iterator[None]:
        """Note that the operation was valid."""
        self.is_executed = True
        yield

    def on_operation(self) -> Iterator[None]:
        """Replace the errors of the answer."""
        yield
        result = self.execution_context.result
        if isinstance(result, ExecutionResult | StrawberryResult) and result.errors:
            request_id = str(getattr(self.execution_context.context, "request_id", ""))
            result.errors = [
                show_error(error, request_id, is_executed=self.is_executed)
                for error in result.errors
            ]


class HubSchema(strawberry.Schema):
    """A schema that leaves the logging of errors to `ShownErrors`."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Nothing: the default would log whole inputs."""
