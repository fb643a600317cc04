"""The demonstration's systems, read whole through their connectors and mappings."""

from __future__ import annotations

import re
from pathlib import Path

import httpx2
from sqlalchemy import URL

import demo
from connectors.source import ConnectorSource
from connectors.systems import load_manifest
from demo.areas import towns
from hub.divisions.index import DivisionIndex
from hub.subjects.record_kinds import RecordKind
from tests.demo.conftest import KEY, Reading, Stand, plain

KINDS = ("CONGRESS", "HOME", "STATION", "GROUP", "DEPUTY")
ROOT = Path(demo.__file__).parents[1]


def test_manifests_are_of_the_systems_that_are_described() -> None:
    manifests = [load_manifest(path) for path in demo.MANIFESTS]
    assert [(item.system, item.connector.kind, item.division) for item in manifests] == [
        ("sichuan-deputies", "graphql", "510000"),
        ("guangyuan-deputies", "rest", "510800"),
        ("deyang-deputies", "push", "510600"),
        ("zhaohua-deputies", "sql", "510811"),
        ("zhaohua-homes", "file", "510811"),
        ("jintang-homes", "file", "510121"),
        ("jintang-deputies", "file", "510121"),
        ("guanghan-deputies", "sql", "510681"),
        ("youxian-deputies", "rest", "510704"),
        ("zizhong-deputies", "file", "511025"),
        ("danleng-deputies", "file", "511424"),
        ("sichuan-suggestions", "graphql", "510000"),
        ("danleng-platform", "rest", "511424"),
        ("danleng-motions", "rest", "511424"),
        ("guanghan-duties", "sql", "510681"),
        ("jintang-activities", "file", "510121"),
        ("zizhong-budget", "file", "511025"),
        ("youxian-decisions", "rest", "510704"),
        ("zhaohua-projects", "file", "510811"),
    ]


def documented(pattern: str) -> list[tuple[str, ...]]:
    """The rows of a table in docs/demo.md."""
    text = (ROOT / "docs" / "demo.md").read_text(encoding="utf-8")
    return re.findall(pattern, text, re.MULTILINE)


def test_each_system_has_the_records_that_the_documentation_counts(reading: Reading) -> None:
    counts = [
        (system, *(str(len(reading.of(system, RecordKind[kind]))) for kind in KINDS))
        for system in (path.stem for path in demo.MANIFESTS)
        if any(reading.of(system, RecordKind[kind]) for kind in ("HOME", "DEPUTY"))
    ]
    assert counts == documented(r"^\| `([a-z-]+)`" + r" \| ([0-9]+)" * 5 + r" \|$")


def test_what_congresses_run_has_the_records_that_the_documentation_counts(
    reading: Reading,
) -> None:
    counts = {
        (system, kind.name, str(len(records)))
        for (system, kind), records in reading.records.items()
        if kind.name not in KINDS
    }
    assert counts == set(documented(r"^\| `([a-z-]+)` \| ([A-Z_]+) \| ([0-9]+) \|$"))


def test_what_is_refused_is_what_the_documentation_lists(reading: Reading) -> None:
    listed = documented(r"^\| `([a-z-]+)` \| `([^`]+)` \| `([A-Z_]+)` \|")
    assert sorted(reading.refusals) == sorted(listed)


def test_what_costs_a_field_alone_is_what_the_documentation_lists(reading: Reading) -> None:
    listed = documented(r"^\| `([a-z-]+)` \| `([^`]+)` \| (\w+) \| `([A-Z_]+)` \|")
    warned = {
        (record.system_id, record.external_id, str(issue.field), str(issue.code))
        for records in reading.records.values()
        for record in records
        for issue in record.warnings
    }
    assert len(listed) == 3
    assert set(listed) - warned == set()


def test_rows_marked_as_deleted_are_no_records(reading: Reading) -> None:
    assert +reading.deleted == {"zhaohua-deputies": 2, "youxian-deputies": 2}


