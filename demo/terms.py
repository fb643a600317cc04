"""What happens in a term: posts, by-elections, ends of mandates; and terms that are over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from demo.chance import chance
from demo.facts import Congress, Mandate
from demo.people import Person
from demo.world import World

POSTS = {
    "PROVINCE": (("CHAIR", 1), ("VICE_CHAIR", 6), ("SECRETARY_GENERAL", 1), ("MEMBER", 56)),
    "PREFECTURE": (("CHAIR", 1), ("VICE_CHAIR", 5), ("SECRETARY_GENERAL", 1), ("MEMBER", 32)),
    "COUNTY": (("CHAIR", 1), ("VICE_CHAIR", 5), ("MEMBER", 23)),
    "TOWNSHIP": (("PRESIDIUM_CHAIR", 1), ("PRESIDIUM_VICE_CHAIR", 1), ("PRESIDIUM_MEMBER", 5)),
}
TITLES = {
    "CHAIR": "人大常委会主任",
    "VICE_CHAIR": "人大常委会副主任",
    "SECRETARY_GENERAL": "人大常委会秘书长",
    "PRESIDIUM_CHAIR": "人大主席团主席",
    "PRESIDIUM_VICE_CHAIR": "人大主席团副主席",
}
SMALLEST_WITH_POSTS = 40
REASONS = ("MOVED_AWAY", "MOVED_AWAY", "RESIGNED", "RESIGNED", "DIED", "ABSENT_TWICE", "RECALLED")
ABOLISHED_ON = date(2020, 6, 12)
ABOLISHED = (
    ("510681100", "广汉市雒城镇", 18, date(2016, 11, 18), 40, "510681001"),
    ("510121104", "金堂县淮口镇", 18, date(2016, 11, 16), 40, "510121006"),
    ("510811205", "昭化区青牛乡", 19, date(2016, 11, 15), 28, "510811111"),
)
"""Congresses that ended with their township, and where their people are at home today."""


def give_posts(world: World) -> None:
    """Posts in standing committees and presidiums, to people with one mandate."""
    for congress in world.congresses:
        fellows = [item for item in world.in_congress(congress) if is_single(world, item)]
        if congress.level not in POSTS or len(fellows) < SMALLEST_WITH_POSTS:
            continue
        waiting = iter(fellows)
        for post, number in POSTS[congress.level]:
            for _ in range(number):
                appoint(next(waiting), post)


def appoint(mandate: Mandate, post: str) -> None:
    """Give a post, and the work that goes with it."""
    mandate.post = post
    if post in TITLES:
        work = mandate.congress.place + TITLES[post]
        mandate.person = replace(mandate.person, work=work, composition="干部")


def is_single(world: World, mandate: Mandate) -> bool:
    """Whether the person has no other mandate and no part of its own."""
    return len(world.of_person(mandate.person)) == 1 and not world.is_known(mandate.person)


def let_time_pass(world: World) -> None:
    """By-elections, suspensions and ends among people with one mandate and no post."""
    rng = chance("time")
    for mandate in world.mandates:
        if is_single(world, mandate) and not mandate.post and mandate.congress.end is None:
            happen(rng, mandate, rng.random())


def happen(rng: Random, mandate: Mandate, drawn: float) -> None:
    """One thing, or mostly nothing, happens to a mandate."""
    later = mandate.congress.start + timedelta(days=rng.randint(300, 900))
    if drawn < 0.02:
        end_mandate(mandate, rng.choice(REASONS), later)
    elif drawn < 0.023:
        mandate.status, mandate.reason = "SUSPENDED", "IN_CUSTODY"
    elif drawn < 0.04:
        mandate.entry, mandate.start = "BY_ELECTION", later
    elif drawn < 0.042:
        mandate.status = "ELECTED_PENDING_REVIEW"
    elif drawn < 0.3:
        mandate.is_reelected = True


def end_mandate(mandate: Mandate, reason: str, day: date) -> None:
    """The qualification ends (Deputies Law 2025, art. 62)."""
    mandate.status, mandate.reason, mandate.end = "TERMINATED", reason, day


def remember_former_terms(world: World) -> None:
    """Congresses that ended with their township, and a term that ran out in Guanghan."""
    for code, place, term, start, seats, town in ABOLISHED:
        rng = chance(f"{code}")
        congress = Congress(code, place, "TOWNSHIP", term, start, seats, ABOLISHED_ON)
        end_with_division(world, rng, world.open(congress), town)
    last = world.congress("510681")
    before = Congress(
        last.code, last.place, last.level, last.term - 1, date(2016, 11, 28), 280, last.start
    )
    expire(world, world.open(before))


def end_with_division(world: World, rng: Random, congress: Congress, town: str) -> None:
    """The deputies of an abolished township. Eight of them sit in the county's congress today."""
    heirs = [item.person for item in world.held("COUNTY", congress.code[:6]) if item.town == town]
    people = [person for person in heirs if not world.is_known(person)][:8]
    place = congress.place[3:]
    while len(people) < congress.seats - 2:
        people.append(world.register.make(rng, "TOWNSHIP", congress.code[:6], place))
    for person in people:
        unit = f"{place}第{person.number % 20 + 1}选区"
        end_mandate(
            world.elect(person, congress, town=town, unit=unit),
            "DIVISION_ABOLISHED",
            ABOLISHED_ON,
        )


def expire(world: World, congress: Congress) -> None:
    """Forty deputies of the term before, half of them re-elected."""
    today = [item for item in world.held("COUNTY", congress.code) if not item.post]
    for mandate in today[:20]:
        mandate.is_reelected = True
        run_out(world, congress, mandate.person, mandate.town)
    rng = chance(f"{congress.key}")
    for _ in range(20):
        person = world.register.make(rng, "COUNTY", congress.code, congress.place)
        run_out(world, congress, person, rng.choice(today).town)


def run_out(world: World, congress: Congress, person: Person, town: str) -> None:
    """A mandate whose term of office is over."""
    mandate = world.elect(person, congress, town=town, unit="第1选区")
    mandate.status, mandate.end = "EXPIRED", congress.end
