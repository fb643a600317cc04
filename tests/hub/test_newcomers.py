"""Newcomers: what a sync writes of records that nothing is known of, beside what a push writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
import pytest

from hub.intake import Batch, Candidate, Prepared, Scope, open_scope, prepare, store
from hub.runs.registered_systems import system_id
from hub.runs.runs import start_run
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind
from hub.subjects.systems import RunKind
from tests.hub.pushing import GUANGYUAN, IDS, YUANBA, ZHAOHUA, Hub, deputy

KIND = KINDS[RecordKind.DEPUTY]
STRANGE = "back\\slash \\N \\. “quoted” ‘single’ {braces} 50%"
PEOPLE = (
    deputy(
        "d1",
        gender="男",
        birth="1964-10-11",
        nationalId=IDS[0],
        phone="13800000001",
        employer="昭化镇政府",
        post="科员",
        status="在任",
        startDate="2021-11-03",
        isReelected=True,
    ),
    deputy("d2", name="单雄信", introduction=STRANGE, personKey=STRANGE, status="届满"),
    deputy("d3", name="阿依·古丽", divisionCode=YUANBA, term=20, homes=["h1"], stations=["s1"]),
    deputy("d4", name="李芳", nationalId=IDS[1], phone="13800000004", status="届满"),
    deputy("d5", name="李芳", nationalId=IDS[1], divisionCode=YUANBA, term=20, gender="女"),
)


async def scope_of(hub: Hub, driver: Any, system: str) -> Scope:
    run = await start_run(driver, await system_id(driver, system), RunKind.SYNC)
    scope = await open_scope(driver, hub, system, run)
    scope.scores_people = False
    return scope


def batch_of(*records: Mapping[str, Any]) -> Batch:
    rows = [(record["externalId"], orjson.dumps(record)[:16], record) for record in records]
    candidates = [Candidate(key, checksum, row) for key, checksum, row in rows]
    return Batch(KIND, "deputies", candidates, lambda row: row)  # type: ignore[arg-type,return-value]


async def prepared(hub: Hub, scope: Scope, *records: Mapping[str, Any]) -> Prepared:
    async with hub.database.driver() as driver:
        return await prepare(driver, scope, batch_of(*records))


async def stored(hub: Hub, scope: Scope, page: Prepared) -> None:
    async with hub.database.writing() as driver:
        await store(driver, scope, page)


async def external_id(hub: Hub, record_id: str) -> str:
    return str(
        (await hub.rows("SELECT external_id FROM source_record WHERE id = $1", record_id))[0][0]
    )


async def written(hub: Hub) -> dict[str, list[Any]]:
    """The rows that deputies gave, without ids and times, in an order of their own."""
    without = (
        "- 'id' - 'updated_at' - 'main_record_id' - 'person_id' - 'congress_id' - 'entity_id' "
        "- 'run_id' - 'first_seen_at' - 'last_seen_at' - 'checksum' - 'stream' - 'sequence' - 'at' "
        "- 'deputy_id' - 'home_id' - 'station_id' - 'record_id'"
    )
    found: dict[str, list[Any]] = {}
    for table in (*TABLES, "(SELECT e.* FROM search_entry e JOIN person p ON p.id = e.entity_id)"):
        rows = await hub.rows(f"SELECT to_jsonb(t) {without} FROM {table} t")
        for (row,) in rows:
            for inner in ("resolved", "before", "after"):
                if row.get(inner):
                    row[inner] = {k: v for k, v in row[inner].items() if not k.endswith("_id")}
            if winners := row.get("other_winners"):
                row["other_winners"] = [(k, await external_id(hub, winners[k])) for k in winners]
        found[table] = sorted((row for (row,) in rows), key=repr)
    return found


AT = {"divisionCode": YUANBA}


async def add_places(hub: Hub) -> None:
    await hub.push("county", RecordKind.HOME, {"externalId": "h1", "name": "昭化代表之家"} | AT)
    await hub.push("county", RecordKind.STATION, {"externalId": "s1", "name": "联络站"} | AT)


TABLES = (
    "source_record",
    "reference",
    "person",
    "deputy",
    "congress",
    "home_member",
    "station_member",
    "change",
)


async def scope_in(hub: Hub, system: str = "county") -> Scope:
    async with hub.database.driver() as driver:
        return await scope_of(hub, driver, system)


async def empty(hub: Hub) -> None:
    async with hub.database.driver() as driver:
        await driver.execute(
            f"TRUNCATE {', '.join(TABLES)}, home, station, link_form, link_waiting"
        )


async def test_a_sync_writes_of_newcomers_what_a_push_writes(hub: Hub) -> None:
    await add_places(hub)
    scope = await scope_in(hub)
    page = await prepared(hub, scope, *PEOPLE)
    assert page.records == []
    assert len(page.newcomers.ids) == len(PEOPLE)
    await stored(hub, scope, page)
    synced = await written(hub)
    assert len(synced["deputy"]) == len(PEOPLE)
    assert len(synced["congress"]) == 2
    assert len(synced["home_member"]) == len(synced["station_member"]) == 1
    await empty(hub)
    await add_places(hub)
    await hub.deputies("county", *PEOPLE)
    pushed = await written(hub)
    for table, rows in synced.items():
        assert pushed[table] == rows, table


async def test_who_shares_a_number_or_a_key_with_a_known_record_is_no_newcomer(hub: Hub) -> None:
    await hub.deputies("city", deputy("c1", nationalId=IDS[0], divisionCode=GUANGYUAN))
    scope = await scope_in(hub)
    page = await prepared(
        hub,
        scope,
        deputy("d1", nationalId=IDS[0]),
        deputy("d2", personKey="p"),
        deputy("d3", personKey="p", nationalId=IDS[1], divisionCode=YUANBA),
        deputy("d4", nationalId=IDS[2]),
    )
    assert page.newcomers.external_ids == ["d4"]
    following = await prepared(hub, scope, deputy("d5", nationalId=IDS[2], divisionCode=YUANBA))
    assert following.newcomers.ids == []  # the batch before it may not be stored yet
    await stored(hub, scope, page)
    await stored(hub, scope, following)
    assert await hub.rows("SELECT count(*) FROM person") == [(3,)]


@pytest.mark.parametrize(
    "other",
    [
        {"name": "李芳", "birth": "1970-01-02"},
        {"gender": "女"},
        {"divisionCode": ZHAOHUA},
    ],
    ids=["another person", "a contested value", "the same congress"],
)
async def test_records_of_one_number_that_do_not_plainly_fit_are_no_newcomers(
    hub: Hub, other: dict[str, str]
) -> None:
    first = deputy("d1", nationalId=IDS[0], gender="男", birth="1964-10-11")
    second = deputy("d2", nationalId=IDS[0], **{"divisionCode": YUANBA} | other)
    scope = await scope_in(hub)
    page = await prepared(hub, scope, first, second)
    assert page.newcomers.ids == []
    await stored(hub, scope, page)
    synced = await written(hub)
    await empty(hub)
    await hub.deputies("county", first, second)
    pushed = await written(hub)
    assert pushed == synced


async def test_who_becomes_known_before_being_stored_is_linked_all_the_same(hub: Hub) -> None:
    scope = await scope_in(hub)
    page = await prepared(hub, scope, deputy("d1", nationalId=IDS[0]), deputy("d2", personKey="p"))
    assert len(page.newcomers.ids) == 2
    await hub.deputies("city", deputy("c1", nationalId=IDS[0], divisionCode=GUANGYUAN))
    await hub.deputies("county", deputy("d3", personKey="p", divisionCode=YUANBA))
    await stored(hub, scope, page)
    shared = "SELECT count(DISTINCT person_id) FROM source_record WHERE external_id = ANY($1)"
    assert await hub.rows(shared, ["d1", "c1"]) == [(1,)]
    assert await hub.rows(shared, ["d2", "d3"]) == [(1,)]
    assert await hub.rows("SELECT count(*) FROM person") == [(2,)]


async def test_newcomers_of_one_congress_share_it_whoever_names_it_first(hub: Hub) -> None:
    scope = await scope_in(hub)
    first = await prepared(hub, scope, deputy("d1"))
    second = await prepared(hub, scope, deputy("d2", name="李芳"))
    assert first.newcomers.congresses
    assert not second.newcomers.congresses
    await hub.deputies("city", deputy("c1", name="张强"))
    await stored(hub, scope, first)
    await stored(hub, scope, second)
    assert await hub.rows("SELECT count(*) FROM congress") == [(1,)]
    assert await hub.rows("SELECT count(DISTINCT congress_id) FROM deputy") == [(1,)]


async def test_what_names_a_newcomer_is_joined_to_it(hub: Hub) -> None:
    await hub.push(
        "county", RecordKind.HOME, {"externalId": "h1", "name": "代表之家", **AT, "members": ["d1"]}
    )
    scope = await scope_in(hub)
    await stored(hub, scope, await prepared(hub, scope, deputy("d1")))
    assert await hub.rows("SELECT count(*) FROM home_member") == [(1,)]
