"""Invented homes and stations on real divisions, as two systems write them, with the truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from hub.divisions.index import Division, DivisionIndex
from hub.linking.places.forms import place_said
from hub.linking.places.place_comparison import PlaceSaid
from hub.subjects.divisions import Level
from hub.subjects.record_kinds import RecordKind

COUNTIES = ("510811", "510681", "510121", "511025", "510704", "511424")
STEMS = ("柳桥", "石坝", "红岩", "新民", "金光", "白果", "双河", "长沟", "青松", "大湾", "龙泉")
STREETS = ("人民路", "解放街", "文昌路", "滨江东路", "新华街")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
TRADITIONAL = str.maketrans("桥红双龙长联东华", "橋紅雙龍長聯東華")


@dataclass(frozen=True)
class Venue:
    """One home or station of a town."""

    key: str
    kind: RecordKind
    town: Division
    name: str
    street: str
    house: int
    phone: str
    head: str


def towns(divisions: DivisionIndex) -> list[Division]:
    """The towns of today in six counties."""
    return [
        it
        for it in divisions.by_id.values()
        if it.code[:6] in COUNTIES
        and it.level is Level.TOWNSHIP
        and it.has_congress
        and it.valid_to is None
    ]


def venues(rng: Random, town: Division) -> Iterator[Venue]:
    """A home, stations of villages, and two that a number alone tells apart."""
    street, house = rng.choice(STREETS), rng.randint(1, 200)
    office = f"0839-{rng.randint(1000000, 9999999)}"
    names = [(RecordKind.HOME, "")]
    names += [(RecordKind.STATION, f"{stem}村") for stem in rng.sample(STEMS, 3)]
    names += [(RecordKind.STATION, "第1"), (RecordKind.STATION, "第2")]
    for number, (kind, name) in enumerate(names):
        same_building = number < 2 or name.startswith("第")
        yield Venue(
            f"{town.code}-{number}",
            kind,
            town,
            name,
            street if same_building else rng.choice(STREETS),
            house if same_building else rng.randint(1, 200),
            office if same_building else f"0839-{rng.randint(1000000, 9999999)}",
            rng.choice("王李张刘陈") + rng.choice("伟芳军敏强"),
        )


def first_writing(venue: Venue) -> dict[str, str]:
    """As the county's system writes it: code of today, full name, whole address."""
    kind = "人大代表之家" if venue.kind is RecordKind.HOME else "人大代表联络站"
    return {
        "name": f"{venue.town.name}{venue.name}{kind}",
        "division": venue.town.code,
        "address": f"{venue.town.name}{venue.street}{venue.house}号",
        "phone": venue.phone,
        "head": venue.head,
    }


def second_writing(rng: Random, venue: Venue, old: str | None, county: Division) -> dict[str, str]:
    """As another system writes it: short or long, an older code, another head, less of it."""
    home = venue.kind is RecordKind.HOME
    kind = rng.choice(
        ("代表之家", "人大代表家", "人大之家")
        if home
        else ("代表联络站", "联络点", "人大代表联系站")
    )
    before = rng.choice((venue.town.name, county.name + venue.town.name))
    name = venue.name.replace("第1", rng.choice(("第一", "第１"))).replace("第2", "第二")
    written = {"name": f"{before}{name}{kind}", "division": venue.town.code}
    if old and rng.random() < 0.5:
        written["division"] = old
    elif rng.random() < 0.15:
        written["division"] = county.code
    if rng.random() < 0.2:
        written["name"] = written["name"].translate(TRADITIONAL)
    drawn = rng.random()
    if drawn < 0.8:
        house = str(venue.house).translate(FULL_WIDTH) if drawn < 0.3 else str(venue.house)
        number = "" if drawn > 0.7 else f"{house}号"
        written["address"] = f"{rng.choice(('', before))}{venue.street}{number}"
    if rng.random() < 0.6:
        written["phone"] = venue.phone if rng.random() < 0.7 else "0839-5550000"
    if rng.random() < 0.6:
        written["head"] = venue.head if rng.random() < 0.6 else "赵云"
    return written


def written(divisions: DivisionIndex, seed: int) -> Iterator[tuple[RecordKind, str, PlaceSaid]]:
    """(kind, key of the venue, what the record says) of each record of two systems."""
    rng = Random(seed)  # noqa: S311 - invented places, no secret
    for town in sorted(towns(divisions), key=lambda it: it.code):
        county = divisions.by_id[town.path[-2]]
        versions = [divisions.by_id[it] for it in divisions.versions(divisions.place(town.id))]
        old = next((it.code for it in versions if it.code != town.code), None)
        for venue in venues(rng, town):
            yield venue.kind, venue.key, said(divisions, venue.kind, "county", first_writing(venue))
            if rng.random() < 0.8:
                second = second_writing(rng, venue, old, county)
                yield venue.kind, venue.key, said(divisions, venue.kind, "city", second)


def said(
    divisions: DivisionIndex, kind: RecordKind, system: str, fields: dict[str, str]
) -> PlaceSaid:
    """What a record says."""
    division = divisions.resolve(fields["division"])
    assert division
    known = fields if kind is RecordKind.HANDLING_BODY else {"kind": kind.name} | fields
    return place_said(divisions, kind, system, division.id, known, None)
