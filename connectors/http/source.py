"""JSON over HTTP: authentication, limits, retries and errors, for every connector that needs it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx2
import orjson

from connectors.http.answers import NotFound, excerpt, failure, refused, silent, too_slow
from connectors.http.connection import BasicAuth, BearerAuth, HeaderAuth, HttpConnection, QueryAuth
from connectors.http.links import next_target
from connectors.manifest import resolve
from connectors.reading import exact_json, with_retries
from hub.errors import Code, StopRun

LARGEST_ANSWER = 50 * 1024 * 1024
"""Bytes of one answer, unpacked."""

logging.getLogger("httpx2").setLevel(logging.WARNING)  # at INFO it logs addresses with their keys


@dataclass(frozen=True, slots=True)
class Answer:
    """The JSON of one answer, and the address of the next page where the Link header gives one."""

    body: object
    next_url: str | None


class HttpSource:
    """One HTTP source: its base address, its key and its client."""

    def __init__(self, system: str, connection: HttpConnection, environ: Mapping[str, str]) -> None:
        self.system = system
        self._base = _base_url(resolve(connection.url, environ, system), system)
        self._attempts = connection.attempts
        self._secret_params: dict[str, str] = {}
        self._timeout = connection.timeout
        self._client = httpx2.AsyncClient(timeout=connection.timeout)
        self._authenticate(connection, environ)

    async def json(
        self,
        method: str,
        path: str,
        params: Mapping[str, str] | None = None,
        body: object = None,
    ) -> Answer:
        """The answer to one request, tried again while the source asks for patience.

        `path` goes below the base address, or is a whole address on the same server. Raises
        TryLater and StopRun(SOURCE_REFUSED).
        """
        url = self._url(path)
        where = f"System {self.system} at {_server(url)}: {method} {urlsplit(url).path}"
        given = {**(params or {}), **self._secret_params}

        async def once() -> Answer:
            response, raw = await self._send(where, method, url, given, body)
            return await _answer(where, response, raw)

        return await with_retries(self._attempts, once)

    async def find(self, path: str) -> Answer | None:
        """The answer to a GET, None where there is nothing at `path`. Raises as `json` does."""
        try:
            return await self.json("GET", path)
        except NotFound:
            return None

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _send(
        self, where: str, method: str, url: str, params: Mapping[str, str], body: object
    ) -> tuple[httpx2.Response, bytes]:
        address = httpx2.URL(url).copy_merge_params(dict(params))
        try:
            async with (
                asyncio.timeout(self._timeout),
                self._client.stream(method, address, json=body) as response,
            ):
                raw = await _limited(where, response)
        except TimeoutError as error:
            raise too_slow(where, self._timeout) from error
        except httpx2.DecodingError as error:
            raise refused(where, f"answered what cannot be unpacked: {error}") from error
        except httpx2.RequestError as error:
            raise silent(where, error) from error
        problem = failure(where, response, raw)
        if problem is not None:
            raise problem
        return response, raw

    def _url(self, path: str) -> str:
        if "://" not in path:
            return f"{self._base}/{path.lstrip('/')}" if path else self._base
        if _origin(path) != _origin(self._base):
            raise refused(f"System {self.system}:", "links to another server, which gets no key.")
        return path

    def _authenticate(self, connection: HttpConnection, environ: Mapping[str, str]) -> None:
        auth = connection.auth

        def secret(text: str) -> str:
            return resolve(text, environ, self.system)

        if isinstance(auth, BasicAuth):
            self._client.auth = httpx2.BasicAuth(secret(auth.user), secret(auth.password))
        elif isinstance(auth, BearerAuth):
            self._client.headers["Authorization"] = f"Bearer {secret(auth.token)}"
        elif isinstance(auth, HeaderAuth):
            self._client.headers[auth.name] = secret(auth.value)
        elif isinstance(auth, QueryAuth):
            self._secret_params[auth.name] = secret(auth.value)


def _base_url(url: str, system: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise StopRun(
            Code.BAD_SETTING,
            f"System {system}: connector.url is no http or https address. "
            "Write it like https://host/api.",
        )
    return url.rstrip("/")


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, (parts.hostname or "").rstrip("."), port


async def _limited(where: str, response: httpx2.Response) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.aiter_bytes():
        size += len(chunk)
        if size > LARGEST_ANSWER:
            raise refused(where, "answered more than 50 MB at once. Ask for smaller pages.")
        chunks.append(chunk)
    return b"".join(chunks)


async def _answer(where: str, response: httpx2.Response, raw: bytes) -> Answer:
    try:
        body = await asyncio.to_thread(_loaded, raw)
    except (ValueError, RecursionError) as error:
        raise refused(where, f"answered no JSON but: {excerpt(raw)}") from error
    link = next_target(response.headers.get_list("Link"))
    return Answer(body, urljoin(str(response.url), link) if link else None)


def _loaded(raw: bytes) -> object:
    """The JSON; halves of characters in it are left to the rows that hold them."""
    try:
        return exact_json(raw)
    except orjson.JSONDecodeError:
        return json.loads(raw)


def _server(url: str) -> str:
    """The server of an address, without a user and password."""
    return urlsplit(url).netloc.rpartition("@")[2]
