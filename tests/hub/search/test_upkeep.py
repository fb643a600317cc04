"""The index follows the golden rows, in the transaction that writes them."""

from __future__ import annotations

import pytest

from hub.search.rebuild import is_empty, rebuild
from hub.subjects.record_kinds import RecordKind
from hub.subjects.search import SearchKind
from tests.hub.pushing import GUANGYUAN, IDS, YUANBA, Hub, deputy, fill

PEOPLE = """
SELECT e.name, e.folded, e.reading, e.rank FROM search_entry e WHERE e.rank IN (0, 1000)
ORDER BY e.name, e.number
"""
ENTRIES = """
SELECT to_jsonb(e) - 'division_ids', (SELECT array_agg(d ORDER BY d) FROM unnest(division_ids) d)
FROM search_entry e WHERE {which} ORDER BY entity_id, number
"""
ALL = ENTRIES.format(which="TRUE")
OF_RECORDS = ENTRIES.format(which="rank % 1000 NOT IN (10, 11)")


async def test_a_pushed_person_has_an_entry_for_each_reading(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", name="单晓 东"), deputy("2", name="王小明"))
    assert await hub.rows(PEOPLE) == [
        ("单晓东", "单晓东", "shan xd xiao dong", 0),
        ("单晓东", None, "dan xd xiao dong", 0),
        ("王小明", "王小明", "wang xm xiao ming", 0),
    ]


async def test_a_renamed_person_is_indexed_anew(hub: Hub) -> None:
    await hub.deputies("county", deputy("1"))
    await hub.deputies("county", deputy("1", name="王小红"))
    assert [row[1] for row in await hub.rows(PEOPLE)] == ["王小红"]


async def test_a_merged_person_has_one_entry_with_all_divisions(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", nationalId=IDS[0]))
    await hub.deputies("city", deputy("A", divisionCode=GUANGYUAN))
    assert len(await hub.rows(PEOPLE)) == 2
    await hub.deputies("city", deputy("A", divisionCode=GUANGYUAN, nationalId=IDS[0]))
    assert len(await hub.rows(PEOPLE)) == 1
    codes = await hub.rows(
        "SELECT DISTINCT d.code FROM search_entry e JOIN division d ON d.id = ANY(e.division_ids) "
        "WHERE e.rank = 0 ORDER BY 1"
    )
    assert [code for (code,) in codes] == ["000000", "510000", "510800", "510811"]


async def test_a_person_ends_with_the_last_mandate_and_comes_back(hub: Hub) -> None:
    ended = deputy("1", nationalId=IDS[0], status="届满")
    await hub.deputies("county", ended)
    assert [row[3] for row in await hub.rows(PEOPLE)] == [1000]
    await hub.deputies("city", deputy("A", divisionCode=GUANGYUAN, nationalId=IDS[0]))
    assert [row[3] for row in await hub.rows(PEOPLE)] == [0]


async def test_places_groups_and_congresses_are_indexed(hub: Hub) -> None:
    await fill(hub)
    rows = await hub.rows(
        "SELECT rank, name FROM search_entry WHERE rank IN (20, 21, 30, 40, 50) ORDER BY rank, name"
    )
    assert rows == [
        (20, "广元市第八届人民代表大会"),
        (20, "昭化区第八届人民代表大会"),
        (21, "元坝镇第二十届人民代表大会"),
        (30, "元坝镇人大代表之家"),
        (40, "驻金堂联络站"),
        (50, "教育小组"),
    ]


async def test_a_new_address_is_indexed_and_a_phone_never(hub: Hub) -> None:
    home = {"externalId": "H", "name": "代表之家", "divisionCode": YUANBA, "phone": "0839-123"}
    await hub.push("county", RecordKind.HOME, home)
    await hub.push("county", RecordKind.HOME, home | {"address": "京兆路 １２ 号"})
    ((entry,),) = await hub.rows("SELECT to_jsonb(e) FROM search_entry e WHERE rank = 30")
    assert entry["address"] == "京兆路12号"
    assert not any("123" in str(entry[name]) for name in ("name", "address", "folded", "reading"))


async def test_divisions_are_found_from_their_loading_on(hub: Hub) -> None:
    ((entries, divisions, ended),) = await hub.rows(
        "SELECT count(*), (SELECT count(*) FROM division), count(*) FILTER (WHERE rank > 1000) "
        "FROM search_entry"
    )
    assert entries == divisions
    assert ended > 10_000


async def test_rebuilding_mends_what_is_missing_and_what_is_left_over(hub: Hub) -> None:
    await fill(hub)
    before = await hub.rows(ALL)
    async with hub.database.driver() as driver:
        await driver.execute("DELETE FROM search_entry WHERE rank = 0")
        await driver.execute("UPDATE search_entry SET name = 'x' WHERE rank = 30")
        await driver.execute(
            "INSERT INTO search_entry (entity_id, number, rank, name, reading, division_ids) "
            "VALUES (gen_random_uuid(), 0, 0, '张无', 'zhang w wu', '{}')"
        )
        done = await rebuild(driver)
        assert not await is_empty(driver)
    assert await hub.rows(ALL) == before
    assert sum(done.values()) == len(before)


@pytest.mark.parametrize("field", ["phone", "homeAddress", "email"])
async def test_no_restricted_field_is_indexed(hub: Hub, field: str) -> None:
    value = {"phone": "13900000001", "homeAddress": "幸福巷9号", "email": "a@example.org"}[field]
    await hub.deputies("county", deputy("1", **{field: value}))
    ((text,),) = await hub.rows("SELECT e::text FROM search_entry e WHERE rank = 0")
    assert value[:4] not in text


async def test_deleted_rows_leave_the_index(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", nationalId=IDS[0]), deputy("2", name="李芳"))
    await hub.deputies("county", deputy("2", name="王小明", nationalId=IDS[0]))
    assert [row[1] for row in await hub.rows(PEOPLE)] == ["王小明"]


async def test_what_is_written_at_once_is_what_a_rebuilding_writes(hub: Hub) -> None:
    await fill(hub)
    await hub.deputies(
        "county",
        deputy("n1", name="单小东", nationalId=IDS[1], status="届满"),
        deputy("n2", name="单小东", nationalId=IDS[1], divisionCode=YUANBA, term=20),
        deputy("n3", name="林芝", status="届满"),
        deputy("1", nationalId=IDS[0], status="届满"),
    )
    at_once = await hub.rows(OF_RECORDS)
    async with hub.database.driver() as driver:
        await rebuild(driver, kinds=set(SearchKind) - {SearchKind.DIVISION})
    assert await hub.rows(OF_RECORDS) == at_once
    ranks = (
        "SELECT DISTINCT name, rank FROM search_entry WHERE name IN ('单小东', '林芝') ORDER BY 2"
    )
    assert await hub.rows(ranks) == [("单小东", 0), ("林芝", 1000)]
