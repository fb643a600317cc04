"""Divisions with their periods of validity, and what followed each, out of dated lists.

`data/divisions.csv` holds the lists of seven dates. A change happened on an unknown day between
two lists: a version that is new in a list is valid from the date of that list, and the version
that it replaces until the day before, so that nothing overlaps and nothing is missing.

`data/division_changes.csv` holds facts that the lists cannot show, from official replies: into
what a division was merged, in part or as a whole. It is not complete; where it and the names
are silent, a division has no successor. Of Zhaohua (510811) it lacks 明觉镇, 文村乡, 张家乡,
香溪乡, 陈江乡, 丁家乡, 黄龙乡 and 沙坝乡, and where the other parts of 石井铺镇, 晋贤乡 and
白果乡 went.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import chain, pairwise
from pathlib import Path
from typing import NamedTuple
from uuid import NAMESPACE_OID, UUID, uuid5

from hub.divisions.lists import (
    DATA,
    ROOT_CODE,
    DivisionChange,
    Listed,
    has_congress,
    level_of,
    read_changes,
    read_lists,
)
from hub.errors import Code, StopRun
from hub.subjects.divisions import Level, SuccessionKind

NAMESPACE = uuid5(NAMESPACE_OID, "division")
ROOT_NAME = "中华人民共和国"
DAY = timedelta(days=1)
DEPTH = {level: depth for depth, level in enumerate(Level)}

QUALIFIER = re.compile("（.*?）")
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|"
    "东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|"
    "俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
SUFFIX = {
    Level.TOWNSHIP: re.compile(
        "((社区|地区)?(街道)?(办事处)|(社区)?街道|地区"
        f"|(({PEOPLES})族)*(民族)?(乡|苏木)|镇)(人民政府)?$"
    ),
    Level.COUNTY: re.compile(f"((({PEOPLES})族)*自治(县|旗)|县|市|区|旗)$"),
    Level.PREFECTURE: re.compile(f"((({PEOPLES})族)*自治州|市|地区|盟)$"),
}


class Division(NamedTuple):
    """One version of a division: a code with a name during a period, both days included.

    `path` leads from the nation down to itself. None in `valid_from`: before the first list;
    in `valid_to`: still listed.
    """

    id: UUID
    code: str
    name: str
    level: Level
    parent_id: UUID | None
    valid_from: date | None
    valid_to: date | None
    has_congress: bool
    path: tuple[UUID, ...]

    @property
    def is_unlisted(self) -> bool:
        """Whether no list names it: its code stands for its name."""
        return self.name == self.code


class Succession(NamedTuple):
    """`successor_id` followed `predecessor_id`.

    `effective` is the day of the official reply where it is known, else the date of the list
    that first shows the successor.
    """

    id: UUID
    predecessor_id: UUID
    successor_id: UUID
    kind: SuccessionKind
    effective: date | None
    source: str


class History(NamedTuple):
    """All versions, parents before children, and what followed what."""

    divisions: tuple[Division, ...]
    successions: tuple[Succession, ...]


Pair = tuple[Division, Division]
Match = tuple[SuccessionKind, Division, Division]
ByLevel = dict[Level, list[Division]]
ByList = dict[date, ByLevel]
Key = Callable[[Division], object]


def read_history(folder: Path = DATA) -> History:
    """The history that the two files in `folder` tell."""
    return build_history(read_lists(folder), read_changes(folder))


def build_history(rows: Iterable[Listed], changes: Iterable[DivisionChange]) -> History:
    """Give every row its id, period, parent and path, and link what followed what.

    Ids are made from code, name and first list, so that loading again keeps them.
    Raises StopRun(UNKNOWN_DIVISION) for a change whose divisions the lists do not hold.
    """
    rows = list(rows)
    lists = sorted({row.first_listed for row in rows} | {row.last_listed for row in rows})
    divisions = tuple(date_versions(rows, lists))
    return History(divisions, tuple(link_versions(divisions, list(changes), lists)))


# --- Versions ------------------------------------------------------------------------------------


def date_versions(rows: Iterable[Listed], lists: list[date]) -> Iterator[Division]:
    last_days = {old: new - DAY for old, new in pairwise(lists)}
    known: dict[str, list[Division]] = defaultdict(list)
    known[""] = [make_root()]
    yield from known[""]
    for row in sorted(rows, key=order):
        first = None if row.first_listed == lists[0] else row.first_listed
        last = last_days.get(row.last_listed)
        parent = pick_parent(known[row.parent_code], first, last)
        division = make_version(row, first, last, parent)
        known[row.code].append(division)
        yield division


def order(row: Listed) -> tuple[int, str, date]:
    """Parents before children, the versions of a code from the oldest on."""
    return DEPTH[level_of(row.code)], row.code, row.first_listed


def make_root() -> Division:
    root = uuid5(NAMESPACE, ROOT_CODE)
    return Division(root, ROOT_CODE, ROOT_NAME, Level.NATIONAL, None, None, None, True, (root,))


def make_version(row: Listed, first: date | None, last: date | None, parent: Division) -> Division:
    key = uuid5(NAMESPACE, f"{row.code}|{row.name}|{row.first_listed}")
    level = level_of(row.code)
    return Division(
        key,
        row.code,
        row.name,
        level,
        parent.id,
        first,
        last,
        has_congress(row.code, row.name, level),
        (*parent.path, key),
    )


def make_unlisted(code: str, county: Division) -> Division:
    """A township that no list names, known by its code alone."""
    key = uuid5(NAMESPACE, f"{code}|unlisted")
    congress = has_congress(code, code, Level.TOWNSHIP)
    path = (*county.path, key)
    return Division(key, code, code, Level.TOWNSHIP, county.id, None, None, congress, path)


def make_village(town: Division, code: str | None, name: str | None) -> Division:
    """A village or community as sources name it: by its code of 12 digits, else by its name.

    Without a code the town's code and the name stand for it; without a name the code does.
    """
    known = code or f"{town.code}:{name}"
    key = uuid5(NAMESPACE, f"{known}|village")
    path = (*town.path, key)
    return Division(key, known, name or known, Level.VILLAGE, town.id, None, None, False, path)


def pick_parent(versions: list[Division], first: date | None, last: date | None) -> Division:
    """The version of the parent that shares most days, open ends counting as endless."""
    if len(versions) == 1:
        return versions[0]
    start, end = first or date.min, last or date.max

    def shared(version: Division) -> tuple[timedelta, date]:
        begin = version.valid_from or date.min
        return min(end, version.valid_to or date.max) - max(start, begin), begin

    return max(versions, key=shared)


# --- Successions ---------------------------------------------------------------------------------


def link_versions(
    divisions: Iterable[Division], changes: list[DivisionChange], lists: list[date]
) -> Iterator[Succession]:
    gone, new = group_by_list(divisions)
    known = find_known(divisions, changes)
    for (old, following), change in known.items():
        effective = change.effective or first_day(old)
        yield make_succession(old, following, change.kind, effective, change.source)
    for earlier, day in pairwise(lists):
        source = f"统计用区划代码 {earlier}、{day}"
        moved = {old.code: following.code for old, following in known if first_day(old) == day}
        for kind, old, following in match_lists(gone[day], new[day], moved):
            if (old, following) not in known:
                yield make_succession(old, following, kind, day, source)


def group_by_list(divisions: Iterable[Division]) -> tuple[ByList, ByList]:
    """By the date of a list: what it lacks for the first time, and what it has first."""
    gone: ByList = defaultdict(lambda: defaultdict(list))
    new: ByList = defaultdict(lambda: defaultdict(list))
    for division in divisions:
        if day := first_day(division):
            gone[day][division.level].append(division)
        if division.valid_from:
            new[division.valid_from][division.level].append(division)
    return gone, new


def find_known(
    divisions: Iterable[Division], changes: list[DivisionChange]
) -> dict[Pair, DivisionChange]:
    codes = {code for change in changes for code in (change.from_code, change.to_code)}
    versions = [division for division in divisions if division.code in codes]
    return {find_pair(change, versions): change for change in changes}


def first_day(old: Division) -> date | None:
    """The date of the list that first lacks `old`."""
    return old.valid_to + DAY if old.valid_to else None


def find_pair(change: DivisionChange, versions: list[Division]) -> Pair:
    """The last version of the code that ended, and what the next list has under the new code."""
    ended = [version for version in versions if version.code == change.from_code]
    day = first_day(ended[-1]) if ended else None
    for following in versions:
        if day and following.code == change.to_code and is_valid(following, day):
            return ended[-1], following
    raise StopRun(
        Code.UNKNOWN_DIVISION,
        f"data/division_changes.csv: {change.from_code} to {change.to_code} is no change that "
        "data/divisions.csv shows. Correct the codes.",
    )


def is_valid(division: Division, day: date) -> bool:
    """Whether the version holds on `day`."""
    return (division.valid_from or date.min) <= day <= (division.valid_to or date.max)


def make_succession(
    old: Division, new: Division, kind: SuccessionKind, effective: date | None, source: str
) -> Succession:
    key = uuid5(NAMESPACE, f"{old.id}|{new.id}")
    return Succession(key, old.id, new.id, kind, effective, source)


def match_lists(gone: ByLevel, new: ByLevel, moved: dict[str, str]) -> Iterator[Match]:
    """Join level by level, from the top down. `moved` starts with the codes known to have moved."""
    borders: set[str] = set()
    for level in DEPTH:
        for kind, old, following in match_level(gone[level], new[level], moved, borders):
            yield kind, old, following
            if old.code != following.code:
                moved[old.code] = following.code
        borders = {version.code for version in (*gone[level], *new[level])}


def match_level(
    olds: list[Division], news: list[Division], moved: dict[str, str], borders: set[str]
) -> Iterator[Match]:
    """Join what vanished from a list to what appears in it, the surest sign first.

    `moved` leads from a vanished code one level up to the code that followed it; `borders` are
    the codes one level up that vanish or appear, so that a unit may have passed between them.
    A join needs one candidate on either side: with two there is none.
    """
    for kind, old_key, new_key in list_signs(moved):
        pairs = match(olds, news, old_key, new_key)
        yield from ((kind, old, following) for old, following in pairs)
        linked = {division.id for division in chain.from_iterable(pairs)}
        olds, news = without(olds, linked), without(news, linked)
    for old, following in match(olds, news, name_in_prefecture, name_in_prefecture):
        if borders & {code_above(old.code), code_above(following.code)}:
            yield SuccessionKind.RECODED, old, following


def without(divisions: list[Division], linked: Collection[UUID]) -> list[Division]:
    """The divisions that are not among those linked."""
    return [division for division in divisions if division.id not in linked]


def list_signs(moved: dict[str, str]) -> tuple[tuple[SuccessionKind, Key, Key], ...]:
    """Kinds of change with what must be equal of the old and the new version."""

    def home(old: Division) -> str:
        above = code_above(old.code)
        return moved.get(above, above)

    def seat(new: Division) -> str:
        return code_above(new.code)

    def code_and_stem(version: Division) -> tuple[str, str]:
        return version.code, stem(version)

    def code(version: Division) -> str:
        return version.code

    return (
        (SuccessionKind.RENAMED, code_and_stem, code_and_stem),
        (SuccessionKind.RECODED, lambda v: (home(v), v.name), lambda v: (seat(v), v.name)),
        (SuccessionKind.UPGRADED, lambda v: (home(v), stem(v)), lambda v: (seat(v), stem(v))),
        (SuccessionKind.RENAMED, code, code),
    )


def name_in_prefecture(version: Division) -> tuple[str, str]:
    return version.code[:4], version.name


def code_above(code: str) -> str:
    if len(code) == 9:
        return code[:6]
    return f"{code[:4]}00" if not code.endswith("00") else f"{code[:2]}0000"


def stem(division: Division) -> str:
    """The name without the word for its kind."""
    name = QUALIFIER.sub("", division.name)
    suffix = SUFFIX.get(division.level)
    return (suffix.sub("", name) if suffix else name) or name


def match(olds: list[Division], news: list[Division], old_key: Key, new_key: Key) -> list[Pair]:
    left, right = single(olds, old_key), single(news, new_key)
    return [(old, right[key]) for key, old in left.items() if key in right]


def single(versions: Iterable[Division], key: Key) -> dict[object, Division]:
    """Those whose key no other has."""
    found: dict[object, list[Division]] = defaultdict(list)
    for version in versions:
        found[key(version)].append(version)
    return {value: group[0] for value, group in found.items() if len(group) == 1}
