"""Turns: first come first served within a caller, callers in turn, nobody left hanging."""

from __future__ import annotations

import asyncio

import pytest

from hub.errors import TooBusy
from hub.store.turns import Turns


async def queue_up(turns: Turns, *callers: str) -> list[str]:
    """The order in which callers get their turns who come in this order while another has one."""
    served: list[str] = []

    async def come(caller: str, number: int) -> None:
        async with turns.turn(caller):
            served.append(f"{caller}{number}")

    began = await turns.take("first")
    tasks = []
    for number, caller in enumerate(callers):
        tasks.append(asyncio.create_task(come(caller, number)))
        await asyncio.sleep(0)
    turns.give_back(began)
    await asyncio.gather(*tasks)
    return served


async def test_callers_are_served_in_turn_and_each_in_its_own_order() -> None:
    assert await queue_up(Turns(1), "a", "a", "a", "b", "c", "b") == [
        "a0",
        "b3",
        "c4",
        "a1",
        "b5",
        "a2",
    ]


async def test_who_waits_too_long_is_sent_away_and_told_when_to_come_again() -> None:
    turns = Turns(1, patience=0.05)
    turns.mean = 3.0
    began = await turns.take("a")
    with pytest.raises(TooBusy) as refused:
        await turns.take("b")
    assert (refused.value.code, refused.value.seconds) == ("TOO_BUSY", 3)
    assert turns.waiting == 0
    turns.give_back(began)
    async with turns.turn("b"):
        pass


async def test_a_turn_given_to_one_who_has_just_gone_goes_to_the_next() -> None:
    turns = Turns(1)
    began = await turns.take("a")
    gone = asyncio.create_task(turns.take("b"))
    stays = asyncio.create_task(turns.take("c"))
    await asyncio.sleep(0)
    turns.give_back(began)
    gone.cancel()
    await asyncio.wait_for(stays, 1)
    assert gone.cancelled()


async def test_as_many_turns_as_there_are_and_none_is_lost() -> None:
    turns = Turns(3)
    running = most = 0

    async def work(caller: int) -> None:
        nonlocal running, most
        async with turns.turn(str(caller % 4)):
            running += 1
            most = max(most, running)
            try:
                await asyncio.sleep(0)
            finally:
                running -= 1

    tasks = [asyncio.create_task(work(number)) for number in range(60)]
    await asyncio.sleep(0)
    for task in tasks[::7]:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert (running, most, turns.waiting) == (0, 3, 0)
    assert len([await turns.take("x") for _ in range(3)]) == 3
