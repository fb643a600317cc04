"""The statement of search: the best entries for a text, in one round over two kinds of index.

Each part is a CTE that runs only while those before it found too few:

`starts`  names that start with the text, read in the order of the index
`sounds`  names whose pinyin or initials start with it, likewise
`parts`   names and addresses that hold it elsewhere, by their characters
`heard`   names that hold its syllables elsewhere
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    SmallInteger,
    Text,
    and_,
    any_,
    case,
    cast,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    union_all,
    values,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, distinct_on

from hub.search.entries import ranks
from hub.subjects.divisions import division as division_table
from hub.subjects.search import SearchKind, SearchMatch, search_entry

Expression: TypeAlias = ColumnElement[Any]

TIER = {match: number for number, match in enumerate(SearchMatch)}
MAX_LOOKED_AT = 5000
"""Rows of which the best are chosen where a text stands inside more names than that."""

SAME_NAME, NAME_STARTS = TIER[SearchMatch.NAME], TIER[SearchMatch.NAME_START]


class Asked:
    """What a search asks: a document of `hub.search.query`, kinds, a division, a number."""

    def __init__(self, given: Mapping[str, Expression]) -> None:
        self.document = cast(given["text"], JSONB)
        self.division = given["division"]
        self.first = cast(given["first"], Integer)
        self.wanted = _wanted(given["kinds"])

    def text(self, name: str) -> Expression:
        """A text of the document; a query of its own, so that it is read once, not for each row."""
        return select(self.document[name].astext).scalar_subquery()

    def records(self, listed: str, **types: Any) -> FromClause:
        """A list of the document as a table."""
        columns = [column(key, type_) for key, type_ in types.items()]
        rows = func.jsonb_to_recordset(self.document[listed])
        return rows.table_valued(*columns, name=listed).render_derived(with_types=True)

    def characters(self) -> Expression:
        """The characters of the text."""
        each = func.jsonb_array_elements_text(self.document["characters"]).column_valued("each")
        return func.array(select(each).scalar_subquery(), type_=ARRAY(Text))

    def is_within(self, entry: FromClause) -> Expression:
        """Whether an entry lies in the division asked for, or below it."""
        division = division_table.alias()
        versions = select(func.array_agg(division.c.id)).where(division.c.code == self.division)
        inside = entry.c.division_ids.overlap(versions.scalar_subquery())
        return or_(self.division.is_(None), inside)

    def is_wanted(self, entry: FromClause) -> Expression:
        """Kind and division, as conditions that lead the planner to no index of theirs."""
        listed = select(self.wanted.c.rank).scalar_subquery()
        place = func.array_position(func.array(listed, type_=ARRAY(SmallInteger)), entry.c.rank)
        return and_(place.is_not(None), self.is_within(entry))

    def is_left(self, *before: CTE) -> Expression:
        """Whether earlier parts left room."""
        counts = [select(func.count()).select_from(part).scalar_subquery() for part in before]
        total: Expression = sum(counts[1:], start=counts[0])
        return total < self.first


def _wanted(kinds: Expression) -> FromClause:
    """The ranks of the kinds asked for; of all where none are."""
    rows = [(rank, kind.name) for kind in SearchKind for rank in ranks(kind)]
    every = values(column("rank", SmallInteger), column("kind", Text), name="every_rank").data(rows)
    return select(every).where(or_(kinds.is_(None), every.c.kind == any_(kinds))).subquery("wanted")


def find(given: Mapping[str, Expression]) -> Select[Any]:
    """The best entries for `text`, `kinds`, `division` and `first`, each row once, unordered.

    The order of the answer is that of `order_of`.
    """
    asked = Asked(given)
    starts = _starts(asked).cte("starts", nesting=True)
    sounds = _sounds(asked, starts).cte("sounds", nesting=True)
    parts = _parts(asked, starts, sounds).cte("parts", nesting=True)
    heard = _heard(asked, starts, sounds, parts).cte("heard", nesting=True)
    found = union_all(*(select(part) for part in (starts, sounds, parts, heard))).subquery("found")
    once = (
        select(found)
        .ext(distinct_on(found.c.entity_id))
        .order_by(found.c.entity_id, *order_of(found))
        .subquery("once")
    )
    wanted = asked.wanted
    return (
        select(once, wanted.c.kind)
        .join(wanted, wanted.c.rank == once.c.rank)
        .order_by(*order_of(once))
        .limit(asked.first)
    )


def order_of(row: FromClause) -> tuple[Expression, ...]:
    """The best match first, then what has not ended, then by kind and name."""
    return row.c.tier, row.c.rank, row.c.place, row.c.entity_id


def _shown(entry: FromClause, tier: Expression, place: Expression) -> tuple[Expression, ...]:
    shown = (entry.c.entity_id, entry.c.rank, entry.c.name)
    return (*shown, tier.label("tier"), place.label("place"))


def _starts(asked: Asked) -> Select[Any]:
    entry, wanted, low = search_entry.alias("entry"), asked.wanted, asked.text("low")
    tier = case((entry.c.folded == low, SAME_NAME), else_=NAME_STARTS)
    found = (
        select(*_shown(entry, tier, entry.c.folded))
        .where(
            entry.c.rank == wanted.c.rank,
            entry.c.folded >= low,
            entry.c.folded < asked.text("high"),
            asked.is_within(entry),
        )
        .order_by(entry.c.folded)
        .limit(asked.first)
    )
    lateral = found.correlate(wanted).lateral("found")
    return select(*lateral.c).select_from(wanted.join(lateral, true()))


def _sounds(asked: Asked, *before: CTE) -> Select[Any]:
    entry, wanted = search_entry.alias("entry"), asked.wanted
    sound = asked.records("sounds", low=Text, high=Text, reading=Text, name=Text, full=Boolean)
    found = (
        select(*_shown(entry, _tier_of_sound(entry, sound), entry.c.reading))
        .where(
            entry.c.rank == wanted.c.rank,
            entry.c.reading >= sound.c.low,
            entry.c.reading < sound.c.high,
            _is_true(entry.c.reading.regexp_match(sound.c.reading)),
            _is_true(or_(sound.c.name.is_(None), entry.c.folded.like(sound.c.name))),
            asked.is_within(entry),
        )
        .order_by(entry.c.reading)
        .limit(asked.first)
    )
    lateral = found.correlate(wanted, sound).lateral("found")
    tables_ = wanted.join(sound, true()).join(lateral, true())
    return select(*lateral.c).select_from(tables_).where(asked.is_left(*before))


def _tier_of_sound(entry: FromClause, sound: FromClause) -> Expression:
    is_whole = entry.c.reading.regexp_match(sound.c.reading + literal_column(r"'\S*$'"))
    return case(
        (and_(sound.c.full, is_whole), TIER[SearchMatch.PINYIN]),
        (sound.c.full, TIER[SearchMatch.PINYIN_START]),
        (is_whole, TIER[SearchMatch.INITIALS]),
        else_=TIER[SearchMatch.INITIALS_START],
    )


def _is_true(test: Expression) -> Expression:
    """A test that the planner believes half of the rows to pass.

    It believes next to none to match a pattern it does not know, and would rather sort a whole
    range of the index than read the few rows wanted in its order.
    """
    return func.coalesce(test, literal_column("FALSE"))


def _parts(asked: Asked, *before: CTE) -> Select[Any]:
    entry, low = search_entry.alias("entry"), asked.text("low")
    in_name, in_address = func.strpos(entry.c.folded, low), func.strpos(entry.c.address, low)
    tier = case((in_name > 1, TIER[SearchMatch.NAME_PART]), else_=TIER[SearchMatch.ADDRESS])
    found = select(*_shown(entry, tier, entry.c.folded)).where(
        asked.is_left(*before),
        _grams(entry).contains(asked.characters()),
        asked.is_wanted(entry),
        or_(in_name > 1, and_(in_name == 0, in_address > 0)),
    )
    return _best(found, asked)


def _heard(asked: Asked, *before: CTE) -> Select[Any]:
    entry = search_entry.alias("entry")
    part = asked.records("parts", syllables=ARRAY(Text), rough=Text, reading=Text)
    tier: Expression = literal(TIER[SearchMatch.PINYIN_PART])
    found = select(*_shown(entry, tier, entry.c.reading)).where(
        _grams(entry).contains(part.c.syllables),
        entry.c.reading.like(part.c.rough),  # costs a tenth of the exact pattern
        entry.c.reading.regexp_match(part.c.reading),
        asked.is_wanted(entry),
    )
    lateral = _best(found.correlate(part), asked).lateral("found")
    return select(*lateral.c).select_from(part.join(lateral, true())).where(asked.is_left(*before))


def _best(found: Select[Any], asked: Asked) -> Select[Any]:
    """The best of what an index gives in no order: of the first of it, where it is very much."""
    looked_at = found.limit(literal_column(str(MAX_LOOKED_AT))).subquery("looked_at")
    return select(looked_at).order_by(*order_of(looked_at)).limit(asked.first)


def _grams(entry: FromClause) -> Expression:
    """The expression that the index of grams is on (`hub.subjects.search.GRAMS`)."""
    nothing: Expression = literal_column("''")
    blank: Expression = literal_column("' '")
    text = entry.c.folded.concat(func.coalesce(entry.c.address, nothing))
    characters = func.string_to_array(text, literal_column("NULL"), type_=ARRAY(Text))
    return characters.concat(func.string_to_array(entry.c.reading, blank, type_=ARRAY(Text)))
