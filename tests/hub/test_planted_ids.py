"""ID numbers planted in any text of any kind of record are neither kept nor told nor logged.

Every case is made from the declarations, so that a new field is tested by itself.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from hub import values
from hub.errors import Code, HubError
from hub.runs.registered_systems import create_key
from hub.settings import Settings
from hub.stewards import pins
from hub.store import Database
from hub.subjects import KINDS
from hub.subjects.kinds import Kind
from hub.subjects.record_kinds import RecordKind
from hub.subjects.stewardship import Verdict
from tests.connectors.syncing import Synced
from tests.hub.pushing import SECRET, Hub, codes, deputy
from tests.hub.stewarding import decide, desk
from tests.hub.test_odd_texts import Record, plain, stream

NUMBER = "510802197005252054"
WITH_X = "51080219590311106X"
SHORT = "510802590311106"
FULL_WIDTH = NUMBER.translate({ord("0") + n: 0xFF10 + n for n in range(10)})
WRITTEN = (
    NUMBER,
    WITH_X,
    WITH_X.lower(),
    SHORT,
    FULL_WIDTH,
    "510802 1970 0525 2054",
    "510802-19700525-2054",
    "5 1 0 8 0 2 1 9 7 0 0 5 2 5 2 0 5 4",
    "510802　19590311　106ｘ",
    "510802\u200b19700525\u20102054",
    "510802.19700525.2054",
    f"（{NUMBER}）",
    f"3 {WITH_X}",
    f"19{NUMBER}",
    f"13800000000{NUMBER}",
)
"""A number as people write it; the last two stand within longer runs of digits."""
SECRETS = ("510802197005252054", "51080219590311106", "510802590311106")


SHOWN = re.compile(
    "|".join(
        (
            *(r"\D{0,9}".join(f"[{it}{chr(0xFEE0 + ord(it))}]" for it in each) for each in SECRETS),
            *(each.encode().hex() for each in SECRETS),
        )
    )
)
"""A number with whatever between its digits, or as bytes."""


def shows(text: str) -> bool:
    """Whether one of the numbers can be read in a text."""
    return SHOWN.search(text) is not None


@pytest.mark.parametrize("written", WRITTEN)
def test_a_number_is_taken_out_of_a_text_however_it_is_written(written: str) -> None:
    text = f"王小明，身份证号{written}，男"
    shown = values.without_id_numbers(text)
    assert values.holds_id_number(text)
    assert not shows(shown)
    assert shown.startswith("王小明，身份证号")
    assert shown.endswith("，男")
    assert "[removed]" in shown


@pytest.mark.parametrize(
    "text",
    [
        "510802197005252053",  # a wrong check character
        "510802197013252054",  # no such day
        "510802203001012054",  # a birth to come
        "510100202403150015",  # a number of an office: division, day, serial
        "510100240315001",
        "2024-01-01 2024-03-05 13800000000",
        "028-81234567 13900000000",
        "1750000000000000000",
        "91510100MA61RTW8X2",
        "018f3b1c-7d2e-7000-8000-0123456789ab",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert values.without_id_numbers(text) == text
    assert not values.holds_id_number(text)


def planted(kind: Kind) -> Iterator[Record]:
    """Records with a number in each of their texts, keys and references, one after the other."""
    yield plain(kind, NUMBER)
    yield plain(kind, f"届{WITH_X}")
    names = [it.name for it in kind.fields if it.name not in ("externalId", "nationalId")]
    for place, name in enumerate((*names, *(reference.name for reference in kind.references))):
        written = WRITTEN[place % len(WRITTEN)]
        yield plain(kind, f"{name} within") | {name: f"文{written}字"}
        yield plain(kind, f"{name} bare") | {name: NUMBER}
        yield plain(kind, f"{name} named") | {
            name: {"id": "1", "role": NUMBER, "system": NUMBER, "startDate": NUMBER}
        }


TABLES = """
SELECT table_schema || '.' || quote_ident(table_name) FROM information_schema.tables
WHERE table_schema IN ('public', 'jobs') AND table_type = 'BASE TABLE'
"""


async def kept(database: Database) -> list[str]:
    """The numbers that can be read in the store, in whatever column of whatever table."""
    found = []
    async with database.driver() as driver:
        for (table,) in await driver.fetch(TABLES):
            rows = f"SELECT string_agg(to_jsonb(t)::text, chr(10)) FROM {table} t"
            text = await driver.fetchval(rows)
            found += [f"{table}: {shown[0]}" for shown in SHOWN.finditer(text or "")]
    return found


async def test_the_search_of_the_store_finds_a_number(hub: Hub) -> None:
    async with hub.database.driver() as driver:
        await driver.execute("UPDATE source_system SET name = $1 WHERE code = 'city'", FULL_WIDTH)
    assert await kept(hub.database) == [f"public.source_system: {FULL_WIDTH}"]


async def test_no_pushed_number_is_kept_or_told(hub: Hub, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for kind in KINDS.values():
        records = [*planted(kind)]
        for start in range(0, len(records), 1000):
            answer = await hub.push("county", kind.kind, *records[start : start + 1000])
            assert not shows(repr(answer))
            if start == 0:
                assert ("externalId", "ID_NUMBER_IN_TEXT") in codes(answer)[0]
    assert await kept(hub.database) == []
    assert not shows(caplog.text)


async def test_no_number_of_a_synced_file_is_kept_or_told(
    hub: Hub, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    folder = tmp_path / NUMBER
    folder.mkdir()
    synced = Synced(hub, settings, {"FOLDER": str(folder)})
    for kind in KINDS.values():
        lines = [json.dumps(record, ensure_ascii=False) for record in planted(kind)]
        file = folder / f"{kind.many}.jsonl"
        file.write_text("\n".join([*lines, f"no JSON {NUMBER}"]) + "\n")
    (folder / f"{NUMBER}.jsonl").write_text(json.dumps(plain(KINDS[RecordKind.HOME], "N")) + "\n")
    named = stream(KINDS[RecordKind.HOME]) | {"name": "named", "files": "5*.jsonl"}
    report = await synced.sync(
        {"kind": "file", "folder": "${FOLDER}"}, *map(stream, KINDS.values()), named
    )
    assert report.error is None
    assert report.counts.stored > len(KINDS)
    assert await kept(hub.database) == []
    assert not shows(repr(report) + caplog.text)


async def test_the_warning_says_which_field(hub: Hub) -> None:
    answer = await hub.deputies("county", deputy("1", post=f"主任 {NUMBER}", nationalId=NUMBER))
    assert codes(answer) == [[("post", "ID_NUMBER_IN_TEXT")]]
    (row,) = await hub.rows("SELECT fields->>'post', id_token FROM source_record")
    assert row == ("主任 [removed]", values.national_id(NUMBER, SECRET))


async def test_a_person_key_that_is_an_id_number_still_joins_a_persons_mandates(hub: Hub) -> None:
    await hub.deputies(
        "county",
        deputy("1", personKey=NUMBER),
        deputy("2", personKey=NUMBER, divisionCode="510811100", term=20),
    )
    rows = await hub.rows("SELECT DISTINCT person_id, person_key FROM source_record")
    assert len(rows) == 1
    assert re.fullmatch("[0-9a-f]{64}", rows[0][1])


async def test_what_a_steward_writes_holds_no_number(hub: Hub) -> None:
    answer = await hub.deputies("county", deputy("1"), deputy("2", term=9))
    node = answer.results[0].entity_id
    assert node is not None
    steward = desk(hub)
    deeds: tuple[Callable[[], Awaitable[object]], ...] = (
        lambda: pins.pin_value(steward, "deputy", node, "delegation", f"主任{NUMBER}"),
        lambda: pins.pin_value(
            steward, "deputy", node, "delegation", "主任", note=f"见 {FULL_WIDTH}"
        ),
        lambda: decide(hub, "1", "2", Verdict.SAME, note=NUMBER),
        lambda: hub.push("county", RecordKind.DEPUTY, deputy("3"), key=f"推 {NUMBER}"),
    )
    for deed in deeds:
        with pytest.raises(HubError) as refused:
            await deed()
        assert refused.value.code is Code.ID_NUMBER_IN_TEXT
        assert not shows(refused.value.message)
    async with hub.database.driver() as driver:
        with pytest.raises(HubError):
            await create_key(driver, "county", steward=NUMBER)
    assert await kept(hub.database) == []
