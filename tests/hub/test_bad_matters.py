"""Bad input of what congresses run: by push and by sync it is quarantined or held, not dropped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from connectors.source import ConnectorSource
from connectors.systems import parse_manifest
from hub.runs.sync import Report, sync_system
from hub.settings import Settings
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind
from tests.hub.asking import ask
from tests.hub.pushing import SECRET, ZHAOHUA, Hub, codes
from tests.hub.test_projects import BALLOT, line, opinion, project
from tests.hub.test_scores import CAPPED, ITEM, score
from tests.hub.test_suggestions import handover, suggestion
from tests.hub.test_supervision import finding

Given = tuple[RecordKind, dict[str, object]]


@dataclass(frozen=True)
class Bad:
    """A record that is refused, what must be there before, and the reason."""

    name: str
    kind: RecordKind
    record: dict[str, object]
    issue: tuple[str, str]
    before: tuple[Given, ...] = ()


CASES = (
    Bad("state of a suggestion", RecordKind.SUGGESTION, suggestion("X", state="飞走"),
        ("state", "UNKNOWN_CODE")),
    Bad("state of an opinion", RecordKind.PUBLIC_OPINION, opinion("X", state="飞走"),
        ("state", "UNKNOWN_CODE")),
    Bad("state of a project", RecordKind.LIVELIHOOD_PROJECT, project("X", state="飞走"),
        ("state", "UNKNOWN_CODE")),
    Bad("state of a finding", RecordKind.SUPERVISION_FINDING, finding("X", state="飞走"),
        ("state", "UNKNOWN_CODE")),
    Bad("reply before its hand-over", RecordKind.ASSIGNMENT,
        handover("X", repliedAt="2026-01-31"), ("repliedAt", "DATES_REVERSED")),
    Bad("reply without a hand-over", RecordKind.ASSIGNMENT,
        handover("X", repliedAt="2026-03-01", assignedAt=None), ("assignedAt", "REQUIRED")),
    Bad("due before its hand-over", RecordKind.ASSIGNMENT,
        handover("X", sourceDueDate="2026-01-31"), ("sourceDueDate", "DATES_REVERSED")),
    Bad("finding due before its hand-over", RecordKind.SUPERVISION_FINDING,
        finding("X", dueDate="2026-02-01"), ("dueDate", "DATES_REVERSED")),
    Bad("more votes than deputies", RecordKind.BALLOT_LINE, line("X", votesFor=160),
        ("votesFor", "OUT_OF_RANGE"), ((RecordKind.PROJECT_BALLOT, BALLOT),)),
    Bad("points over the maximum", RecordKind.DUTY_SCORE, score("X", points=20.5),
        ("points", "OUT_OF_RANGE"),
        ((RecordKind.SCORE_RULE_SET, CAPPED), (RecordKind.SCORE_RULE, ITEM))),
)  # fmt: skip

KEPT = """SELECT kind, row_key, errors->0->>'field', errors->0->>'code', errors->0->>'message'
FROM quarantine WHERE resolved_at IS NULL"""


async def check_quarantined(hub: Hub, case: Bad) -> None:
    """The record is refused with its reason, kept, and nothing of it is shown."""
    ((kind, key, field, code, message),) = await hub.rows(KEPT)
    assert (kind, key, (field, code)) == (case.kind.name, "X", case.issue)
    assert message.endswith(".")
    table = KINDS[case.kind].table.name
    assert await hub.rows(f"SELECT count(*) FROM {table}") == [(0,)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_what_is_pushed_badly_is_quarantined(hub: Hub, case: Bad) -> None:
    for kind, record in case.before:
        await hub.push("county", kind, record)
    answer = await hub.push("county", case.kind, case.record)
    assert codes(answer) == [[case.issue]]
    assert (answer.read, answer.stored, answer.quarantined) == (1, 0, 1)
    await check_quarantined(hub, case)


@pytest.mark.parametrize("case", [case for case in CASES if case.before], ids=lambda it: it.name)
async def test_what_contradicts_a_record_that_comes_later_is_quarantined_then(
    hub: Hub, case: Bad
) -> None:
    assert codes(await hub.push("county", case.kind, case.record)) == [[]]
    for kind, record in case.before:
        await hub.push("county", kind, record)
    await check_quarantined(hub, case)


def stream(kind: RecordKind, record: dict[str, object]) -> dict[str, Any]:
    """A stream of JSON lines whose columns are called as the fields."""
    fields = {name: name for name in record if name != "externalId"}
    return {
        "name": kind.name.lower(),
        "kind": kind.name,
        "files": f"{kind.name}.jsonl",
        "format": "jsonl",
        "key": "{externalId}",
        "fields": fields,
    }


async def sync(hub: Hub, settings: Settings, folder: Path, *given: Given) -> Report:
    """Sync the county's system over files with one record each."""
    for kind, record in given:
        text = json.dumps({name: flat(value) for name, value in record.items()})
        (folder / f"{kind.name}.jsonl").write_text(text + "\n")
    manifest = parse_manifest(
        {
            "system": "county",
            "name": "county",
            "division": ZHAOHUA,
            "connector": {"kind": "file", "folder": "${FOLDER}"},
            "streams": [stream(kind, record) for kind, record in given],
        },
        "county",
    )
    source = ConnectorSource(manifest, {"FOLDER": str(folder)}, SECRET)
    return await sync_system(hub, settings, "county", source)


