"""Divisions: loading them into the store, and finding them by code or name at a date."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from hub.divisions.history import (
    Division,
    History,
    Succession,
    is_valid,
    make_unlisted,
    read_history,
)
from hub.divisions.lists import ROOT_CODE, read_lists
from hub.errors import Code, HubError
from hub.store import Driver, copy_rows, packed_rows
from hub.subjects.divisions import Level, SuccessionKind

if TYPE_CHECKING:
    import asyncpg

__all__ = ["Division", "DivisionIndex", "load_divisions", "read_index", "read_known_code"]

STORE_DIVISIONS = """
INSERT INTO division
    (id, code, name, level, parent_id, valid_from, valid_to, has_congress, path)
SELECT id, code, name, level, parent_id, valid_from, valid_to, has_congress, path
FROM staged_division
ON CONFLICT (id) DO UPDATE SET
    code = excluded.code, name = excluded.name, level = excluded.level,
    parent_id = excluded.parent_id, valid_from = excluded.valid_from,
    valid_to = excluded.valid_to, has_congress = excluded.has_congress, path = excluded.path
WHERE (division.code, division.name, division.level, division.parent_id, division.valid_from,
       division.valid_to, division.has_congress, division.path)
   IS DISTINCT FROM
      (excluded.code, excluded.name, excluded.level, excluded.parent_id, excluded.valid_from,
       excluded.valid_to, excluded.has_congress, excluded.path)
"""
STORE_SUCCESSIONS = """
INSERT INTO division_succession (id, predecessor_id, successor_id, kind, effective, source)
SELECT id, predecessor_id, successor_id, kind, effective, source
FROM staged_succession
ON CONFLICT (id) DO UPDATE SET
    kind = excluded.kind, effective = excluded.effective, source = excluded.source
WHERE (division_succession.kind, division_succession.effective, division_succession.source)
   IS DISTINCT FROM (excluded.kind, excluded.effective, excluded.source)
