"""People who play a part of their own. `docs/demo.md` says which and where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from demo.areas import COUNTIES, County, Town, towns
from demo.chance import chance
from demo.elections import elect_higher, elect_in_county
from demo.facts import Congress, Mandate
from demo.numbers import make_id_number
from demo.people import Person
from demo.terms import end_mandate
from demo.world import World

ZHAOHUA = "510811"


@dataclass(frozen=True, slots=True)
class Part:
    """Who somebody is: the rest is invented as for everybody."""

    name: str
    county: str
    town: str
    birth: date
    is_woman: bool = False


MANY_MANDATES = Part("何向川", ZHAOHUA, "510811108", date(1971, 5, 17))
TWO_COUNTIES = Part("秦望舒", "510704", "510704104", date(1979, 9, 8), is_woman=True)
NAMESAKES = (
    Part("邹明远", "511025", "511025114", date(1968, 3, 11)),
    Part("邹明远", "511424", "511424102", date(1968, 3, 26)),
)
SUSPENDED = Part("罗静仪", ZHAOHUA, "510811101", date(1975, 2, 3), is_woman=True)
RESIGNED = Part("杜承安", ZHAOHUA, "510811102", date(1966, 7, 29))
NEW_PHONE = Part("唐知夏", ZHAOHUA, "510811103", date(1983, 12, 1), is_woman=True)
OLD_PHONE = Part("龙嘉树", ZHAOHUA, "510811103", date(1990, 4, 14))
OLD_NUMBER = "12570000022"
"""The phone that 唐知夏 gave up and 龙嘉树 has now."""
RESIGNED_ON = date(2024, 6, 18)
MOVED_ON = date(2020, 9, 1)
JINTANG_BEFORE = (
    Congress(
        "510121106", "金堂县五凤镇", "TOWNSHIP", 19, date(2016, 10, 18), 90, date(2021, 10, 20)
    ),
    Congress("510121", "金堂县", "COUNTY", 18, date(2016, 11, 21), 330, date(2021, 11, 22)),
)
"""The term of Jintang's congresses before today's."""


def cast(world: World, part: Part, level: str = "COUNTY") -> Person:
    """The person of a part, in today's world."""
    person = world.register.make(
        chance(f"{part.name}-{part.county}"), level, part.county, county_of(part).name
    )
    number = make_id_number(part.county, part.birth, 700 + (not part.is_woman))
    person = replace(
        person,
        name=part.name,
        birth=part.birth,
        is_woman=part.is_woman,
        ethnicity="汉族",
        id_number=number,
    )
    world.known[person.name] = person
    return person


def county_of(part: Part) -> County:
    """The county of a part."""
    return next(county for county in COUNTIES if county.code == part.county)


def town_of(part: Part) -> Town:
    """The township of a part."""
    return next(town for town in towns(part.county) if town.code == part.town)


def add_known_people(world: World) -> None:
    """Everybody with a part."""
    add_deputy_of_many_congresses(world)
    add_deputy_of_two_counties(world)
    for part in NAMESAKES:
        elect_in_town(world, part, cast(world, part, "TOWNSHIP"))
    for part in (SUSPENDED, RESIGNED, NEW_PHONE):
        person = cast(world, part)
        sit_in_county(world, part, person)
        sit_in_prefecture(world, part, person)
    end_mandate(mandate_of(world, RESIGNED, "PREFECTURE"), "RESIGNED", RESIGNED_ON)
    newcomer = replace(cast(world, OLD_PHONE, "TOWNSHIP"), phone=OLD_NUMBER)
    elect_in_town(world, OLD_PHONE, newcomer)


def add_deputy_of_many_congresses(world: World) -> None:
    """In four systems: moved away from Jintang in 2020, since 2021 in Zhaohua and above."""
    part = MANY_MANDATES
    person = cast(world, part)
    for congress in (world.open(item) for item in JINTANG_BEFORE):
        end_mandate(
            world.elect(person, congress, town="510121106", unit="五凤镇第1选区"),
            "MOVED_AWAY",
            MOVED_ON,
        )
    elect_in_town(world, part, person)
    sit_in_county(world, part, person)
    sit_in_prefecture(world, part, person)
    elect_higher(world, world.congress("510000"), person, "广元市", part.town)


def add_deputy_of_two_counties(world: World) -> None:
    """Two active mandates that art. 48 of the Electoral Law does not allow."""
    person = cast(world, TWO_COUNTIES)
    sit_in_county(world, TWO_COUNTIES, person)
    other = replace(TWO_COUNTIES, county="511424", town="511424106")
    sit_in_county(world, other, person)


def elect_in_town(world: World, part: Part, person: Person) -> Mandate:
    """A mandate in the part's township."""
    unit = f"{town_of(part).name}第1选区"
    return world.elect(person, world.congress(part.town), town=part.town, unit=unit)


def sit_in_county(world: World, part: Part, person: Person) -> Mandate:
    """A mandate in the part's county."""
    return elect_in_county(world, world.congress(part.county), person, town_of(part))


def sit_in_prefecture(world: World, part: Part, person: Person) -> Mandate:
    """A mandate in the prefecture above the part's county."""
    county = county_of(part)
    return elect_higher(world, world.congress(county.prefecture), person, county.name, part.town)


def mandate_of(world: World, part: Part, level: str) -> Mandate:
    """The mandate that a part's person has at a level today."""
    person = world.known[part.name]
    found = (item for item in world.of_person(person) if item.level == level)
    return next(item for item in found if item.congress.code.startswith(part.county[:4]))
