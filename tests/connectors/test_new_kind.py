"""A kind of connector is one module and one line in the registry; all else follows from them."""

from __future__ import annotations

import asyncio
import socketserver
import threading
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from connectors.json_schema import manifest_schema
from connectors.registry import REGISTRY
from connectors.source import ConnectorSource
from connectors.systems import kind_in_graph, parse_manifest, plain_manifest
from hub.errors import Code, StopRun
from hub.runs.runs import Counts
from hub.runs.sync import sync_system
from hub.settings import Settings
from tests.connectors import lines_kind
from tests.hub.pushing import Hub

MANIFEST: dict[str, Any] = {
    "system": "county",
    "name": "昭化区代表名册",
    "division": "510811",
    "connector": {"kind": "lines", "host": "127.0.0.1", "port": "${LINES_PORT}"},
    "streams": [
        {
            "name": "deputies",
            "kind": "DEPUTY",
            "word": "roster",
            "key": "{no}",
            "fields": {
                "name": "name",
                "post": "post",
                "term": {"value": 8},
                "divisionCode": {"value": "510811"},
            },
        }
    ],
}
ROSTER = "no\tname\tpost\n1\t王小明\t村民\n2\t李秀英\t\n"


class Answers(socketserver.StreamRequestHandler):
    """Answers the word `roster` with two deputies."""

    def handle(self) -> None:
        if self.rfile.readline() == b"roster\n":
            self.wfile.write(ROSTER.encode())


@pytest.fixture
def port() -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one line in the registry."""
    monkeypatch.setitem(REGISTRY, lines_kind.KIND.name, lines_kind.KIND)


async def test_system_of_the_new_kind_is_synced(hub: Hub, settings: Settings, port: int) -> None:
    manifest = parse_manifest(plain_manifest(parse_manifest(MANIFEST, "county")), "store")
    for counts in (Counts(stored=2), Counts(unchanged=2)):
        source = ConnectorSource(manifest, {"LINES_PORT": str(port)}, settings.identity_secret)
        report = await sync_system(hub, settings, "county", source)
        assert (report.error, report.counts) == (None, counts)
    stored = await hub.rows("SELECT external_id, fields->>'name' FROM source_record ORDER BY 1")
    assert stored == [("1", "王小明"), ("2", "李秀英")]


async def test_single_records_of_the_new_kind_are_looked_up(port: int) -> None:
    manifest = parse_manifest(MANIFEST, "county")
    source = ConnectorSource(manifest, {"LINES_PORT": str(port)}, b"secret")
    async with asyncio.timeout(10):
        assert list(await source.streams[0].look_up(["2", "3"])) == ["2"]


def test_manifest_of_the_new_kind_is_as_strict_as_any() -> None:
    stream = {**MANIFEST["streams"][0], "words": "roster"}
    with pytest.raises(StopRun) as caught:
        parse_manifest({**MANIFEST, "streams": [stream]}, "county")
    assert caught.value.code is Code.BAD_MANIFEST
    assert "streams.0.words: no such option" in caught.value.message


def test_schema_and_graph_know_the_new_kind() -> None:
    definitions = orjson.loads(manifest_schema())["$defs"]
    assert definitions["LinesSystem"]["description"] == "A system that answers lines."
    assert definitions["LinesStream"]["properties"]["word"]["description"]
    assert kind_in_graph(parse_manifest(MANIFEST, "county")).name == "REST"


def test_unknown_kind_is_told_all_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StopRun, match="must be one of rest, graphql, sql, file, push, lines"):
        parse_manifest({**MANIFEST, "connector": {"kind": "line"}}, "county")
