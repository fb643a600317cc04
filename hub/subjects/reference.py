"""The fields of every kind of record, as the page docs/records.md: made from the declarations."""

from __future__ import annotations

from hub.subjects import KINDS
from hub.subjects.kinds import Field, Kind, Reference, is_enum

INTRODUCTION = """# Kinds of records

What a system may deliver, in the order in which streams are read. The name of a kind is what `kind`
of a stream takes in a manifest, and its plural what the push mutation is called: `pushDeputies`.
Restricted fields are shown to callers only whose key may read them. Values are read as sources
write them: days in any usual form, closed lists in the source's words.

This page is written by `hub schema records > docs/records.md`.
"""

REQUIRED = {True: " (required)", False: ""}
TYPES = {str: "text", int: "whole number", float: "number", bool: "yes or no"}


def describe_kinds() -> str:
    """Markdown with a section for each kind: a row for each field and reference it takes."""
    return "\n".join([INTRODUCTION, *map(_section, KINDS.values())])


def _section(kind: Kind) -> str:
    rows = "\n".join([*map(_field_row, kind.fields), *map(_reference_row, kind.references)])
    return (
        f"## `{kind.kind.name}`: {kind.kind.value}\n\n`push{kind.many}`\n\n"
        f"| field | takes | what it is |\n|---|---|---|\n{rows}\n"
    )


def _field_row(field: Field) -> str:
    taken = TYPES.get(field.takes, "one of a list" if is_enum(field.takes) else "day")
    return f"| `{field.name}`{REQUIRED[field.required]} | {taken} | {field.description} |"


def _reference_row(reference: Reference) -> str:
    taken = "external ids" if reference.many else "external id"
    if reference.with_role:
        taken += " with role and days"
    taken += f" of `{reference.target.name}`"
    if reference.across:
        taken += ", of any system"
    return (
        f"| `{reference.name}`{REQUIRED[reference.required]} | {taken} | {reference.description} |"
    )
