"""Search by name, address and pinyin: folding, readings, the index and what is asked of it."""

from hub.search.entries import ENDED, Entry, entries_of, ranks
from hub.search.query import MAX_TEXT, read_text
from hub.search.rebuild import is_empty, rebuild
from hub.search.sources import ENDED_MANDATES
from hub.search.statement import TIER, find, order_of
from hub.search.upkeep import follow, follow_created, follow_gone

__all__ = [
    "ENDED",
    "ENDED_MANDATES",
    "MAX_TEXT",
    "TIER",
    "Entry",
    "entries_of",
    "find",
    "follow",
    "follow_created",
    "follow_gone",
    "is_empty",
    "order_of",
    "ranks",
    "read_text",
    "rebuild",
]
