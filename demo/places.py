"""Homes and stations, and who is posted to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from demo.areas import COUNTIES, PREFECTURES, PROVINCE, County, Town, towns
from demo.chance import chance
from demo.facts import Mandate, Member, Place
from demo.numbers import make_phone
from demo.people import VILLAGES
from demo.world import World

HOURS = (
    "每月第一个星期二 9:00-11:30",
    "每月15日 9:00-11:00",
    "每月第一个星期五 15:00-16:00",
    "每周三 9:00-17:00",
)
OFF_SITE = (
    ("510106", "成都市金牛区", "成都"),
    ("441900", "东莞市", "东莞"),
    ("320583", "昆山市", "昆山"),
    ("500112", "重庆市渝北区", "重庆"),
)
"""Where the four off-site stations of Zhaohua lie: code, place, name."""
ABROAD_COUNTY = "510811"
FIRST_PLACE_PHONE = 90_000_000
POSTS_OF_HOMES = ("PRESIDIUM_CHAIR", "PRESIDIUM_VICE_CHAIR")
STATIONS = 3
OFF_SITE_MEMBERS = 6
MIDDLES = {
    "510121": (104.41, 30.86), "510681": (104.28, 30.98), "510704": (104.77, 31.47),
    "510811": (105.96, 32.32), "511025": (104.85, 29.76), "511424": (103.51, 30.01),
}  # fmt: skip
"""Where the counties lie, in degrees."""
TOWN_APART, STATION_APART = 0.06, 0.015
"""How far towns lie apart, and stations from their home: 6 and 1.5 km."""
LEFT_COUNTY, LEFT_ON = "510704", date(2025, 6, 30)
MERGED_TOWN = ("510681100", "雒城镇", "510681001")
"""A town that is a subdistrict today, whose station the register still keeps under the old code."""


def set_up_places(world: World) -> None:
    """A home for each township, stations below it, and the homes of cities and the province."""
    for county in COUNTIES:
        rng = chance(f"places-{county.code}")
        residents = group_by_town(world)
        for place, town in enumerate(towns(county.code)):
            settle_town(world, rng, county, town, residents.get(town.code, []))
            set_points(world, county, town, place)
    set_up_off_site(world)
    set_up_left_over(world)
    for code, name, level in [
        *((code, PREFECTURES[code][0], "PREFECTURE") for code in ("510600", "510800")),
        (PROVINCE[0], PROVINCE[1], "PROVINCE"),
    ]:
        set_up_high_homes(world, code, name, level)
    close_some(world)


def group_by_town(world: World) -> dict[str, list[Mandate]]:
    """The active mandates by the township where their people are at home."""
    found: dict[str, list[Mandate]] = {}
    for mandate in world.mandates:
        if mandate.town and mandate.status == "ACTIVE" and mandate.congress.end is None:
            found.setdefault(mandate.town, []).append(mandate)
    return found


def settle_town(
    world: World, rng: Random, county: County, town: Town, residents: list[Mandate]
) -> None:
    """The home of a township or subdistrict, and its stations with all who live there."""
    home = set_up(world, rng, "HOME", town.code, f"{town.name}人大代表之家", "家")
    home.address = f"{county.name}{town.name}人民政府一楼"
    home.members = staff([item for item in residents if belongs_to_home(item)], home.since)
    people = list(dict.fromkeys(item.person.number for item in residents))
    for number in range(STATIONS):
        village = VILLAGES[(int(town.code) + number * 3) % len(VILLAGES)]
        station = set_up(world, rng, "STATION", town.code, f"{town.name}{village}代表联络站", "站")
        station.home, station.address = home, f"{county.name}{town.name}{village}党群服务中心"
        station.village = village
        here = set(people[number::STATIONS])
        posted = [item for item in residents if item.person.number in here]
        station.members = staff(posted, station.since)


def set_points(world: World, county: County, town: Town, place: int) -> None:
    """The towns of a county on a grid, the stations of a town round its home."""
    east, north = MIDDLES[county.code]
    middle = (east + TOWN_APART * (place % 5 - 2), north + TOWN_APART * (place // 5 - 2))
    for home in world.places_of("HOME", town.code):
        home.point = rounded(*middle)
    for number, station in enumerate(world.places_of("STATION", town.code)):
        station.point = rounded(middle[0] + STATION_APART * (number - 1), middle[1])


def rounded(east: float, north: float) -> tuple[float, float]:
    """Degrees as systems write them."""
    return round(east, 4), round(north, 4)


def belongs_to_home(mandate: Mandate) -> bool:
    """Whether somebody looks after the home: the presidium, and deputies of higher congresses."""
    return mandate.post in POSTS_OF_HOMES or mandate.level in ("PREFECTURE", "PROVINCE")


def set_up(world: World, rng: Random, kind: str, code: str, name: str, local_name: str) -> Place:
    """A home or station in its owner's division, not staffed yet."""
    number = len(world.places) + 1
    place = Place(
        number,
        kind,
        code,
        code,
        name,
        local_name,
        "",
        rng.choice(HOURS),
        rng.randrange(60, 320, 10),
        rng.randint(2, 5),
        date(2018, 1, 8) + timedelta(days=rng.randrange(1800)),
        make_phone(FIRST_PLACE_PHONE + number),
    )
    world.places.append(place)
    return place


