"""Programs as a user runs them, and what each run costs."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread

import psutil

BYTES_PER_MIB = 1024 * 1024
PAUSE = 2
"""Seconds between two looks at the memory: each walks through all pages of every process, 12 ms
for 200 MiB, which would slow down the program that has more of them."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a program took: seconds on the clock, most memory held, in MiB.

    The memory is that of all its processes; what they share counts once.
    """

    seconds: float
    peak_mib: float


class ProgramFailed(Exception):
    """A measured program ended with an error; the message is what it printed."""


def run(words: Sequence[str], environ: Mapping[str, str]) -> Cost:
    """Run a program to its end, its start included. Raises ProgramFailed."""
    started = time.perf_counter()
    process = subprocess.Popen(
        words,
        env={**os.environ, **environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    with _watched(process.pid) as held:
        complaint = process.stderr.read().decode(errors="replace")
        process.wait()
        seconds = time.perf_counter() - started
    if process.returncode:
        raise ProgramFailed(complaint)
    return Cost(seconds, max(held, default=0.0))


@contextmanager
def _watched(pid: int) -> Iterator[list[float]]:
    """The memory held by a process and those below it, looked at until the block ends."""
    held: list[float] = []
    ended = Event()

    def look() -> None:
        while not ended.wait(PAUSE):
            held.append(_memory(pid))

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield held
    finally:
        ended.set()
        watcher.join()


def _memory(pid: int) -> float:
    try:
        program = psutil.Process(pid)
        processes = (program, *program.children(recursive=True))
        return float(sum(it.memory_full_info().pss for it in processes) / BYTES_PER_MIB)
    except psutil.Error:  # one has just ended
        return 0.0
