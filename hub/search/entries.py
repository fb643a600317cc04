"""Entries of the search index: what search compares of one row, made from its facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from hub.search.readings import Syllables, read, read_name
from hub.subjects.search import SearchKind
from hub.values import fold_for_search

ENDED = 1000
"""Added to the rank of what has ended."""

WITH_MINORS = frozenset({SearchKind.DIVISION, SearchKind.CONGRESS})

SEARCHED = 300
"""Characters of a name that are searched: a compatibility form may fold to many."""

NUMBERS = {kind: number for number, kind in enumerate(SearchKind)}


class Fact(NamedTuple):
    """A row to be found, and one of the divisions it belongs to with all above.

    A row has a fact for each of its divisions; it has ended when it has in all of them. `minor`
    is 1 for divisions and congresses of townships, which stand after those above, else 0.
    """

    id: UUID | str
    name: str
    address: str | None
    path: list[UUID] | None
    has_ended: bool | None
    minor: int


class Entry(NamedTuple):
    """A row of `search_entry`."""

    entity_id: UUID | str
    number: int
    rank: int
    name: str
    folded: str | None
    address: str | None
    reading: str
    division_ids: Sequence[UUID | str]


def make_entries(kind: SearchKind, facts: Iterable[Fact]) -> Iterator[Entry]:
    """The entries of rows of a kind; facts of one row stand together."""
    number = 10 * NUMBERS[kind]
    for _, group in groupby(facts, itemgetter(0)):
        yield from _entries(kind, number, list(group))


def _entries(kind: SearchKind, number: int, facts: list[Fact]) -> Iterable[Entry]:
    key, name, address, _, _, minor = facts[0]
    ended = 0 if any(not fact.has_ended for fact in facts) else ENDED
    return entries_of(kind, key, name, address, number + minor + ended, _united(facts))


def entries_of(
    kind: SearchKind,
    key: UUID | str,
    name: str,
    address: str | None,
    rank: int,
    divisions: Sequence[UUID | str],
) -> Iterator[Entry]:
    """The entries of a row: one by its name, others by its other readings."""
    folded = fold_for_search(name)[:SEARCHED]
    usual, *others = map(spell, readings_of(kind, folded))
    yield Entry(key, 0, rank, name, folded, _folded_address(address), usual, divisions)
    for place, other in enumerate(others, 1):
        yield Entry(key, place, rank, name, None, None, other, divisions)


def _folded_address(address: str | None) -> str | None:
    return fold_for_search(address) or None if address else None


def _united(facts: list[Fact]) -> list[UUID]:
    if len(facts) == 1:
        return facts[0].path or []
    return list({division: None for fact in facts for division in fact.path or ()})


def readings_of(kind: SearchKind, folded: str) -> tuple[Syllables, ...]:
    """The readings of a folded name; only a person's may have several."""
    if not folded:
        return ((),)
    return read_name(folded) if kind is SearchKind.PERSON else (read(folded),)


@lru_cache(maxsize=100_000)
def spell(reading: Syllables) -> str:
    """A reading as the index has it, so that one index serves syllables and initials.

    >>> spell(("wang", "xiao", "ming"))
    'wang xm xiao ming'
    """
    if len(reading) < 2:
        return "".join(reading)
    rest = reading[1:]
    initials = "".join(syllable[0] for syllable in rest)
    return " ".join((reading[0], initials, *rest))


def ranks(kind: SearchKind) -> list[int]:
    """The ranks of a kind, in the order of the answer."""
    number = 10 * NUMBERS[kind]
    minors = (0, 1) if kind in WITH_MINORS else (0,)
    return [number + minor + ended for ended in (0, ENDED) for minor in minors]
