"""What speaks for two records being of one person, home, station or group, and what against.

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
    """One bar of the waterfall: a field, both values, how they agree, and the weight in bits."""

    field: str
    left: object
    right: object
    agreement: Agreement
    weight: float


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
    """Compare two records of a kind field by field."""
    compared = [_compare(item, left.fields, right.fields) for item in WEIGHINGS[kind]]
    return Explanation(
        PRIOR[kind], [*compared, *_beyond_fields(kind, left, right)], _rules(left, right)
    )


def _compare(item: Weighing, left: Mapping[str, object], right: Mapping[str, object]) -> Compared:
    one, other = left.get(item.field), right.get(item.field)
    agreement = Agreement.MISSING
    if one is not None and other is not None:
        agreement = item.compare(one, other)
    return Compared(item.field, one, other, agreement, item.weight(agreement))


def _beyond_fields(kind: RecordKind, left: Side, right: Side) -> list[Compared]:
    """The place, of what is no person; the national id, whose values are never shown."""
    if kind is not RecordKind.DEPUTY:
        is_same = left.place == right.place
        agreement = Agreement.EQUAL if is_same else Agreement.DIFFERENT
        return [Compared("division", left.place, right.place, agreement, 5.0 if is_same else -6.0)]
    if left.id_token is None or right.id_token is None:
        return [Compared("nationalId", None, None, Agreement.MISSING, 0.0)]
    is_same = left.id_token == right.id_token
    agreement = Agreement.EQUAL if is_same else Agreement.DIFFERENT
    return [Compared("nationalId", None, None, agreement, 20.0 if is_same else -25.0)]


def _rules(left: Side, right: Side) -> list[str]:
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


def births(one: object, other: object) -> Agreement:
    """Births as exactly as both state them; close in one year."""
    left, right = str(one), str(other)
    length = min(len(left), len(right))
    if left[:length] == right[:length]:
        return Agreement.EQUAL if length > len("1964") else Agreement.CLOSE
    return Agreement.CLOSE if left[:4] == right[:4] else Agreement.DIFFERENT


PEOPLE = (
    Weighing("name", texts, 9.0, 1.0, -8.0),
    Weighing("gender", codes, 1.0, 0.0, -5.0),
    Weighing("ethnicity", codes, 0.2, 0.0, -3.0),
    Weighing("birth", births, 7.0, 1.0, -6.0),
    Weighing("phone", codes, 9.0, 0.0, -1.0),
    Weighing("nativePlace", texts, 4.0, 2.0, -2.0),
    Weighing("politicalAffiliation", codes, 0.5, 0.0, -2.0),
    Weighing("education", codes, 1.5, 0.0, -1.0),
    Weighing("school", texts, 5.0, 3.0, -1.0),
    Weighing("employerAndPost", texts, 8.0, 4.0, -1.0),
)
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
    RecordKind.DEPUTY: PEOPLE,
    RecordKind.HOME: PLACES,
    RecordKind.STATION: PLACES,
    RecordKind.GROUP: GROUPS,
    RecordKind.HANDLING_BODY: BODIES,
}
"""The fields that are compared, by kind."""

PRIOR: Mapping[RecordKind, float] = {
    RecordKind.DEPUTY: -15.0,
    RecordKind.HOME: -10.0,
    RecordKind.STATION: -10.0,
    RecordKind.GROUP: -10.0,
    RecordKind.HANDLING_BODY: -10.0,
}
"""The weight before anything is compared: how rare it is that two records are of one."""
