"""Where search finds what it knows of each kind, as SQL over the rows to be indexed."""

from __future__ import annotations

from dataclasses import dataclass

from hub.subjects.deputies import MandateStatus
from hub.subjects.search import SearchKind


@dataclass(frozen=True, slots=True)
class SearchSource:
    """The table of a kind and its facts (`hub.search.entries.Fact`).

    `facts` reads from `t`, some rows of the table; `watched` are the columns whose change shows.
    """

    kind: SearchKind
    table: str
    facts: str
    watched: frozenset[str]

    def some(self) -> str:
        """The facts of the rows with the ids $1."""
        return self._facts("id = ANY($1::uuid[])")

    def next(self) -> str:
        """The facts of the first $2 rows after the id $1."""
        return self._facts("id > $1 ORDER BY id LIMIT $2")

    def _facts(self, which: str) -> str:
        return f"{self.facts.format(t=f'(SELECT * FROM {self.table} WHERE {which}) t')} ORDER BY 1"


MINOR = "(t.level IN ('TOWNSHIP', 'VILLAGE'))::int"
OWN_DIVISION = "JOIN division v ON v.id = t.division_id"
PLACE = (
    "SELECT t.id, t.name, t.address, v.path, t.status IN ('MERGED', 'CLOSED'), 0 "
    "FROM {t} JOIN division v ON v.id IN (t.division_id, t.located_in_id)"
)
ENDED_MANDATES = (MandateStatus.TERMINATED.name, MandateStatus.EXPIRED.name)
OF_PLACES = frozenset({"name", "address", "division_id", "located_in_id", "status"})

# OFFSET 0 has each person's mandates looked up by the index, and not all mandates read for some
# persons, which would make each batch of a load slower than the one before.
SOURCES = (
    SearchSource(
        SearchKind.PERSON,
        "person",
        f"SELECT t.id, t.name, NULL, m.path, m.status IN {ENDED_MANDATES}, 0 FROM {{t}} "
        "LEFT JOIN LATERAL (SELECT v.path, d.status FROM deputy d JOIN division v "
        "ON v.id = d.division_id WHERE d.person_id = t.id OFFSET 0) m ON TRUE",
        frozenset({"name"}),
    ),
    SearchSource(
        SearchKind.DIVISION,
        "division",
        f"SELECT t.id, t.name, NULL, t.path, t.valid_to IS NOT NULL, {MINOR} FROM {{t}}",
        frozenset(),
    ),
    SearchSource(
        SearchKind.CONGRESS,
        "congress",
        "SELECT t.id, t.name, NULL, v.path, t.end_date < current_date, "
        f"{MINOR} FROM {{t}} {OWN_DIVISION}",
        frozenset({"name", "division_id", "end_date"}),
    ),
    SearchSource(SearchKind.HOME, "home", PLACE, OF_PLACES),
    SearchSource(SearchKind.STATION, "station", PLACE, OF_PLACES),
    SearchSource(
        SearchKind.GROUP,
        "deputy_group",
        "SELECT t.id, t.name, NULL, v.path, FALSE, 0 FROM {t} " + OWN_DIVISION,
        frozenset({"name", "division_id"}),
    ),
)

BY_TABLE = {source.table: source for source in SOURCES}

OF_MANDATES = frozenset({"person_id", "division_id", "status"})
"""Columns of a mandate that show in the entry of its person."""
