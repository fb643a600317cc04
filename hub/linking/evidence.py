"""What speaks for two records being of one, and what against: the words it is told in.

Each field that both records state adds a weight in bits: the binary logarithm of how much more
often it agrees so for records of one than for records of two. The prior is the weight before
anything is compared. No input or output.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hub.linking.scores import Comparison, Model, Plan, Table, show, weigh
from hub.subjects.stewardship import Agreement


@dataclass(frozen=True, slots=True)
class Side:
    """A record as it is compared. `place` is the division, whatever its code was then."""

    id: str
    system_id: str
    fields: Mapping[str, object]
    place: str
    id_token: bytes | None
    person_key: str | None


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """One bar of the waterfall: a field, both values, how they agree, and the weight in bits.

    `detail` says in words how they agree.
    """

    field: str
    left: object
    right: object
    agreement: Agreement
    weight: float
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that was compared of two records. `total` is the prior and all weights, in bits."""

    prior: float
    compared: Sequence[FieldEvidence]
    rules: Sequence[str]

    @property
    def total(self) -> float:
        """The prior and all weights."""
        return round(self.prior + sum(item.weight for item in self.compared), 2)

    @property
    def probability(self) -> float:
        """The probability that the records are of one, by the weights."""
        return round(1 / (1 + 2 ** -max(-60.0, min(60.0, self.total))), 4)


ONE, OTHER = np.array([0]), np.array([1])
"""The two rows of a table of a pair."""


class Weighed(NamedTuple):
    """One comparison of a pair: the level it came to, below 0 for none, and its weight in bits."""

    comparison: Comparison
    level: int
    weight: float

    @property
    def name(self) -> str:
        """The name of the comparison."""
        return self.comparison.name

    @property
    def detail(self) -> str | None:
        """The words for the level."""
        return self.comparison.names[self.level] if self.level >= 0 else None

    def agreement(
        self, equal: Mapping[str, tuple[int, ...]], different: Mapping[str, tuple[int, ...]]
    ) -> Agreement:
        """How the level reads: equal, close, different or missing.

        `equal` and `different` name the levels that count as such; of other comparisons those are
        the highest and the lowest.
        """
        if self.level < 0:
            return Agreement.MISSING
        if self.level in equal.get(self.name, (len(self.comparison.names) - 1,)):
            return Agreement.EQUAL
        is_different = self.level in different.get(self.name, (0,))
        return Agreement.DIFFERENT if is_different else Agreement.CLOSE


def weigh_pair(plan: Plan, model: Model, table: Table) -> Iterator[Weighed]:
    """Each comparison of the pair in `table`, in the order of the plan."""
    shares = plan.share(table, model.counts)
    for comparison in plan.comparisons:
        shown = show(comparison, table, shares, ONE, OTHER)
        weight = weigh(model, comparison, shown)
        yield Weighed(comparison, int(shown.levels[0]), round(float(weight[0]), 2))


def person_rules(left: Side, right: Side) -> list[str]:
    """What decides of two deputies' records whatever the weights."""
    found = []
    if left.id_token and right.id_token:
        found.append(
            "The national ids are the same 身份证号相同"
            if left.id_token == right.id_token
            else "The national ids differ 身份证号不同"
        )
    if left.person_key and (left.system_id, left.person_key) == (
        right.system_id,
        right.person_key,
    ):
        found.append("One account of one system 同一系统同一账号")
    return found
