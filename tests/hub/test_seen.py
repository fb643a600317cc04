"""The keys of a pass: exact, and in flat memory."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from multiprocessing import get_context

import psutil
import pytest

from hub.errors import Code, HubError
from hub.runs.seen import Seen
from hub.store.failures import known_failure

PAGE = 5000
MIB = 1024 * 1024


@pytest.fixture
def seen() -> Iterator[Seen]:
    seen = Seen()
    yield seen
    seen.close()


def add_many(seen: Seen, count: int) -> None:
    for start in range(0, count, PAGE):
        assert seen.add([f"record number {at}" for at in range(start, start + PAGE)]) == set()


def test_keys_of_earlier_pages_are_told_and_those_of_the_same_page_are_not(seen: Seen) -> None:
    assert seen.add(["a", "b"]) == set()
    assert seen.add(["c", "b", "c", "a "]) == {"b"}
    assert seen.add(["d", "d"]) == set()
    assert seen.add(["张芳", "1", "01"]) == set()
    assert seen.add(["张芳", "1", "01", "a "]) == {"张芳", "1", "01", "a "}


def test_keys_that_were_not_seen_are_told(seen: Seen) -> None:
    seen.add(["a", "1"])
    seen.add(["b"])
    assert seen.without(["b", "B", "1", "01", "a "]) == ["01", "B", "a "]


def test_another_pass_begins_with_nothing(seen: Seen) -> None:
    seen.add(["a"])
    seen.doubt = "rows without a key"
    seen.begin()
    assert seen.doubt is None
    assert seen.without(["a"]) == ["a"]
    assert seen.add(["a"]) == set()


def test_a_million_keys_need_no_more_memory_than_a_hundred_thousand(seen: Seen) -> None:
    process = psutil.Process()
    add_many(seen, 100_000)
    before = process.memory_info().rss
    seen.begin()
    add_many(seen, 1_000_000)
    assert process.memory_info().rss - before < 8 * MIB


def _fill_small_disk() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (MIB, MIB))
    seen = Seen()
    with pytest.raises(sqlite3.OperationalError) as caught:
        add_many(seen, 1_000_000)
    error = known_failure(caught.value)
    assert isinstance(error, HubError)
    assert (error.code, "TMPDIR" in error.message) == (Code.STORE_FULL, True)


def test_a_full_disk_stops_the_run_and_says_where_to_make_room() -> None:
    process = get_context("fork").Process(target=_fill_small_disk)
    process.start()
    process.join()
    assert process.exitcode == 0
