"""What speaks for two records being of one home, station, group or body, and what against.

Each field that both records state adds a weight in bits: the binary logarithm of how much more
often it agrees so for records of one than for records of two. The prior is the weight before
anything is compared. No input or output.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from hub.enums import Agreement, RecordKind
from hub.intake.rows import core

CLOSE = 0.6
"""Share of characters in common from which two texts are close."""


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
class Weighing:
    """How one field is compared, and the weight of each outcome."""

    field: str
    compare: Callable[[object, object], Agreement]
    equal: float
    close: float
    different: float

    def weight(self, agreement: Agreement) -> float:
        """The weight of an outcome in bits."""
        return {
            Agreement.EQUAL: self.equal,
            Agreement.CLOSE: self.close,
            Agreement.DIFFERENT: self.different,
            Agreement.MISSING: 0.0,
        }[agreement]


@dataclass(frozen=True, slots=True)
class Compared:
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
    compared: Sequence[Compared]
    rules: Sequence[str]

    @property
    def total(self) -> float:
        """The prior and all weights."""
        return round(self.prior + sum(item.weight for item in self.compared), 2)

    @property
    def probability(self) -> float:
        """The probability that the records are of one, by the weights."""
        return round(1 / (1 + 2 ** -max(-60.0, min(60.0, self.total))), 4)


def explain(kind: RecordKind, left: Side, right: Side) -> Explanation:
    """Compare two records of homes, stations, groups or bodies field by field."""
    compared = [_compare(item, left.fields, right.fields) for item in WEIGHINGS[kind]]
    return Explanation(PRIOR, [*compared, _of_place(left, right)], ())


def _compare(item: Weighing, left: Mapping[str, object], right: Mapping[str, object]) -> Compared:
    one, other = left.get(item.field), right.get(item.field)
    agreement = Agreement.MISSING
    if one is not None and other is not None:
        agreement = item.compare(one, other)
    return Compared(item.field, one, other, agreement, item.weight(agreement))


def _of_place(left: Side, right: Side) -> Compared:
    is_same = left.place == right.place
    agreement = Agreement.EQUAL if is_same else Agreement.DIFFERENT
    return Compared("division", left.place, right.place, agreement, 5.0 if is_same else -6.0)


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


# --- How fields are compared ----------------------------------------------------------------------


def texts(one: object, other: object) -> Agreement:
    """Texts, whatever their form; close where most characters are common to both, in order."""
    left, right = str(core(one)), str(core(other))
    if left == right:
        return Agreement.EQUAL
    is_close = SequenceMatcher(None, left, right, autojunk=False).ratio() >= CLOSE
    return Agreement.CLOSE if is_close else Agreement.DIFFERENT


def codes(one: object, other: object) -> Agreement:
    """Values that are the same or not."""
    return Agreement.EQUAL if core(one) == core(other) else Agreement.DIFFERENT


PLACES = (
    Weighing("name", texts, 8.0, 3.0, -5.0),
    Weighing("address", texts, 7.0, 3.0, -3.0),
    Weighing("head", codes, 4.0, 0.0, -1.0),
    Weighing("phone", codes, 6.0, 0.0, -1.0),
    Weighing("kind", codes, 0.5, 0.0, -2.0),
)
GROUPS = (
    Weighing("name", texts, 8.0, 3.0, -5.0),
    Weighing("kind", codes, 1.0, 0.0, -3.0),
    Weighing("field", texts, 4.0, 2.0, -3.0),
    Weighing("term", codes, 1.0, 0.0, -8.0),
    Weighing("contact", codes, 4.0, 0.0, -1.0),
)
BODIES = (Weighing("name", texts, 9.0, 3.0, -6.0),)
WEIGHINGS: Mapping[RecordKind, tuple[Weighing, ...]] = {
    RecordKind.HOME: PLACES,
    RecordKind.STATION: PLACES,
    RecordKind.GROUP: GROUPS,
    RecordKind.HANDLING_BODY: BODIES,
}
"""The fields that are compared, by kind."""

PRIOR = -10.0
"""The weight before anything is compared: how rare it is that two records are of one."""
