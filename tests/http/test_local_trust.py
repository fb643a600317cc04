"""Reading without a key: only on this machine, where the settings say so and no proxy is between.

The proxies of the tests are nginx as it comes, where it is installed, and a server of our own that
hands each connection on with the headers it is told to add.
"""

from __future__ import annotations

import shutil
import socket
import socketserver
import subprocess
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr
from sqlalchemy import URL

from hub.divisions.index import DivisionIndex
from hub.runs.registered_systems import create_key
from hub.settings import Settings
from hub.store.database import Database
from server import create_app
from tests.conftest import drop_database, make_database, serving
from tests.hub.pushing import SECRET, Hub

QUERY = {"query": "{ systems { nodes { code } } }"}


@contextmanager
def proxying(address: str, *lines: str, version: str = "HTTP/1.1") -> Iterator[str]:
    """The address of a proxy before `address` that adds these header lines."""
    port = int(address.rsplit(":", 1)[1])

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            line = self.rfile.readline().decode().strip()
            headers = [it.decode().strip() for it in iter(self.rfile.readline, b"\r\n")]
            lengths = [it.split(":")[1] for it in headers if it.lower().startswith("content-l")]
            body = self.rfile.read(int(lengths[0]))
            kept = [it for it in headers if not it.lower().startswith(("host:", "connection:"))]
            kept += [f"Host: 127.0.0.1:{port}", "Connection: close", *lines]
            asked = "\r\n".join([f"{line.rsplit(' ', 1)[0]} {version}", *kept, "", ""])
            with socket.create_connection(("127.0.0.1", port)) as behind:
                behind.sendall(asked.encode() + body)
                while part := behind.recv(65536):
                    self.wfile.write(part)

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{proxy.server_address[1]}"
        proxy.shutdown()
        thread.join()


@pytest.fixture(scope="module")
async def filled(
    server_url: URL, template: str, divisions: DivisionIndex
) -> AsyncIterator[tuple[str, str]]:
    """The address of a store, and a key."""
    url = await make_database(server_url, template)
    database = Database(url)
    await Hub(database, divisions).add_systems()
    async with database.driver() as driver:
        key = await create_key(driver, "county")
    await database.close()
    yield url.set(drivername="postgresql").render_as_string(hide_password=False), key
    await drop_database(server_url, url)


def settings_of(url: str, **more: Any) -> Settings:
    return Settings(database_url=url, identity_key=SecretStr(SECRET.decode()), **more)


def status(address: str, **headers: str) -> int:
    return httpx2.post(f"{address}/graphql", json=QUERY, headers=headers, timeout=30).status_code


NGINX = shutil.which("nginx")
CONF = """
daemon off; error_log stderr; pid {folder}/pid;
events {{}}
http {{ access_log off; client_body_temp_path {folder}; proxy_temp_path {folder};
  fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass {address}; }} }} }}
"""


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
def test_nginx_as_it_comes_opens_nothing(filled: tuple[str, str], tmp_path: Path) -> None:
    url, key = filled
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with serving(create_app(settings_of(url, local_reading=True))) as address:
        conf = tmp_path / "nginx.conf"
        conf.write_text(CONF.format(folder=tmp_path, port=port, address=address))
        nginx = subprocess.Popen([str(NGINX), "-c", str(conf), "-p", str(tmp_path)])
        try:
            wait_for(port)
            assert status(f"http://127.0.0.1:{port}") == 401
            assert status(f"http://127.0.0.1:{port}", Authorization=f"Bearer {key}") == 200
        finally:
            nginx.terminate()
            nginx.wait(20)


def wait_for(port: int) -> None:
    """Wait until something listens there."""
    for _ in range(200):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("nothing listens")


FORWARDED = (
    "X-Forwarded-For: 8.8.8.8",
    "X-Forwarded-Host: hub.example",
    "Forwarded: for=8.8.8.8",
    "X-Real-IP: 8.8.8.8",
    "Via: 1.1 nginx",
)


def test_this_machine_reads_without_a_key_only_where_nothing_stands_between(
    filled: tuple[str, str],
) -> None:
    url, key = filled
    bearer = {"Authorization": f"Bearer {key}"}
    with serving(create_app(settings_of(url, local_reading=True))) as address:
        assert status(address) == 200
        assert status(address, Host="hub.example") == 401
        with proxying(address, version="HTTP/1.0") as as_nginx_comes:
            assert status(as_nginx_comes) == 401
            assert status(as_nginx_comes, **bearer) == 200
        for line in FORWARDED:
            with proxying(address, line) as proxied:
                assert status(proxied) == 401, line
                assert status(proxied, **bearer) == 200, line


@pytest.mark.parametrize(
    "more", [{}, {"local_reading": True, "public_url": "https://hub.example"}], ids=str
)
def test_without_the_setting_or_with_a_public_address_a_key_is_needed(
    filled: tuple[str, str], more: dict[str, Any]
) -> None:
    url, key = filled
    with serving(create_app(settings_of(url, **more))) as address:
        assert status(address) == 401
        assert status(address, Authorization=f"Bearer {key}") == 200


def test_wrong_keys_are_counted_by_address_and_slowed(filled: tuple[str, str]) -> None:
    url, key = filled
    with serving(create_app(settings_of(url, trusted_proxies="127.0.0.1"))) as address:

        def tried(word: str, come_from: str) -> httpx2.Response:
            headers = {"Authorization": f"Bearer {word}", "X-Forwarded-For": come_from}
            return httpx2.post(f"{address}/graphql", json=QUERY, headers=headers, timeout=30)

        found = [tried(f"hub_{n}", "9.9.9.9, 127.0.0.1").status_code for n in range(200)]
        assert found == [401] * 10 + [429] * 190
        slowed = tried("hub_x", "1.1.1.1, 9.9.9.9")
        assert slowed.json()["errors"][0]["extensions"]["reason"] == "TOO_MANY_WRONG_KEYS"
        assert 0 < int(slowed.headers["retry-after"]) <= 60
        assert tried(key, "8.8.8.8").status_code == 200
        assert tried("hub_y", "8.8.8.8").status_code == 401


def test_an_address_is_believed_of_a_named_proxy_only(filled: tuple[str, str]) -> None:
    url, _ = filled
    with serving(create_app(settings_of(url))) as address:
        found = [
            status(address, Authorization=f"Bearer {n}", **{"X-Forwarded-For": f"9.9.9.{n}"})
            for n in range(12)
        ]
        assert found == [401] * 10 + [429] * 2
