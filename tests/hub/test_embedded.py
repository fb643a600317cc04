"""The embedded PostgreSQL lets in who runs the hub, and nobody else on the machine."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from hub.errors import StopRun
from hub.store import embedded_access

ASK = """
import os, sys
from pathlib import Path
from hub.store.embedded import embedded_url
print(embedded_url(Path(sys.argv[1])), flush=True)
input()
"""
AS_NOBODY = """
import asyncio, os, sys
import asyncpg
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    asyncio.run(asyncpg.connect(sys.argv[1], timeout=5))
except Exception as error:
    print("refused", type(error).__name__)
else:
    print("let in")
"""
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


@pytest.fixture
def private() -> Iterator[Path]:
    """A folder of nobody else's, inside one that others may pass."""
    with tempfile.TemporaryDirectory(prefix="hub-embedded-") as folder:
        yield Path(folder)


class Running:
    """A server in a process of its own, which stops with it."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", ASK, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()
        self.socket = Path(str(make_url(self.url).query["host"]))

    def end(self) -> None:
        self.process.communicate("\n", timeout=60)


@pytest.mark.parametrize("name", ["short", "x" * 120], ids=["short", "long"])
def test_only_the_owner_reaches_the_server(private: Path, name: str) -> None:
    folder = private / name / "postgres"
    running = Running(folder)
    try:
        others = stat.S_IRWXO
        above = [running.socket, *running.socket.parents]
        assert any(not it.stat().st_mode & others for it in above), "anyone may reach the socket"
        assert "trust" not in (folder / "pg_hba.conf").read_text()
        assert not private.stat().st_mode & others
        if os.geteuid() == 0:
            asked = [sys.executable, "-c", AS_NOBODY, running.url]
            told = subprocess.run(asked, capture_output=True, text=True, check=False)
            assert told.stdout.startswith("refused"), told
    finally:
        running.end()
    assert name == "short" or not running.socket.exists()


@as_root
def test_another_user_with_the_socket_at_hand_is_refused(private: Path) -> None:
    folder = private / "postgres"
    running = Running(folder)
    try:
        private.chmod(0o755)
        folder.chmod(0o755)
        asked = [sys.executable, "-c", AS_NOBODY, running.url]
        told = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert told.stdout.split() == ["refused", "InvalidAuthorizationSpecificationError"], told
    finally:
        folder.chmod(0o700)
        running.end()


@as_root
def test_a_folder_that_another_group_uses_is_not_opened(private: Path) -> None:
    private.chmod(0o750)
    os.chown(private, -1, 65534)
    with pytest.raises(StopRun, match="which another group uses"):
        embedded_access.let_pass(private / "postgres")
    assert stat.S_IMODE(private.stat().st_mode) == 0o750


def test_a_store_that_trusted_everyone_does_so_no_more(tmp_path: Path) -> None:
    (tmp_path / "pg_hba.conf").write_text("local all all trust\n")
    (tmp_path / "pg_ident.conf").write_text("")
    assert embedded_access.guard(tmp_path)
    assert (tmp_path / "pg_hba.conf").read_text() == embedded_access.HOSTS
    assert not embedded_access.guard(tmp_path)
