"""What lists are ordered by, as `orders` of a table: each such column has an index with the id.

The graph offers these orders and no others (`schema/columns.py`), so that a page from the middle
of any list is found as fast as its first one. Left out are texts that nobody sorts by, yes and no,
and most closed lists, whose names stand in no order that means something.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Index, MetaData, Table, UniqueConstraint


def orders_of(table: Table) -> tuple[str, ...]:
    """The columns that its subject declares rows of a table to be ordered by."""
    orders: tuple[str, ...] = table.info.get("orders", ())
    return orders


def index_orders(metadata: MetaData) -> None:
    """Add the indexes of all orders to the tables."""
    for table in metadata.tables.values():
        for name in orders_of(table):
            Index(f"ix_{table.name}_by_{name}", table.c[name], table.c.id)


def is_order(column: Column[Any]) -> bool:
    """Whether an index orders the rows by a column and the id."""
    return column.name in orders_of(column.table)


def is_indexed(column: Column[Any]) -> bool:
    """Whether an index finds the rows with a value of a column."""
    table = column.table
    keys = [key for key in table.constraints if isinstance(key, UniqueConstraint)]
    heads = [next(iter(each.columns)) for each in keys]
    heads += [next(iter(each.columns)) for each in table.indexes]
    return any(head is column for head in heads)
