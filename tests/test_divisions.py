"""Divisions: periods, successions, the load and the index, on the real lists."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest

from hub.divisions.history import Division, History, build_history, is_valid, read_history
from hub.divisions.index import DivisionIndex, read_index
from hub.divisions.lists import DATA, DivisionChange, Listed
from hub.errors import Code, StopRun
from hub.intake import store_divisions
from hub.store.database import Database
from hub.subjects.divisions import Level, SuccessionKind

LISTS = [date(2017, 10, 31), date(2018, 10, 31), date(2019, 10, 31)]


@pytest.fixture(scope="module")
def history() -> History:
    return read_history()


@pytest.fixture(scope="module")
def index(history: History) -> DivisionIndex:
    return DivisionIndex(history)


def resolve(index: DivisionIndex, code: str, as_of: date | None = None) -> Division:
    division = index.resolve(code, as_of)
    assert division is not None, code
    return division


def today(index: DivisionIndex, code: str) -> list[tuple[str, str]]:
    return [(found.code, found.name) for found in index.current(resolve(index, code))]


def townships(index: DivisionIndex, county: str, day: date) -> Iterator[Division]:
    above = resolve(index, county)
    for division in index.by_id.values():
        within = index.is_within(division, above)
        if division.level is Level.TOWNSHIP and is_valid(division, day) and within:
            yield division


# --- Versions ------------------------------------------------------------------------------------


def test_levels_balance_against_the_lists(history: History) -> None:
    with (DATA / "divisions.csv").open(encoding="utf-8", newline="") as file:
        listed = Counter(row["level"] for row in csv.DictReader(file))
    found = Counter(division.level.name for division in history.divisions)
    assert found == {
        "NATIONAL": 1,
        "PROVINCE": listed["PROVINCE"],
        "PREFECTURE": listed["CITY"],
        "COUNTY": listed["COUNTY"],
        "TOWNSHIP": listed["TOWNSHIP"],
    }
    assert sum(found.values()) == 58_549 + 1


def test_sichuan_has_the_townships_of_each_list(index: DivisionIndex) -> None:
    days = [date(2018, 12, 1), date(2020, 7, 1), date(2023, 7, 1)]
    counts = [sum(1 for _ in townships(index, "510000", day)) for day in days]
    assert counts == [4642, 3240, 3111]


def test_versions_of_a_code_never_overlap(history: History) -> None:
    versions: dict[str, list[Division]] = defaultdict(list)
    for division in history.divisions:
        versions[division.code].append(division)
    for group in versions.values():
        for earlier, later in pairwise(group):
            assert earlier.valid_to is not None, earlier
            assert later.valid_from is not None, later
            assert earlier.valid_to < later.valid_from, (earlier, later)


def test_a_new_version_starts_the_day_after_the_old_one_ends(index: DivisionIndex) -> None:
    old, new = resolve(index, "510811205"), resolve(index, "510811111")
    assert (old.name, old.valid_from, old.valid_to) == ("青牛乡", None, date(2020, 6, 29))
    assert (new.name, new.valid_from, new.valid_to) == ("青牛镇", date(2020, 6, 30), None)


def test_every_path_leads_from_the_nation_through_the_parent_to_itself(
    index: DivisionIndex,
) -> None:
    nation = resolve(index, "000000")
    assert (nation.name, nation.parent_id, nation.path) == (
        "中华人民共和国",
        None,
        (nation.id,),
    )
    for division in index.by_id.values():
        if division.parent_id:
            assert division.path == (*index.by_id[division.parent_id].path, division.id)
    town = resolve(index, "510811106")
    assert [index.by_id[key].name for key in town.path] == [
        "中华人民共和国",
        "四川省",
        "广元市",
        "昭化区",
        "虎跳镇",
    ]


def test_a_parent_is_the_version_that_shares_most_days() -> None:
    rows = [
        Listed("110000", "甲省", "", LISTS[0], LISTS[2]),
        Listed("110100", "乙市", "110000", LISTS[0], LISTS[2]),
        Listed("110101", "丁区", "110100", LISTS[0], LISTS[0]),
        Listed("110101", "丙区", "110100", LISTS[1], LISTS[2]),
        Listed("110101001", "早街道", "110101", LISTS[0], LISTS[0]),
        Listed("110101002", "晚街道", "110101", LISTS[0], LISTS[2]),
        Listed("110101003", "中街道", "110101", LISTS[0], LISTS[1]),
    ]
    index = DivisionIndex(build_history(rows, []))
    codes = ["110101001", "110101002", "110101003"]
    parents = [index.by_id[resolve(index, code).path[-2]].name for code in codes]
    assert parents == ["丁区", "丙区", "丁区"]
    assert resolve(index, "110101").name == "丙区"


def test_guanghan_is_a_county_although_called_a_city(index: DivisionIndex) -> None:
    guanghan = resolve(index, "510681")
    assert (guanghan.name, guanghan.level) == ("广汉市", Level.COUNTY)
    assert index.ancestor(guanghan, Level.PREFECTURE) == resolve(index, "510600")
    assert index.ancestor(guanghan, Level.COUNTY) == guanghan
    assert index.ancestor(guanghan, Level.TOWNSHIP) is None


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("000000", "中华人民共和国", True),
        ("510000", "四川省", True),
        ("510800", "广元市", True),
        ("513300", "甘孜藏族自治州", True),
        ("110100", "市辖区", False),
        ("419000", "省直辖县级行政区划", False),
        ("542500", "阿里地区", False),
        ("510681", "广汉市", True),
        ("510107", "武侯区", True),
        ("511071", "内江经济开发区", False),
        ("320576", "苏州工业园区", False),
        ("510811100", "元坝镇", True),
        ("513225212", "黑河乡", True),
        ("510811001", "拣银岩街道", False),
        ("510811400", "拣银岩社区街道办事处", False),
        ("340711198", "郊区直辖村级区划", False),
    ],
)
def test_only_divisions_with_a_congress_of_their_own_say_so(
    index: DivisionIndex, code: str, name: str, expected: bool
) -> None:
    division = resolve(index, code)
    assert (division.name, division.has_congress) == (name, expected)


def test_sichuan_has_about_2640_township_congresses(index: DivisionIndex) -> None:
    sichuan = list(townships(index, "510000", date(2023, 7, 1)))
    assert Counter(division.has_congress for division in sichuan) == {True: 2642, False: 469}


# --- Finding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["510811", " 510 811 ", "５１０８１１", "510811000", "510811000000", "　510811　"]
)
def test_a_code_is_found_however_a_source_writes_it(index: DivisionIndex, text: str) -> None:
    assert resolve(index, text).name == "昭化区"


def test_a_township_code_is_found_with_twelve_digits(index: DivisionIndex) -> None:
    assert resolve(index, "510811106000").name == "虎跳镇"
    assert resolve(index, "510000000000").name == "四川省"


@pytest.mark.parametrize("text", ["", "51", "510899", "510811106201", "昭化区"])
def test_what_is_no_listed_code_is_not_found(index: DivisionIndex, text: str) -> None:
    assert index.resolve(text) is None


def test_a_code_stands_for_what_it_named_on_the_day_asked(index: DivisionIndex) -> None:
    days = [date(2018, 6, 1), date(2018, 10, 31), date(2019, 10, 30), date(2019, 10, 31)]
    found = [index.resolve("510811001", day) for day in [*days, date(2021, 1, 1)]]
    assert [division and division.name for division in found] == [
        None,
        "拣银岩社区街道办事处",
        "拣银岩社区街道办事处",
        "拣银岩街道",
        None,
    ]
    assert resolve(index, "510811001").name == "拣银岩街道"


def test_a_name_is_ambiguous_in_the_province_and_plain_in_the_county(
    index: DivisionIndex,
) -> None:
    sichuan, zizhong = resolve(index, "510000"), resolve(index, "511025")
    everywhere = index.resolve_name("太平镇", sichuan.id)
    assert [division.code for division in everywhere] == [
        "510525103",
        "510781101",
        "511025114",
        "511111102",
        "511325101",
        "511781100",
        "511826103",
        "513402104",
    ]
    assert index.resolve_name(" 太 平镇", zizhong.id) == [resolve(index, "511025114")]
    assert index.resolve_name("太平镇", resolve(index, "510811").id) == []


def test_a_name_that_no_division_bears_any_more_finds_the_abolished_one(
    index: DivisionIndex,
) -> None:
    zhaohua = resolve(index, "510811")
    assert index.resolve_name("文村乡", zhaohua.id) == [resolve(index, "510811201")]


def test_a_township_of_a_recoded_county_lies_within_the_county_of_today(
    index: DivisionIndex,
) -> None:
    shehong = resolve(index, "510981")
    old = resolve(index, "510922203")
    assert (old.name, old.valid_to) == ("双溪乡", date(2019, 10, 30))
    assert index.is_within(old, shehong)
    assert index.is_within(old, resolve(index, "510922"))
    assert not index.is_within(old, resolve(index, "510903"))
    assert index.resolve_name("双溪乡", shehong.id) == [old]


# --- Successions ---------------------------------------------------------------------------------


def test_a_merged_township_does_not_become_a_part_of_the_one_that_took_it_in(
    index: DivisionIndex,
) -> None:
    chaoyang, zhaohua_town = resolve(index, "510811214"), resolve(index, "510811108")
    assert index.current(chaoyang) == [zhaohua_town]
    assert not index.is_within(chaoyang, zhaohua_town)


def test_zhaohua_went_from_29_townships_to_12(index: DivisionIndex) -> None:
    days = [date(2018, 12, 1), date(2020, 6, 30)]
    counts = [
        Counter(division.has_congress for division in townships(index, "510811", day))
        for day in days
    ]
    assert counts == [{True: 28, False: 1}, {True: 12}]


def test_the_abolished_townships_of_zhaohua_lead_to_those_that_took_them_in(
    index: DivisionIndex,
) -> None:
    gone = [d for d in townships(index, "510811", date(2019, 12, 1)) if d.valid_to]
    known = {d.name: [found.name for found in index.current(d)] for d in gone}
    assert known == {
        "拣银岩街道": ["元坝镇"],
        "石井铺镇": ["卫子镇"],
        "明觉镇": [],
        "晋贤乡": ["卫子镇"],
        "文村乡": [],
        "清水乡": ["清水镇"],
        "张家乡": [],
        "香溪乡": [],
        "青牛乡": ["虎跳镇", "青牛镇"],
        "陈江乡": [],
        "丁家乡": [],
        "黄龙乡": [],
        "白果乡": ["卫子镇"],
        "梅树乡": ["卫子镇", "射箭镇"],
        "射箭乡": ["射箭镇"],
        "朝阳乡": ["昭化镇"],
        "大朝乡": ["昭化镇"],
        "沙坝乡": [],
        "柳桥乡": ["元坝镇"],
        "紫云乡": ["元坝镇"],
    }


def test_a_merger_carries_its_official_day_and_its_source(
    history: History, index: DivisionIndex
) -> None:
    old, new = resolve(index, "510811214"), resolve(index, "510811108")
    (succession,) = [s for s in history.successions if s.predecessor_id == old.id]
    assert succession[2:] == (
        new.id,
        SuccessionKind.MERGED,
        date(2019, 12, 23),
        "川府民政〔2019〕26号",
    )


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("511521", [("511504", "叙州区")]),
        ("510922", [("510981", "射洪市")]),
        ("510132", [("510118", "新津区")]),
        ("513425", [("513402", "会理市")]),
        ("542400", [("540600", "那曲市")]),
        ("511521100", [("511504001", "柏溪街道")]),
        ("511521104", [("511502120", "永兴镇")]),
        ("510922100", [("510981001", "太和街道")]),
        ("511071101", [("511002112", "交通镇")]),
        ("510811400", [("510811100", "元坝镇")]),
        ("510811106", [("510811106", "虎跳镇")]),
        ("511071", []),
    ],
)
def test_a_code_of_the_past_leads_to_what_stands_there_today(
    index: DivisionIndex, code: str, expected: list[tuple[str, str]]
) -> None:
    assert today(index, code) == expected


def test_a_new_name_under_the_same_code_is_a_renaming(
    history: History, index: DivisionIndex
) -> None:
    old, new = [d for d in history.divisions if d.code == "510811001"]
    (succession,) = [s for s in history.successions if s.predecessor_id == old.id]
    assert (old.name, new.name) == ("拣银岩社区街道办事处", "拣银岩街道")
    assert succession[2:] == (
        new.id,
        SuccessionKind.RENAMED,
        date(2019, 10, 31),
        "统计用区划代码 2018-10-31、2019-10-31",
    )
    assert resolve(index, "510811001") == new


def test_every_change_of_a_county_in_sichuan_has_its_kind(
    history: History, index: DivisionIndex
) -> None:
    kinds = {
        (index.by_id[s.predecessor_id].name, index.by_id[s.successor_id].name): s.kind.name
        for s in history.successions
        if index.by_id[s.predecessor_id].level is Level.COUNTY
        and index.by_id[s.predecessor_id].code.startswith("51")
    }
    assert kinds == {
        ("宜宾县", "叙州区"): "UPGRADED",
        ("射洪县", "射洪市"): "UPGRADED",
        ("新津县", "新津区"): "UPGRADED",
        ("会理县", "会理市"): "UPGRADED",
    }


def links(before: list[str], after: list[str]) -> set[tuple[str, str, str]]:
    """What is linked when the townships `before` of a county give way to those `after`.

    Each is written as the last three digits of its code and its name.
    """
    rows = [
        Listed("110000", "甲省", "", LISTS[0], LISTS[1]),
        Listed("110100", "乙市", "110000", LISTS[0], LISTS[1]),
        Listed("110101", "丙区", "110100", LISTS[0], LISTS[1]),
        *(Listed(f"110101{t[:3]}", t[3:], "110101", LISTS[0], LISTS[0]) for t in before),
        *(Listed(f"110101{t[:3]}", t[3:], "110101", LISTS[1], LISTS[1]) for t in after),
    ]
    history = build_history(rows, [])
    names = {division.id: division.code[6:] + division.name for division in history.divisions}
    return {
        (names[s.predecessor_id], s.kind.name, names[s.successor_id]) for s in history.successions
    }


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["200东乡"], ["100东镇"], {("200东乡", "UPGRADED", "100东镇")}),
        (["200桃园彝族乡"], ["100桃园镇"], {("200桃园彝族乡", "UPGRADED", "100桃园镇")}),
        (["100东镇"], ["101东镇"], {("100东镇", "RECODED", "101东镇")}),
        (["100东镇"], ["100西镇"], {("100东镇", "RENAMED", "100西镇")}),
        (
            ["001东街道办事处"],
            ["001东街道", "002东镇"],
            {("001东街道办事处", "RENAMED", "001东街道")},
        ),
        (["200东乡"], ["200西乡", "100东镇"], {("200东乡", "UPGRADED", "100东镇")}),
        (
            ["100东镇", "101西镇"],
            ["100西镇", "101东镇"],
            {("100东镇", "RECODED", "101东镇"), ("101西镇", "RECODED", "100西镇")},
        ),
        (["200东乡", "100东镇"], ["001东街道"], set()),
        (["200东乡"], ["100东镇", "001东街道"], set()),
        (["200东乡"], ["100西镇"], set()),
    ],
)
def test_a_change_is_joined_only_to_a_single_candidate(
    before: list[str], after: list[str], expected: set[tuple[str, str, str]]
) -> None:
    assert links(before, after) == expected


def test_a_change_that_the_lists_do_not_bear_out_is_refused() -> None:
    rows = [Listed("110000", "甲省", "", LISTS[0], LISTS[1])]
    change = DivisionChange("110000", "120000", SuccessionKind.MERGED, LISTS[1], "公文")
    with pytest.raises(StopRun) as caught:
        build_history(rows, [change])
    assert caught.value.code is Code.UNKNOWN_DIVISION
    assert "110000 to 120000" in caught.value.message


def test_reading_the_lists_again_gives_the_same_ids(history: History) -> None:
    assert read_history() == history


# --- The store -----------------------------------------------------------------------------------


async def test_a_second_load_writes_nothing_and_the_store_gives_the_same_index(
    database: Database, history: History
) -> None:
    async with database.driver() as connection:
        written = await store_divisions(connection)
        again = await store_divisions(connection)
        stored = await read_index(connection)
    assert written == len(history.divisions) + len(history.successions)
    assert again == 0
    assert stored.by_id == {division.id: division for division in history.divisions}
    assert today(stored, "510811205") == [("510811106", "虎跳镇"), ("510811111", "青牛镇")]


async def test_a_load_mends_exactly_what_differs(database: Database) -> None:
    async with database.driver() as connection:
        await store_divisions(connection)
        await connection.execute("UPDATE division SET name = '?' WHERE code = '510811106'")
        await connection.execute("DELETE FROM division_succession WHERE kind = 'MERGED'")
        await connection.execute(
            "INSERT INTO division_succession (id, predecessor_id, successor_id, kind, source) "
            "SELECT gen_random_uuid(), a.id, b.id, 'MERGED', '' FROM division a, division b "
            "WHERE a.code = '510811201' AND b.code = '510811103'"
        )
        assert await store_divisions(connection) == 1 + 11 + 1
        assert await store_divisions(connection) == 0


async def test_the_store_finds_a_subtree_by_its_path(database: Database) -> None:
    async with database.driver() as connection:
        await store_divisions(connection)
        names = await connection.fetch(
            "SELECT d.name FROM division d JOIN division c ON d.path @> ARRAY[c.id] "
            "WHERE c.code = '510811' AND d.valid_to IS NULL ORDER BY d.code"
        )
    assert [row["name"] for row in names] == [
        "昭化区",
        "元坝镇",
        "卫子镇",
        "王家镇",
        "磨滩镇",
        "柏林沟镇",
        "太公镇",
        "虎跳镇",
        "红岩镇",
        "昭化镇",
        "青牛镇",
        "射箭镇",
        "清水镇",
    ]
