"""How a program of the hub ends when a signal asks it to."""

from __future__ import annotations

import signal
from types import FrameType
from typing import NoReturn


def end_on_signals() -> None:
    """Let SIGINT, SIGTERM and SIGHUP end the program as its own exit would.

    What is open is closed, the processes that it started end, and the embedded PostgreSQL stops
    behind its last user. A signal that the caller ignores (`nohup`, a shell's background) stays
    ignored. SIGHUP, the terminal's end, goes the way of SIGTERM, so that who serves or works ends
    in good order on either.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """Leave every block. The first signal is enough: another one would cut the ending short."""
    for repeated in (signal.SIGINT, signal.SIGTERM):
        signal.signal(repeated, signal.SIG_IGN)
    raise SystemExit(128 + number)
