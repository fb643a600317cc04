"""Supervision, budgets and decisions: links, the way down to the single payment, bad input."""

from __future__ import annotations

import pytest

from hub.subjects.record_kinds import RecordKind
from tests.hub.asking import ask
from tests.hub.pushing import ZHAOHUA, Hub, codes, deputy
from tests.hub.test_projects import project

ITEM = {
    "externalId": "W1",
    "divisionCode": ZHAOHUA,
    "term": 8,
    "title": "博物馆新馆建设专项监督",
    "year": 2026,
    "form": "集体视察",
    "aspect": "民生实事项目",
    "state": "跟踪督办",
}
STAGES = [
    {"externalId": f"T{at}", "item": {"id": "W1"}, "name": name, "kind": name, "plannedOn": day}
    for at, (name, day) in enumerate([("方案", "2026-01-10"), ("实地查看", "2026-02-10")])
]


def finding(external_id: str, **fields: object) -> dict[str, object]:
    """A problem that W1 found; fields override."""
    return {
        "externalId": external_id,
        "item": {"id": "W1"},
        "title": "进度滞后",
        "year": 2026,
        "aspect": "审计整改",
        "state": "整改中",
        "assignedAt": "2026-03-01",
        "dueDate": "2026-06-01",
        "deadlineKind": "限期整改",
    } | fields


FOLLOWED = """{
  projects { nodes { title supervisionItems { nodes {
    form aspect state congress { term }
    stages(orderBy: { plannedOn: ASC }) { nodes { kind plannedOn } }
    members { edges { role node { person { name } } } }
    findings { nodes { state deadlineKind dueDate division { code } } }
  } } } }
}"""


async def test_a_project_is_supervised_from_stage_to_stage(hub: Hub) -> None:
    await hub.push("county", RecordKind.SUPERVISION_STAGE, *STAGES)
    await hub.push("county", RecordKind.SUPERVISION_FINDING, finding("F1"))
    members = [{"id": "1", "role": "组长"}]
    item = ITEM | {"project": {"id": "P1"}, "members": members}
    await hub.push("county", RecordKind.SUPERVISION_ITEM, item)
    await hub.push("county", RecordKind.LIVELIHOOD_PROJECT, project("P1"))
    await hub.deputies("county", deputy("1"))
    (found,) = (await ask(hub, FOLLOWED))["projects"]["nodes"]
    (supervised,) = found["supervisionItems"]["nodes"]
    assert supervised == {
        "form": "GROUP_INSPECTION",
        "aspect": "LIVELIHOOD_PROJECT",
        "state": "FOLLOW_UP",
        "congress": {"term": 8},
        "stages": {
            "nodes": [
                {"kind": "PLAN", "plannedOn": "2026-01-10"},
                {"kind": "SITE_VISIT", "plannedOn": "2026-02-10"},
            ]
        },
        "members": {"edges": [{"role": "LEADER", "node": {"person": {"name": "王小明"}}}]},
        "findings": {
            "nodes": [
                {
                    "state": "RECTIFYING",
                    "deadlineKind": "BY_DATE",
                    "dueDate": "2026-06-01",
                    "division": {"code": ZHAOHUA},
                }
            ]
        },
    }


def line(external_id: str, parent: str | None, **fields: object) -> dict[str, object]:
    """A line of Zhaohua's budget; fields override."""
    return {
        "externalId": external_id,
        "divisionCode": ZHAOHUA,
        "year": 2026,
        "name": external_id,
        "parent": {"id": parent} if parent else None,
        "budgeted": 1000,
        "executed": 425,
        "asOf": "2026-09-30",
    } | fields


DRILLED = """{
  budgetLines(where: { isTotal: { eq: true } }) { nodes {
    name parts executionRate
    children(first: 5) { nodes { name parts children(first: 5) { nodes {
      name paid project { title } payments(orderBy: { paidOn: ASC }) { nodes { amount payee } }
    } } } }
  } }
}"""


