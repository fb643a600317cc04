"""Sources without end, cut, slow or broken: a run ends, and is the failure of its system alone."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import orjson
import pytest
from starlette.responses import JSONResponse, Response

from connectors.http.answers import _seconds
from connectors.http.links import next_target
from connectors.runs import choose, sync_one
from hub.errors import Code, HubError, TryLater
from hub.intake import OpenHub
from hub.runs import Counts, fetch_manifests
from tests.connectors.syncing import Synced, stream
from tests.connectors.web import Reply, Source, page, rest

PEOPLE = [{"id": n, "name": "张三"} for n in range(1, 31)]
LIST = {"path": "/list", "records": "items"}
TOKENS = {"style": "cursor", "next": "next"}
STATUS = "SELECT status, error_code, error_message FROM run ORDER BY started_at DESC LIMIT 1"


def tenth(number: int) -> list[dict[str, object]]:
    return PEOPLE[10 * number : 10 * number + 10]


@pytest.mark.parametrize(
    ("tokens", "read"), [("AA", 20), ("ABA", 30), ("ABCB", 30)], ids=["1", "2", "3"]
)
async def test_tokens_that_go_round_stop_the_run(
    synced: Synced, web: Source, tokens: str, read: int
) -> None:
    web.replies = [page(*tenth(at % 3), next=token) for at, token in enumerate(tokens)]
    report = await synced.sync(rest(web), stream(**LIST, paging=TOKENS))
    assert report.error is not None
    assert report.error.code is Code.SOURCE_REFUSED
    assert "does not move on" in report.error.message
    assert report.counts.stored == read


@pytest.mark.parametrize("style", ["page", "offset"])
async def test_last_page_once_more_ends_the_pass(synced: Synced, web: Source, style: str) -> None:
    web.replies = [page(*tenth(at)) for at in (0, 1, 2, 2)]
    report = await synced.sync(rest(web), stream(**LIST, paging={"style": style, "size": 10}))
    assert (report.error, report.counts) == (None, Counts(stored=30))


async def test_short_only_page_once_more_ends_the_pass(synced: Synced, web: Source) -> None:
    web.replies = [page(*PEOPLE[:4]), page(*PEOPLE[:4])]
    report = await synced.sync(rest(web), stream(**LIST, paging={"style": "page", "size": 10}))
    assert (report.error, report.counts) == (None, Counts(stored=4))


async def test_page_that_never_changes_is_told_once_it_is_stored(
    synced: Synced, web: Source
) -> None:
    web.replies = [page(*tenth(0)), page(*tenth(0))]
    report = await synced.sync(rest(web), stream(**LIST, paging={"style": "page", "size": 10}))
    assert report.error is not None
    assert "page 2 is page 1 again" in report.error.message
    assert "with `total`" in report.error.message
    assert report.counts == Counts(stored=10)


async def test_pages_that_go_round_stop_the_run(synced: Synced, web: Source) -> None:
    web.replies = [page(*tenth(at)) for at in (0, 1, 0)]
    report = await synced.sync(rest(web), stream(**LIST, paging={"style": "page", "size": 10}))
    assert report.error is not None
    assert "page 3 is page 1 again" in report.error.message
    assert report.counts == Counts(stored=20)


@contextmanager
def endless(web: Source, seconds: float = 0) -> Iterator[None]:
    """Pages of ten new people each, for ever."""
    numbers = count()

    def reply(request: object) -> Response:
        time.sleep(seconds)
        some = [{"id": next(numbers), "name": "张三"} for _ in range(10)]
        return JSONResponse({"items": some})

    class Endless(list[Reply]):
        def pop(self, index: object = 0) -> Reply:
            return reply

    web.replies = Endless([reply])
    yield
    web.replies = []


async def test_list_without_end_stops_at_the_limit_of_rows(synced: Synced, web: Source) -> None:
    listed = stream(**LIST, paging={"style": "page", "size": 10})
    seen: list[int] = []
    with endless(web):
        report = await synced.sync(
            rest(web),
            listed,
            system={"limits": {"rows": 200}},
            on_progress=lambda name, counts: seen.append(counts.read),
        )
    assert report.error is not None
    assert report.error.code is Code.SOURCE_REFUSED
    assert "gave more than 200 rows" in report.error.message
    assert report.counts.stored >= 200
    assert seen[:3] == [10, 20, 30]


async def test_run_stops_at_the_limit_of_its_time(synced: Synced, web: Source) -> None:
    with endless(web, seconds=0.05):
        report = await synced.sync(
            rest(web),
            stream(**LIST, paging={"style": "page", "size": 10}),
            system={"limits": {"minutes": 0.05}},
        )
    assert report.error is not None
    assert report.error.code is Code.SOURCE_UNAVAILABLE
    assert "was not read after 0.05 minutes" in report.error.message
    assert await synced.hub.rows(STATUS) == [
        ("FAILED", report.error.code.value, report.error.message)
    ]


async def test_answer_that_drips_is_given_up(synced: Synced) -> None:
    server = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _ in range(50):
                time.sleep(0.1)
                try:
                    connection.sendall(b" ")
                except OSError:
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    url = f"http://127.0.0.1:{server.getsockname()[1]}"
    started = time.monotonic()
    connector = {"kind": "rest", "url": url, "timeout": 0.5, "attempts": 3}
    report = await synced.sync(connector, stream(**LIST))
    assert time.monotonic() - started < 4
    assert isinstance(report.error, TryLater)
    assert "has not finished its answer after 0.5 s" in report.error.message
    thread.join()
    server.close()


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("</x?p=2>; rel=next", "/x?p=2"),
        ('</x?p=2>; Rel="NEXT"', "/x?p=2"),
        ('</x?p=1>; rel="first", </x?p=2>; rel="next last"', "/x?p=2"),
        ('<?p=2>; title="a, b; rel=prev"; rel="next"', "?p=2"),
        ('</x?p=2&x=1,2>;rel="next"', "/x?p=2&x=1,2"),
        ('</x?p=2> ; foo ; rel = "next"', "/x?p=2"),
        ('</x?p=1>; rel="prev"; rel="next"', None),
        ('</x?p=1>; rel="nextpage"', None),
        ("", None),
    ],
)
def test_next_page_is_found_in_every_legal_link_header(header: str, target: str | None) -> None:
    assert next_target([header]) == target


async def test_next_page_stands_in_the_second_of_two_headers(synced: Synced, web: Source) -> None:
    def first(request: object) -> Response:
        answer = JSONResponse({"items": tenth(0)})
        answer.headers.append("Link", '<?p=1>; rel="first"')
        answer.headers.append("Link", "<?p=2>; rel=next")
        return answer

    web.replies = [first, page(*tenth(1))]
    report = await synced.sync(rest(web), stream(**LIST, paging={"style": "link"}))
    assert report.counts == Counts(stored=20)
    assert web.requests[1].endswith("/list?p=2")


def date_in(seconds: float, form: str) -> str:
    return time.strftime(form, time.gmtime(time.time() + seconds))


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("3", 3),
        ("0.5", 0.5),
        ("-1", 0),
        ("%a, %d %b %Y %H:%M:%S GMT", 86400),
        ("%a, %d %b %Y %H:%M:%S -0000", 86400),
        ("%a, %d %b %Y %H:%M:%S", 86400),
        ("%A, %d-%b-%y %H:%M:%S GMT", 86400),
        ("%a %b %d %H:%M:%S %Y", 86400),
        ("%Y-%m-%dT%H:%M:%SZ", 86400),
        ("²", None),
        ("soon", None),
        ("inf", None),
        ("nan", None),
        ("", None),
    ],
    ids=str,
)
def test_retry_after_is_read_in_every_form(header: str, seconds: float | None) -> None:
    found = _seconds(date_in(86400, header) if "%" in header else header)
    assert (found is None) == (seconds is None)
    assert found is None or abs(found - (seconds or 0)) < 3600


@pytest.mark.parametrize("body", [b"\x1f\x8b\x08\x00\x00\x00", b"\x00\x00", b"\xff\xfe<\x00"])
async def test_bytes_for_an_answer_fail_the_run_with_a_sentence(
    synced: Synced, web: Source, body: bytes
) -> None:
    web.replies = [lambda request: Response(body, media_type="application/gzip")]
    report = await synced.sync(rest(web), stream(**LIST))
    assert report.error is not None
    assert "answered no JSON but" in report.error.message
    ((status, code, message),) = await synced.hub.rows(STATUS)
    assert (status, code) == ("FAILED", "SOURCE_REFUSED")
    assert message.isprintable()


@pytest.mark.parametrize(
    "error", [TypeError("a\x00b"), ZeroDivisionError(), MemoryError("too much")]
)
async def test_fault_of_the_hub_is_the_failure_of_its_run_alone(
    synced: Synced, web: Source, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*values: object) -> None:
        raise error

    monkeypatch.setattr("connectors.http.paged.page_rows", fail)
    web.replies = [page(*PEOPLE)]
    report = await synced.sync(rest(web), stream(**LIST))
    assert report.error is not None
    assert report.error.code is Code.INTERNAL
    assert [row[:2] for row in await synced.hub.rows(STATUS)] == [("FAILED", "INTERNAL")]


async def test_manifest_that_does_not_hold_is_the_failure_of_its_system_alone(
    synced: Synced,
) -> None:
    broken = orjson.dumps({"system": "county", "connector": {"kind": "rest"}}).decode()
    async with synced.hub.database.driver() as driver:
        await driver.execute(
            "UPDATE source_system SET manifest = $1::jsonb WHERE code = 'county'", broken
        )
        manifests = await fetch_manifests(driver)
    assert choose(manifests, None) == ["county"]
    hub = OpenHub(synced.hub.database, synced.hub.divisions, b"secret")
    async with asyncio.timeout(30):
        report = await sync_one(hub, synced.settings, manifests["county"])
    assert isinstance(report.error, HubError)
    assert report.error.code is Code.BAD_MANIFEST
