"""The words in which tables are declared. A column's comment is its description everywhere.

`golden(...)` marks tables whose rows are computed from source records. Text
columns that hold a closed list are `listed(SomeEnum)`: the member's name is stored.
Columns with `info={"restricted": True}` hold personal data that only a granted key may read.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Index,
    MetaData,
    Sequence,
    Table,
    Text,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from hub.subjects.members import MemberRole

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


BOOKKEEPING = frozenset({"id", "main_record_id", "other_winners", "updated_at"})
"""Columns of every golden table that no source states."""

STEP = Sequence("step", metadata=metadata)
"""Numbers what happens to records, over all tables that tell of it."""


class Quantity(Enum):
    """What the numbers of a column come to over many rows."""

    AMOUNT = "They add up, and have a mean"
    DEGREE = "They have a mean, but add up to nothing: shares, ratings, marks"


def listed(name: str, values: type[Enum], comment: str, *, nullable: bool = True) -> Column[Any]:
    """A text column that holds the name of a member of `values`."""
    return Column(name, Text, nullable=nullable, comment=comment, info={"enum": values})


def plain(name: str, comment: str, kind: Any = Text, *, nullable: bool = True) -> Column[Any]:
    """A public column."""
    return Column(name, kind, nullable=nullable, comment=comment)


def restricted(name: str, comment: str) -> Column[Any]:
    """A column of personal data: null in the graph unless the caller's key may read it."""
    return Column(name, Text, comment=f"{comment} Restricted.", info={"restricted": True})


def derived(column: Column[Any]) -> Column[Any]:
    """A column that the hub works out; no field of a record feeds it."""
    column.info["derived"] = True
    return column


def amount(column: Column[Any], within: str | None = None) -> Column[Any]:
    """A column whose values add up; with `within` only those of rows alike in that column."""
    column.info.update(quantity=Quantity.AMOUNT, within=within)
    return column


def degree(column: Column[Any]) -> Column[Any]:
    """A column whose values have a mean but no sum that means anything."""
    column.info["quantity"] = Quantity.DEGREE
    return column


def link(name: str, target: str, comment: str, *, nullable: bool = True) -> Column[Any]:
    """A column that holds the id of a row of `target`.

    No foreign key of the database: its test of each row would take 30 % of a load. The intake
    keeps the links whole, and `hub doctor` and the tests look for dangling ones.
    """
    return Column(name, Uuid, nullable=nullable, comment=comment, info={"target": target})


def key() -> Column[Any]:
    """The id of a row."""
    return Column("id", Uuid, primary_key=True, comment="Id of the row (UUIDv7)")


def golden(name: str, *columns: Any, orders: tuple[str, ...] = ()) -> Table:
    """A table of golden rows: besides its columns each row keeps which records won.

    `main_record_id` is the record that wins every field but those in `other_winners`
    ({field: record or pin id}). `orders` names the columns that lists are ordered by.
    """
    return Table(
        name,
        metadata,
        key(),
        *columns,
        Column("main_record_id", Uuid, comment="Record that wins unless other_winners says else"),
        Column("other_winners", JSONB, comment="{field: id of the record that won it}"),
        Column(
            "updated_at",
            DateTime(timezone=True),
            nullable=False,
            server_default=func.now(),
            comment="Time of the last change of the row",
        ),
        info={"orders": orders},
    )


def membership(
    name: str, container: str, member: str = "deputy", roles: type[Enum] = MemberRole
) -> Table:
    """Pairs of a row of `container` and a row of `member`, with role and dates; each pair once."""
    return Table(
        name,
        metadata,
        Column(
            f"{container}_id", Uuid, primary_key=True, info={"target": container}, comment="Where"
        ),
        Column(
            f"{member}_id",
            Uuid,
            primary_key=True,
            info={"target": member},
            comment="Whose mandate 代表" if member == "deputy" else "Who",
        ),
        listed("role", roles, "Role 角色"),
        plain("start_date", "First day 起始日期", Date),
        plain("end_date", "Last day 终止日期", Date),
        Column("record_id", Uuid, nullable=False, comment="Record that states it"),
        Index(f"ix_{name}_{member}_id", f"{member}_id"),
    )


def own_columns(table: Table) -> tuple[Column[Any], ...]:
    """The columns of a golden table that hold values: no ids, no links, no bookkeeping."""
    return tuple(
        column
        for column in table.columns
        if column.name not in BOOKKEEPING and "target" not in column.info
    )
