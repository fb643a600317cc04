"""The statement of an operation: correlated subqueries that build the answer inside PostgreSQL.

Every object is `SELECT row_to_json(o) FROM (SELECT value AS "key", …) AS o`, every list an ARRAY of
objects: compact JSON, in the order of the answer, with any number of keys. What the caller asks
differently each time stands as `$1`, `$2`; everything else is written out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias
from typing import cast as typed

from sqlalchemy import (
    FromClause,
    Text,
    Uuid,
    case,
    cast,
    column,
    func,
    literal,
    literal_column,
    null,
    select,
)
from sqlalchemy.dialects.postgresql import JSON, array
from sqlalchemy.dialects.postgresql.asyncpg import dialect

from resolvers.engine.forms import Form, Id, Ids, Values
from resolvers.engine.json_sql import JsonObject, as_list, never_null, one, or_fail
from resolvers.engine.pages import list_name, numbered, page_info, summarize
from resolvers.engine.selected import (
    Aggregated,
    AggregateField,
    AnyNode,
    Connected,
    DistinctOf,
    Fields,
    Found,
    Itself,
    Keys,
    Leaf,
    Linked,
    NodeById,
    Nodes,
    NodesById,
    PageInfo,
    Rows,
    Selected,
    TotalCount,
    TypeName,
    UndatedCount,
)
from resolvers.sql import (
    ALL,
    Count,
    Distinct,
    End,
    Grouping,
    Measure,
    Page,
    PageRows,
    Param,
    Path,
    Source,
    Summary,
    With,
    grouped,
    join,
    kept,
    rows_of,
    shown_key,
    target_of,
    undated,
)
from schema.declare import Entity, Expression, Row, Shape
from schema.registry import ENTITY, NODES

DIALECT = dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a selection stands: the row, and the page that it is of."""

    entity: Entity
    row: Row
    page: Page | None = None


