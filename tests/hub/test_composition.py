"""Shares of the composition: of those known, with how many are not. Unknown is not zero."""

from __future__ import annotations

from tests.hub.asking import ask
from tests.hub.pushing import ZHAOHUA, Hub, deputy

ASKED = """{ composition(division: "510811") {
  level division { code } mandates mandatesUnknown people
  women womenShare womenKnown womenUnknown
  minorities minoritiesShare minoritiesKnown minoritiesUnknown
  grassroots grassrootsShare grassrootsKnown grassrootsUnknown
} }"""
NAMES = "赵钱孙李周吴郑王冯陈褚卫"


def made(at: int, **fields: object) -> dict[str, object]:
    """A deputy with a name of its own, of whom nothing else is known; fields override."""
    return deputy(f"D{at}", name=f"{NAMES[at]}明远", status="在任") | fields


async def shares(hub: Hub, *records: dict[str, object]) -> dict[str, tuple[object, ...]]:
    """Number, share, known and unknown of each group of the county's own congress."""
    await hub.deputies("county", *records)
    rows = (await ask(hub, ASKED))["composition"]
    (row,) = [row for row in rows if row["level"] == "COUNTY"]
    assert row["division"] == {"code": ZHAOHUA}
    parts = ("", "Share", "Known", "Unknown")
    return {
        name: tuple(row[name + part] for part in parts)
        for name in ("women", "minorities", "grassroots")
    }


async def test_no_share_is_shown_where_no_source_states_who_belongs(hub: Hub) -> None:
    assert await shares(hub, *(made(at) for at in range(12))) == {
        "women": (None, None, 0, 12),
        "minorities": (None, None, 0, 12),
        "grassroots": (None, None, 0, 12),
    }


async def test_a_share_is_of_those_known_and_says_how_many_are_not(hub: Hub) -> None:
    women = [made(at, gender="女", ethnicity="羌族") for at in range(5)]
    men = [made(at, gender="男", ethnicity="汉族", compositionType="干部") for at in (5, 6)]
    others = [made(7, gender="未知", ethnicity="其他"), made(8, gender="9"), made(9)]
    assert await shares(hub, *women, *men, *others) == {
        "women": (5, 71.4, 7, 3),
        "minorities": (5, 71.4, 7, 3),
        "grassroots": (0, 0, 2, 8),
    }


async def test_few_people_stay_unseen_and_their_share_with_them(hub: Hub) -> None:
    few = [made(at, compositionType="农民") for at in range(4)]
    known = [made(at, compositionType="干部") for at in range(4, 10)]
    found = await shares(hub, *few, *known, made(10))
    assert found["grassroots"] == (None, None, 10, 1)


async def test_a_person_is_known_by_any_of_the_mandates(hub: Hub) -> None:
    both = {"nationalId": "510802196410112659"}
    await hub.deputies("city", deputy("A", divisionCode="510800", status="在任") | both)
    farmers = [made(at, compositionType="农民") for at in range(1, 6)]
    await hub.deputies("county", made(0) | both, *farmers)
    town = {"divisionCode": "510811100", "compositionType": "农民", "status": "在任"}
    await hub.deputies("county", deputy("T", name="赵明远") | both | town)
    rows = (await ask(hub, ASKED))["composition"]
    by_level = {(row["level"], row["division"]["code"]): row for row in rows}
    assert by_level["COUNTY", ZHAOHUA]["grassrootsKnown"] == 5
    assert by_level["COUNTY", ZHAOHUA]["grassrootsUnknown"] == 1
    assert by_level["TOWNSHIP", "510811100"]["grassrootsKnown"] == 1


async def test_mandates_of_no_stated_status_are_left_out_and_counted(hub: Hub) -> None:
    await hub.deputies("county", made(0), made(1, status=None), made(2, status="届满"))
    (row, together) = (await ask(hub, ASKED))["composition"]
    for each in (row, together):
        assert (each["mandates"], each["mandatesUnknown"], each["people"]) == (1, 1, 1)
