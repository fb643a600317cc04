"""What an operation costs: the rows that it may have to answer, known before anything is read.

Page sizes are multiplied along the tree. A count reads rows too, though faster than rows are
answered: COUNTED of them weigh as much as one that is answered, and AGGREGATED where they are
grouped or measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

from hub.errors import Code, HubError
from resolvers.sql import DEFAULT_SIZE
from schema.registry import ENTITY

LIST = 10
"""Rows of a list that is no page."""

COUNTED = 500
AGGREGATED = 50

HEAVY = 3000
"""Rows from which an operation is heavy."""

RECORDS = "records"
"""Where the input of a push holds its records."""

Sizes: TypeAlias = Mapping[str, float]
"""Rows of the table of each entity."""

Variables: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Size:
    """How many: `number`, unless the variable says otherwise: an integer, a list, or a push."""

    number: int
    variable: str | None = None

    def of(self, variables: Variables) -> int:
        """The number for a request."""
        if self.variable is None:
            return self.number
        value = variables.get(self.variable)
        if isinstance(value, Mapping):
            value = value.get(RECORDS)
        if isinstance(value, list):
            return len(value)
        return max(0, value) if isinstance(value, int) else self.number


ONE = Size(1)


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows of an entity, all or those of one row of its owner, read so many times.

    `weight` of them cost as much as one that is answered.
    """

    entity: str
    owner: str | None
    times: int
    weight: int

    def rows(self, sizes: Sizes) -> float:
        """What counting them costs."""
        rows = sizes.get(self.entity, 0.0) * self.times / self.weight
        return rows if self.owner is None else rows / max(1.0, sizes.get(self.owner, 1.0))


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under a response key: `size` times a row, if it is one, and its parts."""

    key: str
    size: Size = ONE
    is_row: bool = False
    counted: Counted | None = None
    parts: Sequence[Part] = ()

    def rows(self, variables: Variables, sizes: Sizes) -> float:
        """What it costs."""
        if self.counted is not None:
            return self.counted.rows(sizes)
        inner = sum(part.rows(variables, sizes) for part in self.parts)
        return self.size.of(variables) * (self.is_row + inner)

    def answered(self, value: object) -> int:
        """The rows in an answer."""
        if isinstance(value, list):
            return sum(map(self.answered, value))
        if not isinstance(value, Mapping):
            return 0
        return self.is_row + sum(part.answered(value.get(part.key)) for part in self.parts)

    def dearest(self, variables: Variables, sizes: Sizes) -> Iterator[str]:
        """The response keys down to where most of it is spent."""
        yield self.key
        if self.parts:
            part = max(self.parts, key=lambda part: part.rows(variables, sizes))
            if part.rows(variables, sizes) >= 1:
                yield from part.dearest(variables, sizes)


@dataclass(frozen=True, slots=True)
class Price:
    """The price of an operation, for any variables."""

    root: Part

    def rows(self, variables: Variables, sizes: Sizes) -> int:
        """The rows, as estimated."""
        return round(self.root.rows(variables, sizes))

    def answered(self, data: object) -> int:
        """The rows that were answered."""
        return self.root.answered(data)

    def check(self, variables: Variables, sizes: Sizes, limit: int) -> int:
        """The rows, as estimated. Raises HubError(TOO_COSTLY) above the limit."""
        rows = self.rows(variables, sizes)
        if rows <= limit:
            return rows
        path = list(self.root.dearest(variables, sizes))[1:]
        raise HubError(
            Code.TOO_COSTLY,
            f"The operation may have to answer {rows:,} rows, at most {limit:,} are answered at "
            f"once; most of them at {'.'.join(path)}. Ask for smaller pages there, or in a second "
            "operation.",
        )


def price_of(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    flags: Variables,
) -> Price:
    """The price of an operation of a valid document.

    `flags` are the variables that decide `@skip` and `@include`.
    """
    root = schema.get_root_type(operation.operation)
    assert root is not None
    pricing = Pricing(schema, fragments, flags, operation)
    return Price(Part("", parts=pricing.parts(root, [operation.selection_set])))


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a selection: its type, and the nodes that are merged in it."""

    key: str
    parent: GraphQLNamedType
    definition: GraphQLField
    nodes: list[FieldNode]

    @property
    def sets(self) -> list[SelectionSetNode]:
        """What is selected of it."""
        return [node.selection_set for node in self.nodes if node.selection_set]