def test_references_lead_to_records_that_are_there(reading: Reading) -> None:
    known = {
        (system, kind.name): {record.external_id for record in records}
        for (system, kind), records in reading.records.items()
    }
    refused = {(system, key) for system, key, _ in reading.refusals}
    dangling = {
        (stated.system or record.system_id, stated.external_id)
        for records in reading.records.values()
        for record in records
        for stated in record.references
        if stated.external_id
        not in known.get((stated.system or record.system_id, stated.target_kind), set())
    }
    assert dangling - refused == set()


def test_every_group_has_its_leader(reading: Reading) -> None:
    deputies = {(record.system_id, record.external_id) for record in reading.deputies()}
    leaders = {
        (record.system_id, stated.external_id)
        for records in reading.records.values()
        for record in records
        for stated in record.references
        if stated.name == "leader"
    }
    assert len(leaders) == 68
    assert leaders - deputies == set()


def test_every_mandate_lies_in_a_congress_that_some_system_describes(
    reading: Reading, divisions: DivisionIndex
) -> None:
    def congresses(kind: RecordKind) -> set[object]:
        return {
            record.congress and (record.congress[0], record.congress[2])
            for (_, each), records in reading.records.items()
            for record in records
            if each is kind
        }

    guanghan = divisions.resolve("510681")
    assert guanghan
    in_a_subdistrict = {(str(guanghan.id), None)}
    described = congresses(RecordKind.CONGRESS)
    assert congresses(RecordKind.DEPUTY) - described == in_a_subdistrict


def test_zhaohua_has_twelve_homes_four_off_site_stations_and_five_groups(
    reading: Reading, divisions: DivisionIndex
) -> None:
    homes = reading.of("zhaohua-homes", RecordKind.HOME)
    codes = sorted(str(home.fields["divisionCode"]) for home in homes)
    assert codes == [town.code for town in towns("510811")]
    stations = reading.of("zhaohua-homes", RecordKind.STATION)
    away = [item.fields["locatedInCode"] for item in stations if item.resolved["is_off_site"]]
    assert away == ["510106", "441900", "320583", "500112"]
    levels = {str(item.external_id): item.resolved["level"] for item in reading.deputies()}
    groups = reading.of("zhaohua-deputies", RecordKind.GROUP)
    mixed = [{levels[ref.external_id] for ref in group.references} for group in groups]
    assert mixed == [{"TOWNSHIP", "COUNTY", "PREFECTURE", "PROVINCE"}] * 5


# --- Over HTTP -----------------------------------------------------------------------------------


async def test_without_its_key_no_system_tells_anything(stand: Stand) -> None:
    environ = stand.stage.environ
    wrong = {"Authorization": "Bearer x", "X-Api-Key": "x"}
    async with httpx2.AsyncClient(headers=wrong) as client:
        answers = [
            await client.post(environ["DEMO_SICHUAN_URL"], json={"query": "{ homes { id } }"}),
            await client.get(environ["DEMO_GUANGYUAN_URL"] + "/npcs"),
            await client.get(environ["DEMO_YOUXIAN_URL"] + "/deputies"),
        ]
    assert [answer.status_code for answer in answers] == [401, 401, 403]


async def test_only_what_changed_comes_where_it_is_asked_for(stand: Stand) -> None:
    manifest = load_manifest(ROOT / "demo" / "manifests" / "youxian-deputies.yaml")
    source = ConnectorSource(manifest, stand.stage.environ, KEY)
    deputies = source.streams[-1]
    cursor = [page.cursor async for page in deputies.pages(None)][-1]
    again = [page async for page in deputies.pages(cursor)]
    await source.close()
    assert sum(len(page.candidates) + len(page.deleted) for page in again) == 1


async def test_setting_the_stage_again_changes_no_file(stand: Stand, server_url: URL) -> None:
    def files() -> dict[str, bytes]:
        found = (path for path in stand.folder.rglob("*") if path.is_file())
        return {str(path): path.read_bytes() for path in found}

    before = files()
    again = await demo.set_stage(stand.folder, plain(server_url), KEY)
    assert files() == before
    assert again.port != stand.stage.port
