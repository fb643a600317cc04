"""Link records to golden rows: deputies' records to persons, the others to their own rows.

A batch is linked together with every record that it could join or part, wherever that came from:
those under the same ids and keys, those of the same golden rows, and those that a steward has
decided about. The outcome depends on the records and the decisions alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hub.enums import RecordKind
from hub.ids import new_id
from hub.intake.alike import LINKED, Node, group_records
from hub.intake.batch import Record
from hub.intake.mandates import link_mandates
from hub.intake.moves import Move, fetch_former
from hub.intake.naming import name_groups
from hub.intake.neighbours import gather, to_node
from hub.intake.pipeline import Pipeline
from hub.intake.scope import Scope
from hub.records import Kind


@dataclass(slots=True)
class Linked:
    """The outcome of linking a batch.

    `golden_of` gives the golden row of every record seen, `created` the new ones. `others` are all
    records of earlier batches that belong, or belonged, to one of these golden rows; `moved` those
    of them that come to another one.
    """

    golden_of: dict[str, str]
    created: set[str]
    others: list[Record]
    moved: list[Record]


def link_column(kind: Kind) -> str:
    """The column of a record that holds the row which the linking decides."""
    return "person_id" if kind.kind is RecordKind.DEPUTY else "entity_id"


async def link_records(
    pipeline: Pipeline,
    scope: Scope,
    kind: Kind,
    records: Sequence[Record],
    gone: Sequence[Record],
    again: Sequence[str] = (),
) -> Linked:
    """Give every record of the batch its golden row.

    `gone` are records about to be deleted, `again` ids of records that are to be linked anew.
    Records of other batches that join others or part from them are in `moved`.
    """
    if kind.kind not in LINKED:
        return _own_rows(kind, records)
    nodes = [to_node(scope, kind, record) for record in records]
    leaving = [to_node(scope, kind, record) for record in gone]
    gathered = await gather(pipeline, scope, kind, nodes, leaving, again)
    groups = group_records(kind.kind, list(gathered.nodes.values()), gathered.decided.values())
    former = await fetch_former(pipeline, link_column(kind), _parting(groups))
    golden_of = name_groups(groups, former)
    had = {node.golden_id for node in gathered.nodes.values()}
    others = list(gathered.records.values())
    moved = [it for it in others if golden_of[it.id] != gathered.nodes[it.id].golden_id]
    return Linked(golden_of, set(golden_of.values()) - had, others, moved)


def _own_rows(kind: Kind, records: Sequence[Record]) -> Linked:
    """A congress is found by division and term; of other kinds each record has a row of its own."""
    if kind.kind is RecordKind.CONGRESS:
        return Linked({it.id: str(it.resolved["congress_id"]) for it in records}, set(), [], [])
    golden_of = {record.id: record.entity_id or new_id() for record in records}
    return Linked(golden_of, {golden_of[it.id] for it in records if not it.entity_id}, [], [])


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


async def assign(pipeline: Pipeline, kind: Kind, linking: list[Record], linked: Linked) -> set[str]:
    """Give records their golden rows; give the ids of the rows of the kind that are new."""
    if kind.kind is not RecordKind.DEPUTY:
        for record in linking:
            record.entity_id = linked.golden_of[record.id]
        return linked.created
    shifted = {it.id for it in linking if it.person_id not in (None, linked.golden_of[it.id])}
    for record in linking:
        record.person_id = linked.golden_of[record.id]
    kept = set(linked.golden_of.values()) - linked.created
    return await link_mandates(pipeline, linking, shifted, kept)


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
