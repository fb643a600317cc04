"""GraphQL APIs: errors, cursors that stand still, plain lists."""

from __future__ import annotations

import pytest
from starlette.responses import JSONResponse

from connectors.manifest import SystemManifest
from hub.errors import Code, StopRun
from tests.connectors.people import manifest, people
from tests.connectors.reading import ids_of, read_all
from tests.connectors.web import Source


def system(source: Source) -> SystemManifest:
    connector = {"kind": "graphql", "url": f"{source.url}/api"}
    return manifest(connector, {"query": "{ deputies { id } }", "connection": "deputies"})


async def read(source: Source, *bodies: object) -> list[str]:
    answers = iter(bodies)
    source.replies = [lambda request: JSONResponse(next(answers))] * len(bodies)
    return await ids_of(system(source), {})


async def test_plain_list_and_edges_are_read(web: Source) -> None:
    assert await read(web, {"data": {"deputies": people(2)}}) == ["D1", "D2"]
    edges = [{"node": one} for one in people(2)]
    assert await read(web, {"data": {"deputies": {"edges": edges}}}) == ["D1", "D2"]


async def test_first_error_of_the_source_stops_the_run(web: Source) -> None:
    errors = [{"message": "Cannot query field 'x'"}, {"message": "second"}]
    with pytest.raises(StopRun, match=r"answered the error: Cannot query field 'x'$") as caught:
        await read(web, {"errors": errors, "data": {"deputies": people(1)}})
    assert caught.value.code is Code.SOURCE_REFUSED


@pytest.mark.parametrize("cursor", ["b", None])
async def test_end_cursor_that_stands_still_stops_the_run(web: Source, cursor: str | None) -> None:
    page_info = {"hasNextPage": True, "endCursor": cursor}
    pages = [{"data": {"deputies": {"nodes": [one], "pageInfo": page_info}}} for one in people(2)]
    with pytest.raises(StopRun, match=r"does not move on|no endCursor that leads there"):
        await read(web, *pages)


async def test_answer_without_a_list_stops_the_run(web: Source) -> None:
    with pytest.raises(StopRun, match="has neither a list nor a connection at deputies"):
        await read(web, {"data": {"deputies": None}})


async def test_answer_that_is_no_graphql_stops_the_run(web: Source) -> None:
    web.replies = [lambda request: JSONResponse([1])]
    with pytest.raises(StopRun, match="answered JSON that is no GraphQL response"):
        await read_all(system(web), {})
