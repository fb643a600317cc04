"""What happened to one record, run after run, and what is left of it without some of the runs.

A record's states are its versions and the present one; the sightings of later runs lie between.
Left out the runs that are undone, the last thing that remains tells what the record is now: as if
the others had never been. No input or output.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hub.subjects.source_records import Sight

ALWAYS = -1
"""The step before everything that is numbered."""


@dataclass(frozen=True, slots=True)
class State:
    """What a record was, from the step `since` on: as `run_id` stored or deleted it.

    `said` has the columns of the record; None where nothing was ever stored.
    """

    since: int
    run_id: str
    is_live: bool
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RecordSighting:
    """A run found the record at a step without storing it anew."""

    step: int
    run_id: str
    sight: Sight


@dataclass(frozen=True, slots=True)
class RestoredState:
    """What is left: the state with the run that vouches for it; `since` when it began to.

    `is_missing` says that the last pass lacked the record, its deletion withheld.
    """

    run_id: str
    is_live: bool
    said: Mapping[str, Any]
    is_missing: bool = False


@dataclass(slots=True)
class Timeline:
    """The states and sightings of one record, each in order."""

    states: list[State]
    seen: list[RecordSighting] = field(default_factory=list)

    def events(self) -> Iterator[tuple[State, RecordSighting | None]]:
        """Everything in order: each state as it begins, then the sightings while it lasts."""
        for place, state in enumerate(self.states):
            yield state, None
            until = self.states[place + 1].since if place + 1 < len(self.states) else None
            for seen in self.seen:
                if seen.step > state.since and (until is None or seen.step < until):
                    yield state, seen

    def without(self, undone: Collection[str]) -> RestoredState | None:
        """What the record is if these runs had never been; None: it never was."""
        left: RestoredState | None = None
        for state, seen in self.events():
            if (seen or state).run_id not in undone:
                left = _next(left, state, seen)
        return left

    def good_steps(self, undone: Collection[str]) -> list[int]:
        """When the other runs stored the record or found it there.

        A run that comes again later is no news: its state was restored by an undoing.
        """
        first: dict[str, tuple[State, RecordSighting | None]] = {}
        for state, seen in self.events():
            first.setdefault((seen or state).run_id, (state, seen))
        return [
            state.since if seen is None else seen.step
            for run, (state, seen) in first.items()
            if run not in undone and (state.is_live if seen is None else seen.sight is Sight.SEEN)
        ]


def _next(
    left: RestoredState | None, state: State, seen: RecordSighting | None
) -> RestoredState | None:
    sight = None if seen is None else seen.sight
    if sight is Sight.MISSING:
        return _missing(left)
    run_id = state.run_id if seen is None else seen.run_id
    if sight is Sight.SEEN or (sight is None and state.is_live):
        return RestoredState(run_id, True, state.said)
    return None if left is None else RestoredState(run_id, False, left.said)


def _missing(left: RestoredState | None) -> RestoredState | None:
    if left is None or not left.is_live:
        return left
    return RestoredState(left.run_id, True, left.said, is_missing=True)


@dataclass(frozen=True, slots=True)
class RefusalState:
    """A row of the quarantine from the step `since` on: refused, or released by `run_id`."""

    since: int
    run_id: str
    is_open: bool
    said: Mapping[str, Any]


def refusal_without(
    history: Sequence[RefusalState], undone: Collection[str], good: Iterable[int]
) -> RefusalState | None:
    """The refusal that is open if these runs had never been; None: there is none.

    `good` are the steps at which the other runs had the record in order.
    """
    kept = [item for item in history if item.run_id not in undone]
    if not kept or not kept[-1].is_open:
        return None
    last = kept[-1]
    return None if any(step > last.since for step in good) else last
