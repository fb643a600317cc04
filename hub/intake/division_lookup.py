"""Find the division that a record means, by its code or by its name. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from hub.divisions import Division, DivisionIndex, is_valid, make_village
from hub.errors import Code, Refusal
from hub.ids import id_text
from hub.intake.scope import Scope
from hub.subjects.divisions import Level


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


VILLAGE_DIGITS, TOWN_DIGITS = 12, 9


def find_village(
    scope: Scope, fields: Mapping[str, object], name_field: str, town: Division
) -> Division | None:
    """The village that a record names: by a code of 12 digits, else by its name in `town`.

    None where it names none, or by name alone where `town` is none. Raises Refusal
    UNKNOWN_DIVISION for a code that is no village's of a known town.
    """
    code, name = fields.get("villageCode"), fields.get(name_field)
    said = None if name is None else str(name)
    if code is not None:
        above = scope.divisions.resolve(str(code)[:TOWN_DIGITS])
        if above is None or len(str(code)) != VILLAGE_DIGITS or above.level is not Level.TOWNSHIP:
            raise Refusal(
                Code.UNKNOWN_DIVISION,
                f"{code} is no code of a village in a town that a list names. Give 12 digits, the "
                "first 9 those of the town.",
                "villageCode",
            )
        return make_village(above, str(code), said)
    if said is None or town.level is not Level.TOWNSHIP:
        return None
    return make_village(town, None, said)


def find_division_of_congress(scope: Scope, fields: Mapping[str, object]) -> Division:
    """The division whose congress a record means.

    A level above the division's own takes the ancestor of that level: a county's list also holds
    the mandates of its people in the city and the province. The start of the mandate moves an
    abolished code on to the division that had followed it by then.

    Raises Refusal LEVEL_MISMATCH or NO_CONGRESS besides those of `find_division`.
    """
    division = _find_at_start(scope, fields)
    if not division.has_congress:
        raise _without_congress(division)
    return division


def find_division_of_mandate(scope: Scope, fields: Mapping[str, object]) -> Division:
    """As `find_division_of_congress`, but a subdistrict may elect to the county's congress.

    Where the subdistrict was a town on the day that the mandate began, or else ended, it is the
    town: its congress lasted until then. Raises Refusal NO_CONGRESS where neither is so.
    """
    division = _find_at_start(scope, fields)
    if division.has_congress:
        return division
    day = fields.get("startDate") or fields.get("endDate")
    town = _town_before(scope.divisions, division, str(day)) if day else None
    if town is None and seat_of(scope.divisions, division, None) is None:
        raise _without_congress(division)
    return town or division


Seat: TypeAlias = tuple[str, str, int | None]
"""A congress: the id of its division, its level and its term."""


def seat_of(divisions: DivisionIndex, division: Division, term: int | None) -> Seat | None:
    """The congress of a mandate that names `division`; None where there is none.

    The people of a subdistrict elect deputies of the county's congress only (Electoral Law, art.
    2). Of which term is not known then: the one that a record states may be that of a town before.
    """
    if division.has_congress:
        return id_text(division.id), division.level.name, term
    county = divisions.ancestor(division, Level.COUNTY)
    if county is None or county is division or not county.has_congress:
        return None
    return str(county.id), county.level.name, None


def _town_before(divisions: DivisionIndex, division: Division, day: str) -> Division | None:
    """The town or township that stood in the place of a subdistrict on `day`."""
    on = date.fromisoformat(day)
    place = divisions.place(division.id)
    versions = [divisions.by_id[key] for key in divisions.versions(place)]
    return next((it for it in versions if it.has_congress and is_valid(it, on)), None)


def _without_congress(division: Division) -> Refusal:
    return Refusal(
        Code.NO_CONGRESS,
        f"{division.name} ({division.code}) has no congress of its own. Give the division whose "
        "congress it is.",
        "divisionCode",
    )


def find_division_at_level(scope: Scope, fields: Mapping[str, object]) -> Division:
    """The division that a record means: a level above the stated one's takes its ancestor.

    Raises Refusal LEVEL_MISMATCH besides those of `find_division`.
    """
    division = find_division(scope, fields, "divisionCode", "divisionName")
    return _at_level(scope, division, fields)


def _find_at_start(scope: Scope, fields: Mapping[str, object]) -> Division:
    division = find_division(scope, fields, "divisionCode", "divisionName")
    start = fields.get("startDate")
    division = _at(scope, division, str(start)) if start else division
    return _at_level(scope, division, fields)


def _at_level(scope: Scope, division: Division, fields: Mapping[str, object]) -> Division:
    level = fields.get("level")
    if level is None or level == division.level.name:
        return division
    return _above(scope, division, Level[str(level)])


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
