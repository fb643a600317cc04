"""Which fields of an operation a caller without the right may not read.

The paths follow from what is asked, not from what is found: they do not tell whether there is a
value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

from schema.registry import ENTITY

Paths: TypeAlias = tuple[str, ...]
OBJECTS = (GraphQLObjectType, GraphQLInterfaceType)


def masked_paths(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: Mapping[str, object],
) -> Paths:
    """The paths of masked fields by response keys, such as `people.nodes.phone`, each once.

    `variables` are those that decide `@skip` and `@include`; one that is not there includes.
    """
    root = schema.get_root_type(operation.operation)
    if root is None:
        return ()
    walk = Walk(schema, fragments, variables)
    return tuple(dict.fromkeys(walk.paths(root, operation.selection_set, "")))


@dataclass(frozen=True, slots=True)
class Walk:
    """The walk over the selections of one operation."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, object]

    def paths(
        self, owner: GraphQLNamedType, selected: SelectionSetNode, before: str
    ) -> Iterator[str]:
        """The masked fields below a selection."""
        for node in selected.selections:
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                yield from self._field(owner, node, before)
                continue
            part = self.fragments[node.name.value] if isinstance(node, FragmentSpreadNode) else node
            if isinstance(part, InlineFragmentNode | FragmentDefinitionNode):
                condition = part.type_condition
                inner = owner if condition is None else self.schema.type_map[condition.name.value]
                yield from self.paths(inner, part.selection_set, before)

    def _field(self, owner: GraphQLNamedType, node: FieldNode, before: str) -> Iterator[str]:
        path = f"{before}{(node.alias or node.name).value}"
        if is_masked(owner.name, node.name.value):
            yield path
        if node.selection_set is not None and isinstance(owner, OBJECTS):
            target = get_named_type(owner.fields[node.name.value].type)
            yield from self.paths(target, node.selection_set, f"{path}.")

    def _is_included(self, node: SelectionNode) -> bool:
        for directive in node.directives or ():
            for argument in directive.arguments or ():
                value = argument.value
                is_on = (
                    self.variables.get(value.name.value)
                    if isinstance(value, VariableNode)
                    else getattr(value, "value", None)
                )
                if is_on is (directive.name.value == "skip"):
                    return False
        return True


def is_masked(type_name: str, field: str) -> bool:
    """Whether a field of a type shows less to callers without the right."""
    entity = ENTITY.get(type_name)
    return entity is not None and any(
        value.name == field and value.masked is not None for value in entity.values
    )
