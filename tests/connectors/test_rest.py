"""HTTP APIs: paging, keys, and answers that are none."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from connectors.http import source as http
from connectors.manifest import SystemManifest
from connectors.mapping import compile_mapping
from connectors.reading import Row
from hub.errors import Code, Refusal, StopRun, TryLater
from tests.connectors.people import manifest, people, person
from tests.connectors.reading import MEND, ids_of, places, read_all
from tests.connectors.web import Source


def system(source: Source, connector: dict[str, object], **changes: object) -> SystemManifest:
    base: dict[str, object] = {"kind": "rest", "url": source.url, **connector}
    return manifest(base, {"path": "list", "records": "items"}, **changes)


def page(*numbers: int, **more: object) -> Callable[[Request], Response]:
    return lambda request: JSONResponse({"items": [person(n) for n in numbers], **more})


def answer(response: Response) -> Callable[[Request], Response]:
    return lambda request: response


def queries(source: Source) -> list[str]:
    return [url.split("?")[1] if "?" in url else "" for url in source.requests]


async def test_single_answer_is_read(web: Source) -> None:
    web.replies = [page(1, 2)]
    assert await ids_of(system(web, {}, params={"kind": "deputy"}), {}) == ["D1", "D2"]
    assert queries(web) == ["kind=deputy"]


async def test_pages_by_number_end_at_an_empty_page(web: Source) -> None:
    web.replies = [page(1, 2), page(3), page()]
    paging = {"style": "page", "size": 2, "size_param": "n"}
    assert await ids_of(system(web, {}, paging=paging), {}) == ["D1", "D2", "D3"]
    assert queries(web) == ["n=2&page=1", "n=2&page=2", "n=2&page=3"]


async def test_total_saves_the_empty_page(web: Source) -> None:
    web.replies = [page(1, 2, total=3), page(3, total=3)]
    paging = {"style": "page", "first_page": 0, "total": "total"}
    assert await ids_of(system(web, {}, paging=paging), {}) == ["D1", "D2", "D3"]
    assert queries(web) == ["page=0", "page=1"]


async def test_offsets_follow_what_was_really_read(web: Source) -> None:
    web.replies = [page(1, 2), page(3), page()]
    paging = {"style": "offset", "param": "skip", "size": 100, "size_param": "limit"}
    assert await ids_of(system(web, {}, paging=paging), {}) == ["D1", "D2", "D3"]
    assert queries(web) == ["limit=100&skip=0", "limit=100&skip=2", "limit=100&skip=3"]


async def test_tokens_are_followed_to_the_last_page(web: Source) -> None:
    web.replies = [page(1, meta={"next": "b"}), page(2, meta={"next": "c"}), page(3, meta={})]
    paging = {"style": "cursor", "param": "token", "next": "meta.next"}
    assert await ids_of(system(web, {}, paging=paging), {}) == ["D1", "D2", "D3"]
    assert queries(web) == ["", "token=b", "token=c"]


async def test_link_headers_are_followed(web: Source) -> None:
    first = JSONResponse({"items": [person(1)]}, headers={"Link": '</list?p=2>; rel="next"'})
    web.replies = [answer(first), page(2)]
    assert await ids_of(system(web, {}, paging={"style": "link"}), {}) == ["D1", "D2"]
    assert queries(web) == ["", "p=2"]


async def test_link_to_another_server_is_not_followed(web: Source) -> None:
    header = {"Link": '<http://127.0.0.1:9/list>; rel="next"'}
    web.replies = [answer(JSONResponse({"items": [person(1)]}, headers=header))]
    with pytest.raises(StopRun, match="links to another server"):
        await read_all(system(web, {}, paging={"style": "link"}), {})


async def test_equal_consecutive_tokens_stop_the_run(web: Source) -> None:
    web.replies = [page(1, next="b"), page(2, next="b")]
    paging = {"style": "cursor", "next": "next"}
    with pytest.raises(StopRun, match=r"page 2 leads with .* where a page before led") as caught:
        await read_all(system(web, {}, paging=paging), {})
    assert caught.value.code is Code.SOURCE_REFUSED


async def test_page_that_repeats_the_last_stops_the_run(web: Source) -> None:
    web.replies = [page(1), page(1)]
    with pytest.raises(StopRun, match="page 2 is page 1 again"):
        await read_all(system(web, {}, paging={"style": "page", "size": 1}), {})


async def test_bad_item_is_named_by_page_and_number(web: Source) -> None:
    web.replies = [answer(JSONResponse({"items": [person(1), 5]}))]
    assert places(await read_all(system(web, {}), {})) == [
        ("MALFORMED_ROW", f"page 1 item 2: is no JSON object. {MEND}", "5")
    ]


async def test_half_of_a_character_costs_its_item_only(web: Source) -> None:
    body = json.dumps({"items": [person(1), person(2, name="代表\ud83d"), person(3)]})
    web.replies = [answer(Response(body, media_type="application/json"))]
    described = system(web, {})
    mapping = compile_mapping(described.streams[0])
    first, half, last = await read_all(described, {})
    assert isinstance(half, Row)
    with pytest.raises(Refusal, match="page 1 item 2: the row holds half of a character"):
        mapping.expand(half)
    assert [len(mapping.expand(row)) for row in (first, last) if isinstance(row, Row)] == [1, 1]


async def test_source_that_is_busy_is_asked_again_after_its_time(web: Source) -> None:
    busy = PlainTextResponse("busy", 429, headers={"Retry-After": "1"})
    web.replies = [answer(busy), answer(PlainTextResponse("oops", 503)), page(1)]
    start = time.monotonic()
    assert await ids_of(system(web, {"attempts": 3}), {}) == ["D1"]
    assert time.monotonic() - start > 1


async def test_source_that_asks_for_a_long_wait_is_left_alone(web: Source) -> None:
    web.replies = [answer(PlainTextResponse("busy", 429, headers={"Retry-After": "31"}))]
    with pytest.raises(TryLater, match="GET /list answered status 429"):
        await read_all(system(web, {"attempts": 3}), {})
    assert len(web.requests) == 1


async def test_source_that_stays_broken_is_given_up(web: Source) -> None:
    web.replies = [answer(PlainTextResponse("oops", 500))] * 2
    with pytest.raises(TryLater, match="GET /list answered status 500"):
        await read_all(system(web, {"attempts": 2}), {})
    assert len(web.requests) == 2


async def test_slow_source_is_tried_later(web: Source) -> None:
    def slow(request: Request) -> Response:
        time.sleep(0.5)
        return PlainTextResponse("late")

    web.replies = [slow]
    late = r"GET /list (does not answer|has not finished its answer after 0\.1 s)"
    with pytest.raises(TryLater, match=late):
        await read_all(system(web, {"attempts": 1, "timeout": 0.1}), {})


@pytest.mark.parametrize(
    ("response", "problem"),
    [
        (PlainTextResponse("<html>登录</html>" + "x" * 200), "answered no JSON but: <html>登录"),
        (PlainTextResponse("no", 401), "refuses the hub's key .status 401."),
        (PlainTextResponse("no", 403), "refuses the hub's key .status 403."),
        (PlainTextResponse("no", 404), "does not exist .status 404."),
        (PlainTextResponse("no such filter", 400), "answered status 400: no such filter"),
        (RedirectResponse("/elsewhere"), "redirects .status 307."),
        (JSONResponse({"rows": []}), "has no list at records: items"),
    ],
)
async def test_answer_that_no_later_try_betters_stops_the_run(
    web: Source, response: Response, problem: str
) -> None:
    web.replies = [answer(response)]
    with pytest.raises(StopRun, match=problem) as caught:
        await read_all(system(web, {}), {})
    assert caught.value.code is Code.SOURCE_REFUSED
    assert len(caught.value.message) < 250
    assert len(web.requests) == 1


async def test_answer_beyond_the_limit_stops_the_run(
    web: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "LARGEST_ANSWER", 100)
    web.replies = [page(1, 2)]
    with pytest.raises(StopRun, match="answered more than 50 MB at once"):
        await read_all(system(web, {}), {})


@pytest.mark.parametrize(
    ("auth", "seen"),
    [
        ({"kind": "basic", "user": "hub", "password": "${KEY}"}, "Basic aHViOnMzY3JldA=="),
        ({"kind": "bearer", "token": "${KEY}"}, "Bearer s3cret"),
        ({"kind": "header", "name": "Authorization", "value": "Key ${KEY}"}, "Key s3cret"),
    ],
)
async def test_hub_proves_who_it_is(web: Source, auth: dict[str, str], seen: str) -> None:
    headers: list[str] = []

    def reply(request: Request) -> Response:
        headers.append(request.headers["Authorization"])
        return JSONResponse({"items": people(1)})

    web.replies = [reply]
    assert await ids_of(system(web, {"auth": auth}), {"KEY": "s3cret"}) == ["D1"]
    assert headers == [seen]


async def test_key_in_the_query_reaches_the_source_and_no_message(
    web: Source, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    web.replies = [answer(PlainTextResponse("no", 403))]
    auth = {"kind": "query", "name": "key", "value": "${KEY}"}
    with pytest.raises(StopRun) as caught:
        await read_all(system(web, {"auth": auth}), {"KEY": "s3cret"})
    assert queries(web) == ["key=s3cret"]
    assert "s3cret" not in caught.value.message + caplog.text


async def test_column_that_no_item_has_stops_the_run(web: Source) -> None:
    web.replies = [page(1)]
    with pytest.raises(StopRun, match="list page 1 has no column nowhere") as caught:
        await read_all(system(web, {}, checks={"nowhere": ".*"}), {})
    assert caught.value.code is Code.SOURCE_CHANGED


async def test_optional_column_may_be_left_out(web: Source) -> None:
    web.replies = [page(1)]
    fields = {"name": "name", "email": {"column": "mail", "optional": True}}
    assert await ids_of(system(web, {}, fields=fields), {}) == ["D1"]
