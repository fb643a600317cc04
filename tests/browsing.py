"""A page of the hub as a person meets it: a real browser with every other host cut off."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Browser, Page, Request, Response, Route, async_playwright, expect

PATIENCE = 20_000
"""Milliseconds that a page may take where other tests run beside it."""
expect.set_options(timeout=PATIENCE)

CUT_OFF = [
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Visit:
    """A person's page, and what went wrong behind it."""

    page: Page
    policy: str = ""
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    async def refuse(self, route: Route, request: Request) -> None:
        self.outside.append(request.url)
        await route.abort()

    def note(self, kind: str, text: str) -> None:
        if kind == "error":
            self.complaints.append(text)

    async def open(self, address: str) -> Response:
        response = await self.page.goto(address)
        assert response is not None
        assert response.ok, "the page is not served: build it with `npm run build --prefix web`"
        self.policy = response.headers.get("content-security-policy", "")
        return response

    async def memory(self) -> str:
        """All that the browser keeps."""
        script = "() => JSON.stringify([localStorage, sessionStorage, document.cookie])"
        return str(await self.page.evaluate(script))


@asynccontextmanager
async def visiting(browser: Browser, hub_url: str, locale: str = "en-US") -> AsyncIterator[Visit]:
    """A first visit; afterwards nothing was asked of another host and nothing complained."""
    context = await browser.new_context(service_workers="block", locale=locale)
    visit = Visit(await context.new_page())
    await context.route(lambda url: not url.startswith(f"{hub_url}/"), visit.refuse)
    visit.page.on("console", lambda said: visit.note(said.type, said.text))
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    yield visit
    await context.close()
    assert visit.outside == []
    assert visit.complaints == []


@asynccontextmanager
async def launch() -> AsyncIterator[Browser]:
    """A headless Chromium that reaches this machine only."""
    path = find_chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=CUT_OFF)
        yield browser
        await browser.close()


def find_chromium() -> str:
    found = os.environ.get("HUB_TEST_CHROMIUM") or shutil.which("chromium")
    if found:
        return found
    reason = "no browser: install the package chromium or set HUB_TEST_CHROMIUM to its path"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
