"""The generator: the same in every run, and nobody real."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import orjson

import demo
from demo.doubtful import entries
from demo.files import write_files
from demo.history import make_world
from demo.systems import (
    danleng,
    deyang,
    guanghan,
    guangyuan,
    jintang,
    sichuan,
    youxian,
    zhaohua,
    zizhong,
)
from hub import values
from hub.errors import Refusal
from tests.demo.conftest import KEY

ROOT = Path(demo.__file__).parents[1]
PRINT = """
import sys, pathlib
from tests.demo.test_generator import fingerprint
print(fingerprint(pathlib.Path(sys.argv[1])))
"""


def fingerprint(folder: Path) -> str:
    """A digest of every file and of every table that the systems have."""
    world = make_world()
    digest = hashlib.sha256()
    tables = [
        sichuan.tables(world),
        guangyuan.tables(world),
        deyang.tables(world),
        zhaohua.tables(world),
        guanghan.tables(world),
        youxian.tables(world, KEY),
    ]
    digest.update(orjson.dumps(tables))
    write_files(world, folder)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def test_every_run_makes_the_same_bytes(tmp_path: Path) -> None:
    prints = [
        subprocess.run(
            [sys.executable, "-c", PRINT, str(tmp_path / seed)],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert prints == [fingerprint(tmp_path / "here")] * 2


def test_no_two_people_share_a_number() -> None:
    """But those who are made doubtful: they have no id number, and some one phone."""
    everybody = {it.person.number: it.person for it in make_world().mandates}.values()
    people = [person for person in everybody if person.id_number]
    assert len(people) == len(everybody) - len(entries())
    assert len({person.id_number for person in people}) == len(people)
    assert len({person.phone for person in people}) == len(people)


def test_about_six_hundred_people_have_several_mandates() -> None:
    world = make_world()
    numbers = Counter(
        mandate.person.number for mandate in world.mandates if mandate.status == "ACTIVE"
    )
    assert Counter(numbers.values()) == {1: 7382, 2: 546, 3: 52, 4: 4}


def id_numbers(value: object, column: str) -> Iterator[tuple[str, str]]:
    """Column and text of whatever is a valid id number."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from id_numbers(part, str(name))
    elif isinstance(value, list):
        for part in value:
            yield from id_numbers(part, column)
    else:
        for text in re.findall(r"(?<![0-9A-Za-z])[0-9]{14,17}[0-9Xx](?![0-9A-Za-z])", str(value)):
            if is_id_number(text):
                yield column, text


def is_id_number(text: str) -> bool:
    try:
        return values.national_id(text, KEY) is not None
    except Refusal:
        return False


def test_id_numbers_stand_in_their_own_columns_only() -> None:
    world = make_world()
    columns = {
        system: {
            column
            for name, rows in tables.items()
            for column, _ in id_numbers([dict(row) for row in rows], name)
        }
        for system, tables in {
            "sichuan": sichuan.tables(world),
            "guangyuan": guangyuan.tables(world),
            "deyang": deyang.tables(world),
            "zhaohua": zhaohua.tables(world),
            "jintang-homes": jintang.home_tables(world),
            "jintang": jintang.tables(world),
            "guanghan": guanghan.tables(world),
            "youxian": youxian.tables(world, KEY),
            "zizhong": zizhong.tables(world),
            "danleng": danleng.tables(world),
        }.items()
    }
    assert columns == {
        "sichuan": {"idCard"},
        "guangyuan": {"idCard"},
        "deyang": {"nationalId"},
        "zhaohua": {"idcard"},
        "jintang-homes": {"身份证"},
        "jintang": {"身份证号"},
        "guanghan": {"sfzh"},
        "youxian": set(),
        "zizhong": {"身份证号码"},
        "danleng": {"idCard"},
    }


def test_no_id_number_can_be_a_real_one() -> None:
    assert {mandate.person.id_number[:2] for mandate in make_world().mandates} == {"99", ""}
