"""The types of aggregates: of every connection, created from the declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import orjson
from strawberry.types.field import StrawberryField

from hub.subjects.columns import Quantity
from resolvers.context import Context
from resolvers.graph.fields import (
    Answer,
    Answered,
    Given,
    argument,
    field,
    input_field,
    input_type,
    leaf_name,
    object_type,
)
from resolvers.loaders import Connection
from resolvers.sql import (
    ALL,
    DEFAULT_GROUPS,
    MAX_GROUPS,
    MAX_KEYS,
    ORDERED,
    Count,
    Distinct,
    End,
    Extreme,
    Grouping,
    Measure,
    Statistic,
    Summary,
    read_grouping,
    read_path,
)
from schema.declare import Entity, Value
from schema.registry import NODES


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the rows of a connection: the group `at` of a grouping."""

    connection: Connection
    grouping: Grouping = ALL
    at: int = 0

    async def measure(self, measure: Measure) -> object:
        """One measure of the group."""
        rows = await self.connection.grouped(self.grouping, measure)
        return rows[self.at]["m0"]

    async def keys(self) -> list[tuple[str, str | None]]:
        """The names of its keys and their values as JSON."""
        rows = await self.connection.grouped(self.grouping, Count())
        names = [path.name for path in self.grouping.by]
        return [(name, rows[self.at][f"k{at}"]) for at, name in enumerate(names)]


@dataclass(frozen=True, slots=True)
class Measured:
    """The values of a group, each measured so."""

    group: Group
    make: Make


def create_aggregates() -> None:
    """Create the paths, and the aggregate and group types of every entity with an id."""
    create_group_key()
    for entity in NODES.values():
        input_type(
            f"{entity.name}Path",
            f"A field of {entity.name} or of what its edges lead to; true at the end 字段路径",
            path_fields(entity),
            is_one_of=True,
        )
        create_measures(entity)
        object_type(
            f"{entity.name}Aggregate",
            f"What {entity.name} rows come to, all pages together 汇总",
            (*measure_fields(entity), groups_field(entity)),
        )
        object_type(
            f"{entity.name}AggregateGroup",
            f"{entity.name} rows that share their keys 分组汇总",
            (keys_field(), *measure_fields(entity)),
        )


def create_group_key() -> None:
    """Create GroupKey."""
    value = "Its value, as the field would show it 值"
    object_type(
        "GroupKey",
        "What the rows of a group share 分组键",
        (
            field("field", "String", "Path of the field: person.gender 字段", lambda it, *_: it[0]),
            field("value", "JSON | None", value, lambda it, *_: as_json(it[1])),
        ),
    )


def as_json(text: str | None) -> orjson.Fragment | None:
    """A value that PostgreSQL wrote as JSON."""
    return None if text is None else orjson.Fragment(text)


def path_fields(entity: Entity) -> Iterator[StrawberryField]:
    """True for each value, a path for each edge."""
    for name, value in entity.groupable.items():
        yield input_field(name, "Boolean", value.description)
    for edge in entity.edges:
        if edge.target in NODES:
            yield input_field(edge.name, f"{edge.target}Path", edge.description)


def ends_of(entity: Entity) -> tuple[Value, ...]:
    """The values that have a smallest and a largest one."""
    return tuple(value for value in entity.comparable.values() if value.leaf in ORDERED)


def amounts_of(entity: Entity) -> tuple[Value, ...]:
    """The values that add up."""
    values = entity.measured.values()
    return tuple(value for value in values if value.quantity is Quantity.AMOUNT)


def create_measures(entity: Entity) -> None:
    """Create the types of smallest and largest values, sums, means, and how many are known."""
    measured = tuple(entity.measured.values())
    for name, values, words, description in (
        (
            "Ends",
            ends_of(entity),
            "",
            "The smallest or the largest values of {}; nulls do not count 极值",
        ),
        ("Sums", amounts_of(entity), "Float", "Sums over {}; null where no row has a value 合计"),
        (
            "Means",
            measured,
            "Float",
            "Means or medians over {}; null where no row has a value 平均",
        ),
        ("Known", measured, "Int", "How many of {} have a value 有值数"),
    ):
        if values:
            fields = [measured_field(entity, value, words) for value in values]
            object_type(f"{entity.name}{name}", description.format(f"{entity.name} rows"), fields)


