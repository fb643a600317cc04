"""Systems, runs, records, and where values come from."""

from __future__ import annotations

from datetime import UTC, datetime

from schema.ids import make_id
from tests.graph.conftest import Graph
from tests.graph.world import LIN, LIN_COUNTY, SEEN

ZHAOHUA = {"code": "zhaohua-npc"}
GUANGYUAN = {"code": "guangyuan-npc"}


async def test_a_system_shows_its_runs_records_and_refused_rows(graph: Graph) -> None:
    data = await graph.data(
        """{ system(code: "zhaohua-npc") { code name level connector status lastSuccessAt freshness
          division { name } lastRun { status errorCode system { code } }
          runs { nodes { kind status startedAt finishedAt read stored unchanged quarantined } }
          records { totalCount }
          quarantine { nodes { rowKey kind place firstSeenAt resolvedAt
            errors { field code message } run { status } } } } }"""
    )
    at = "2026-03-01T08:00:00+00:00"
    run = {"kind": "SYNC", "startedAt": at, "unchanged": 0, "quarantined": 1}
    assert data == {
        "system": {
            "code": "zhaohua-npc",
            "name": "昭化人大代表系统",
            "level": "COUNTY",
            "connector": "SQL",
            "status": "FAILING",
            "lastSuccessAt": None,
            "freshness": None,
            "division": {"name": "昭化区"},
            "lastRun": {"status": "FAILED", "errorCode": "SOURCE_UNAVAILABLE", "system": ZHAOHUA},
            "runs": {
                "nodes": [
                    run
                    | {
                        "status": "SUCCEEDED",
                        "finishedAt": run["startedAt"],
                        "read": 3,
                        "stored": 2,
                    },
                    run | {"status": "FAILED", "finishedAt": None, "read": 1, "stored": 0},
                ]
            },
            "records": {"totalCount": 2},
            "quarantine": {
                "nodes": [
                    {
                        "rowKey": "x99",
                        "kind": "DEPUTY",
                        "place": "row 7",
                        "firstSeenAt": "2026-03-01T08:00:00+00:00",
                        "resolvedAt": None,
                        "errors": [
                            {
                                "field": "birth",
                                "code": "INVALID_DATE",
                                "message": "1971-13 is no month.",
                            }
                        ],
                        "run": {"status": "SUCCEEDED"},
                    }
                ]
            },
        }
    }


async def test_freshness_is_the_age_of_the_last_complete_run_in_seconds(graph: Graph) -> None:
    before = int((datetime.now(UTC) - SEEN).total_seconds())
    data = await graph.data("""{ system(code: "guangyuan-npc") { freshness } }""")
    after = int((datetime.now(UTC) - SEEN).total_seconds())
    assert before - 1 <= data["system"]["freshness"] <= after + 1


async def test_a_standing_record_is_as_fresh_as_the_last_complete_pass(graph: Graph) -> None:
    data = await graph.data(
        """{ system(code: "guangyuan-npc") { records {
          nodes { externalId kind stream firstSeenAt lastSeenAt deletedAt missingSince
            run { status } system { code } } } } }"""
    )
    record = {
        "kind": "DEPUTY",
        "stream": "deputies",
        "firstSeenAt": "2026-03-01T08:00:00+00:00",
        "missingSince": None,
        "run": {"status": "SUCCEEDED"},
        "system": GUANGYUAN,
    }
    assert data["system"]["records"]["nodes"] == [
        record
        | {
            "externalId": "x62",
            "lastSeenAt": "2026-03-05T08:00:00.25+00:00",
            "deletedAt": None,
        },
        record
        | {
            "externalId": "x63",
            "lastSeenAt": "2026-03-01T08:00:00+00:00",
            "deletedAt": "2026-03-01T08:00:00+00:00",
        },
    ]


async def test_provenance_names_the_winner_of_each_field_and_who_says_otherwise(
    graph: Graph,
) -> None:
    data = await graph.data(
        """query ($id: ID!) { person(id: $id) { provenance { field value isMasked recordedAt
          record { externalId } system { code } others { value record { externalId } } } } }""",
        {"id": make_id("Person", LIN)},
    )
    at = {"recordedAt": "2026-03-01T08:00:00+00:00", "isMasked": False}
    zhaohua = at | {"record": {"externalId": "x61"}, "system": ZHAOHUA, "others": []}
    guangyuan = at | {"record": {"externalId": "x62"}, "system": GUANGYUAN}
    stated = [each for each in data["person"]["provenance"] if not each["isMasked"]]
    masked = [each for each in data["person"]["provenance"] if each["isMasked"]]
    assert [each["field"] for each in masked][:2] == ["phone", "email"]
    for each in masked:
        assert (each["value"], each["record"], each["system"], each["others"]) == (
            *(None, None, None),
            [],
        )
    assert stated == [
        zhaohua | {"field": "name", "value": "林知远"},
        zhaohua | {"field": "gender", "value": "MALE"},
        guangyuan
        | {
            "field": "ethnicity",
            "value": "汉族",
            "others": [{"value": "回族", "record": {"externalId": "x61"}}],
        },
        zhaohua | {"field": "birthMonth", "value": "1971-05"},
    ]


async def test_a_mandate_and_its_person_share_records_but_not_fields(graph: Graph) -> None:
    data = await graph.data(
        """query ($id: ID!) { deputy(id: $id) { sourceRecords { externalId fields }
          provenance { field value } } }""",
        {"id": make_id("Deputy", LIN_COUNTY)},
    )
    assert data == {
        "deputy": {
            "sourceRecords": [
                {
                    "externalId": "x61",
                    "fields": {
                        "name": "林知远",
                        "birth": "1971-05",
                        "gender": "MALE",
                        "ethnicity": "回族",
                        "startDate": "2021-10-01",
                    },
                },
                {"externalId": "x62", "fields": {"name": "林知远", "ethnicity": "汉族"}},
            ],
            "provenance": [{"field": "startDate", "value": "2021-10-01"}],
        }
    }


async def test_every_golden_type_shows_its_records(graph: Graph) -> None:
    data = await graph.data(
        """{ homes { nodes { sourceRecords { externalId } provenance { field } } }
             stations(first: 1) { nodes { sourceRecords { id } provenance { field } } }
             groups { nodes { sourceRecords { id } provenance { field } } }
             congresses(first: 1) { nodes { sourceRecords { id } provenance { field } } } }"""
    )
    nothing: dict[str, object] = {"nodes": [{"sourceRecords": [], "provenance": []}]}
    home = {"externalId": "x64"}
    assert data == {
        "homes": {
            "nodes": [
                {
                    "sourceRecords": [home],
                    "provenance": [{"field": "name"}, {"field": "kind"}, {"field": "phone"}],
                }
            ]
        },
        "stations": {"nodes": [{"sourceRecords": [], "provenance": [{"field": "phone"}]}]},
        "groups": nothing,
        "congresses": nothing,
    }
