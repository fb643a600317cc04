"""Link records to golden rows: deputies' records to persons, the others to their own rows.

A batch is linked together with every record that it could join or part, wherever that came from:
those under the same ids and keys, those of the same golden rows, and those that a steward has
decided about. The outcome depends on the records and the decisions alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from hub.ids import new_id
from hub.intake.alike import LINKED, SCORED, Node, group_records
from hub.intake.batch import Record
from hub.intake.mandates import link_mandates
from hub.intake.moves import Move, fetch_former
from hub.intake.naming import name_groups
from hub.intake.neighbours import gather, to_node
from hub.intake.scope import Scope
from hub.linking import Changing, RowReader
from hub.subjects.kinds import Kind
from hub.subjects.record_kinds import RecordKind


@dataclass(slots=True)
class LinkedRecords:
    """The outcome of linking a batch.

    `golden_of` gives the golden row of every record seen, `created` the new ones. `others` are all
    records of earlier batches that belong, or belonged, to one of these golden rows; `moved` those
    of them that come, or may come, to another one. `former` are rows that some of them left
    earlier.
    """

    golden_of: dict[str, str]
    created: set[str]
    others: list[Record]
    moved: list[Record]
    former: set[str] = field(default_factory=set)


def link_column(kind: Kind) -> str:
    """The column of a record that holds the row which the linking decides."""
    return "person_id" if kind.kind is RecordKind.DEPUTY else "entity_id"


async def link_records(
    reader: RowReader,
    scope: Scope,
    kind: Kind,
    records: Sequence[Record],
    gone: Sequence[Record],
    again: Sequence[str],
    changing: Changing,
) -> LinkedRecords:
    """Give every record of the batch its golden row.

    `gone` are records about to be deleted, `again` ids of records that are to be linked anew,
    `changing` the model's pairs that change with them. Records of other batches that join others
    or part from them are in `moved`.
    """
    if kind.kind not in LINKED or (kind.kind in SCORED and not scope.scores_people):
        return _own_rows(kind, records)
    nodes = [to_node(scope, kind, record) for record in records]
    leaving = [to_node(scope, kind, record) for record in gone]
    gathered = await gather(reader, scope, kind, nodes, leaving, again, changing)
    groups = group_records(kind.kind, list(gathered.nodes.values()), gathered.decided.values())
    former = await fetch_former(reader, link_column(kind), _parting(groups))
    golden_of = name_groups(groups, former)
    had = {node.golden_id for node in gathered.nodes.values()}
    others = list(gathered.records.values())
    moved = [it for it in others if golden_of[it.id] != gathered.nodes[it.id].golden_id]
    created = set(golden_of.values()) - had
    return LinkedRecords(golden_of, created, others, moved, former.rows)


def _own_rows(kind: Kind, records: Sequence[Record]) -> LinkedRecords:
    """A congress is found by division and term; of other kinds each record has a row of its own."""
    if kind.kind is RecordKind.CONGRESS:
        return LinkedRecords(
            {it.id: str(it.resolved["congress_id"]) for it in records}, set(), [], []
        )
    golden_of = {record.id: record.entity_id or new_id() for record in records}
    return LinkedRecords(
        golden_of, {golden_of[it.id] for it in records if not it.entity_id}, [], []
    )


def _parting(groups: Sequence[Sequence[Node]]) -> list[str]:
    """The records of groups that share a golden row or have none: they may have been elsewhere."""
    holders = Counter(
        golden for group in groups for golden in {node.golden_id for node in group} if golden
    )
    return [
        node.id
        for group in groups
        for node in group
        if node.golden_id and holders[node.golden_id] > 1
    ]


async def assign(
    reader: RowReader,
    kind: Kind,
    linking: Sequence[Record],
    gone: Sequence[Record],
    linked: LinkedRecords,
) -> set[str]:
    """Give records their golden rows; give the ids of the rows of the kind that are new."""
    if kind.kind is not RecordKind.DEPUTY:
        for record in linking:
            record.entity_id = linked.golden_of[record.id]
        return linked.created
    left = _left_mandates(linking, linked)
    parting = {it.id for it in linking if it.entity_id in left}
    shifted = {it.id for it in linking if it.person_id not in (None, linked.golden_of[it.id])}
    for record in linking:
        record.person_id = linked.golden_of[record.id]
    holding = _holding(gone, linked)
    created, former = await link_mandates(reader, linking, holding, shifted, parting)
    linked.former |= former
    return created


def _holding(gone: Iterable[Record], linked: LinkedRecords) -> list[Record]:
    """The other records of the persons, those that are gone among them."""
    kept = set(linked.golden_of.values()) - linked.created
    moved = {it.id for it in linked.moved}
    holding = [it for it in linked.others if it.id not in moved]
    return holding + [it for it in gone if it.person_id in kept]


def _left_mandates(records: Iterable[Record], linked: LinkedRecords) -> set[str | None]:
    """The mandates of records that come to another person."""
    return {
        it.entity_id
        for it in records
        if it.entity_id and it.person_id not in (None, linked.golden_of[it.id])
    }


def _left_behind(records: Sequence[Record], linked: LinkedRecords) -> list[Record]:
    """Records that stay with their person, and whose mandate others may take along."""
    left = _left_mandates([*records, *linked.moved], linked)
    moved = {it.id for it in linked.moved}
    return [it for it in linked.others if it.entity_id in left and it.id not in moved]


@dataclass(frozen=True, slots=True)
class Links:
    """Which golden rows some records belong to: {record: (person, row of its kind)}."""

    of_record: dict[str, tuple[str | None, str]]

    @classmethod
    def of(cls, records: Sequence[Record]) -> Links:
        """The links of these records as they are now."""
        return cls({record.id: (record.person_id, record.entity_id) for record in records})

    def some(self, records: Iterable[Record]) -> Links:
        """The links of some of the records, as far as they had any then."""
        known = self.of_record
        return Links({it.id: known[it.id] for it in records if it.id in known})

    @property
    def people(self) -> set[str]:
        """The persons."""
        return {person for person, _ in self.of_record.values() if person}

    @property
    def entities(self) -> set[str]:
        """The rows of the records' own kind."""
        return {entity for _, entity in self.of_record.values() if entity}

    def taken_along(self, moved: Sequence[Record], but: set[str]) -> dict[str, tuple[str, str]]:
        """Rows, others than those in `but`, whose records came to another person: old and new."""
        return {
            it.entity_id: (str(self.of_record[it.id][0]), str(it.person_id))
            for it in moved
            if it.entity_id not in but
        }

    def moves(self, after: Links) -> list[Move]:
        """The records that belong to other rows afterwards."""
        return [
            Move(record, old, str(new), is_person)
            for record, links in after.of_record.items()
            for old, new, is_person in zip(
                self.of_record[record], links, (True, False), strict=True
            )
            if old and old != new
        ]


