"""A file of invented deputies, the same in every run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import orjson

from demo.people import Person, Register
from hub.divisions.history import Division, read_history
from hub.subjects.divisions import Level

SHARE_WITH_TWO_MANDATES = 0.08
COMMUNITIES = 12
"""Electoral districts of a township or county."""


def write_deputies(path: Path, count: int) -> None:
    """Write `count` records as JSON Lines."""
    with path.open("wb") as file:
        for record in make_deputies(count):
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))


def make_deputies(count: int) -> Iterator[dict[str, object]]:
    """The deputies of Sichuan's townships; some also sit in the congress of their county."""
    rng = Random("bench")  # noqa: S311 - nothing here has to be unguessable
    register = Register()
    counties, townships = _divisions(Level.COUNTY), _divisions(Level.TOWNSHIP)
    names = {county.id: county for county in counties}
    made = 0
    while made < count:
        township = rng.choice(townships)
        county = names.get(township.path[-2])
        if county is None:
            continue
        person = register.make(rng, "TOWNSHIP", county.code, township.name)
        seats = [township]
        if rng.random() < SHARE_WITH_TWO_MANDATES:
            seats.append(county)
        for seat in seats[: count - made]:
            made += 1
            yield _record(rng, made, person, seat)


def _divisions(level: Level) -> list[Division]:
    return [
        division
        for division in read_history().divisions
        if division.level is level
        and division.has_congress
        and division.valid_to is None
        and division.code.startswith("51")
    ]


def _record(rng: Random, number: int, person: Person, seat: Division) -> dict[str, object]:
    term = 20 if seat.level is Level.TOWNSHIP else 19
    return {
        "id": f"D{number:07}",
        "name": person.name,
        "gender": "女" if person.is_woman else "男",
        "ethnicity": person.ethnicity,
        "birth": person.birth.isoformat(),
        "id_number": person.id_number,
        "phone": person.phone,
        "affiliation": person.affiliation,
        "education": person.education,
        "work": person.work,
        "composition": person.composition,
        "division": seat.code,
        "term": term,
        "electoral_unit": f"{seat.name}第{rng.randint(1, COMMUNITIES)}选区",
        "delegation": f"{seat.name}代表团",
        "certificate": f"{term}-{number:07}",
        "status": "在任" if rng.random() < 0.97 else "届满",
        "is_reelected": rng.random() < 0.3,
        "start_date": f"2021-{rng.randint(10, 12)}-{rng.randint(1, 28):02}",
        "home_address": person.home,
    }