@dataclass(slots=True)
class Writer:
    """Writes one statement for forms of these shapes and a caller of one access class."""

    forms: Sequence[Form]
    reads_restricted: bool
    params: list[Param] = field(default_factory=list)

    def statement(self, fields: Fields) -> str:
        """The statement that answers a query's root fields, in one row of one JSON column."""
        columns = {key: self._root(selected) for key, selected in fields.items()}
        written = select(JsonObject(columns)).compile(
            dialect=DIALECT, compile_kwargs={"literal_binds": True}
        )
        return str(written)

    def bind(self, item: Param) -> Expression:
        """The place of a value, one for each, numbered by first use."""
        known = [id(param) for param in self.params]
        if id(item) not in known:
            known.append(id(item))
            self.params.append(item)
        number = known.index(id(item)) + 1
        kind = item.type.compile(dialect=DIALECT)
        return literal_column(f"${number}::{kind}", item.type)

    # --- Root fields -----------------------------------------------------------------------------

    def _root(self, selected: Selected) -> Expression:
        match selected:
            case TypeName():
                return literal(selected.name)
            case NodeById():
                return self._node(selected)
            case NodesById():
                return self._nodes(selected)
            case Found():
                return self._found(selected)
            case Rows():
                return self._rows(selected)
            case Connected():
                return self._connected(None, selected)
        raise TypeError(selected)

    def _node(self, selected: NodeById) -> Expression:
        form = typed(Id, self.forms[selected.form])
        entity, (key,) = NODES[form.type], form.params
        return self._by_id(entity, rows_of(entity), self.bind(key), selected.by_type[form.type])

    def _nodes(self, selected: NodesById) -> Expression:
        form = typed(Ids, self.forms[selected.form])
        types, keys = map(self.bind, form.params)
        asked = (
            func.unnest(types, keys)
            .table_valued(column("name", Text), column("id", Uuid), with_ordinality="place")
            .render_derived()
        )
        found = self._any_node(selected.by_type, form.types, asked.c.name, asked.c.id)
        return as_list(select(found).select_from(asked).order_by(asked.c.place))

    def _found(self, selected: Found) -> Expression:
        form = typed(Values, self.forms[selected.form])
        given = {name: self.bind(item) for name, item in form.by_name().items()}
        entity, row = selected.entity, rows_of(selected.entity)
        if selected.lookup is None:
            return self._by_id(entity, row, given["id"], selected.fields)
        found = select(self.object(Place(entity, row), selected.fields)).where(
            selected.lookup.match(row, given)
        )
        if selected.lookup.order is not None:
            found = found.order_by(*selected.lookup.order(row))
        linked = one(found.limit(literal_column("1")), row)
        if selected.lookup.must_exist is None:
            return linked
        return or_fail(linked, selected.lookup.must_exist(given), rows_of(entity))

    def _by_id(self, entity: Entity, row: Row, key: Expression, fields: Fields) -> Expression:
        current = key if entity.resolve_id is None else entity.resolve_id(key)
        return one(select(self.object(Place(entity, row), fields)).where(row.c.id == current), row)

    def _any_node(
        self,
        by_type: Mapping[str, Fields],
        types: frozenset[str],
        name: Expression,
        key: Expression,
    ) -> Expression:
        """The row of whichever of the types."""
        whens = [
            (name == type_, self._by_id(NODES[type_], rows_of(NODES[type_]), key, by_type[type_]))
            for type_ in sorted(types)
        ]
        return case(*whens, else_=null()) if whens else cast(null(), JSON)

    def _rows(self, selected: Rows) -> Expression:
        form = typed(Values, self.forms[selected.form])
        listing = selected.listing
        row = listing.rows({name: self.bind(item) for name, item in form.by_name().items()})
        found = row.subquery()
        place = Place(ENTITY[listing.target], found)
        return as_list(
            select(self.object(place, selected.fields))
            .select_from(found)
            .order_by(*listing.order(found)),
            found,
        )

    # --- Objects ---------------------------------------------------------------------------------

    def object(self, place: Place, fields: Fields) -> Expression:
        """A row as a JSON object."""
        return JsonObject({key: self._field(place, item) for key, item in fields.items()})

    def _field(self, place: Place, selected: Selected) -> Expression:
        match selected:
            case TypeName():
                return literal(selected.name)
            case Leaf():
                return self._leaf(place, selected)
            case Linked():
                return self._linked(place.row, selected)
            case AnyNode():
                type_, key = (place.row.c[name] for name in selected.edge.keys)
                return self._any_node(selected.by_type, frozenset(selected.by_type), type_, key)
            case Connected():
                return self._connected(place.row, selected)
            case Itself():
                return self._itself(place, selected)
        raise TypeError(selected)

    def _leaf(self, place: Place, selected: Leaf) -> Expression:
        if selected.is_member:
            return typed(PageRows, place.row).read_member(selected.value)
        return selected.value.read(place.row, self.reads_restricted)

    def _itself(self, place: Place, selected: Itself) -> Expression:
        if selected.fields is None:
            return typed(Page, place.page).cursor(typed(PageRows, place.row))
        return self.object(place, selected.fields)

    def _linked(self, own: Row, selected: Linked) -> Expression:
        edge = selected.edge
        entity = target_of(edge)
        row = rows_of(entity, edge, reads_restricted=self.reads_restricted)
        source, member, match = join(edge, own, row)
        found = select(self.object(Place(entity, row), selected.fields))
        found = found.select_from(source).where(match)
        if edge.order is not None:
            found = found.order_by(*edge.order(row))
        if "id" in row.c and not (edge.shape is Shape.ONE and edge.via is not None):
            found = found.order_by(row.c.id)
        if edge.shape is Shape.LIST:
            return as_list(found, row, member)
        linked = one(found.limit(literal_column("1")), row, member)
        return linked if edge.is_nullable else never_null(linked, own, edge)

    # --- Connections -----------------------------------------------------------------------------

    def _connected(self, own: Row | None, selected: Connected) -> Expression:
        page = typed(Page, self.forms[selected.form])
        rows = Source.of(selected.entity, selected.edge, own)
        items = [type(item) for item in selected.fields.values()]
        is_counted = len({TotalCount, Aggregated, Nodes, PageInfo} & set(items)) > 1
        ids = page.find_once(rows, self.bind) if is_counted else None
        if ids is None:
            return self._connection(selected, page, rows)
        return With(ids, self._connection(selected, page, replace(rows, kept=ids)))

    def _connection(self, selected: Connected, page: Page, rows: Source) -> Expression:
        lists = [item for item in selected.fields.values() if isinstance(item, Nodes)]
        has_page_info = any(isinstance(item, PageInfo) for item in selected.fields.values())
        if has_page_info or page.span.is_backward or len(lists) > 1:
            return self._whole_page(selected, page, rows)
        return JsonObject(
            {key: self._part(item, page, rows) for key, item in selected.fields.items()}
        )

    def _part(self, selected: Selected, page: Page, rows: Source) -> Expression:
        match selected:
            case TypeName():
                return literal(selected.name)
            case TotalCount() if rows.kept is not None:
                return one(select(func.count()).select_from(rows.kept), rows.kept)
            case TotalCount():
                return self._count(kept(page, rows, self.bind), rows)
            case UndatedCount():
                return self._undated(page, rows)
            case Aggregated():
                return self._aggregated(selected, page, rows)
            case Nodes():
                found = page.rows(rows, self.bind)
                shown = self.object(Place(rows.entity, found, page), selected.fields)
                return as_list(select(shown).select_from(found), found)
        raise TypeError(selected)

    def _undated(self, page: Page, rows: Source) -> Expression:
        if page.as_of is None:
            return cast(null(), JSON)
        return self._count(undated(page, rows, self.bind), rows)

    def _count(self, condition: Expression, rows: Source) -> Expression:
        return one(
            select(func.count()).select_from(rows.source).where(*rows.match, condition), *rows.own
        )

    def _aggregated(self, selected: Aggregated, page: Page, rows: Source) -> Expression:
        """The object of an aggregate, or the list of the groups of a `groupBy`."""
        grouping = ALL
        if selected.grouping is not None:
            grouping = typed(Grouping, self.forms[selected.grouping])
        measures: list[Measure] = []
        columns = {
            key: self._measured(item, measures, page, rows) for key, item in selected.fields.items()
        }
        groups = grouped(rows.again, page, self.bind, grouping, measures).subquery()
        filled = {key: make(groups, grouping) for key, make in columns.items()}
        found = select(JsonObject(filled)).select_from(groups)
        return one(found, groups) if selected.grouping is None else as_list(found, groups)

    def _measured(
        self, selected: AggregateField, measures: list[Measure], page: Page, rows: Source
    ) -> Made:
        """How a field of an aggregate is made of the groups; its measure is added to `measures`."""
        match selected:
            case TypeName():
                return lambda *_: literal(selected.name)
            case Keys():
                return lambda groups, grouping: keys_of(selected, groups, grouping, rows.entity)
            case Aggregated():
                return lambda *_: self._aggregated(selected, page, rows)
            case DistinctOf():
                return add(measures, Distinct(typed(Path, self.forms[selected.form])))
            case Count() | End() | Summary():
                return add(measures, selected)
            case values:
                made = {
                    key: self._measured(item, measures, page, rows) for key, item in values.items()
                }
                return lambda groups, grouping: JsonObject(
                    {key: make(groups, grouping) for key, make in made.items()}
                )

    def _whole_page(self, selected: Connected, page: Page, rows: Source) -> Expression:
        """A page whose parts share one scan, of one row more than asked for."""
        lists = {key: item for key, item in selected.fields.items() if isinstance(item, Nodes)}
        found = numbered(page.rows(rows, self.bind, more=1))
        place = Place(rows.entity, found, page)
        items = [self.object(place, item.fields) for item in lists.values()]
        summary = summarize(found, page, items)
        made = {key: summary.c[list_name(at)] for at, key in enumerate(lists)}
        columns = {
            key: made[key] if key in made else self._summed(item, page, rows, summary)
            for key, item in selected.fields.items()
        }
        return one(select(JsonObject(columns)).select_from(summary), summary)

    def _summed(
        self, selected: Selected, page: Page, rows: Source, summary: FromClause
    ) -> Expression:
        if isinstance(selected, PageInfo):
            return page_info(selected, page, summary)
        return self._part(selected, page, rows)


# --- Groups --------------------------------------------------------------------------------------

Made: TypeAlias = Callable[[FromClause, Grouping], Expression]


def add(measures: list[Measure], measure: Measure) -> Made:
    """Add a measure; give its column of the groups."""
    measures.append(measure)
    name = f"m{len(measures) - 1}"
    return lambda groups, _: groups.c[name]


def keys_of(selected: Keys, groups: FromClause, grouping: Grouping, entity: Entity) -> Expression:
    """`keys` of a group."""
    made = [
        JsonObject(
            {
                key: key_field(name, path, groups.c[f"k{at}"], entity)
                for key, name in selected.fields.items()
            }
        )
        for at, path in enumerate(grouping.by)
    ]
    return func.array_to_json(array(made), type_=JSON)


def key_field(name: str, path: Path, key: Expression, entity: Entity) -> Expression:
    """A field of GroupKey."""
    if name == "value":
        return func.to_json(shown_key(path, key, entity), type_=JSON)
    return literal("GroupKey" if name == "__typename" else path.name)
