"""The schema, asked for: introspection without the executor, from values that never change.

Tools send introspection often and ask for all of it; the executor takes a second for that. Here a
walk over the types calls the same resolvers one after the other, stops where an answer grows beyond
the whole schema several times told, and what was answered once is kept as bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeAlias

import orjson
from cachetools import LRUCache
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_argument_values,
    get_directive_values,
    get_introspection_query,
    get_operation_ast,
    get_variable_values,
    is_leaf_type,
)
from graphql.type import GraphQLIncludeDirective, GraphQLSkipDirective

from hub.errors import Code, HubError
from resolvers.packed import Packed

MAX_VALUES = 250_000
"""Values in an answer: the whole schema, as GraphiQL asks for it, has a third of that."""

MAX_KEPT = 64_000_000
"""Bytes of all answers that are kept."""

META = ("__schema", "__type")

Fields: TypeAlias = dict[str, list[FieldNode]]
Sets: TypeAlias = tuple[SelectionSetNode, ...]


def introspects(document: DocumentNode, name: str | None) -> bool:
    """Whether an operation asks for the schema and nothing else.

    Raises HubError(OPERATION_TOO_LARGE) where it asks for both.
    """
    operation = get_operation_ast(document, name)
    if operation is None:
        return False
    names = set(_root_names(document, operation.selection_set, set()))
    if not names & {*META}:
        return False
    if names <= {*META, "__typename"}:
        return True
    raise HubError(
        Code.OPERATION_TOO_LARGE,
        "The operation asks for the schema and for data. Ask for the schema in one of its own.",
    )


def _root_names(
    document: DocumentNode, selected: SelectionSetNode, seen: set[str]
) -> Iterator[str]:
    """The names of the fields of a selection, its fragments unfolded, each fragment once."""
    for node in selected.selections:
        if isinstance(node, FieldNode):
            yield node.name.value
        elif isinstance(node, InlineFragmentNode):
            yield from _root_names(document, node.selection_set, seen)
        elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
            seen.add(node.name.value)
            for item in document.definitions:
                if isinstance(item, FragmentDefinitionNode) and item.name.value == node.name.value:
                    yield from _root_names(document, item.selection_set, seen)


class Introspection:
    """What has been answered about one schema. Several threads may ask at once."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self._kept: LRUCache[tuple[str, str | None, str], Packed] = LRUCache(
            MAX_KEPT, getsizeof=lambda item: item.size
        )
        self._lock = Lock()

    def known(
        self, text: str, name: str | None, variables: Mapping[str, Any] | None
    ) -> Packed | None:
        """What was answered to this before."""
        with self._lock:
            return self._kept.get(_key(text, name, variables))

    def answer(
        self,
        document: DocumentNode,
        text: str,
        name: str | None,
        variables: Mapping[str, Any] | None,
    ) -> Packed:
        """The whole answer to a valid operation that asks for the schema alone.

        Raises HubError OPERATION_TOO_LARGE, BAD_INPUT.
        """
        packed = self.known(text, name, variables)
        if packed is None:
            data = Walk(self.schema, document, name, variables or {}).data()
            packed = Packed(orjson.dumps({"data": data}))
            with self._lock:
                self._kept[_key(text, name, variables)] = packed
        return packed


