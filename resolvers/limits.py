"""Limits of one operation. Each fragment is visited once, however often it is spread."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from hub.errors import Code, HubError

MAX_BYTES = 100_000
MAX_DEPTH = 15
MAX_FIELDS = 1000
MAX_OPERATIONS = 50
MAX_ALL_FIELDS = 2000
"""Fields of all operations of a document: rules of GraphQL unfold fragments for each of them."""

MAX_VALUES = 5000
"""Values in the variables of a query."""


def too_large(message: str, node: OperationDefinitionNode | None = None) -> GraphQLError:
    """The error of an operation over a limit."""
    return GraphQLError(message, node, original_error=HubError(Code.OPERATION_TOO_LARGE, message))


def count_values(value: object, limit: int) -> int:
    """How many values a JSON value holds, objects and lists among them; counted up to a limit."""
    count, rest = 0, [value]
    while rest and count <= limit:
        item = rest.pop()
        count += 1
        if isinstance(item, dict):
            rest.extend(item.values())
        elif isinstance(item, list):
            rest.extend(item)
    return count + len(rest)


def check_size(text: str) -> None:
    """Raises GraphQLError for a document larger than 100 kB."""
    size = len(text.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        raise too_large(
            f"The document has {size} bytes, at most {MAX_BYTES} are taken. "
            "Move values into variables, or split the operation."
        )


def exceeded(document: DocumentNode) -> Iterator[GraphQLError]:
    """An error for each limit that a document exceeds."""
    operations = [
        item for item in document.definitions if isinstance(item, OperationDefinitionNode)
    ]
    if len(operations) > MAX_OPERATIONS:
        yield too_large(
            f"The document has {len(operations)} operations, at most {MAX_OPERATIONS} are read. "
            "Send those that are meant."
        )
    measure = Measure(document)
    measured = [(item, *measure.selection(item.selection_set)) for item in operations]
    total = sum(fields for _, _, fields in measured)
    if len(operations) > 1 and total > MAX_ALL_FIELDS:
        yield too_large(
            f"The operations select {total} fields in all, at most {MAX_ALL_FIELDS} are read. "
            "Send those that are meant."
        )
    for operation, depth, fields in measured:
        yield from _check(operation, depth, fields)


def _check(operation: OperationDefinitionNode, depth: int, fields: int) -> Iterator[GraphQLError]:
    """Errors of an operation of this depth and so many fields and spreads."""
    if depth > MAX_DEPTH:
        yield too_large(
            f"The operation is {depth} levels deep, at most {MAX_DEPTH} are answered. "
            "Ask for the lower levels by `node` in a second operation.",
            operation,
        )
    if fields > MAX_FIELDS:
        yield too_large(
            f"The operation selects {fields} fields, at most {MAX_FIELDS} are answered. "
            "Split it, or select fewer fields and aliases.",
            operation,
        )


class Measure:
    """Depth and number of fields of selections."""

    def __init__(self, document: DocumentNode) -> None:
        self._fragments = {
            definition.name.value: definition.selection_set
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._known: dict[str, tuple[int, int]] = {}

    def selection(self, selected: SelectionSetNode | None) -> tuple[int, int]:
        """(depth, fields) of a selection, aliases and spreads counted each."""
        depth = fields = 0
        for node in selected.selections if selected else ():
            below, more = self._selected(node)
            depth, fields = max(depth, below), fields + more
        return depth, fields

    def _selected(self, node: SelectionNode) -> tuple[int, int]:
        if isinstance(node, FragmentSpreadNode):
            depth, fields = self._fragment(node.name.value)
            return depth, fields + 1
        if isinstance(node, InlineFragmentNode):
            return self.selection(node.selection_set)
        depth, fields = self.selection(getattr(node, "selection_set", None))
        return depth + 1, fields + 1

    def _fragment(self, name: str) -> tuple[int, int]:
        """A fragment that spreads itself, which another rule refuses, counts as nothing inside."""
        if name not in self._known:
            self._known[name] = (0, 0)
            self._known[name] = self.selection(self._fragments.get(name))
        return self._known[name]