async def test_a_budget_is_drilled_from_the_total_to_the_payments_of_a_project(hub: Hub) -> None:
    pay = {"line": {"id": "单个项目"}, "paidOn": "2026-05-01", "payee": "某建筑公司"}
    await hub.push(
        "county",
        RecordKind.PAYMENT,
        pay | {"externalId": "1", "amount": 300},
        pay | {"externalId": "2", "amount": -20.5, "paidOn": "2026-06-01"},
    )
    single = line("单个项目", "教育支出", project={"id": "P1"})
    await hub.push("county", RecordKind.BUDGET_LINE, single, line("教育支出", "总计"))
    await hub.push("county", RecordKind.BUDGET_LINE, line("总计", None, adjusted=850))
    await hub.push("county", RecordKind.LIVELIHOOD_PROJECT, project("P1"))
    (total,) = (await ask(hub, DRILLED))["budgetLines"]["nodes"]
    assert (total["name"], total["parts"], total["executionRate"]) == ("总计", 1, 50)
    ((education,),) = [total["children"]["nodes"]]
    assert education["children"]["nodes"] == [
        {
            "name": "单个项目",
            "paid": 279.5,
            "project": {"title": "农村路灯"},
            "payments": {
                "nodes": [{"amount": 300, "payee": None}, {"amount": -20.5, "payee": None}]
            },
        }
    ]


DECIDED = """{
  meetings { nodes { kind congress { term }
    appointments { nodes { name kind post deputy { level } } }
    decisions { nodes { title category state } }
  } }
}"""
MEETING = {
    "externalId": "M1",
    "divisionCode": ZHAOHUA,
    "term": 8,
    "kind": "常委会会议",
    "name": "区八届人大常委会第三十次会议",
    "present": 25,
}
APPOINTED = {
    "externalId": "A1",
    "divisionCode": ZHAOHUA,
    "meeting": {"id": "M1"},
    "name": "王小明",
    "kind": "任命",
    "post": "副区长",
    "votesFor": 25,
}


async def test_a_meeting_shows_whom_it_appointed_and_what_it_decided(hub: Hub) -> None:
    decision = {
        "externalId": "D1",
        "divisionCode": ZHAOHUA,
        "meeting": {"id": "M1"},
        "title": "关于批准预算调整方案的决定",
        "category": "预算调整",
        "state": "通过",
    }
    await hub.push("county", RecordKind.MAJOR_DECISION, decision)
    await hub.push("county", RecordKind.APPOINTMENT, APPOINTED | {"deputy": {"id": "1"}})
    await hub.push("county", RecordKind.MEETING, MEETING)
    await hub.deputies("county", deputy("1"))
    (found,) = (await ask(hub, DECIDED))["meetings"]["nodes"]
    assert found == {
        "kind": "STANDING_COMMITTEE",
        "congress": {"term": 8},
        "appointments": {
            "nodes": [
                {
                    "name": "王小明",
                    "kind": "APPOINTED",
                    "post": "副区长",
                    "deputy": {"level": "COUNTY"},
                }
            ]
        },
        "decisions": {
            "nodes": [
                {
                    "title": "关于批准预算调整方案的决定",
                    "category": "BUDGET",
                    "state": "PASSED",
                }
            ]
        },
    }


async def test_more_votes_than_members_are_refused(hub: Hub) -> None:
    await hub.push("county", RecordKind.MEETING, MEETING)
    answer = await hub.push("county", RecordKind.APPOINTMENT, APPOINTED | {"votesAgainst": 1})
    assert codes(answer) == [[("votesFor", "OUT_OF_RANGE")]]


@pytest.mark.parametrize(
    ("fields", "issue"),
    [
        ({"dueDate": "2026-02-28"}, ("dueDate", "DATES_REVERSED")),
        ({"submittedAt": "2026-04-01", "assignedAt": None}, ("assignedAt", "REQUIRED")),
        ({"state": "失踪"}, ("state", "UNKNOWN_CODE")),
        ({"amount": -1}, ("amount", "OUT_OF_RANGE")),
        ({"item": None}, ("item", "REQUIRED")),
    ],
)
async def test_a_bad_finding_is_quarantined_with_the_reason(
    hub: Hub, fields: dict[str, object], issue: tuple[str, str]
) -> None:
    answer = await hub.push("county", RecordKind.SUPERVISION_FINDING, finding("F1", **fields))
    assert codes(answer) == [[issue]]
