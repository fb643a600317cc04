"""Write parts of a work in their order with two under way at once.

While one part is written the next is planned and begun, so that PostgreSQL and Python both work.
A plan that rests on what the part before it changes is made anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import NamedTuple, Protocol, TypeAlias, TypeVar


class PartPlan(Protocol):
    """What is to be written of a part."""

    @property
    def seen(self) -> set[str]:
        """Ids of the rows that the plan rests on or changes."""
        ...


Part = TypeVar("Part")
AnyPlan = TypeVar("AnyPlan", bound=PartPlan)

Planning: TypeAlias = Callable[[Part], Awaitable[AnyPlan]]
Writing: TypeAlias = Callable[[Part, AnyPlan, Awaitable[None]], Awaitable[None]]
Pause: TypeAlias = Callable[[Awaitable[None]], Awaitable[None]]


class Step(NamedTuple):
    """A part on its way: what its plan rests on or changes, and when it is written."""

    seen: asyncio.Future[set[str]]
    written: asyncio.Future[None]


async def two_at_a_time(
    parts: Iterable[Part],
    plan: Planning[Part, AnyPlan],
    write: Writing[Part, AnyPlan],
    pause: Pause,
) -> None:
    """Plan and write each part.

    `write` is given the part, its plan and what to await before it goes on to rows that parts
    write one after another: that the part before is written. `pause` is called before each part
    with what to await for nothing to be under way.
    """
    earlier = before = _nothing()
    try:
        for part in parts:
            await earlier.written
            await pause(before.written)
            seen = asyncio.get_running_loop().create_future()
            writing = asyncio.create_task(_write(part, plan, write, before, seen))
            earlier, before = before, Step(seen, writing)
        await before.written
    finally:
        for step in (earlier, before):
            step.written.cancel()
        await asyncio.gather(earlier.written, before.written, return_exceptions=True)


def _nothing() -> Step:
    """What is before the first part."""
    step = Step(asyncio.Future(), asyncio.Future())
    step.seen.set_result(set())
    step.written.set_result(None)
    return step


async def _write(
    part: Part,
    plan: Planning[Part, AnyPlan],
    write: Writing[Part, AnyPlan],
    before: Step,
    seen: asyncio.Future[set[str]],
) -> None:
    """Write a part; plan it anew where it shares a row with the part before it."""
    planned = await plan(part)
    if not planned.seen.isdisjoint(await before.seen):
        await before.written
        planned = await plan(part)
    seen.set_result(planned.seen)
    await write(part, planned, before.written)
