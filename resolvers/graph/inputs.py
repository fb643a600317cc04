"""The input types of `where` and `orderBy`, created from the declarations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from strawberry.types.field import StrawberryField

from hub.subjects.columns import Quantity
from resolvers.graph.fields import TYPES, input_field, input_type, leaf_name
from resolvers.sql import Direction
from schema.comparisons import Comparison, Operand, comparisons_of
from schema.declare import Edge, Entity, Leaf, Scalar, Shape, Value
from schema.registry import NODES

LOGIC = (
    ("and", "list[{name}]", "All of these hold 且"),
    ("or", "list[{name}]", "At least one of these holds 或"),
    ("not", "{name}", "This does not hold 非"),
)


def create_inputs() -> None:
    """Create the comparisons, and `where` and `orderBy` of every entity with an id."""
    leaf_name(Direction)
    for entity in NODES.values():
        input_type(
            f"{entity.name}Where",
            f"Conditions on a {entity.name}; all that are given hold 筛选条件",
            where_fields(entity),
        )
        input_type(
            f"{entity.name}Order",
            f"One entry of the order of {entity.name} rows; nulls last, ties by id, which goes the "
            "way of the last entry 排序",
            order_fields(entity),
            is_one_of=True,
        )
        create_group_inputs(entity)


def where_fields(entity: Entity) -> Iterator[StrawberryField]:
    """A comparison for each value, a condition for each edge, and logic."""
    for name, value in entity.comparable.items():
        yield input_field(name, filter_of(value.leaf), value.description)
    for edge in entity.edges:
        if edge.target in NODES:
            yield input_field(edge.name, f"{edge.target}Where", _matching(edge))
    for extra in entity.filters:
        yield input_field(extra.name, "String", extra.description)
    for name, words, description in LOGIC:
        yield input_field(name, words.format(name=f"{entity.name}Where"), description)


def _matching(edge: Edge) -> str:
    how = "It matches" if edge.shape is Shape.ONE else "Some of them match"
    return f"{how}: {edge.description}"


def order_fields(entity: Entity) -> Iterator[StrawberryField]:
    """A direction for each value, an order for each edge, that an index serves."""
    for value in entity.values:
        if value.is_ordered:
            yield input_field(value.name, "Direction", value.description)
    for edge in entity.edges:
        if edge.is_ordered:
            yield input_field(edge.name, f"{edge.target}Order", edge.description)


def create_group_inputs(entity: Entity) -> None:
    """Create the conditions and orders of groups, and of what they are measured by."""
    name, measured = entity.name, tuple(entity.measured.values())
    amounts = tuple(value for value in measured if value.quantity is Quantity.AMOUNT)
    for kind, values in (("Sums", amounts), ("Means", measured)):
        if values:
            _create_measure_inputs(f"{name}{kind}", values)
    statistics = [
        *((words, f"{name}Sums", text) for words, text in (SUMS if amounts else ())),
        *((words, f"{name}Means", text) for words, text in (MEANS if measured else ())),
    ]
    _create_group_inputs(name, statistics)


def _create_group_inputs(name: str, statistics: Sequence[tuple[str, str, str]]) -> None:
    input_type(
        f"{name}Having",
        f"Conditions on a group of {name} rows; all that are given hold 分组筛选",
        [
            input_field("count", filter_of(Scalar.INT), "Number of rows 数量"),
            *(input_field(words, f"{kind}Having", text) for words, kind, text in statistics),
        ],
    )
    input_type(
        f"{name}GroupOrder",
        f"One entry of the order of groups of {name} rows; nulls last 分组排序",
        [
            input_field("keys", "Direction", "What its rows share, key by key 分组键"),
            input_field("count", "Direction", "Number of rows 数量"),
            *(input_field(words, f"{kind}Order", text) for words, kind, text in statistics),
        ],
        is_one_of=True,
    )


def _create_measure_inputs(name: str, values: Iterable[Value]) -> None:
    having = [input_field(it.name, filter_of(Scalar.FLOAT), it.description) for it in values]
    input_type(f"{name}Having", "Conditions on measures; all hold 汇总筛选", having)
    order = [input_field(it.name, "Direction", it.description) for it in values]
    input_type(f"{name}Order", "One of the measures 汇总排序", order, is_one_of=True)


SUMS = (("sum", "Sums 合计"),)
MEANS = (
    ("average", "Averages 平均值"),
    ("median", "Medians 中位数"),
    ("known", "How many rows have a value 有值数"),
)
"""The measures of groups that conditions and orders take, but the count."""


def filter_of(leaf: Leaf) -> str:
    """The name of the input with the comparisons of a type; created on first use."""
    name = f"{leaf_name(leaf)}Filter"
    if name not in TYPES:
        input_type(
            name,
            f"Comparisons of {leaf_name(leaf)} values; all that are given hold 比较",
            [comparison_field(comparison, leaf) for comparison in comparisons_of(leaf)],
        )
    return name


def comparison_field(comparison: Comparison, leaf: Leaf) -> StrawberryField:
    """The field of one comparison."""
    words = {
        Operand.ONE: leaf_name(leaf),
        Operand.LIST: f"list[{leaf_name(leaf)}]",
        Operand.FLAG: "Boolean",
    }[comparison.operand]
    return input_field(comparison.name, words, comparison.description)
