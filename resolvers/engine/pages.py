"""Pages of connections summed up: their lists, whether there are more rows, the cursors."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Boolean, FromClause, and_, func, literal, literal_column, select

from resolvers.engine.json_sql import JsonObject, as_ordered_list
from resolvers.engine.selected import PageInfo, TypeName
from resolvers.sql import Page
from schema.declare import Expression

CURSOR, MORE, FIRST, LAST = "_cursor", "_more", "_first", "_last"
"""Columns besides the lists: no response key begins so without a second underscore."""


def summarize(scan: FromClause, page: Page, lists: Iterable[str]) -> FromClause:
    """One row: the lists of a scanned page in order, whether there are more rows, the cursors."""
    rows = select(
        *scan.c, func.row_number().over().label("_n"), func.count().over().label("_total")
    ).subquery()
    number: Expression = rows.c["_n"]
    size: Expression = literal_column(str(page.size))
    last = func.least(rows.c["_total"], size)
    turned = number.desc() if page.is_backward else number.asc()
    return (
        select(
            *(as_ordered_list(rows.c[key], turned, number <= size).label(key) for key in lists),
            (func.count() > size).label(MORE),
            _cursor_at(rows, literal_column("1"), size).label(FIRST),
            _cursor_at(rows, last, size).label(LAST),
        )
        .select_from(rows)
        .subquery()
    )


def _cursor_at(rows: FromClause, place: Expression, size: Expression) -> Expression:
    number = rows.c["_n"]
    return func.max(rows.c[CURSOR]).filter(and_(number == place, number <= size))


def page_info(selected: PageInfo, page: Page, summary: FromClause) -> Expression:
    """`pageInfo` of a summed page."""
    more = summary.c[MORE]
    ends = (summary.c[FIRST], summary.c[LAST])
    start, end = ends[::-1] if page.is_backward else ends
    values = {
        "hasNextPage": _flag(page.before) if page.is_backward else more,
        "hasPreviousPage": more if page.is_backward else _flag(page.after),
        "startCursor": start,
        "endCursor": end,
    }
    return JsonObject(
        {
            key: literal(name.name) if isinstance(name, TypeName) else values[name]
            for key, name in selected.fields.items()
        }
    )


def _flag(bound: object) -> Expression:
    return literal_column("false" if bound is None else "true", Boolean)
