"""`make demo`: set the stage, fill the hub from it through the connectors, serve the hub.

It drives the `hub` command, as an operator would, and shows each step with its time.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from rich.console import Console

from connectors.systems import kind_in_graph, load_manifest, plain_manifest
from demo.pusher import SENDERS, push_records
from demo.serve import make_server
from demo.stage import MANIFESTS, prepare
from hub.divisions import read_index
from hub.runs import add_system, create_key, find_key
from hub.settings import Settings, load_settings
from hub.store import Driver, database_url, open_database

HUB = (sys.executable, "-m", "cli")
GRACE = 12
"""Seconds that a `hub` command has to end: a server lets its requests end for ten."""
STEWARDS_KEY = ".venv/bin/hub key create deyang-deputies --steward NAME"
out = Console()


def run(port: int) -> None:
    """Everything from nothing to a served hub; ends when it is stopped."""
    settings = load_settings()
    started = time.perf_counter()
    with step("Starting the store and loading the divisions"):
        url = database_url(settings).set(drivername="postgresql")
        hub("db", "upgrade")
    folder = settings.data_dir / "demo"
    with step("Writing the demonstration systems"):
        plain = url.render_as_string(hide_password=False)
        stage = prepare(folder, plain, settings.identity_secret)
        save_environment(settings, stage.environ)
        serve_systems(folder, stage.port)
    with step("Making the systems known"):
        keys = asyncio.run(make_known(settings))
    hub("sync", quiet=False)
    with serving(port) as address:
        for system in SENDERS:
            with step(f"{system} pushes its records"):
                asyncio.run(push_records(system, f"{address}/graphql", keys[system]))
        out.print(f"Ready after {time.perf_counter() - started:.0f} s.")
        out.print(f"[bold]GraphiQL and the graph: {address}/graphql[/]   stop with Ctrl-C")
        out.print(f"The stewards' page: {address}/steward   its key: {STEWARDS_KEY}")
        out.print(f"Keys: {settings.data_dir / 'demo-keys.json'}   once more: .venv/bin/hub sync")
        wait()


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show a step while it runs, and its time when it is done."""
    started = time.perf_counter()
    with out.status(title):
        yield
    out.print(f"[green]✓[/] {title} ({time.perf_counter() - started:.1f} s)")


def hub(*words: str, quiet: bool = True) -> None:
    """Run a `hub` command; end the program with its message where it fails."""
    pipe = subprocess.PIPE if quiet else None
    with running(*words, pipe=pipe) as process:
        _, message = process.communicate()
    if process.returncode:
        sys.exit(f"hub {' '.join(words)} failed.\n{message or ''}")


@contextmanager
def running(*words: str, pipe: int | None = None) -> Iterator[subprocess.Popen[str]]:
    """A `hub` command in a process of its own, which ends with the block at the latest.

    What it prints goes into `pipe`, or where this program prints.
    """
    process = subprocess.Popen([*HUB, *words], text=True, stdout=pipe, stderr=pipe)  # noqa: S603
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def save_environment(settings: Settings, environ: dict[str, str]) -> None:
    """Keep the variables of the manifests, and that this machine reads without a key, for `hub`."""
    file = settings.data_dir / "hub.env"
    file.touch(mode=0o600)
    environ = {**environ, "HUB_LOCAL_READING": "1"}
    file.write_text("".join(f"{name}='{value}'\n" for name, value in environ.items()))
    os.environ.update(environ)


async def make_known(settings: Settings) -> dict[str, str]:
    """Add the systems of the manifests; give each an API key, kept in demo-keys.json."""
    file = settings.data_dir / "demo-keys.json"
    keys: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    database = open_database(settings)
    async with database.transaction() as driver:
        divisions = await read_index(driver)
        for path in MANIFESTS:
            manifest = load_manifest(path)
            await add_system(
                driver,
                divisions,
                code=manifest.system,
                name=manifest.name,
                division_code=manifest.division,
                connector=kind_in_graph(manifest),
                manifest=plain_manifest(manifest),
            )
            keys[manifest.system] = await make_key(driver, manifest.system, keys)
    await database.close()
    file.touch(mode=0o600)
    file.write_text(json.dumps(keys, indent=2) + "\n")
    return keys


async def make_key(driver: Driver, code: str, keys: dict[str, str]) -> str:
    """The key that a system has from an earlier demonstration, or a new one."""
    kept = keys.get(code)
    holder = await find_key(driver, kept) if kept else None
    return kept if kept and holder else await create_key(driver, code)


def serve_systems(folder: Path, port: int) -> None:
    """Serve the systems that answer over HTTP, as long as this program runs."""
    server = make_server(folder, port)
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)


@contextmanager
def serving(port: int) -> Iterator[str]:
    """Serve the hub in a process of its own; give its address when it is ready."""
    address = f"http://127.0.0.1:{port}"
    with running("serve", "--port", str(port)) as process:
        while not is_ready(address):
            if process.poll() is not None:
                sys.exit(f"The hub did not start on port {port}. Is it taken? PORT=8001 make demo")
            time.sleep(0.2)
        yield address


def is_ready(address: str) -> bool:
    """Whether the hub answers."""
    try:
        with urlopen(f"{address}/readyz", timeout=2) as answer:  # noqa: S310 - loopback
            return bool(answer.status == 200)
    except OSError:
        return False


def wait() -> None:
    """Wait for Ctrl-C, or for another signal that ends programs (`cli.ending`)."""
    try:
        threading.Event().wait()
    except SystemExit:
        out.print("Stopped.")
