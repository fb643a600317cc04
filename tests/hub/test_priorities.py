"""The steward's rules of trust, and the golden rows that follow them at once."""

from __future__ import annotations

import pytest

from hub.errors import StopRun
from hub.stewards import priorities
from hub.stewards.desk import Desk
from hub.stewards.priorities import PriorityRule, fetch_rules, read_kind
from hub.subjects.record_kinds import RecordKind
from tests.hub.pushing import GUANGYUAN, IDS, Hub, deputy

PEOPLE = "SELECT name, post, employer FROM person ORDER BY name"
CHANGES = "SELECT entity_type, before, after, run_id, actor FROM change ORDER BY sequence DESC"


@pytest.fixture(autouse=True)
async def people(hub: Hub) -> None:
    """County and city each know 王小明, the county alone 李芳."""
    fields = {"nationalId": IDS[0], "employer": "某中学"}
    await hub.deputies(
        "county", deputy("1", post="教师", **fields), deputy("2", name="李芳", post="医生")
    )
    await hub.deputies("city", deputy("A", divisionCode=GUANGYUAN, post="校长", **fields))


async def set_rule(hub: Hub, rule: PriorityRule) -> int:
    return await priorities.set_rule(Desk("王管理", hub), rule)


def rule(*systems: str, field: str | None = "post") -> PriorityRule:
    return PriorityRule(RecordKind.DEPUTY, field, systems)


async def test_a_rule_for_a_field_changes_that_field_at_once(hub: Hub) -> None:
    assert await hub.rows(PEOPLE) == [("李芳", "医生", None), ("王小明", "校长", "某中学")]
    assert await set_rule(hub, rule("county", "city")) == 1
    assert await hub.rows(PEOPLE) == [("李芳", "医生", None), ("王小明", "教师", "某中学")]
    last, *_ = await hub.rows(CHANGES)
    assert last == ("person", {"post": "校长"}, {"post": "教师"}, None, "王管理")


async def test_a_rule_taken_back_leaves_no_trace_in_the_values(hub: Hub) -> None:
    before = await hub.rows("SELECT to_jsonb(p) - 'updated_at' FROM person p ORDER BY id")
    await set_rule(hub, rule("county", field=None))
    assert (await hub.rows(PEOPLE))[1][1] == "教师"
    await set_rule(hub, rule(field=None))
    after = await hub.rows("SELECT to_jsonb(p) - 'updated_at' FROM person p ORDER BY id")
    assert after == before


async def test_rules_are_listed_and_replaced(hub: Hub) -> None:
    await set_rule(hub, rule("city"))
    await set_rule(hub, rule("county", "city"))
    await set_rule(hub, rule("city", field=None))
    async with hub.database.driver() as driver:
        assert await fetch_rules(driver) == [rule("city", field=None), rule("county", "city")]


async def test_later_records_follow_the_rule(hub: Hub) -> None:
    await set_rule(hub, rule("county"))
    await hub.deputies("city", deputy("A", divisionCode=GUANGYUAN, post="局长", nationalId=IDS[0]))
    assert (await hub.rows(PEOPLE))[1][1] == "教师"


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (rule("county", field="nmae"), "no field nmae"),
        (rule("county", field="divisionCode"), "no field divisionCode"),
        (rule("county", "moon"), "no system moon. It knows: city, county, province"),
        (rule("county", "county"), "named twice"),
    ],
)
async def test_a_rule_that_cannot_hold_is_refused(hub: Hub, bad: PriorityRule, says: str) -> None:
    with pytest.raises(StopRun, match=says):
        await set_rule(hub, bad)
    assert await hub.rows("SELECT count(*) FROM priority_rule") == [(0,)]


def test_a_kind_is_read_in_any_case() -> None:
    assert read_kind("deputy") is RecordKind.DEPUTY
    with pytest.raises(StopRun, match="Give one of: CONGRESS"):
        read_kind("councillor")
