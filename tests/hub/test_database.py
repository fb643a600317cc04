"""The embedded PostgreSQL as the hub makes it."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from hub.store.embedded import embedded_url

AHEAD = "SELECT current_setting('max_wal_size'), current_setting('checkpoint_timeout')"


async def ask(url: str, *statements: str) -> list[tuple[str, str]]:
    """Run statements, then give how far the server logs ahead."""
    connection = await asyncpg.connect(url)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()
    connection = await asyncpg.connect(url)
    rows = await connection.fetch(AHEAD)
    await connection.close()
    return [(size, time) for size, time in rows]


async def test_the_embedded_store_logs_eight_gigabytes_ahead_unless_it_is_told_otherwise() -> None:
    folder = Path(tempfile.mkdtemp(prefix="hub-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    url = embedded_url(folder / "postgres")
    assert await ask(url) == [("8GB", "15min")]
    told = "ALTER SYSTEM SET max_wal_size = '2GB'", "SELECT pg_reload_conf(), pg_sleep(1)"
    assert await ask(url, *told) == [("2GB", "15min")]
    assert await ask(embedded_url(folder / "postgres")) == [("2GB", "15min")]


async def test_a_server_that_takes_long_to_start_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, broken_off = subprocess.run, []

    def run(words: tuple[str, ...], **options: Any) -> Any:
        if words[-1] != "start":
            return real(words, **options)
        broken_off.append(words)
        return real(words, **options | {"timeout": 0.02})

    monkeypatch.setattr(subprocess, "run", run)
    assert await ask(embedded_url(tmp_path / "postgres")) == [("8GB", "15min")]
    assert broken_off