def staff(mandates: list[Mandate], since: date) -> list[Member]:
    """Everybody with a role: the first one leads, the second is liaison officer."""
    roles = ("站长", "联络员")
    numbers = list(dict.fromkeys(item.person.number for item in mandates))
    ranks = {number: rank for rank, number in enumerate(numbers)}
    return [
        Member(item, roles[rank] if rank < 2 else "成员", max(since, item.start))
        for item in mandates
        for rank in [ranks[item.person.number]]
    ]


def set_up_off_site(world: World) -> None:
    """Zhaohua's stations where its people went to work."""
    rng = chance("off-site")
    active = [item for item in world.held("COUNTY", ABROAD_COUNTY) if item.status == "ACTIVE"]
    working = [item for item in active if not (item.post or world.is_known(item.person))]
    for number, (located, place, name) in enumerate(OFF_SITE):
        title = f"昭化区驻{name}异地代表联络站"
        station = set_up(world, rng, "STATION", ABROAD_COUNTY, title, "异地站")
        station.located, station.address = located, f"{place}昭化商会会馆二楼"
        start = number * OFF_SITE_MEMBERS
        posted = working[start : start + OFF_SITE_MEMBERS]
        for mandate in posted:
            send_away(world, mandate, place)
        station.members = staff(posted, station.since)


def send_away(world: World, mandate: Mandate, place: str) -> None:
    """Let somebody work where the station is, in all that systems know of the person."""
    away = replace(mandate.person, work=f"{place}某商贸有限公司经营者", composition="企业负责人")
    for each in world.of_person(mandate.person):
        each.person = away


def set_up_left_over(world: World) -> None:
    """The station of a town that is gone, with the people of the subdistrict that followed."""
    code, name, today = MERGED_TOWN
    home = world.places_of("HOME", today)[0]
    station = set_up(
        world, chance(f"places-{code}"), "STATION", code, f"{name}老街代表联络站", "站"
    )
    station.located, station.home = today, home
    station.address, station.point = f"{name}老街党群服务中心", home.point
    station.members = staff([item.mandate for item in home.members], station.since)


def close_some(world: World) -> None:
    """Two stations of Youxian closed with all who were there; from each home one has left.

    The home of a town that is gone was merged into that of the subdistrict.
    """
    for station in world.places_of("STATION", LEFT_COUNTY)[19::20]:
        station.status, station.closed = "撤销", LEFT_ON
        station.members = [replace(item, until=LEFT_ON) for item in station.members]
    for home in world.places_of("HOME", LEFT_COUNTY):
        if len(home.members) > 1:
            home.members[-1] = replace(home.members[-1], until=LEFT_ON)
    code, name, today = MERGED_TOWN
    former = set_up(world, chance(f"home-{code}"), "HOME", code, f"{name}人大代表之家", "家")
    former.located, former.address = today, f"{name}老街"
    former.status, former.closed, former.since = "合并", date(2020, 5, 31), date(2018, 3, 1)


def set_up_high_homes(world: World, code: str, name: str, level: str) -> None:
    """The home of a prefecture or of the province, for its standing committee, and a station."""
    rng = chance(f"places-{code}")
    posts = [item for item in world.held(level, code) if item.post]
    home = set_up(world, rng, "HOME", code, f"{name}人大代表之家", "家")
    station = set_up(world, rng, "STATION", code, f"{name}人大常委会机关代表联络站", "站")
    station.home = home
    for place in (home, station):
        place.address = f"{name}人大常委会机关"
    home.members = staff(posts, home.since)
    station.members = staff(posts[:12], station.since)
