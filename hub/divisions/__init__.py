"""Divisions: their history, how they are found, and what days count in them by law."""

from hub.divisions.history import is_valid, make_village, stem
from hub.divisions.index import (
    Division,
    DivisionIndex,
    learn_unlisted,
    load_divisions,
    read_code,
    read_index,
    read_known_code,
)
from hub.divisions.legal_clocks import (
    RULES_FILE,
    LegalClock,
    add_months,
    explain,
    fetch_clocks,
    find_due,
    read_rules,
    store_rules,
)
from hub.divisions.lists import DATA, Listed, has_congress, level_of, read_lists
from hub.divisions.regions import Regions, regions_of

__all__ = [
    "DATA",
    "RULES_FILE",
    "Division",
    "DivisionIndex",
    "LegalClock",
    "Listed",
    "Regions",
    "add_months",
    "explain",
    "fetch_clocks",
    "find_due",
    "has_congress",
    "is_valid",
    "learn_unlisted",
    "level_of",
    "load_divisions",
    "make_village",
    "read_code",
    "read_index",
    "read_known_code",
    "read_lists",
    "read_rules",
    "regions_of",
    "stem",
    "store_rules",
]
