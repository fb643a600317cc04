"""What records of homes, stations, groups and bodies say, in forms that can be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from hub.divisions import Division, DivisionIndex, Regions, regions_of, stem
from hub.linking.places.place_comparison import PlaceSaid
from hub.linking.scores import fold_work
from hub.subjects.divisions import Level
from hub.subjects.record_kinds import RecordKind
from hub.values import fold_for_linking

GENERIC = {
    RecordKind.HOME: re.compile(
        "人民代表大会|人大|代表|之家|联络|联系|接待|工作|活动|服务|[家室站点]$"
    ),
    RecordKind.GROUP: re.compile("人民代表大会|人大|代表|专业|小组|活动|组$"),
}
GENERIC[RecordKind.STATION] = GENERIC[RecordKind.HOME]
"""The words for the kind of a thing, which systems write or leave out; bodies have none."""

OWNER = re.compile("^[省市州县区](?![场政监域容委])(?=..)")
NUMERAL = re.compile(
    "第([一二三四五六七八九十]{1,3}|[0-9]+)|([一二三四五六七八九十]{1,3})(?=号|选区|片区|小组|组|站|支部|室|点|家)"
)
HOUSE = re.compile(r"(\d+)(?:号|$)")
DIGITS = "零一二三四五六七八九"
CODES = ("creditCode", "qrCode")


def place_said(
    divisions: DivisionIndex,
    kind: RecordKind,
    system: str,
    division_id: UUID | str,
    fields: Mapping[str, Any],
    congress: object,
) -> PlaceSaid:
    """What a record says of its home, station, group or body."""
    regions = regions_of(divisions)
    division = divisions.by_id[UUID(str(division_id))]
    region = regions.of(division)
    name, town = core(regions, region, kind, str(fields.get("name", "")), stem_of(division))
    told = regions.names(region).get(town)
    place = place_of(divisions, regions, division, told)
    if told not in (None, place):
        name = town + name
    county = divisions.ancestor(division, Level.COUNTY)
    street, house = address_parts(regions, region, fields.get("address"))
    return PlaceSaid(
        name,
        system,
        str(place),
        str(region),
        tuple(map(str, regions.later(place))),
        str(divisions.place(county.id)) if county else "",
        street,
        house,
        fields.get("phone"),
        fields.get("head") or fields.get("contact"),
        fields.get("kind"),
        fields.get("field"),
        next((fields[name] for name in CODES if fields.get(name)), None),
        str(congress) if congress else None,
    )


def place_of(
    divisions: DivisionIndex, regions: Regions, division: Division, told: UUID | None
) -> UUID:
    """The place that a record means: the township in its name where that says more.

    That is so where its division is the county, or a town that followed the one in the name.
    """
    place = divisions.place(division.id)
    if told and (division.level is not Level.TOWNSHIP or place in regions.later(told)):
        return told
    return place


@lru_cache(maxsize=65536)
def stem_of(division: Division) -> str:
    """A division's folded name without the word for its level."""
    return fold_for_linking(stem(division))


@lru_cache(maxsize=65536)
def core(regions: Regions, region: UUID, kind: RecordKind, name: str, own: str) -> tuple[str, str]:
    """What a name says beyond its division and kind, and the township that it names, or ""."""
    rest, town = without_divisions(regions, region, plain(name))
    if kind not in GENERIC:
        return fold_work(OWNER.sub("", rest)), town
    left = GENERIC[kind].sub("", rest)
    return ("" if left == own else left), town


@lru_cache(maxsize=65536)
def address_parts(
    regions: Regions, region: UUID, address: str | None
) -> tuple[str | None, str | None]:
    """Street and house number of an address; None for what it does not tell."""
    rest, _ = without_divisions(regions, region, plain(address or ""))
    found = HOUSE.search(rest)
    if found is None:
        return rest or None, None
    return rest[: found.start()] or None, found[1]


def without_divisions(regions: Regions, region: UUID, text: str) -> tuple[str, str]:
    """The text behind the names of divisions at its beginning, and the township among them."""
    names = regions.names(region)
    longest = max(map(len, names), default=0)
    town = ""
    while True:
        size = next((it for it in range(longest, 1, -1) if text[:it] in names), 0)
        if not size:
            return text, town
        if names[text[:size]]:
            town = text[:size]
        text = text[size:]


def plain(text: str) -> str:
    """Letters and digits in one form, numerals as digits where they count something."""
    letters = "".join(char for char in fold_for_linking(text) if char.isalnum())
    return NUMERAL.sub(lambda found: str(number(found[1] or found[2])), letters)


def number(numeral: str) -> int:
    """The number of a numeral up to 99: 十二 is 12."""
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    digit = DIGITS.index(ones) if len(ones) == 1 else 0
    return (DIGITS.index(tens) if len(tens) == 1 else 1) * 10 + digit if ten else digit
