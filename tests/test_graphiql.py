"""GraphiQL as a person meets it: a real browser, a served hub, every other host cut off."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browsing import Visit, visiting

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.graphql"))
QUERY = 'query Sichuan { division(code: "510000") { code name level } }'
CHINESE_EXPLANATION = re.compile(r"^#.*[\u4e00-\u9fff]", re.MULTILINE)
ENGLISH_EXPLANATION = re.compile(r"^#\s*[A-Za-z]+ [A-Za-z]+", re.MULTILINE)


@dataclass
class GraphiQL:
    """GraphiQL in a person's browser."""

    visit: Visit

    @property
    def page(self) -> Page:
        return self.visit.page

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


@pytest.fixture
async def graphiql(browser: Browser, hub_url: str) -> AsyncIterator[GraphiQL]:
    """GraphiQL on a first visit."""
    async with visiting(browser, hub_url) as visit:
        await visit.open(f"{hub_url}/graphql")
        first_line = visit.page.locator(".graphiql-query-editor .CodeMirror-line").first
        await expect(first_line).to_be_visible()
        yield GraphiQL(visit)


async def test_the_page_runs_a_query_and_shows_its_answer(graphiql: GraphiQL) -> None:
    assert await graphiql.page.title() == "Congress data hub"
    assert await graphiql.ask(QUERY) == {
        "data": {"division": {"code": "510000", "name": "四川省", "level": "PROVINCE"}}
    }


async def test_the_docs_describe_a_type(graphiql: GraphiQL, hub_url: str) -> None:
    answer = await graphiql.page.request.post(
        f"{hub_url}/graphql", data={"query": '{ __type(name: "Division") { description } }'}
    )
    description = (await answer.json())["data"]["__type"]["description"]
    await graphiql.page.get_by_role("button", name="Show Documentation Explorer").click()
    docs = graphiql.page.locator(".graphiql-plugin")
    await docs.get_by_role("link", name="Division", exact=True).click()
    shown = docs.locator(".graphiql-markdown-description").first
    await expect(shown).to_have_text(description.replace("`", ""))


async def test_the_explorer_adds_a_field_to_the_query(graphiql: GraphiQL) -> None:
    wanted = '{ division(code: "510000") { code name } }'
    await graphiql.type_into(".graphiql-query-editor", wanted.replace(" name", ""))
    await graphiql.page.get_by_role("button", name="Show GraphiQL Explorer").click()
    division = graphiql.page.locator('.graphiql-explorer-root [data-field-name="name"]')
    await division.first.click()
    await expect(graphiql.page.locator(".graphiql-query-editor")).to_contain_text("name")
    assert (await graphiql.query()).split() == wanted.split()


async def test_the_examples_are_tabs_explained_in_chinese_and_english(graphiql: GraphiQL) -> None:
    tabs = graphiql.page.get_by_role("tab")
    shown = []
    for index in range(await tabs.count()):
        await tabs.nth(index).click()
        shown.append(await graphiql.query())
    assert shown == [path.read_text() for path in EXAMPLES]
    for query in shown:
        assert CHINESE_EXPLANATION.search(query)
        assert ENGLISH_EXPLANATION.search(query)


async def test_typed_headers_are_sent_but_not_kept_in_the_browser(graphiql: GraphiQL) -> None:
    await graphiql.page.get_by_role("button", name="Headers").click()
    editor = '[aria-label="Headers"] .graphiql-editor:not(.hidden)'
    await graphiql.type_into(editor, '{"X-Trial": "a-secret-of-the-user"}')
    async with graphiql.page.expect_request("**/graphql") as sent:
        await graphiql.ask(QUERY)
    assert (await (await sent.value).all_headers())["x-trial"] == "a-secret-of-the-user"
    await graphiql.page.get_by_role("button", name="New tab").click()
    await graphiql.page.wait_for_timeout(700)  # GraphiQL stores its tabs half a second later
    await graphiql.page.reload()
    await expect(graphiql.page.get_by_role("button", name="Execute query")).to_be_visible()
    memory = await graphiql.visit.memory()
    assert "510000" in memory
    assert "a-secret-of-the-user" not in memory


async def test_a_strict_policy_is_kept_on_every_panel(graphiql: GraphiQL) -> None:
    rules = [rule.split() for rule in graphiql.visit.policy.split(";")]
    assert ["script-src", "'self'"] in rules
    assert ["connect-src", "'self'"] in rules
    for panel in ("Show Documentation Explorer", "Show History", "Show GraphiQL Explorer"):
        await graphiql.page.get_by_role("button", name=panel).click()
        await expect(graphiql.page.locator(".graphiql-plugin")).to_be_visible()
    await graphiql.page.get_by_role("button", name="Open settings dialog").click()
    await expect(graphiql.page.get_by_role("dialog")).to_be_visible()


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
