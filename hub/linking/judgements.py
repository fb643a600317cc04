"""What stewards have decided of pairs of records. It outranks every rule and score.

A judgement is about two source records, whose ids last: it stands through every later run, also
while a record is deleted at its source. It is never changed, only superseded or withdrawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple, Protocol

STEWARDS = """
SELECT left_id::text, right_id::text, verdict = 'SAME' AS is_same FROM judgement
WHERE superseded_at IS NULL AND withdrawn_at IS NULL AND made_by = 'STEWARD'
  AND verdict <> 'UNSURE'
"""

STANDING = """
SELECT left_id::text, right_id::text, is_same, is_steward FROM (
    SELECT left_id, right_id, verdict = 'SAME' AS is_same, true AS is_steward FROM judgement
    WHERE superseded_at IS NULL AND withdrawn_at IS NULL AND made_by = 'STEWARD'
      AND verdict <> 'UNSURE'
      AND (left_id = ANY($1::uuid[]) OR right_id = ANY($1::uuid[]))
    UNION ALL
    SELECT left_id, right_id, true, false FROM score_link
    WHERE left_id = ANY($1::uuid[]) OR right_id = ANY($1::uuid[])
) AS standing
ORDER BY is_steward DESC, left_id, right_id
"""


class Pair(NamedTuple):
    """Two records that are, or may be, one and the same; the smaller id first."""

    left: str
    right: str

    @classmethod
    def of(cls, one: str, other: str) -> Pair:
        """The pair of two records, in the order of their ids."""
        return cls(one, other) if one < other else cls(other, one)


class RowReader(Protocol):
    """A connection or a pipeline over one."""

    async def fetch(self, statement: str, /, *values: Any) -> list[Any]:
        """The rows of a question."""
        ...


class Decided(NamedTuple):
    """A decision that stands: the two records are the same, or they are different.

    One that no steward made is the model's, and yields to stewards and to the rules.
    """

    left: str
    right: str
    is_same: bool
    is_steward: bool = True


async def standing(reader: RowReader, record_ids: Collection[str]) -> list[Decided]:
    """The decisions that hold for any of these records, in the order of the records' ids.

    Those left open are not among them: they bind nobody.
    """
    if not record_ids:
        return []
    return [Decided(*row) for row in await reader.fetch(STANDING, list(record_ids))]


class Changing:
    """Pairs of the model that are about to be written or taken back: seen as if they were."""

    def __init__(
        self, added: Iterable[tuple[str, str]] = (), gone: Iterable[tuple[str, str]] = ()
    ) -> None:
        self._gone = set(gone)
        self._added: defaultdict[str, list[Decided]] = defaultdict(list)
        for left, right in added:
            decided = Decided(left, right, is_same=True, is_steward=False)
            self._added[left].append(decided)
            self._added[right].append(decided)

    async def standing(self, reader: RowReader, record_ids: Collection[str]) -> list[Decided]:
        """What will hold for any of these records."""
        stand = await standing(reader, record_ids)
        kept = [it for it in stand if it.is_steward or (it.left, it.right) not in self._gone]
        return [*kept, *(it for record in record_ids for it in self._added.get(record, ()))]


class Union:
    """Records in disjoint sets, some of which must never come into one."""

    def __init__(self, records: Iterable[str], decided: Iterable[Decided]) -> None:
        self._parent = {record: record for record in records}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        known = [
            it for it in decided if it.is_steward and {it.left, it.right} <= self._parent.keys()
        ]
        for it in known:
            if it.is_same:
                self._merge(self.root(it.left), self.root(it.right))
        for it in known:
            if not it.is_same:
                self._part(self.root(it.left), self.root(it.right))

    def root(self, record: str) -> str:
        """The record that stands for the set of `record`."""
        while self._parent[record] != record:
            self._parent[record] = self._parent[self._parent[record]]
            record = self._parent[record]
        return record

    def join(self, left: str, right: str) -> bool:
        """Bring two records into one set; False where their sets must stay apart."""
        kept, merged = self.root(left), self.root(right)
        if merged in self._apart[kept]:
            return False
        self._merge(kept, merged)
        return True

    def _merge(self, kept: str, merged: str) -> None:
        if kept == merged:
            return
        self._parent[merged] = kept
        for other in self._apart.pop(merged, set()):
            self._apart[other].discard(merged)
            self._part(kept, other)

    def _part(self, left: str, right: str) -> None:
        self._apart[left].add(right)
        self._apart[right].add(left)

    def sets(self) -> Mapping[str, list[str]]:
        """The records by the one that stands for their set."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for record in self._parent:
            found[self.root(record)].append(record)
        return found
