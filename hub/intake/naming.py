"""Which id each golden row keeps when records come together or part.

Records that come together keep the oldest id of theirs. Records that part again get back the id
that they had first, so that merges which are taken back leave no trace in the ids, in whichever
order that happens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hub.ids import new_id
from hub.intake.alike import Node


@dataclass(slots=True)
class Former:
    """Where records were before: per record the rows it left and the row it went to, newest first.

    Only rows that nobody else holds now are among those left.
    """

    left: dict[str, list[str]] = field(default_factory=dict)
    went: set[tuple[str, str]] = field(default_factory=set)

    @property
    def rows(self) -> set[str]:
        """The rows that were left and may be taken again."""
        return {row for rows in self.left.values() for row in rows}

    def is_guest(self, node: Node) -> bool:
        """Whether a record came to its row from another one."""
        return (node.id, str(node.golden_id)) in self.went


def name_groups(groups: Sequence[Sequence[Node]], former: Former) -> dict[str, str]:
    """The golden id of each record: one that its group had, else one that it had before."""
    taken: set[str] = set()
    golden_of: dict[str, str] = {}
    for group in sorted(groups, key=lambda group: _claim(group, former)):
        chosen = _choose(group, former, taken)
        taken.add(chosen)
        golden_of.update((node.id, chosen) for node in group)
    return golden_of


def _claim(group: Sequence[Node], former: Former) -> tuple[str, bool, str]:
    """Sort key: the oldest row first; among those who claim it, who has always been there."""
    oldest = min(node.golden_id or "~" for node in group)
    at_home = any(node.golden_id == oldest and not former.is_guest(node) for node in group)
    return oldest, not at_home, min(node.id for node in group)


def _choose(group: Sequence[Node], former: Former, taken: set[str]) -> str:
    """The oldest row that is home to one of the group, else one that they are in or were in."""
    homes = {home for node in group if (home := _home(node, former))}
    had = {node.golden_id for node in group if node.golden_id}
    before = {old for node in group for old in former.left.get(node.id, ())}
    for rows in (homes, had, before):
        if rows - taken:
            return min(rows - taken)
    return new_id()


def _home(node: Node, former: Former) -> str | None:
    """The row in which a record was first; None where it is a guest and others hold that."""
    if not former.is_guest(node):
        return node.golden_id
    left = former.left.get(node.id)
    return left[-1] if left else None
