"""Who owes a reply: each case of docs/clocks.md, whichever of its records came first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import URL

from hub.divisions.index import DivisionIndex
from hub.settings import ROOT
from hub.store.database import Database
from hub.subjects.record_kinds import RecordKind
from tests.conftest import drop_database, make_database
from tests.hub.asking import ask
from tests.hub.pushing import Hub, codes
from tests.hub.test_stations import on_day
from tests.hub.test_suggestions import BODY, handover, suggestion

TODAY = "2026-09-01"


@dataclass(frozen=True)
class Case:
    """A row of the table: what is stated, and what follows."""

    name: str
    suggestion: dict[str, object]
    handover: dict[str, object]
    state: str
    due: str | None
    is_overdue: bool


def read_cases() -> list[Case]:
    """The table of docs/clocks.md."""
    lines = (ROOT / "docs" / "clocks.md").read_text(encoding="utf-8").splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("| ")][2:]
    return [read_case(*(cell.strip() for cell in row)) for row in rows]


def read_case(name: str, about: str, stated: str, state: str, due: str, overdue: str) -> Case:
    return Case(name, fields(about), fields(stated), state, due or None, overdue == "yes")


def fields(cell: str) -> dict[str, object]:
    """`state 已退回, role -` as the fields of a record; `-` is what is not stated."""
    pairs = (part.split() for part in cell.split(",") if part.strip())
    return {name: None if value == "-" else value for name, value in pairs}


CASES = read_cases()
FOUND = """{ assignments(first: 100, orderBy: [{ id: ASC }]) { nodes {
  owesReply isOverdue dueIn legalDueDate suggestion { isOverdue }
  sourceRecords { externalId }
} } }"""
TALLY = (
    """{ supervisionBoard(division: "510811", year: 2026) { aspect total done overdue undated } }"""
)


@pytest.fixture(scope="module", params=["suggestion first", "hand-over first"])
async def answered(
    request: pytest.FixtureRequest, server_url: URL, template: str, divisions: DivisionIndex
) -> AsyncIterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The hand-overs by case and the board, after all cases were pushed in one of two orders."""
    url = await make_database(server_url, template)
    database = Database(url)
    hub = Hub(database, divisions)
    await on_day(hub, TODAY)
    await hub.add_systems()
    await hub.push("county", RecordKind.HANDLING_BODY, BODY)
    suggestions = [suggestion(f"S{at}", **case.suggestion) for at, case in enumerate(CASES)]
    handovers = [
        handover(f"A{at}", **{"suggestion": f"S{at}"} | case.handover)
        for at, case in enumerate(CASES)
    ]
    pushes = [(RecordKind.SUGGESTION, suggestions), (RecordKind.ASSIGNMENT, handovers)]
    for kind, records in pushes if request.param == "suggestion first" else pushes[::-1]:
        answer = await hub.push("county", kind, *records)
        assert codes(answer) == [[] for _ in records]
    nodes = (await ask(hub, FOUND))["assignments"]["nodes"]
    by_case = {node.pop("sourceRecords")[0]["externalId"]: node for node in nodes}
    board = (await ask(hub, TALLY))["supervisionBoard"]
    yield by_case, {row.pop("aspect"): row for row in board}
    await database.close()
    await drop_database(server_url, url)


@pytest.mark.parametrize("at", range(len(CASES)), ids=[case.name for case in CASES])
def test_a_case_of_the_table(answered: tuple[dict[str, Any], dict[str, Any]], at: int) -> None:
    case, found = CASES[at], answered[0][f"A{at}"]
    assert found["owesReply"] == (case.state == "OWED")
    assert found["legalDueDate"] == case.due
    assert found["isOverdue"] == found["suggestion"]["isOverdue"] == case.is_overdue
    assert (found["dueIn"] is None) == (case.state != "OWED" or case.due is None)


def test_the_board_counts_the_cases(answered: tuple[dict[str, Any], dict[str, Any]]) -> None:
    dated = [case for case in CASES if "assignedAt" not in case.handover or case.due]
    states = [case.state for case in dated]
    owed = [case for case in dated if case.state == "OWED"]
    assert answered[1]["SUGGESTION_HANDLING"] == {
        "total": len(owed) + states.count("GIVEN"),
        "done": states.count("GIVEN"),
        "overdue": sum(case.is_overdue for case in CASES),
        "undated": sum(case.due is None for case in owed),
    }


STOPPED = """{ suggestions { nodes { isOverdue assignments { nodes { role owesReply } } } } }"""


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_the_reply_of_the_leading_handler_ends_the_suggestions_clock_in_any_order(
    hub: Hub, order: tuple[int, ...]
) -> None:
    await on_day(hub, TODAY)
    pushes = [
        (RecordKind.SUGGESTION, suggestion("S1")),
        (RecordKind.ASSIGNMENT, handover("A1", repliedAt="2026-04-01")),
        (RecordKind.ASSIGNMENT, handover("A2", role="会办")),
    ]
    for at in order:
        kind, record = pushes[at]
        await hub.push("county", kind, record)
    (found,) = (await ask(hub, STOPPED))["suggestions"]["nodes"]
    assert not found["isOverdue"]
    assert not any(node["owesReply"] for node in found["assignments"]["nodes"])


async def test_the_board_follows_a_suggestion_that_is_withdrawn_and_put_again(hub: Hub) -> None:
    await on_day(hub, TODAY)
    await hub.push("county", RecordKind.SUGGESTION, suggestion("S1"))
    await hub.push("county", RecordKind.ASSIGNMENT, handover("A1"), handover("A2", role="分办"))
    shown = []
    for state in ("办理中", "撤回", "办结", "办理中"):
        await hub.push("county", RecordKind.SUGGESTION, suggestion("S1", state=state))
        row = (await ask(hub, TALLY))["supervisionBoard"][-1]
        shown.append((row["total"], row["done"], row["overdue"]))
    assert shown == [(2, 0, 2), (0, 0, 0), (2, 2, 0), (2, 0, 2)]