def flat(value: object) -> object:
    """A reference as a source writes it: the id alone."""
    return value["id"] if isinstance(value, dict) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_what_a_source_holds_badly_is_quarantined(
    hub: Hub, settings: Settings, tmp_path: Path, case: Bad
) -> None:
    report = await sync(hub, settings, tmp_path, *case.before, (case.kind, case.record))
    assert (report.counts.stored, report.counts.quarantined) == (len(case.before), 1)
    await check_quarantined(hub, case)
    again = await sync(hub, settings, tmp_path, *case.before, (case.kind, case.record))
    assert (again.counts.unchanged, again.counts.quarantined) == (len(case.before), 1)
    await check_quarantined(hub, case)


# --- Links to what has not come -------------------------------------------------------------------

CHAIN: tuple[Given, ...] = (
    (RecordKind.PUBLIC_OPINION, opinion("O1", state="上报", escalatedTo={"id": "O2"})),
    (RecordKind.PUBLIC_OPINION, opinion("O2", state="转为建议", convertedTo={"id": "S1"})),
    (RecordKind.SUGGESTION, suggestion("S1")),
    (RecordKind.LIVELIHOOD_PROJECT, project("P1", suggestion={"id": "S1"})),
)
WALK = """{ opinions(where: { state: { eq: ESCALATED } }) { nodes {
  escalatedTo { convertedTo { projects(first: 5) { nodes {
    title suggestion { opinions(first: 5) { nodes {
      escalatedFrom(first: 5) { nodes { checkedText } } } } }
  } } } }
} } }"""
WALKED = {
    "title": "农村路灯",
    "suggestion": {
        "opinions": {"nodes": [{"escalatedFrom": {"nodes": [{"checkedText": "村口路灯不亮"}]}}]}
    },
}
PENDING = """{ systems(where: { code: { eq: "county" } }) { nodes {
  waitingRecords { totalCount } records { nodes {
    externalId pendingReferences { name targetKind targetExternalId }
  } }
} } }"""


async def test_a_link_to_what_has_not_come_is_held_with_its_name(hub: Hub) -> None:
    await hub.push("county", *CHAIN[0])
    (system,) = (await ask(hub, PENDING))["systems"]["nodes"]
    assert system["waitingRecords"] == {"totalCount": 1}
    assert system["records"]["nodes"] == [
        {
            "externalId": "O1",
            "pendingReferences": [
                {
                    "name": "escalatedTo",
                    "targetKind": "PUBLIC_OPINION",
                    "targetExternalId": "O2",
                }
            ],
        }
    ]
    await hub.push("county", *CHAIN[1])
    (system,) = (await ask(hub, PENDING))["systems"]["nodes"]
    waiting = [it["externalId"] for it in system["records"]["nodes"] if it["pendingReferences"]]
    assert waiting == ["O2"]


@pytest.mark.parametrize("order", list(permutations(range(len(CHAIN))))[::3])
async def test_opinion_suggestion_and_project_join_in_whichever_order(
    hub: Hub, order: tuple[int, ...]
) -> None:
    for place in order:
        kind, record = CHAIN[place]
        assert codes(await hub.push("county", kind, record)) == [[]]
    found = (await ask(hub, WALK))["opinions"]["nodes"]
    projects = [it["escalatedTo"]["convertedTo"]["projects"]["nodes"] for it in found]
    assert projects == [[WALKED]]
    assert (await ask(hub, PENDING))["systems"]["nodes"][0]["waitingRecords"] == {"totalCount": 0}
