"""Syncing a system through its connector: counts, second runs, deletions, failures."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from connectors.reading import BATCH
from connectors.source import ConnectorSource
from connectors.systems import parse_manifest
from hub.errors import Code, StopRun
from hub.runs.runs import Counts
from hub.runs.sync import Report, sync_system
from hub.settings import Settings
from hub.subjects.record_kinds import RecordKind
from tests.hub.pushing import IDS, Hub, deputy

MANIFEST: dict[str, Any] = {
    "system": "county",
    "name": "county",
    "division": "510811",
    "connector": {"kind": "file", "folder": "${FOLDER}"},
    "streams": [
        {
            "name": "deputies",
            "kind": "DEPUTY",
            "files": "deputies.jsonl",
            "format": "jsonl",
            "key": "{id}",
            "fields": {
                "name": "name",
                "divisionCode": {"value": "510811"},
                "term": {"value": 8},
                "nationalId": "id_no",
                "post": "post",
            },
        }
    ],
}


class County:
    """The county's system as a folder, and syncs of it."""

    def __init__(self, hub: Hub, settings: Settings, folder: Path) -> None:
        self.hub, self.settings, self.folder = hub, settings, folder

    def write(self, *people: dict[str, object]) -> None:
        lines = (json.dumps(person, ensure_ascii=False) for person in people)
        (self.folder / "deputies.jsonl").write_text("\n".join(lines) + "\n")

    async def sync(self, **how: Any) -> Report:
        manifest = parse_manifest(MANIFEST, "county")
        environ = {"FOLDER": str(self.folder)}
        source = ConnectorSource(manifest, environ, self.settings.identity_secret)
        return await sync_system(self.hub, self.settings, "county", source, **how)


@pytest.fixture
def county(hub: Hub, settings: Settings, tmp_path: Path) -> County:
    return County(hub, settings, tmp_path)


def person(number: int, **fields: object) -> dict[str, object]:
    return {"id": number, "name": "王小明", "id_no": "", "post": "村民"} | fields


LIVE = "SELECT external_id FROM source_record WHERE deleted_at IS NULL ORDER BY external_id"


async def test_second_sync_changes_nothing(county: County) -> None:
    county.write(*(person(i) for i in range(10)))
    first = await county.sync()
    before = await county.hub.rows("SELECT to_jsonb(d) FROM deputy d ORDER BY id")
    second = await county.sync()
    assert (first.counts, second.counts) == (Counts(stored=10), Counts(unchanged=10))
    assert await county.hub.rows("SELECT to_jsonb(d) FROM deputy d ORDER BY id") == before
    assert await county.hub.rows("SELECT count(*) FROM change WHERE kind <> 'CREATED'") == [(0,)]


async def test_a_changed_row_is_stored_and_the_rest_is_unchanged(county: County) -> None:
    county.write(*(person(i) for i in range(10)))
    await county.sync()
    county.write(*(person(i, post="主任" if i == 3 else "村民") for i in range(10)))
    assert (await county.sync()).counts == Counts(stored=1, unchanged=9)


async def test_bad_rows_are_quarantined_with_their_place(county: County) -> None:
    county.write(person(1), person(2, name="张,芳"), person(3))
    with (county.folder / "deputies.jsonl").open("a") as file:
        file.write('{"id": 4, "name": "broken\n')
    report = await county.sync()
    assert report.counts == Counts(stored=2, quarantined=2)
    rows = await county.hub.rows("SELECT place, errors->0->>'code' FROM quarantine ORDER BY place")
    assert [code for _, code in rows] == ["UNREADABLE_VALUE", "MALFORMED_ROW"]
    assert all(
        "deputies.jsonl" in place and digit in place
        for (place, _), digit in zip(rows, "24", strict=True)
    )


async def test_a_mistyped_id_number_costs_the_number_and_not_the_record(county: County) -> None:
    mistyped = (f"{IDS[0][:-1]}8", IDS[0][:-1], "51080219641")
    county.write(*(person(at, id_no=number) for at, number in enumerate(mistyped)))
    report = await county.sync()
    assert report.counts == Counts(stored=3, warned=3)
    assert await county.hub.rows(
        "SELECT id_token, id_parts IS NULL, warnings->0->>'field', warnings->0->>'code' "
        "FROM source_record ORDER BY external_id"
    ) == [
        (None, no_parts, "nationalId", "INVALID_NATIONAL_ID") for no_parts in (False, False, True)
    ]
    assert await county.hub.rows("SELECT warned FROM run") == [(3,)]
    assert (await county.sync()).counts == Counts(unchanged=3)


async def test_the_same_bad_rows_are_quarantined_once(county: County) -> None:
    county.write(person(1), person(2, name="张,芳"))
    await county.sync()
    assert (await county.sync()).counts == Counts(unchanged=1, quarantined=1)
    assert await county.hub.rows("SELECT count(*) FROM quarantine") == [(1,)]


