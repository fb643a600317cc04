"""Province: a form of the person and a form of the mandate, for deputies and others alike.

The fourth storage pattern. The same forms serve members of the CPPCC, who are no deputies.
"""

from __future__ import annotations

from demo.areas import PREFECTURES, prefectures
from demo.chance import chance
from demo.facts import Congress, Group, Mandate, Place
from demo.people import Person, Register
from demo.resumes import resume
from demo.tables import Row, Tables, groups_by_mandate, id_number, places_by_person
from demo.words import ENTRIES, POSTS, REASONS, iso, status_word
from demo.world import World

CODE = "510000"
GUESTS = 60
FIRST_GUEST = 900_001
KINDS = {"PROVINCE": "省人大代表", "NATIONAL": "全国人大代表"}
LEVELS = {"PROVINCE": "省级", "NATIONAL": "全国"}
SHOWN_STATIONS = (
    ("S9001", "三星堆镇"),
    ("S9002", "太平镇"),
)
"""Model stations that the provincial list knows by the name of their town only."""


def tables(world: World) -> Tables:
    """The collections behind the provincial API."""
    places = [*world.places_of("HOME", CODE), *world.places_of("STATION", CODE)]
    posted = places_by_person(places)
    joined = groups_by_mandate(world.groups_of(CODE))
    deputies = [*world.held("PROVINCE"), *world.held("NATIONAL")]
    return {
        "delegates": [
            *(delegate(world, item, posted, joined) for item in deputies),
            *(guest(number, person) for number, person in enumerate(guests(), 1)),
        ],
        "congresses": [congress(item) for item in congresses(world)],
        "homes": [place_row(item) for item in world.places_of("HOME", CODE)],
        "stations": [
            *(place_row(item) for item in world.places_of("STATION", CODE)),
            *(shown_station(key, town) for key, town in SHOWN_STATIONS),
        ],
        "groups": [group_row(item) for item in world.groups_of(CODE)],
    }


def delegate(
    world: World, item: Mandate, posted: dict[int, list[int]], joined: dict[int, list[int]]
) -> Row:
    """One deputy: both forms, and where the deputy is posted."""
    is_home = {place.number: place.kind == "HOME" for place in world.places_of("HOME", CODE)}
    numbers = posted.get(item.person.number, [])
    return {
        "id": f"D{item.number}",
        "memberKind": KINDS[item.level],
        "person": person_form(item.person, id_number(world, item.person)),
        "mandate": mandate_form(item),
        "homeIds": [f"H{number}" for number in numbers if number in is_home],
        "stationIds": [f"S{number}" for number in numbers if number not in is_home],
        "groupIds": [f"G{number}" for number in joined.get(item.number, [])],
    }


def person_form(person: Person, number: str) -> Row:
    """Who it is."""
    return {
        "name": person.name,
        "sex": "女" if person.is_woman else "男",
        "nation": person.ethnicity,
        "birthday": iso(person.birth),
        "idCard": number,
        "mobile": person.phone,
        "party": person.affiliation,
        "education": person.education,
        "work": person.work,
        "composition": person.composition,
        **resume(person),
    }


def mandate_form(item: Mandate) -> Row:
    """What the person was elected to."""
    return {
        "congressCode": item.congress.code,
        "level": LEVELS[item.level],
        "session": f"第{item.congress.term}届",
        "delegation": item.delegation,
        "certificate": item.certificate,
        "electingUnit": item.unit,
        "post": POSTS[item.post],
        "state": status_word(item),
        "reason": REASONS[item.reason],
        "mode": ENTRIES[item.entry],
        "from": iso(item.start),
        "to": iso(item.end),
        "isOpen": item.status == "ACTIVE",
        "promise": f"联系{item.delegation}选民，每年提出一件以上建议",
    }


def guests() -> list[Person]:
    """Members of the CPPCC, who use the same platform."""
    register, rng = Register(FIRST_GUEST), chance("guests")
    drawn = (rng.choice(prefectures()) for _ in range(GUESTS))
    return [register.make(rng, "PROVINCE", code, name) for code, name in drawn]


def guest(number: int, person: Person) -> Row:
    """A member of the CPPCC: the form of the mandate stays empty."""
    return {
        "id": f"C{number}",
        "memberKind": "省政协委员",
        "person": person_form(person, person.id_number),
        "mandate": None,
        "homeIds": [],
        "stationIds": [],
        "groupIds": [],
    }


def congresses(world: World) -> list[Congress]:
    """The congresses of nation, province and prefectures."""
    return [world.congress(code) for code in ("000000", CODE, *PREFECTURES)]


def congress(item: Congress) -> Row:
    """One congress."""
    return {
        "id": item.key,
        "code": item.code,
        "term": item.term,
        "name": item.name,
        "from": iso(item.start),
        "seats": item.seats,
    }


def place_row(place: Place) -> Row:
    """A home or station of the province."""
    return {
        "id": f"{place.kind[0]}{place.number}",
        "name": place.name,
        "divisionCode": place.code,
        "divisionName": None,
        "address": place.address,
        "hours": place.hours,
        "head": place.holder("站长"),
        "officer": place.holder("联络员"),
        "area": place.area,
        "since": iso(place.since),
        "homeId": f"H{place.home.number}" if place.home else None,
    }


def shown_station(key: str, town: str) -> Row:
    """A model station known by the name of its town only."""
    return {
        "id": key,
        "name": f"{town}示范代表联络站",
        "divisionCode": None,
        "divisionName": town,
        "address": f"{town}党群服务中心",
        "hours": "每周三 9:00-17:00",
        "head": None,
        "officer": None,
        "area": 120,
        "since": "2021-05-18",
        "homeId": None,
    }


def group_row(group: Group) -> Row:
    """A professional group with its members."""
    return {
        "id": f"G{group.number}",
        "name": group.name,
        "kind": group.kind,
        "field": group.work,
        "session": group.term,
        "leaderId": f"D{group.leader.number}",
        "contact": group.leader.person.name,
        "about": f"围绕{group.work}开展调研，提出建议",
        "members": [
            {"delegateId": f"D{item.mandate.number}", "role": item.role, "since": iso(item.since)}
            for item in group.members
        ],
    }
