"""Pushing in tests: systems, records, and the rows that come of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from hub.intake import OpenHub
from hub.runs.push import Push, PushAnswer, push
from hub.runs.registered_systems import add_system
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind
from hub.subjects.systems import ConnectorKind

SECRET = b"a-key-for-tests-only"
ZHAOHUA, GUANGYUAN, SICHUAN = "510811", "510800", "510000"
YUANBA = "510811100"
IDS = ("510802196410112659", "51080219590311106X", "510802197005252054")
KEYS = count()


@dataclass(frozen=True)
class Hub(OpenHub):
    """A hub with three systems that push: of a county, its prefecture and its province."""

    secret: bytes = SECRET

    async def add_systems(self) -> None:
        async with self.database.driver() as driver:
            for code, division in (("county", ZHAOHUA), ("city", GUANGYUAN), ("province", SICHUAN)):
                await add_system(
                    driver,
                    self.divisions,
                    code=code,
                    name=code,
                    division_code=division,
                    connector=ConnectorKind.PUSH,
                    manifest={},
                )

    async def push(
        self, system: str, kind: RecordKind, *records: Mapping[str, object], **how: Any
    ) -> PushAnswer:
        key = how.pop("key", None) or f"key-{next(KEYS)}"
        pushed = Push(system, KINDS[kind], key, list(records), **how)
        return await push(self, pushed)

    async def deputies(self, system: str, *records: Mapping[str, object]) -> PushAnswer:
        return await self.push(system, RecordKind.DEPUTY, *records)

    async def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        async with self.database.driver() as driver:
            return [tuple(row) for row in await driver.fetch(query, *values)]


def deputy(external_id: str, **fields: object) -> dict[str, object]:
    """A deputy of Zhaohua's district congress; fields override."""
    return {
        "externalId": external_id,
        "name": "王小明",
        "divisionCode": ZHAOHUA,
        "term": 8,
    } | fields


def codes(answer: PushAnswer) -> list[list[tuple[str | None, str]]]:
    """(field, code) of the errors of each result."""
    return [[(error.field, error.code) for error in result.errors] for result in answer.results]


async def fill(hub: Hub) -> None:
    """A few deputies of Zhaohua on two levels, with a home, a station and a group."""
    await hub.push(
        "county",
        RecordKind.HOME,
        {
            "externalId": "H1",
            "name": "元坝镇人大代表之家",
            "divisionCode": YUANBA,
        },
    )
    await hub.push(
        "county",
        RecordKind.STATION,
        {
            "externalId": "S1",
            "name": "驻金堂联络站",
            "divisionCode": ZHAOHUA,
            "locatedInCode": "510121",
            "home": "H1",
        },
    )
    await hub.push(
        "county",
        RecordKind.GROUP,
        {
            "externalId": "G1",
            "name": "教育小组",
            "divisionCode": ZHAOHUA,
            "leader": "1",
        },
    )
    await hub.deputies(
        "county",
        deputy("1", nationalId=IDS[0], phone="19900000001", homes=["H1"], groups=["G1"]),
        deputy("2", name="李芳", stations=["S1"], divisionCode=YUANBA, term=20),
    )
    await hub.deputies("city", deputy("A", divisionCode=GUANGYUAN, nationalId=IDS[0]))
