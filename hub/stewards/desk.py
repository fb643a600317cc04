"""What all that a steward does needs: the store under the write lock, the scope of the intake."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from hub.errors import Code, HubError
from hub.intake import Cause, OpenHub, Scope, open_scope
from hub.store import Driver
from hub.values import check_shown, is_keepable

MAX_NOTE = 1000
"""Characters of a note."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A steward at work: the name, and the hub."""

    steward: str
    hub: OpenHub

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Driver]:
        """One transaction that no batch and no other steward comes between."""
        async with self.hub.database.writing() as driver:
            yield driver

    async def scope(self, driver: Driver, system_code: str, undoes: str | None = None) -> Scope:
        """The intake's scope for what the steward causes; `undoes` is a run taken back."""
        cause = Cause(undoes, self.steward, undoes)
        return await open_scope(driver, self.hub, system_code, cause)


def check_note(note: str | None) -> None:
    """Check a note.

    Raises HubError BAD_INPUT for one that is too long or that cannot be kept, ID_NUMBER_IN_TEXT.
    """
    check_shown("note", note)
    if note is not None and len(note) > MAX_NOTE:
        raise HubError(Code.BAD_INPUT, f"note has over {MAX_NOTE} characters. Shorten it.")
    if note is not None and not is_keepable(note):
        raise HubError(
            Code.BAD_INPUT, "note holds a character that is no text. Take it out of the value."
        )
