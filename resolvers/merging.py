"""Whether fields under one response key may be merged (GraphQL, section 5.3.2), in linear time.

The rule of graphql-core compares every pair of such fields. This one compares each with the first:
both relations, of one shape and of one meaning, are equivalences. It is for documents whose
unfolded selections are few, which `OperationLimits` sees to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    InlineFragmentNode,
    NamedTypeNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValidationRule,
    get_named_type,
    is_composite_type,
    is_leaf_type,
    print_ast,
)
from graphql.utilities.sort_value_node import sort_value_node

HINT = "Use different aliases on the fields to fetch both if this was intentional."


@dataclass(frozen=True, slots=True)
class Selected:
    """A field as it stands in a selection: on which type, and of which type it is, if known."""

    parent: GraphQLNamedType | None
    node: FieldNode
    type: GraphQLOutputType | None


Groups: TypeAlias = dict[str, list[Selected]]
Set: TypeAlias = tuple[GraphQLNamedType | None, SelectionSetNode]


class FieldsMerge(ValidationRule):
    """Refuses fields of one response key that differ in name, arguments or shape."""

    def enter_operation_definition(self, node: OperationDefinitionNode, *_: object) -> None:
        """Look at everything that an operation selects."""
        root = self.context.schema.get_root_type(node.operation)
        self._meanings: dict[int, tuple[object, ...]] = {}
        sets: Sequence[Set] = [(root, node.selection_set)]
        for error in (*self._shapes(sets), *self._meaning(sets)):
            self.report_error(error)

    # --- What stands under each response key ----------------------------------------------------

    def _collect(self, sets: Sequence[Set]) -> Groups:
        groups: Groups = {}
        seen: set[str] = set()
        for parent, selected in sets:
            for field in self._fields(parent, selected, seen):
                key = (field.node.alias or field.node.name).value
                groups.setdefault(key, []).append(field)
        return groups

    def _fields(
        self, parent: GraphQLNamedType | None, selected: SelectionSetNode, seen: set[str]
    ) -> Iterator[Selected]:
        for node in selected.selections:
            if isinstance(node, FieldNode):
                yield Selected(parent, node, self._type(parent, node))
            elif isinstance(node, InlineFragmentNode):
                inner = self._condition(node.type_condition) if node.type_condition else parent
                yield from self._fields(inner, node.selection_set, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                fragment = self.context.get_fragment(node.name.value)
                if fragment is not None:
                    condition = self._condition(fragment.type_condition)
                    yield from self._fields(condition, fragment.selection_set, seen)

    def _condition(self, node: NamedTypeNode) -> GraphQLNamedType | None:
        return self.context.schema.get_type(node.name.value)

    def _type(self, parent: GraphQLNamedType | None, node: FieldNode) -> GraphQLOutputType | None:
        if not is_composite_type(parent):
            return None
        field = self.context.schema.get_field(parent, node.name.value)
        return field.type if field is not None else None

    # --- One shape ------------------------------------------------------------------------------

    def _shapes(self, sets: Sequence[Set]) -> Iterator[GraphQLError]:
        for key, fields in self._collect(sets).items():
            first = fields[0]
            for other in fields[1:]:
                if _differ(first.type, other.type):
                    yield _error(
                        key,
                        f"they return conflicting types '{first.type}' and '{other.type}'",
                        first,
                        other,
                    )
                    break
            else:
                yield from self._shapes(_inner(fields))

    # --- One meaning ----------------------------------------------------------------------------

    def _meaning(self, sets: Sequence[Set]) -> Iterator[GraphQLError]:
        for key, fields in self._collect(sets).items():
            for together in _by_parent(fields):
                error = self._conflict(key, together)
                if error is not None:
                    yield error
                    break
                yield from self._meaning(_inner(together))

    def _conflict(self, key: str, fields: list[Selected]) -> GraphQLError | None:
        first = fields[0]
        for other in fields[1:]:
            if other.node is first.node:
                continue
            names = first.node.name.value, other.node.name.value
            if names[0] != names[1]:
                reason = f"'{names[0]}' and '{names[1]}' are different fields"
                return _error(key, reason, first, other)
            if self._arguments(first.node) != self._arguments(other.node):
                return _error(key, "they have differing arguments", first, other)
        return None

    def _arguments(self, node: FieldNode) -> tuple[object, ...]:
        known = self._meanings.get(id(node))
        if known is None:
            known = self._meanings[id(node)] = tuple(
                sorted(
                    (item.name.value, print_ast(sort_value_node(item.value)))
                    for item in node.arguments or ()
                )
            )
        return known


def _inner(fields: Sequence[Selected]) -> list[Set]:
    """The selections of fields, each once."""
    sets = {
        id(field.node): (get_named_type(field.type), field.node.selection_set)
        for field in fields
        if field.node.selection_set is not None
    }
    return list(sets.values())


def _by_parent(fields: list[Selected]) -> Iterator[list[Selected]]:
    """The fields that may stand on one object: those of each object type, with those of others."""
    own: dict[str, list[Selected]] = {}
    anywhere = []
    for field in fields:
        if isinstance(field.parent, GraphQLObjectType):
            own.setdefault(field.parent.name, []).append(field)
        else:
            anywhere.append(field)
    yield from ([*group, *anywhere] for group in own.values()) if own else [anywhere]


def _differ(one: GraphQLOutputType | None, other: GraphQLOutputType | None) -> bool:
    """Whether two types give answers of different shapes; an unknown one is refused elsewhere."""
    if one is None or other is None:
        return False
    for wrapper in (GraphQLNonNull, GraphQLList):
        if isinstance(one, wrapper) or isinstance(other, wrapper):
            if not (isinstance(one, wrapper) and isinstance(other, wrapper)):
                return True
            return _differ(one.of_type, other.of_type)
    return (is_leaf_type(one) or is_leaf_type(other)) and one is not other


def _error(key: str, reason: str, one: Selected, other: Selected) -> GraphQLError:
    return GraphQLError(f"Fields '{key}' conflict because {reason}. {HINT}", [one.node, other.node])
