"""Programs as a user runs them, and what each run costs."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

KIB_PER_MIB = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a program took: seconds on the clock, most memory held, in MiB."""

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
    complaint = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise ProgramFailed(complaint)
    return Cost(time.perf_counter() - started, usage.ru_maxrss / KIB_PER_MIB)
