"""What an operation selects, in terms of the declarations: the executor's walk, done once.

Fragments are unfolded, `@skip` and `@include` decided, fields with one response key merged. The
arguments become `Reader`s: forms that are read for each request, or once where no variable is in
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLAbstractType,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    NamedTypeNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
)

from resolvers.engine.forms import (
    Reader,
    arguments_reader,
    grouping_reader,
    id_reader,
    node_reader,
    nodes_reader,
    page_reader,
    path_reader,
)
from resolvers.engine.inputs import NotCompiled, NotForSql
from resolvers.engine.selected import (
    Aggregated,
    AggregateField,
    AnyNode,
    Connected,
    DistinctOf,
    Fields,
    Found,
    Itself,
    Keys,
    Leaf,
    Linked,
    Measures,
    NodeById,
    Nodes,
    NodesById,
    PageInfo,
    Rows,
    Selected,
    TotalCount,
    TypeName,
    UndatedCount,
)
from resolvers.graph import MEASURES, connection_name
from resolvers.sql import Count, target_of
from schema.declare import Edge, Entity, Listing, Lookup, Shape
from schema.registry import ENTITIES, ENTITY, LISTINGS, LOOKUPS, NODES

COUNTS: Mapping[str, Selected] = {"totalCount": TotalCount(), "undatedCount": UndatedCount()}
"""The counts of a connection."""
Sets: TypeAlias = list[SelectionSetNode]
Declared = TypeVar("Declared")


def select(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    flags: Mapping[str, object],
) -> tuple[Fields, tuple[Reader, ...]]:
    """The fields that a query selects and the readers of its arguments.

    `flags` are the variables that decide `@skip` and `@include`. Raises NotCompiled.
    """
    if operation.operation is not OperationType.QUERY:
        raise NotForSql
    selector = Selector(schema, fragments, flags)
    fields = selector.root([operation.selection_set])
    return fields, tuple(selector.readers)


@dataclass(slots=True)
class Selector:
    """Walks one operation."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    flags: Mapping[str, object]
    readers: list[Reader] = field(default_factory=list)

    # --- The walk over selection sets ------------------------------------------------------------

    def collect(self, type_name: str, sets: Sets) -> dict[str, list[FieldNode]]:
        """The field nodes by response key."""
        found: dict[str, list[FieldNode]] = {}
        seen: set[str] = set()
        for selected in sets:
            for node in self._fields(type_name, selected, seen):
                found.setdefault((node.alias or node.name).value, []).append(node)
        return found

    def _fields(
        self, type_name: str, selected: SelectionSetNode, seen: set[str]
    ) -> Iterator[FieldNode]:
        for node in selected.selections:
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                if self._applies(type_name, node.type_condition):
                    yield from self._fields(type_name, node.selection_set, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                fragment = self.fragments[node.name.value]
                if self._applies(type_name, fragment.type_condition):
                    yield from self._fields(type_name, fragment.selection_set, seen)

    def _is_included(self, node: SelectionNode) -> bool:
        for directive in node.directives or ():
            if directive.name.value not in ("skip", "include"):
                raise NotCompiled
            (argument,) = directive.arguments or ()
            value = getattr(argument.value, "value", None)
            if value is None:
                value = self.flags[argument.value.name.value]  # type: ignore[attr-defined]
            if value is (directive.name.value == "skip"):
                return False
        return True

    def _applies(self, type_name: str, condition: NamedTypeNode | None) -> bool:
        if condition is None or condition.name.value == type_name:
            return True
        above, below = self.schema.type_map[condition.name.value], self.schema.type_map[type_name]
        return (
            isinstance(above, GraphQLAbstractType)
            and isinstance(below, GraphQLObjectType)
            and self.schema.is_sub_type(above, below)
        )

    def _read(self, reader: Reader) -> int:
        self.readers.append(reader)
        return len(self.readers) - 1

    # --- Types -----------------------------------------------------------------------------------

    def root(self, sets: Sets) -> Fields:
        """The fields of Query."""
        return {key: self._root_field(nodes) for key, nodes in self.collect("Query", sets).items()}

    def _root_field(self, nodes: list[FieldNode]) -> Selected:
        name = nodes[0].name.value
        if name == "__typename":
            return TypeName("Query")
        if name not in ROOTS:
            raise NotForSql
        return ROOTS[name](self, self._definition("Query", name), nodes[0], inner(nodes))

    def _definition(self, type_name: str, name: str) -> GraphQLField:
        definition: GraphQLField = self.schema.type_map[type_name].fields[name]  # type: ignore[attr-defined]
        return definition

    def node(self, definition: GraphQLField, node: FieldNode, sets: Sets) -> NodeById:
        """`node`."""
        return NodeById(self._read(node_reader(definition, node)), self._any(sets))

    def nodes(self, definition: GraphQLField, node: FieldNode, sets: Sets) -> NodesById:
        """`nodes`."""
        return NodesById(self._read(nodes_reader(definition, node)), self._any(sets))

    def looked_up(
        self, lookup: Lookup, definition: GraphQLField, node: FieldNode, sets: Sets
    ) -> Found:
        """The root field of a look-up."""
        form = self._read(arguments_reader(definition, node, lookup))
        entity = ENTITY[lookup.target]
        return Found(entity, lookup, form, self.entity(entity, sets))

    def listed(
        self, listing: Listing, definition: GraphQLField, node: FieldNode, sets: Sets
    ) -> Rows:
        """The root field of a listing."""
        form = self._read(arguments_reader(definition, node, listing))
        return Rows(listing, form, self.entity(ENTITY[listing.target], sets))

    def by_id(self, entity: Entity, definition: GraphQLField, node: FieldNode, sets: Sets) -> Found:
        """The root field that finds a row of an entity by id."""
        form = self._read(id_reader(definition, node, entity))
        return Found(entity, None, form, self.entity(entity, sets))

    def connected(
        self, entity: Entity, definition: GraphQLField, node: FieldNode, sets: Sets
    ) -> Connected:
        """The root field that pages through all rows of an entity."""
        form = self._read(page_reader(definition, node, entity))
        return Connected(entity, None, form, self._connection(entity, None, None, sets))

    def _any(self, sets: Sets) -> Mapping[str, Fields]:
        return {name: self.entity(entity, sets) for name, entity in NODES.items()}

    def entity(self, entity: Entity, sets: Sets) -> Fields:
        """The fields of a type bound to rows."""
        return {
            key: self._entity_field(entity, nodes)
            for key, nodes in self.collect(entity.name, sets).items()
        }

    def _entity_field(self, entity: Entity, nodes: list[FieldNode]) -> Selected:
        name = nodes[0].name.value
        if name == "__typename":
            return TypeName(entity.name)
        for value in entity.values:
            if value.name == name:
                return Leaf(value)
        for edge in entity.edges:
            if edge.name == name:
                return self._edge(entity, edge, nodes)
        raise NotForSql

    def _edge(self, owner: Entity, edge: Edge, nodes: list[FieldNode]) -> Selected:
        sets = inner(nodes)
        if edge.type_key is not None:
            return AnyNode(edge, self._any(sets))
        target = target_of(edge)
        if edge.shape is not Shape.CONNECTION:
            return Linked(edge, self.entity(target, sets))
        definition = self._definition(owner.name, edge.name)
        form = self._read(page_reader(definition, nodes[0], target))
        return Connected(target, edge, form, self._connection(target, owner, edge, sets))

    def _connection(
        self, target: Entity, owner: Entity | None, edge: Edge | None, sets: Sets
    ) -> Fields:
        name = target.name if owner is None or edge is None else connection_name(owner, edge)
        found = self.collect(f"{name}Connection", sets)
        return {
            key: self._connection_field(name, target, edge, nodes) for key, nodes in found.items()
        }

    def _connection_field(
        self, name: str, target: Entity, edge: Edge | None, nodes: list[FieldNode]
    ) -> Selected:
        sets = inner(nodes)
        match nodes[0].name.value:
            case "__typename":
                return TypeName(f"{name}Connection")
            case "nodes":
                return Nodes(self.entity(target, sets))
            case "edges":
                return Nodes(self._relay_edge(f"{name}Edge", target, edge, sets), is_edge=True)
            case "pageInfo":
                return self._page_info(sets)
            case "totalCount" | "undatedCount" as count:
                return COUNTS[count]
            case "aggregate":
                return Aggregated(self._aggregate(target, f"{target.name}Aggregate", sets))
        raise NotCompiled

    def _relay_edge(self, name: str, target: Entity, edge: Edge | None, sets: Sets) -> Fields:
        fields: dict[str, Selected] = {}
        for key, nodes in self.collect(name, sets).items():
            match nodes[0].name.value:
                case "__typename":
                    fields[key] = TypeName(name)
                case "cursor":
                    fields[key] = Itself()
                case "node":
                    fields[key] = Itself(self.entity(target, inner(nodes)))
                case member:
                    fields[key] = self._member(edge, member)
        return fields

    def _member(self, edge: Edge | None, name: str) -> Leaf:
        for value in edge.through.values if edge is not None and edge.through is not None else ():
            if value.name == name:
                return Leaf(value, is_member=True)
        raise NotCompiled

    def _aggregate(self, target: Entity, name: str, sets: Sets) -> Mapping[str, AggregateField]:
        return {
            key: self._aggregate_field(target, name, nodes)
            for key, nodes in self.collect(name, sets).items()
        }

    def _aggregate_field(self, target: Entity, name: str, nodes: list[FieldNode]) -> AggregateField:
        node, sets = nodes[0], inner(nodes)
        match node.name.value:
            case "__typename":
                return TypeName(name)
            case "count":
                return Count()
            case "countDistinct":
                definition = self._definition(name, "countDistinct")
                return DistinctOf(self._read(path_reader(definition, node, target)))
            case measure if measure in MEASURES:
                return self._measured(target, measure, sets)
            case "keys":
                found = self.collect("GroupKey", sets)
                return Keys({key: nodes[0].name.value for key, nodes in found.items()})
            case _:
                definition = self._definition(name, "groupBy")
                form = self._read(grouping_reader(definition, node, target))
                group = f"{target.name}AggregateGroup"
                return Aggregated(self._aggregate(target, group, sets), form)

    def _measured(self, target: Entity, measure: str, sets: Sets) -> Measures:
        kind, make = MEASURES[measure]
        name = f"{target.name}{kind}"
        return {
            key: TypeName(name)
            if nodes[0].name.value == "__typename"
            else make(target.comparable[nodes[0].name.value])
            for key, nodes in self.collect(name, sets).items()
        }

    def _page_info(self, sets: Sets) -> PageInfo:
        return PageInfo(
            {
                key: TypeName("PageInfo")
                if nodes[0].name.value == "__typename"
                else nodes[0].name.value
                for key, nodes in self.collect("PageInfo", sets).items()
            }
        )


def inner(nodes: list[FieldNode]) -> Sets:
    """The selection sets of merged fields."""
    return [node.selection_set for node in nodes if node.selection_set]


Root: TypeAlias = Callable[[Selector, GraphQLField, FieldNode, Sets], Selected]


def roots() -> dict[str, Root]:
    """What selects each root field."""
    found: dict[str, Root] = {"node": Selector.node, "nodes": Selector.nodes}
    for lookup in LOOKUPS:
        found[lookup.name] = about(Selector.looked_up, lookup)
    for listing in LISTINGS:
        found[listing.name] = about(Selector.listed, listing)
    for entity in ENTITIES:
        if entity.singular:
            found[entity.singular] = about(Selector.by_id, entity)
        if entity.plural:
            found[entity.plural] = about(Selector.connected, entity)
    return found


def about(
    select_root: Callable[[Selector, Declared, GraphQLField, FieldNode, Sets], Selected],
    declared: Declared,
) -> Root:
    """What selects the root field of one declaration."""
    return lambda selector, definition, node, sets: select_root(
        selector, declared, definition, node, sets
    )


ROOTS = roots()
