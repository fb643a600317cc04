"""Undoing a run: whatever came after it, the store is as if the run had never been."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from hub.errors import Code, HubError
from hub.stewards.pins import pin_value
from hub.stewards.undo_run import undo_run
from hub.store.locks import RUN_LOCK
from hub.subjects.record_kinds import RecordKind
from tests.hub.pushing import GUANGYUAN, IDS, YUANBA, Hub, deputy
from tests.hub.stewarding import desk
from tests.hub.test_sync import County, county, person

__all__ = ["county"]

STATE = {
    "records": "SELECT system_id::text, external_id, fields - 'x', deleted_at IS NULL, "
    "missing_since IS NULL FROM source_record WHERE deleted_at IS NULL ORDER BY 1, 2",
    "people": "SELECT name, post, education, phone FROM person ORDER BY 1, 2, 3",
    "mandates": "SELECT p.name, c.name, d.status, d.delegation FROM deputy d "
    "JOIN person p ON p.id = d.person_id JOIN congress c ON c.id = d.congress_id ORDER BY 1, 2",
    "congresses": "SELECT name, seats FROM congress ORDER BY name",
    "homes": "SELECT h.name, h.address, p.name FROM home h "
    "LEFT JOIN home_member m ON m.home_id = h.id LEFT JOIN deputy d ON d.id = m.deputy_id "
    "LEFT JOIN person p ON p.id = d.person_id ORDER BY 1, 3",
    "quarantine": "SELECT row_key, errors FROM quarantine WHERE resolved_at IS NULL ORDER BY 1",
}

LOG = """
SELECT entity_type, entity_id::text, kind, before, after FROM change
WHERE entity_type IN ('person', 'deputy', 'congress', 'home') ORDER BY sequence DESC
"""


async def state(hub: Hub) -> dict[str, list[Any]]:
    """The golden rows, links, memberships and quarantine, without ids and times."""
    return {name: await hub.rows(query) for name, query in STATE.items()}


async def golden(hub: Hub) -> dict[tuple[str, str], dict[str, Any]]:
    """The golden rows by table and id, without nulls."""
    return {
        (table, row["id"]): {name: value for name, value in row.items() if value is not None}
        for table in ("person", "deputy", "congress", "home")
        for (row,) in await hub.rows(f"SELECT to_jsonb(t) FROM {table} t")
    }


async def check_log(hub: Hub) -> None:
    """The change log, read backwards from the golden rows, gives each row before, and at last none.

    Every entry tells what the row was like after it.
    """
    rows = await golden(hub)
    for table, key, kind, before, after in await hub.rows(LOG):
        row = rows.pop((table, key), None)
        assert (row is None) == (kind == "DELETED"), (table, kind)
        if kind == "UPDATED":
            assert {name: (row or {}).get(name) for name in after} == after, table
            assert before.keys() == after.keys()
        if kind != "CREATED":
            earlier = (row or {}) | before
            rows[table, key] = {name: it for name, it in earlier.items() if it is not None}
    assert rows == {}


async def run_a(hub: Hub) -> str:
    answer = await hub.deputies(
        "county",
        deputy("1", nationalId=IDS[0], post="主任", homes=["H1"]),
        deputy("2", name="李芳", post="教师", divisionCode=YUANBA, term=20),
        deputy("3", name="赵强", gender="?"),
    )
    return answer.run_id


async def base(hub: Hub) -> None:
    home = {"externalId": "H1", "name": "元坝镇人大代表之家", "divisionCode": YUANBA}
    await hub.push("county", RecordKind.HOME, home)
    await hub.deputies("county", deputy("1", post="村民"), deputy("3", name="赵强"))
    await hub.deputies("city", deputy("A", divisionCode=GUANGYUAN, nationalId=IDS[0]))


async def nothing(_: Hub) -> None:
    pass


async def changes(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", nationalId=IDS[0], post="局长"))


async def says_the_same(hub: Hub) -> None:
    await hub.deputies(
        "county",
        deputy("1", nationalId=IDS[0], post="主任", homes=["H1"]),
        deputy("2", name="李芳", post="教师", divisionCode=YUANBA, term=20),
    )


async def refuses(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", gender="?"), deputy("3", name="赵强", gender="！"))


async def mends(hub: Hub) -> None:
    await hub.deputies("county", deputy("3", name="赵强", gender="男"))


async def others(hub: Hub) -> None:
    await hub.deputies("city", deputy("B", divisionCode=GUANGYUAN, nationalId=IDS[0], term=7))
    await hub.push(
        "county", RecordKind.CONGRESS, {"externalId": "C", "divisionCode": YUANBA, "term": 20}
    )


@pytest.mark.parametrize("then", [nothing, changes, says_the_same, refuses, mends, others])
async def test_a_run_undone_is_as_if_it_had_never_been(
    hub: Hub, then: Callable[[Hub], Awaitable[None]]
) -> None:
    await base(hub)
    start = (await hub.rows("SELECT id FROM run ORDER BY id DESC LIMIT 1"))[0][0]
    undone = await run_a(hub)
    await then(hub)
    await undo_run(desk(hub), undone)
    after = await state(hub)
    await check_log(hub)
    # the same without the run: undo everything after the start, and do only what came then
    later = await hub.rows(
        "SELECT id::text FROM run WHERE id > $1 AND status <> 'UNDONE' ORDER BY id", start
    )
    for (run,) in later:
        await undo_run(desk(hub), run)
    await then(hub)
    assert await state(hub) == after
    await check_log(hub)


async def test_a_row_refused_before_the_run_is_open_again_unless_it_came_in_order_later(
    hub: Hub,
) -> None:
    open_rows = "SELECT row_key, errors->0->>'code' FROM quarantine WHERE resolved_at IS NULL"
    refused = [("1", "UNREADABLE_VALUE")]
    await hub.deputies("county", deputy("1", term="?"))
    mended = await hub.deputies("county", deputy("1"))
    assert await hub.rows(open_rows) == []
    await undo_run(desk(hub), mended.run_id)
    assert await hub.rows(open_rows) == refused
    mended = await hub.deputies("county", deputy("1"))
    seen = await hub.deputies("county", deputy("1"))
    await undo_run(desk(hub), mended.run_id)
    assert await hub.rows(open_rows) == []
    await undo_run(desk(hub), seen.run_id)
    assert await hub.rows(open_rows) == refused


async def test_undoing_everything_leaves_no_golden_row(hub: Hub) -> None:
    await base(hub)
    await run_a(hub)
    for (run,) in await hub.rows("SELECT id::text FROM run ORDER BY id DESC"):
        await undo_run(desk(hub), run)
    assert not any((await state(hub)).values())
    await check_log(hub)
    assert await golden(hub) == {}


async def test_what_was_said_stays_on_record(hub: Hub) -> None:
    await base(hub)
    await undo_run(desk(hub), await run_a(hub))
    assert await hub.rows(
        "SELECT fields->>'post' FROM record_version WHERE fields->>'post' IS NOT NULL ORDER BY 1"
    ) == [("主任",), ("教师",), ("村民",)]
    assert await hub.rows("SELECT DISTINCT actor FROM change WHERE undoes IS NOT NULL") == [
        ("周敏",)
    ]


async def test_an_undone_push_may_come_again(hub: Hub) -> None:
    first = await hub.push("county", RecordKind.DEPUTY, deputy("1"), key="k")
    await undo_run(desk(hub), first.run_id)
    again = await hub.push("county", RecordKind.DEPUTY, deputy("1"), key="k")
    assert [result.outcome for result in again.results] == ["STORED"]
    assert await hub.rows("SELECT count(*) FROM person") == [(1,)]


async def test_pins_and_ids_outlive_an_undone_run(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", post="村民"))
    ((key,),) = await hub.rows("SELECT id::text FROM person")
    await pin_value(desk(hub), "person", key, "post", "校长")
    run = await hub.deputies("county", deputy("1", post="主任"))
    await undo_run(desk(hub), run.run_id)
    assert await hub.rows("SELECT id::text, post FROM person") == [(key, "校长")]


async def test_deletions_of_a_sync_are_undone_unless_a_later_pass_lacks_the_record_too(
    county: County,
) -> None:
    county.write(*(person(i) for i in range(10)))
    await county.sync()
    county.write(*(person(i) for i in range(9)))
    first = await county.sync()
    await undo_run(desk(county.hub), first.run_id)
    live = "SELECT count(*) FROM source_record WHERE deleted_at IS NULL"
    assert await county.hub.rows(live) == [(10,)]
    second = await county.sync()
    third = await county.sync()
    await undo_run(desk(county.hub), second.run_id)
    assert await county.hub.rows(live) == [(9,)]
    await undo_run(desk(county.hub), third.run_id)
    assert await county.hub.rows(live) == [(10,)]


async def test_withheld_deletions_are_undone(county: County) -> None:
    county.write(*(person(i) for i in range(10)))
    await county.sync()
    county.write(person(0))
    withheld = await county.sync()
    missing = "SELECT count(*) FROM source_record WHERE missing_since IS NOT NULL"
    assert await county.hub.rows(missing) == [(9,)]
    county.write(*(person(i) for i in range(10)))
    returned = await county.sync()
    assert await county.hub.rows(missing) == [(0,)]
    await undo_run(desk(county.hub), returned.run_id)
    assert await county.hub.rows(missing) == [(9,)]
    await undo_run(desk(county.hub), withheld.run_id)
    assert await county.hub.rows(missing) == [(0,)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("status = 'RUNNING'", Code.ALREADY_RUNNING),
        ("started_at = now() - interval '91 days'", Code.BAD_INPUT),
        ("status = 'UNDONE', undone_at = now(), undone_by = '李强'", Code.ALREADY_UNDONE),
        ("id = gen_random_uuid()", Code.NOT_FOUND),
    ],
)
async def test_runs_that_cannot_be_undone_are_refused(hub: Hub, change: str, code: Code) -> None:
    run = (await hub.deputies("county", deputy("1"))).run_id
    await hub.rows(f"UPDATE run SET {change}")
    before = await state(hub)
    with pytest.raises(HubError) as caught:
        await undo_run(desk(hub), run)
    assert caught.value.code is code
    assert await state(hub) == before


async def test_no_run_is_undone_while_a_system_is_being_read(hub: Hub) -> None:
    run = (await hub.deputies("county", deputy("1"))).run_id
    async with hub.database.driver() as guard:
        await guard.execute("SELECT pg_advisory_lock($1, hashtext('city'))", RUN_LOCK)
        with pytest.raises(HubError, match="A sync of city is under way"):
            await undo_run(desk(hub), run)
        await guard.execute("SELECT pg_advisory_unlock_all()")
