"""A stream of several pages: another process reads and prepares them."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import orjson

from hub.errors import Code
from hub.intake import Candidate
from hub.runs import reader
from hub.runs.pages import Limits, Page
from hub.runs.runs import Counts
from hub.runs.sync import Report, sync_system
from hub.settings import Settings
from hub.subjects.record_kinds import RecordKind
from tests.hub.pushing import IDS, YUANBA, Hub, deputy

PAGE = 3
Row = Mapping[str, Any]


class Deputies:
    """A source of one stream, with small pages; `read` is what becomes of a row."""

    name, kind, digest, believes_absence = "deputies", RecordKind.DEPUTY, "digest", True
    shifts, limits = False, Limits()

    def __init__(self, *rows: Row, read: Callable[[Row], Row] = dict) -> None:
        self._rows, self._read = rows, read
        self.streams = [self]

    async def pages(self, since: object | None) -> AsyncIterator[Page]:
        for start in range(0, len(self._rows), PAGE):
            some = self._rows[start : start + PAGE]
            yield Page([Candidate(it["externalId"], orjson.dumps(it)[-16:], it) for it in some])
        yield Page(cursor=len(self._rows))

    def read(self, row: object) -> Row:
        assert isinstance(row, dict)
        return self._read(row)

    async def stored(self) -> None:
        pass

    async def close(self) -> None:
        pass


async def sync(hub: Hub, settings: Settings, source: Deputies) -> Report:
    return await sync_system(hub, settings, "county", source)


def people(count: int) -> list[dict[str, Any]]:
    return [
        deputy(f"d{number:02}", name=f"王{'甲乙丙丁戊'[number % 5]}") for number in range(count)
    ]


KNOWN = "SELECT count(*) FROM source_record"


async def test_pages_are_prepared_in_another_process_and_stored_in_their_order(
    hub: Hub, settings: Settings
) -> None:
    rows = people(20)

    def signed(row: Row) -> Row:
        return {**row, "post": str(os.getpid())}

    report = await sync(hub, settings, Deputies(*rows, rows[0], read=signed))
    assert report.counts == Counts(stored=20, quarantined=1)
    ((reader_,),) = await hub.rows("SELECT DISTINCT post FROM person")
    assert reader_ != str(os.getpid())
    log = await hub.rows(
        "SELECT s.external_id FROM source_record s JOIN change c ON c.entity_id = s.entity_id "
        "ORDER BY c.sequence"
    )
    assert [key for (key,) in log] == [row["externalId"] for row in rows]
    assert (await sync(hub, settings, Deputies(*rows, read=signed))).counts == Counts(unchanged=20)


async def test_who_stands_in_several_pages_is_one_person(hub: Hub, settings: Settings) -> None:
    numbered = [
        deputy(f"n{page}", nationalId=IDS[0], divisionCode=code)
        for page, code in enumerate((YUANBA, "510811", "510812"))
    ]
    rows = people(3 * PAGE)
    rows[PAGE - 1 :: PAGE] = numbered
    report = await sync(hub, settings, Deputies(*rows))
    assert report.counts == Counts(stored=3 * PAGE)
    shared = "SELECT count(DISTINCT person_id) FROM source_record WHERE id_token IS NOT NULL"
    assert await hub.rows(shared) == [(1,)]
    assert await hub.rows("SELECT count(*) FROM person") == [(3 * PAGE - 2,)]
    assert await hub.rows("SELECT count(*) FROM congress") == [(3,)]


def fails(row: Row) -> Row:
    raise ValueError("a fault of ours")


def dies(row: Row) -> Row:
    os.kill(os.getpid(), signal.SIGKILL)
    return row


def at(number: int, does: Callable[[Row], Row]) -> Callable[[Row], Row]:
    return lambda row: does(row) if row["externalId"] == f"d{number:02}" else row


async def test_a_fault_in_the_reader_stops_the_run(hub: Hub, settings: Settings) -> None:
    report = await sync(hub, settings, Deputies(*people(12), read=at(PAGE, fails)))
    assert report.error is not None
    assert report.error.code is Code.INTERNAL
    ((stored,),) = await hub.rows(KNOWN)
    assert stored % PAGE == 0
    assert stored <= PAGE


async def test_the_end_of_the_reader_stops_the_run_and_the_next_one_goes_on(
    hub: Hub, settings: Settings
) -> None:
    report = await sync(hub, settings, Deputies(*people(12), read=at(PAGE, dies)))
    assert report.error is not None
    assert report.error.code is Code.INTERNAL
    assert report.error.message == reader.READER_GONE
    ((stored,),) = await hub.rows(KNOWN)
    assert stored <= PAGE
    again = await sync(hub, settings, Deputies(*people(12)))
    assert again.counts == Counts(stored=12 - stored, unchanged=stored)
