"""Fields of created types: a name, a type in words, a description, and a function that answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeAlias

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.scalars import JSON
from strawberry.schema.types.base_scalars import DateTimeDefinition
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField
from strawberry.types.scalar import ScalarDefinition

from resolvers.context import Context
from schema.comparisons import name_of
from schema.declare import Leaf, Scalar
from schema.enums import enum_type

Given: TypeAlias = dict[str, Any]
Answer: TypeAlias = Callable[[Any, Context, Given], object]

TYPES: dict[str, Any] = {
    "ID": strawberry.ID,
    "String": str,
    "Int": int,
    "Float": float,
    "Boolean": bool,
    "Date": date,
    "DateTime": datetime,
    "JSON": JSON,
}
"""Every type of the graph by name. Types of fields are words over these, read late."""


def _trimmed(moment: datetime) -> str:
    """A time as PostgreSQL writes it in JSON: no zeros at the end of the fraction."""
    text = moment.astimezone(UTC).isoformat()
    return f"{text[:-6].rstrip('0')}+00:00" if moment.microsecond else text


SCALARS: dict[object, ScalarDefinition] = {
    datetime: replace(DateTimeDefinition, serialize=_trimmed)
}
"""Scalars whose values are written exactly as PostgreSQL writes them in JSON."""


def annotation(words: str) -> StrawberryAnnotation:
    """A type in words, such as `list[Division] | None`."""
    return StrawberryAnnotation(words, namespace=TYPES)


def leaf_name(leaf: Leaf) -> str:
    """The name of a leaf type. An enum becomes a type of the graph the first time."""
    if not isinstance(leaf, Scalar):
        TYPES[leaf.__name__] = enum_type(leaf)
    return name_of(leaf)


def argument(name: str, words: str, description: str) -> StrawberryArgument:
    """An argument of a field."""
    return StrawberryArgument(name, name, annotation(words), description=description)


class Worded(StrawberryField):
    """A field whose type stays the words it was given, until all types exist."""

    @property
    def type(self) -> Any:
        """The type, as far as it can be told now."""
        return self.resolve_type()

    @type.setter
    def type(self, _: Any) -> None:
        """Dataclasses write back what they could read of the words: nothing to keep."""


class Answered(Worded):
    """A field answered by a function of the parent, the context and the arguments."""

    answer: Answer

    @property
    def is_basic_field(self) -> bool:
        """False: the answer needs the context."""
        return False

    def get_result(self, source: Any, info: Any, args: list[Any], kwargs: Any) -> Any:
        """Answer the field."""
        return self.answer(source, info.context, kwargs)


def field(
    name: str,
    words: str,
    description: str,
    answer: Answer,
    arguments: Iterable[StrawberryArgument] = (),
) -> Answered:
    """A field of an object type."""
    made = Answered(
        python_name=name,
        graphql_name=name,
        type_annotation=annotation(words),
        description=description,
    )
    made.answer = answer
    made.arguments = list(arguments)
    return made


def input_field(name: str, words: str, description: str) -> StrawberryField:
    """An optional field of an input type. Its Python name is never used."""
    return Worded(
        python_name=f"{name}_",
        graphql_name=name,
        type_annotation=annotation(f"{words} | None"),
        description=description,
        default=strawberry.UNSET,
    )


def object_type(
    name: str, description: str, fields: Iterable[StrawberryField], bases: tuple[type, ...] = ()
) -> type:
    """Create an object type."""
    made = type(name, bases, {str(item.python_name): item for item in fields})
    TYPES[name] = strawberry.type(made, name=name, description=description)
    return made


def input_type(
    name: str, description: str, fields: Iterable[StrawberryField], *, is_one_of: bool = False
) -> type:
    """Create an input type whose values reach resolvers as dictionaries by GraphQL names."""
    made = type(name, (), {str(item.python_name): item for item in fields})
    strawberry.input(made, name=name, description=description, one_of=is_one_of)
    definition: StrawberryObjectDefinition = vars(made)["__strawberry_definition__"]
    definition.from_input = lambda _type, value, _context: dict(value)
    TYPES[name] = made
    return made
