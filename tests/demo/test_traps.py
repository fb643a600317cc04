"""The cases that a hub gets wrong, each at its place in the demonstration (docs/demo.md)."""

from __future__ import annotations

import codecs
from collections import Counter

from python_calamine import load_workbook

from connectors.systems import load_manifest
from demo import MANIFESTS
from demo.history import make_world
from demo.systems import guanghan, guangyuan, youxian, zhaohua
from hub.divisions.index import DivisionIndex
from hub.intake.alike import Node, group_records
from hub.intake.batch import Record
from hub.subjects.record_kinds import RecordKind
from tests.demo.conftest import KEY, Reading, Stand


def people(records: list[Record]) -> list[list[Node]]:
    """The records of each natural person, as the intake links them."""
    nodes = [
        Node(it.id, it.system_id, it.external_id, None, it.id_token, key(it)) for it in records
    ]
    return group_records(RecordKind.DEPUTY, nodes, ())


def key(record: Record) -> tuple[str, str] | None:
    return (record.system_id, record.person_key) if record.person_key else None


def named(records: list[Record], name: str) -> list[Record]:
    return [record for record in records if record.fields["name"] == name]


def test_records_of_one_person_are_linked_over_the_systems(reading: Reading) -> None:
    there_are = len({mandate.person.number for mandate in make_world().mandates})
    known_by_refused_records_only = 2
    assert len(people(reading.deputies())) == there_are - known_by_refused_records_only


def test_one_person_is_known_to_four_systems_of_four_patterns(reading: Reading) -> None:
    records = named(reading.deputies(), "何向川")
    assert len(people(records)) == 1
    assert Counter(record.system_id for record in records) == {
        "zhaohua-deputies": 4,
        "guangyuan-deputies": 2,
        "sichuan-deputies": 1,
        "jintang-deputies": 2,
    }


def test_namesakes_of_one_month_stay_apart(reading: Reading) -> None:
    records = named(reading.deputies(), "邹明远")
    assert [str(record.fields["birth"])[:7] for record in records] == ["1968-03", "1968-03"]
    assert len(people(records)) == 2


def test_one_person_has_active_mandates_of_two_unrelated_counties(reading: Reading) -> None:
    records = named(reading.deputies(), "秦望舒")
    assert len(people(records)) == 1
    assert [(r.system_id, r.fields["status"]) for r in records] == [
        ("youxian-deputies", "ACTIVE"),
        ("danleng-deputies", "ACTIVE"),
    ]


def test_a_phone_that_changed_hands_joins_nobody(reading: Reading) -> None:
    records = reading.deputies("zhaohua-deputies")
    same = [record for record in records if record.fields.get("phone") == "12570000022"]
    assert {record.fields["name"] for record in same} == {"唐知夏", "龙嘉树"}
    assert len(people(same)) == 2


def test_a_return_and_a_resignation_reach_one_level_first(reading: Reading) -> None:
    def states_by_system(name: str) -> set[tuple[str, object, object]]:
        return {
            (r.system_id, r.resolved["level"], r.fields["status"])
            for r in named(reading.deputies(), name)
        }

    assert states_by_system("罗静仪") == {
        ("guangyuan-deputies", "PREFECTURE", "ACTIVE"),
        ("zhaohua-deputies", "PREFECTURE", "SUSPENDED"),
        ("zhaohua-deputies", "COUNTY", "SUSPENDED"),
    }
    assert states_by_system("杜承安") == {
        ("guangyuan-deputies", "PREFECTURE", "TERMINATED"),
        ("zhaohua-deputies", "PREFECTURE", "ACTIVE"),
        ("zhaohua-deputies", "COUNTY", "ACTIVE"),
    }


def test_certificate_001_exists_in_every_congress(reading: Reading) -> None:
    first = [r for r in reading.deputies() if r.fields.get("certificateNumber") == "001"]
    everybody = {it.congress for it in reading.deputies() if "NO_CONGRESS" not in warned(it)}
    assert {record.congress for record in first} == everybody


def test_a_code_of_2018_and_one_of_today_mean_the_same_township(
    reading: Reading, divisions: DivisionIndex
) -> None:
    today = divisions.resolve("510811112")
    assert today
    codes = {
        str(record.fields["divisionCode"])
        for record in reading.deputies()
        if record.division_id == str(today.id)
    }
    assert codes == {"510811213", "510811112"}


