"""GraphiQL as a person meets it: a real browser, a served hub, every other host cut off."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Request, Route, async_playwright, expect

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.graphql"))
QUERY = 'query Sichuan { division(code: "510000") { code name level } }'
CHINESE_EXPLANATION = re.compile(r"^#.*[\u4e00-\u9fff]", re.MULTILINE)
ENGLISH_EXPLANATION = re.compile(r"^#\s*[A-Za-z]+ [A-Za-z]+", re.MULTILINE)
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

    async def query(self) -> str:
        return await read_editor(self.page, ".graphiql-query-editor")

    async def type_into(self, editor: str, text: str) -> None:
        await self.page.locator(f"{editor} .CodeMirror").click()
        await self.page.keyboard.press("ControlOrMeta+A")
        await self.page.keyboard.insert_text(text)

    async def ask(self, query: str) -> object:
        """Type the query, named Sichuan, run it and give the answer that is shown."""
        await self.type_into(".graphiql-query-editor", query)
        # GraphiQL learns the new operation's name a moment later, and its tab shows when.
        await expect(self.page.get_by_role("tab", name="Sichuan")).to_be_visible()
        await self.page.get_by_role("button", name="Execute query").click()
        await expect(self.page.locator(".graphiql-response")).to_contain_text('"data"')
        return json.loads(await read_editor(self.page, ".graphiql-response"))


async def read_editor(page: Page, section: str) -> str:
    editor = page.locator(f"{section} .CodeMirror")
    return str(await editor.evaluate("editor => editor.CodeMirror.getValue()"))


async def read_browser_memory(page: Page) -> str:
    script = "() => JSON.stringify([localStorage, sessionStorage, document.cookie])"
    return str(await page.evaluate(script))


def find_chromium() -> str:
    found = os.environ.get("HUB_TEST_CHROMIUM") or shutil.which("chromium")
    if found:
        return found
    reason = "no browser: install the package chromium or set HUB_TEST_CHROMIUM to its path"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    path = find_chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=CUT_OFF)
        yield browser
        await browser.close()


@pytest.fixture
async def visit(browser: Browser, hub_url: str) -> AsyncIterator[Visit]:
    """A first visit; afterwards nothing was asked of another host and nothing complained."""
    context = await browser.new_context(service_workers="block")
    visit = Visit(await context.new_page())
    await context.route(lambda url: not url.startswith(f"{hub_url}/"), visit.refuse)
    visit.page.on("console", lambda said: note_error(visit, said.type, said.text))
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    await open_graphiql(visit, hub_url)
    yield visit
    await context.close()
    assert visit.outside == []
    assert visit.complaints == []


def note_error(visit: Visit, kind: str, text: str) -> None:
    if kind == "error":
        visit.complaints.append(text)


async def open_graphiql(visit: Visit, hub_url: str) -> None:
    response = await visit.page.goto(f"{hub_url}/graphql")
    assert response is not None
    assert response.ok, "GraphiQL is not served: build it with `npm run build --prefix web`"
    visit.policy = response.headers.get("content-security-policy", "")
    first_line = visit.page.locator(".graphiql-query-editor .CodeMirror-line").first
    await expect(first_line).to_be_visible()


async def test_the_page_runs_a_query_and_shows_its_answer(visit: Visit) -> None:
    assert await visit.page.title() == "Congress data hub"
    assert await visit.ask(QUERY) == {
        "data": {"division": {"code": "510000", "name": "四川省", "level": "PROVINCE"}}
    }


async def test_the_docs_describe_a_type(visit: Visit, hub_url: str) -> None:
    answer = await visit.page.request.post(
        f"{hub_url}/graphql", data={"query": '{ __type(name: "Division") { description } }'}
    )
    description = (await answer.json())["data"]["__type"]["description"]
    await visit.page.get_by_role("button", name="Show Documentation Explorer").click()
    docs = visit.page.locator(".graphiql-plugin")
    await docs.get_by_role("link", name="Division", exact=True).click()
    shown = docs.locator(".graphiql-markdown-description").first
    await expect(shown).to_have_text(description.replace("`", ""))


async def test_the_explorer_adds_a_field_to_the_query(visit: Visit) -> None:
    wanted = '{ division(code: "510000") { code name } }'
    await visit.type_into(".graphiql-query-editor", wanted.replace(" name", ""))
    await visit.page.get_by_role("button", name="Show GraphiQL Explorer").click()
    division = visit.page.locator('.graphiql-explorer-root [data-field-name="name"]')
    await division.first.click()
    await expect(visit.page.locator(".graphiql-query-editor")).to_contain_text("name")
    assert (await visit.query()).split() == wanted.split()


async def test_the_examples_are_tabs_explained_in_chinese_and_english(visit: Visit) -> None:
    tabs = visit.page.get_by_role("tab")
    shown = []
    for index in range(await tabs.count()):
        await tabs.nth(index).click()
        shown.append(await visit.query())
    assert shown == [path.read_text() for path in EXAMPLES]
    for query in shown:
        assert CHINESE_EXPLANATION.search(query)
        assert ENGLISH_EXPLANATION.search(query)


async def test_typed_headers_are_sent_but_not_kept_in_the_browser(visit: Visit) -> None:
    await visit.page.get_by_role("button", name="Headers").click()
    editor = '[aria-label="Headers"] .graphiql-editor:not(.hidden)'
    await visit.type_into(editor, '{"X-Trial": "a-secret-of-the-user"}')
    async with visit.page.expect_request("**/graphql") as sent:
        await visit.ask(QUERY)
    assert (await (await sent.value).all_headers())["x-trial"] == "a-secret-of-the-user"
    await visit.page.get_by_role("button", name="New tab").click()
    await visit.page.wait_for_timeout(700)  # GraphiQL stores its tabs half a second later
    await visit.page.reload()
    await expect(visit.page.get_by_role("button", name="Execute query")).to_be_visible()
    memory = await read_browser_memory(visit.page)
    assert "510000" in memory
    assert "a-secret-of-the-user" not in memory


async def test_a_strict_policy_is_kept_on_every_panel(visit: Visit) -> None:
    rules = [rule.split() for rule in visit.policy.split(";")]
    assert ["script-src", "'self'"] in rules
    assert ["connect-src", "'self'"] in rules
    for panel in ("Show Documentation Explorer", "Show History", "Show GraphiQL Explorer"):
        await visit.page.get_by_role("button", name=panel).click()
        await expect(visit.page.locator(".graphiql-plugin")).to_be_visible()
    await visit.page.get_by_role("button", name="Open settings dialog").click()
    await expect(visit.page.get_by_role("dialog")).to_be_visible()


async def build_page(folder: Path) -> tuple[int | None, str]:
    """Build in a copy of the sources beside the folder's examples; the exit code and errors."""
    web = folder / "web"
    left_out = shutil.ignore_patterns("node_modules", "dist")
    shutil.copytree(ROOT / "web", web, ignore=left_out, dirs_exist_ok=True)
    if not (web / "node_modules").exists():
        (web / "node_modules").symlink_to(ROOT / "web" / "node_modules")
    build = await asyncio.create_subprocess_exec("node", web / "build.js", stdout=PIPE, stderr=PIPE)
    _, errors = await build.communicate()
    return build.returncode, errors.decode()


def read_script(folder: Path) -> str:
    (script,) = (folder / "web" / "dist").glob("page-*.js")
    return script.read_text()


async def test_a_build_takes_the_examples_as_they_are_now(tmp_path: Path) -> None:
    examples = tmp_path / "examples"
    examples.mkdir()
    assert await build_page(tmp_path) == (0, "")
    assert "Sichuan province and its prefectures" in read_script(tmp_path)
    (examples / "01-first.graphql").write_text("query First($c: ID!) { node(id: $c) { id } }")
    (examples / "01-first.variables.json").write_text('{"c": "first-variable"}')
    assert await build_page(tmp_path) == (0, "")
    script = read_script(tmp_path)
    assert "query First(" in script
    assert "first-variable" in script
    assert "Sichuan province and its prefectures" not in script


async def test_a_build_names_the_example_that_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "02-broken.graphql").write_text("query Broken {")
    code, errors = await build_page(tmp_path)
    assert code == 1
    assert "examples/02-broken.graphql cannot be read: Syntax Error" in errors