"""
DROP_SUCCESSIONS = """
DELETE FROM division_succession AS stored
WHERE NOT EXISTS (SELECT FROM staged_succession AS staged WHERE staged.id = stored.id)
"""


async def load_divisions(connection: Driver) -> int:
    """Store the divisions and successions of the files in `data/`, in one transaction.

    Gives the number of rows written: 0 where the store has them already. A division is never
    deleted, since records may point to it. Raises StopRun(UNKNOWN_DIVISION) for a change in the
    files that the lists do not bear out.
    """
    history = read_history()
    async with connection.transaction():
        await stage(connection, "division", history.divisions)
        await stage(connection, "succession", history.successions)
        statements = (STORE_DIVISIONS, DROP_SUCCESSIONS, STORE_SUCCESSIONS)
        tags = [await connection.execute(statement) for statement in statements]
        await connection.execute("DROP TABLE staged_division, staged_succession")
        written = sum(int(tag.split()[-1]) for tag in tags)
    return written


async def stage(
    connection: Driver, name: str, rows: tuple[Division, ...] | tuple[Succession, ...]
) -> None:
    table = {"division": "division", "succession": "division_succession"}[name]
    await connection.execute(f"CREATE TEMPORARY TABLE staged_{name} (LIKE {table})")
    records = [
        tuple(value.name if isinstance(value, Level | SuccessionKind) else value for value in row)
        for row in rows
    ]
    await copy_rows(connection, packed_rows(table, rows[0]._fields, records), into=f"staged_{name}")


async def read_index(connection: Driver) -> DivisionIndex:
    """The index over the divisions that the store holds."""
    divisions = await connection.fetch(
        "SELECT id, code, name, level, parent_id, valid_from, valid_to, has_congress "
        "FROM division ORDER BY code, valid_from NULLS FIRST"
    )
    successions = await connection.fetch(
        "SELECT id, predecessor_id, successor_id, kind, effective, source FROM division_succession"
    )
    return DivisionIndex(
        History(
            tuple(_with_paths(divisions)),
            tuple(
                Succession._make((*row[:3], SuccessionKind[row["kind"]], *row[4:]))
                for row in successions
            ),
        )
    )


def _with_paths(rows: Iterable[asyncpg.Record]) -> Iterator[Division]:
    """Divisions in the order of their codes, so that each comes after the one above it.

    Their paths are made of one another, which is somewhat cheaper than to read them.
    """
    paths: dict[UUID | None, tuple[UUID, ...]] = {None: ()}
    for key, code, name, level, parent, *others in rows:
        path = paths[key] = (*paths[parent], key)
        yield Division._make((key, code, name, Level[level], parent, *others, path))


async def learn_unlisted(connection: Driver, divisions: DivisionIndex) -> None:
    """Let the index know the townships that other processes have kept by their code."""
    for row in await connection.fetch("SELECT code FROM division WHERE name = code"):
        divisions.hold(row["code"])


class DivisionIndex:
    """Finds divisions in memory. Build it once: a second of work for 58,550 versions."""

    def __init__(self, history: History) -> None:
        self.by_id: dict[UUID, Division] = {}
        self._by_code: dict[str, list[Division]] = defaultdict(list)
        self._successors: dict[UUID, list[UUID]] = defaultdict(list)
        self.unlisted = [division for division in history.divisions if division.is_unlisted]
        for division in history.divisions:
            self.by_id[division.id] = division
            self._by_code[division.code].append(division)
        for succession in history.successions:
            self._successors[succession.predecessor_id].append(succession.successor_id)
        self._places = join_places(history.successions)
        self._versions: dict[UUID, list[UUID]] = defaultdict(list)
        for version, place in self._places.items():
            self._versions[place].append(version)

    @cached_property
    def _by_name(self) -> dict[str, list[Division]]:
        """Made at the first look for a name; most systems give codes."""
        by_name: defaultdict[str, list[Division]] = defaultdict(list)
        for division in self.by_id.values():
            by_name[read_text(division.name)].append(division)
        return by_name

    def resolve(self, code: str, as_of: date | None = None) -> Division | None:
        """The version of `code` that holds on `as_of`; without a date the latest version.

        Takes full-width digits, blanks, and codes filled up with zeros to 9 or 12 digits.
        """
        versions = self._by_code.get(read_code(code), [])
        if as_of is None:
            return versions[-1] if versions else None
        return next((version for version in versions if is_valid(version, as_of)), None)

    def hold(self, code: str) -> Division | None:
        """Keep a township or subdistrict that no list names under its code, in the code's county.

        None where no county has that code, or where the code is none of the level (GB/T 10114:
        001 to 599).
        """
        code = read_code(code)
        county = self.resolve(code[:6])
        if len(code) != 9 or county is None or county.level is not Level.COUNTY:
            return None
        if not "001" <= code[6:] < "600":
            return None
        made = make_unlisted(code, county)
        if made.id not in self.by_id:
            self.by_id[made.id] = made
            self._by_code[code].insert(0, made)
            self.unlisted.append(made)
        return self.by_id[made.id]

    def resolve_name(self, name: str, within: UUID) -> list[Division]:
        """The divisions of exactly this name inside the division `within`, by code.

        Those still listed; where there is none, those abolished. Blanks do not count.
        """
        found = [
            division
            for division in self._by_name.get(read_text(name), [])
            if self.is_within(division, self.by_id[within])
        ]
        listed = [division for division in found if division.valid_to is None]
        return sorted(listed or found, key=lambda division: division.code)

    def ancestor(self, division: Division, level: Level) -> Division | None:
        """The division of `level` above `division`, or itself if it is of that level."""
        above = (self.by_id[key] for key in division.path)
        return next((candidate for candidate in above if candidate.level is level), None)

    def is_within(self, division: Division, ancestor: Division) -> bool:
        """Whether `division` is `ancestor` or lies in it, under whatever code or name.

        A change of code or name keeps the place; a merger does not.
        """
        place = self.place(ancestor.id)
        return any(self.place(key) == place for key in division.path)

    def successors(self, division: Division) -> list[Division]:
        """What followed `division` at once, by code."""
        followers = [self.by_id[key] for key in self._successors.get(division.id, [])]
        return sorted(followers, key=lambda follower: follower.code)

    def current(self, division: Division) -> list[Division]:
        """What stands today where `division` stood, by code: itself while it is listed.

        Empty where no successor is known. A division that was split has several.
        """
        reached, waiting = {division.id}, [division.id]
        while waiting:
            following = [
                key for key in self._successors.get(waiting.pop(), []) if key not in reached
            ]
            reached.update(following)
            waiting.extend(following)
        listed = [self.by_id[key] for key in reached if self.by_id[key].valid_to is None]
        return sorted(listed, key=lambda found: found.code)

    def place(self, key: UUID) -> UUID:
        """One id for all versions of a division that only changed its code or name."""
        return self._places.get(key, key)

    def versions(self, place: UUID) -> list[UUID]:
        """The versions of a division, by the id that `place` gives for each of them."""
        return self._versions.get(place, [place])


def join_places(successions: Iterable[Succession]) -> dict[UUID, UUID]:
    """For each version that only changed its code or name: one id for all versions of the place."""
    members: dict[UUID, list[UUID]] = {}
    for succession in successions:
        if succession.kind is SuccessionKind.MERGED:
            continue
        old = members.get(succession.predecessor_id, [succession.predecessor_id])
        new = members.get(succession.successor_id, [succession.successor_id])
        joined = old if old is new else old + new
        members.update(dict.fromkeys(joined, joined))
    return {key: joined[0] for key, joined in members.items()}


def read_text(text: str) -> str:
    """Without blanks, full-width letters and digits as plain ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=65536)
def read_code(text: str) -> str:
    """The code as the lists write it: 6 digits to county, 9 for townships."""
    code = read_text(text)
    if len(code) == 12:
        code = code.removesuffix("000")
    if len(code) == 9:
        code = code.removesuffix("000")
    return code


@cache
def listed_codes() -> frozenset[str]:
    """Every code that a division has ever had since 2017."""
    return frozenset(division.code for division in read_lists()) | {ROOT_CODE}


def read_known_code(text: str) -> str:
    """A code that a caller gives, as the lists write it. Raises HubError(UNKNOWN_DIVISION)."""
    code = read_code(text)
    if code not in listed_codes():
        raise HubError(
            Code.UNKNOWN_DIVISION,
            f"No division has ever had the code {code[:20]!r} since 2017. Codes have 6 digits down "
            "to the county and 9 for townships.",
        )
    return code
