"""Values as text, and dotted paths into nested JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def follow(value: object, steps: Sequence[str]) -> object:
    """The value at the end of `steps`, None where the path breaks off.

    On a list the rest of the path is followed for each item: `stations.id` gives a list of ids.
    """
    for number, step in enumerate(steps):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list):
            return [follow(item, steps[number:]) for item in value]
        else:
            return None
    return value


def steps_of(path: str) -> tuple[str, ...]:
    """`data.items` as its steps; an empty path has none and means the value itself."""
    return tuple(path.split(".")) if path else ()


def as_text(value: object) -> str:
    """A value as keys and code tables compare it: 17, 17.0 and " 17 " are all "17"."""
    if type(value) is str:
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
