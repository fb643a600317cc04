"""Two parts of a work under way at once: order, plans made anew, pauses, failures."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field

import pytest

from hub.passes.two_at_a_time import two_at_a_time


@dataclass
class Rows:
    """A plan: the rows that a part reads, and what they held when it was made."""

    seen: set[str]
    held: list[int]


@dataclass
class Work:
    """Parts that add one to each of their rows; `log` is what was done."""

    rows: dict[str, int] = field(default_factory=lambda: dict.fromkeys("abc", 0))
    log: list[str] = field(default_factory=list)
    under_way: int = 0
    most: int = 0
    fails: str = ""

    async def plan(self, part: str) -> Rows:
        self.log.append(f"plan {part}")
        await asyncio.sleep(0)
        return Rows(set(part), [self.rows[key] for key in part])

    async def write(self, part: str, planned: Rows, turn: Awaitable[None]) -> None:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            await asyncio.sleep(0.001)
            await turn
            if part == self.fails:
                raise ValueError(part)
            for key, held in zip(part, planned.held, strict=True):
                self.rows[key] = held + 1
            self.log.append(f"write {part}")
        finally:
            self.under_way -= 1

    async def pause(self, all_written: Awaitable[None]) -> None:
        pass


async def test_parts_are_written_in_order_while_the_next_is_begun() -> None:
    work = Work()
    await two_at_a_time(["a", "b", "c", "a", "b"], work.plan, work.write, work.pause)
    written = [line for line in work.log if line.startswith("write")]
    assert written == ["write a", "write b", "write c", "write a", "write b"]
    assert work.rows == {"a": 2, "b": 2, "c": 1}
    assert work.most == 2


async def test_a_plan_that_rests_on_the_part_before_is_made_anew() -> None:
    work = Work()
    await two_at_a_time(["ab", "bc", "ca", "ab"], work.plan, work.write, work.pause)
    assert work.rows == {"a": 3, "b": 3, "c": 2}
    assert work.log.count("plan bc") == 2


async def test_a_pause_can_wait_until_nothing_is_under_way() -> None:
    work = Work()
    seen = []

    async def pause(all_written: Awaitable[None]) -> None:
        await all_written
        seen.append((work.under_way, sum(work.rows.values())))

    await two_at_a_time(["a", "b", "c"], work.plan, work.write, pause)
    assert seen == [(0, 0), (0, 1), (0, 2)]


async def test_what_stops_a_part_stops_the_work_and_leaves_nothing_under_way() -> None:
    work = Work(fails="b")
    with pytest.raises(ValueError, match="b"):
        await two_at_a_time(["a", "b", "c", "a"], work.plan, work.write, work.pause)
    assert work.under_way == 0
    assert work.rows == {"a": 1, "b": 0, "c": 0}


async def test_no_parts_are_no_work() -> None:
    work = Work()
    await two_at_a_time([], work.plan, work.write, work.pause)
    assert work.log == []
