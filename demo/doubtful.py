"""Pairs of records without ID numbers that may be of one person or of two (`doubtful.csv`).

Nothing tells the hub so: its scores find them doubtful, as they would among real records, and a
steward has to decide. docs/demo.md says what each pair shares and where it differs.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from demo.areas import COUNTIES, PREFECTURES, Town, towns
from demo.chance import chance
from demo.elections import elect_higher, elect_in_county
from demo.people import Person
from demo.world import World

TABLE = Path(__file__).with_suffix(".csv")
Entry: TypeAlias = dict[str, str]
"""What one system says, by the columns of the table; `town` is where the person is at home."""


def entries() -> list[Entry]:
    """The rows of the table; each two of them are a pair."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def add_doubtful_pairs(world: World) -> None:
    """Give each entry a person of its own, without an ID number, and a mandate."""
    for entry in entries():
        person = person_of(world, entry)
        world.known[person.name] = person
        elect(world, entry, person)


def person_of(world: World, entry: Entry) -> Person:
    """Somebody as the entry says."""
    code = entry["congress"]
    rng = chance(f"{entry['name']}-{code}-{entry['phone']}")
    person = world.register.make(rng, world.congress(code).level, entry["town"][:6], "")
    return replace(
        person,
        name=entry["name"],
        is_woman=entry["gender"] == "女",
        ethnicity="汉族",
        birth=date.fromisoformat(entry["birth"]),
        id_number="",
        phone=entry["phone"],
        affiliation=entry["affiliation"],
        education=entry["education"],
        work=entry["work"],
        composition=entry["composition"],
    )


def elect(world: World, entry: Entry, person: Person) -> None:
    """The mandate of an entry."""
    congress, town = world.congress(entry["congress"]), town_of(entry)
    county = next(county for county in COUNTIES if county.code == entry["town"][:6])
    if congress.level == "TOWNSHIP":
        world.elect(person, congress, town=town.code, unit=f"{town.name}第1选区")
    elif congress.level == "COUNTY":
        elect_in_county(world, congress, person, town)
    elif congress.level == "PREFECTURE":
        elect_higher(world, congress, person, county.name, town.code)
    else:
        elect_higher(world, congress, person, PREFECTURES[county.prefecture][0], town.code)


def town_of(entry: Entry) -> Town:
    """The township where the person is at home."""
    return next(town for town in towns(entry["town"][:6]) if town.code == entry["town"])
