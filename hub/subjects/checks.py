"""Rules that records are held against, as functions of their canonical fields."""

from __future__ import annotations

from math import inf

from hub.errors import Code, Refusal
from hub.subjects.kinds import Check, Fields


def not_before(later: str, earlier: str) -> Check:
    """The day `later` must not lie before the day `earlier`. Raises Refusal DATES_REVERSED."""

    def check(fields: Fields) -> None:
        first, second = fields.get(earlier), fields.get(later)
        if first is not None and second is not None and str(second) < str(first):
            raise Refusal(
                Code.DATES_REVERSED,
                f"{later} {second} lies before {earlier} {first}. Correct one of them at the "
                "source.",
                later,
            )

    return check


def needs(name: str, other: str) -> Check:
    """A record that states `name` states `other` too. Raises Refusal REQUIRED."""

    def check(fields: Fields) -> None:
        if name in fields and other not in fields:
            raise Refusal(
                Code.REQUIRED,
                f"{other} is missing, though {name} is given. Give both, or leave both out.",
                other,
            )

    return check


def between(name: str, least: float, most: float = inf) -> Check:
    """A number lies within its bounds. Raises Refusal OUT_OF_RANGE."""
    bounds = f"at least {least}" if most == inf else f"{least} to {most}"

    def check(fields: Fields) -> None:
        value = fields.get(name)
        if isinstance(value, int | float) and not least <= value <= most:
            raise Refusal(
                Code.OUT_OF_RANGE,
                f"{name} is {value:g}, allowed is {bounds}. Correct it at the source.",
                name,
            )

    return check


def one_of(*names: str) -> Check:
    """Exactly one of the fields is given. Raises Refusal REQUIRED."""

    def check(fields: Fields) -> None:
        given = [name for name in names if name in fields]
        if len(given) != 1:
            raise Refusal(
                Code.REQUIRED,
                f"Give one of {', '.join(names)}, not {' and '.join(given) or 'none'}.",
                names[0],
            )

    return check


VOTES = ("votesFor", "votesAgainst", "abstentions")


def no_more_votes_than_voters(decided: Fields, gathering: Fields) -> None:
    """What was decided has no more votes than people were there. Raises Refusal OUT_OF_RANGE."""
    voters = gathering.get("present", gathering.get("eligible"))
    votes = sum(int(str(decided.get(name, 0))) for name in VOTES)
    if voters is not None and votes > int(str(voters)):
        raise Refusal(
            Code.OUT_OF_RANGE,
            f"There are {votes} votes, but {voters} voters were there. Correct the votes, or the "
            "number of voters, at the source.",
            "votesFor",
        )
