"""The dated lists of divisions and the known changes, as the files in `data/` have them."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from hub.subjects.divisions import Level, SuccessionKind

DATA = Path(__file__).resolve().parents[2] / "data"
ROOT_CODE = "000000"
PLACEHOLDERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
PLACEHOLDER_TOWNSHIP = re.compile("直辖|直管|特殊")


class Listed(NamedTuple):
    """One row of the lists: a code with a name, and the dates of the first and last list."""

    code: str
    name: str
    parent_code: str
    first_listed: date
    last_listed: date


class DivisionChange(NamedTuple):
    """A known change; `effective` None: only the list shows when."""

    from_code: str
    to_code: str
    kind: SuccessionKind
    effective: date | None
    source: str


def read_lists(folder: Path = DATA) -> list[Listed]:
    """The rows of the dated lists in `folder`."""
    with (folder / "divisions.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return [
            Listed(code, name, parent, date.fromisoformat(first), date.fromisoformat(last))
            for code, name, _, parent, first, last in rows
        ]


def read_changes(folder: Path) -> list[DivisionChange]:
    with (folder / "division_changes.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return [
            DivisionChange(
                old, new, SuccessionKind[kind], date.fromisoformat(day) if day else None, source
            )
            for old, new, kind, day, source in rows
        ]


def level_of(code: str) -> Level:
    """The level by the code (GB/T 2260, GB/T 10114), never by the word 市."""
    if code == ROOT_CODE:
        return Level.NATIONAL
    if len(code) == 9:
        return Level.TOWNSHIP
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.PREFECTURE if code.endswith("00") else Level.COUNTY


def has_congress(code: str, name: str, level: Level) -> bool:
    """Whether the division has a people's congress of its own (Constitution, art. 95).

    Without one: subdistricts (001-099) and units like townships (400-599), rows that only fill
    a level of the list, development zones listed as counties (71-80), and prefectures that are
    no level of government (地区, 盟).
    """
    if level is Level.TOWNSHIP:
        return "100" <= code[6:] < "400" and not PLACEHOLDER_TOWNSHIP.search(name)
    if level is Level.COUNTY:
        return not "71" <= code[4:] <= "80"
    if level is Level.PREFECTURE:
        return name not in PLACEHOLDERS and not name.endswith(("地区", "盟"))
    return True
