"""The steward's page as a steward meets it: a real browser, a served hub, no other host."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, Page, Request, Route, expect
from pydantic import SecretStr

from hub.divisions.index import DivisionIndex
from hub.passes.queue import find_candidates
from hub.runs.registered_systems import create_key
from hub.settings import Settings
from hub.store.database import Database
from hub.subjects.record_kinds import RecordKind
from hub.subjects.stewardship import Verdict
from server import create_app
from tests.browsing import Visit, visiting
from tests.conftest import serving
from tests.hub.pushing import GUANGYUAN, IDS, SECRET, YUANBA, Hub, deputy
from tests.hub.stewarding import STEWARD, decide, people


@dataclass(frozen=True)
class Served:
    """A served hub with work for a steward: its store, its address, and two keys."""

    hub: Hub
    url: str
    key: str
    plain_key: str


@dataclass
class Work:
    """A steward at the page."""

    hub: Hub
    visit: Visit

    @property
    def page(self) -> Page:
        return self.visit.page

    async def open(self, view: str) -> None:
        await self.page.get_by_role("button", name=re.compile(f"^{view}")).first.click()

    async def choose(self, name: str) -> None:
        """Choose a pair of the queue and wait for its evidence."""
        await self.page.get_by_role("button", name=name).click()
        await expect(self.page.get_by_role("img")).to_be_visible()

    async def press(self, key: str, told: str) -> None:
        """Press a key and wait for what the page says of it."""
        await self.page.keyboard.press(key)
        await expect(self.page.get_by_role("status")).to_contain_text(told)


async def fill(hub: Hub) -> None:
    """A man and a home that may be in two systems each, and a woman with two posts."""
    one = {"birth": "1964-10-03", "gender": "男", "education": "大学本科", "status": "在任"}
    await hub.deputies(
        "county",
        deputy("1", post="主任", phone="12500000001", **one),
        deputy("2", name="李芳", nationalId=IDS[2], post="教师"),
    )
    await hub.deputies(
        "city",
        deputy(
            "A",
            divisionCode=GUANGYUAN,
            post="书记",
            birth="1964",
            gender="1",
            status="在任",
            phone="12500000002",
        ),
        deputy("B", name="李芳", divisionCode=GUANGYUAN, nationalId=IDS[2], post="校长"),
    )
    home = {"divisionCode": YUANBA, "name": "元坝镇人大代表之家"}
    for system, key, address in (("county", "H", "人民路1号"), ("city", "X", "人民路９号")):
        await hub.push(system, RecordKind.HOME, home | {"externalId": key, "address": address})


@pytest.fixture
async def served(store: Database, divisions: DivisionIndex) -> AsyncIterator[Served]:
    hub = Hub(store, divisions)
    await hub.add_systems()
    await fill(hub)
    async with store.driver() as driver:
        await find_candidates(driver, divisions)
        key = await create_key(driver, "county", steward=STEWARD)
        plain_key = await create_key(driver, "county")
    url = store.url.set(drivername="postgresql").render_as_string(hide_password=False)
    settings = Settings(
        database_url=url, identity_key=SecretStr(SECRET.decode()), local_reading=True
    )
    with serving(create_app(settings)) as address:
        yield Served(hub, address, key, plain_key)


async def sign_in(page: Page, key: str) -> None:
    await page.get_by_label("API key").fill(key)
    await page.get_by_role("button", name="Begin").click()


@pytest.fixture
async def visit(browser: Browser, served: Served) -> AsyncIterator[Visit]:
    async with visiting(browser, served.url) as visit:
        await visit.open(f"{served.url}/steward")
        yield visit


@pytest.fixture
async def work(visit: Visit, served: Served) -> Work:
    await sign_in(visit.page, served.key)
    await expect(visit.page.get_by_role("img")).to_be_visible()
    return Work(served.hub, visit)


async def test_the_queue_shows_the_most_valuable_pair_with_its_differences_and_evidence(
    work: Work,
) -> None:
    queue = work.page.get_by_role("navigation", name="Queue").get_by_role("button")
    await expect(queue).to_have_count(2)
    await expect(queue.first).to_have_attribute("aria-current", "true")
    await work.choose("王小明")
    post = work.page.get_by_role("row", name="Post", exact=False).first
    await expect(post).to_contain_text("主任")
    await expect(post.get_by_label("different")).to_have_text("≠")
    await expect(work.page.get_by_role("row", name="Phone", exact=False)).to_have_count(0)
    await expect(work.page.get_by_role("row", name="Status").first).to_contain_text("In office")
    chart = work.page.get_by_role("img")
    await expect(chart).to_have_accessible_name(re.compile(r"^Before comparing −\d\d\.\d; Name \+"))
    bars = await chart.locator("rect").count()
    assert bars == len((await chart.get_attribute("aria-label") or "").split("; "))


async def test_a_key_press_decides_and_the_decision_is_undone(work: Work) -> None:
    await work.choose("王小明")
    await work.press("s", "Decided: Same")
    await expect(work.page.get_by_text("Today: Same 1")).to_be_visible()
    assert ["1", "A"] in [sorted(found) for found in await people(work.hub)]
    await work.open("History")
    entry = work.page.get_by_role("listitem")
    await expect(entry).to_contain_text(f"by {STEWARD}")
    await expect(entry.get_by_role("button", name="Withdraw")).to_be_visible()
    await work.press("u", "Taken back")
    await expect(entry).to_contain_text(f"withdrawn by {STEWARD}")
    assert ["1"] in await people(work.hub)
    await expect(work.page.get_by_role("button", name="Queue (2)")).to_be_visible()
    await work.press("u", "Nothing of this visit is left to undo")


async def test_different_and_later_empty_the_queue(work: Work) -> None:
    await work.press("2", "Decided: Different")
    await expect(work.page.get_by_role("img")).to_be_visible()
    await work.press("l", "Decided: Later")
    await expect(work.page.get_by_role("heading", name="No doubtful pair waits.")).to_be_visible()
    await expect(work.page.get_by_role("progressbar")).to_have_attribute("value", "2")


async def test_a_conflict_is_settled_by_a_pin_until_it_is_released(work: Work) -> None:
    await work.open("Conflicts")
    conflict = work.page.get_by_role("listitem", name="李芳 · Person · Post")
    await conflict.get_by_role("button", name="Pin 教师").click()
    await expect(work.page.get_by_role("status")).to_contain_text("Pinned.")
    pinned = work.page.get_by_role("listitem", name="李芳 · Person · Post")
    await expect(pinned).to_contain_text("教师")
    assert await posts(work.hub) == ["教师"]
    await work.page.route("**/graphql", explaining_late)
    async with work.page.expect_response(lambda answer: explains(answer.request)):
        await pinned.get_by_role("button", name="Release").click()
        await expect(conflict.get_by_role("button", name="Pin 教师")).to_be_visible()
        await conflict.get_by_label("Another value").fill("园长")
    await work.page.wait_for_timeout(300)  # the page takes the evidence in
    await work.page.keyboard.press("Enter")
    await expect(work.page.get_by_role("button", name="Release")).to_be_visible()
    assert await posts(work.hub) == ["园长"]


def explains(request: Request) -> bool:
    return "explainLink" in (request.post_data or "")


async def explaining_late(route: Route) -> None:
    """The evidence of a pair comes while something is being typed."""
    if explains(route.request):
        await asyncio.sleep(1)
    await route.continue_()


async def posts(hub: Hub) -> list[str]:
    return [row[0] for row in await hub.rows("SELECT post FROM person WHERE name = '李芳'")]


async def test_the_page_speaks_chinese_and_remembers_it(work: Work) -> None:
    await work.page.get_by_role("button", name="中文").click()
    await work.choose("王小明")
    await expect(work.page.get_by_role("row", name="出生").first).to_be_visible()
    await expect(work.page.get_by_role("row", name="性别").first).to_contain_text("男")
    await expect(work.page.get_by_role("row", name="代表职务状态").first).to_contain_text("在任")
    await expect(work.page.get_by_role("button", name="同一")).to_be_visible()
    await work.choose("元坝镇人大代表之家")
    for name in ("姓名（名称）", "名称中的序号", "行政区划"):
        await expect(work.page.get_by_role("row", name=name).first).to_be_visible()
    await work.page.reload()
    await expect(work.page.get_by_role("heading", name="数据管理工作台")).to_be_visible()


async def test_the_key_is_kept_in_the_tab_alone_and_the_policy_is_strict(
    work: Work, served: Served
) -> None:
    rules = [rule.split() for rule in work.visit.policy.split(";")]
    assert {("script-src", "'self'"), ("connect-src", "'self'")} <= set(map(tuple, rules))
    local = await work.page.evaluate("() => JSON.stringify([localStorage, document.cookie])")
    assert served.key in await work.visit.memory()
    assert served.key not in local
    await work.page.reload()
    await expect(work.page.get_by_role("img")).to_be_visible()
    await work.page.get_by_role("button", name="Forget the key").click()
    await expect(work.page.get_by_label("API key")).to_be_visible()
    assert served.key not in await work.visit.memory()


async def test_a_key_that_cannot_decide_is_told_what_to_do(visit: Visit, served: Served) -> None:
    status = visit.page.get_by_role("status")
    await sign_in(visit.page, served.plain_key)
    await expect(status).to_contain_text("This key is no steward's")
    await sign_in(visit.page, "no-key-at-all")
    await expect(status).to_contain_text("This key is unknown or revoked")
    assert [text for text in visit.complaints if "401" not in text] == []
    visit.complaints.clear()


async def test_a_pair_that_another_steward_decided_meanwhile_is_not_decided_again(
    work: Work,
) -> None:
    await work.choose("王小明")
    await decide(work.hub, "1", "A", Verdict.DIFFERENT)
    await work.press("s", "Another steward was faster")
    await expect(work.page.get_by_role("button", name="Queue (1)")).to_be_visible()
    assert ["1"] in await people(work.hub)
