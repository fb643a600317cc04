"""The rows that every case of the contract suite holds, and the manifest over them."""

from __future__ import annotations

from collections.abc import Mapping

from connectors.manifest import SystemManifest
from connectors.systems import parse_manifest

Person = dict[str, str]
COLUMNS = ("id", "name", "sex", "phone", "stations", "updated_at", "is_deleted")
CODES = {"1": "MALE", "2": "FEMALE"}


def person(number: int, **changes: str) -> Person:
    """An invented deputy as a source writes one down."""
    made = {
        "id": str(number),
        "name": f"代表{'甲乙丙丁戊己庚辛壬癸'[number % 10]}",
        "sex": str(1 + number % 2),
        "phone": f"1380000{number:04d}",
        "stations": f"{number},,{number + 1},",
        "updated_at": f"2026-03-{1 + number % 28:02d} 08:00:00",
        "is_deleted": "0",
    }
    return made | changes


def people(count: int) -> list[Person]:
    """Deputies 1 to `count`."""
    return [person(number) for number in range(1, count + 1)]


def record(given: Person) -> dict[str, object]:
    """What the mapping below makes of `given`."""
    numbers = [part for part in given["stations"].split(",") if part]
    return {
        "externalId": f"D{given['id']}",
        "name": given["name"],
        "gender": CODES[given["sex"]],
        "phone": given["phone"],
        "term": 14,
        "stations": [f"S{number}" for number in numbers],
    }


def manifest(
    connector: Mapping[str, object], source: Mapping[str, object], **changes: object
) -> SystemManifest:
    """A system with one stream of deputies; `source` says where its rows are."""
    stream = {
        "name": "deputies",
        "kind": "DEPUTY",
        "key": "D{id}",
        "fields": {
            "name": "name",
            "gender": {"column": "sex", "codes": CODES},
            "phone": "phone",
            "term": {"value": 14},
            "stations": {"column": "stations", "separator": ",", "prefix": "S"},
        },
        "checks": {"phone": "^[0-9+ -]*$"},
        **source,
        **changes,
    }
    system = {
        "system": "test-deputies",
        "name": "代表测试系统",
        "division": "510811",
        "connector": connector,
        "streams": [stream],
    }
    return parse_manifest(system, "test manifest")
