"""Which records a rule takes for one person, home, station or group.

The rules read the records alone, in an order of their own, so that the outcome never depends on
the order in which they came. A steward's decision outranks them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hub.linking import Decided, Union
from hub.linking.places import PlaceSaid, group_places
from hub.linking.scores import births, day_numbers, letters_of
from hub.subjects.record_kinds import RecordKind


@dataclass(slots=True)
class Node:
    """A record as the linking sees it.

    `golden_id` is the row it is linked to so far. `token` is that of a person's national id, `key`
    the system and the person's key in it; `name`, `birth` and the birth in its ID number are a
    person's too. `said` is what a home, station, group or body says.
    """

    id: str
    system_id: str
    external_id: str
    golden_id: str | None
    token: bytes | None = None
    key: tuple[str, str] | None = None
    name: str = ""
    birth: str | None = None
    birth_in_id: str | None = None
    said: PlaceSaid | None = None

    @property
    def place(self) -> tuple[str, str]:
        """Where it stands among the records, whenever it came."""
        return self.system_id, self.external_id


def group_records(
    kind: RecordKind, nodes: Sequence[Node], decided: Iterable[Decided]
) -> list[list[Node]]:
    """The records of each golden row: what stewards decided, then the rules, then the model."""
    decided = list(decided)
    ordered = sorted(nodes, key=lambda node: node.place)
    by_id = {node.id: node for node in ordered}
    union = Union(by_id, decided)
    for alike in RULES[kind](ordered):
        _join(union, alike)
    for it in sorted(decided):
        if not it.is_steward and {it.left, it.right} <= by_id.keys():
            union.join(it.left, it.right)
    return [[by_id[record] for record in records] for records in union.sets().values()]


def _join(union: Union, alike: list[Node]) -> None:
    """Join each record to the first before it that it may join."""
    firsts: list[Node] = []
    for node in alike:
        if not any(union.join(first.id, node.id) for first in firsts):
            firsts.append(node)


def people(nodes: Sequence[Node]) -> Iterable[list[Node]]:
    """Records of one national id that fits them; of one key inside a system, unless ids differ."""
    yield from _by_token(nodes)
    yield from _by_person_key(nodes)


def _by_token(nodes: Sequence[Node]) -> Iterable[list[Node]]:
    """Records of one number that fits them: one of another name and birth was copied down."""
    found: defaultdict[bytes, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.token:
            found[node.token].append(node)
    groups = [
        group
        for sharing in found.values()
        if len(sharing) > 1
        for group in _that_fit([node for node in sharing if is_own(node)])
    ]
    return sorted(groups, key=lambda group: group[0].place)


def _that_fit(sharing: Sequence[Node]) -> Iterable[list[Node]]:
    """Records under one ID number, each with the first that it fits."""
    groups: list[list[Node]] = []
    for node in sharing:
        group = next((it for it in groups if fits(it[0], node)), None)
        if group is None:
            groups.append([node])
        else:
            group.append(node)
    return groups


def is_own(node: Node) -> bool:
    """Whether the ID number's birth is the record's, as far as both are known."""
    if node.birth == node.birth_in_id:
        return True
    return births(day_numbers(node.birth), day_numbers(node.birth_in_id))[2] == 1


def fits(one: Node, other: Node) -> bool:
    """Whether two records under one ID number agree in name, or in the day of birth.

    Where one tells less than the day, the number may have been copied down to another name: of a
    million people dozens are born in the month of the one beside them in a list.
    """
    if letters_of(one.name) == letters_of(other.name):
        return True
    return one.birth == other.birth and all(day_numbers(one.birth))


def _by_person_key(nodes: Sequence[Node]) -> Iterable[list[Node]]:
    """Records under one key; where their tokens differ, those without one join the smallest."""
    for alike in _by_key(nodes):
        first = min((node.token for node in alike if node.token), default=None)
        yield [node for node in alike if node.token in (None, first)]


def by_score(nodes: Sequence[Node]) -> Iterable[list[Node]]:
    """Records that name, division, address and code take for one, at most one of each system."""
    told = [node for node in nodes if node.said]
    for rows in group_places([node.said for node in told if node.said]):
        yield [told[row] for row in rows]


def by_decision(_nodes: Sequence[Node]) -> Iterable[list[Node]]:
    """Nothing: only a steward says that two records are of one."""
    return ()


def _by_key(nodes: Sequence[Node]) -> Iterable[list[Node]]:
    found: defaultdict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in nodes:
        if node.key:
            found[node.key].append(node)
    return found.values()


RULES: Mapping[RecordKind, Callable[[Sequence[Node]], Iterable[list[Node]]]] = {
    RecordKind.DEPUTY: people,
    RecordKind.HOME: by_score,
    RecordKind.STATION: by_score,
    RecordKind.GROUP: by_score,
    RecordKind.HANDLING_BODY: by_score,
    RecordKind.ACTIVITY: by_decision,
}
"""The rule of each kind whose records are linked across systems."""

SCORED = tuple(kind for kind, rule in RULES.items() if rule is by_score)
"""The kinds whose records are joined by score, those of people apart."""

LINKED = RULES.keys()
