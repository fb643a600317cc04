"""Search over people, divisions, congresses, homes, stations and groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Double, Select, case, cast, select

from hub.divisions import read_known_code
from hub.errors import Code, HubError
from hub.search import ENDED, MAX_TEXT, TIER, find, order_of, read_text
from hub.subjects.search import SearchKind, SearchMatch
from schema.columns import any_node
from schema.declare import Argument, Entity, Expression, Listing, Row, Scalar, Value

DEFAULT_FIRST, MAX_FIRST = 20, 100

NODES = {
    SearchKind.PERSON: "Person",
    SearchKind.DIVISION: "Division",
    SearchKind.CONGRESS: "Congress",
    SearchKind.HOME: "DeputyHome",
    SearchKind.STATION: "LiaisonStation",
    SearchKind.GROUP: "DeputyGroup",
}
"""The type of the graph that each kind is."""


def hits(given: Mapping[str, Expression]) -> Select[Any]:
    """The entries found, with the type that each leads to."""
    found = find(given).subquery("hit")
    types = {kind.name: type_ for kind, type_ in NODES.items()}
    return select(found, case(types, value=found.c.kind).label("type"))


def match(row: Row) -> Expression:
    """What of the row matches."""
    return case({tier: each.name for each, tier in TIER.items()}, value=row.c.tier)


def score(row: Row) -> Expression:
    """How well it matches."""
    ended = case((row.c.rank >= ENDED, 5), else_=0)
    return cast(100 - row.c.tier * 10 - ended, Double) / cast(100, Double)


HIT = Entity(
    "SearchHit",
    None,
    "A row that a search finds 搜索结果",
    (
        Value("kind", SearchKind, "Kind of the row 类型", lambda row: row.c.kind, False),
        Value("name", Scalar.STRING, "Name of the row 名称", lambda row: row.c.name, False),
        Value("match", SearchMatch, "What of it matches 匹配方式", match, False),
        Value(
            "score",
            Scalar.FLOAT,
            "1 for the same name, less by 0.1 for each worse match, by 0.05 once ended 匹配程度",
            score,
            False,
        ),
    ),
    (any_node("node", "type", "entity_id", "The row itself 对象"),),
)


def read_division(code: str | None) -> str | None:
    """A code that some division has had. Raises HubError(UNKNOWN_DIVISION)."""
    return None if code is None else read_known_code(code)


def read_first(first: int | None) -> int:
    """The number of hits. Raises HubError(BAD_INPUT)."""
    if first is None:
        return DEFAULT_FIRST
    if not 1 <= first <= MAX_FIRST:
        raise HubError(Code.BAD_INPUT, f"first is {first}. Ask for 1 to {MAX_FIRST} hits.")
    return first


SEARCH = Listing(
    "search",
    "SearchHit",
    "Rows by name, address, pinyin or initials, the best first 搜索",
    (
        Argument(
            "text",
            Scalar.STRING,
            f"Characters, pinyin or initials in any mix, at most {MAX_TEXT} characters 搜索词",
            read=read_text,
        ),
        Argument("kinds", SearchKind, "Kinds to find; left out: all 类型", True, is_list=True),
        Argument(
            "division",
            Scalar.STRING,
            "Code of a division: what lies in it or below it 某行政区划及其下级",
            True,
            read=read_division,
        ),
        Argument(
            "first",
            Scalar.INT,
            f"Number of hits, 1 to {MAX_FIRST}; left out: {DEFAULT_FIRST} 数量",
            True,
            read=read_first,
        ),
    ),
    hits,
    order_of,
)

ENTITIES = (HIT,)
LISTINGS = (SEARCH,)
