"""What a search finds and in which order, asked through the graph."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph.conftest import Graph
from tests.hub.pushing import GUANGYUAN, IDS, YUANBA, ZHAOHUA, Hub, deputy

QUERY = """
query Find($text: String!, $kinds: [SearchKind!], $division: String, $first: Int) {
  search(text: $text, kinds: $kinds, division: $division, first: $first) {
    kind name match score
    node {
      __typename
      id
      ... on Person { mandates { totalCount } }
      ... on LiaisonStation { address }
    }
  }
}
"""
PEOPLE = ["PERSON"]


async def find(graph: Graph, text: str, **how: object) -> list[tuple[str, str]]:
    """(name, match) of the hits; people only unless `kinds` says else."""
    data = await graph.data(QUERY, {"text": text, "kinds": PEOPLE, **how})
    return [(hit["name"], hit["match"]) for hit in data["search"]]


async def names(graph: Graph, text: str, **how: object) -> list[str]:
    return [name for name, _ in await find(graph, text, **how)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("王小明", ("王小明", "NAME")),
        ("王 小 明", ("王小明", "NAME")),
        ("陈晓东", ("陳曉東", "NAME")),
        ("陳曉東", ("陳曉東", "NAME")),
        ("阿依古丽", ("阿依·古丽", "NAME")),
        ("阿依・古丽", ("阿依·古丽", "NAME")),
        ("阿依．古麗", ("阿依·古丽", "NAME")),
        ("雄", ("单雄信", "NAME_PART")),
        ("國華", ("曾国华", "NAME_PART")),
        ("wangxiaoming", ("王小明", "PINYIN")),
        ("Wang Xiaoming", ("王小明", "PINYIN")),
        ("ＷＡＮＧ xiao", ("王小", "PINYIN")),
        ("wang", ("王小", "PINYIN_START")),
        ("cxd", ("陳曉東", "INITIALS")),
        ("chxd", ("陳曉東", "INITIALS")),
        ("cx", ("陳曉東", "INITIALS_START")),
        ("chenxd", ("陳曉東", "INITIALS")),
        ("cxiaodong", ("陳曉東", "INITIALS")),
        ("陈xd", ("陳曉東", "INITIALS")),
        ("c晓东", ("陳曉東", "INITIALS")),
        ("xiongxin", ("单雄信", "PINYIN_PART")),
        ("shanxiongxin", ("单雄信", "PINYIN")),
        ("danxiongxin", ("单雄信", "PINYIN")),
        ("sxx", ("单雄信", "INITIALS")),
        ("zengguohua", ("曾国华", "PINYIN")),
        ("ceng guo hua", ("曾国华", "PINYIN")),
        ("lvbu", ("吕布", "PINYIN")),
        ("Lü Bù", ("吕布", "PINYIN")),
        ("lyubu", ("吕布", "PINYIN")),
        ("ayiguli", ("阿依·古丽", "PINYIN")),
        ("aygl", ("阿依·古丽", "INITIALS")),
    ],
)
async def test_a_person_is_found_however_typed(
    graph: Graph, text: str, first: tuple[str, str]
) -> None:
    assert (await find(graph, text))[0] == first


async def test_the_same_name_comes_first_then_starts_parts_and_the_ended_last(
    graph: Graph,
) -> None:
    assert await find(graph, "王小") == [
        ("王小", "NAME"),
        ("王小明", "NAME_START"),
        ("王小二", "NAME_START"),
    ]
    assert await find(graph, "小明") == [("小明华", "NAME_START"), ("王小明", "NAME_PART")]


async def test_one_character_finds_everyone_of_that_name(graph: Graph) -> None:
    assert await names(graph, "王") == ["王小", "王小明", "王晓明", "王小二"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("京兆路12号", [("元坝镇人大代表之家", "ADDRESS")]),
        ("京兆路", [("元坝镇人大代表之家", "ADDRESS"), ("驻金堂联络站", "ADDRESS")]),
        ("金堂联络", [("驻金堂联络站", "NAME_PART")]),
        ("yuanbazhenrenda", [("元坝镇人大代表之家", "PINYIN_START")]),
        ("jintanglianluozhan", [("驻金堂联络站", "PINYIN_PART")]),
        ("教育", [("教育小组", "NAME_START")]),
        ("jyxz", [("教育小组", "INITIALS")]),
    ],
)
async def test_places_and_groups_are_found(
    graph: Graph, text: str, found: list[tuple[str, str]]
) -> None:
    assert await find(graph, text, kinds=["HOME", "STATION", "GROUP"]) == found


async def test_a_division_comes_before_its_townships_and_is_found_by_its_word(
    graph: Graph,
) -> None:
    assert (await find(graph, "四川", kinds=["DIVISION"]))[0] == ("四川省", "NAME_START")
    assert (await find(graph, "chongqing", kinds=["DIVISION"]))[0] == ("重庆市", "PINYIN_START")
    assert (await find(graph, "昭化区", kinds=["DIVISION"]))[0] == ("昭化区", "NAME")


async def test_all_kinds_are_found_by_default_and_each_leads_to_its_row(graph: Graph) -> None:
    data = await graph.data(QUERY, {"text": "元坝镇", "division": ZHAOHUA})
    found = [(hit["kind"], hit["node"]["__typename"], hit["name"]) for hit in data["search"]]
    assert found == [
        ("DIVISION", "Division", "元坝镇"),
        ("CONGRESS", "Congress", "元坝镇第二十届人民代表大会"),
        ("HOME", "DeputyHome", "元坝镇人大代表之家"),
    ]
    assert [hit["score"] for hit in data["search"]] == [1.0, 0.9, 0.9]


async def test_a_person_of_two_congresses_is_found_once_and_under_both_divisions(
    graph: Graph,
) -> None:
    data = await graph.data(QUERY, {"text": "林知远"})
    (hit,) = data["search"]
    assert hit["node"]["mandates"]["totalCount"] == 2
    for code in (YUANBA, ZHAOHUA, GUANGYUAN, "510000"):
        assert await names(graph, "林知远", division=code) == ["林知远"]
    assert await names(graph, "林知远", division="510121") == []


async def test_a_station_is_found_where_it_lies_and_where_it_belongs(graph: Graph) -> None:
    for code in ("510121", "510100", ZHAOHUA):
        assert await names(graph, "联络站", kinds=["STATION"], division=code) == ["驻金堂联络站"]
    assert await names(graph, "联络站", kinds=["STATION"], division=YUANBA) == []


@pytest.mark.parametrize("text", ["13900000001", "幸福巷9号", "幸福巷", "0839-8720001", "8720001"])
async def test_restricted_values_are_never_found(graph: Graph, text: str) -> None:
    data = await graph.data(QUERY, {"text": text}, restricted=True)
    assert [hit for hit in data["search"] if hit["kind"] in ("PERSON", "HOME")] == []


async def test_first_bounds_the_hits_to_the_best(graph: Graph) -> None:
    assert await names(graph, "王", first=2) == ["王小", "王小明"]
    assert len(await names(graph, "镇", kinds=None)) == 20
    assert len(await names(graph, "镇", kinds=None, first=100)) == 100


async def test_what_is_not_there_finds_nothing(graph: Graph) -> None:
    assert await find(graph, "龘龘") == []
    assert await find(graph, "qqqqqq") == []
    assert await find(graph, "100%_") == []


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ({"text": ""}, "BAD_INPUT", "no letter"),
        ({"text": " · "}, "BAD_INPUT", "no letter"),
        ({"text": "王" * 65}, "BAD_INPUT", "at most 64"),
        ({"text": "王", "first": 0}, "BAD_INPUT", "1 to 100"),
        ({"text": "王", "first": 101}, "BAD_INPUT", "1 to 100"),
        ({"text": "王", "division": "999999"}, "UNKNOWN_DIVISION", "999999"),
        ({"text": "王", "division": "金堂"}, "UNKNOWN_DIVISION", "金堂"),
    ],
)
async def test_bad_input_is_refused_without_a_statement(
    graph: Graph, given: dict[str, Any], code: str, words: str
) -> None:
    with graph.counting() as statements:
        refused, message = await graph.error(QUERY, given)
    assert refused == code
    assert words in message
    assert statements == []


async def test_what_is_pushed_renamed_merged_and_deleted_shows_at_once(hub: Hub) -> None:
    graph = Graph(hub.database)
    await hub.deputies("county", deputy("1", nationalId=IDS[0]), deputy("2", name="赵刚"))
    assert await names(graph, "王小明") == ["王小明"]
    await hub.deputies("county", deputy("1", name="王大明", nationalId=IDS[0]))
    assert (await names(graph, "王小明"), await names(graph, "wdm")) == ([], ["王大明"])
    await hub.deputies("county", deputy("2", name="王大明", nationalId=IDS[0]))
    assert (await names(graph, "赵刚"), await names(graph, "王大明")) == ([], ["王大明"])