def test_a_name_is_enough_where_it_is_the_only_one(
    reading: Reading, divisions: DivisionIndex
) -> None:
    town = divisions.resolve("511025114")
    assert town
    there = [r for r in reading.deputies() if r.division_id == str(town.id)]
    assert {record.fields["divisionName"] for record in there} == {"太平镇"}


def test_mandates_ended_with_the_town_that_became_a_subdistrict(reading: Reading) -> None:
    ended = Counter(
        (record.system_id, record.fields["status"], record.fields["divisionCode"])
        for record in reading.deputies()
        if record.fields.get("statusReason") == "DIVISION_ABOLISHED"
    )
    assert ended == {
        ("guanghan-deputies", "TERMINATED", "510681100"): 38,
        ("jintang-deputies", "TERMINATED", "510121104"): 38,
        ("zhaohua-deputies", "TERMINATED", "510811205"): 26,
    }


def test_the_word_city_means_the_county_level_in_guanghan(reading: Reading) -> None:
    levels = Counter(
        (record.resolved["level"], record.fields["divisionCode"])
        for record in reading.deputies("guanghan-deputies")
        if record.resolved["level"] != "TOWNSHIP"
    )
    assert set(levels) == {
        ("COUNTY", "510681"),
        ("PREFECTURE", "510600"),
        ("COUNTY", "510681001"),  # in a subdistrict, which elects to the county's
    }


def test_a_mandate_in_a_subdistrict_is_kept_with_a_warning(reading: Reading) -> None:
    (record,) = [it for it in reading.deputies() if "NO_CONGRESS" in warned(it)]
    assert (record.system_id, record.external_id) == ("guanghan-deputies", "2074")
    assert record.fields["divisionCode"] == "510681001"


def warned(record: Record) -> set[str]:
    return {issue.code for issue in record.warnings}


# --- How values are written -----------------------------------------------------------------------


def test_comma_lists_have_empty_parts() -> None:
    lists = {str(row["circleslist"]) for row in zhaohua.tables(make_world())["npc_user"]}
    assert {"1,2", ",1,2,", "1,2,,", "1,,2", ",1,,2,", "1,,2,,"} <= lists


def test_id_numbers_are_written_in_every_way() -> None:
    world = make_world()
    short = [row["sfzh"] for row in guanghan.tables(world)["rd_daibiao"]]
    small = [str(row["idCard"]) for row in guangyuan.tables(world)["npcs"]]
    keyed = [row["idHash"] for row in youxian.tables(world, KEY)["deputies"] if "idHash" in row]
    assert Counter(len(str(number)) for number in short) == {0: 79, 12: 1, 15: 65, 18: 1079}
    assert any(number.endswith("x") for number in small)
    assert not any(number.endswith("X") for number in small)
    assert {len(str(token)) for token in keyed} == {0, 64}


def test_zhaohuas_workbook_has_a_title_and_numbers_in_every_way(stand: Stand) -> None:
    path = stand.folder / "zhaohua-homes" / "昭化区家站台账.xlsx"
    rows = load_workbook(path).get_sheet_by_name("联络站").to_python()
    assert [cell for cell in rows[0] if cell] == ["昭化区人大代表家站台账"]
    cells = [dict(zip(rows[1], row, strict=True)) for row in rows[2:]]
    assert {type(row["区划代码"]) for row in cells} == {str, float}
    assert any(str(row["区划代码"]).startswith("５１０８１１") for row in cells)
    for column, kind in {"面积": str, "电话": str, "序号": str, "设立日期": float}.items():
        assert {type(row[column]) for row in cells} == {kind}


def test_level_one_is_another_level_in_each_system() -> None:
    def level_one(system: str) -> object:
        manifest = load_manifest(next(path for path in MANIFESTS if path.stem == system))
        codes = [
            stream.fields["level"].codes for stream in manifest.streams if "level" in stream.fields
        ]
        return codes[0] and codes[0]["1"]

    assert [level_one("zhaohua-deputies"), level_one("youxian-deputies")] == [
        "TOWNSHIP",
        "NATIONAL",
    ]


def test_files_come_in_both_encodings(stand: Stand) -> None:
    folder = stand.folder / "zizhong-deputies"
    old, new = folder / "county-deputies.csv", folder / "township-deputies.csv"
    assert "５１１０２５" in old.read_bytes().decode("gbk")
    assert new.read_bytes().startswith(codecs.BOM_UTF8)
    assert new.read_bytes().decode("utf-8-sig").startswith("乡镇,序号,姓名")
