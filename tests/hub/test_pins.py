"""Pinned values win until released; conflicts are found, and settled by a pin or the sources."""

from __future__ import annotations

import pytest

from hub.errors import Code, HubError
from hub.intake import delete, open_scope
from hub.stewards.pins import pin_value, release_value
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind
from hub.subjects.stewardship import Verdict
from tests.hub.pushing import GUANGYUAN, IDS, YUANBA, ZHAOHUA, Hub, deputy
from tests.hub.stewarding import decide, desk, golden, record_id, unmerge


@pytest.fixture
async def one(hub: Hub) -> Hub:
    """One man known to two systems that disagree on his post and education."""
    await hub.deputies("county", deputy("1", nationalId=IDS[0], post="主任", gender="男"))
    await hub.deputies(
        "city", deputy("A", divisionCode=GUANGYUAN, nationalId=IDS[0], post="书记", gender="1")
    )
    return hub


async def person(hub: Hub) -> str:
    ((key,),) = await hub.rows("SELECT id::text FROM person ORDER BY id LIMIT 1")
    return str(key)


async def posts(hub: Hub) -> list[str | None]:
    return [row[0] for row in await hub.rows("SELECT post FROM person ORDER BY id")]


CONFLICTS = "SELECT entity_type, column_name FROM conflict ORDER BY 1, 2"


async def test_a_pinned_value_wins_through_later_pushes_until_released(one: Hub) -> None:
    pin = await pin_value(desk(one), "person", await person(one), "post", "校长")
    await one.deputies("county", deputy("1", nationalId=IDS[0], post="局长"))
    assert await posts(one) == ["校长"]
    assert await one.rows("SELECT other_winners->>'post' FROM person") == [(pin,)]
    await release_value(desk(one), pin)
    assert await posts(one) == ["书记"]


async def test_a_pin_is_read_like_a_sources_value_and_may_be_empty(one: Hub) -> None:
    key = await person(one)
    await pin_value(desk(one), "person", key, "gender", "女")
    await pin_value(desk(one), "person", key, "birthMonth", "1970年5月3日")
    await pin_value(desk(one), "person", key, "post", None)
    assert await one.rows("SELECT gender, birth_month, post FROM person") == [
        ("FEMALE", "1970-05", None)
    ]


async def test_a_pin_goes_with_its_record_through_merge_and_un_merge(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", post="主任"))
    await hub.deputies("city", deputy("B", divisionCode=GUANGYUAN, post="教师"))
    other = await hub.rows("SELECT person_id::text FROM source_record WHERE external_id = 'B'")
    await pin_value(desk(hub), "person", other[0][0], "post", "校长")
    before = await golden(hub)
    await decide(hub, "1", "B", Verdict.SAME)
    assert await posts(hub) == ["校长"]
    await unmerge(hub, "1", "B")
    assert await golden(hub) == before


async def test_places_and_mandates_can_be_pinned_too(one: Hub) -> None:
    home = {"externalId": "H", "name": "代表之家", "divisionCode": YUANBA}
    await one.push("county", RecordKind.HOME, home)
    ((key,),) = await one.rows("SELECT id::text FROM home")
    await pin_value(desk(one), "home", key, "address", "人民路1号")
    ((mandate,),) = await one.rows(
        "SELECT entity_id::text FROM source_record WHERE external_id='1'"
    )
    await pin_value(desk(one), "deputy", mandate, "status", "暂停")
    assert await one.rows("SELECT address FROM home") == [("人民路1号",)]
    assert await one.rows(f"SELECT status FROM deputy WHERE id = '{mandate}'") == [("SUSPENDED",)]


async def test_conflicts_are_found_and_settled_by_a_pin_or_the_sources(one: Hub) -> None:
    found = [("person", "employer_and_post"), ("person", "post")]
    assert await one.rows(CONFLICTS) == found
    pin = await pin_value(desk(one), "person", await person(one), "post", "校长")
    assert await one.rows(CONFLICTS) == found[:1]
    await release_value(desk(one), pin)
    assert await one.rows(CONFLICTS) == found
    await one.deputies("county", deputy("1", nationalId=IDS[0], post="书 记"))
    assert await one.rows(CONFLICTS) == []


async def test_a_conflict_goes_with_the_merge_that_made_it(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", post="主任"))
    await hub.deputies("city", deputy("B", divisionCode=GUANGYUAN, post="教师"))
    await decide(hub, "1", "B", Verdict.SAME)
    assert len(await hub.rows(CONFLICTS)) == 2
    await unmerge(hub, "1", "B")
    assert await hub.rows(CONFLICTS) == []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("shoeSize", "43", Code.UNKNOWN_FIELD),
        ("divisionId", "43", Code.UNKNOWN_FIELD),
        ("nationalId", "43", Code.UNKNOWN_FIELD),
        ("gender", "?", Code.UNKNOWN_CODE),
        ("birthMonth", "1970-13", Code.INVALID_DATE),
        ("name", None, Code.REQUIRED),
    ],
)
async def test_what_cannot_be_pinned_is_refused_and_changes_nothing(
    one: Hub, field: str, value: object, code: Code
) -> None:
    before = await golden(one)
    with pytest.raises(HubError) as caught:
        await pin_value(desk(one), "person", await person(one), field, value)
    assert caught.value.code is code
    assert await golden(one) == before
    assert await one.rows("SELECT count(*) FROM pin") == [(0,)]


async def test_a_field_that_another_steward_has_pinned_is_not_pinned_again(one: Hub) -> None:
    key = await person(one)
    pin = await pin_value(desk(one, "李强"), "person", key, "post", "校长")
    with pytest.raises(HubError) as caught:
        await pin_value(desk(one), "person", key, "post", "园长")
    assert caught.value.code is Code.ALREADY_DECIDED
    assert "李强" in caught.value.message
    await pin_value(desk(one), "person", key, "post", "园长", seen=pin)
    assert await posts(one) == ["园长"]


async def test_a_pin_is_released_once_and_a_ghost_is_not_pinned(one: Hub) -> None:
    pin = await pin_value(desk(one), "person", await person(one), "post", "校长")
    await release_value(desk(one), pin)
    with pytest.raises(HubError) as caught:
        await release_value(desk(one), pin)
    assert caught.value.code is Code.NOT_PINNED
    with pytest.raises(HubError) as caught:
        await pin_value(desk(one), "person", await person(one), "post", "园长", seen=pin)
    assert caught.value.code is Code.NOT_PINNED
    with pytest.raises(HubError) as caught:
        await pin_value(desk(one), "person", await record_id(one, "1"), "post", "校长")
    assert caught.value.code is Code.NOT_FOUND


async def test_a_pin_stays_on_a_congress_whose_own_record_is_gone(hub: Hub) -> None:
    congress = {"externalId": "C1", "divisionCode": ZHAOHUA, "term": 8, "name": "昭化人大"}
    await hub.push("county", RecordKind.CONGRESS, congress)
    await hub.deputies("county", deputy("1"))
    names = "SELECT name FROM congress"
    ((key,),) = await hub.rows("SELECT id::text FROM congress")
    await pin_value(desk(hub), "congress", key, "name", "区人大")
    async with hub.database.writing() as driver:
        run = await driver.fetchval("SELECT id::text FROM run ORDER BY id DESC LIMIT 1")
        scope = await open_scope(driver, hub, "county", run)
        gone = [await record_id(hub, "C1")]
        await delete(driver, scope, KINDS[RecordKind.CONGRESS], "push", gone)
    assert await hub.rows(names) == [("区人大",)]
