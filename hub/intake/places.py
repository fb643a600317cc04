"""Find the division that a record means, by its code or by its name. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping

from hub.divisions import Division
from hub.enums import Level
from hub.errors import Code, Refusal
from hub.intake.scope import Scope


def find_division(
    scope: Scope, fields: Mapping[str, object], code_field: str, name_field: str
) -> Division:
    """The division named by code, else by name inside the system's own division.

    Raises Refusal REQUIRED, UNKNOWN_DIVISION or AMBIGUOUS_DIVISION.
    """
    code, name = fields.get(code_field), fields.get(name_field)
    if code is not None:
        return _by_code(scope, str(code), code_field)
    if name is not None:
        return _by_name(scope, str(name), name_field)
    raise Refusal(
        Code.REQUIRED,
        f"Neither {code_field} nor {name_field} is given. Give the code, it is never ambiguous.",
        code_field,
    )


def _by_code(scope: Scope, code: str, field: str) -> Division:
    division = scope.divisions.resolve(code, None) or scope.divisions.hold(code)
    if division is None:
        raise Refusal(
            Code.UNKNOWN_DIVISION,
            f"No division has ever had the code {code} since 2017. Correct it at the source.",
            field,
        )
    return division


def _by_name(scope: Scope, name: str, field: str) -> Division:
    found = scope.divisions.resolve_name(name, scope.system.division_id)
    if len(found) == 1:
        return found[0]
    home = scope.divisions.by_id[scope.system.division_id].name
    if not found:
        raise Refusal(
            Code.UNKNOWN_DIVISION,
            f"No division inside {home} is called {name[:40]}. Give its code.",
            field,
        )
    codes = ", ".join(sorted({division.code for division in found})[:8])
    raise Refusal(
        Code.AMBIGUOUS_DIVISION,
        f"{len(found)} divisions inside {home} are called {name[:40]}: {codes}. Give the code.",
        field,
    )


def find_division_of_congress(scope: Scope, fields: Mapping[str, object]) -> Division:
    """The division whose congress a record means.

    A level above the division's own takes the ancestor of that level: a county's list also holds
    the mandates of its people in the city and the province. The start of the mandate moves an
    abolished code on to the division that had followed it by then.

    Raises Refusal LEVEL_MISMATCH or NO_CONGRESS besides those of `find_division`.
    """
    division = find_division(scope, fields, "divisionCode", "divisionName")
    start = fields.get("startDate")
    division = _at(scope, division, str(start)) if start else division
    division = _at_level(scope, division, fields)
    if not division.has_congress:
        raise Refusal(
            Code.NO_CONGRESS,
            f"{division.name} ({division.code}) has no congress of its own: a subdistrict elects "
            "deputies of the district only. Give the division whose congress it is.",
            "divisionCode",
        )
    return division


def find_division_at_level(scope: Scope, fields: Mapping[str, object]) -> Division:
    """The division that a record means: a level above the stated one's takes its ancestor.

    Raises Refusal LEVEL_MISMATCH besides those of `find_division`.
    """
    division = find_division(scope, fields, "divisionCode", "divisionName")
    return _at_level(scope, division, fields)


def _at_level(scope: Scope, division: Division, fields: Mapping[str, object]) -> Division:
    level = str(fields.get("level", division.level.name))
    return division if level == division.level.name else _above(scope, division, Level[level])


def _at(scope: Scope, division: Division, day: str) -> Division:
    """The division under the code it had on `day`; one that had ended by then is refused."""
    while division.valid_to is not None and division.valid_to.isoformat() < day:
        followers = scope.divisions.successors(division)
        if len(followers) != 1 or not scope.divisions.is_within(followers[0], division):
            raise _ended(scope, division, day)
        division = followers[0]
    return division


def _ended(scope: Scope, division: Division, day: str) -> Refusal:
    today = " and ".join(f"{now.name} ({now.code})" for now in scope.divisions.current(division))
    where = f" It became part of {today}." if today else ""
    return Refusal(
        Code.UNKNOWN_DIVISION,
        f"{division.name} ({division.code}) ended by {division.valid_to}, before the mandate began "
        f"on {day}.{where} Give the code of the division whose congress it is.",
        "divisionCode",
    )


def _above(scope: Scope, division: Division, level: Level) -> Division:
    above = scope.divisions.ancestor(division, level)
    if above is None:
        raise Refusal(
            Code.LEVEL_MISMATCH,
            f"level is {level.name}, but {division.name} ({division.code}) is of level "
            f"{division.level.name}. Give the code of the division whose congress it is.",
            "level",
        )
    return above
