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
    ValidationRule,
    get_operation_ast,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.exceptions import CannotGetOperationTypeError

from hub.errors import Code

MAX_BYTES = 100_000
MAX_DEPTH = 15
MAX_FIELDS = 1000

IS_NAMED = "isNamed"
"""Where the extensions of an operation say whether the client named it."""


def check_size(text: str) -> None:
    """Raises GraphQLError for a document larger than 100 kB."""
    size = len(text.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        raise GraphQLError(
            f"The document has {size} bytes, at most {MAX_BYTES} are taken. "
            "Move values into variables, or split the operation.",
            extensions={"code": Code.GRAPHQL_VALIDATION_FAILED.value},
        )


class OperationLimits(ValidationRule):
    """Refuses operations that are too deep or have too many fields, fragments unfolded."""

    def enter_document(self, document: DocumentNode, *_: object) -> None:
        """Measure every operation."""
        measure = Measure(document)
        for definition in document.definitions:
            if isinstance(definition, OperationDefinitionNode):
                for error in _check(definition, *measure.selection(definition.selection_set)):
                    self.report_error(error)


def _check(operation: OperationDefinitionNode, depth: int, fields: int) -> Iterator[GraphQLError]:
    if depth > MAX_DEPTH:
        yield GraphQLError(
            f"The operation is {depth} levels deep, at most {MAX_DEPTH} are answered. "
            "Ask for the lower levels by `node` in a second operation.",
            operation,
        )
    if fields > MAX_FIELDS:
        yield GraphQLError(
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
        """(depth, fields) of a selection, aliases counted each."""
        depth = fields = 0
        for node in selected.selections if selected else ():
            below, more = self._selected(node)
            depth, fields = max(depth, below), fields + more
        return depth, fields

    def _selected(self, node: SelectionNode) -> tuple[int, int]:
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value)
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


class Limits(SchemaExtension):
    """Refuses what is too large before it is read, and what is too deep before it is run.

    Refuses too what does not say which of several operations is meant: the first would be run.
    """

    def on_operation(self) -> Iterator[None]:
        """Add the rule to those of GraphQL."""
        self.execution_context.validation_rules += (OperationLimits,)
        yield

    def on_parse(self) -> Iterator[None]:
        """Check the size of the document."""
        check_size(self.execution_context.query or "")
        yield

    def on_execute(self) -> Iterator[None]:
        """Check that one operation is meant."""
        document = self.execution_context.graphql_document
        is_named = (self.execution_context.operation_extensions or {}).get(IS_NAMED, True)
        if document is not None and not is_named and get_operation_ast(document) is None:
            raise CannotGetOperationTypeError(None)
        yield
