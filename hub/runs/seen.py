"""The keys of a pass, exactly and in flat memory: kept in a file of SQLite that has no name.

It is private to its process and gone with it, however that ends. Its rows stand in the order of
their keys, so that each page is given in that order too: it costs half the time at a million.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import orjson

SETTINGS = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -4000;
CREATE TABLE seen (key TEXT PRIMARY KEY, page INTEGER NOT NULL) WITHOUT ROWID;
BEGIN;
"""
"""One transaction that is never committed: nothing has to outlive the process. 4 MB of memory."""

ADD = "INSERT OR IGNORE INTO seen SELECT value, ? FROM json_each(?)"
EARLIER = "SELECT s.key FROM json_each(?) AS j JOIN seen s ON s.key = j.value WHERE s.page < ?"
UNSEEN = "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT s.key FROM seen s)"


class Seen:
    """The external ids of a pass; `doubt` says why it may lack records that the source has."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(SETTINGS)
        self._page = 0
        self.doubt: str | None = None

    def begin(self) -> None:
        """Forget everything, for another pass."""
        self._database.execute("DELETE FROM seen")
        self._page = 0
        self.doubt = None

    def add(self, keys: Sequence[str]) -> set[str]:
        """Remember the keys of a page; give those of them that an earlier page had."""
        self._page += 1
        page = _as_json(keys)
        added = self._database.execute(ADD, (self._page, page)).rowcount
        if added == len(keys):
            return set()
        return {key for (key,) in self._database.execute(EARLIER, (page, self._page))}

    def holding(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys that were seen."""
        given = list(keys)
        return set(given).difference(self.without(given))

    def without(self, keys: Iterable[str]) -> list[str]:
        """Those of the keys that were not seen."""
        return [key for (key,) in self._database.execute(UNSEEN, (_as_json(keys),))]

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def _as_json(keys: Iterable[str]) -> str:
    return orjson.dumps(sorted(keys)).decode()
