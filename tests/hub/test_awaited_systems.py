"""References into systems that become known later wait for them, like those to any record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import pytest

from hub.runs.registered_systems import add_system, fetch_awaited
from hub.stewards.undo_run import undo_run
from hub.subjects.record_kinds import RecordKind
from hub.subjects.systems import ConnectorKind
from tests.hub.pushing import ZHAOHUA, Hub, codes, deputy
from tests.hub.stewarding import desk
from tests.hub.test_bad_matters import CASES as CONTRADICTING
from tests.hub.test_bad_matters import check_quarantined

Records: TypeAlias = Sequence[tuple[RecordKind, Mapping[str, object]]]

HOME: dict[str, object] = {
    "externalId": "H1",
    "name": "元坝镇人大代表之家",
    "divisionCode": ZHAOHUA,
}
SUGGESTION: dict[str, object] = {
    "externalId": "S1",
    "title": "关于改善乡村学校取暖条件的建议",
    "divisionCode": ZHAOHUA,
    "term": 8,
    "state": "已交办",
    "submittedAt": "2026-01-14",
}
HANDOVER: dict[str, object] = {
    "externalId": "A1",
    "suggestion": {"id": "S1", "system": "later"},
    "handlerName": "区教育局",
    "role": "主办",
    "assignedAt": "2026-02-01",
}


def members(*named: dict[str, object]) -> dict[str, object]:
    return HOME | {"members": [{"system": "later"} | each for each in named]}


MEMBERS = """
SELECT h.name, p.name, m.role FROM home_member m JOIN home h ON h.id = m.home_id
JOIN deputy d ON d.id = m.deputy_id JOIN person p ON p.id = d.person_id ORDER BY 1, 2
"""
HANDED = """
SELECT s.title, a.handler_name FROM assignment a JOIN suggestion s ON s.id = a.suggestion_id
"""
LED = """
SELECT s.title, p.name FROM suggestion s JOIN deputy d ON d.id = s.lead_deputy_id
JOIN person p ON p.id = d.person_id
"""
CASES = [
    pytest.param(
        [(RecordKind.HOME, members({"id": "1", "role": "负责人"}, {"id": "2"}))],
        [(RecordKind.DEPUTY, deputy("1")), (RecordKind.DEPUTY, deputy("2", name="李芳"))],
        MEMBERS,
        2,
        id="a-list-with-roles",
    ),
    pytest.param(
        [(RecordKind.DEPUTY, deputy("1", homes=[{"id": "H1", "system": "later"}]))],
        [(RecordKind.HOME, HOME)],
        MEMBERS,
        1,
        id="a-list-of-the-member",
    ),
    pytest.param(
        [(RecordKind.ASSIGNMENT, HANDOVER)],
        [(RecordKind.SUGGESTION, SUGGESTION)],
        HANDED,
        1,
        id="one-that-is-required",
    ),
    pytest.param(
        [(RecordKind.SUGGESTION, SUGGESTION | {"leadDeputy": {"id": "1", "system": "later"}})],
        [(RecordKind.DEPUTY, deputy("1"))],
        LED,
        1,
        id="one-that-is-not",
    ),
]


async def add_later(hub: Hub) -> None:
    async with hub.database.driver() as driver:
        await add_system(
            driver,
            hub.divisions,
            code="later",
            name="later",
            division_code=ZHAOHUA,
            connector=ConnectorKind.PUSH,
            manifest={},
        )


async def push_all(hub: Hub, system: str, records: Records) -> None:
    for kind, record in records:
        answer = await hub.push(system, kind, record)
        assert codes(answer) == [[]]


async def awaited(hub: Hub) -> dict[str, int]:
    async with hub.database.driver() as driver:
        return await fetch_awaited(driver)


@pytest.mark.parametrize(("naming", "named", "joined", "count"), CASES)
@pytest.mark.parametrize("order", ["naming-first", "system-first", "named-first"])
async def test_the_order_in_which_systems_come_does_not_matter(
    hub: Hub, naming: Records, named: Records, joined: str, count: int, order: str
) -> None:
    if order != "naming-first":
        await add_later(hub)
    if order == "named-first":
        await push_all(hub, "later", named)
    await push_all(hub, "county", naming)
    if order == "naming-first":
        assert await awaited(hub) == {"later": count}
        await add_later(hub)
    if order != "named-first":
        assert await hub.rows(joined) == []
        await push_all(hub, "later", named)
    found = await hub.rows(joined)
    assert len(found) == count
    assert await awaited(hub) == {}
    if joined is MEMBERS and count == 2:
        assert [row[1:] for row in found] == [("李芳", None), ("王小明", "LEADER")]


async def test_what_an_earlier_state_awaited_comes_back_when_a_run_is_undone(hub: Hub) -> None:
    await hub.push("county", RecordKind.HOME, members({"id": "1"}))
    answer = await hub.push("county", RecordKind.HOME, HOME | {"name": "别名"})
    assert await awaited(hub) == {}
    await add_later(hub)
    await hub.deputies("later", deputy("1"))
    assert await hub.rows(MEMBERS) == []
    await undo_run(desk(hub), answer.run_id)
    assert [row[1] for row in await hub.rows(MEMBERS)] == ["王小明"]


async def test_a_record_that_contradicts_one_of_a_later_system_is_refused(hub: Hub) -> None:
    (case,) = [each for each in CONTRADICTING if each.name == "more votes than deputies"]
    record = case.record | {"ballot": {"id": "V1", "system": "later"}}
    await push_all(hub, "county", [(case.kind, record)])
    await add_later(hub)
    await push_all(hub, "later", case.before)
    await check_quarantined(hub, case)
