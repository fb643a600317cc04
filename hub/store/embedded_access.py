"""Who may reach the embedded PostgreSQL: the user who runs the hub, nobody else on the machine."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import tempfile
from pathlib import Path

from hub.errors import Code, StopRun

LONGEST_SOCKET = 100
"""Bytes of a socket's address that every system takes."""

SOCKET = ".s.PGSQL.5432"
PREFIX = "hub-socket-"
"""How a private folder for the socket begins."""

SERVER_USER = "pgserver"
"""The user whom the server runs as where the hub runs as root; its library makes it."""

HOSTS = "local all all peer map=hub\n"
"""No password is kept anywhere: the system itself says who connects."""


def let_pass(path: Path) -> None:
    """Let the server's user through the folders above `path`, and nobody else.

    The server keeps the group of this process, root's: that group may pass a folder which others
    may not, and not list it. Raises StopRun(BAD_SETTING) for one that another group uses.
    """
    server, group = pwd.getpwnam(SERVER_USER).pw_uid, os.getegid()
    for folder in path.resolve().parents:
        found = folder.stat()
        if found.st_mode & stat.S_IXOTH or found.st_uid == server:
            continue
        if found.st_gid != group and found.st_mode & stat.S_IRWXG:
            raise StopRun(
                Code.BAD_SETTING,
                f"HUB_DATA_DIR: the embedded PostgreSQL runs as {SERVER_USER}, who may not pass "
                f"{folder}, which another group uses. Take another folder, or run the hub as a "
                "user of its own.",
            )
        os.chown(folder, -1, group)
        folder.chmod(stat.S_IMODE(found.st_mode) | stat.S_IXGRP)


def socket_folder(folder: Path, _runtime: Path) -> Path:
    """Where the socket of a server goes that is about to start, nobody else let in.

    That is the folder of its data, or for a long name one inside a new private folder: the library
    opens to all what it is given, and nobody passes the folder around it.
    """
    guard(folder)
    if len(os.fsencode(folder / SOCKET)) <= LONGEST_SOCKET:
        return folder
    inner = Path(tempfile.mkdtemp(prefix=PREFIX)) / "s"
    inner.mkdir()
    owner = folder.stat()
    for made in (inner, inner.parent):
        os.chown(made, owner.st_uid, owner.st_gid)
    return inner


def remove_socket_folder(used: Path | None) -> None:
    """Remove the private folder of a socket, once its server has stopped."""
    if used is not None and used.parent.name.startswith(PREFIX):
        shutil.rmtree(used.parent, ignore_errors=True)


def guard(folder: Path) -> bool:
    """Let only root, the owner of the data and this user connect. Gives whether that is new."""
    users = {0, os.geteuid(), folder.stat().st_uid}
    names = sorted(pwd.getpwuid(user).pw_name for user in users)
    wanted = {
        "pg_hba.conf": HOSTS,
        "pg_ident.conf": "".join(f'hub "{name}" all\n' for name in names),
    }
    stale = {name: text for name, text in wanted.items() if (folder / name).read_text() != text}
    for name, text in stale.items():
        (folder / name).write_text(text)
    return bool(stale)
