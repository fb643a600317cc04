"""The forms of all records, read in one process and in several."""

from __future__ import annotations

import os
import signal
from typing import Any

import numpy as np
import pytest

from hub.errors import Code, StopRun
from hub.intake.link_forms import Forms
from hub.passes import form_readers
from hub.passes.form_readers import read_forms
from tests.hub.pushing import Hub, deputy


async def read(hub: Hub) -> Forms:
    async with hub.database.transaction() as driver:
        return await read_forms(hub.database, driver, hub.divisions)


async def fill(hub: Hub) -> None:
    records = [deputy(str(number), name=f"王小{chr(0x4E00 + number)}") for number in range(40)]
    await hub.deputies("county", *records)


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has even a few records read in several processes."""
    monkeypatch.setattr(form_readers, "SMALL", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)


async def test_several_processes_read_what_one_reads(
    hub: Hub, request: pytest.FixtureRequest
) -> None:
    await fill(hub)
    alone = await read(hub)
    request.getfixturevalue("several")
    together = await read(hub)
    assert len(alone) == 40
    assert together.ids == alone.ids
    assert together.places == alone.places
    assert np.array_equal(together.table, alone.table)


@pytest.mark.usefixtures("several")
async def test_a_fault_in_a_process_that_reads_comes_to_the_one_that_asks(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> Forms:
        raise ZeroDivisionError

    await fill(hub)
    monkeypatch.setattr(form_readers, "forms_of_rows", fail)
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        await read(hub)


@pytest.mark.usefixtures("several")
async def test_a_process_that_is_ended_from_outside_stops_the_pass(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(hub)
    monkeypatch.setattr(
        form_readers, "forms_of_rows", lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    )
    with pytest.raises(StopRun) as stopped:
        await read(hub)
    assert stopped.value.code is Code.INTERNAL