def measured_field(entity: Entity, value: Value, words: str) -> Answered:
    """A value of `Measured`, of its own type where no other is named; a count is never null."""

    def answer(measured: Measured, _context: Context, _given: Given) -> object:
        return measured.group.measure(measured.make(value))

    optional = "" if words == "Int" else " | None"
    text = limits_of(entity, value) if words == "Float" else ""
    words = words or leaf_name(value.leaf)
    return field(value.name, words + optional, text + value.description, answer)


def limits_of(entity: Entity, value: Value) -> str:
    """What keeps a value from being added up over all rows."""
    if value.within is None:
        return ""
    edges = (edge.name for edge in entity.edges if edge.via == value.within)
    return f"Null over more than one {next(edges, value.within)}: group by it, or ask one. "


def measure_fields(entity: Entity) -> Iterator[Answered]:
    """The measures of a group."""
    of = argument("of", f"{entity.name}Path", "What is counted 计数对象")
    different = "Different values at the end of a path: people behind mandates 去重计数"
    yield field("count", "Int", "Number of rows 数量", _count)
    yield field("countDistinct", "Int", different, _distinct(entity), [of])
    held = {"Ends": ends_of(entity), "Sums": amounts_of(entity)}
    for name, description in DESCRIPTIONS.items():
        kind, make = MEASURES[name]
        if held.get(kind, entity.measured):
            yield field(name, f"{entity.name}{kind}", description, _measured(make))


Make: TypeAlias = Callable[[Value], End | Summary]

MEASURES: Mapping[str, tuple[str, Make]] = {
    "min": ("Ends", partial(End, Extreme.MIN)),
    "max": ("Ends", partial(End, Extreme.MAX)),
    "sum": ("Sums", partial(Summary, Statistic.SUM)),
    "average": ("Means", partial(Summary, Statistic.AVERAGE)),
    "median": ("Means", partial(Summary, Statistic.MEDIAN)),
    "known": ("Known", partial(Summary, Statistic.KNOWN)),
}
"""The fields that measure values: how the name of their type ends, and what they measure."""

DESCRIPTIONS = {
    "min": "Smallest values 最小值",
    "max": "Largest values 最大值",
    "sum": "Sums of the values that are known, see `known` 合计",
    "average": "Averages of the values that are known, see `known` 平均值",
    "median": "Medians of the values that are known, see `known` 中位数",
    "known": "How many rows have a value; the others are unknown, not zero 有值数",
}


def _count(group: Group, _context: Context, _given: Given) -> object:
    return group.measure(Count())


def _distinct(entity: Entity) -> Answer:
    return lambda group, _, given: group.measure(Distinct(read_path(entity, given["of"])))


def _measured(make: Make) -> Answer:
    return lambda group, *_: Measured(group, make)


def groups_field(entity: Entity) -> Answered:
    """The groups of an aggregate."""

    async def answer(whole: Group, _context: Context, given: Given) -> list[Group]:
        grouping = read_grouping(entity, given)
        rows = await whole.connection.grouped(grouping, Count())
        return [Group(whole.connection, grouping, at) for at in range(len(rows))]

    by = f"1 to {MAX_KEYS} fields, of the row or over to-one edges 分组字段"
    order = "In which order; the largest first where it leaves it open 分组排序"
    first = f"So many groups, at most {MAX_GROUPS}, {DEFAULT_GROUPS} by default 前若干组"
    return field(
        "groupBy",
        f"list[{entity.name}AggregateGroup]",
        "The rows in groups 分组",
        answer,
        [
            argument("by", f"list[{entity.name}Path]", by),
            argument("first", "Int | None", first),
            argument("having", f"{entity.name}Having | None", "Which groups 分组筛选"),
            argument("orderBy", f"list[{entity.name}GroupOrder] | None", order),
        ],
    )


def keys_field() -> Answered:
    """The keys of a group."""
    return field("keys", "list[GroupKey]", "What its rows share 分组键", lambda it, *_: it.keys())


def aggregate_field(entity: Entity) -> Answered:
    """The field of a connection."""
    text = "What its rows come to, all pages together 汇总"
    return field("aggregate", f"{entity.name}Aggregate", text, lambda it, *_: Group(it))
