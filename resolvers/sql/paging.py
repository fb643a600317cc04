"""Keyset paging: what a page holds, and cursors that name a place in the order."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text, and_, cast, false, func, literal, select

from hub.errors import Code, HubError
from hub.values import is_keepable
from resolvers.sql.conditions import Test, check_size, read_where
from resolvers.sql.keyset import Place, Span, rows_between
from resolvers.sql.ordering import Ordering, read_order
from resolvers.sql.page_rows import KeptIds, PageRows
from resolvers.sql.params import Bind, Param, param
from resolvers.sql.rows import Source
from schema.declare import Entity, Expression, Leaf, Scalar

DEFAULT_SIZE = 20
MAX_SIZE = 100


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows of a connection are asked for, in which order; equal for pages of one form."""

    size: int
    span: Span
    where: Test
    as_of: Param | None
    params: tuple[Param, ...] = field(compare=False)

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for pages that ask for the same."""
        return self, *(param.value for param in self.params)

    def rows(self, rows: Source, bind: Bind, more: int = 0) -> PageRows:
        """The rows of the page, and so many more; backward in the reverse order."""

        def keep(found: Source) -> Expression:
            return kept(self, found, bind)

        return rows_between(self.span, rows, keep, bind, self.size + more)

    def find_once(self, rows: Source, bind: Bind) -> KeptIds | None:
        """The ids of the rows that `where` keeps, where finding them takes more than their page.

        A page of few rows among many is read along its order, each row tried; a count has to find
        them all. What needs both is better off finding them once and ordering what it found.
        """
        if not self.where.is_far:
            return None
        found = select(rows.row.c.id).select_from(rows.source)
        found = found.where(*rows.match, kept(self, rows, bind))
        return KeptIds(found.correlate_except(*rows.own))

    def cursor(self, rows: PageRows) -> Expression:
        """The cursor of a row: JSON of the order and the row's values in it, as base64url."""
        signature = literal(_signature(self.span.orderings))
        place = cast(func.json_build_array(signature, *rows.keys), Text)
        encoded = func.encode(func.convert_to(place, "UTF8"), "base64")
        return func.translate(encoded, "+/=\n", "-_", type_=Text)


def read_page(entity: Entity, given: Mapping[str, Any]) -> Page:
    """The page that the arguments of a connection ask for.

    Raises HubError BAD_INPUT or BAD_CURSOR.
    """
    first, last = given.get("first"), given.get("last")
    if first is not None and last is not None:
        raise HubError(Code.BAD_INPUT, "first and last are both given. Give one of them.")
    where = given.get("where") or {}
    check_size(where)
    params: list[Param] = []
    test = read_where(entity, where, params)
    orderings = read_order(entity, given.get("orderBy"))
    as_of = None if given.get("asOf") is None else param(Scalar.DATE, given["asOf"])
    params += [] if as_of is None else [as_of]
    size = _size("first", first) if last is None else _size("last", last)
    after, before = (_place(given.get(name), orderings) for name in ("after", "before"))
    params += filter(None, (*(after or ()), *(before or ())))
    span = Span(orderings, last is not None, after, before)
    return Page(size, span, test, as_of, tuple(params))


def _size(name: str, size: int | None) -> int:
    if size is None:
        return DEFAULT_SIZE
    if not 0 <= size <= MAX_SIZE:
        raise HubError(
            Code.BAD_INPUT,
            f"{name} is {size}. Ask for 0 to {MAX_SIZE} at once, and go on with the cursor.",
        )
    return size


# --- Cursors -------------------------------------------------------------------------------------


def _signature(orderings: tuple[Ordering, ...]) -> str:
    return ",".join(ordering.name for ordering in orderings)


def _place(text: str | None, orderings: tuple[Ordering, ...]) -> Place | None:
    if text is None:
        return None
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        signature, *values = json.loads(base64.b64decode(padded, b"-_", validate=True))
        if signature == _signature(orderings):
            pairs = zip(orderings, values, strict=True)
            return tuple(_param(ordering, value) for ordering, value in pairs)
    except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError):
        pass
    raise HubError(
        Code.BAD_CURSOR,
        "The cursor is not one of this list in this order. Take it from the endCursor or "
        "startCursor of an answer to the same list with the same orderBy.",
    )


READERS: dict[Leaf, Any] = {
    Scalar.ID: UUID,
    Scalar.DATE: date.fromisoformat,
    Scalar.DATE_TIME: lambda text: datetime.fromisoformat(text).astimezone(UTC),
}
INTEGERS = range(-(2**31), 2**31)
TYPES: dict[Leaf, tuple[type, ...]] = {
    Scalar.INT: (int,),
    Scalar.FLOAT: (float, int),
    Scalar.BOOLEAN: (bool,),
}


def _param(ordering: Ordering, value: object) -> Param | None:
    found = _value(ordering, value)
    return None if found is None else param(ordering.value.leaf, found)


def _value(ordering: Ordering, value: object) -> object:
    leaf = ordering.value.leaf
    if value is None:
        if not ordering.is_nullable:
            raise ValueError(ordering.name)
        return None
    if type(value) not in TYPES.get(leaf, (str,)):
        raise TypeError(ordering.name)
    if isinstance(value, str) and not is_keepable(value):
        raise ValueError(ordering.name)
    if leaf is Scalar.INT and value not in INTEGERS:
        raise ValueError(ordering.name)
    return READERS[leaf](value) if leaf in READERS else value


# --- Conditions ----------------------------------------------------------------------------------


def kept(page: Page, rows: Source, bind: Bind) -> Expression:
    """The condition that keeps the rows asked for: those of `where` that held on the day."""
    if rows.kept is not None:
        return rows.row.c.id.in_(select(rows.kept.c.id))
    where = page.where.build(rows.entity, rows.row, bind)
    return where if page.as_of is None else and_(where, held_on(page.as_of, rows, bind))


def undated(page: Page, rows: Source, bind: Bind) -> Expression:
    """The condition that keeps the rows of which the days known do not tell if they held."""
    if page.as_of is None:
        return false()
    where = page.where.build(rows.entity, rows.row, bind)
    return and_(where, held_on(page.as_of, rows, bind).is_(None))


def held_on(day: Param, rows: Source, bind: Bind) -> Expression:
    """Whether a row, and the membership that led to it, held on a day; null where that is open."""
    edge = rows.edge
    found = [] if rows.entity.period is None else [rows.entity.period.held_on(rows.row, bind(day))]
    if edge is not None and edge.through is not None and rows.member is not None:
        found.append(edge.through.period.held_on(rows.member, bind(day)))
    return and_(*found)
