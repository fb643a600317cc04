"""The closed lists of `hub.enums` as enums of the graph."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from strawberry.types.enum import EnumValue, StrawberryEnumDefinition

Listed = TypeVar("Listed", bound=Enum)


def enum_type(listed: type[Listed]) -> type[Listed]:
    """Make a list an enum of the graph: its names stay, its values become the descriptions."""
    if "__strawberry_definition__" not in vars(listed):
        values = [EnumValue(item.name, item.value, description=item.value) for item in listed]
        text = str(listed.__doc__).rstrip(".")
        definition = StrawberryEnumDefinition(listed, listed.__name__, values, text)
        setattr(listed, "__strawberry_definition__", definition)  # noqa: B010
    return listed
