"""Homes, stations, groups and handling bodies: the fields that are compared, and their weights.

The same scores, rules and groups as for people (`hub.linking.scores.link`), with another list of
fields. There are few of a kind in a place, too few to learn from: the chances are set, not learned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hub.linking.scores import (
    SIGNATURE_WORDS,
    BlockingRule,
    Comparison,
    LevelCounts,
    Levels,
    Model,
    Plan,
    Rows,
    Shares,
    Table,
    choose,
    code,
    code_points,
    coded,
    equal_column,
    filled,
    mixed,
    overlap,
    signatures,
)

NAME_LENGTH = 16
LATER = 4
"""Divisions that followed one, as far as they are compared."""

ROW = np.dtype(
    [
        ("name", "i8"),
        ("chars", "u4", NAME_LENGTH),
        ("length", "i1"),
        ("words", "u8", SIGNATURE_WORDS),
        ("numbers", "i8"),
        ("place", "i8"),
        ("later", "i8", LATER),
        ("above", "i8"),
        ("region", "i8"),
        ("street", "i8"),
        ("street_words", "u8", SIGNATURE_WORDS),
        ("house", "i8"),
        ("phone", "i8"),
        ("head", "i8"),
        ("kind", "i8"),
        ("field", "i8"),
        ("code", "i8"),
        ("congress", "i8"),
        ("system", "i8"),
    ]
)


@dataclass(frozen=True, slots=True)
class PlaceSaid:
    """What a record says of a home, station, group or body.

    `name` is what its name says beyond its kind and its division, "" for the division's own;
    `place` the division that division or name tell, whatever its code was then, `later` what
    followed it, `above` what lies above it, `region` the county with all of these. `street` and
    `house` are the parts of its address.
    """

    name: str
    system: str
    place: str
    region: str
    later: tuple[str, ...] = ()
    above: str = ""
    street: str | None = None
    house: str | None = None
    phone: str | None = None
    head: str | None = None
    kind: str | None = None
    field: str | None = None
    code: str | None = None
    congress: str | None = None


def table_of_places(records: Iterable[PlaceSaid]) -> Table:
    """The rows of records, in their order."""
    told = list(records)
    names = [it.name for it in told]
    chars = code_points(names, NAME_LENGTH)
    columns: dict[str, ArrayLike] = {
        "name": list(map(code, names)),
        "chars": chars,
        "length": (chars != 0).sum(axis=1),
        "words": signatures(names),
        "numbers": [coded(" ".join(numbers_in(name))) for name in names],
        "later": [[coded(it) for it in (*each.later, *("",) * LATER)[:LATER]] for each in told],
        "street_words": signatures([it.street or "" for it in told]),
        **{name: [coded(getattr(it, name)) for it in told] for name in CODED},
    }
    return filled(ROW, len(told), columns)


CODED = (
    "place",
    "above",
    "region",
    "street",
    "house",
    "phone",
    "head",
    "kind",
    "field",
    "code",
    "congress",
    "system",
)
"""What is compared by its code alone."""


def numbers_in(name: str) -> list[str]:
    """The numbers that a name holds, in their order."""
    return "".join(char if char.isdigit() else " " for char in name).split()


# --- Fields ---------------------------------------------------------------------------------------

NAME = ("differs", "half in common", "one is short for the other", "equal")


def compare_names(table: Table, left: Rows, right: Rows) -> Levels:
    """Names without their division and kind; 交通局 is short for 交通运输局."""
    one, other = table["name"][left], table["name"][right]
    alike = overlap(table["words"][left], table["words"][right])
    return choose(
        (one == other, 3),
        (is_short(table, left, right) | is_short(table, right, left), 2),
        (alike >= 0.5, 1),
        (one != other, 0),
    )


def is_short(table: Table, left: Rows, right: Rows) -> NDArray[np.bool_]:
    """Whether the left name's characters, two and more, all stand in the right one, in order."""
    short, long = table["chars"][left], table["chars"][right]
    length = table["length"][left].astype(np.intp)
    found = np.zeros(len(left), np.intp)
    for place in range(NAME_LENGTH):
        wanted = short[np.arange(len(left)), np.minimum(found, NAME_LENGTH - 1)]
        found += (wanted == long[:, place]) & (found < length)
    return np.asarray((length >= 2) & (found == length))


NUMBERS = ("differ", "only one has a number", "equal")


def compare_numbers(table: Table, left: Rows, right: Rows) -> Levels:
    """The numbers in the names: 第一小组 is never 第二小组."""
    one, other = table["numbers"][left], table["numbers"][right]
    return choose(
        ((one == 0) & (other == 0), -1),
        (one == other, 2),
        ((one == 0) | (other == 0), 1),
        (one != other, 0),
    )


PLACE = ("another", "one lies in the other", "one followed the other", "equal")


