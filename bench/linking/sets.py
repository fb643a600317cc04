"""A set of four systems' CSV files with the truth, read as the hub reads records."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bench.linking.generator.write import write_set
from hub import values
from hub.errors import Refusal
from hub.linking.scores.features import Said, Table, table_of
from hub.subjects.people import gender

T = TypeVar("T")
KEY = b"heldout-linkage-test-key"
"""Key of the hashed numbers in city.csv."""
SYSTEMS = ("province", "city", "county", "township")
ROOT = Path(__file__).parents[2]
DIVISIONS = ROOT / "data" / "divisions.csv"
SETS = ROOT / "var" / "bench" / "sets"


@dataclass(frozen=True, slots=True)
class Known:
    """Records with the truth: `person` numbers the person of each row of `table`."""

    ids: list[str]
    table: Table
    person: NDArray[np.int64]

    @property
    def people(self) -> int:
        """How many persons there are."""
        return len(np.unique(self.person))


def read_set(folder: Path) -> Known:
    """The records of a folder, ordered by id."""
    rows = sorted(read_rows(folder), key=lambda item: item[0])
    ids = [record_id for record_id, _ in rows]
    return Known(ids, table_of(said for _, said in rows), read_truth(folder, ids))


def read_truth(folder: Path, ids: Iterable[str]) -> NDArray[np.int64]:
    """The number of the person of each record."""
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as lines:
        truth = {row["record_id"]: row["person_id"] for row in csv.DictReader(lines)}
    return numbered(truth[record_id] for record_id in ids)


def numbered(names: Iterable[str]) -> NDArray[np.int64]:
    """The number of each name, in the order of the names."""
    return np.unique(list(names), return_inverse=True)[1]


def read_rows(folder: Path) -> Iterator[tuple[str, Said]]:
    """Id and content of each record."""
    for level, system in enumerate(SYSTEMS, start=1):
        with (folder / f"{system}.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield row["record_id"], said_of(system, level, row)


def said_of(system: str, level: int, row: dict[str, str]) -> Said:
    """One row, each value read by the reader of its field; what none can read is left out."""
    return Said(
        name=read(values.name, row["name"]) or "□",
        system=system,
        division=row["division_code"],
        level=level,
        area=area_of(row["division_code"], row["electoral_unit"]),
        term=values.term(row["term"]),
        gender=read(gender, row["gender"]),
        ethnicity=read(values.ethnicity, row["ethnicity"]),
        birth=read(values.birth, row["birth"]),
        id_token=read(read_token, row["id_no"]),
        id_parts=values.national_id_parts(row["id_no"], KEY),
        phone=read(values.phone, row["phone"]),
        work=values.text(row["work_unit"] + row["post"]),
        unit=values.text(row["electoral_unit"]),
        party=read(values.political_affiliation, row["party"]),
        education=read(values.education, row["education"]),
    )


def read_token(value: str) -> bytes | None:
    return values.national_id(value, KEY)


def read(reader: Callable[[str], T | None], value: str) -> T | None:
    try:
        return reader(value)
    except Refusal:
        return None


def generated(people: int) -> Path:
    """The folder of a generated set, written once."""
    folder = SETS / str(people)
    if not (folder / "truth.csv").exists():
        write_set(folder, people, seed=people)
    return folder


@lru_cache
def division_names() -> dict[tuple[str, str], str]:
    """The code of a division by its parent's code and its name."""
    with DIVISIONS.open(encoding="utf-8", newline="") as lines:
        return {(row["parent_code"], row["name"]): row["code"] for row in csv.DictReader(lines)}


@lru_cache(maxsize=65536)
def area_of(code: str, unit: str) -> tuple[str, ...]:
    """Codes from the province down, as far as division and electoral unit tell."""
    if code.endswith("00") and len(code) == 6:
        code = division_names().get((code, re.sub("代表团$", "", unit)), code)
    parts = (code[:2], code[:4], code[:6], code)
    known = (True, code[2:4] != "00", code[4:6] != "00", len(code) > 6)
    return tuple(part for part, is_known in zip(parts, known, strict=True) if is_known)
