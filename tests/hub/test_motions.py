"""Motions: how many must propose one, links in any order, and what becomes of them."""

from __future__ import annotations

from typing import Any

import pytest

from hub.subjects.motions import MotionProposer, MotionState
from hub.subjects.record_kinds import RecordKind
from tests.hub.asking import ask
from tests.hub.pushing import GUANGYUAN, SICHUAN, YUANBA, ZHAOHUA, Hub, codes, deputy

COUNTED = """{ motions(orderBy: [{ number: ASC }]) { nodes {
  number level proposers proposersRequired hasEnoughProposers coSigners { totalCount }
} } }"""


def motion(external_id: str, **fields: object) -> dict[str, object]:
    """A motion of deputies to Zhaohua's congress; fields override."""
    return {
        "externalId": external_id,
        "number": external_id,
        "title": "关于加强嘉陵江流域水环境保护的议案",
        "divisionCode": ZHAOHUA,
        "term": 8,
        "proposer": "代表联名",
        "state": "已提交",
        "submittedAt": "2026-01-14",
    } | fields


def signed(leader: int, *others: int) -> dict[str, object]:
    """The deputies that propose a motion, by their numbers."""
    return {"leadDeputy": {"id": str(leader)}, "coSigners": [{"id": str(each)} for each in others]}


async def counted(hub: Hub) -> list[tuple[int | None, int | None, bool | None]]:
    """Proposers, how many it takes, and whether they are enough, of each motion."""
    nodes = (await ask(hub, COUNTED))["motions"]["nodes"]
    return [
        (node["proposers"], node["proposersRequired"], node["hasEnoughProposers"]) for node in nodes
    ]


@pytest.mark.parametrize(
    ("division", "level", "required"),
    [(SICHUAN, "PROVINCE", 10), (GUANGYUAN, "PREFECTURE", 10), (ZHAOHUA, "COUNTY", 10),
     (YUANBA, "TOWNSHIP", 5), ("000000", "NATIONAL", 30)],
)  # fmt: skip
async def test_its_level_says_how_many_deputies_a_motion_takes(
    hub: Hub, division: str, level: str, required: int
) -> None:
    few, enough = signed(1, *range(2, required)), signed(1, *range(2, required + 1))
    place = {"divisionCode": division, "term": None}
    await hub.push("county", RecordKind.MOTION, motion("M1", **few, **place))
    await hub.push("county", RecordKind.MOTION, motion("M2", **enough, **place))
    assert await counted(hub) == [(required - 1, required, False), (required, required, True)]
    found = await ask(hub, "{ motions { nodes { level } } }")
    assert {node["level"] for node in found["motions"]["nodes"]} == {level}


async def test_a_motion_with_too_few_proposers_is_kept_and_can_be_asked_for(hub: Hub) -> None:
    few = motion("M1", **signed(1, *range(2, 8)))
    answer = await hub.push("county", RecordKind.MOTION, few, motion("M2", **signed(*range(1, 11))))
    assert codes(answer) == [[], []]
    asked = """{ motions(where: { hasEnoughProposers: { eq: false } }) { nodes { number } }
      late: motions(where: { isLate: { eq: true } }) { totalCount } }"""
    found = await ask(hub, asked)
    assert found["motions"]["nodes"] == [{"number": "M1"}]
    assert found["late"] == {"totalCount": 0}


