"""Activities: where they are held, who took part, and one event that counts in two congresses."""

from __future__ import annotations

import pytest

from hub.subjects.record_kinds import RecordKind
from hub.subjects.stewardship import Verdict
from tests.hub.asking import ask
from tests.hub.pushing import GUANGYUAN, IDS, YUANBA, ZHAOHUA, Hub, codes, deputy
from tests.hub.stewarding import decide, unmerge

TITLE = "绿色低碳发展监督行"


def activity(external_id: str, **fields: object) -> dict[str, object]:
    """A themed activity of Zhaohua; fields override."""
    return {
        "externalId": external_id,
        "title": TITLE,
        "divisionCode": ZHAOHUA,
        "kind": "主题活动",
        "theme": "绿色低碳",
        "heldOn": "2026-03-12",
    } | fields


def part(external_id: str, **fields: object) -> dict[str, object]:
    """Deputy 1 in activity A1; fields override."""
    return {
        "externalId": external_id,
        "activity": {"id": "A1"},
        "deputy": {"id": "1"},
        "attendance": "出席",
    } | fields


async def two_mandates(hub: Hub) -> None:
    """One person, deputy of the county (1) and of the prefecture (9)."""
    await hub.deputies("county", deputy("1", nationalId=IDS[0]))
    await hub.deputies("city", deputy("9", nationalId=IDS[0], divisionCode=GUANGYUAN))


async def held_twice(hub: Hub, **second: object) -> None:
    """The same day, title and person, sent by the county and by the prefecture."""
    await two_mandates(hub)
    await hub.push("county", RecordKind.ACTIVITY, activity("A1"))
    await hub.push("county", RecordKind.ACTIVITY_PARTICIPATION, part("P1"))
    record = activity("B1", divisionCode=GUANGYUAN, **second)
    await hub.push("city", RecordKind.ACTIVITY, record)
    mine = part("P9", activity={"id": "B1"}, deputy={"id": "9"})
    await hub.push("city", RecordKind.ACTIVITY_PARTICIPATION, mine)


PLACED = """{
  activities { nodes { kind theme title home { name } participations { nodes {
    attendance division { code } deputy { level person { name } }
  } } } }
}"""


async def test_an_activity_its_home_and_its_participants_join_in_any_order(hub: Hub) -> None:
    await hub.push("county", RecordKind.ACTIVITY_PARTICIPATION, part("P1"))
    await hub.push("county", RecordKind.ACTIVITY, activity("A1", home={"id": "H1"}))
    await hub.deputies("county", deputy("1"))
    home = {"externalId": "H1", "name": "元坝镇人大代表之家", "divisionCode": YUANBA}
    await hub.push("county", RecordKind.HOME, home)
    (found,) = (await ask(hub, PLACED))["activities"]["nodes"]
    assert found == {
        "kind": "THEMED",
        "theme": "绿色低碳",
        "title": TITLE,
        "home": {"name": "元坝镇人大代表之家"},
        "participations": {
            "nodes": [
                {
                    "attendance": "ATTENDED",
                    "division": {"code": ZHAOHUA},
                    "deputy": {"level": "COUNTY", "person": {"name": "王小明"}},
                }
            ]
        },
    }


TWICE = """{
  doubleEntries(division: "510800") {
    heldOn title person { name }
    first { deputy { level } } second { deputy { level } }
  }
}"""


async def test_what_two_systems_sent_is_proposed_as_one_event_with_two_credits(hub: Hub) -> None:
    await held_twice(hub)
    (entry,) = (await ask(hub, TWICE))["doubleEntries"]
    assert {entry[side]["deputy"]["level"] for side in ("first", "second")} == {
        "COUNTY",
        "PREFECTURE",
    }
    assert (entry["heldOn"], entry["title"]) == ("2026-03-12", TITLE)
    assert entry["person"] == {"name": "王小明"}
    assert len((await ask(hub, TWICE.replace("510800", "510811")))["doubleEntries"]) == 1
    assert (await ask(hub, TWICE.replace("510800", "510121")))["doubleEntries"] == []


async def test_activities_named_one_event_share_their_credits(hub: Hub) -> None:
    await held_twice(hub, sameEvent={"id": "A1", "system": "county"})
    assert (await ask(hub, TWICE))["doubleEntries"] == []
    for found in (await ask(hub, CREDITED))["activities"]["nodes"]:
        levels = {each["deputy"]["level"] for each in found["credits"]["nodes"]}
        assert levels == {"COUNTY", "PREFECTURE"}


CREDITED = "{ activities { nodes { credits { nodes { deputy { level } } } } } }"


async def test_a_steward_joins_what_two_systems_sent_and_takes_it_back(hub: Hub) -> None:
    await held_twice(hub)
    before = await ask(hub, TWICE)
    await decide(hub, "A1", "B1", Verdict.SAME)
    assert (await ask(hub, TWICE))["doubleEntries"] == []
    (event,) = (await ask(hub, CREDITED))["activities"]["nodes"]
    credits = {each["deputy"]["level"] for each in event["credits"]["nodes"]}
    assert credits == {"COUNTY", "PREFECTURE"}
    await unmerge(hub, "A1", "B1")
    assert await ask(hub, TWICE) == before


async def test_a_steward_tells_two_events_apart_for_good(hub: Hub) -> None:
    await held_twice(hub)
    await decide(hub, "A1", "B1", Verdict.DIFFERENT)
    assert (await ask(hub, TWICE))["doubleEntries"] == []
    await hub.push("city", RecordKind.ACTIVITY, activity("B1", content="n", divisionCode=GUANGYUAN))
    assert (await ask(hub, TWICE))["doubleEntries"] == []
    assert len((await ask(hub, CREDITED))["activities"]["nodes"]) == 2


async def test_one_activity_counts_for_two_mandates_without_being_proposed(hub: Hub) -> None:
    await two_mandates(hub)
    await hub.push("county", RecordKind.ACTIVITY, activity("A1"))
    other = part("P2", deputy={"id": "9", "system": "city"})
    await hub.push("county", RecordKind.ACTIVITY_PARTICIPATION, part("P1"), other)
    assert (await ask(hub, TWICE))["doubleEntries"] == []


@pytest.mark.parametrize(
    ("fields", "issue"),
    [
        ({"theme": None}, ("theme", "REQUIRED")),
        ({"kind": "聚餐"}, ("kind", "UNKNOWN_CODE")),
        ({"endedOn": "2026-03-11"}, ("endedOn", "DATES_REVERSED")),
        ({"votersPresent": -1}, ("votersPresent", "OUT_OF_RANGE")),
    ],
)
async def test_a_bad_activity_is_quarantined_with_the_reason(
    hub: Hub, fields: dict[str, object], issue: tuple[str, str]
) -> None:
    answer = await hub.push("county", RecordKind.ACTIVITY, activity("A1", **fields))
    assert codes(answer) == [[issue]]


async def test_a_part_that_names_neither_activity_nor_deputy_is_quarantined(hub: Hub) -> None:
    answer = await hub.push("county", RecordKind.ACTIVITY_PARTICIPATION, {"externalId": "P1"})
    assert codes(answer) == [[("activity", "REQUIRED")]]