def _key(
    text: str, name: str | None, variables: Mapping[str, Any] | None
) -> tuple[str, str | None, str]:
    return text, name, json.dumps(variables or {}, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Info:
    """What the resolvers of introspection look at."""

    schema: GraphQLSchema


@dataclass(frozen=True, slots=True)
class Step:
    """One field of an object: its response key, its type, where its value comes from."""

    key: str
    type: GraphQLOutputType
    resolve: Callable[[Any], Any]
    sets: Sets


class Walk:
    """One answer. Raises HubError OPERATION_TOO_LARGE, BAD_INPUT."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        name: str | None,
        variables: Mapping[str, Any],
    ) -> None:
        operation = get_operation_ast(document, name)
        assert operation is not None
        self.schema = schema
        self.operation: OperationDefinitionNode = operation
        self.fragments = {
            item.name.value: item
            for item in document.definitions
            if isinstance(item, FragmentDefinitionNode)
        }
        coerced = get_variable_values(
            schema, operation.variable_definitions or (), dict(variables), max_errors=1
        )
        if isinstance(coerced, list):
            raise HubError(Code.BAD_INPUT, coerced[0].message)
        self.variables = coerced
        self.values = 0
        self._steps: dict[tuple[object, ...], list[Step]] = {}

    def data(self) -> dict[str, Any]:
        """The data of the operation."""
        root = self.schema.query_type
        assert root is not None
        return self._object(root, None, (self.operation.selection_set,))

    def _object(self, kind: GraphQLObjectType, value: object, sets: Sets) -> dict[str, Any]:
        key = (kind.name, *map(id, sets))
        steps = self._steps.get(key)
        if steps is None:
            steps = self._steps[key] = [*self._plan(kind, sets)]
        self.values += len(steps)
        if self.values > MAX_VALUES:
            raise HubError(
                Code.OPERATION_TOO_LARGE,
                f"The operation asks for more than {MAX_VALUES} values of the schema, which has "
                "fewer. Ask for each type once, or fetch /schema.graphql.",
            )
        return {
            step.key: self._complete(step.type, step.resolve(value), step.sets) for step in steps
        }

    def _plan(self, kind: GraphQLObjectType, sets: Sets) -> Iterator[Step]:
        found: Fields = {}
        seen: set[str] = set()
        for selected in sets:
            self._collect(kind, selected, found, seen)
        for key, nodes in found.items():
            inner = tuple(node.selection_set for node in nodes if node.selection_set)
            name = nodes[0].name.value
            definition = self.schema.get_field(kind, name)
            assert definition is not None
            resolve = self._resolver(kind, definition, nodes[0])
            yield Step(key, definition.type, resolve, inner)

    def _resolver(
        self, kind: GraphQLObjectType, definition: GraphQLField, node: FieldNode
    ) -> Callable[[Any], Any]:
        given = get_argument_values(definition, node, self.variables)
        match node.name.value:
            case "__typename":
                return lambda _: kind.name
            case "__schema":
                return lambda _: self.schema
            case "__type":
                return lambda _: self.schema.get_type(given["name"])
        resolve = definition.resolve
        info: Any = Info(self.schema)
        assert resolve is not None
        return lambda value: resolve(value, info, **given)

    def _collect(
        self, kind: GraphQLNamedType, selected: SelectionSetNode, found: Fields, seen: set[str]
    ) -> None:
        for node in selected.selections:
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                found.setdefault((node.alias or node.name).value, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                self._collect_of(kind, node, found, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                self._collect_of(kind, self.fragments[node.name.value], found, seen)

    def _collect_of(
        self,
        kind: GraphQLNamedType,
        fragment: InlineFragmentNode | FragmentDefinitionNode,
        found: Fields,
        seen: set[str],
    ) -> None:
        condition = fragment.type_condition
        if condition is None or condition.name.value == kind.name:
            self._collect(kind, fragment.selection_set, found, seen)

    def _is_included(self, node: Any) -> bool:
        if not node.directives:
            return True
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not (skip and skip["if"]) and (include is None or bool(include["if"]))

    def _complete(self, kind: GraphQLOutputType, value: Any, sets: Sets) -> Any:
        if isinstance(kind, GraphQLNonNull):
            kind = kind.of_type
        if value is None:
            return None
        if isinstance(kind, GraphQLList):
            return [self._complete(kind.of_type, item, sets) for item in value]
        if is_leaf_type(kind):
            return kind.serialize(value)
        assert isinstance(kind, GraphQLObjectType)
        return self._object(kind, value, sets)


WHOLE = get_introspection_query(input_value_deprecation=True)
"""What tools ask, give or take an option."""
