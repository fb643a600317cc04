"""Invented people, places and congresses on all real divisions, the same in every run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID, uuid5

from demo.names import FEMALE, MALE, SURNAMES
from hub.store.database import Driver

SEED = UUID("0b9cf7a2-6a10-5d0e-9b2f-5e6c1f6b7d11")
PEOPLE, HOMES, STATIONS = 200_000, 5_000, 15_000
MOST_COMMON = (7.2, 7.2, 6.8, 5.4, 4.5, 3.1, 2.3, 2.2, 2.1, 2.0, 1.6, 1.5, 1.3, 1.3, 1.2, 1.2)
"""Share of the most common surnames in the people, in per cent; the rest share the rest."""
STREETS = ("人民路", "建设路", "解放街", "京兆路", "文化巷", "滨河路", "迎宾大道")
QUARTERS = ("", "第一", "第二", "金星村", "城东", "城西")


@dataclass(frozen=True, slots=True)
class Seat:
    """A division and its congress."""

    division_id: UUID
    congress_id: UUID
    name: str
    level: str


def make_names(rng: Random) -> list[str]:
    """The names of the people, surnames as common as they are."""
    rest = (100 - sum(MOST_COMMON)) / (len(SURNAMES) - len(MOST_COMMON))
    weights = [*MOST_COMMON, *[rest] * (len(SURNAMES) - len(MOST_COMMON))]
    surnames = rng.choices(SURNAMES, weights, k=PEOPLE)
    return [surname + _given(rng) for surname in surnames]


def _given(rng: Random) -> str:
    return "".join(rng.choices(FEMALE + MALE, k=1 if rng.random() < 0.22 else 2))


SEATS = """
SELECT id, name, level FROM division
WHERE has_congress AND valid_to IS NULL AND code LIKE '51%' ORDER BY code
"""


async def fill(driver: Driver) -> None:
    """Fill the golden tables that search reads; the divisions are there."""
    rng = seeded()
    seats = [
        Seat(row["id"], uuid5(SEED, f"congress {row['id']}"), row["name"], row["level"])
        for row in await driver.fetch(SEATS)
    ]
    await _add_congresses(driver, seats)
    await _add_people(driver, rng, seats)
    await _add_places(driver, rng, seats, "home", "人大代表之家", HOMES)
    await _add_places(driver, rng, seats, "station", "人大代表联络站", STATIONS)


async def _copy(driver: Driver, table: str, rows: Sequence[dict[str, object]]) -> None:
    records = [tuple(row.values()) for row in rows]
    await driver.copy_records_to_table(table, records=records, columns=list(rows[0]))


async def _add_congresses(driver: Driver, seats: list[Seat]) -> None:
    rows: list[dict[str, object]] = [
        {
            "id": seat.congress_id,
            "division_id": seat.division_id,
            "level": seat.level,
            "term": 18,
            "name": f"{seat.name}第十八届人民代表大会",
        }
        for seat in seats
    ]
    await _copy(driver, "congress", rows)


async def _add_people(driver: Driver, rng: Random, seats: list[Seat]) -> None:
    people: list[dict[str, object]] = []
    mandates: list[dict[str, object]] = []
    for number, name in enumerate(make_names(rng)):
        seat, person = rng.choice(seats), uuid5(SEED, f"person {number}")
        people.append({"id": person, "division_id": seat.division_id, "name": name})
        mandates.append(
            {
                "id": uuid5(SEED, f"mandate {number}"),
                "division_id": seat.division_id,
                "person_id": person,
                "congress_id": seat.congress_id,
                "level": seat.level,
                "status": "EXPIRED" if rng.random() < 0.3 else "ACTIVE",
            }
        )
    await _copy(driver, "person", people)
    await _copy(driver, "deputy", mandates)


async def _add_places(
    driver: Driver, rng: Random, seats: list[Seat], table: str, what: str, count: int
) -> None:
    rows = []
    for number in range(count):
        seat = rng.choice(seats)
        rows.append(
            {
                "id": uuid5(SEED, f"{table} {number}"),
                "division_id": seat.division_id,
                "located_in_id": seat.division_id,
                "name": f"{seat.name}{rng.choice(QUARTERS)}{what}",
                "kind": table.upper(),
                "level": seat.level,
                "address": f"{seat.name}{rng.choice(STREETS)}{rng.randint(1, 300)}号",
                **({"is_off_site": False} if table == "station" else {}),
            }
        )
    await _copy(driver, table, rows)


def sample_names(count: int) -> list[str]:
    """Some names of the people, of three characters."""
    long = [name for name in make_names(seeded()) if len(name) == 3]
    return seeded().sample(long, count)


def seeded() -> Random:
    """Chance that is the same in every run."""
    return Random(2026)  # noqa: S311