async def test_proposers_count_before_their_mandates_come(hub: Hub) -> None:
    await hub.push("county", RecordKind.MOTION, motion("M1", **signed(*range(1, 11))))
    before = (await ask(hub, COUNTED))["motions"]["nodes"]
    come = await hub.deputies(
        "county", deputy("1"), deputy("2", name="李芳"), deputy("3", name="赵刚")
    )
    assert codes(come) == [[], [], []]
    after = (await ask(hub, COUNTED))["motions"]["nodes"]
    counts = {"proposers": 10, "proposersRequired": 10, "hasEnoughProposers": True}
    assert [before[0] | counts, after[0] | counts] == [before[0], after[0]]
    assert [node[0]["coSigners"]["totalCount"] for node in (before, after)] == [0, 2]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, (None, 10, None)),
        ({"leadDeputy": {"id": "1"}}, (None, 10, None)),
        ({"statedProposers": 12}, (12, 10, True)),
        ({"statedProposers": 9}, (9, 10, False)),
        ({"statedProposers": 12, **signed(1, 2, 3)}, (12, 10, True)),
        ({"statedProposers": 2, **signed(*range(1, 11))}, (10, 10, True)),
        (signed(1, 1, 2, 2), (2, 10, False)),
        ({"coSigners": [{"id": str(n), "system": s} for n in range(5) for s in ("county", "city")]},
         (10, 10, True)),
        ({"proposer": None, **signed(1, 2)}, (2, None, None)),
        ({"proposer": "本级人民政府"}, (None, None, None)),
        ({"proposer": "主席团", **signed(1, 2)}, (2, None, None)),
    ],
)  # fmt: skip
async def test_what_is_not_known_of_the_proposers_is_not_held_against_a_motion(
    hub: Hub, fields: dict[str, object], expected: tuple[object, ...]
) -> None:
    await hub.push("county", RecordKind.MOTION, motion("M1", **fields))
    assert await counted(hub) == [expected]


SUGGESTION: dict[str, object] = {
    "externalId": "S1", "title": "关于加强嘉陵江流域水环境保护的建议", "divisionCode": ZHAOHUA,
    "state": "办理中", "kind": "议案转建议",
}  # fmt: skip
MEETING: dict[str, object] = {
    "externalId": "C5", "name": "第五次会议", "divisionCode": ZHAOHUA, "term": 8,
    "kind": "人民代表大会会议", "openedOn": "2026-01-13",
}  # fmt: skip
BODY: dict[str, object] = {"externalId": "B1", "name": "区水利局", "divisionCode": ZHAOHUA}
TURNED = motion(
    "M1",
    state="转为建议",
    suggestion={"id": "S1", "system": "city"},
    meeting={"id": "C5"},
    handler={"id": "B1"},
    **signed(1, 2),
)
ARRIVALS: dict[str, tuple[str, RecordKind, dict[str, object]]] = {
    "motion": ("county", RecordKind.MOTION, TURNED),
    "suggestion": ("city", RecordKind.SUGGESTION, SUGGESTION),
    "meeting": ("county", RecordKind.MEETING, MEETING),
    "body": ("county", RecordKind.HANDLING_BODY, BODY),
    "lead": ("county", RecordKind.DEPUTY, deputy("1")),
}
LINKED = """{
  motions { nodes { state suggestion { title motion { number } } meeting { name motions {
    totalCount } } handler { name motions { totalCount } } leadDeputy { ledMotions { totalCount }
    coSignedMotions { totalCount } } congress { motions { totalCount } } } }
  suggestions { nodes { motion { number title } } }
}"""


@pytest.mark.parametrize("first", ["motion", "suggestion", "meeting", "body", "lead"])
async def test_a_motion_and_its_suggestion_lead_to_each_other_in_whichever_order_they_come(
    hub: Hub, first: str
) -> None:
    for name in sorted(ARRIVALS, key=lambda name: name != first):
        system, kind, record = ARRIVALS[name]
        assert codes(await hub.push(system, kind, record)) == [[]]
    one = {"totalCount": 1}
    assert await ask(hub, LINKED) == {
        "motions": {
            "nodes": [
                {
                    "state": "AS_SUGGESTION",
                    "suggestion": {"title": SUGGESTION["title"], "motion": {"number": "M1"}},
                    "meeting": {"name": "第五次会议", "motions": one},
                    "handler": {"name": "区水利局", "motions": one},
                    "leadDeputy": {"ledMotions": one, "coSignedMotions": {"totalCount": 0}},
                    "congress": {"motions": one},
                }
            ]
        },
        "suggestions": {"nodes": [{"motion": {"number": "M1", "title": TURNED["title"]}}]},
    }


async def test_a_suggestion_that_was_no_motion_has_none(hub: Hub) -> None:
    await hub.push("county", RecordKind.SUGGESTION, SUGGESTION)
    found = await ask(hub, "{ suggestions { nodes { motion { id } } } }")
    assert found["suggestions"]["nodes"] == [{"motion": None}]


