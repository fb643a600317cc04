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
ASPECTS = ("预算执行", "国资管理", "审计整改", "民生实事项目", "建议办理")


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


NUMBERS = """{
  supervisionBoard(division: "510811", year: 2026) {
    aspect total done overdue undated numerator denominator unknown waiting book side
  }
  budgetExecution(division: "510811", year: 2026) {
    book side lines numerator denominator rate unknown waiting waitingBudget
    topLines { name executed budget } waitingLines { name isTotal isWaiting }
  }
}"""
OPENED = """query Opened(
  $aspect: SupervisionAspect, $done: Boolean, $late: Boolean, $dated: Boolean, $after: ID
) {
  boardProblems(
    division: "510811", year: 2026, aspect: $aspect, isDone: $done, isOverdue: $late
    isDated: $dated, after: $after
  ) { aspect isDone isOverdue dueOn node { id __typename } }
}"""
FILTERS = {"total": {}, "done": {"done": True}, "overdue": {"late": True}}
FILTERS["undated"] = {"done": False, "dated": False}


async def opened(hub: Hub, **filters: object) -> list[dict[str, object]]:
    """The rows that a number opens to, page after page."""
    rows: list[dict[str, object]] = []
    after: object = None
    while page := (await ask(hub, OPENED, {**filters, "after": after}))["boardProblems"]:
        rows += page
        after = page[-1]["node"]["id"]
    return rows


async def test_every_number_of_the_board_opens_to_exactly_the_rows_it_counts(hub: Hub) -> None:
    await filled(hub)
    more = [finding(f"F1{at}", aspect=aspect, dueDate=None) for at, aspect in enumerate(ASPECTS)]
    many = [finding(f"F2{at}", aspect="建议办理") for at in range(250)]
    await hub.push("county", RecordKind.SUPERVISION_FINDING, *more, *many)
    await hub.push("county", RecordKind.ASSIGNMENT, handover("A3", role="会办"))
    found = await ask(hub, NUMBERS)
    everything: list[str] = []
    for row in found["supervisionBoard"]:
        assert row["total"]
        for number, filters in FILTERS.items():
            rows = await opened(hub, aspect=row["aspect"], **filters)
            ids = [each["node"]["id"] for each in rows]  # type: ignore[index]
            assert len(set(ids)) == len(ids) == row[number], (row["aspect"], number)
            assert {each["aspect"] for each in rows} <= {row["aspect"]}
            everything += ids if number == "total" else []
        if row["aspect"] != "BUDGET_EXECUTION":
            assert (row["numerator"], row["denominator"]) == (row["done"], row["total"])
    assert sorted(each["node"]["id"] for each in await opened(hub)) == sorted(everything)  # type: ignore[index]


async def test_the_problems_of_projects_and_of_hand_overs_are_on_the_board(hub: Hub) -> None:
    await hub.push("county", RecordKind.SUPERVISION_ITEM, ITEM)
    found = [finding(f"F{at}", aspect=aspect) for at, aspect in enumerate(ASPECTS)]
    await hub.push("county", RecordKind.SUPERVISION_FINDING, *found)
    rows = await shown(hub)
    assert [row[0] for row in rows.values()] == [1, 1, 1, 1, 1]
    assert {row["aspect"] for row in await opened(hub)} == set(rows)


async def test_a_rate_is_of_one_book_and_side_and_lines_without_their_parent_stand_apart(
    hub: Hub,
) -> None:
    spent = {"book": "一般公共预算", "side": "支出"}
    await hub.push(
        "county",
        RecordKind.BUDGET_LINE,
        line("支出合计", None, **spent, budgeted=1000, adjusted=800, executed=600),
        line("教育", "支出合计", **spent, budgeted=400, executed=300),
        line("农林水", "没有来的", **spent, budgeted=200, executed=150),
        line("其他支出", None, **spent, budgeted=500, executed=None),
        line("收入合计", None, book="一般公共预算", side="收入", budgeted=900, executed=90),
        line("基金支出", None, book="政府性基金预算", side="支出", budgeted=70, executed=7),
        line("去年", None, **spent, year=2025, budgeted=10, executed=10),
    )
    found = await ask(hub, NUMBERS)
    money = found["supervisionBoard"][0]
    assert (money["numerator"], money["denominator"], money["unknown"]) == (600, 800, 1)
    assert (money["waiting"], money["book"], money["side"]) == (1, "GENERAL", "EXPENDITURE")
    rates = [
        (row["book"], row["side"], row["lines"], row["numerator"], row["denominator"], row["rate"])
        for row in found["budgetExecution"]
    ]
    assert rates == [
        ("GENERAL", "EXPENDITURE", 2, 600, 800, 75),
        ("GENERAL", "REVENUE", 1, 90, 900, 10),
        ("GOVERNMENT_FUNDS", "EXPENDITURE", 1, 7, 70, 10),
    ]
    general = found["budgetExecution"][0]
    assert (general["unknown"], general["waiting"], general["waitingBudget"]) == (1, 1, 200)
    assert {row["name"] for row in general["topLines"]} == {"其他支出", "支出合计"}
    waits = {"name": "农林水", "isTotal": False, "isWaiting": True}
    assert general["waitingLines"] == [waits]
    await hub.push("county", RecordKind.BUDGET_LINE, line("没有来的", "支出合计", **spent))
    general = (await ask(hub, NUMBERS))["budgetExecution"][0]
    assert (general["waiting"], general["waitingLines"], general["rate"]) == (0, [], 75)
