"""What a question is, and how its answer is laid beside that of the sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hub.settings import ROOT

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Question:
    """A question in words, as a query, and as a SELECT over the sources.

    `query` is the name of a saved query or its text; `words` are what the graph calls the keys of
    the sources. `is_ordered`: the answer is a ranking.
    """

    text: str
    query: str
    sql: str
    words: Mapping[Any, object] = field(default_factory=dict)
    is_ordered: bool = False

    @property
    def document(self) -> str:
        """The query."""
        if self.query.lstrip().startswith("{"):
            return self.query
        return (ROOT / "examples" / f"{self.query}.graphql").read_text("utf-8")

    def answered(self, data: object) -> list[Row]:
        """The rows of the graph's answer."""
        while isinstance(data, dict) and len(data) == 1:
            (data,) = data.values()
        rows = data if isinstance(data, list) else [data]
        return self._sorted([tuple(leaves(row)) for row in rows])

    def reckoned(self, rows: list[Row]) -> list[Row]:
        """The rows of the sources' answer, their keys in the words of the graph."""
        return self._sorted(
            [tuple(rounded(self.words.get(it, it)) if at == 0 else rounded(it)
                   for at, it in enumerate(row)) for row in rows]
        )  # fmt: skip

    def _sorted(self, rows: list[Row]) -> list[Row]:
        return rows if self.is_ordered else sorted(rows, key=repr)


def leaves(value: object) -> list[object]:
    """The values in an answer, in order."""
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in leaves(item)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in leaves(item)]
    return [rounded(value)]


def rounded(value: object) -> object:
    """A number to six places, whole ones as whole numbers; anything else as it is."""
    if isinstance(value, float):
        return int(value) if value == int(value) else round(value, 6)
    return value