@dataclass(slots=True)
class Pricing:
    """Prices one operation."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    flags: Variables
    operation: OperationDefinitionNode
    listed: Size = Size(LIST)

    def parts(self, kind: GraphQLNamedType, sets: Sequence[SelectionSetNode]) -> list[Part]:
        """The parts of a selection that cost something."""
        return [part for item in self._fields(kind, sets) for part in self._field(item)]

    # --- What is selected -----------------------------------------------------------------------

    def _fields(self, kind: GraphQLNamedType, sets: Sequence[SelectionSetNode]) -> Iterator[Field]:
        found: dict[tuple[str, str], list[FieldNode]] = {}
        seen: set[str] = set()
        for selected in sets:
            for parent, node in self._walk(kind, selected, seen):
                key = (node.alias or node.name).value
                found.setdefault((parent.name, key), []).append(node)
        for (parent_name, key), nodes in found.items():
            parent = self.schema.type_map[parent_name]
            definition = (
                self.schema.get_field(parent, nodes[0].name.value)
                if is_composite_type(parent)
                else None
            )
            if definition is not None:
                yield Field(key, parent, definition, nodes)

    def _walk(
        self, kind: GraphQLNamedType, selected: SelectionSetNode, seen: set[str]
    ) -> Iterator[tuple[GraphQLNamedType, FieldNode]]:
        for node in selected.selections:
            if self._is_left_out(node):
                continue
            if isinstance(node, FieldNode):
                yield kind, node
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                inner = self.schema.type_map[condition.name.value] if condition else kind
                yield from self._walk(inner, node.selection_set, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                fragment = self.fragments[node.name.value]
                inner = self.schema.type_map[fragment.type_condition.name.value]
                yield from self._walk(inner, fragment.selection_set, seen)

    def _is_left_out(self, node: SelectionNode) -> bool:
        for directive in node.directives or ():
            for argument in directive.arguments or ():
                value = argument.value
                is_set = getattr(value, "value", None)
                if isinstance(value, VariableNode):
                    is_set = self.flags.get(value.name.value)
                if is_set is (directive.name.value == "skip"):
                    return True
        return False

    # --- What it costs --------------------------------------------------------------------------

    def _field(self, item: Field) -> Iterator[Part]:
        named = get_named_type(item.definition.type)
        if item.parent.name == "Mutation":
            self.listed = self._argument(item, "input") or Size(LIST)
        if named.name.endswith("Connection"):
            yield from self._connection(item, named)
            return
        parts = self.parts(named, item.sets) if item.sets else []
        is_row = bool(item.sets) and (named.name in ENTITY or named.name == "Node")
        if is_row or parts:
            yield Part(item.key, self._size(item), is_row, parts=parts)

    def _size(self, item: Field) -> Size:
        if not is_list_type(get_nullable_type(item.definition.type)):
            return ONE
        if item.parent.name.endswith("Connection"):
            return ONE
        given = self._argument(item, "ids") or self._argument(item, "first")
        return given or self.listed

    def _connection(self, item: Field, named: GraphQLNamedType) -> Iterator[Part]:
        owner = item.parent.name if item.parent.name in ENTITY else None
        rows = get_named_type(self._nodes(named).type).name
        size = self._argument(item, "last") or self._argument(item, "first") or Size(DEFAULT_SIZE)
        yield Part(item.key, size, parts=self.parts(named, item.sets))
        for field in self._fields(named, item.sets):
            counted = self._counted(field, rows, owner)
            if counted is not None:
                yield Part(f"{item.key}.{field.key}", counted=counted)

    def _counted(self, item: Field, rows: str, owner: str | None) -> Counted | None:
        match item.nodes[0].name.value:
            case "totalCount":
                return Counted(rows, owner, 1, COUNTED)
            case "aggregate":
                return Counted(rows, owner, self._passes(item), AGGREGATED)
        return None

    def _passes(self, item: Field) -> int:
        """How often an aggregate goes through its rows: a group and a median each once more."""
        found = list(self._fields(get_named_type(item.definition.type), item.sets))
        names = [field.nodes[0].name.value for field in found]
        grouped = (field for field in found if field.nodes[0].name.value == "groupBy")
        return 1 + names.count("median") + sum(map(self._passes, grouped))

    def _nodes(self, named: GraphQLNamedType) -> GraphQLField:
        assert is_composite_type(named)
        field = self.schema.get_field(named, "nodes")
        assert field is not None
        return field

    def _argument(self, item: Field, name: str) -> Size | None:
        """The size that an argument says."""
        for argument in item.nodes[0].arguments or ():
            if argument.name.value == name:
                return self._said(argument.value)
        return None

    def _said(self, value: ValueNode) -> Size | None:
        match value:
            case IntValueNode():
                return Size(int(value.value))
            case ListValueNode():
                return Size(len(value.values))
            case VariableNode():
                return Size(self._default(value.name.value), value.name.value)
            case ObjectValueNode():
                for field in value.fields:
                    if field.name.value == RECORDS:
                        return self._said(field.value)
        return None

    def _default(self, variable: str) -> int:
        """The size where a variable is not given."""
        for item in self.operation.variable_definitions or ():
            if item.variable.name.value == variable and isinstance(
                item.default_value, IntValueNode
            ):
                return int(item.default_value.value)
        return DEFAULT_SIZE