async def test_a_row_that_turns_bad_leaves_the_earlier_value_served(county: County) -> None:
    county.write(person(1, post="主任"))
    await county.sync()
    county.write(person(1, post="书记", name="王,明"))
    assert (await county.sync()).counts == Counts(quarantined=1)
    assert await county.hub.rows("SELECT name, post FROM person") == [("王小明", "主任")]


async def test_a_row_that_is_gone_is_deleted_and_comes_back_with_its_id(county: County) -> None:
    county.write(*(person(i) for i in range(10)))
    await county.sync()
    ids = await county.hub.rows("SELECT id FROM deputy ORDER BY id")
    county.write(*(person(i) for i in range(9)))
    assert (await county.sync()).counts == Counts(unchanged=9, deleted=1)
    assert len(await county.hub.rows("SELECT id FROM deputy")) == 9
    assert len(await county.hub.rows("SELECT id FROM person")) == 9
    county.write(*(person(i) for i in range(10)))
    assert (await county.sync()).counts == Counts(stored=1, unchanged=9)
    assert await county.hub.rows("SELECT id FROM deputy ORDER BY id") == ids


async def test_too_many_deletions_are_withheld_until_released(county: County) -> None:
    county.write(*(person(i) for i in range(10)))
    await county.sync()
    county.write(*(person(i) for i in range(5)))
    assert (await county.sync()).counts == Counts(unchanged=5, withheld=5)
    assert len(await county.hub.rows(LIVE)) == 10
    assert (await county.sync(release_deletions=True)).counts == Counts(unchanged=5, deleted=5)
    assert len(await county.hub.rows(LIVE)) == 5


async def test_withheld_deletions_end_when_the_rows_are_back(county: County) -> None:
    missing = "SELECT count(*) FROM source_record WHERE missing_since IS NOT NULL"
    county.write(*(person(i) for i in range(4)))
    await county.sync()
    county.write(person(0))
    await county.sync()
    assert await county.hub.rows(missing) == [(3,)]
    county.write(*(person(i) for i in range(4)))
    await county.sync()
    assert await county.hub.rows(missing) == [(0,)]


async def test_rows_without_a_key_withhold_deletions(county: County) -> None:
    county.write(*(person(i) for i in range(10)))
    await county.sync()
    county.write(*(person(i) for i in range(9)), {"id": "", "name": "无号"})
    report = await county.sync()
    assert (report.counts.deleted, report.counts.withheld) == (0, 1)


async def test_a_key_that_comes_twice_is_refused_the_second_time(county: County) -> None:
    county.write(person(1), person(1, name="李四"))
    assert (await county.sync()).counts == Counts(stored=1, quarantined=1)
    assert await county.hub.rows("SELECT errors->0->>'code' FROM quarantine") == [
        ("DUPLICATE_KEY",)
    ]


async def test_keys_are_remembered_over_all_pages(county: County) -> None:
    many = [person(i) for i in range(BATCH + 10)]
    county.write(*many, person(3, name="李四"), person(BATCH + 3, name="李四"))
    assert (await county.sync()).counts == Counts(stored=BATCH + 10, quarantined=2)
    county.write(*many[2 : BATCH + 8], person(BATCH + 2, name="李四"))
    assert (await county.sync()).counts == Counts(unchanged=BATCH + 6, quarantined=1, deleted=4)
    gone = "SELECT external_id FROM source_record WHERE deleted_at IS NOT NULL ORDER BY 1"
    assert await county.hub.rows(gone) == [("0",), ("1",), (str(BATCH + 8),), (str(BATCH + 9),)]


async def test_a_missing_file_fails_the_run_and_earlier_data_stays(county: County) -> None:
    county.write(person(1))
    await county.sync()
    (county.folder / "deputies.jsonl").unlink()
    report = await county.sync()
    assert report.error is not None
    assert report.error.code is Code.SOURCE_UNAVAILABLE
    assert "deputies.jsonl" in report.error.message
    assert await county.hub.rows(LIVE) == [("1",)]
    assert await county.hub.rows("SELECT status FROM source_system WHERE code = 'county'") == [
        ("FAILING",)
    ]


async def test_two_syncs_of_one_system_do_not_run_at_once(county: County) -> None:
    county.write(*(person(i) for i in range(500)))
    results = await asyncio.gather(county.sync(), county.sync(), return_exceptions=True)
    refused = [result for result in results if isinstance(result, StopRun)]
    assert [error.code for error in refused] == [Code.ALREADY_RUNNING]


async def test_a_pushed_record_and_a_synced_one_of_one_person_meet(county: County) -> None:
    await county.hub.push(
        "city", RecordKind.DEPUTY, deputy("A", divisionCode="510800", nationalId=IDS[0])
    )
    county.write(person(1, id_no=IDS[0]))
    await county.sync()
    assert await county.hub.rows("SELECT count(*) FROM person") == [(1,)]
