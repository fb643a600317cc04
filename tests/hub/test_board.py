"""The five-aspect board: its counts follow every change, and lead down to the single problem."""

from __future__ import annotations

from hub.subjects.record_kinds import RecordKind
from tests.hub.asking import ask
from tests.hub.pushing import ZHAOHUA, Hub
from tests.hub.test_projects import project
from tests.hub.test_suggestions import handover, suggestion
from tests.hub.test_supervision import ITEM, finding, line

BOARD = """{
  supervisionBoard(division: "510800", year: 2026) {
    aspect total done overdue numerator denominator rate
  }
}"""
PROBLEMS = """{
  boardProblems(division: "510811", year: 2026, aspect: ASPECT, isOverdue: true) {
    title dueOn isDone isOverdue division { code } node { __typename id }
  }
}"""


async def filled(hub: Hub) -> None:
    """Two hand-overs, two projects, three problems and a budget; what is due has passed."""
    await hub.push("county", RecordKind.SUGGESTION, suggestion("S1"))
    done = handover("A2", repliedAt="2026-03-01", role="分办")
    await hub.push("county", RecordKind.ASSIGNMENT, handover("A1"), done)
    late = project("P1", state="滞后", plannedFinish="2026-03-01")
    candidate = project("P3", state="征集")
    built = project("P2", state="已完成", plannedFinish="2026-03-01")
    await hub.push("county", RecordKind.LIVELIHOOD_PROJECT, late, built, candidate)
    await hub.push("county", RecordKind.SUPERVISION_ITEM, ITEM)
    await hub.push(
        "county",
        RecordKind.SUPERVISION_FINDING,
        finding("F1"),
        finding("F2", state="已销号", struckOffAt="2026-05-01"),
        finding("F3", aspect="国资管理", dueDate=None),
    )
    await hub.push("county", RecordKind.BUDGET_LINE, line("总计", None))


async def shown(hub: Hub) -> dict[str, tuple[object, ...]]:
    found = (await ask(hub, BOARD))["supervisionBoard"]
    return {row.pop("aspect"): tuple(row.values()) for row in found}


async def test_the_board_counts_what_is_there_done_and_overdue(hub: Hub) -> None:
    await filled(hub)
    assert await shown(hub) == {
        "BUDGET_EXECUTION": (0, 0, 0, 425, 1000, 42.5),
        "STATE_ASSETS": (1, 0, 0, 0, 1, 0),
        "AUDIT_RECTIFICATION": (2, 1, 1, 1, 2, 50),
        "LIVELIHOOD_PROJECT": (2, 1, 1, 1, 2, 50),
        "SUGGESTION_HANDLING": (2, 1, 1, 1, 2, 50),
    }


async def test_its_counts_follow_changes_and_deletions(hub: Hub) -> None:
    await filled(hub)
    await hub.push("county", RecordKind.ASSIGNMENT, handover("A1", state="已退回"))
    await hub.push("county", RecordKind.LIVELIHOOD_PROJECT, project("P1", state="已完成"))
    async with hub.database.driver() as driver:
        await driver.execute("DELETE FROM supervision_finding WHERE aspect = 'STATE_ASSETS'")
    found = await shown(hub)
    assert found["SUGGESTION_HANDLING"] == (1, 1, 0, 1, 1, 100)
    assert found["LIVELIHOOD_PROJECT"] == (2, 2, 0, 2, 2, 100)
    assert found["STATE_ASSETS"] == (0, 0, 0, 0, 0, None)


async def test_each_count_leads_down_to_the_single_problem(hub: Hub) -> None:
    await filled(hub)
    board = await shown(hub)
    for aspect, type_ in (
        ("SUGGESTION_HANDLING", "Assignment"),
        ("LIVELIHOOD_PROJECT", "LivelihoodProject"),
        ("AUDIT_RECTIFICATION", "SupervisionFinding"),
    ):
        rows = (await ask(hub, PROBLEMS.replace("ASPECT", aspect)))["boardProblems"]
        assert len(rows) == board[aspect][2]
        assert {row["node"]["__typename"] for row in rows} == {type_}
        assert {row["division"]["code"] for row in rows} == {ZHAOHUA}
        assert all(row["isOverdue"] and not row["isDone"] for row in rows)