def compare_divisions(table: Table, left: Rows, right: Rows) -> Levels:
    """The divisions by their history: a merged town is followed by another, a renamed one is it."""
    one, other = table["place"][left], table["place"][right]
    followed = (table["later"][left] == other[:, None]).any(axis=1)
    followed |= (table["later"][right] == one[:, None]).any(axis=1)
    inside = (table["above"][left] == other) | (table["above"][right] == one)
    return choose((one == other, 3), (followed, 2), (inside, 1), (one != other, 0))


ADDRESS = ("differs", "another number", "half in common", "number not known", "equal")


def compare_addresses(table: Table, left: Rows, right: Rows) -> Levels:
    """Street and house number."""
    streets = table["street"][left], table["street"][right]
    houses = table["house"][left], table["house"][right]
    street, house = streets[0] == streets[1], houses[0] == houses[1]
    alike = overlap(table["street_words"][left], table["street_words"][right]) >= 0.6
    return choose(
        ((streets[0] == 0) | (streets[1] == 0), -1),
        (street & house, 4),
        (street & ((houses[0] == 0) | (houses[1] == 0)), 3),
        (street, 1),
        (alike & house, 2),
        (~street, 0),
    )


SAME = ("differs", "equal")
PLACE_FIELDS = (
    Comparison("name", NAME, compare_names),
    Comparison("numbers", NUMBERS, compare_numbers),
    Comparison("division", PLACE, compare_divisions),
    Comparison("address", ADDRESS, compare_addresses),
    Comparison("phone", SAME, equal_column("phone")),
    Comparison("head", SAME, equal_column("head")),
    Comparison("kind", SAME, equal_column("kind")),
    Comparison("field", SAME, equal_column("field")),
    Comparison("code", SAME, equal_column("code")),
)
CHANCES: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "name": ((0.001, 0.045, 0.12, 0.834), (0.957, 0.035, 0.0065, 0.0015)),
    "numbers": ((0.004, 0.066, 0.93), (0.3, 0.07, 0.63)),
    "division": ((0.002, 0.048, 0.05, 0.9), (0.98, 0.008, 0.006, 0.006)),
    "address": ((0.05, 0.01, 0.08, 0.16, 0.7), (0.91, 0.06, 0.01, 0.01, 0.01)),
    "phone": ((0.5, 0.5), (0.98, 0.02)),
    "head": ((0.5, 0.5), (0.96, 0.04)),
    "kind": ((0.05, 0.95), (0.3, 0.7)),
    "field": ((0.05, 0.95), (0.9, 0.1)),
    "code": ((0.001, 0.999), (0.9999, 0.0001)),
}
"""How often each level occurs among records of one, and among records of two of one county."""

PLACE_MODEL = Model(
    {name: np.array(m) for name, (m, _) in CHANCES.items()},
    {name: np.array(u) for name, (_, u) in CHANCES.items()},
    odds=-9.0,
    records=0,
    accept=5.5,
    doubt=-1.0,
)
"""Name and division alone join two records of two systems: 9.1 + 7.2 - 9 = 7.3 bits."""


# --- Rules ----------------------------------------------------------------------------------------


def limit_places(
    table: Table, left: Rows, right: Rows, scores: NDArray[np.float64], accept: float
) -> NDArray[np.float64]:
    """Scores below `accept` where name, place or number do not bear a link out.

    That is a name or division that differs, other numbers, and a group of which only one record
    tells the congress; a code that both state outweighs all of it.
    """
    doubtful = compare_names(table, left, right) == 0
    doubtful |= compare_divisions(table, left, right) == 0
    doubtful |= compare_numbers(table, left, right) == 0
    doubtful |= (table["congress"][left] == 0) != (table["congress"][right] == 0)
    doubtful &= equal_column("code")(table, left, right) < 1
    return np.where(doubtful, np.minimum(scores, accept - 0.01), scores)


def apart_places(table: Table, left: Rows, right: Rows) -> NDArray[np.bool_]:
    """Two of one system are two things to it; so are two codes, and two congresses."""
    found = table["system"][left] == table["system"][right]
    for column in ("code", "congress"):
        found |= equal_column(column)(table, left, right) == 0
    return np.asarray(found)


def no_counts(_table: Table) -> dict[str, LevelCounts]:
    return {}


def no_shares(_table: Table, _counts: Mapping[str, LevelCounts]) -> Shares:
    return {}


def first_two(table: Table) -> NDArray[np.int64]:
    """The first two characters of a name in one number."""
    chars = table["chars"].astype(np.int64)
    return np.where(table["length"] > 1, (chars[:, 0] << 32) + chars[:, 1], 0)


PLACES = Plan(
    PLACE_FIELDS,
    (
        BlockingRule("name", lambda t: mixed(t["region"], t["name"]), 200),
        BlockingRule("beginning", lambda t: mixed(t["region"], first_two(t)), 200),
        BlockingRule("street", lambda t: mixed(t["region"], t["street"]), 200),
        BlockingRule("division", lambda t: mixed(t["region"], t["place"]), 60),
        BlockingRule("phone", lambda t: mixed(t["region"], t["phone"]), 60),
        BlockingRule("code", lambda t: t["code"], 60),
    ),
    (),
    no_counts,
    no_shares,
    limit_places,
    apart_places,
)
