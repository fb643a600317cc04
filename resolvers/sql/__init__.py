"""Conditions, orders, pages and aggregates: read from arguments, built into SQL.

Lends what both ways of answering need, so that they answer the same.
"""

from resolvers.sql.aggregates import grouped, shown_key
from resolvers.sql.conditions import text
from resolvers.sql.groupings import (
    ALL,
    DEFAULT_GROUPS,
    MAX_GROUPS,
    MAX_KEYS,
    Grouping,
    read_grouping,
    read_path,
)
from resolvers.sql.measures import (
    ORDERED,
    Count,
    Distinct,
    End,
    Extreme,
    Measure,
    Path,
    Statistic,
    Summary,
)
from resolvers.sql.ordering import Direction
from resolvers.sql.page_rows import PageRows, With
from resolvers.sql.paging import DEFAULT_SIZE, MAX_SIZE, Page, kept, read_page, undated
from resolvers.sql.params import Bind, Param, param
from resolvers.sql.rows import MEMBER, Source, join, rows_of, target_of

__all__ = [
    "ALL",
    "DEFAULT_GROUPS",
    "DEFAULT_SIZE",
    "MAX_GROUPS",
    "MAX_KEYS",
    "MAX_SIZE",
    "MEMBER",
    "ORDERED",
    "Bind",
    "Count",
    "Direction",
    "Distinct",
    "End",
    "Extreme",
    "Grouping",
    "Measure",
    "Page",
    "PageRows",
    "Param",
    "Path",
    "Source",
    "Statistic",
    "Summary",
    "With",
    "grouped",
    "join",
    "kept",
    "param",
    "read_grouping",
    "read_page",
    "read_path",
    "rows_of",
    "shown_key",
    "target_of",
    "text",
    "undated",
]
