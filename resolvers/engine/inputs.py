"""Variables and arguments, coerced for each request along types that are looked up once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    ListValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    type_from_ast,
    visit,
)
from graphql.utilities.coerce_input_value import (
    coerce_default_value,
    coerce_input_literal,
    coerce_input_value,
)

Given: TypeAlias = Mapping[str, Any]
Template: TypeAlias = Callable[[Given], Any]
"""Makes a value of an argument out of the variables; Undefined for one that is not given."""


class NotCompiled(Exception):
    """The executor has to answer, since it has an error to show."""


class NotForSql(NotCompiled):
    """The executor has to answer what no statement can: no query, or a field in Python."""


class NotReady(Exception):
    """Something has to be made first, which takes longer than the event loop may stand."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of an operation; `default` is Undefined where there is none."""

    name: str
    type: GraphQLInputType
    default: Any

    def coerce(self, given: Given) -> Any:
        """Its value. Raises NotCompiled for one that is missing or not of the type."""
        value = given.get(self.name, Undefined)
        if value is not Undefined:
            value = coerce_input_value(value, self.type)
        elif isinstance(self.type, GraphQLNonNull) or self.default is not Undefined:
            value = self.default
        else:
            return Undefined
        if value is Undefined:
            raise NotCompiled
        return value


def variable(schema: GraphQLSchema, node: VariableDefinitionNode) -> Variable:
    """A variable as its definition in a valid document says."""
    kind = type_from_ast(schema, node.type)
    default = coerce_input_literal(node.default_value, kind) if node.default_value else Undefined  # type: ignore[arg-type]
    return Variable(node.variable.name.value, kind, default)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of a field: those that are always the same, and how to make the others."""

    fixed: Given
    moving: Mapping[str, Template]

    def given(self, variables: Given) -> Given:
        """The arguments of a request. Raises NotCompiled."""
        made = {name: make(variables) for name, make in self.moving.items()}
        return {**self.fixed, **{key: it for key, it in made.items() if it is not Undefined}}


def arguments(definition: GraphQLField, node: FieldNode) -> Arguments:
    """The arguments of a field of a valid document."""
    fixed = {name: coerce_default_value(it) for name, it in definition.args.items()}
    moving = {}
    for item in node.arguments or ():
        name = item.name.value
        kind = definition.args[name].type
        if has_variables(item.value):
            moving[name] = template(item.value, kind)
        else:
            fixed[name] = _literal(item.value, kind)
    return Arguments({key: it for key, it in fixed.items() if it is not Undefined}, moving)


def _literal(node: ValueNode, kind: GraphQLInputType) -> Any:
    value = coerce_input_literal(node, kind)
    if value is Undefined:
        raise NotCompiled
    return value


def template(node: ValueNode, kind: GraphQLInputType) -> Template:
    """How to make the value of a literal with variables in it."""
    if isinstance(node, VariableNode):
        return _from_variable(node.name.value, is_required=isinstance(kind, GraphQLNonNull))
    if not has_variables(node):
        value = _literal(node, kind)
        return lambda _: value
    if isinstance(kind, GraphQLNonNull):
        return template(node, kind.of_type)
    if isinstance(kind, GraphQLList):
        items = node.values if isinstance(node, ListValueNode) else [node]
        return _list([template(item, kind.of_type) for item in items])
    return _object(node, kind)


def _from_variable(name: str, *, is_required: bool) -> Template:
    def make(variables: Given) -> Any:
        value = variables[name]
        if is_required and (value is None or value is Undefined):
            raise NotCompiled
        return value

    return make


def _list(items: list[Template]) -> Template:
    def make(variables: Given) -> list[Any]:
        made = [item(variables) for item in items]
        return [None if item is Undefined else item for item in made]

    return make


def _object(node: ValueNode, kind: GraphQLInputType) -> Template:
    if not isinstance(node, ObjectValueNode) or not isinstance(kind, GraphQLInputObjectType):
        raise NotCompiled
    fields = {
        it.name.value: template(it.value, kind.fields[it.name.value].type) for it in node.fields
    }
    is_one_of = kind.is_one_of

    def make(variables: Given) -> dict[str, Any]:
        made = {name: item(variables) for name, item in fields.items()}
        found = {name: value for name, value in made.items() if value is not Undefined}
        if is_one_of and (len(found) != 1 or None in found.values()):
            raise NotCompiled
        return found

    return make


def has_variables(node: ValueNode) -> bool:
    """Whether a variable stands in a literal."""
    finder = Finder()
    visit(node, finder)
    return finder.found


class Finder(Visitor):
    """Looks for variables."""

    found = False

    def enter_variable(self, *_: object) -> None:
        """Note it."""
        self.found = True
