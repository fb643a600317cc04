"""Pages of connections summed up: their lists, whether there are more rows, the cursors."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Boolean, FromClause, and_, func, literal, literal_column, select

from resolvers.engine.json_sql import JsonObject, as_ordered_list
from resolvers.engine.selected import PageInfo, TypeName
from resolvers.sql import Page, PageRows
from schema.declare import Expression

NUMBER, TOTAL = "_number", "_total"
MORE, FIRST, LAST = "more", "first", "last"


def numbered(rows: PageRows) -> PageRows:
    """The rows of a page in the order in which they were read, with their number and count."""
    return rows.numbered(func.row_number().over().label(NUMBER), func.count().over().label(TOTAL))


def summarize(rows: PageRows, page: Page, items: Iterable[Expression]) -> FromClause:
    """One row: the lists of what the numbered rows show, `list_0` and so on; the ends.

    What is not kept, as the row that only tells that there are more, is not even worked out.
    """
    number: Expression = rows.c[NUMBER]
    size: Expression = literal_column(str(page.size))
    last = func.least(rows.c[TOTAL], size)
    turned = number.desc() if page.span.is_backward else number.asc()
    lists = (as_ordered_list(item, turned, number <= size) for item in items)

    def cursor_at(place: Expression) -> Expression:
        is_there = and_(number == place, number <= size)
        return func.max(page.cursor(rows)).filter(is_there)

    return (
        select(
            *(item.label(list_name(at)) for at, item in enumerate(lists)),
            (func.count() > size).label(MORE),
            cursor_at(literal_column("1")).label(FIRST),
            cursor_at(last).label(LAST),
        )
        .select_from(rows)
        .subquery()
    )


def list_name(at: int) -> str:
    """The column of a list: by its place, since the names in the answer are the client's."""
    return f"list_{at}"


def page_info(selected: PageInfo, page: Page, summary: FromClause) -> Expression:
    """`pageInfo` of a summed page."""
    is_backward, after, before = page.span.is_backward, page.span.after, page.span.before
    more = summary.c[MORE]
    ends = (summary.c[FIRST], summary.c[LAST])
    start, end = ends[::-1] if is_backward else ends
    values = {
        "hasNextPage": _flag(before) if is_backward else more,
        "hasPreviousPage": more if is_backward else _flag(after),
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