@pytest.mark.parametrize(
    ("fields", "issue"),
    [
        ({"title": None}, ("title", "REQUIRED")),
        ({"state": None}, ("state", "REQUIRED")),
        ({"state": "失踪"}, ("state", "UNKNOWN_CODE")),
        ({"statedProposers": 0}, ("statedProposers", "OUT_OF_RANGE")),
        ({"session": 0}, ("session", "OUT_OF_RANGE")),
        ({"decidedAt": "2026-01-13"}, ("decidedAt", "DATES_REVERSED")),
        ({"referredAt": "2026-01-13"}, ("referredAt", "DATES_REVERSED")),
        (
            {"referredAt": "2026-02-01", "reportedAt": "2026-01-31"},
            ("reportedAt", "DATES_REVERSED"),
        ),
        ({"closedAt": "2026-01-01"}, ("closedAt", "DATES_REVERSED")),
    ],
)  # fmt: skip
async def test_a_bad_motion_is_quarantined_with_the_reason(
    hub: Hub, fields: dict[str, object], issue: tuple[str, str]
) -> None:
    answer = await hub.push("county", RecordKind.MOTION, motion("M1", **fields))
    assert codes(answer) == [[issue]]
    assert await hub.rows("SELECT count(*) FROM motion") == [(0,)]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"proposer": "某公司"}, "UNKNOWN_CODE"),
        ({"suggestion": {"id": "1", "system": "No such"}}, "UNKNOWN_SYSTEM"),
    ],
)
async def test_what_cannot_be_read_of_a_motion_is_left_out_with_a_warning(
    hub: Hub, fields: dict[str, object], code: str
) -> None:
    answer = await hub.push("county", RecordKind.MOTION, motion("M1", **fields))
    (field,) = fields
    assert codes(answer) == [[(field, code)]]
    found = "SELECT m.proposer, m.suggestion_id, r.warnings FROM motion m, source_record r"
    ((proposer, suggestion, warnings),) = await hub.rows(found)
    assert proposer == (None if "proposer" in fields else "DEPUTIES")
    assert suggestion is None
    assert code in str(warnings)


@pytest.mark.parametrize(
    ("submitted", "deadline", "late"),
    [
        ("2026-01-15", "2026-01-15", False),
        ("2026-01-16", "2026-01-15", True),
        ("2026-01-16", None, None),
        (None, "2026-01-15", None),
    ],
)
async def test_a_motion_is_late_after_the_last_day_for_it(
    hub: Hub, submitted: str | None, deadline: str | None, late: bool | None
) -> None:
    handed_in = motion("M1", submittedAt=submitted, submissionDeadline=deadline)
    await hub.push("county", RecordKind.MOTION, handed_in)
    found: Any = await ask(hub, "{ motions { nodes { isLate } } }")
    assert found["motions"]["nodes"] == [{"isLate": late}]


@pytest.mark.parametrize(
    ("words", "member"),
    [
        ("常委会", MotionProposer.STANDING_COMMITTEE),
        ("专门委员会", MotionProposer.SPECIAL_COMMITTEE),
        ("主席团", MotionProposer.PRESIDIUM),
        ("政府", MotionProposer.GOVERNMENT),
        ("代表团", MotionProposer.DELEGATION),
    ],
)
async def test_organs_propose_too(hub: Hub, words: str, member: MotionProposer) -> None:
    await hub.push("county", RecordKind.MOTION, motion("M1", proposer=words))
    assert await hub.rows("SELECT proposer FROM motion") == [(member.name,)]


async def test_the_committee_that_reported_on_a_motion_is_told_with_its_day(hub: Hub) -> None:
    report = {"reportBy": "区人大法制委员会", "reportedAt": "2026-06-20"}
    done = motion("M1", state="办结", sourceState="5", referredAt="2026-01-17", **report)
    await hub.push("county", RecordKind.MOTION, done)
    found = await ask(hub, "{ motions { nodes { state sourceState reportBy reportedAt } } }")
    closed = {"state": MotionState.CLOSED.name, "sourceState": "5"}
    assert found["motions"]["nodes"] == [closed | report]
