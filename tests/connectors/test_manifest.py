"""Manifests: what is accepted, and what a person is told about the rest."""

from __future__ import annotations

import re
from pathlib import Path

import orjson
import pytest

from connectors.json_schema import SCHEMA_FILE, manifest_schema
from connectors.manifest import resolve
from connectors.registry import open_connector
from connectors.systems import load_manifest, parse_manifest, plain_manifest
from hub.errors import Code, StopRun
from hub.subjects.record_kinds import RecordKind

DOCS = Path(__file__).parents[2] / "docs" / "connectors.md"
MANIFEST = """\
system: zhaohua-deputies
name: 昭化区代表履职管理系统
division: 510811
connector:
  kind: sql
  url: ${ZHAOHUA_DB}
streams:
  - name: deputies
    kind: DEPUTY
    table: npc_member
    key: "{id}-{level_no}"
    cursor: updated_at
    deletes: {column: is_deleted, values: ["1", "Y"]}
    only: {column: level, present: true}
    split: {column: circleslist, separator: ",", as: level_no}
    fields:
      name: name
      gender: {column: sex, codes: {"0": FEMALE, 1: MALE}}
      level: {column: level_no, codes: {"1": TOWNSHIP, "2": COUNTY}}
      term: {value: 14}
      stations: {column: divisionid, separator: ",", prefix: "S"}
    checks:
      phone: "^[0-9+ -]*$"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "zhaohua.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(StopRun) as caught:
        load_manifest(write(folder, text))
    assert caught.value.code is Code.BAD_MANIFEST
    start, end = "Manifest zhaohua.yaml: ", ". docs/connectors.md lists what a manifest may hold."
    assert caught.value.message.startswith(start)
    assert caught.value.message.endswith(end)
    return caught.value.message.removeprefix(start).removesuffix(end)


def test_manifest_survives_the_way_through_the_store(tmp_path: Path) -> None:
    loaded = load_manifest(write(tmp_path, MANIFEST))
    stored = orjson.loads(orjson.dumps(plain_manifest(loaded)))
    assert stored["connector"] == {"kind": "sql", "url": "${ZHAOHUA_DB}"}
    assert stored["streams"][0]["kind"] == "DEPUTY"
    again = parse_manifest(stored, "store")
    assert again == loaded
    assert again.streams[0].digest == loaded.streams[0].digest


def test_stream_knows_its_columns(tmp_path: Path) -> None:
    stream = load_manifest(write(tmp_path, MANIFEST)).streams[0]
    columns = ["circleslist", "divisionid", "id", "is_deleted", "level", "name", "phone", "sex"]
    assert stream.columns == tuple(columns)
    assert stream.required == {*columns, "updated_at"}


@pytest.mark.parametrize(
    ("change", "by"),
    [
        ("MALE}", "UNKNOWN}"),
        ("14", "15"),
        ('"S"', '"T"'),
        ('{"1": T', '{"3": T'),
        ("{id}", "x{id}"),
    ],
)
def test_changed_mapping_has_another_digest(tmp_path: Path, change: str, by: str) -> None:
    before = load_manifest(write(tmp_path, MANIFEST)).streams[0].digest
    after = load_manifest(write(tmp_path, MANIFEST.replace(change, by, 1))).streams[0].digest
    assert before != after


@pytest.mark.parametrize(
    ("change", "by", "problem"),
    [
        (
            "kind: sql",
            "kind: sqll",
            "connector.kind: must be one of rest, graphql, sql, file, push",
        ),
        ("{value: 14}", "{valu: 14}", "line 20, streams.0.fields.term.valu: no such option"),
        (
            "{value: 14}",
            "{value: 14, prefix: x}",
            "line 20, streams.0.fields.term: a constant takes no other options",
        ),
        (
            "{value: 14}",
            "{value: 14, column: term}",
            "line 20, streams.0.fields.term: give either column or value",
        ),
        (
            '{"0": FEMALE, 1: MALE}',
            '{"1": MALE}, prefix: x',
            "line 18, streams.0.fields.gender: give at most one of codes, format and prefix",
        ),
        (
            'column: divisionid, separator: ",", prefix: "S"',
            "column: divisionid, each: {id: x}",
            "line 8, streams.0: fields.stations: each is for members with roles only",
        ),
        (
            "kind: DEPUTY",
            "kind: DEPUTYY",
            "line 9, streams.0.kind: no such kind; "
            f"the kinds are {', '.join(RecordKind.__members__)}",
        ),
        (
            "    table: npc_member\n",
            "",
            "line 8, streams.0: give either table or query",
        ),
        (
            "    key:",
            "    kex:",
            "line 8, streams.0.key: is missing; line 11, streams.0.kex: no such option",
        ),
        (
            '"{id}-{level_no}"',
            '"{id}"',
            "line 8, streams.0: key: must contain {level_no}, the part of the split",
        ),
        ('"{id}-{level_no}"', "id", "line 8, streams.0: key: names no column; write it like {id}"),
        (
            "name: name\n",
            "name: name\n      nationalId: id\n",
            "line 8, streams.0: key: holds the id number, which the hub never stores; take another",
        ),
        ("      name: name\n", "", "line 8, streams.0: fields: DEPUTY needs name"),
        ("present: true", "", "line 14, streams.0.only: give either present or in"),
        (
            "system: zhaohua-deputies",
            "system: Zhaohua",
            "line 1, system: String should match pattern '^[a-z0-9-]+$'",
        ),
    ],
)
def test_mistake_is_named_with_line_and_key(
    tmp_path: Path, change: str, by: str, problem: str
) -> None:
    assert change in MANIFEST
    assert refusal(tmp_path, MANIFEST.replace(change, by, 1)) == problem


@pytest.mark.parametrize(
    ("change", "by", "problem"),
    [
        ("1: MALE", "yes: MALE", "codes.*: must be text; put it in quotes"),
        ("${ZHAOHUA_DB}", "mysql://hub:pw@host/db", "line 6, connector.url: the address holds a"),
        ('"^[0-9+ -]*$"', '"["', "line 23, streams.0.checks.phone: no regular expression"),
        (
            "term: {",
            "termm: {",
            "fields.termm: DEPUTY has no such field; its fields are personKey,",
        ),
        ("name: 昭化", "name: [昭化", "is no YAML in UTF-8"),
        ("deletes: {column", "deletes: {colum", "line 13, streams.0.deletes.column: is missing"),
    ],
)
def test_mistake_is_explained(tmp_path: Path, change: str, by: str, problem: str) -> None:
    assert re.search(problem, refusal(tmp_path, MANIFEST.replace(change, by)))


def test_secret_in_plain_text_is_refused(tmp_path: Path) -> None:
    text = MANIFEST.replace("kind: sql", "kind: rest\n  auth: {kind: bearer, token: s3cret}")
    said = refusal(tmp_path, text)
    assert "connector.auth.token: secrets come from the environment only: write ${NAME}" in said
    assert "s3cret" not in said


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StopRun, match=r"Manifest none\.yaml: cannot be read"):
        load_manifest(tmp_path / "none.yaml")


def test_two_streams_of_one_name_are_refused(tmp_path: Path) -> None:
    stream = MANIFEST[MANIFEST.index("  - name") :]
    assert "streams: two are named deputies" in refusal(tmp_path, MANIFEST + stream)


def test_pushing_system_has_nothing_to_read(tmp_path: Path) -> None:
    head = MANIFEST[: MANIFEST.index("connector")] + "connector: {kind: push}\n"
    system = load_manifest(write(tmp_path, head))
    assert system.streams == ()
    with pytest.raises(StopRun, match="zhaohua-deputies pushes its records"):
        open_connector(system, {})


def test_variables_come_from_the_environment() -> None:
    assert resolve("${A}/${B:-two}/${C:-}", {"A": "one", "B": "2"}, "x") == "one/2/"
    with pytest.raises(StopRun, match="System x needs the environment variable A, which is not"):
        resolve("${A}", {}, "x")


def test_json_schema_in_the_folder_is_current() -> None:
    """Write it anew with `python -m connectors.json_schema`."""
    assert SCHEMA_FILE.read_text(encoding="utf-8") == manifest_schema()


def test_documentation_names_every_option() -> None:
    schema = orjson.loads(manifest_schema())
    parts = [part for part in schema["$defs"].values() if "properties" in part]
    options = {option for part in parts for option in part["properties"]}
    text = re.sub(r"(?s)```.*?```", "", DOCS.read_text(encoding="utf-8"))
    documented = set(re.findall(r"`([^`]+)`", text))
    assert options - documented == set()