AS_IT_IS = Changing()


@dataclass
class Planned:
    """A batch whose records know their golden rows, before anything is written.

    `records` are those of the batch, `gone` those about to be deleted, `created` the new rows of
    the kind; `before` and `after` say where they, and what moves with them, belong.
    """

    records: list[Record]
    gone: list[Record]
    linked: LinkedRecords
    created: set[str]
    before: Links
    after: Links

    @property
    def seen(self) -> set[str]:
        """All records and golden rows that the plan rests on or changes."""
        rows = self.before.people | self.before.entities | self.after.people | self.after.entities
        return self.linked.golden_of.keys() | rows | self.linked.former

    @cached_property
    def changing(self) -> list[Record]:
        """The records whose own golden row changes with the batch."""
        joining = (record for record in self.linked.moved if record.is_joining)
        return [*self.records, *self.gone, *joining]

    @cached_property
    def entities(self) -> set[str]:
        """The golden rows of these records, before and after."""
        before, after = self.before.some(self.changing), self.after.some(self.changing)
        return before.entities | after.entities

    @cached_property
    def taken_along(self) -> dict[str, tuple[str, str]]:
        """The mandates that keep their records and come to another person: old and new."""
        return self.before.taken_along(self.linked.moved, self.entities)


async def plan_links(
    reader: RowReader,
    scope: Scope,
    kind: Kind,
    records: list[Record],
    gone: list[Record],
    again: Sequence[str] = (),
    changing: Changing = AS_IT_IS,
) -> Planned:
    """Link a batch, as `link_records` does, and give its records their golden rows."""
    linked = await link_records(reader, scope, kind, records, gone, again, changing)
    if kind.kind is RecordKind.DEPUTY:
        linked.moved += _left_behind(records, linked)
    linking = [*records, *linked.moved]
    before = Links.of([*linking, *gone])
    created = await assign(reader, kind, linking, gone, linked)
    return Planned(records, gone, linked, created, before, Links.of(linking))
