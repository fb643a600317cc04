"""The one place where an operation is run: an operation in, an answer out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graphql import FragmentDefinitionNode, GraphQLError, get_operation_ast, parse
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.graphql import OperationType

from hub.errors import Code, HubError
from resolvers.context import Context
from resolvers.engine import Engine, NotCompiled, Paths, masked_paths
from resolvers.graph import build_schema
from resolvers.limits import IS_NAMED
from resolvers.writes import create_mutation

SCHEMA = build_schema(create_mutation())
ENGINE = Engine(SCHEMA._schema)

READS = {OperationType.QUERY}
ALL = {OperationType.QUERY, OperationType.MUTATION}


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: its document, its name where the document has several, its variables."""

    document: str
    name: str | None = None
    variables: dict[str, Any] | None = None
    is_read_only: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation came to. One that could not be run has errors and no data.

    `masked` are the paths of the fields that this caller may not read.
    """

    data: object
    errors: Sequence[object] = ()
    is_executed: bool = True
    masked: Paths = ()


async def answer(operation: Operation, context: Context) -> Answer:
    """Run an operation.

    Raises HubError OPERATION_RESOLUTION_FAILURE for a document without the operation named,
    METHOD_NOT_ALLOWED for a mutation where only reading is allowed.
    """
    try:
        data, masked = await ENGINE.answer(
            context.database,
            operation.document,
            operation.name,
            operation.variables,
            context.access.reads_restricted,
        )
    except NotCompiled as error:
        found, reason = await execute(operation, context), error
    else:
        return Answer(data, masked=masked)
    if not found.errors:
        ENGINE.note_second_best(operation.document, reason)
    return found


async def execute(operation: Operation, context: Context) -> Answer:
    """Run an operation through the executor and the loaders. Raises HubError as `answer`."""
    try:
        result = await SCHEMA.execute(
            operation.document,
            variable_values=operation.variables,
            context_value=context,
            operation_name=operation.name,
            operation_extensions={IS_NAMED: operation.name is not None},
            allowed_operation_types=READS if operation.is_read_only else ALL,
        )
    except CannotGetOperationTypeError as error:
        raise _unresolved(operation) from error
    except InvalidOperationTypeError as error:
        raise HubError(
            Code.METHOD_NOT_ALLOWED, "GET is for queries only. Send this operation by POST."
        ) from error
    errors = [error.formatted for error in result.errors or ()]
    is_executed = not _is_refused(result.data, result.errors)
    masked = () if context.access.reads_restricted or not is_executed else _masked(operation)
    return Answer(as_stored(result.data), errors, is_executed, masked)


def _masked(operation: Operation) -> Paths:
    """The paths of the restricted fields of an operation that was run."""
    document = parse(operation.document)
    node = get_operation_ast(document, operation.name)
    fragments = {
        item.name.value: item
        for item in document.definitions
        if isinstance(item, FragmentDefinitionNode)
    }
    if node is None:
        return ()
    return masked_paths(SCHEMA._schema, node, fragments, operation.variables or {})


def as_stored(data: object) -> object:
    """Data with numbers as PostgreSQL writes them in JSON: whole ones without a fraction."""
    if isinstance(data, dict):
        return {key: as_stored(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_stored(item) for item in data]
    return int(data) if isinstance(data, float) and data.is_integer() else data


def _is_refused(data: object, errors: Sequence[GraphQLError] | None) -> bool:
    """Whether no field was tried: an error of a field has a path."""
    return data is None and not any(error.path for error in errors or ())


def _unresolved(operation: Operation) -> HubError:
    if operation.name is None:
        message = "The document has several operations. Name one of them in operationName."
    else:
        message = f"The document has no operation {operation.name[:80]!r}. Name one that it has."
    return HubError(Code.OPERATION_RESOLUTION_FAILURE, message)
