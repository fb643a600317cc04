"""What is wrong with a manifest, in words, with the line where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hub.errors import Code, StopRun

Key: TypeAlias = str | int

SHOWN = 5
_WORDS = {
    "extra_forbidden": "no such option",
    "missing": "is missing",
    "string_type": "must be text; put it in quotes",
}


def bad_manifest(place: str, problem: str) -> StopRun:
    """The error for a manifest at `place`."""
    return StopRun(
        Code.BAD_MANIFEST,
        f"Manifest {place}: {problem}. docs/connectors.md lists what a manifest may hold.",
    )


def describe(error: ValidationError, given: object, text: str) -> str:
    """The first problems as `line 12, streams.0.fields.gender: what is wrong`."""
    root = yaml.compose(text, Loader=yaml.SafeLoader) if text else None
    details = error.errors(include_url=False)
    causes = [detail for detail in details if detail["type"] != "too_short"] or details
    found = (_sentence(detail, given, root) for detail in causes)
    sentences = list(dict.fromkeys(found))
    more = f" (and {len(sentences) - SHOWN} more)" if len(sentences) > SHOWN else ""
    return "; ".join(sentences[:SHOWN]) + more


def _sentence(detail: ErrorDetails, given: object, root: yaml.Node | None) -> str:
    path = _real_path(detail["loc"], given, detail["type"])
    line = f"line {_line(root, path)}, " if root else ""
    key = ".".join(str(part) for part in path)
    message = _WORDS.get(detail["type"]) or detail["msg"].removeprefix("Value error, ")
    return f"{line}{key}: {message}" if key else f"{line}{message}"


def _real_path(loc: Sequence[Key], given: object, problem: str) -> list[Key]:
    """`loc` without the names of union members that pydantic puts between the keys."""
    path: list[Key] = []
    for number, key in enumerate(loc):
        missing = problem == "missing" and number == len(loc) - 1
        below = _below(given, key)
        if below is not None:
            given = below
            path.append(key)
        elif missing or (isinstance(given, Mapping) and key in given):
            path.append(key)
    return path


def _below(given: object, key: Key) -> object | None:
    if isinstance(given, Mapping):
        return given.get(key)
    if isinstance(given, list) and isinstance(key, int) and key < len(given):
        item: object = given[key]
        return item
    return None


def _line(node: yaml.Node | None, path: Sequence[Key]) -> int:
    line = node.start_mark.line if node else 0
    for key in path:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key]
            line = node.start_mark.line
    return line + 1
