"""The statements that loaders run: one for any number of parents, whatever the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Text,
    Uuid,
    bindparam,
    cast,
    column,
    func,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

from resolvers.sql import (
    MEMBER,
    Bind,
    Grouping,
    Measure,
    Page,
    Param,
    Source,
    grouped,
    rows_of,
    shown_key,
    target_of,
)
from schema.declare import Edge, Entity, Expression, Listing, Lookup, Row, Scalar, Shape

Keys = Sequence[tuple[object, ...]]

KEY = "_key_"
"""Prefix of the columns that hold what edges start from."""

CURSOR = "_cursor"


def columns_of(entity: Entity, row: Row, reads_restricted: bool) -> list[ColumnElement[Any]]:
    """All values of a row, JSON as the text that PostgreSQL has for it, and its edges' keys."""
    read = {value: value.read(row, reads_restricted) for value in entity.values}
    keys = {key for edge in entity.edges for key in edge.keys}
    return [
        *(
            (cast(found, Text) if value.leaf is Scalar.JSON else found).label(value.name)
            for value, found in read.items()
        ),
        *(row.c[key].label(KEY + key) for key in sorted(keys)),
    ]


def select_nodes(entity: Entity, ids: Sequence[UUID], reads_restricted: bool) -> Select[Any]:
    """Rows by id, each with the id that was asked for as `_asked`."""
    row, asked = rows_of(entity), _given([(key,) for key in ids], ("id",))
    id_ = asked.c.id if entity.resolve_id is None else entity.resolve_id(asked.c.id)
    found = asked.join(row, row.c.id == id_)
    columns = columns_of(entity, row, reads_restricted)
    return select(asked.c.id.label("_asked"), *columns).select_from(found)


def select_lookup(
    lookup: Lookup, entity: Entity, given: dict[str, Param], reads_restricted: bool
) -> Select[Any]:
    """The one row that a look-up finds."""
    row = rows_of(entity)
    found = select(*columns_of(entity, row, reads_restricted)).where(
        lookup.match(row, {name: item.bound() for name, item in given.items()})
    )
    if lookup.order is not None:
        found = found.order_by(*lookup.order(row))
    return found.limit(1)


def select_listing(
    listing: Listing, entity: Entity, given: dict[str, Param], reads_restricted: bool
) -> Select[Any]:
    """The rows that a listing finds."""
    row = listing.rows({name: item.bound() for name, item in given.items()}).subquery()
    columns = columns_of(entity, row, reads_restricted)
    return select(*columns).select_from(row).order_by(*listing.order(row))


def select_edge(edge: Edge, keys: Keys, page: Page | None, reads_restricted: bool) -> Select[Any]:
    """The rows that an edge leads to from each of `keys`, in order within each."""
    own = _given(keys, edge.keys)
    rows = Source.of(target_of(edge), edge, own, reads_restricted=reads_restricted)
    if page is not None:
        return _for_each(own, edge, _paged(page, rows, reads_restricted))
    found = select(*columns_of(rows.entity, rows.row, reads_restricted))
    found = found.select_from(rows.source).where(*rows.match)
    return _for_each(own, edge, _one_or_list(found, edge, rows.row))


def select_page(entity: Entity, page: Page, reads_restricted: bool) -> Select[Any]:
    """A page of all rows of an entity."""
    return _paged(page, Source.of(entity, None, None), reads_restricted)


Keeps: TypeAlias = Callable[[Page, Source, Bind], Expression]
"""Which rows of a page are counted: `kept` or `undated`."""


def count_edge(edge: Edge, keys: Keys, page: Page, keeps: Keeps) -> Select[Any]:
    """How many rows an edge leads to from each of `keys`."""
    own = _given(keys, edge.keys)
    return _for_each(own, edge, _count(Source.of(target_of(edge), edge, own), page, keeps))


def count_all(entity: Entity, page: Page, keeps: Keeps) -> Select[Any]:
    """How many rows of an entity there are."""
    return _count(Source.of(entity, None, None), page, keeps)


def _count(rows: Source, page: Page, keeps: Keeps) -> Select[Any]:
    counted = select(func.count().label("count")).select_from(rows.source)
    return counted.where(*rows.match, keeps(page, rows, Param.bound))


def select_groups(
    entity: Entity,
    page: Page,
    grouping: Grouping,
    measure: Measure,
    edge: Edge | None,
    keys: Keys,
) -> Select[Any]:
    """A measure of groups, from each of `keys` where an edge leads to the rows; keys as JSON."""
    own = None if edge is None else _given(keys, edge.keys)

    def rows() -> Source:
        return Source.of(entity, edge, own)

    groups = grouped(rows, page, Param.bound, grouping, [measure])
    shown: Select[Any] = groups.with_only_columns(  # type: ignore[assignment]
        *(
            cast(
                func.to_json(shown_key(path, groups.selected_columns[f"k{at}"], entity)), Text
            ).label(f"k{at}")
            for at, path in enumerate(grouping.by)
        ),
        groups.selected_columns["m0"].label("m0"),
    )
    return shown if edge is None or own is None else _for_each(own, edge, shown)


def _paged(page: Page, rows: Source, reads_restricted: bool) -> Select[Any]:
    """One row more than asked for, to tell whether there are more."""
    found = page.rows(rows, Param.bound, more=1)
    members = (item for item in found.c if item.name.startswith(MEMBER))
    columns = columns_of(rows.entity, found, reads_restricted)
    return select(*columns, *members, page.cursor(found).label(CURSOR)).select_from(found)


def _one_or_list(found: Select[Any], edge: Edge, row: Row) -> Select[Any]:
    if edge.order is not None:
        found = found.order_by(*edge.order(row))
    if "id" in row.c:
        found = found.order_by(row.c.id)
    return found.limit(1) if edge.shape is Shape.ONE else found


def _for_each(own: Row, edge: Edge, found: Select[Any]) -> Select[Any]:
    """Run `found` for each key. A nested loop keeps the order of the rows within a key."""
    lateral = found.correlate(own).lateral("found")
    keys = [own.c[key].label(f"_own_{at}") for at, key in enumerate(edge.keys)]
    return select(*keys, *lateral.c).select_from(own.join(lateral, true()))


def _given(keys: Keys, names: Sequence[str]) -> FromClause:
    """The keys as a table."""
    types = [Uuid() if isinstance(key, UUID) else Text() for key in keys[0]]
    arrays = [
        bindparam(None, list(items), ARRAY(kind))
        for items, kind in zip(zip(*keys, strict=True), types, strict=True)
    ]
    named = [column(name, kind) for name, kind in zip(names, types, strict=True)]
    return func.unnest(*arrays).table_valued(*named, name="own").render_derived()
