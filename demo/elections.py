"""Fills the congresses: townships first, then upwards, so that some people sit in several."""

from __future__ import annotations

from random import Random

from demo.areas import (
    COUNTIES,
    COUNTIES_OF,
    NATION,
    NEW_TOWN_TERM,
    PREFECTURES,
    PROVINCE,
    TOWN_OPENED,
    County,
    Town,
    prefectures,
    towns,
)
from demo.chance import chance
from demo.facts import Congress, Mandate
from demo.people import Person
from demo.world import World

FROM_PREFECTURE = {"510600": 25, "510800": 30}
"""How many deputies of a prefecture sit in the province's congress too."""
PROVINCE_DEPUTIES, NATION_DEPUTIES, FROM_PROVINCE = 742, 40, 15
CANDIDATES = 120
"""The first deputies of the province are those who sit in a city's congress too."""
VACANT = 5


def hold_elections(world: World) -> None:
    """Elect everybody."""
    for county in COUNTIES:
        fill_county(world, county)
    for code in PREFECTURES:
        fill_prefecture(world, code)
    fill_province(world)
    fill_nation(world)


def fill_county(world: World, county: County) -> None:
    """The congresses of a county and of its townships."""
    rng = chance(f"{county.code}")
    residents: list[Mandate] = []
    for town in towns(county.code):
        if town.has_congress:
            residents.extend(fill_town(world, rng, county, town))
    congress = world.open(
        Congress(
            county.code, county.name, "COUNTY", county.term, county.opened, county.deputies + VACANT
        )
    )
    for mandate in rng.sample(residents, county.shared):
        elect_in_county(world, congress, mandate.person, named(county, mandate.town))
    for _ in range(county.deputies - county.shared):
        person = world.register.make(rng, "COUNTY", county.code, county.name)
        elect_in_county(world, congress, person, rng.choice(towns(county.code)))


def fill_town(world: World, rng: Random, county: County, town: Town) -> list[Mandate]:
    """The congress of a township."""
    term = NEW_TOWN_TERM if town.is_new else county.town_term
    size = county.town_size + rng.randint(-6, 6)
    congress = world.open(
        Congress(town.code, county.name + town.name, "TOWNSHIP", term, TOWN_OPENED, size + 2)
    )
    return [
        world.elect(
            world.register.make(rng, "TOWNSHIP", county.code, town.name),
            congress,
            town=town.code,
            unit=f"{town.name}第{rng.randint(1, 24)}选区",
        )
        for _ in range(size)
    ]


def elect_in_county(world: World, congress: Congress, person: Person, town: Town) -> Mandate:
    """A mandate in a county's congress for somebody at home in `town`."""
    return world.elect(
        person,
        congress,
        town=town.code,
        unit=f"{town.name}第{person.number % 6 + 1}选区",
        delegation=f"{town.name}代表团",
    )


def named(county: County, code: str) -> Town:
    """The township with this code."""
    return next(town for town in towns(county.code) if town.code == code)


def fill_prefecture(world: World, code: str) -> None:
    """A prefecture's congress. Only Guangyuan and Deyang have deputies of other counties here."""
    name, term, opened, seats = PREFECTURES[code]
    rng = chance(f"{code}")
    congress = world.open(Congress(code, name, "PREFECTURE", term, opened, seats))
    for county in COUNTIES:
        if county.prefecture == code:
            for mandate in rng.sample(world.held("COUNTY", county.code), county.in_prefecture):
                elect_higher(world, congress, mandate.person, county.name, mandate.town)
    others = COUNTIES_OF.get(code, ())
    while others and len(world.in_congress(congress)) < seats - VACANT:
        person = world.register.make(rng, "PREFECTURE", code, name)
        elect_higher(world, congress, person, rng.choice(others), "")


def elect_higher(
    world: World, congress: Congress, person: Person, place: str, town: str
) -> Mandate:
    """A mandate that the congress of `place` elects."""
    return world.elect(
        person, congress, town=town, unit=f"{place}人民代表大会", delegation=f"{place}代表团"
    )


def fill_province(world: World) -> None:
    """The congress of the province."""
    code, name, term, opened, seats = PROVINCE
    rng = chance(f"{code}")
    congress = world.open(Congress(code, name, "PROVINCE", term, opened, seats))
    for prefecture, number in FROM_PREFECTURE.items():
        for mandate in rng.sample(world.held("PREFECTURE", prefecture), number):
            elect_higher(world, congress, mandate.person, PREFECTURES[prefecture][0], mandate.town)
    for county in COUNTIES:
        for mandate in rng.sample(world.held("COUNTY", county.code), county.in_province):
            place = PREFECTURES[county.prefecture][0]
            elect_higher(world, congress, mandate.person, place, mandate.town)
    while len(world.in_congress(congress)) < PROVINCE_DEPUTIES:
        prefecture, place = rng.choice(prefectures())
        person = world.register.make(rng, "PROVINCE", prefecture, place)
        elect_higher(world, congress, person, place, "")


def fill_nation(world: World) -> None:
    """Those members of the national congress whom the province elected."""
    code, name, term, opened, seats = NATION
    rng = chance(f"{code}")
    congress = world.open(Congress(code, name, "NATIONAL", term, opened, seats))
    candidates = world.held("PROVINCE")[:CANDIDATES]
    for mandate in rng.sample(candidates, FROM_PROVINCE):
        elect_higher(world, congress, mandate.person, PROVINCE[1], mandate.town)
    while len(world.in_congress(congress)) < NATION_DEPUTIES:
        person = world.register.make(rng, "NATIONAL", PROVINCE[0], PROVINCE[1])
        elect_higher(world, congress, person, PROVINCE[1], "")
