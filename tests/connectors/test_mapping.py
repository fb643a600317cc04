"""Rows into records: nested JSON, codes, dates, lists, members, keys."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from connectors.mapping import Mapping_, compile_mapping
from connectors.reading import Row
from connectors.systems import parse_manifest
from hub.errors import Code, Refusal


def mapping(
    fields: dict[str, object], kind: str = "DEPUTY", secret: bytes = b"", **changes: object
) -> Mapping_:
    stream = {
        "name": "rows",
        "kind": kind,
        "key": "{id}",
        "path": "rows",
        "fields": {"name": "name", **fields},
        **changes,
    }
    system = {
        "system": "test",
        "name": "测试",
        "division": "510811",
        "connector": {"kind": "rest", "url": "http://127.0.0.1"},
        "streams": [stream],
    }
    return compile_mapping(parse_manifest(system, "test").streams[0], secret)


def made(rows: Mapping_, **values: object) -> dict[str, object]:
    """The record of one row, without name and externalId."""
    row = Row({"id": 1, "name": "代表甲", **values}, "page 1 item 1")
    (one,) = rows.expand(row)
    record = rows.record(one)
    assert (record.pop("externalId"), record.pop("name")) == ("1", "代表甲")
    return record


def refused(rows: Mapping_, **values: object) -> tuple[str, str, str | None]:
    """What is wrong with the row, or else with its one field."""
    try:
        (refusal,) = made(rows, **values).values()
    except Refusal as whole:
        refusal = whole
    assert isinstance(refusal, Refusal)
    return refusal.code.value, refusal.message, refusal.field


def test_dots_lead_into_nested_json_and_through_lists() -> None:
    rows = mapping({"divisionCode": "dept.code", "stations": "stations.id"})
    values = {"dept": {"code": "510811"}, "stations": [{"id": 5}, {"id": None}, {"id": 7}]}
    assert made(rows, **values) == {"divisionCode": "510811", "stations": [5, 7]}
    assert made(rows) == {"divisionCode": None, "stations": []}


@pytest.mark.parametrize("given", [1, "1", " 1 ", 1.0, Decimal("1")])
def test_codes_are_found_however_they_are_written(given: object) -> None:
    rows = mapping({"gender": {"column": "sex", "codes": {"1": "MALE"}}})
    assert made(rows, sex=given) == {"gender": "MALE"}


def test_default_stands_for_absent_values_only() -> None:
    rows = mapping({"gender": {"column": "sex", "codes": {"1": "MALE"}, "default": "NOT_STATED"}})
    absent = [made(rows, sex=given) for given in (None, "", "  ")]
    assert absent == [{"gender": "NOT_STATED"}] * 3
    assert refused(rows, sex="7") == (
        "UNKNOWN_CODE",
        "page 1 item 1: column sex: code '7' is not among 1. "
        "Add it to the codes of gender in the manifest, or correct the source.",
        "gender",
    )


def test_unknown_code_that_is_an_id_number_is_not_shown() -> None:
    rows = mapping({"gender": {"column": "sex", "codes": {"1": "MALE"}}})
    assert "11010519491231002X" not in refused(rows, sex="11010519491231002X")[1]


@pytest.mark.parametrize(
    ("form", "given", "read"),
    [
        ("%d/%m/%Y", "03/10/1964", "1964-10-03"),
        ("%m/%Y", "10/1964", "1964-10"),
        ("%Y年", "1964年", "1964"),
        ("unix", 1635868800, "2021-11-03"),
        ("unix_ms", "1635868800000", "2021-11-03"),
        ("unix", -165484800, "1964-10-04"),
        ("excel", 23000, "1962-12-20"),
        ("excel", 23000.5, "1962-12-20"),
        ("excel", dt.date(1962, 12, 20), dt.date(1962, 12, 20)),
        ("excel", None, None),
    ],
)
def test_dates_are_read_in_the_named_format(form: str, given: object, read: object) -> None:
    rows = mapping({"birth": {"column": "csrq", "format": form}})
    assert made(rows, csrq=given) == {"birth": read}


@pytest.mark.parametrize("form", ["%d/%m/%Y", "unix", "excel"])
def test_date_of_another_format_is_refused(form: str) -> None:
    rows = mapping({"birth": {"column": "csrq", "format": form}})
    code, message, _ = refused(rows, csrq="31-02-1964")
    assert code == Code.INVALID_DATE.value
    assert message.startswith(f"page 1 item 1: '31-02-1964' is no date written as {form}.")


def test_list_of_references_drops_empty_parts() -> None:
    rows = mapping({"stations": {"column": "ids", "separator": ",", "prefix": "S"}})
    assert made(rows, ids="1,, 2 ,") == {"stations": ["S1", "S2"]}
    assert made(rows, ids=None) == {"stations": []}
    assert made(rows, ids=[3, None]) == {"stations": ["S3"]}


def test_members_come_with_role_and_dates() -> None:
    each = {
        "id": {"column": "deputy.id", "prefix": "D"},
        "role": {"column": "post", "codes": {"1": "LEADER"}, "default": "MEMBER"},
        "startDate": "from",
    }
    rows = mapping({"members": {"column": "members", "each": each}}, "GROUP")
    members = [{"deputy": {"id": 5}, "post": 1, "from": "2022-01-01"}, {"deputy": {"id": 6}}]
    assert made(rows, members=members) == {
        "members": [
            {"id": "D5", "role": "LEADER", "startDate": "2022-01-01"},
            {"id": "D6", "role": "MEMBER", "startDate": None},
        ]
    }


def test_members_in_a_text_come_without_role() -> None:
    rows = mapping({"members": {"column": "members", "separator": ";"}}, "GROUP")
    assert made(rows, members="5;6;") == {"members": [{"id": "5"}, {"id": "6"}]}


def test_single_reference_is_one_id() -> None:
    rows = mapping({"leader": {"column": "leader", "prefix": "D"}}, "GROUP")
    assert made(rows, leader=0) == {"leader": "D0"}
    assert made(rows, leader=None) == {"leader": None}


def test_empty_part_of_the_key_refuses_the_row() -> None:
    rows = mapping({}, key="{id}-{level}")
    with pytest.raises(Refusal) as caught:
        rows.expand(Row({"id": 1, "level": " "}, "page 1 item 1"))
    assert (caught.value.code, caught.value.field) == (Code.REQUIRED, "externalId")
    assert caught.value.message == (
        "page 1 item 1: column level is empty, so that the record has no key. "
        "Fill it in at the source."
    )


def test_key_keeps_the_signs_of_its_template() -> None:
    rows = mapping({}, key="100%-{id}/{dept.code}")
    row = Row({"id": 17.0, "name": "x", "dept": {"code": "a"}}, "page 1 item 1")
    assert [one.external_id for one in rows.expand(row)] == ["100%-17/a"]


def test_parts_of_a_split_come_once_each() -> None:
    split = {"column": "levels", "separator": ",", "as": "level_no"}
    rows = mapping({}, key="{id}-{level_no}", split=split)
    row = Row({"id": 1, "name": "x", "levels": "2,,3,2"}, "page 1 item 1")
    expanded = rows.expand(row)
    assert [one.external_id for one in expanded] == ["1-2", "1-3"]
    assert len({one.checksum for one in expanded}) == 2


def test_checksum_follows_values_mapping_and_secret() -> None:
    values: dict[str, object] = {
        "id": 1,
        "name": "x",
        "at": dt.datetime(2026, 3, 1, 8),  # noqa: DTZ001
        "money": Decimal("1.5"),
        "raw": b"\x00",
    }
    row = Row(values, "page 1 item 1")
    fields: dict[str, object] = {"startDate": "at", "employer": "money", "post": "raw"}
    rows = mapping(fields)
    sums = [
        rows.expand(row)[0].checksum,
        mapping({**fields, "post": {"column": "raw", "default": "x"}}).expand(row)[0].checksum,
        mapping(fields, secret=b"secret").expand(row)[0].checksum,
        rows.expand(Row({**values, "name": "y"}, "page 1 item 1"))[0].checksum,
    ]
    assert [len(one) for one in sums] == [16] * 4
    assert len(set(sums)) == 4
    assert rows.expand(row)[0].checksum == mapping(fields).expand(row)[0].checksum
