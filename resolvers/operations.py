"""The one place where an operation is run: an operation in, an answer out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLFormattedError,
    OperationDefinitionNode,
    OperationType,
    get_operation_ast,
)

from hub.errors import Code, HubError
from hub.store import Turns
from resolvers.context import Context
from resolvers.documents import TREE, Documents, Judged, fragments_of
from resolvers.engine import Engine, NotCompiled, NotReady, Paths, Prepared, masked_paths
from resolvers.errors import MAX_ERRORS
from resolvers.graph import build_schema
from resolvers.introspection import WHOLE, Introspection, introspects
from resolvers.limits import MAX_VALUES, count_values
from resolvers.packed import Packed
from resolvers.price import HEAVY, price_of
from resolvers.writes import create_mutation

SCHEMA = build_schema(create_mutation())
DOCUMENTS = Documents(SCHEMA._schema)
ENGINE = Engine(DOCUMENTS)
INTROSPECTION = Introspection(SCHEMA._schema)

FEW_VALUES = 200
"""Values in variables that are read in no time; more are read beside the event loop."""

MAKER = ThreadPoolExecutor(1, thread_name_prefix="hub-making")
"""Reads what has not been seen before: the event loop never stands still for it."""

MAKING = Turns(1)
"""Whose unseen documents are read next."""

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: its document, its name where the document has several, its variables.

    With `wants_cost` the answer says what it cost.
    """

    document: str
    name: str | None = None
    variables: dict[str, Any] | None = None
    is_read_only: bool = False
    wants_cost: bool = False


@dataclass(frozen=True, slots=True)
class Cost:
    """The rows of an operation: as estimated, at most allowed, and answered if that is known."""

    estimated: int
    limit: int
    answered: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation came to. One that could not be run has errors and no data.

    `left_out` is the number of errors that are not shown. `whole` is the answer in bytes that are
    kept, in place of the data. `masked` are the paths of the fields that this caller may not read.
    """

    data: object
    errors: Sequence[GraphQLFormattedError] = ()
    is_executed: bool = True
    left_out: int = 0
    cost: Cost | None = None
    whole: Packed | None = None
    masked: Paths = ()


async def answer(operation: Operation, context: Context) -> Answer:
    """Run an operation.

    Raises HubError OPERATION_RESOLUTION_FAILURE for a document without the operation named,
    METHOD_NOT_ALLOWED for a mutation where only reading is allowed, TOO_COSTLY, TOO_BUSY,
    OPERATION_TOO_LARGE, DATABASE_UNAVAILABLE.
    """
    try:
        prepared = await prepare(operation, context)
        rows = prepared.price.check(prepared.variables, context.sizes, context.max_rows)
        data = await ENGINE.answer(
            context.database, prepared, context.access.caller, is_heavy=rows >= HEAVY
        )
    except NotCompiled as reason:
        found = await execute(operation, context)
        if not found.errors and found.whole is None:
            ENGINE.note_second_best(operation.document, reason)
        return found
    if operation.wants_cost:
        answered = prepared.price.answered(orjson.loads(orjson.dumps(data)))
        cost = Cost(rows, context.max_rows, answered)
        return Answer(data, cost=cost, masked=prepared.masked)
    return Answer(data, masked=prepared.masked)


async def prepare(operation: Operation, context: Context) -> Prepared:
    """The statement of a query. Raises NotCompiled where the executor has to answer; TooBusy."""
    values = count_values(operation.variables, MAX_VALUES)
    if values > MAX_VALUES:
        raise NotCompiled

    def make(*, makes: bool) -> Prepared:
        return ENGINE.prepare(
            operation.document,
            operation.name,
            operation.variables,
            context.access.reads_restricted,
            makes=makes,
        )

    if values <= FEW_VALUES:
        try:
            return make(makes=False)
        except NotReady:
            pass
    return await beside(context, lambda: make(makes=True))


async def beside(context: Context, make: Callable[[], Made]) -> Made:
    """What is made beside the event loop, callers in turn. Raises TooBusy."""
    async with MAKING.turn(context.access.caller):
        return await asyncio.get_running_loop().run_in_executor(MAKER, make)


async def execute(operation: Operation, context: Context) -> Answer:
    """Run an operation through the executor and the loaders. Raises HubError as `answer`."""
    judged = await judge(operation.document, context)
    if judged.tree is None:
        return Answer(None, judged.errors, is_executed=False)
    node = chosen(judged.tree, operation)
    if introspects(judged.tree, operation.name):
        return await introspect(operation, judged.tree, context)
    tree = SCHEMA._schema, node, fragments_of(judged.tree), operation.variables or {}
    price = price_of(*tree)
    rows = price.check(operation.variables or {}, context.sizes, context.max_rows)
    result = await SCHEMA.execute(
        operation.document,
        variable_values=operation.variables,
        context_value=context,
        operation_name=operation.name,
        operation_extensions={TREE: judged.tree},
    )
    errors = [error.formatted for error in result.errors or ()]
    data = as_stored(result.data)
    is_executed = not _is_refused(result.data, result.errors)
    shows_masked = is_executed and not context.access.reads_restricted
    return Answer(
        data,
        errors[:MAX_ERRORS],
        is_executed,
        len(errors[MAX_ERRORS:]),
        Cost(rows, context.max_rows, price.answered(data)) if operation.wants_cost else None,
        masked=masked_paths(*tree) if shows_masked else (),
    )


def ask_ahead() -> None:
    """Answer what every tool asks first, before anybody does."""
    tree = DOCUMENTS.judge(WHOLE).tree
    assert tree is not None
    INTROSPECTION.answer(tree, WHOLE, None, None)


async def judge(document: str, context: Context) -> Judged:
    """A document, judged. Raises TooBusy."""
    known = DOCUMENTS.known(document)
    if known is not None:
        return known
    return await beside(context, lambda: DOCUMENTS.judge(document))


async def introspect(operation: Operation, tree: DocumentNode, context: Context) -> Answer:
    """The answer to an operation that asks for the schema. Raises HubError, TooBusy."""
    asked = operation.document, operation.name, operation.variables
    whole = INTROSPECTION.known(*asked) or await beside(
        context, lambda: INTROSPECTION.answer(tree, *asked)
    )
    return Answer(None, whole=whole)


def chosen(tree: DocumentNode, operation: Operation) -> OperationDefinitionNode:
    """The operation that is meant.

    Raises HubError OPERATION_RESOLUTION_FAILURE, METHOD_NOT_ALLOWED, OPERATION_TOO_LARGE.
    """
    node = get_operation_ast(tree, operation.name)
    if node is None:
        raise _unresolved(operation)
    is_query = node.operation is OperationType.QUERY
    if operation.is_read_only and not is_query:
        raise HubError(
            Code.METHOD_NOT_ALLOWED, "GET is for queries only. Send this operation by POST."
        )
    if is_query and count_values(operation.variables, MAX_VALUES) > MAX_VALUES:
        raise HubError(
            Code.OPERATION_TOO_LARGE,
            f"The variables hold more than {MAX_VALUES} values. Ask in several operations.",
        )
    return node


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
